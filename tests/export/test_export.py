"""The notebooks say what the chapters say, in Markdown that needs no MyST."""

import base64
import json
import re
from pathlib import Path

import nbformat
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.small_book import HEAD, cases, own, problems, small_book, write
from tools.export.notebook import dumps, survivors
from tools.export.syntax import ExportError
from tools.export_notebooks import export, main

EDITIONS = ["colab", "student", "instructor"]
CASES = cases()


@pytest.fixture
def root(tmp_path, monkeypatch) -> Path:
    return small_book(tmp_path, monkeypatch)


def everything(root: Path, edition: str = "colab") -> nbformat.NotebookNode:
    return export(root / "notebooks" / "01_every.md", edition, root)


def source_of(notebook: nbformat.NotebookNode) -> str:
    return "\n\n".join(cell.source for cell in notebook.cells)


# The whole chapter


@pytest.mark.parametrize("edition", EDITIONS)
def test_nothing_of_myst_survives_and_the_notebook_is_valid(root, edition):
    notebook = everything(root, edition)
    nbformat.validate(notebook)
    assert survivors(notebook) == []
    assert notebook.nbformat_minor == 5
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)
    for cell in notebook.cells:
        assert re.fullmatch(r"[0-9a-f]{8,}", cell.id)
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


def test_survivors_are_found_by_tokens():
    cells = [
        nbformat.v4.new_markdown_cell("`{note}` and\n\n```\n{ref}`x`\n```"),
        nbformat.v4.new_markdown_cell("> {ref}`x`"),
        nbformat.v4.new_markdown_cell("- :::{note}\n  a\n  :::\n\n(label)=\n"),
    ]
    found = survivors(nbformat.v4.new_notebook(cells=cells))
    assert found == ["role {ref}", "directive {note}", "myst_target"]


def test_the_file_is_plain_json_without_anything_of_the_machine(root):
    text = dumps(everything(root))
    data = json.loads(text)
    assert text.endswith("}\n")
    assert text == json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    assert str(root) not in text
    assert data["metadata"]["kernelspec"]["name"] == "python3"
    assert data["metadata"]["colab"] == {"provenance": [], "toc_visible": True}


def test_the_first_two_cells_are_the_title_with_its_links_and_the_setup(root):
    title, setup = everything(root).cells[:2]
    lines = title.source.split("\n")
    assert lines[0] == "# Every $x$ thing"
    assert lines[2] == (
        "[Open in Colab](https://colab.research.google.com/github/owner/repo/blob/main/notebooks/01_every.ipynb)"
        " · [Read it in the book](https://owner.github.io/repo/notebooks/01_every.html)"
    )
    assert "promise" in title.source
    assert "comment that" not in title.source
    assert setup.metadata.tags == ["setup"]
    assert '    %pip install -qqq "fixture-helpers @ git+https://github.com/owner/repo@v1.2.3"\n' in setup.source
    assert 'MODE = "auto"  # @param ["auto", "quick", "full", "recorded"]\nruns.use_mode(MODE)' in setup.source


def test_only_the_colab_edition_leads_to_the_notebook_with_solutions(root):
    assert "colab.research" in everything(root).cells[0].source
    assert "colab.research" not in everything(root, "student").cells[0].source


@pytest.mark.parametrize(
    "expected",
    CASES["shown"],
)
def test_every_directive_and_role_becomes_plain_markdown(root, expected):
    assert expected in source_of(everything(root))


def test_pictures_travel_in_the_cell_that_shows_them(root):
    cells = everything(root).cells
    holders = [cell for cell in cells if "][notebooks-pictures-cell.png]" in cell.source]
    assert len(holders) == 1
    data = base64.b64encode((root / "notebooks" / "pictures" / "cell.png").read_bytes()).decode()
    assert holders[0].source.endswith(f"\n\n[notebooks-pictures-cell.png]: data:image/png;base64,{data}")
    assert not any(cell.get("attachments") for cell in cells)  # Colab shows none


