"""What the EPUB needs beyond Sphinx's own builder."""

from __future__ import annotations

import hashlib
import html
import posixpath
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from docutils import nodes
from latex2mathml.converter import convert_to_element
from sphinx.application import Sphinx
from sphinx.builders.epub3 import Epub3Builder
from sphinx.util.math import get_node_equation_number

from tools.paper.compose import (
    Page,
    article_of,
    attribute,
    describe_figures,
    for_reading,
    parse,
    say_where_figures_move,
)

STYLE = Path(__file__).parent / "epub.css"
STYLES = ("pygments.css", STYLE.name)
KEPT = (*STYLES, "mimetype", "container.xml")
_SVG = re.compile(r"<svg\b[^>]*>.*?</svg>", re.DOTALL)
_NAMED = re.compile(r'(\bid="|href="#|url\(#)')
_ITEM = re.compile(r'<item (id="[^"]*" href="([^"]+\.xhtml)" media-type="[^"]*") />')


class Builder(Epub3Builder):
    """Packs pages, pictures and two style sheets, and says which pages hold formulas."""

    def get_toc(self) -> None:
        super().get_toc()
        for entry in self.refnodes:  # the first page stands in a folder, and Sphinx goes to the others through it
            entry["refuri"] = posixpath.normpath(entry["refuri"])

    def toc_metadata(self, level: int, navpoints: list[Any]) -> dict[str, Any]:
        return super().toc_metadata(level, navpoints) | {"uid": html.escape(self.config.epub_identifier)}

    def build_content(self) -> None:
        out = Path(self.outdir)
        for path in out.rglob("*"):
            kept = path.suffix == ".xhtml" or path.parent.name == self.imagedir or path.name in KEPT
            if path.is_file() and not kept:
                path.unlink()
        super().build_content()
        package = out / "content.opf"
        package.write_text(with_properties(package.read_text(encoding="utf-8"), out), encoding="utf-8")


def with_properties(package: str, folder: Path) -> str:
    """Add to each page of the package what a reader must know of it."""

    def item(found: re.Match[str]) -> str:
        math = "<math" in (folder / found[2]).read_text(encoding="utf-8")
        properties = ' properties="mathml"' if math else ""
        return f"<item {found[1]}{properties} />"

    return _ITEM.sub(item, package)


# --- pages -------------------------------------------------------------------


def for_reader(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Write a page so that it can be read without a script."""
    context["css_files"] = [one for one in context.get("css_files", []) if Path(_name(one)).name in STYLES]
    if "body" not in context:
        return
    images = Path(app.outdir, app.builder.imagedir)
    text = drawings_as_files(context["body"], images, posixpath.relpath(images.name, posixpath.dirname(pagename)))
    page = Page(pagename, article_of(parse(f"<article>{text}</article>")))
    describe_figures(page)
    say_where_figures_move(page, app.config.epub_identifier)
    for_reading(page)
    unique_ids(page)
    context["body"] = page.article.decode_contents(formatter="minimal")


def _name(style: Any) -> str:
    return str(getattr(style, "filename", style)).partition("?")[0]


def drawings_as_files(text: str, folder: Path, seen_from: str) -> str:
    """Write each drawing of a page into a file of its own and leave a picture with its description."""

    def written(found: re.Match[str]) -> str:
        drawing, alt = standing_alone(found[0])
        name = f"drawing-{hashlib.sha256(drawing.encode()).hexdigest()[:12]}.svg"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(drawing, encoding="utf-8")
        return f'<img class="drawing" src="{seen_from}/{name}" alt="{html.escape(alt)}" />'

    return _SVG.sub(written, text)


def standing_alone(drawing: str) -> tuple[str, str]:
    """Return a drawing with a size and a white ground of its own, and what it shows in words."""
    head, inner = drawing.split(">", 1)
    described = re.search(r'aria-label="([^"]*)"', head)
    box = re.search(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"', head)
    if not box:
        raise ValueError(f"a drawing needs a viewBox: {head[:100]}")
    width, height = box.groups()
    head = re.sub(r' (?:style|role|aria-label|width|height)="[^"]*"', "", head)
    if "xmlns=" not in head:
        head += ' xmlns="http://www.w3.org/2000/svg"'
    ground = f'<rect width="{width}" height="{height}" fill="#fff"/>'
    inner = _NAMED.sub(r"\1i-", inner)  # in XML a name begins with a letter
    alt = html.unescape(described[1]) if described else ""
    return f'{head} width="{width}" height="{height}">{ground}{inner}', alt


def unique_ids(page: Page) -> None:
    """Keep an id where it stands first."""
    seen: set[str] = set()
    for tag in page.article.find_all(id=True):
        if attribute(tag, "id") in seen:
            del tag["id"]
        else:
            seen.add(attribute(tag, "id"))


# --- formulas ----------------------------------------------------------------


def mathml(tex: str, display: str) -> str:
    """Return a formula as MathML that carries its TeX for readers who cannot see it."""
    known = tex.replace("{aligned}", "{align*}").replace(r"\arg", r"\operatorname{arg}")  # the others it does not know
    element = convert_to_element(known, display=display)
    for part in element.iter():
        part.text = html.unescape(part.text or "") or None  # it writes signs as references
    element.set("alttext", " ".join(tex.split()))
    return ElementTree.tostring(element, encoding="unicode")


def aligned(tex: str) -> str:
    """Several lines of a formula as one TeX environment."""
    bare = r"\\" in tex and r"\begin{" not in tex
    return rf"\begin{{aligned}}{tex}\end{{aligned}}" if bare else tex


def visit_inline(self: Any, node: nodes.Element) -> None:
    self.body.append(f'<span class="math">{mathml(node.astext(), "inline")}</span>')
    raise nodes.SkipNode


def visit_block(self: Any, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "div", CLASS="math"))
    if node["number"]:
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})</span>')
    self.body.append(f"{mathml(aligned(node.astext()), 'block')}</div>\n")
    raise nodes.SkipNode


def add_style(app: Sphinx) -> None:
    app.config.html_static_path.append(str(STYLE))


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_builder(Builder, override=True)
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
    app.add_css_file(STYLE.name)
    app.connect("builder-inited", add_style)
    app.connect("html-page-context", for_reader, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
