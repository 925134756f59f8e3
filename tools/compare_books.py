"""Do two built books say the same? ``python -m tools.compare_books ONE OTHER`` compares them page by page.

Compared is what a reader reads: the text of each page, the descriptions of its pictures, and where its links lead.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from pathlib import Path

from bs4 import BeautifulSoup


def text(page: Path) -> list[str]:
    """The lines of a page: its text, then each description and each link."""
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    for unread in soup(["script", "style"]):
        unread.decompose()
    lines = [line.strip() for line in soup.get_text("\n").splitlines() if line.strip()]
    described = [
        str(value) for tag in soup.find_all(True) for name in ("alt", "aria-label") if (value := tag.get(name))
    ]
    return [*lines, *described, *(str(link["href"]) for link in soup.find_all("a", href=True))]


def differences(one: Path, other: Path) -> dict[str, list[str]]:
    """Pages that are not the same, by name → what differs; a page that only one book has is among them."""
    pages = [{path.relative_to(book).as_posix() for path in book.rglob("*.html")} for book in (one, other)]
    if not all(pages):
        raise ValueError(f"{one if not pages[0] else other} holds no page: build the book first.")
    found = {name: ["only one of the books has this page"] for name in pages[0] ^ pages[1]}
    for name in sorted(pages[0] & pages[1]):
        lines = list(difflib.unified_diff(text(one / name), text(other / name), lineterm="", n=0))
        if lines:
            found[name] = lines[2:]
    return found


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status: 0 when the books say the same."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.compare_books", description="Do two built books say the same?"
    )
    parser.add_argument("books", nargs=2, type=Path, metavar="FOLDER")
    one, other = parser.parse_args(arguments).books
    found = differences(one, other)
    for name, lines in found.items():
        print(f"{name}:", *lines[:20], sep="\n  ", file=sys.stderr)
    count = len(list(one.rglob("*.html")))
    print(f"{len(found)} of {count} pages differ." if found else f"All {count} pages say the same.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