def test_figures_are_numbered_by_chapter_as_in_the_book(root):
    """The outputs of cells count, a figure without a caption does not; another page's figure is a link."""
    figure = "```{{figure}} pictures/cell.svg\n:alt: A box\n:name: fig-{}\n{}```\n\n"
    body = figure.format("a", "\nFirst.\n") + figure.format("b", "") + "```{code-cell} python\n:mystnb: "
    body += "{figure: {name: fig-c, caption: Second.}}\n\n1\n```\n\n" + figure.format("d", "\nThird.\n")
    body += "See {numref}`fig-a`, {numref}`the picture %s <fig-c>` and {numref}`fig-d`.\n"
    own_path = write(root, body)
    own_path.write_text(own_path.read_text(encoding="utf-8").replace("# Title", "# 9. Title"), encoding="utf-8")
    text = source_of(export(own_path, "colab", root))
    for number, caption in enumerate(("First", "Second", "Third"), 1):
        assert f"**Figure 9.{number}.** {caption}." in text
    assert "See Figure 9.1, the picture 9.2 and Figure 9.3." in text
    other = source_of(export(write(root, "See {numref}`fig-d`.\n", "04_other.md"), "colab", root))
    assert "See [Figure 9.3](https://owner.github.io/repo/notebooks/03_own.html#fig-d)." in other


def test_cells_break_at_headings_code_and_plus_signs(root):
    starts = [cell.source.split("\n")[0] for cell in everything(root).cells if cell.cell_type == "markdown"]
    assert [start for start in starts if start.startswith("#")] == [
        "# Every $x$ thing",
        "## First: roles",
        "### A heading with [LSTM](https://owner.github.io/repo/book/glossary.html#term-LSTM) and *First: roles*",
        "## Directives",
        "## Exercises",
    ]
    assert "After a break." in starts
    own_tags = [cell.metadata.tags for cell in everything(root).cells if cell.source == "After a break."]
    assert own_tags == [["own"]]


def test_a_quiz_is_numbered_lettered_and_holds_its_answer_folded(root):
    quiz = everything(root).cells[-1].source
    assert quiz.startswith("**1.** How many gates has an LSTM with $u$ units?\n\n- **A.** Two\n- **B.** Three")
    assert "**2.** What does this print?\n\n```python\nprint(1 + 1)\n```\n\n- **A.** `2`" in quiz
    assert (
        "<details><summary>Answer</summary>\n\n**B** is right.\n\n- ✗ **A.** That is a GRU.\n"
        "- ✓ **B.** Forget, input, output; $f, i, o$.\n\n</details>"
    ) in quiz


# Editions


def test_colab_folds_solution_code_and_drops_what_only_the_book_runs(root):
    notebook = everything(root)
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert not any("1 + 1 + 1" in source or "assert gates" in source or "only in" in source for source in code)
    assert [cell.metadata.get("tags") for cell in notebook.cells if cell.cell_type == "code"] == [
        ["setup"],
        ["exercise"],
        ["check"],
        ["hide-input"],
    ]
    folded = (
        "<details><summary>Solution code</summary>\n\n```python\ndef gates():\n    return 1 + 1 + 1\n```\n\n</details>"
    )
    assert folded in [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


def test_instructors_see_and_run_the_solutions(root):
    notebook = everything(root, "instructor")
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert "def gates():\n    return 1 + 1 + 1" in code
    assert "assert gates() == 3" in code
    assert "> **Solution**\n>\n> Three of them: forget, input and output." in source_of(notebook)


def test_students_get_no_solution(root):
    text = dumps(everything(root, "student"))
    for hidden in ("Three of them", "answer_of_the_solution", "1 + 1 + 1", "assert gates() == 3", "Solution"):
        assert hidden not in text
    assert "How many gates?" in text


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=3, max_size=12)


