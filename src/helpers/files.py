"""Files that are whole or not there."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def atomically(path: Path) -> Iterator[Path]:
    """Lend a name beside ``path`` to write to; what was written becomes ``path`` at once, or is deleted if that failed.

    >>> with atomically(Path("numbers.txt")) as part:  # doctest: +SKIP
    ...     part.write_text("1 2 3")
    """
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex}.part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
