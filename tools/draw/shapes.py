"""Boxes, arrows, gates, units and letters, from which the still pictures are put together as SVG.

A picture is 360 units wide, the width of a phone, and as tall as it needs. Whatever is not coloured has the colour
`currentColor`: dark, on a light card, in the file itself (which stands alone in a notebook); the page's own colour in
the book, which leaves the card out. A colour never says anything alone: a letter, a dash or a place says it, too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from helpers.plotting import BLUE, GREEN, GREY, ORANGE, PURPLE

__all__ = ["BLUE", "GREEN", "GREY", "INK", "ORANGE", "PURPLE", "SMALL", "WIDTH", "Drawing", "Point"]

INK = "currentColor"
WIDTH = 360
SMALL = 13.0  # the smallest letters: on a phone one unit is about nine tenths of a pixel
CARD = '<rect class="card" width="{width}" height="{height}" rx="12" fill="#fff"/>'
TEXT_FONT = "system-ui,'DejaVu Sans',Verdana,Arial,sans-serif"
MATH_FONT = "'STIX Two Text','Times New Roman','Noto Serif','DejaVu Serif',serif"

Point = tuple[float, float]


def number(value: float) -> str:
    """Two digits after the point at most: the same text on every machine."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def markup(text: str, size: float, math: bool) -> str:
    """Return text with `_{low}` and `^{high}` as tspans; in a formula letters are italic, all else is upright."""
    low = max(SMALL, size * 0.7)
    out, shift = [], 0.0
    for mark, braced, one, plain in re.findall(r"([_^])(?:\{([^}]*)\}|(.))|([^_^]+)", text):
        level = {"_": 0.22, "^": -0.38, "": 0.0}[mark] * size
        content = braced or one or plain
        own = low if mark else size
        runs = re.findall(r"tanh|[^\W\d_][̃]?|(?:(?!tanh)[\W\d_])+", content) if math else [content]
        for run in runs:
            upright = not math or not run[0].isalpha() or run == "tanh"
            attributes = "" if upright else ' font-style="italic"'
            attributes += f' font-size="{number(own)}"' if own != size else ""
            attributes += f' dy="{number(level - shift)}"' if level != shift else ""
            shift = level
            out.append(f"<tspan{attributes}>{escape(run)}</tspan>" if attributes else escape(run))
    return "".join(out)


