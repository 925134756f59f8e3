"""The one table of the course: text in a terminal, HTML in a notebook and in the book."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

DASH = "–"  # what is not there
_NUMBER = re.compile(r"[-−+]?\d[\d ,.±%–−-]{0,16}")  # stays on one line, as a date and a mean ± its deviation do


class Cell(NamedTuple):
    """What a cell shows and, where that does not sort by itself, what it is sorted by."""

    shown: str
    key: float | str | None = None


@dataclass(frozen=True)
class Table:
    """Rows of text under a header.

    Attributes
    ----------
    header : names of the columns
    rows : as many cells each as the header has names: texts, or :class:`Cell`
    caption : what the table shows
    label : what a screen reader calls the box that the table scrolls in
    sortable : whether the reader can sort by a column (in the book, where ``sortable.js`` is)
    wrapped : whether the first column may take several lines, because it holds names and not ids
    """

    header: Sequence[str]
    rows: Sequence[Sequence[str | Cell]]
    caption: str = ""
    label: str = "Table of results"
    sortable: bool = False
    wrapped: bool = False

    def __str__(self) -> str:
        lines = [list(self.header), *([_shown(cell) for cell in row] for row in self.rows)]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        texts = ["  ".join(map(str.ljust, line, widths)).rstrip() for line in lines]
        return "\n".join([*texts, self.caption] if self.caption else texts)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in self.header)
        body = "".join(f"<tr>{_th(row[0])}{''.join(map(_td, row[1:]))}</tr>\n" for row in self.rows)
        caption = f"<caption>{html.escape(self.caption)}</caption>" if self.caption else ""
        kind = "rnn-table" + " rnn-sortable" * self.sortable + " rnn-wrapped" * self.wrapped
        return (
            f'<div class="{kind}" role="group" aria-label="{html.escape(self.label)}" tabindex="0">'
            f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table></div>"
        )


def _shown(cell: str | Cell) -> str:
    return cell.shown if isinstance(cell, Cell) else cell


def _th(cell: str | Cell) -> str:
    return f'<th scope="row"{_key(cell)}>{_broken(_shown(cell))}</th>'


def _td(cell: str | Cell) -> str:
    number = ' class="rnn-number"' if _NUMBER.fullmatch(_shown(cell)) else ""
    return f"<td{number}{_key(cell)}>{_broken(_shown(cell))}</td>"


def _broken(text: str) -> str:
    """Let the name of a wrapped layer go on in the next line: ``Bidirectional(`` / ``LSTM(32))``."""
    return re.sub(r"\((?=[A-Z])", "(<wbr>", html.escape(text))


def _key(cell: str | Cell) -> str:
    if not isinstance(cell, Cell) or cell.key is None:
        return ""
    return f' data-key="{html.escape(str(cell.key), quote=True)}"'
