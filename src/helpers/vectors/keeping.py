"""Word vectors kept as ``.npy``, under the SHA-256 of the file that they were read from."""

from __future__ import annotations

import hashlib
import uuid
import warnings
from collections.abc import Collection
from pathlib import Path

import numpy as np

from helpers.data import cache


def kept_name(path: Path, member: str | None) -> Path:
    """Where what is read from these very bytes is kept, without its ending."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    digest.update((member or "").encode())
    return cache.cache_folder() / "vectors" / digest.hexdigest()


def read_kept(name: Path, words: Collection[str] | None) -> tuple[dict[str, int], np.ndarray] | None:
    """What was kept, or None if it was not, or is not whole. The numbers are read from the disk when they are used."""
    try:
        text = name.with_suffix(".txt").read_bytes().decode()
        matrix = np.asarray(np.load(name.with_suffix(".npy"), mmap_mode="c"))
    except (OSError, ValueError, EOFError):
        return None
    *order, end = text.split("\n")
    if end or len(order) != len(matrix):
        return None
    if words is not None:
        asked = frozenset(words)
        rows = [row for row, word in enumerate(order) if word in asked]
        order, matrix = [order[row] for row in rows], matrix[rows]
    return dict(zip(order, range(len(order)), strict=True)), matrix


def write_kept(name: Path, vocabulary: dict[str, int], matrix: np.ndarray) -> None:
    """Both files by rename, the numbers last: where they are, the words are too."""
    part = name.with_name(f"{name.name}.{uuid.uuid4().hex}.part")
    try:
        name.parent.mkdir(exist_ok=True)
        with part.open("x", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{word}\n" for word in vocabulary)  # one at a time: no copy of them all
        part.replace(name.with_suffix(".txt"))
        with part.open("xb") as file:
            np.save(file, matrix)
        part.replace(name.with_suffix(".npy"))
    except OSError as error:  # a full disk is no reason to go without the vectors
        warnings.warn(f"the vectors could not be kept for the next time ({error}).", UserWarning, stacklevel=4)
    finally:
        part.unlink(missing_ok=True)
