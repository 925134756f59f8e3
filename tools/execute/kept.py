"""The executed notebooks: where they lie, how they are read and written, and how a chapter gets its outputs back."""

from __future__ import annotations

import copy
import difflib
import warnings
from pathlib import Path
from typing import Any

import nbformat
from jupytext.myst import myst_to_notebook
from nbformat import NotebookNode

from tools.execute.syntax import cell_key

ROOT = Path(__file__).resolve().parent.parent.parent


def executed_path(source: Path) -> Path:
    """Where the executed notebook of a chapter lies."""
    return source.parent / "executed" / f"{source.stem}.ipynb"


def read_source(source: Path) -> NotebookNode:
    """A chapter as a notebook without outputs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # `python` and `ipython3` cells may stand side by side
        return myst_to_notebook(source.read_text(encoding="utf-8"))


def read_executed(source: Path) -> NotebookNode | None:
    """The executed notebook of a chapter; None where there is none.

    Raises
    ------
    ValueError
        If the file is damaged.
    """
    path = executed_path(source)
    if not path.exists():
        return None
    try:
        return nbformat.read(path, as_version=4)
    except (ValueError, nbformat.reader.NotJSONError) as error:
        raise ValueError(f"{path} is damaged ({error}): restore it, or run `make executed`.") from error


def dumps(notebook: NotebookNode) -> str:
    """The notebook as the text of its file."""
    return nbformat.writes(notebook, version=4, indent=1, sort_keys=True, ensure_ascii=False).rstrip("\n") + "\n"


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def with_outputs(notebook: NotebookNode, executed: NotebookNode | None) -> NotebookNode:
    """A copy of ``notebook`` whose code cells have the outputs of the executed cells with the same code.

    A cell whose code was changed since has the outputs of the cell that stood in its place: the page then says that
    they are old. A cell that is new has none.
    """
    result = copy.deepcopy(notebook)
    mine, theirs = code_cells(result), code_cells(executed) if executed else []
    for cell in mine:
        cell.outputs, cell.execution_count = [], None
    keys, others = ([cell_key(cell.source) for cell in cells] for cells in (mine, theirs))
    for _, start, end, other, other_end in difflib.SequenceMatcher(None, keys, others, autojunk=False).get_opcodes():
        for here, there in zip(mine[start:end], theirs[other:other_end], strict=False):  # the shorter side ends it
            here.outputs = copy.deepcopy(there.outputs)
            here.execution_count = there.execution_count
    return result


def laid_out_as(notebook: NotebookNode, model: NotebookNode) -> NotebookNode:
    """A copy of ``notebook`` with the comments and layout of ``model`` in the cells that have the same code in both."""
    result = copy.deepcopy(notebook)
    for cell, like in zip(result.cells, model.cells, strict=False):  # more cells in one of them: they differ anyway
        if cell_key(cell.source) == cell_key(like.source):
            cell.source, cell.id = like.source, like.id
    return result


def made_of(notebook: NotebookNode) -> dict[str, Any]:
    """What an executed notebook depended on."""
    return dict(notebook.metadata.get("made_of", {}))
