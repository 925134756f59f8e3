"""GloVe: finding its vectors, and laying them out as the weights of an ``Embedding`` layer.

Reading the files is the work of :mod:`helpers.vectors`; :func:`load_vectors` is at hand here too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

from helpers.data import cache, resume, sample
from helpers.data.imdb import first_source
from helpers.data.sources import SourceUnavailable, data_folder
from helpers.text import tokenize
from helpers.vectors import Vectors, load_vectors

__all__ = ["Embedding", "Glove", "Vectors", "embedding_matrix", "load_glove", "load_vectors", "sample_vectors"]

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


class Embedding(NamedTuple):
    """The weights of an ``Embedding`` layer, and how many of its words have a vector.

    Attributes
    ----------
    matrix : ndarray of float32, shape (num_words, dimension)
        Row = code of a word. Codes without a vector (padding, start, unknown, words not covered) are zeros.
    covered, words : int
        Words that have a vector, and words in all.
    missing : tuple of str
        The words that have none, most frequent first.
    """

    matrix: np.ndarray
    covered: int
    words: int
    missing: tuple[str, ...]

    def report(self, most: int = 10) -> str:
        """How many words are covered, and which are the most frequent that are not."""
        share = f"{self.covered:,} of {self.words:,} words ({100 * self.covered / self.words:.1f} %) have a vector"
        shown = [word if word.isprintable() else repr(word) for word in self.missing[:most]]
        return f"{share}; the most frequent without: {', '.join(shown) or 'none'}."


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
    """
    vectors, found = first_source(
        {
            "folder": lambda: load_vectors(_folder_file(), words),
            "download": lambda: _downloaded(words),
            "sample": lambda: sample_vectors(words),
        },
        source,
        "GloVe",
    )
    if found != "sample" and vectors.matrix.shape[1] != DIMENSION:
        raise ValueError(
            f"the vectors of source {found!r} have {vectors.matrix.shape[1]} numbers, not {DIMENSION}: put "
            "glove.6B.100d.txt into the folder."
        )
    return Glove(*vectors, found)


def embedding_matrix(
    vocabulary: Mapping[str, int], vectors: Vectors | Glove, *, index_offset: int, num_words: int | None = None
) -> Embedding:
    """The weights of an ``Embedding`` layer: row ``vocabulary[word] + index_offset`` is the vector of ``word``.

    Parameters
    ----------
    vocabulary : mapping from word to rank or code, lower for more frequent words
    vectors : Vectors or Glove
    index_offset : int
        What to add to get a word's code. **3 for the ranks of Keras's IMDB index** (codes 0 to 2 are padding, start,
        unknown), 0 for the codes of :class:`helpers.text.Vocabulary`. There is no default: a wrong offset gives every
        word another word's vector, and the coverage does not show it.
    num_words : int or None
        Rows, for the codes 0 to ``num_words - 1``; None for as many as the vocabulary needs.

    Raises
    ------
    ValueError
        If no word is left, or a code is below 0.
    """
    codes = {word: rank + index_offset for word, rank in vocabulary.items()}
    if min(codes.values(), default=0) < 0:
        raise ValueError(f"index_offset={index_offset} makes a code negative; Keras's IMDB has 3, a Vocabulary 0.")
    rows = 1 + max(codes.values(), default=-1) if num_words is None else num_words
    codes = {word: code for word, code in codes.items() if code < rows}
    if not codes:
        raise ValueError(f"no word of the vocabulary has a code below {rows}: raise num_words.")
    found = {word: code for word, code in codes.items() if word in vectors.vocabulary}
    matrix = np.zeros((rows, vectors.matrix.shape[1]), dtype="float32")
    matrix[list(found.values())] = vectors.matrix[[vectors.vocabulary[word] for word in found]]
    missing = sorted(codes.keys() - found.keys(), key=codes.__getitem__)
    return Embedding(matrix, len(found), len(codes), tuple(missing))


def sample_vectors(words: Collection[str] | None = None) -> Vectors:
    """Vectors of the sample reviews' own words, counted and factorised here: the same on every computer.

    What stands within four words of each other is counted, turned into positive pointwise mutual information, and
    factorised (Levy & Goldberg 2014). Words that can take each other's place, such as *dull* and *funny*, come out
    alike, as in GloVe. The rows have GloVe's usual length, about 6.
    """
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
    kept = order if words is None else [word for word in order if word in frozenset(words)]
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
    folder = cache.cache_folder()
    files = {name: (url, known_hash) for name, (url, known_hash, _, _) in DOWNLOADS.items()}
    reasons = []
    for name in sorted(DOWNLOADS, key=lambda name: not (folder / name).exists()):  # what is there already first
        *_, member, size = DOWNLOADS[name]
        try:
            if not (folder / name).exists():
                print(f"fetching {name} ({size} MB) to {folder}, once")
            return load_vectors(cache.fetch(name, folder, files, resume.download), words, member=member)
        except SourceUnavailable as error:
            reasons.append(str(error))
    raise SourceUnavailable("; ".join(reasons))
