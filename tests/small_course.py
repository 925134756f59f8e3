"""A course of one chapter, in the layout of ours: what is executed, and what makes it stale."""

from pathlib import Path

from tools.execute import dependencies, syntax
from tools.execute.kept import read_executed, read_source

HEAD = """\
---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {display_name: Python 3, language: python, name: python3}
---

# A chapter

"""
CHAPTER = (
    HEAD
    + """\
```{code-cell} python
import sys
from pathlib import Path

import helpers.sums
from helpers.data import load

print(helpers.sums.double(21), Path("../src/helpers/recorded/a.json").read_text())
print("loading", file=sys.stderr)
print(sorted(path.name for path in Path("../src/helpers/recorded").iterdir()))
```

A sentence.

```{code-cell} python
load()
object()
```
"""
)
FINGERPRINTS = """\
RECORDED = {"reviews": "abc"}
_loaded = {}

def note(fingerprint):
    from collections import namedtuple
    _loaded["reviews"] = ("folder", fingerprint, fingerprint == RECORDED["reviews"])

def loaded():
    return _loaded
"""
LOADER = """\
from helpers import fingerprints

def load():
    fingerprints.note('abc')
"""
FILES = {
    "notebooks/01_a.md": CHAPTER,
    "requirements.txt": "numpy==1.0\n",
    "src/helpers/__init__.py": "",
    "src/helpers/sums.py": '"""Sums."""\n\n\ndef double(x):\n    """Twice."""\n    return 2 * x  # twice\n',
    "src/helpers/data/__init__.py": LOADER,
    "src/helpers/fingerprints.py": FINGERPRINTS,
    "src/helpers/recorded/a.json": '{"a": 1}',
}


def make(folder: Path) -> Path:
    """Write the course into a folder."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "notebooks" / "executed").mkdir()
    clear()
    return folder


def clear():
    """Forget the hashes of files: here they change while Python runs."""
    for cached in (syntax.module_digest, dependencies._digest, dependencies.pins, dependencies.recorded_data):
        cached.cache_clear()


def change(root, name, old, new):
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def why_stale(root):
    clear()
    source = root / "notebooks" / "01_a.md"
    return dependencies.reasons(read_source(source), read_executed(source), root)