@given(words=st.lists(WORDS, min_size=1, max_size=6), nested=st.booleans(), in_list=st.booleans())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_drawn_solution_reaches_the_students(root, words, nested, in_list):
    secret = " ".join(f"s3cr3t{word}" for word in words)
    body = f"```{{exercise}} Ask\n:label: ask\n\nQuestion.\n```\n\n~~~{{solution}} ask\n\n{secret}\n~~~\n"
    if nested:
        body = f"::::::{{note}}\n{body}\n::::::\n"
    if in_list:
        body = "- item\n\n" + "".join(f"  {line}\n" if line else "\n" for line in body.split("\n"))
    body += f"\n```{{code-cell}} python\n:tags: [solution]\n\n# {secret}\n```\n"
    try:
        text = dumps(export(write(root, body), "student", root))
    except ExportError as error:
        refused = [problem for problem in error.problems if "can be read" not in problem.what]
        assume(not refused)  # the drawn text is no Markdown that a chapter may hold
        raise
    assert "s3cr3t" not in text
    assert "Question." in text


def test_a_solution_that_stands_elsewhere_too_stops_the_student_edition(root):
    body = "\n```{exercise}\n:label: e\nQ\n```\n```{solution} e\nThe forget gate opens wide.\n```\n"
    assert "Q" in own(root, body, "student")
    leak = problems(root, body + "\nRemember: the hint. The forget gate\nopens wide. So it is.\n", "student")
    assert leak == ["notebooks/03_own.md:13: a solution can be read in the student edition"]


def test_a_stub_may_share_lines_with_its_solution(root):
    body = (
        "```{code-cell} python\n:tags: [exercise]\n\ndef forget(state):\n    raise NotImplementedError\n```\n\n"
        "```{code-cell} python\n:tags: [solution]\n\ndef forget(state):\n    return 0.5 * state\n```\n"
    )
    text = own(root, body, "student")
    assert "def forget(state):" in text
    assert "0.5" not in text


# Problems


def test_an_unknown_directive_and_role_are_named_with_their_lines(root):
    assert problems(root, "\n```{strange} title\nx\n```\n") == ["notebooks/03_own.md:8: unknown directive {strange}"]
    assert problems(root, "\nword\n{odd}`x` word\n") == ["notebooks/03_own.md:9: unknown role {odd}"]


def test_lines_are_right_inside_nested_directives_and_all_problems_are_listed(root):
    body = CASES["nested"]
    lines = HEAD.count("\n") + 1
    expected = []
    for number, line in enumerate(body.split("\n"), lines):
        expected += [f"{number}: unknown directive {{strange}}"] if "strange" in line else []
        expected += [f"{number}: unknown role {{{name}}}" for name in re.findall(r"\{(\w+)\}`\w", line)]
    expected = sorted(set(expected), key=lambda text: int(text.split(":")[0]))
    assert problems(root, body) == [f"notebooks/03_own.md:{text}" for text in expected]


@pytest.mark.parametrize(
    ("body", "what"),
    CASES["refused"],
)
def test_what_cannot_be_shown_stops_the_export(root, body, what):
    found = problems(root, "\n" + body + "\n")
    assert any(what in line for line in found), found
    assert all(re.match(r"notebooks/03_own\.md:(7|8|9|10|11): ", line) for line in found)


def test_a_chapter_needs_front_matter_and_a_title(root):
    path = root / "notebooks" / "03_own.md"
    path.write_text("# Title\n", encoding="utf-8")
    with pytest.raises(ExportError, match=r"03_own\.md:1: .*kernelspec"):
        export(path, "colab", root)
    path.write_text(HEAD.replace("# Title", "Words first."), encoding="utf-8")
    with pytest.raises(ExportError, match=r"03_own\.md:6: a chapter starts with its title"):
        export(path, "colab", root)


# Corners of Markdown


@pytest.mark.parametrize(
    ("body", "expected"),
    CASES["corners"],
)
def test_corners(root, body, expected):
    shown = own(root, body).replace("https://owner.github.io/repo/book/glossary.html#term-LSTM", "URL")
    assert shown == expected


def test_windows_line_ends_give_the_same_notebook(root):
    path = root / "notebooks" / "01_every.md"
    before = dumps(everything(root))
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert dumps(everything(root)) == before


