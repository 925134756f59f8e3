"""Print the built book with Chromium: `_build/pdf/rnn-unrolled.pdf`.

All pages become one document, `_build/pdf/print.html`. It is printed, the page numbers of its places are read from what
came out and written into the contents, and it is printed again until the numbers are right. It carries no tags for
screen readers, which would make it five times as large: for them there are the HTML book and the EPUB.
"""

from __future__ import annotations

import html
import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

from tools.browser import chromium, served
from tools.paper.compose import Page, attribute, for_one_document, for_reading, move_files
from tools.paper.pages import LANGUAGE, RIGHTS, ROOT, Book, read_book, read_pages

BUILD = ROOT / "_build"
HTML = BUILD / "html"
TARGET = BUILD / "pdf" / "rnn-unrolled.pdf"
WIDTH = 642  # of a line on A4 between margins of 20 mm, in CSS pixels
PASSES = 4  # at most: page numbers rarely move a line
# Figures are drawn when they come into sight; on paper all of them are.
EAGER = """
window.IntersectionObserver = class {
  constructor(seen) { this.seen = seen; }
  observe(target) { this.seen([{ isIntersecting: true, target }]); }
  unobserve() {}
  disconnect() {}
};
"""
MATHJAX = '{ options: { enableMenu: false, enableAssistiveMml: false, processHtmlClass: "math" } }'
READY = """async () => {
  await window.MathJax?.startup?.promise;
  await document.fonts.ready;
  return !document.querySelector(".rnn-figure-place:not([data-mounted])");
}"""
FILL = "(numbers) => document.querySelectorAll('[data-page-of]').forEach((one) => {\
 one.textContent = numbers[one.dataset.pageOf] ?? '' })"


# --- the document ------------------------------------------------------------


def document(book: Book, pages: list[Page]) -> str:
    """Return all pages as one document, with a title page and the contents."""
    names = {page.name: page.key for page in pages}
    for page in pages:
        for_reading(page)
        for_one_document(page, names, book.homepage)
        move_files(page, "../html")
        number_solutions(page)
    static = "../html/_static"
    style = (Path(__file__).parent / "print.css").read_text(encoding="utf-8")
    return f"""<!doctype html>
<html lang="{LANGUAGE}" data-theme="light" data-mode="light"><head><meta charset="utf-8">
<title>{html.escape(book.title)}</title>
<link rel="stylesheet" href="{static}/pygments.css"><link rel="stylesheet" href="{static}/figures.css">
<style>{style}
{running_titles(pages)}</style>
<script>{EAGER}</script>
<script>window.MathJax = {MATHJAX};</script>
<script defer src="../html/vendor/mathjax/tex-mml-chtml.js"></script>
<script defer src="{static}/figures.js"></script>
</head><body class="tex2jax_ignore">
{title_page(book)}
{contents(pages)}
{"".join(chapters(pages))}
</body></html>"""


def running_titles(pages: list[Page]) -> str:
    """Return a style that puts each chapter's title on top of its pages."""
    return "\n".join(
        f"@page c-{page.key} {{ @top-left {{ content: {json.dumps(page.title, ensure_ascii=False)}; }} }}\n"
        f"#{_css(page.key)} {{ page: c-{page.key}; }}"
        for page in pages
    )


def _css(ident: str) -> str:
    """Return an id as a style sheet spells it: a digit in front is escaped."""
    return f"\\3{ident[0]} {ident[1:]}" if ident[0].isdigit() else ident


def title_page(book: Book) -> str:
    lines = [book.author, f"Version {book.version}, {book.year}", RIGHTS]
    below = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    home = html.escape(book.homepage)
    return (
        f'<div class="paper-title"><h1>{html.escape(book.title)}</h1>'
        f'<p class="paper-about">{html.escape(book.about)}</p>'
        f'<div class="paper-imprint">{below}<p><a href="{home}/">{home}</a></p></div></div>'
    )


def contents(pages: list[Page]) -> str:
    """Return the contents: parts, chapters and their sections, each with room for its page number."""
    out, part = [], ""
    for page in pages:
        if page.part != part:
            part = page.part
            out.append(f'<h2 class="paper-part">{html.escape(part)}</h2>')
        inner = "".join(f"<li>{_entry(ident, title)}</li>" for ident, title in page.sections())
        out.append(f'<div class="paper-chapter"><p>{_entry(page.key, page.title)}</p><ul>{inner}</ul></div>')
    return f'<nav class="paper-contents" id="contents"><h1>Contents</h1><div>{"".join(out)}</div></nav>'


