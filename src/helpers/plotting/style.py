"""One style for every figure of the course, and a description in words for everyone who cannot see it.

A figure is shown as inline SVG: its text takes the colour of the page around it, so it reads in light and in dark,
and stays sharp on a phone. The colours are Okabe and Ito's, darkened where needed to stand out on both.
"""

from __future__ import annotations

import contextlib
import hashlib
import html
import io
import os
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

if TYPE_CHECKING:
    from matplotlib.figure import Figure as MatplotlibFigure

# At least 3 to 1 against a white page and against a dark one (tested), and told apart by colour-blind eyes.
BLUE, ORANGE, GREEN, PURPLE, GREY = "#1f77c4", "#c8651b", "#0d9268", "#b565a7", "#808080"
COLOURS = (BLUE, ORANGE, GREEN, PURPLE, GREY)
_INK = "#010203"  # stands for "the colour of the page's text" until the SVG is written

STYLE: dict[str, Any] = {
    "font.family": "DejaVu Sans",  # comes with matplotlib; measures the text that the page then sets
    "font.size": 10,
    "figure.figsize": (4.6, 3.0),
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": GREY,
    "grid.alpha": 0.25,
    "grid.linewidth": 0.6,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "lines.linewidth": 2,
    "lines.markersize": 4,
    "legend.frameon": False,
    "svg.fonttype": "none",
    "text.color": _INK,
    "axes.edgecolor": _INK,
    "axes.labelcolor": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
}


class Picture:
    """Figures side by side (one under the other on a phone), each with its description; what a cell displays."""

    def __init__(self, parts: list[tuple[str, str]], stamp: str = ""):
        self.parts, self.stamp = parts, stamp

    @property
    def alt(self) -> str:
        return " ".join(alt for _, alt in self.parts)

    def _repr_html_(self) -> str:
        width = "640px" if len(self.parts) == 1 else "480px"
        drawings = "".join(f'<div style="flex:1 1 290px;max-width:{width}">{svg}</div>' for svg, _ in self.parts)
        row = f'<div style="display:flex;flex-wrap:wrap;gap:0 1rem">{drawings}</div>'
        stamp = f'<p class="rnn-stamp" style="font-size:0.8em;margin:0">{html.escape(self.stamp)}</p>'
        return f'<div class="rnn-picture">{row}{stamp if self.stamp else ""}</div>'

    def __repr__(self) -> str:
        return f"{self.alt} [{self.stamp}]" if self.stamp else self.alt


@contextlib.contextmanager
def style() -> Iterator[None]:
    """Draw inside ``with style():`` to draw in the course's style. Needs no display."""
    import matplotlib as mpl
    from cycler import cycler

    with mpl.rc_context({**STYLE, "axes.prop_cycle": cycler(color=COLOURS)}):
        yield


def subplots(*args: Any, **kwargs: Any) -> tuple[MatplotlibFigure, Any]:
    """``matplotlib.pyplot.subplots`` in the course's style; the figure is shown by :func:`show`, not by pyplot."""
    from matplotlib import pyplot

    with style():
        figure, axes = pyplot.subplots(*args, layout="constrained", **kwargs)
    pyplot.close(figure)
    return figure, axes


def show(*figures: MatplotlibFigure, alt: str | list[str], stamp: str = "") -> Picture:
    """Turn figures into something a cell displays, with a description each.

    Parameters
    ----------
    *figures : from :func:`subplots`.
    alt : what the figure shows, in words, written from the data: one text, or one for each figure.
    stamp : a line below, such as ``run.stamp`` or :func:`data_stamp`.

    Raises
    ------
    ValueError
        A figure without a description.
    """
    texts = [alt] if isinstance(alt, str) else list(alt)
    if len(texts) != len(figures) or not all(text.strip() for text in texts):
        raise ValueError(f"{len(figures)} figure(s) need as many descriptions in alt=, and got {texts!r}.")
    for figure in figures:
        _ink(figure)
    return Picture([(_svg(figure, text), text) for figure, text in zip(figures, texts, strict=True)], stamp)


def beside(*pictures: Picture, stamp: str = "") -> Picture:
    """Put finished pictures side by side, under one stamp: the given one, or else that of the first."""
    parts = [part for picture in pictures for part in picture.parts]
    return Picture(parts, stamp or next((picture.stamp for picture in pictures), ""))


def data_stamp(source: str, n: int) -> str:
    """The line below a figure of a data set: how many reviews, and loudly whether they are real."""
    return f"n = {n:,} · " + ("sample data" if source == "sample" else "IMDB reviews")


def glue(name: str, value: Any) -> None:
    """Print ``here: name = value``, and in the book hand the value to the text around the cell.

    A notebook's text quotes the recorded value, which may differ from what this machine computes.
    A number is rounded by the text that quotes it, not here.
    """
    value = value.item() if hasattr(value, "item") else value  # NumPy's 4 would be quoted as np.int64(4)
    if not os.environ.get("RNN_BOOK"):  # the book shows it in the text
        print(f"here: {name} = {value}")
    with contextlib.suppress(ImportError):  # myst_nb builds the book; Colab has no need of it
        from myst_nb import glue as paste

        paste(name, value, display=False)


def _ink(figure: MatplotlibFigure) -> None:
    """Give text and legends that were added outside :func:`style` the colours of the page too."""
    from matplotlib.legend import Legend
    from matplotlib.text import Text

    for text in figure.findobj(Text):
        if text.get_color() in ("black", "k"):
            text.set_color(_INK)
    for legend in figure.findobj(Legend):
        legend.set_frame_on(False)


def _svg(figure: MatplotlibFigure, alt: str) -> str:
    """The figure as inline SVG: described, coloured by the page, ids unique on the page, the same bytes every time."""
    import matplotlib as mpl

    buffer = io.StringIO()
    with style(), mpl.rc_context({"svg.hashsalt": alt}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    for prefix, address in (("", "http://www.w3.org/2000/svg"), ("xlink", "http://www.w3.org/1999/xlink")):
        ElementTree.register_namespace(prefix, address)
    root = ElementTree.fromstring(buffer.getvalue())
    for unwanted in root.findall("{http://www.w3.org/2000/svg}metadata"):
        root.remove(unwanted)
    for size in ("width", "height"):
        root.attrib.pop(size, None)
    root.attrib |= {"role": "img", "aria-label": alt, "style": "width:100%;height:auto"}
    text = ElementTree.tostring(root, encoding="unicode")
    return (
        _own_ids(text, hashlib.sha256(text.encode()).hexdigest()[:8])
        .replace(_INK, "currentColor")
        .replace("'DejaVu Sans'", "'DejaVu Sans', Verdana, Arial, sans-serif")
    )


def _own_ids(svg: str, prefix: str) -> str:
    """Prefix the ids that the drawing refers to and drop the others: two figures may stand on one page."""
    used = set(re.findall(r"url\(#([^)]+)\)", svg)) | set(re.findall(r'href="#([^"]+)"', svg))
    svg = re.sub(r' id="([^"]+)"', lambda m: f' id="{prefix}-{m[1]}"' if m[1] in used else "", svg)
    return re.sub(r'(url\(#|href="#)', rf"\g<1>{prefix}-", svg)
