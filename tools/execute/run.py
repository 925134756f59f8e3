"""Execute one chapter in a fresh kernel."""

from __future__ import annotations

import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from tools.execute.dependencies import describe
from tools.execute.kept import ROOT, read_source
from tools.execute.normalise import normalise

# oneDNN picks other kernels on other processors; without it the last digits are the same everywhere.
ENVIRONMENT = {
    "RNN_MODE": "recorded",
    "RNN_BOOK": "1",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    "PYTHONHASHSEED": "0",
    "MPLCONFIGDIR": "",
}
TIMEOUT = 600  # seconds a cell


class Failed(RuntimeError):
    """A chapter could not be executed; the message says why."""


class Executed(NamedTuple):
    """An executed notebook and how long it took."""

    notebook: NotebookNode
    seconds: float


def execute(source: Path, root: Path = ROOT) -> Executed:
    """Execute a chapter in recorded mode on the real data.

    Raises
    ------
    Failed
        If a cell fails, or if the data were not those of the recorded runs.
    """
    notebook = read_source(source)
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        notes = _run(notebook, source, root, Path(folder))
    strangers = [f"{name} ({kind})" for name, (kind, _, recorded) in notes["data"].items() if not recorded]
    if strangers:
        raise Failed(
            f"{source.stem}: not made with the data of the recorded runs: {', '.join(strangers)}. Set RNN_DATA to the "
            "folder that has them."
        )
    seconds = time.perf_counter() - start
    normalise(notebook)
    notebook.metadata["made_of"] = describe(notes, root)
    return Executed(notebook, seconds)


def _run(notebook: NotebookNode, source: Path, root: Path, folder: Path) -> dict[str, Any]:
    environment = os.environ | ENVIRONMENT | {"MPLCONFIGDIR": str(folder)}
    environment["PYTHONPATH"] = os.pathsep.join([str(root / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")])
    client = NotebookClient(
        notebook,
        timeout=TIMEOUT,
        kernel_name="python3",
        record_timing=False,
        store_widget_state=False,
        extra_arguments=["--log-level=40"],
    )
    written = folder / "notes.json"
    with client.setup_kernel(env=environment, cwd=str(source.parent)):
        _aside(
            client,
            f"import pathlib, tools.execute.kernel\n__notes = tools.execute.kernel.Notes(pathlib.Path({str(root)!r}))",
        )
        for index, cell in enumerate(notebook.cells):
            try:
                client.execute_cell(cell, index)
            except CellExecutionError as error:
                raise Failed(f"{source.stem}, code cell {index}: {error}") from error
        _aside(client, f"__notes.write({str(written)!r})")
    return json.loads(written.read_text(encoding="utf-8"))


def _aside(client: NotebookClient, code: str) -> None:
    """Execute code that is no part of the chapter."""
    client.nb.cells.append(new_code_cell(code))
    client.execute_cell(client.nb.cells[-1], len(client.nb.cells) - 1, store_history=False)
    client.nb.cells.pop()
