"""The pages of the built book in the order of `_toc.yml`, and what the book says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from tools.addresses import addresses
from tools.paper.compose import Page, article_of, parse

ROOT = Path(__file__).resolve().parents[2]
LANGUAGE = "en-GB"
RIGHTS = "Text and figures: CC BY 4.0. Code: MIT."


@dataclass(frozen=True)
class Book:
    title: str
    author: str
    year: str
    about: str
    version: str
    repository: str
    homepage: str


def read_book(root: Path = ROOT) -> Book:
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    where = addresses(root)
    return Book(
        title=config["title"],
        author=config["author"],
        year=str(config["copyright"]),
        about=citation["abstract"],
        version=str(citation["version"]),
        repository=where.repository,
        homepage=where.homepage,
    )


def order(toc: dict) -> list[tuple[str, str]]:
    """Return the names of all pages with the part that each stands in."""
    listed = [(toc["root"], "")]
    for part in toc.get("parts", []):
        listed += [(entry["file"], part["caption"]) for entry in part["chapters"]]
    return listed


def read_pages(html: Path, root: Path = ROOT) -> list[Page]:
    """Return the pages of the built book.

    Raises
    ------
    FileNotFoundError
        If the book is not built.
    """
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    found = []
    for name, part in order(toc):
        built = html / f"{name}.html"
        if not built.is_file():
            raise FileNotFoundError(f"{name}.html is not there: run `make book` first")
        found.append(Page(name, article_of(parse(built.read_text(encoding="utf-8"))), part))
    return found