class Drawing:
    """A picture in the making: every method adds one thing. Places are (x, y) with y downwards."""

    def __init__(self, title: str, describe: str, height: float):
        self.title, self.describe, self.height = title, " ".join(describe.split()), height
        self.parts: list[str] = []

    def svg(self) -> str:
        """Return the picture as the text of its file."""
        size = {"width": WIDTH, "height": number(self.height)}
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {size["height"]}" role="img" color="#1b1f24"'
            f' font-family="{TEXT_FONT}" fill="none" stroke-linecap="round" stroke-linejoin="round">'
        )
        words = [f"<title>{escape(self.title)}</title>", f"<desc>{escape(self.describe)}</desc>"]
        return "\n".join([head, *words, CARD.format(**size), *self.parts, "</svg>"]) + "\n"

    # Letters

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 14,
        anchor: str = "middle",
        math: bool = False,
        bold: bool = False,
    ) -> None:
        """Write a line whose middle is at the height y."""
        attributes = f' text-anchor="{anchor}"' if anchor != "start" else ""
        attributes += f' font-family="{MATH_FONT}"' if math else ""
        attributes += ' font-weight="bold"' if bold else ""
        place = f'x="{number(x)}" y="{number(y + size * 0.34)}" font-size="{number(size)}"'
        self.parts.append(f'<text {place}{attributes} fill="{INK}">{markup(text, size, math)}</text>')

    def math(self, x: float, y: float, text: str, size: float = 18, anchor: str = "middle") -> None:
        """Write a formula: `h_{t−1}`, `x_t W`, `c̃_t`."""
        self.text(x, y, text, size, anchor, math=True)

    def vector(self, x: float, y: float, letter: str, low: str, left: bool = False, size: float = 18) -> None:
        """Write a letter with an arrow over it, as the chapters do for the two directions, and an index."""
        x -= size * 0.16
        self.math(x, y + 2, letter, size)
        self.math(x + size * 0.3, y + 2 + size * 0.22, low, max(SMALL, size * 0.7), "start")
        tip, end = (x - size * 0.33, x + size * 0.4) if left else (x + size * 0.42, x - size * 0.3)
        over, back = y - size * 0.6, 3.5 if left else -3.5
        self.path(f"M{number(end)} {number(over)}H{number(tip)}m{back} -2.8l{-back} 2.8l{back} 2.8", INK, 1.2)

    # Lines

    def path(self, d: str, colour: str = INK, width: float = 1.6, dashes: str = "", opacity: float = 1) -> None:
        attributes = f' stroke-dasharray="{dashes}"' if dashes else ""
        attributes += f' stroke-opacity="{number(opacity)}"' if opacity < 1 else ""
        self.parts.append(f'<path d="{d}" stroke="{colour}" stroke-width="{number(width)}"{attributes}/>')

    def line(
        self,
        points: Sequence[Point],
        colour: str = INK,
        width: float = 1.6,
        dashes: str = "",
        head: bool = True,
        hops: Sequence[Point] = (),
        opacity: float = 1,
    ) -> None:
        """Draw an arrow along the points, with round corners; it hops over the lines that it crosses at `hops`."""
        points = list(points)
        tip = points[-1]
        if head:
            points[-1] = toward(tip, points[-2], 7)
        d = f"M{pair(points[0])}"
        for i, corner in enumerate(points[1:], 1):
            before = points[i - 1]
            over = [hop for hop in hops if between(hop, before, corner)]
            for hop in sorted(over, key=lambda hop: distance(hop, before)):
                d += f"L{pair(toward(hop, before, 6))}A6 6 0 0 1 {pair(toward(hop, corner, 6))}"
            if i + 1 < len(points):
                round_ = min(8, distance(corner, before) / 2, distance(corner, points[i + 1]) / 2)
                d += f"L{pair(toward(corner, before, round_))}Q{pair(corner)} "
                d += pair(toward(corner, points[i + 1], round_))
            else:
                d += f"L{pair(corner)}"
        self.path(d, colour, width, dashes, opacity)
        if head:
            self.head(tip, points[-1], colour)

    def head(self, tip: Point, start: Point, colour: str = INK) -> None:
        length = distance(tip, start) or 1
        dx, dy = (tip[0] - start[0]) / length, (tip[1] - start[1]) / length
        sides = [(tip[0] - 9 * dx + s * 4.5 * dy, tip[1] - 9 * dy - s * 4.5 * dx) for s in (1, -1)]
        self.parts.append(f'<path d="M{pair(tip)}L{pair(sides[0])}L{pair(sides[1])}z" fill="{colour}"/>')

    def bracket(self, start: Point, end: Point, depth: float = 8) -> None:
        """Draw a brace's plain sister from start to end; it opens to the right of the way (left with depth < 0)."""
        (x1, y1), (x2, y2) = start, end
        length = distance(start, end)
        nx, ny = -(y2 - y1) / length * depth, (x2 - x1) / length * depth
        self.path(f"M{pair((x1 + nx, y1 + ny))}L{pair(start)}L{pair(end)}L{pair((x2 + nx, y2 + ny))}", INK, 1.4)

    # Things

    def box(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        colour: str = GREY,
        dashes: str = "",
        tint: float = 0.14,
        r: float = 7,
    ) -> None:
        """Draw a box around (x, y)."""
        place = (
            f'x="{number(x - w / 2)}" y="{number(y - h / 2)}" width="{number(w)}" height="{number(h)}" rx="{number(r)}"'
        )
        dash = f' stroke-dasharray="{dashes}"' if dashes else ""
        look = f'stroke="{colour}" stroke-width="2" fill="{colour}" fill-opacity="{number(tint)}"'
        self.parts.append(f"<rect {place} {look}{dash}/>")

    def disc(self, x: float, y: float, r: float, colour: str = GREY, tint: float = 0.14, width: float = 2) -> None:
        look = f'stroke="{colour}" stroke-width="{number(width)}" fill="{colour}" fill-opacity="{number(tint)}"'
        self.parts.append(f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(r)}" {look}/>')

    def dot(self, x: float, y: float, colour: str = INK, r: float = 3.2) -> None:
        """Mark the place where a line splits in two."""
        self.parts.append(f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(r)}" fill="{colour}"/>')

    def times(self, x: float, y: float, colour: str = ORANGE) -> None:
        """Draw ⊙, the product number by number: a gate at work."""
        self.disc(x, y, 12, colour)
        self.dot(x, y, INK, 3)

    def plus(self, x: float, y: float) -> None:
        self.disc(x, y, 12, GREY)
        self.path(f"M{number(x - 6)} {number(y)}h12M{number(x)} {number(y - 6)}v12", INK, 1.8)


def pair(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def distance(one: Point, other: Point) -> float:
    return ((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5


def toward(start: Point, goal: Point, step: float) -> Point:
    """Return the point that lies `step` from start on the way to goal."""
    share = step / (distance(start, goal) or 1)
    return start[0] + (goal[0] - start[0]) * share, start[1] + (goal[1] - start[1]) * share


def between(point: Point, start: Point, end: Point) -> bool:
    return abs(distance(start, point) + distance(point, end) - distance(start, end)) < 1e-6
