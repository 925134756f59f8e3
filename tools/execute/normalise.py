"""Outputs without what differs from one execution to the next."""

from __future__ import annotations

import re
from collections import Counter

from nbformat import NotebookNode

from tools.execute.syntax import digest

_ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}\b")


def normalise(notebook: NotebookNode) -> None:
    """Make the code cells of an executed notebook the same to the byte every time, in place.

    What goes to the standard error stream is dropped: start-up messages and progress bars. Cells are counted from 1,
    and their ids are made of their code. Addresses in memory become ``0x…``.
    """
    notebook.metadata = type(notebook.metadata)(
        kernelspec={"display_name": "Python 3", "language": "python", "name": "python3"},
        language_info={"name": "python"},
    )
    notebook.cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    seen: Counter[str] = Counter()
    for number, cell in enumerate(notebook.cells, start=1):
        code = digest(cell.source.encode())[:12]
        seen[code] += 1
        cell.id = f"{code}-{seen[code]}"
        cell.metadata = type(cell.metadata)()
        cell.execution_count = number
        cell.outputs = _outputs(cell.outputs, number)
    notebook.nbformat, notebook.nbformat_minor = 4, 5


def _outputs(outputs: list[NotebookNode], number: int) -> list[NotebookNode]:
    kept: list[NotebookNode] = []
    for output in outputs:
        if output.output_type == "stream":
            if output.name == "stderr":
                continue
            output.text = _ADDRESS.sub("0x…", _as_shown(output.text))
            if kept and kept[-1].output_type == "stream":
                kept[-1].text += output.text
                continue
        elif "data" in output:
            if "execution_count" in output:
                output.execution_count = number
            for kind, value in output.data.items():
                if isinstance(value, str):
                    output.data[kind] = _ADDRESS.sub("0x…", value)
        kept.append(output)
    return kept


def _as_shown(text: str) -> str:
    """What a terminal shows of a line that is written over with carriage returns: the last version."""
    return "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in text.split("\n"))
