"""Where GloVe's vectors are found: the folder with the data, the public sites, or vectors made from the sample."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

import numpy as np

from helpers import fingerprints
from helpers.data import download, sample
from helpers.data.sources import data_folder, first_source
from helpers.data.types import SourceUnavailable
from helpers.text import tokenize
from helpers.vectors.reading import Vectors, load_vectors, word_set

DIMENSION = 100
FOLDER_FILES = ("glove/glove.6B.100d.txt", "glove/glove.6B.100d.txt.gz", "glove/glove.6B.100d.subset.txt.gz")

# File: (URL, hash, its member, MB). The first is the 100-dimensional part alone, at the site of "Dive into Deep
# Learning", which publishes its hash; the second Stanford's archive of all four dimensions.
DOWNLOADS = {
    "glove.6B.100d.zip": (
        "http://d2l-data.s3-accelerate.amazonaws.com/glove.6B.100d.zip",
        "sha1:cd43bfb07e44e6f27cbcc7bc9ae3d80284fdaf5a",
        "vec.txt",
        128,
    ),
    "glove.6B.zip": (
        "https://downloads.cs.stanford.edu/nlp/data/glove.6B.zip",
        "sha256:617afb2fe6cbd085c235baf7a465b96f4112bd7f7ccb2b2cbd649fed9cbcf2fb",
        "glove.6B.100d.txt",
        862,
    ),
}


class Glove(NamedTuple):
    """GloVe's vectors of 100 numbers, trained on six thousand million words (Wikipedia 2014 and Gigaword 5).

    Attributes
    ----------
    vocabulary : dict
        The row of each word, more frequent words first.
    matrix : ndarray of float32, shape (words, 100)
    source : str
        "folder", "download" or "sample".
    """

    vocabulary: dict[str, int]
    matrix: np.ndarray
    source: str


def load_glove(words: Collection[str] | None = None, *, source: str = "auto") -> Glove:
    """GloVe's vectors of 100 numbers, of the words asked for or of all.

    Parameters
    ----------
    words : collection of str or None
        Read only these (those that GloVe has).
    source : {"auto", "folder", "download", "sample"}
        "auto" takes the first that has them: the folder that ``RNN_DATA`` names (``glove/glove.6B.100d.txt``, or with
        ``.gz``, or a part of it as ``glove.6B.100d.subset.txt.gz``); the public file, downloaded once (128 MB, or
        862 MB where the first site is down). With neither it prints a line and gives sample vectors
        (:func:`sample_vectors`). Any other name takes that source or fails.

    Raises
    ------
    ValueError
        If the source is unknown, or a file is there but damaged; the message names it and the remedy.
    SourceUnavailable
        If the one source you named does not have the vectors.
    FileNotFoundError
        If ``RNN_DATA`` names a folder that does not exist.
    TypeError
        If ``words`` is one string.
    """
    wanted = word_set(words)  # before anything is fetched
    vectors, found = first_source(
        {
            "folder": lambda: load_vectors(_folder_file(), wanted),
            "download": lambda: _downloaded(wanted),
            "sample": lambda: sample_vectors(wanted),
        },
        source,
        "GloVe",
    )
    if found != "sample" and vectors.matrix.shape[1] != DIMENSION:
        raise ValueError(
            f"the vectors of source {found!r} have {vectors.matrix.shape[1]} numbers, not {DIMENSION}: put "
            "glove.6B.100d.txt into the folder."
        )
    probe = [word for word in sample.RANKS if word in vectors.vocabulary]  # whatever was asked for, the same words
    rows = vectors.matrix[[vectors.vocabulary[word] for word in probe]]
    fingerprints.note("GloVe", found, fingerprints.of_vectors(probe, rows))
    return Glove(vectors.vocabulary, vectors.matrix, found)


def sample_vectors(words: Collection[str] | None = None) -> Vectors:
    """Vectors of the sample reviews' own words, counted and factorised here: the same on every computer.

    What stands within four words of each other is counted, turned into positive pointwise mutual information, and
    factorised (Levy & Goldberg 2014). Words that can take each other's place, such as *dull* and *funny*, come out
    alike, as in GloVe. The rows have GloVe's usual length, about 6.
    """
    wanted = word_set(words)
    texts = [tokenize(text) for split in sample.SEEDS for text in sample.sample_split(split).texts]
    order = sorted({word for text in texts for word in text}, key=lambda word: (sample.RANKS[word], word))
    place = {word: row for row, word in enumerate(order)}
    counts = np.zeros((len(order), len(order)))
    for text in texts:
        rows = np.array([place[word] for word in text])
        for distance in range(1, 5):
            np.add.at(counts, (rows[:-distance], rows[distance:]), 1 / distance)
    counts += counts.T
    margin = counts.sum(axis=1)
    with np.errstate(divide="ignore"):
        information = np.maximum(np.log(counts * counts.sum() / np.outer(margin, margin)), 0)
    values, directions = np.linalg.eigh(information)
    strongest = np.argsort(-np.abs(values))[:DIMENSION]
    matrix = directions[:, strongest] * np.sqrt(np.abs(values[strongest]))
    matrix *= np.sign(matrix[np.abs(matrix).argmax(axis=0), range(DIMENSION)])  # a direction has no sign of its own
    matrix *= 6 / np.linalg.norm(matrix, axis=1).mean()
    kept = [word for word in order if wanted is None or word in wanted]
    return Vectors(
        {word: row for row, word in enumerate(kept)}, matrix[[place[word] for word in kept]].astype("float32")
    )


def _folder_file() -> Path:
    """GloVe's file below ``RNN_DATA``: the whole one rather than a part."""
    folder = data_folder()
    for name in FOLDER_FILES:
        if (folder / name).is_file():
            return folder / name
    raise SourceUnavailable(f"the folder of RNN_DATA has no {FOLDER_FILES[0]}")


def _downloaded(words: Collection[str] | None) -> Vectors:
    folder = download.cache_folder()
    files = {name: (url, known_hash) for name, (url, known_hash, _, _) in DOWNLOADS.items()}
    reasons = []
    for name in sorted(DOWNLOADS, key=lambda name: not (folder / name).exists()):  # what is there already first
        *_, member, size = DOWNLOADS[name]
        try:
            if not (folder / name).exists():
                print(f"fetching {name} ({size} MB) to {folder}, once")
            return load_vectors(download.fetch(name, folder, files, download.resume), words, member=member)
        except SourceUnavailable as error:
            reasons.append(str(error))
    raise SourceUnavailable("; ".join(reasons))
