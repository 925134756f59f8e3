"""A number in a notebook's text is the number of the book, never the name under which a cell glued it."""

import json
from pathlib import Path

import nbformat
import pytest
from docutils import nodes
from docutils.core import publish_doctree
from markdown_it import MarkdownIt
from myst_nb.docutils_ import Parser

from tests.small_book import FIXTURE, HEAD, cases, own, problems, small_book, write
from tools.export.notebook import FOLDED, NUMBERS
from tools.export.syntax import Text, walk, whole
from tools.export.values import glued
from tools.export_notebooks import export, main

ROOT = Path(__file__).resolve().parents[2]
EDITIONS = ["colab", "student", "instructor"]
EXECUTED = "notebooks/executed/03_own.ipynb"
REAL = sorted((ROOT / "notebooks" / "executed").glob("*.ipynb"))


@pytest.fixture
def root(tmp_path, monkeypatch) -> Path:
    return small_book(tmp_path, monkeypatch)


def code_spans(text: Text) -> set[str]:
    tokens = (child for token, _, _ in walk(text) for child in token.children or [])
    return {token.content for token in tokens if token.type == "code_inline"}


def bare_names(notebook: nbformat.NotebookNode, source: str, names: set[str]) -> set[str]:
    """Return the names of glued values that a text cell shows as code, and the source does not."""
    shown = [code_spans(whole(cell.source)) for cell in notebook.cells if cell.cell_type == "markdown"]
    return (set().union(*shown) & names) - code_spans(whole(source))


# What is written


@pytest.mark.parametrize(("body", "expected"), cases()["values"])
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_value_stands_where_its_role_stood(root, edition, body, expected):
    assert own(root, body, edition) == expected


def test_the_values_of_a_notebook_are_read_as_they_were_glued():
    values = glued(FIXTURE / EXECUTED)
    assert values["n"] == 17
    assert values["ratio"] == 0.8765
    assert values["spread"] == "−1.3 ± 0.2"
    assert values["kind"] == "<a kind>"  # no literal: its text
    assert values["twice"] == "second"  # glued again later, and displayed


@pytest.mark.parametrize("spec", ["", ":s", ":>6s", ":.2f", ":+.1e", ":d", ":,.0f", ":.0%", ":"])
def test_a_value_reads_as_in_the_book(root, spec):
    executed = nbformat.read(FIXTURE / EXECUTED, 4)
    settings = {"nb_execution_mode": "off", "nb_output_folder": str(root / "build"), "report_level": 4}
    numbers = ["n", "one", "gap", "ratio"]
    names = list(glued(FIXTURE / EXECUTED)) if spec in ("", ":s", ":>6s", ":") else numbers
    for name in names:
        role = f"x{{glue:text}}`{name}{spec}`x"
        book = nbformat.v4.new_notebook(
            cells=[*executed.cells, nbformat.v4.new_markdown_cell(role)], metadata=executed.metadata
        )
        tree = publish_doctree(nbformat.writes(book), parser=Parser(), settings_overrides=settings)
        (pasted,) = [node for node in tree.findall(nodes.inline) if "pasted-text" in node["classes"]]
        (paragraph,) = MarkdownIt("commonmark").parse(own(root, role))[1:2]
        shown = "".join(child.content for child in paragraph.children)
        assert shown == "x" + pasted.astext().replace("\n", " ") + "x"


# What stops the export


def test_without_an_executed_notebook_every_value_is_named_with_its_line(root):
    (root / EXECUTED).unlink()
    assert problems(root, "\nOf {glue:text}`n`\nand {glue:text}`share`.\n") == [
        f"notebooks/03_own.md:8: glue value n is not in {EXECUTED}: run make executed",
        f"notebooks/03_own.md:9: glue value share is not in {EXECUTED}: run make executed",
    ]
    assert own(root, "No values.") == "No values."


