"""The log of the build without Jupyter Book, counted."""

from tools import smoke

LOG = """\
/a/b.md:12: WARNING: No key 'x' found in glue data. [mystnb.glue]
\x1b[91m/a/c.md:9: WARNING: No key 'y' found in glue data. [mystnb.glue]\x1b[39;49;00m
/a/d.md:1: ERROR: Unknown directive type "quiz".
a line of no interest
"""


def test_warnings_are_counted_by_kind():
    assert smoke.kinds(LOG) == {"mystnb.glue": 2, 'Unknown directive type "quiz".': 1}
