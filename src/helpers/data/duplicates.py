"""Texts that are copies of each other, a few words changed or not, found without comparing every pair."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from helpers.arrays import Integers
from helpers.text.corpus import Corpus

WINDOW = 5  # words
BANDS, ROWS = 10, 4  # ten chances that four hashes in a row agree
_ODD = 0x9E3779B97F4A7C15  # 2^64 / golden ratio: multiplying by it scatters near numbers


def copies(texts: Sequence[str]) -> Integers:
    """Which texts say the same: int array ``(n,)``, for each text the number of the first text it is a copy of.

    Two texts are copies when most of their runs of five words are the same. The runs are compared by MinHash and
    banding (Broder 1997; Leskovec, Rajaraman and Ullman, *Mining of Massive Datasets*, chapter 3): a pair that shares
    nine tenths of its runs is found almost surely, a pair that shares half of them every second time, a pair that
    shares a fifth hardly ever. Case and punctuation do not count. A text without a copy has its own number.

    Raises
    ------
    TypeError
        If a text is no string; the message names its place.
    """
    corpus = Corpus(texts)
    n = len(corpus)
    if n == 0:
        return np.zeros(0, dtype=np.int64)
    signatures = _signatures(corpus)
    first: Integers = np.arange(n)
    for band in range(BANDS):
        key = np.ascontiguousarray(signatures[band * ROWS : (band + 1) * ROWS].T).view("V32").ravel()
        _, representative, group = np.unique(key, return_index=True, return_inverse=True)
        first = _merge(first, representative[group.ravel()])
    return first


def _signatures(corpus: Corpus) -> Integers:
    """The smallest of the hashes of all runs, under 40 hash functions: uint64 ``(40, n)``."""
    codes = [zlib.crc32(word.encode("utf-8", "surrogatepass")) + 1 for word in corpus.words]
    ids = np.array(codes, dtype=np.uint64)[corpus.word_ids]  # of the word alone, so that the order of texts is nothing
    starts = np.concatenate([[0], corpus.ends[:-1]]).astype(np.int64)
    sizes = corpus.ends - starts
    text_of_word = np.repeat(np.arange(len(corpus)), sizes)
    place = np.arange(len(ids)) - starts[text_of_word]
    with np.errstate(over="ignore"):  # hashing lives on overflow
        runs = np.zeros(len(ids), dtype=np.uint64)
        for step in range(WINDOW):  # a text shorter than a run is one run, filled up with zeros
            inside = place + step < sizes[text_of_word]
            following = np.where(inside, np.roll(ids, -step), np.uint64(0))
            runs = _scatter(runs * np.uint64(31) + following)
        whole = (place + WINDOW <= sizes[text_of_word]) | (place == 0)
        runs, text_of_run = runs[whole], text_of_word[whole]
        borders = np.flatnonzero(np.diff(text_of_run, prepend=-1))
        filled = text_of_run[borders]
        # A text without a word has no run: its signature is its own, and it is nobody's copy.
        signatures = np.tile(np.arange(len(corpus), dtype=np.uint64), (BANDS * ROWS, 1))
        for function in range(BANDS * ROWS):
            factor = _scatter(np.uint64(function + 1)) | np.uint64(1)  # odd: no two runs get the same product
            if len(borders):
                signatures[function, filled] = np.minimum.reduceat(runs * factor, borders)
    return signatures


def _scatter(numbers: Integers | np.uint64) -> NDArray[np.uint64]:
    """A bijection of 64 bits in which every bit of the result depends on every bit (the end of splitmix64)."""
    numbers = np.asarray(numbers, dtype=np.uint64) * np.uint64(_ODD)
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def _merge(first: Integers, also: Integers) -> Integers:
    """Join two ways of grouping: a copy of a copy is a copy. Each text gets the smallest number of its group."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    n = len(first)
    rows, columns = np.concatenate([np.arange(n)] * 2), np.concatenate([first, also])
    _, group = connected_components(coo_matrix((np.ones(2 * n), (rows, columns)), shape=(n, n)), directed=False)
    _, smallest, of = np.unique(group, return_index=True, return_inverse=True)
    return np.asarray(smallest[of.ravel()])