def test_a_broken_executed_notebook_is_named(root, capsys):
    (root / EXECUTED).write_text('{"cells": [', encoding="utf-8")
    assert main([], root) == 1
    assert capsys.readouterr().err == f"{EXECUTED}:1: this is no notebook: run make executed\n"


def test_a_role_that_is_read_nowhere_does_not_survive(root):
    body = "```{figure} pictures/cell.svg\n:alt: Of {glue:text}`n`\n```\n"
    assert problems(root, body) == ["notebooks/03_own.md:1: role {glue:…} survives in a cell"]


# No name survives


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("executed", REAL, ids=lambda path: path.stem)
def test_no_text_cell_shows_the_name_of_a_value(executed, edition):
    source = ROOT / "notebooks" / f"{executed.stem}.md"
    notebook = export(source, edition)
    assert bare_names(notebook, source.read_text(encoding="utf-8"), set(glued(executed))) == set()


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_text_cell_of_a_small_book_shows_the_name_of_a_value(root, edition):
    names = glued(root / EXECUTED)
    source = write(root, "\nThe word `kind` and\n" + " ".join(f"{{glue:text}}`{name}`" for name in names))
    for chapter, known in ((source, names), (root / "notebooks" / "01_every.md", {"accuracy"})):
        notebook = export(chapter, edition, root)
        assert bare_names(notebook, chapter.read_text(encoding="utf-8"), set(known)) == set()


def test_a_name_that_is_shown_is_found():
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("> Of `n` and `gap`.")])
    assert bare_names(notebook, "Of {glue:text}`n` and `gap`.", {"n", "gap"}) == {"n"}


# Where the numbers come from


@pytest.mark.parametrize("role", ["{glue:text}`n`", "{recorded}`b2.test`"])
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_notebook_that_quotes_numbers_says_where_they_come_from(root, edition, role):
    title = export(write(root, f"\nPromise.\n\n## Own\n\nOf {role}.\n"), edition, root).cells[0]
    assert title.source.split("\n")[4:] == [NUMBERS, "", "Promise."]
    assert NUMBERS not in json.dumps(export(write(root, "\nOf `n`.\n"), edition, root))


# What the book hides


@pytest.mark.parametrize("tag", ["remove-cell", "hide-input", "hide-cell"])
@pytest.mark.parametrize("edition", EDITIONS)
def test_what_the_book_hides_is_there_folded(root, edition, tag):
    cell = f"```{{code-cell}} python\n:tags: [{tag}]\n\nx = 1\n```\n"
    folded = export(write(root, cell), edition, root).cells[-1]
    assert folded.source == f"# @title {FOLDED[tag]}\nx = 1"
    assert folded.metadata == {"tags": [tag], "cellView": "form", "jupyter": {"source_hidden": True}}


def test_what_the_book_shows_is_open_and_so_are_the_instructors_solutions(root):
    body = "```{code-cell} python\n:tags: [solution, hide-cell]\n\nx = 1\n```\n```{code-cell} python\ny = 1\n```\n"
    cells = export(write(root, body), "instructor", root).cells[2:]
    assert [cell.source for cell in cells] == ["x = 1", "y = 1"]
    assert not any("cellView" in cell.metadata or "jupyter" in cell.metadata for cell in cells)


def test_a_cell_magic_stays_on_the_first_line_and_other_metadata_stay(root):
    body = "```{code-cell} python\n:tags: [hide-input]\n:jupyter: {outputs_hidden: true}\n\n%%time\nx = 1\n```\n"
    cell = export(write(root, body), "colab", root).cells[-1]
    assert cell.source == "%%time\nx = 1"
    assert cell.metadata.jupyter == {"outputs_hidden": True, "source_hidden": True}
    assert HEAD not in cell.source


def test_a_comparison_of_recorded_runs_is_exported_as_the_book_has_it():
    from helpers.results import quote
    from tools.export.inline import convert_recorded

    for asked in ("early-b2-lstm minus early-b1-simplernn test_accuracy interval", "early-* capped"):
        assert convert_recorded(None, asked, 1) == quote(asked)
