"""Build the book for e-readers from the sources of the pages: `_build/epub/rnn-unrolled.epub`.

Sphinx's builder does it, with what `tools.paper.sphinx_epub` adds: formulas as MathML, drawings as files, no script.
"""

from __future__ import annotations

import shutil
import sys
from typing import Any

from jupyter_book.config import get_final_config
from jupyter_book.sphinx import build_sphinx

from tools.paper.pages import LANGUAGE, RIGHTS, ROOT, Book, read_book

BUILD = ROOT / "_build"
PAGES = BUILD / ".epub"
CONFIG = ROOT / "_config.yml"
NAME = "rnn-unrolled"
ONLY_HTML = {"sphinx_book_theme", "sphinx_thebe"}  # they put buttons on pages and want their own theme
TARGET = BUILD / "epub" / f"{NAME}.epub"


def settings(book: Book) -> dict[str, Any]:
    """Return what differs from the settings of the HTML book."""
    return {
        "nitpicky": True,
        "version": book.version,
        "html_math_renderer": "mathml",
        "pygments_style": "a11y-high-contrast-light",
        "epub_basename": NAME,
        "epub_title": book.title,
        "epub_author": book.author,
        "epub_contributor": book.author,
        "epub_publisher": book.author,
        "epub_language": LANGUAGE,
        "epub_description": book.about,
        "epub_copyright": f"{book.year} {book.author}. {RIGHTS}",
        "epub_identifier": book.homepage,
        "epub_scheme": "URL",
        "epub_uid": "BookId",
        "epub_show_urls": "no",
        "epub_tocscope": "includehidden",
        "epub_tocdepth": 2,
        "epub_tocdup": False,
        "epub_use_index": False,
    }


def extensions() -> list[str]:
    """Return the extensions of the HTML book and what the EPUB needs beyond them."""
    config, _ = get_final_config(user_yaml=CONFIG, sourcedir=ROOT, cli_config={"latex_individualpages": False})
    return [name for name in config["extensions"] if name not in ONLY_HTML] + ["tools.paper.sphinx_epub"]


def main() -> int:
    shutil.rmtree(PAGES, ignore_errors=True)  # the zip file takes in all that lies there
    status = build_sphinx(
        str(ROOT),
        str(PAGES),
        noconfig=True,
        path_config=str(CONFIG),
        doctreedir=str(BUILD / ".epub-doctrees"),  # apart: reading a page writes its figures where the HTML book is
        confoverrides={"latex_individualpages": False, **settings(read_book()), "extensions": extensions()},
        builder="epub",
        quiet=True,
        warningiserror=True,
        keep_going=True,
    )
    if status != 0:
        return 1
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(PAGES / f"{NAME}.epub", TARGET)
    print(f"The book is packed: {TARGET.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
