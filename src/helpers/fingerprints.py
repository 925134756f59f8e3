"""Are these the data that the recorded runs were made with? A fingerprint of what a loader gave answers.

Each loader notes the fingerprint of what it hands out. Fingerprints do not depend on the order of the reviews or on
the files they came in: the original archive and the copy of TensorFlow Datasets have the same one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

# Data set → its fingerprint when the runs were recorded. A record made with other data would be another record.
RECORDED = {
    "IMDB train": "cfbdd63c8d5cae0e209b59a7",
    "IMDB test": "2c3ffebe25b38abe41db5ab4",
    "IMDB codes": "8f01f119c97a5daec6e4a2e4",
    "GloVe": "c059e94f59e4d40ba07dd04a",
    "product reviews": "71cdc1a7901901ceb8a2fc6b",
    "product domains": "30f31bfe075fcb6df4bdc83a",
    "NLTK": "c5a5cafc822ca95920c42bed",  # how it cuts a sentence, and its stop words
}


class Loaded(NamedTuple):
    """What a loader gave last. ``recorded`` is whether the recorded runs were made with the same."""

    source: str
    fingerprint: str
    recorded: bool


_loaded: dict[str, Loaded] = {}


def note(name: str, source: str, fingerprint: str) -> None:
    """Remember what a loader gave under the name of its data set, one of :data:`RECORDED`."""
    _loaded[name] = Loaded(source, fingerprint, fingerprint == RECORDED[name])


def loaded() -> dict[str, Loaded]:
    """Every data set that was loaded since Python started, in the order of their names."""
    return dict(sorted(_loaded.items()))


def are_recorded(*names: str) -> bool:
    """Whether these data sets (without a name: all) are, as far as they were loaded, those of the recorded runs."""
    return all(_loaded[name].recorded for name in names or _loaded if name in _loaded)


def of_reviews(texts: Sequence[str], labels: Iterable[int]) -> str:
    """The fingerprint of labelled texts in any order."""
    return of_rows(
        f"{int(label)} {text}".encode("utf-8", "surrogatepass") for text, label in zip(texts, labels, strict=True)
    )


def of_vectors(words: Sequence[str], rows: np.ndarray) -> str:
    """The fingerprint of words and their vectors ``(n, dimension)``, in any order."""
    numbers = np.ascontiguousarray(rows, dtype="<f4")
    return of_rows(word.encode("utf-8") + row.tobytes() for word, row in zip(words, numbers, strict=True))


def of_codes(reviews: Sequence[Sequence[int]], labels: Iterable[int]) -> str:
    """The fingerprint of coded reviews in any order."""
    return of_rows(
        np.asarray([int(label), *codes], dtype="<u4").tobytes() for codes, label in zip(reviews, labels, strict=True)
    )


def of_rows(rows: Iterable[bytes]) -> str:
    """Twelve bytes, in hexadecimal, of the hash of the sorted hashes of all rows."""
    hashes = sorted(hashlib.blake2b(row, digest_size=12).digest() for row in rows)
    return hashlib.blake2b(b"".join(hashes), digest_size=12).hexdigest()
