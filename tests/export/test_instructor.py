"""The instructor edition, executed from top to bottom: every solution stands in its place and is right."""

import os
import re
from pathlib import Path

import pytest
from nbclient import NotebookClient

from tests.small_book import small_book, write
from tools.chapters import sources
from tools.export_notebooks import ROOT, export

CHAPTERS = sources(ROOT)
# As in test_setup: the small book's own distribution is there.
INSTALLED = """
from importlib import metadata
metadata.version, metadata.distributions = lambda name: "1.2.3", lambda name: [name]
"""
COURSE = """
## Exercises

```{code-cell} python
from helpers.checks import check
```

```{exercise} A memory
:label: ex-why-memory

Find `u`.
```

```{code-cell} python
:tags: [exercise]
u = 0.5
```

```{code-cell} python
:tags: [check]
check("why-memory", u)
```

```{solution} ex-why-memory
:class: dropdown

Large enough to hold, and no larger.
```

```{code-cell} python
:tags: [solution, hide-cell]
u = 2.0
check("why-memory", u)
```
"""


def verdicts(source: Path, edition: str, root: Path, before: str = "") -> list[str]:
    """Execute an edition of a chapter in quick mode; what its checks say, ✓ or ✗ and the exercise, from the top."""
    notebook = export(source, edition, root)
    if before:
        notebook.cells[1].source = f"{before}\n{notebook.cells[1].source}"
    environment = os.environ | {"RNN_MODE": "quick", "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    client = NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(source.parent)}})
    client.execute(env=environment)
    shown = "".join(
        output.text
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "stream" and output.name == "stdout"
    )
    return re.findall(r"^([✓✗] [a-z-]+):", shown, flags=re.MULTILINE)


def test_solutions_run_in_their_place_and_are_right(tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        root = small_book(tmp_path, patch)
        source = write(root, COURSE)
    assert verdicts(source, "instructor", root, INSTALLED) == ["✗ why-memory", "✓ why-memory"]
    assert verdicts(source, "student", root, INSTALLED) == ["✗ why-memory"]


@pytest.mark.slow
@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_every_chapter_runs_with_its_solutions(chapter):
    exercises = re.findall(r"^```\{exercise\}", chapter.read_text(encoding="utf-8"), flags=re.MULTILINE)
    found = verdicts(chapter, "instructor", ROOT)
    right = {one.removeprefix("✓ ") for one in found if one.startswith("✓")}
    assert len(right) >= len(exercises)
    assert right == {one[2:] for one in found}
