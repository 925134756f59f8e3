"""The Python in a chapter is formatted in its source, and what ruff finds has the line of the source."""

import pytest

from tests.small_course import HEAD
from tools import chapter_code
from tools.chapter_code import blocks, faults, formatted, main
from tools.execute.kept import code_cells, read_source
from tools.execute.syntax import cell_key

UNFORMATTED = (
    HEAD
    + """\
```{code-cell} python
:tags: [hide-cell]

import numpy as np
numbers = {'a' : np.zeros( 3 ),
    'b': np.ones(3)}
```

- A list with Python in it, which stays as it is:

  ```python
  x  = 1
  ```

```{exercise} A title
:label: ex-a-title

Change `x  = 1` in

```

```{code-cell} python
---
tags: [exercise]
---
%time  numbers = 1
numbers  # stays as it is: IPython's own
```

````{solution} ex-a-title
:class: dropdown

Write

```python
y = [ numbers ,numbers]
```
````

```{code-cell} python
:tags: [solution]
show(numbers, 'a rather long word', np.arange(12).reshape(3, 4), key='another one')
```
"""
)
FORMATTED = (
    UNFORMATTED.replace("np\nnumbers", "np\n\nnumbers")
    .replace("{'a' : np.zeros( 3 ),\n    'b': np.ones(3)}", '{"a": np.zeros(3), "b": np.ones(3)}')
    .replace("[ numbers ,numbers]", "[numbers, numbers]")
    .replace(
        "show(numbers, 'a rather long word', np.arange(12).reshape(3, 4), key='another one')",
        'show(\n    numbers,\n    "a rather long word",\n    np.arange(12).reshape(3, 4),\n    key="another one",\n)',
    )
)


@pytest.fixture
def chapter(tmp_path):
    """A repository with one chapter whose code is not formatted."""
    path = tmp_path / "notebooks" / "01_a.md"
    path.parent.mkdir()
    path.write_text(UNFORMATTED, encoding="utf-8")
    return path


def cell(code: str) -> str:
    return f"{HEAD}```{{code-cell}} python\n{code}\n```\n"


def what(text: str) -> list[tuple[int, str]]:
    """Each fault's line, 0 being the first of the first cell, and its rule."""
    first = HEAD.count("\n") + 2
    return [(problem.line - first, problem.what.split()[0]) for problem in faults(text, "01_a.md")]


def test_cells_and_shown_python_are_formatted_and_nothing_else():
    text, problems = formatted(UNFORMATTED, "01_a.md")
    assert text == FORMATTED
    assert problems == []
    assert formatted(text, "01_a.md") == (text, [])


def test_what_runs_is_what_the_executed_chapter_has(chapter):
    """The same cells as jupytext reads, so none is passed over; and formatting changes none of them."""
    before = [one.source for one in code_cells(read_source(chapter))]
    assert [block.source for block in blocks(UNFORMATTED) if block.runs] == before
    assert main([str(chapter)]) == 1  # the name `show` is nobody's
    after = [one.source for one in code_cells(read_source(chapter))]
    assert after != before
    assert list(map(cell_key, after)) == list(map(cell_key, before))


def test_check_writes_nothing_and_names_the_chapter(chapter, capsys):
    assert main(["--check"], chapter.parent.parent) == 1
    assert "01_a.md: its code is not formatted" in capsys.readouterr().err
    assert chapter.read_text(encoding="utf-8") == UNFORMATTED


def test_a_formatted_chapter_passes_and_is_not_written(chapter, capsys):
    chapter.write_text(FORMATTED.replace("show(", "print("), encoding="utf-8")
    before = chapter.stat().st_mtime_ns
    assert main([], chapter.parent.parent) == main(["--check"], chapter.parent.parent) == 0
    assert chapter.stat().st_mtime_ns == before
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("x = 1\ntext = '" + "a" * 76 + "'", [(1, "E501")]),
        ("import os", [(0, "F401")]),
        ("import os\n\nimport ast\n\nprint(os, ast)", [(0, "I001")]),
        ("x = 1\n\n\ndef f(found=[]):\n    return found", [(3, "B006")]),
        ("print(unknown)", [(0, "F821")]),
        ("x = (", [(0, "invalid-syntax")]),
        ("for a, b in zip([1], [2]):\n    print(a, b)", []),
        ("from helpers.checks import check, hint\n\ncheck('a', 1)", []),
        ("%pip install something\n1", []),
    ],
)
def test_faults_have_the_line_of_the_source(code, found):
    assert what(cell(code)) == found


def test_names_reach_from_cell_to_cell_and_a_stub_is_defined_again():
    stub = "def f(x):\n    raise NotImplementedError"
    text = cell(stub) + "\n" + cell("print(f(1))").removeprefix(HEAD) + "\n"
    assert what(text + cell("def f(x):\n    return x\n\n\nf(1)").removeprefix(HEAD)) == []


def test_python_that_is_only_shown_is_held_to_the_width_alone():
    shown = f"{HEAD}```python\nmodel.fit(...)\nprint(' {'a' * 80} ')\n```\n\n```python\nfor x in …:\n```\n"
    assert what(shown) == [(1, "E501")]


def test_formatting_that_would_change_more_than_layout_is_refused(monkeypatch):
    """Ruff does no such thing; should a version of it, no executed chapter gets stale unnoticed."""
    monkeypatch.setattr(chapter_code, "_ruff", lambda *_: {"cells": [{"source": ["x = 2"]}]})
    text = cell("x  = 1")
    same, (problem,) = formatted(text, "01_a.md")
    assert same == text
    assert (problem.file, problem.line) == ("01_a.md", HEAD.count("\n") + 2)
    assert "mend it by hand" in problem.what
