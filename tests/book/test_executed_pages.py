"""Pages built from executed notebooks: outputs without a kernel, figures made again, a note when they are old."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from helpers import figures
from tests.small_course import HEAD, change, make
from tools.compare_books import differences, main
from tools.execute.dependencies import describe
from tools.execute.kept import dumps

ROOT = Path(__file__).resolve().parents[2]
EXTENSIONS = str(ROOT / "book" / "_ext")
CHAPTER = (
    HEAD
    + """\
```{code-cell} python
print("from the kernel")
```

```{code-cell} python
figure()
```
"""
)
CONF = f"""\
import sys

from jupyter_client.provisioning import LocalProvisioner

sys.path.insert(0, {EXTENSIONS!r})
exclude_patterns = ["notebooks/executed", "_build"]
extensions = ["myst_nb", "executed", "interactive"]
nb_execution_mode = "cache"
nb_execution_raise_on_error = True


def no_kernel(*args, **kwargs):
    raise AssertionError("a kernel was started")


LocalProvisioner.launch_kernel = no_kernel
"""


@pytest.fixture
def course(tmp_path):
    """A course whose one chapter was executed; no kernel can be started."""
    root = make(tmp_path)
    (root / "notebooks" / "01_a.md").write_text(CHAPTER, encoding="utf-8")
    (root / "index.md").write_text("# Course\n\n```{toctree}\nnotebooks/01_a\n```\n", encoding="utf-8")
    (root / "conf.py").write_text(CONF, encoding="utf-8")
    place = figures.half_life(bias=1.5).place()
    notebook = new_notebook(
        cells=[
            new_code_cell('print("from the kernel")', outputs=[new_output("stream", text="as it came out\n")]),
            new_code_cell("figure()", outputs=[new_output("execute_result", {"text/html": place}, execution_count=2)]),
        ]
    )
    nothing = {"modules": {}, "files": [], "folders": [], "versions": {}, "data": {}}
    notebook.metadata["made_of"] = describe(nothing, root)
    nbformat.validate(notebook)
    (root / "notebooks" / "executed" / "01_a.ipynb").write_text(dumps(notebook), encoding="utf-8")
    return root


def build(root):
    """Build the book, as far as something changed; return the chapter's page."""
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", str(root), str(root / "_build" / "html")]
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": paths})
    assert done.returncode == 0, done.stderr[-2000:]
    return (root / "_build" / "html" / "notebooks" / "01_a.html").read_text(encoding="utf-8")


def test_a_page_shows_the_kept_outputs_and_no_kernel_starts(course):
    page = build(course)
    assert "as it came out" in page
    assert "rnn-stale" not in page


def test_a_figure_is_made_again_with_its_files(course):
    page = build(course)
    assert "data-call" not in page
    assert '{"bias": 1.5, "steps": 100}' in page
    assert len(list((course / "_build" / "html" / "_static" / "figures").glob("half_life-*.js"))) == 1


def test_a_stale_page_shows_old_outputs_and_says_so(course):
    build(course)
    change(course, "notebooks/01_a.md", "from the kernel", "from another kernel")
    page = build(course)
    assert "as it came out" in page
    assert "from another kernel" in page
    assert "rnn-stale" in page
    assert "1 of its 2 code cells changed" in page


def test_a_new_notebook_is_read_without_a_changed_source(course):
    build(course)
    change(course, "notebooks/executed/01_a.ipynb", "as it came out", "as it comes out now")
    assert "as it comes out now" in build(course)


def test_two_books_are_compared_by_what_they_say(course, tmp_path, capsys):
    build(course)
    one = course / "_build" / "html"
    other = tmp_path / "other"
    (other / "notebooks").mkdir(parents=True)
    for page in one.rglob("*.html"):
        target = other / page.relative_to(one)
        target.parent.mkdir(exist_ok=True)
        target.write_text(page.read_text(encoding="utf-8").replace("<body>", "<body ><!-- -->"), encoding="utf-8")
    assert differences(one, other) == {}
    assert main([str(one), str(other)]) == 0
    change(other, "notebooks/01_a.html", "as it came out", "as it came")
    (other / "index.html").unlink()
    found = differences(one, other)
    assert found["index.html"] == ["only one of the books has this page"]
    assert "-as it came out" in found["notebooks/01_a.html"]
    assert main([str(one), str(other)]) == 1
    assert "2 of" in capsys.readouterr().out
    with pytest.raises(ValueError, match="holds no page: build the book first"):
        differences(one, tmp_path / "nowhere")
