"""The set-up cell in a kernel of its own: what it asks for, installs and says."""

import contextlib
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from tests.small_book import small_book
from tools.export_notebooks import export

# Runs before the set-up cell. The distribution is there (or not) by this; `%pip` notes what it was asked for.
BEFORE = """
from importlib import metadata
versions, asked = {versions}, []
def version(name):
    if name not in versions:
        raise metadata.PackageNotFoundError(name)
    return versions[name]
metadata.version = version
metadata.distributions = lambda name: [name] if name in versions else []
"""
STUB = """
def pip(line):
    asked.append(line)
    versions["fixture-helpers"] = "1.2.3"
get_ipython().register_magic_function(pip)
"""
AFTER = "print(asked, MODE, runs.__name__)"
FOREIGN = 'print("a stranger")\n'


@pytest.fixture
def setup(tmp_path, monkeypatch) -> str:
    with monkeypatch.context() as patch:
        notebook = export(small_book(tmp_path, patch) / "notebooks" / "01_every.md", "colab", tmp_path / "repo")
    return notebook.cells[1].source


def run(setup: str, folder: Path, versions: dict[str, str], before: str = STUB) -> tuple[str, str]:
    """Return what the set-up cell and the cell after it showed; "" for one that never ran."""
    folder.mkdir(exist_ok=True)
    sources = [BEFORE.replace("{versions}", repr(versions)) + before, setup, AFTER]
    notebook = nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, sources)))
    client = NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(folder)}})
    with contextlib.suppress(CellExecutionError):  # what the reader sees is in the outputs
        client.execute()
    first, second = (
        "".join(output.get("text") or "\n".join(output.traceback) for output in cell.outputs)
        for cell in notebook.cells[1:]
    )
    return first, second


def test_installed_helpers_are_used_and_nothing_is_said(setup, tmp_path):
    first, second = run(setup, tmp_path / "here", {"fixture-helpers": "1.2.3"})
    assert "pip" not in first
    assert "UsageError" not in first
    assert second == "[] auto helpers.runs\n"


def test_another_version_stays_and_is_named_in_one_sentence(setup, tmp_path):
    first, second = run(setup, tmp_path / "here", {"fixture-helpers": "1.3.0"})
    assert "This notebook is for helpers 1.2.3, not 1.3.0: if it fails, run the %pip line and restart.\n" in first
    assert second == "[] auto helpers.runs\n"


def test_missing_helpers_are_installed_from_the_tag(setup, tmp_path):
    _, second = run(setup, tmp_path / "here", {})
    assert second == (
        "['install -qqq \"fixture-helpers @ git+https://github.com/owner/repo@v1.2.3\"'] auto helpers.runs\n"
    )


def test_a_file_of_the_readers_own_called_helpers_is_no_distribution(setup, tmp_path):
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / "helpers.py").write_text(FOREIGN, encoding="utf-8")
    # As on a reader's machine, the folder of the notebook comes before what is installed.
    first, second = run(setup, folder, {}, STUB + "import sys\nsys.path.insert(0, '')\n")
    *_, sentence = first.rstrip("\n").split("\n")
    assert sentence.startswith("UsageError: Rename what hides the course's helpers, restart and run again: ")
    assert str(folder / "helpers.py") in sentence
    assert second == ""


def test_without_a_network_there_is_one_sentence_and_no_traceback(setup, tmp_path, monkeypatch):
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")  # nobody listens there: git fails at once
    first, second = run(setup, tmp_path / "here", {}, before="")
    shown = [line for line in first.split("\n") if line and not line.startswith("Note: you may need to restart")]
    assert shown == [
        "UsageError: Nothing was installed: connect to the network and run again (without -qqq, pip says why)."
    ]
    assert second == ""
