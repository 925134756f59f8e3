"""Put a converted chapter together as a notebook, in one of three editions."""

import hashlib
import json
import re
import warnings
from collections import Counter
from pathlib import Path
from typing import Any, Literal

import nbformat
from jupytext.myst import MystMetadataParsingError, myst_to_notebook
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tools.export.blocks import apply, block_edits, details, fenced, trim
from tools.export.inline import Chapter, convert_inline
from tools.export.project import Project, cell_figure, equation_numbers
from tools.export.syntax import ExportError, Problem, Text, fence_name, lines_of, parse, parse_inline, walk, whole

Edition = Literal["colab", "student", "instructor"]
# Python's own str.splitlines takes these for line ends, the Markdown parser does not.
ODD_LINE_ENDS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
SETUP = """\
# Run this cell first. Where the course's helpers are missing (on Colab), it installs them.
from importlib import metadata

from IPython.core.error import UsageError  # is shown as one sentence

if not list(metadata.distributions(name="{distribution}")):
    %pip install -qqq "{distribution} @ git+{repository}@v{version}"
try:
    installed = metadata.version("{distribution}")
    from helpers import runs
except metadata.PackageNotFoundError:
    raise UsageError("Nothing was installed: connect to the network and run again (without -qqq, pip says why).")
except ImportError as error:
    raise UsageError(f"Rename what hides the course's helpers, restart and run again: {{error}}")
if installed != "{version}":
    print(f"This notebook is for helpers {version}, not {{installed}}: if it fails, run the %pip line and restart.")

MODE = "auto"  # @param ["auto", "quick", "full", "recorded"]
runs.use_mode(MODE)"""

NUMBERS = (
    "The numbers in the text come from the recorded runs, on the real data. The cells print what they compute on "
    "your machine; in quick mode that is less training on less data, and so other numbers."
)
# What the book hides stays at hand in a notebook, folded: the line that Colab shows instead of the code.
FOLDED = {
    "remove-cell": "Numbers for the text (no need to read this)",
    "hide-input": "Code of what is shown below",
    "hide-cell": "Code that the book folds away",
}


