"""A small book for the tests of the exporter, and what a chapter of our own in it becomes."""

import contextlib
import re
import shutil
import sys
import types
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from docutils.parsers.rst import directives, roles
from sphinx.util.docutils import docutils_namespace, patch_docutils

from tools.export.syntax import ExportError
from tools.export_notebooks import export

FIXTURE = Path(__file__).parent / "fixtures" / "export"
HEAD = """\
---
jupytext: {text_representation: {extension: .md, format_name: myst}}
kernelspec: {display_name: Python 3, language: python, name: python3}
---

# Title
"""  # what is appended starts in line 7


def cases() -> dict:
    return yaml.safe_load((FIXTURE / "cases.yml").read_text(encoding="utf-8"))


def small_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the fixture's repository; `helpers.runs.quote` is one of our own."""
    runs = types.ModuleType("helpers.runs")

    def quote(expression: str) -> str:
        if expression == "bad":
            raise ValueError("there is no run called bad")
        return "87.0 * %"

    runs.quote = quote
    monkeypatch.setitem(sys.modules, "helpers.runs", runs)
    shutil.copytree(FIXTURE, tmp_path / "repo")
    return tmp_path / "repo"


@contextlib.contextmanager
def own_docutils() -> Iterator[None]:
    """Let a Sphinx of our own register what it likes: docutils is then as it was, in the dicts that others hold."""
    held = directives._directives, roles._roles
    before = [dict(names) for names in held]
    try:
        with patch_docutils(), docutils_namespace():
            yield
    finally:
        directives._directives, roles._roles = held
        for names, known in zip(held, before, strict=True):
            names.clear()
            names.update(known)


def write(root: Path, body: str, name: str = "03_own.md") -> Path:
    path = root / "notebooks" / name
    path.write_text(HEAD + body, encoding="utf-8")
    return path


def own(root: Path, body: str, edition: str = "colab") -> str:
    """Return the Markdown that a chapter's body becomes."""
    notebook = export(write(root, "\n## Own\n\n" + body), edition, root)
    text = "\n\n".join(cell.source for cell in notebook.cells[2:])
    text = re.sub(r"\n\n\[\S+\]: data:\S+", "", text)  # the pictures themselves
    return text.removeprefix("## Own").strip()


def problems(root: Path, body: str, edition: str = "colab") -> list[str]:
    with pytest.raises(ExportError) as caught:
        export(write(root, body), edition, root)
    return str(caught.value).split("\n")