def _entry(ident: str, title: str) -> str:
    return f'<a href="#{ident}"><span>{html.escape(title)}</span><span data-page-of="{ident}">000</span></a>'


def number_solutions(page: Page) -> None:
    """Let the reference to a solution name its page."""
    for link in page.article.select("a.paper-page"):
        link.append(", page ")
        link.append(page.tag("span", "000", data_page_of=attribute(link, "href")[1:]))


def chapters(pages: list[Page]) -> Iterator[str]:
    part = ""
    for page in pages:
        head = ""
        if page.part != part:
            part = page.part
            head = f'<p class="paper-part">{html.escape(part)}</p>'
        yield f'<div class="chapter" id="{page.key}">{head}{page.article.decode()}</div>\n'


# --- printing ----------------------------------------------------------------


def opened(browser: Browser, address: str) -> Tab:
    """Open the document as it will be printed, with formulas typeset and figures drawn."""
    context = browser.new_context(
        viewport={"width": WIDTH, "height": 900}, color_scheme="light", reduced_motion="reduce", device_scale_factor=2
    )
    context.set_default_timeout(300_000)
    tab = context.new_page()
    tab.emulate_media(media="print", color_scheme="light")
    tab.goto(address, wait_until="load")
    tab.wait_for_function(READY)
    return tab


def print_document(tab: Tab, target: Path) -> dict[str, int]:
    """Print until the contents name the right pages; return the page of every place."""
    numbers: dict[str, int] = {}
    for _ in range(PASSES):
        tab.pdf(path=target, prefer_css_page_size=True, print_background=True, tagged=False)
        found = places(PdfReader(target))
        if found == numbers:
            break
        numbers = found
        tab.evaluate(FILL, numbers)
    return numbers


def places(reader: PdfReader) -> dict[str, int]:
    """Return the page, counted from 1, of every place that a link leads to."""
    pages = ((page.indirect_reference, number) for number, page in enumerate(reader.pages, 1))
    page_of = {reference.idnum: number for reference, number in pages if reference}
    found = {}
    for name, place in reader.named_destinations.items():
        number = page_of.get(getattr(place.raw_get("/Page"), "idnum", -1))
        if number:
            found[name.removeprefix("/")] = number
    return found


def finish(target: Path, book: Book, entries: list[tuple[str, list[tuple[str, str]]]], numbers: dict[str, int]) -> None:
    """Write the bookmarks and what the file says of itself. ``entries``: parts with their (id, title)."""
    logging.getLogger("pypdf").setLevel(logging.ERROR)  # Chromium counts its objects in another way
    writer = PdfWriter(clone_from=target)
    writer.root_object[NameObject("/Lang")] = TextStringObject(LANGUAGE)
    writer.add_metadata({"/Title": book.title, "/Author": book.author, "/Subject": book.about})
    writer.page_mode = "/UseOutlines"
    writer.add_outline_item(title="Contents", page_number=1)  # behind the title page
    for part, listed in entries:
        parent = writer.add_outline_item(title=part, page_number=numbers[listed[0][0]] - 1) if part else None
        chapter = parent
        for ident, title in listed:
            top = "--" not in ident
            above = parent if top else chapter
            item = writer.add_outline_item(title=title, page_number=numbers[ident] - 1, parent=above)
            chapter = item if top else chapter
    writer.write(target)


def bookmarks(pages: list[Page]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the parts with the ids and titles of their chapters and sections."""
    parts: dict[str, list[tuple[str, str]]] = {}
    for page in pages:
        parts.setdefault(page.part, []).extend([(page.key, page.title), *page.sections()])
    return list(parts.items())


def main() -> None:
    book, pages = read_book(), read_pages(HTML)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    (TARGET.parent / "print.html").write_text(document(book, pages), encoding="utf-8")
    with served(BUILD) as address, chromium() as browser:
        tab = opened(browser, f"{address}pdf/print.html")
        for line in tab.evaluate((Path(__file__).parent / "fit.js").read_text(encoding="utf-8")):
            print(f"wider than the page: {line}", file=sys.stderr)
        numbers = print_document(tab, TARGET)
    finish(TARGET, book, bookmarks(pages), numbers)
    print(f"The book is printed: {TARGET.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
