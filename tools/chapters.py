"""What the book, the exporter and the tests agree on about the chapters."""

import re


def chapter_number(title: str) -> tuple[int, ...]:
    """Return the number with which a chapter's title begins, `9. …`; empty for a page without one."""
    match = re.match(r"(\d+)\. ", title)
    return (int(match[1]),) if match else ()
