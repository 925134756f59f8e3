"""What the book, the exporter and the tests agree on about the chapters."""

import re
from pathlib import Path


def chapter_number(title: str) -> tuple[int, ...]:
    """Return the number with which a chapter's title begins, `9. …`; empty for a page without one."""
    match = re.match(r"(\d+)\. ", title)
    return (int(match[1]),) if match else ()


def sources(root: Path) -> list[Path]:
    """Return what is executed and exported: the chapters `notebooks/NN_slug.md`, then the pages without a number."""
    found = sorted((root / "notebooks").glob("*.md"))
    return [path for path in found if path.name[:2].isdigit()] + [path for path in found if not path.name[:2].isdigit()]


def chapter_named(root: Path, slug: str) -> tuple[str, int]:
    """Return document and number of the chapter that is named without its number: `lstm` → (`notebooks/04_lstm`, 4).

    Raises
    ------
    ValueError
        If no file `notebooks/NN_slug.md` has this slug.
    """
    chapters = {path.stem[3:]: path.stem for path in sorted((root / "notebooks").glob("[0-9][0-9]_*.md"))}
    if slug not in chapters:
        raise ValueError(f"no chapter is called {slug}; there are {', '.join(chapters)}")
    return f"notebooks/{chapters[slug]}", int(chapters[slug][:2])
