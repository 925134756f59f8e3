"""The values that a chapter's code cells glue, read from its executed notebook."""

import ast
import json
import re
from pathlib import Path
from typing import Any

from myst_nb.core.variables import format_plain_text

Value = str | int | float


def glued(notebook_path: Path) -> dict[str, Value]:
    """Return each glued value of an executed notebook by its name; of two with one name the last, as in the book.

    Raises
    ------
    ValueError
        When the file is no notebook.
    """
    try:
        cells = json.loads(notebook_path.read_text(encoding="utf-8"))["cells"]
        outputs = [output for cell in cells for output in cell.get("outputs", [])]
        return dict(found for output in outputs if (found := _value(output)))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError("this is no notebook: run make executed") from error


def _value(output: dict[str, Any]) -> tuple[str, Value] | None:
    """Return name and value of an output that `myst_nb.glue` wrote; None for any other."""
    note = output.get("metadata", {}).get("scrapbook")
    text = output["data"].get(note.get("mime_prefix", "") + "text/plain") if note else None
    if text is None:
        return None
    text = "".join(text)  # a file may hold one string or a list of lines
    try:
        return note["name"], ast.literal_eval(text)
    except (SyntaxError, ValueError):
        return note["name"], text


def format_value(value: Value, spec: str) -> str:
    """Return a glued value as the book shows it: MyST-NB's own formatting, on one line."""
    return re.sub(r"\s*\n\s*", " ", format_plain_text(repr(value), spec))