@given(st.text(st.sampled_from(list("ab{}`:$|>-*_[]()#\n \t\\<&1.~+")), max_size=60))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_exported_clean_or_refused_with_its_line(root, text):
    lines = len((HEAD + "\n" + text).split("\n"))
    try:
        notebook = export(write(root, "\n" + text), "colab", root)
    except ExportError as error:
        for problem in error.problems:
            assert 1 <= problem.line <= lines
            assert "survives" not in problem.what
        return
    assert survivors(notebook) == []


def test_markdown_without_directives_stays_as_it_is(root):
    body = (
        "A *b* `c` $d$ [e](https://example.org).\n\n1. one\n   - two\n\n> three\n\n```python\nx  =  1\n```\n\n    code"
    )
    assert own(root, body) == body


# Stability


def test_exporting_twice_changes_nothing(root):
    assert dumps(everything(root)) == dumps(everything(root))
    assert main([], root) == 0
    files = sorted((root / "notebooks").glob("*.ipynb"))
    before = [file.read_bytes() for file in files]
    assert [file.name for file in files] == ["01_every.ipynb", "02_other.ipynb"]
    assert main([], root) == 0
    assert [file.read_bytes() for file in files] == before


def test_one_changed_sentence_changes_one_cell_and_no_other_id(root):
    path = root / "notebooks" / "01_every.md"
    before = everything(root).cells
    path.write_text(path.read_text("utf-8").replace("How many gates?", "How many gates, then?"), encoding="utf-8")
    after = everything(root).cells
    changed = [i for i, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    assert len(changed) == 1
    assert before[changed[0]].id != after[changed[0]].id


def test_ids_stay_when_cells_come_and_go_elsewhere(root):
    cell = "```{code-cell} python\nx = 1\n```\n"
    first = export(write(root, cell + "\nWords.\n\n" + cell), "colab", root).cells
    second = export(
        write(root, "\nNew.\n\n```{code-cell} python\ny\n```\n" + cell + "\nWords.\n\n" + cell), "colab", root
    )
    assert len({c.id for c in first}) == len(first)
    assert {c.id for c in first[1:]} <= {c.id for c in second.cells}


# The command


def test_check_writes_nothing_and_names_what_differs(root, capsys):
    assert main(["--check"], root) == 1
    assert "01_every.ipynb differs from what 01_every.md gives" in capsys.readouterr().err
    assert not list((root / "notebooks").glob("*.ipynb"))
    assert main([], root) == 0
    assert main(["--check"], root) == 0
    capsys.readouterr()
    stale = root / "notebooks" / "09_gone.ipynb"
    stale.write_text("{}")
    (root / "notebooks" / "02_other.ipynb").write_text("{}")
    assert main(["--check"], root) == 1
    error = capsys.readouterr().err
    assert "02_other.ipynb differs" in error
    assert "09_gone.ipynb has no source 09_gone.md" in error
    assert "01_every" not in error


def test_editions_with_and_without_solutions_go_to_a_folder_of_their_own(root, tmp_path):
    assert main(["--edition", "student"], root) == 0
    assert (root / "_build" / "student" / "01_every.ipynb").exists()
    chapter = str(root / "notebooks" / "02_other.md")
    assert main(["--edition", "instructor", "--out", str(tmp_path / "out"), chapter], root) == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["02_other.ipynb"]
    assert not list((root / "notebooks").glob("*.ipynb"))


def test_the_command_lists_the_problems_of_all_chapters_and_writes_the_good_ones(root, capsys):
    write(root, "\n{odd}`x`\n")
    write(root, "\n```{strange}\n```\n", "04_own.md")
    assert main([], root) == 1
    assert capsys.readouterr().err.split("\n")[:2] == [
        "notebooks/03_own.md:8: unknown role {odd}",
        "notebooks/04_own.md:8: unknown directive {strange}",
    ]
    assert (root / "notebooks" / "01_every.ipynb").exists()
    assert not (root / "notebooks" / "03_own.ipynb").exists()


def test_committed_notebooks_are_what_their_sources_give(capsys):
    assert main(["--check"]) == 0, capsys.readouterr().err
