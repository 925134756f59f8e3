"""Captions of what a cell shows: below the picture, numbered in one row with the other figures, and referred to."""

import os
import re
import subprocess
import sys
from pathlib import Path

from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_notebook, new_output

from helpers import figures, plotting
from tests.small_course import HEAD, make
from tools.execute.dependencies import describe
from tools.execute.kept import dumps

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = (
    HEAD.replace("# A chapter", "# 9. A chapter")
    + """\
{numref}`fig-chart`, {numref}`fig-moving` and {numref}`fig-still`.

```{figure} /still.svg
:alt: A dot
:name: fig-still

A still one.
```

```{code-cell} python
---
tags: [hide-input]
mystnb:
  figure:
    name: fig-chart
    caption: >-
      A chart: look at $x^2$, where {term}`hidden` is *"said"*.
---
chart()
```

```{code-cell} python
:mystnb: {figure: {name: fig-moving, caption: A moving one.}}

moving()
```

```{glossary}
hidden
  A term.
```
"""
)
CONF = f"""\
import sys

sys.path.insert(0, {str(ROOT / "book" / "_ext")!r})
exclude_patterns = ["notebooks/executed", "_build"]
extensions = ["myst_nb", "executed", "interactive", "drawings"]
myst_enable_extensions = ["dollarmath"]
nb_execution_mode = "cache"
numfig = True
numfig_format = {{"figure": "Figure %s"}}
"""


def shown(data, count=1):
    return new_output("execute_result", {"text/html": data}, execution_count=count)


def build(folder: Path, *more: object) -> tuple[BeautifulSoup, str]:
    """Build a course of that chapter; return its page and what Sphinx warned of."""
    folder.mkdir(exist_ok=True)
    root = make(folder)
    (root / "notebooks" / "01_a.md").write_text(CHAPTER, encoding="utf-8")
    (root / "index.md").write_text("# Course\n\n```{toctree}\nnotebooks/01_a\n```\n", encoding="utf-8")
    (root / "conf.py").write_text(CONF, encoding="utf-8")
    (root / "still.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    chart = plotting.lines({"": [1, 2]}, alt="A line.", stamp="quick mode")._repr_html_()
    cells = [
        new_code_cell("chart()", outputs=[shown(chart), *more]),
        new_code_cell("moving()", outputs=[shown(figures.half_life(bias=1.5).place(), 2)]),
    ]
    notebook = new_notebook(cells=cells)
    nothing = {"modules": {}, "files": [], "folders": [], "versions": {}, "data": {}}
    notebook.metadata["made_of"] = describe(nothing, root)
    (root / "notebooks" / "executed" / "01_a.ipynb").write_text(dumps(notebook), encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", "-n", "-b", "html", str(root), str(root / "_build")]
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": paths})
    assert done.returncode == 0, done.stderr[-2000:]
    page = (root / "_build" / "notebooks" / "01_a.html").read_text(encoding="utf-8")
    return BeautifulSoup(page, "html.parser"), done.stderr


def test_captions_of_cells_are_numbered_with_the_other_figures(tmp_path):
    page, warnings = build(tmp_path)
    assert warnings == ""
    captions = {figure["id"]: figure.figcaption.get_text().replace("¶", "").strip() for figure in page.select("figure")}
    assert captions == {
        "fig-still": "Figure 9.1 A still one.",
        "fig-chart": r"Figure 9.2 A chart: look at \(x^2\), where hidden is “said”.",
        "fig-moving": "Figure 9.3 A moving one.",
    }
    assert [link.get_text() for link in page.select("p a .std-numref")] == ["Figure 9.2", "Figure 9.3", "Figure 9.1"]
    chart = page.select_one("#fig-chart .rnn-picture")
    assert chart.svg["aria-label"] == "A line."
    assert "quick mode" in chart.get_text()
    assert page.select_one("#fig-moving .rnn-figure-place")["data-figure"] == "half_life"
    assert page.select_one("#fig-chart figcaption a.reference")["href"].endswith("#term-hidden")


def test_a_second_picture_under_one_caption_is_named_and_a_glued_value_is_none(tmp_path):
    glued = new_output("display_data", {"application/papermill.record/text/plain": "1"})
    glued.metadata["scrapbook"] = {"name": "n", "mime_prefix": "application/papermill.record/"}
    _, warnings = build(tmp_path / "glued", glued)
    assert warnings == ""
    _, warnings = build(tmp_path / "second", new_output("display_data", {"text/html": "<p>Another.</p>"}))
    what = "a cell with a caption shows one picture, and this one shows 2 outputs"
    assert re.search(rf"01_a\.md:\d+: WARNING: {what}", warnings)
