"""An interactive figure: a widget where a kernel runs, a piece of HTML in the built book."""

from __future__ import annotations

import functools
import html
import inspect
import json
import os
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, ParamSpec

from helpers.figures.compose import FOLDER, data_script, module, script, version
from helpers.files import atomically

BOOK = "RNN_BOOK"  # set where a chapter is executed for the book, whose kernel is gone when a page is read
P = ParamSpec("P")


class Figure:
    """What a cell displays. ``figure.state`` holds what the reader has set, while a kernel runs.

    Parameters
    ----------
    name : of the figure and of its folder beside this file.
    alt : what there is to see, for everyone who cannot see it or has no script.
    state : the values that the figure starts from and that the reader changes; what JSON can hold.
    files : bytes that are too large for the page (weights): name in the state → function that gives the bytes. The
        book writes them beside the figure and the page fetches them; the figure gets a DataView.
    later : names of files that a page fetches only when the figure asks for them: there the figure gets a function
        that promises the DataView.
    """

    def __init__(
        self,
        name: str,
        alt: str,
        state: dict[str, Any],
        files: dict[str, Callable[[], bytes]] | None = None,
        later: Collection[str] = (),
    ) -> None:
        self.name, self.alt, self._start, self.files, self.later = name, alt, state, files or {}, later
        self._widget: Any = None
        self.call: tuple[str, dict[str, Any]] | None = None  # the function that made it, and its arguments

    def __repr__(self) -> str:
        return f"Interactive figure: {self.alt}"

    @property
    def state(self) -> dict[str, Any]:
        """The values as the reader has set them."""
        if self._widget is None:
            return dict(self._start)
        return {name: getattr(self._widget, name) for name in self._start}

    @property
    def widget(self) -> Any:
        """The live widget, made when it is first asked for. anywidget turns on Colab's widgets by itself."""
        if self._widget is None:
            import anywidget
            import traitlets

            content = {name: make() for name, make in self.files.items()}
            traits = {name: traitlets.Any().tag(sync=True) for name in (*self._start, *content)}
            style = (FOLDER / "figures.css").read_text(encoding="utf-8")
            kind = type(self.name, (anywidget.AnyWidget,), {"_esm": module(self.name), "_css": style, **traits})
            self._widget = kind(**self._start, **content)
        return self._widget

    def static(self, folder: Path) -> str:
        """Write the figure's code and files into ``folder``; return its place in a page: description, state, names."""
        state = dict(self._start)
        code = _write(folder, self.name, script(self.name))
        for name, make in self.files.items():
            state[name] = {"$later" if name in self.later else "$file": _write(folder, name, data_script(make()))}
        written = json.dumps(state, ensure_ascii=False, allow_nan=False).replace("<", "\\u003c")
        return (
            f'<div class="rnn-figure-place" data-figure="{self.name}" data-code="{code}">'
            f'<p class="rnn-figure-alt"><strong>Interactive figure.</strong> {html.escape(self.alt)}</p>'
            '<noscript><p class="rnn-figure-alt">It moves when JavaScript is on.</p></noscript>'
            f'<script type="application/json">{written}</script></div>'
        )

    def place(self) -> str:
        """A place in a page that names the call that made the figure. The book makes it again and puts it there."""
        if self.call is None:
            raise ValueError(f"the figure {self.name!r} was not made by a function of helpers.figures.")
        function, arguments = self.call
        written = json.dumps({"function": function, "arguments": arguments}, ensure_ascii=False, default=_plain)
        return f'<div class="rnn-figure-place" data-call="{html.escape(written)}"></div>'

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        if os.environ.get(BOOK):
            return {"text/html": self.place(), "text/plain": repr(self)}
        found = self.widget._repr_mimebundle_()
        data, metadata = found if isinstance(found, tuple) else (found, {})
        return {**data, "text/plain": repr(self)}, metadata


def remembers_call(function: Callable[P, Figure]) -> Callable[P, Figure]:
    """Let a page make the figure of this function again without the kernel that made it first."""

    @functools.wraps(function)
    def make(*args: P.args, **kwargs: P.kwargs) -> Figure:
        figure = function(*args, **kwargs)
        figure.call = (function.__name__, inspect.signature(function).bind(*args, **kwargs).arguments)
        return figure

    return make


def _plain(value: Any) -> Any:
    """An argument as JSON has it: an array as lists of numbers."""
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Iterable):
        return list(value)
    raise TypeError(f"{value!r} cannot stand in a page")


def _write(folder: Path, name: str, text: str) -> str:
    """Write a script under a name that holds the hash of its text, which several kernels may do at once; return it."""
    file = f"{name}-{version(text)}.js"
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / file).exists():
        with atomically(folder / file) as part:
            part.write_text(text, encoding="utf-8")
    return file
