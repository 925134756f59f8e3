"""The still pictures of `book/drawings/` inside the page, where they take its colours; figures counted by chapter.

In a file of its own a picture is dark on a light card, which fits any ground but glares in a dark page. So the HTML
pages hold the picture itself, without the card. Other formats, which know no SVG, take the PNG beside it.
"""

from __future__ import annotations

import re
import sys
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tools.chapters import chapter_number

FOLDER = "book/drawings/"


def inline(svg: str, alt: str) -> str:
    """Return the text of a drawing's file as a part of a page: no card, no colour of its own, described by `alt`."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ', svg)
    if not found:
        raise ValueError("a drawing needs a viewBox that begins at 0 0")
    width = float(found[1])
    svg = re.sub(r"<(title|desc)>.*?</\1>\n", "", svg)  # the page says both, the one in the caption
    svg = re.sub(r'<rect class="card"[^>]*/>\n', "", svg).replace(' color="#1b1f24"', "", 1)
    look = f'class="rnn-drawing" aria-label="{escape(alt)}" style="max-width:{width / 12:g}rem"'
    return svg.replace("<svg ", f"<svg {look} ", 1)


class InlineDrawings(SphinxPostTransform):
    """Put the drawing in the place of its file's name."""

    default_priority = 5  # before pictures are collected

    def run(self, **kwargs: Any) -> None:
        for image in list(self.document.findall(nodes.image)):
            name = str(image.get("uri", ""))
            if not (name.startswith(FOLDER) and name.endswith(".svg")):
                continue
            path = Path(self.env.srcdir, name)
            if self.app.builder.format == "html":
                shown = inline(path.read_text(encoding="utf-8"), image.get("alt", ""))
                image.replace_self(nodes.raw("", shown, format="html"))
            elif path.with_suffix(".png").is_file():
                image["uri"] = name.removesuffix("svg") + "png"
                image["candidates"] = {"image/png": image["uri"]}
                self.env.images.add_file(self.env.docname, image["uri"])


def note_drawings(app: Sphinx, doctree: nodes.document) -> None:
    """Write a page again when a drawing of it has changed."""
    for image in doctree.findall(nodes.image):
        if str(image.get("uri", "")).startswith(FOLDER):
            app.env.note_dependency(image["uri"])


def count_by_chapter(app: Sphinx, env: Any) -> list[str]:
    """Number the figures of chapter 9 as 9.1, 9.2, …, those of a page without a number as 1, 2, …

    The chapters carry their number in the title, which Sphinx does not read: it would count through the whole book.
    """
    changed = []
    for document, kinds in env.toc_fignumbers.items():
        figures = kinds.get("figure", {})
        before = chapter_number(env.titles[document].astext())
        numbers = {name: (*before, i) for i, name in enumerate(figures, 1)}
        if numbers != figures:
            kinds["figure"] = numbers
            changed.append(document)
    return changed


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_post_transform(InlineDrawings)
    app.connect("doctree-read", note_drawings)
    app.connect("env-get-updated", count_by_chapter, priority=900)  # after Sphinx has counted
    return {"parallel_read_safe": True, "parallel_write_safe": True}