def build(project: Project, source: Path, edition: Edition) -> NotebookNode:
    """Return a chapter as a notebook.

    Raises
    ------
    ExportError
        With every problem of the chapter, each as `file:line: what`.
    """
    file = source.relative_to(project.root).as_posix()
    text = whole(source.read_text(encoding="utf-8"))  # any line end is read as \n
    for number, line in enumerate(text.text.split("\n"), 1):
        if odd := ODD_LINE_ENDS.search(line):
            raise ExportError([Problem(file, number, f"character U+{ord(odd[0]):04X}, which some read as a line end")])
    chapter = Chapter(project, file, edition, equation_numbers(text))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # `python` and `ipython3` cells may stand side by side
            read = myst_to_notebook(text.text, add_source_map=True)
    except MystMetadataParsingError as error:
        where = re.search(r"at line (\d+)", str(error))
        raise ExportError([Problem(file, int(where[1]) if where else 1, str(error))]) from error
    if (read.metadata.get("kernelspec") or {}).get("name") != "python3":
        chapter.problem(1, "a chapter starts with jupytext's front matter, with `kernelspec: name: python3`")
    code = {
        line: cell
        for line, cell in zip(read.metadata["source_map"], read.cells, strict=True)
        if cell.cell_type == "code"
    }
    cells = _cells(chapter, text, code)
    if chapter.problems:
        raise ExportError(chapter.problems)
    _number(cells)
    notebook = new_notebook(
        cells=cells,
        metadata={
            "colab": {"provenance": [], "toc_visible": True},
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
    )
    notebook.nbformat_minor = 5
    if "execution" in read.metadata:  # nbmake's time limit
        notebook.metadata["execution"] = read.metadata["execution"]
    nbformat.validate(notebook)
    _check(chapter, text, notebook)
    return notebook


def dumps(notebook: NotebookNode) -> str:
    """Return the notebook as the text of its file."""
    return nbformat.writes(notebook, version=4, indent=1, sort_keys=True, ensure_ascii=False).rstrip("\n") + "\n"


def _cells(chapter: Chapter, text: Text, code: dict[int, NotebookNode]) -> list[NotebookNode]:
    """Return the cells in the order of the source, the generated ones first."""
    lines = text.text.split("\n")
    edits = block_edits(chapter, text, top=True)
    cells: list[NotebookNode] = []
    start = 0
    metadata: dict[str, Any] = {}

    def flush(end: int) -> None:
        nonlocal metadata
        shown = trim(apply(lines, edits, start, end))
        if shown:
            cells.append(_markdown(chapter, "\n".join(shown), metadata))
            metadata = {}

    tokens, _ = parse(text)
    title = None
    unread = set(code)
    for token in tokens:
        if token.level or not token.map or token.type in ("myst_target", "myst_line_comment", "definition"):
            continue
        name = fence_name(token) if token.type == "fence" else None
        if token.type == "front_matter":
            start = lines_of(token)[1]
            continue
        if title is None:
            title = token
            if token.tag != "h1":
                chapter.problem(text.number(lines_of(token)[0]), "a chapter starts with its title, `# …`")
        if token.type == "heading_open" and token.tag in ("h1", "h2", "h3"):
            flush(lines_of(token)[0])
            start = lines_of(token)[0]
        elif token.type == "myst_block_break":
            flush(lines_of(token)[0])
            start = lines_of(token)[1]
            try:
                metadata = json.loads(token.content or "{}")
            except ValueError:
                chapter.problem(text.number(lines_of(token)[0]), "what follows +++ must be JSON")
        elif name and name[0] == "code-cell":
            flush(lines_of(token)[0])
            start, metadata = lines_of(token)[1], {}
            number = lines_of(token)[0] + 1
            if number not in code:
                chapter.problem(number, "jupytext sees no code cell here: is a $$ or ::: before it left open?")
                continue
            unread.discard(number)
            figure = cell_figure(token)
            cells += _code(chapter, code[number], range(number, start + 1), figure.get("caption", ""))
    flush(len(lines))
    for number in unread:
        chapter.problem(number, "a code cell inside a directive, or after one that is not closed")
    if cells and title is not None:
        _add_front(chapter, cells, lines_of(title)[1] - lines_of(title)[0] if title.markup in "=-" else 1)
    return cells


def _markdown(chapter: Chapter, source: str, metadata: dict[str, Any] | None = None) -> NotebookNode:
    used = [f"[{key}]: {data}" for key, data in chapter.pictures.items() if f"][{key}]" in source]
    return new_markdown_cell(source="\n\n".join([source, *used]), metadata=metadata or {})


def _code(chapter: Chapter, read: NotebookNode, numbers: range, caption: str) -> list[NotebookNode]:
    """Return the cells that a code cell of the source becomes in this edition: none, one, or one and a caption."""
    source = read.source.rstrip()
    metadata = {key: value for key, value in read.metadata.items() if key != "mystnb"}  # for the book only
    tags = metadata.get("tags", [])
    if not isinstance(tags, list):
        chapter.problem(numbers[0], "tags must be a list, like [hide-input]")
        return []
    if "solution" in tags:
        chapter.solutions.append((source, list(numbers)))
    if "book-only" in tags or ("solution" in tags and chapter.edition == "student"):
        return []
    if "solution" in tags and chapter.edition == "colab":
        if "check" in tags:
            return []
        return [_markdown(chapter, "\n".join(details("Solution code", fenced(source, "python"))), metadata)]
    cell = new_code_cell(source=source, metadata=metadata)
    if "solution" not in tags:  # instructors read those
        _fold(cell, tags)
    if not caption:
        return [cell]
    line = Text(caption, [numbers[0]], {})
    return [
        cell,
        _markdown(chapter, f"{chapter.figure(numbers[0])} {convert_inline(chapter, parse_inline(line), line)}."),
    ]


def _fold(cell: NotebookNode, tags: list[str]) -> None:
    """Fold the code of a cell that the book hides: `cellView` and `@title` do it on Colab, `jupyter` in JupyterLab."""
    title = next((title for tag, title in FOLDED.items() if tag in tags), None)
    if title is None:
        return
    cell.metadata.update(cellView="form", jupyter={**cell.metadata.get("jupyter", {}), "source_hidden": True})
    if not cell.source.startswith("%%"):  # a cell magic stands on the first line
        cell.source = f"# @title {title}\n{cell.source}"


def _add_front(chapter: Chapter, cells: list[NotebookNode], heading: int) -> None:
    """Put the links under the title, and the cell that installs the helpers after it."""
    project = chapter.project
    lines = cells[0].source.split("\n")
    links = f"[Read it in the book]({project.page(chapter.document)})"
    if chapter.edition == "colab":  # the notebook on Colab holds the solutions
        path = f"{project.repository.removeprefix('https://github.com/')}/blob/main/{chapter.document}.ipynb"
        links = f"[Open in Colab](https://colab.research.google.com/github/{path}) · {links}"
    rest = trim(lines[heading:])
    front = [links, "", NUMBERS] if chapter.quotes else [links]
    cells[0].source = "\n".join([*lines[:heading], "", *front, *([""] if rest else []), *rest])
    setup = SETUP.format(repository=project.repository, distribution=project.distribution, version=project.version)
    cells.insert(1, new_code_cell(source=setup, metadata={"tags": ["setup"]}))


def _number(cells: list[NotebookNode]) -> None:
    """Give each cell an id that depends on nothing but its own kind and text (and on equal cells before it)."""
    seen: Counter[tuple[str, str]] = Counter()
    for cell in cells:
        own = (cell.cell_type, cell.source)
        cell.id = hashlib.sha256("\0".join([*own, str(seen[own])]).encode()).hexdigest()[:12]
        seen[own] += 1


def _check(chapter: Chapter, text: Text, notebook: NotebookNode) -> None:
    """Refuse a notebook in which a directive, a role, or (for students) a solution survives."""
    problems = [Problem(chapter.file, 1, f"{what} survives in a cell") for what in survivors(notebook)]
    if chapter.edition == "student":
        problems += leaks(chapter, text, notebook)
    if problems:
        raise ExportError(problems)


def survivors(notebook: NotebookNode) -> list[str]:
    """Return what only MyST understands among the tokens of the Markdown cells."""
    found = []
    for cell in notebook.cells:
        if cell.cell_type != "markdown":
            continue
        for token, _, directive in walk(whole(cell.source)):
            if directive:
                found.append(f"directive {{{directive.name}}}")
            if token.type in ("myst_target", "myst_line_comment", "myst_block_break", "math_block_label"):
                found.append(token.type)
            for child in token.children or []:
                if child.type == "myst_role":
                    found.append(f"role {{{child.meta['name']}}}")
                elif child.type in ("text", "math_inline", "image") and "{glue:" in child.content:
                    found.append("role {glue:…}")
    return found


def leaks(chapter: Chapter, text: Text, notebook: NotebookNode) -> list[Problem]:
    """Return each solution that can be read in the notebook.

    A whole solution (from 20 characters on) may stand nowhere. A line of one (from 8 on) may stand only
    where the chapter itself has it outside the solutions: the `def` line of a stub, an import.
    """
    hidden = {number for _, numbers in chapter.solutions for number in numbers}
    outside = [line.strip() for i, line in enumerate(text.text.split("\n"), 1) if i not in hidden]
    cells = [json.dumps(cell, ensure_ascii=False) for cell in notebook.cells]
    shown = _squeeze("\n".join(cell.source for cell in notebook.cells) + "\n".join(cells))
    allowed = _squeeze("\n".join(outside))
    problems = []
    for solution, numbers in chapter.solutions:
        whole_text = _squeeze(solution)
        found = len(whole_text) >= 20 and whole_text in shown
        for line in map(_squeeze, solution.split("\n")):
            if line.startswith(("```", "~~~", ":::", "$$")):  # the opening of a fence tells nothing
                continue
            found = found or (len(line) >= 8 and line in shown and line not in allowed)
        if found:
            problems.append(Problem(chapter.file, numbers[0], "a solution can be read in the student edition"))
    return problems


def _squeeze(text: str) -> str:
    return " ".join(text.split())
