"""The IMDB reviews (Maas et al. 2011) from the first source that has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple

import numpy as np

from helpers import fingerprints
from helpers.arrays import Integers, Rows
from helpers.data import download, sample, sources
from helpers.data.sources import first_source
from helpers.data.types import Codes, Reviews
from helpers.text import tokenize
from helpers.text.words import check_num_words

SPLITS = ("train", "test")


class Sequences(NamedTuple):
    """IMDB in Keras's integer coding.

    Attributes
    ----------
    x_train, x_test : ndarray of object, shape (n,)
        One list of codes for each review.
    y_train, y_test : ndarray of int, shape (n,)
        0 = negative, 1 = positive.
    word_index : dict
        Rank of each word, from 1. The code of a word is its rank + ``index_from``.
    source : str
        "folder", "download" or "sample".
    """

    x_train: Rows
    y_train: Integers
    x_test: Rows
    y_test: Integers
    word_index: dict[str, int]
    source: str


def load_imdb(split: str = "train", *, source: str = "auto") -> Reviews:
    """IMDB movie reviews as texts, with the official split.

    Parameters
    ----------
    split : {"train", "test"}
        25,000 reviews each, half of them positive.
    source : {"auto", "folder", "tfds", "download", "sample"}
        "auto" takes the first of these that has the reviews: the folder that ``RNN_DATA`` names (laid out as
        TensorFlow Datasets does, below ``tfds/``); ``tensorflow_datasets`` if it imports and has the set prepared;
        the original archive, downloaded once to the folder that ``RNN_CACHE`` names, or to the system's folder for
        caches. With none of them it prints a line and gives sample reviews (:func:`sample_reviews`, 2,000 a split).
        Any other name takes that source or fails; "tfds" then lets TFDS download.

    Returns
    -------
    Reviews
        ``texts``, ``labels`` (0 = negative, 1 = positive) and the ``source``.

    Raises
    ------
    ValueError
        If the split or the source is unknown, or a file is there but damaged; the message names it and the remedy.
    SourceUnavailable
        If the one source you named does not have the reviews.
    FileNotFoundError
        If ``RNN_DATA`` names a folder that does not exist.

    Notes
    -----
    The order differs by source. "folder" and "tfds" keep TFDS's order, which mixes the labels. "download" is sorted:
    all negative reviews by file name, then all positive ones. Shuffle before you hold out the last rows, as
    ``validation_split`` does, or they will all have one label.
    """
    if split not in SPLITS:
        raise ValueError(f"there is no split {split!r}: choose 'train' or 'test'.")
    readers: dict[str, Callable[[], tuple[list[str], Integers]]] = {
        "folder": partial(sources.folder_reviews, split),
        # On its own TFDS tries for minutes where there is no network: in "auto" our download, next, is faster.
        "tfds": partial(sources.tfds_reviews, split, download=source == "tfds"),
        "download": partial(download.downloaded_reviews, split),
        "sample": lambda: sample.sample_split(split)[:2],
    }
    (texts, labels), found = first_source(readers, source)
    fingerprints.note(f"IMDB {split}", found, fingerprints.of_reviews(texts, labels))
    return Reviews(texts, labels, found)


def load_imdb_word_index(source: str = "auto") -> dict[str, int]:
    """The rank of each word of Keras's IMDB coding, from 1 (most frequent).

    As ``keras.datasets.imdb.get_word_index``. "sample" has the words of the sample reviews only, with their real
    ranks. Source and errors as in :func:`load_imdb_sequences`.
    """
    word_index: dict[str, int]
    word_index, _ = first_source(
        {"folder": _folder_word_index, "download": _downloaded_word_index, "sample": lambda: dict(sample.RANKS)},
        source,
    )
    return word_index


def load_imdb_sequences(
    num_words: int | None = None,
    *,
    skip_top: int = 0,
    maxlen: int | None = None,
    seed: int = 113,
    start_char: int | None = 1,
    oov_char: int | None = 2,
    index_from: int = 3,
    source: str = "auto",
) -> Sequences:
    """IMDB in Keras's integer coding: what ``keras.datasets.imdb.load_data`` gives, number by number.

    Parameters
    ----------
    num_words : int or None
        Codes of ``num_words`` and above become ``oov_char``. None (or 0) keeps all but the highest code: so does
        Keras.
    skip_top : int
        Codes below it become ``oov_char``, the start code included.
    maxlen : int or None
        Reviews of ``maxlen`` codes or more, start code included, are left out (not cut).
    seed : int
        Of the shuffle.
    start_char : int or None
        Code that starts every review; None for no such code.
    oov_char : int or None
        Stands for the words left out; None drops them.
    index_from : int
        The word of rank ``r`` has code ``r + index_from``.
    source : {"auto", "folder", "download", "sample"}
        As in :func:`load_imdb`; the folder's files are ``keras/imdb.npz`` and ``keras/imdb_word_index.json``.
        "sample" codes the sample reviews with the real codes of their words.

    Returns
    -------
    Sequences
        ``x_train, y_train, x_test, y_test, word_index, source``.

    Raises
    ------
    TypeError
        If ``num_words`` is no whole number.
    ValueError
        If ``num_words`` is negative, ``maxlen`` leaves no review, the source is unknown, or a file is there but
        damaged.
    SourceUnavailable, FileNotFoundError
        As in :func:`load_imdb`.
    """
    check_num_words(num_words, least=0)
    (codes, word_index), found = first_source(
        {
            "folder": lambda: (sources.read_npz(sources.folder_file("keras/imdb.npz")), _folder_word_index()),
            "download": _downloaded_codes,
            "sample": lambda: (_sample_codes(), dict(sample.RANKS)),
        },
        source,
    )
    both = (np.concatenate(pair) for pair in ((codes.x_train, codes.x_test), (codes.y_train, codes.y_test)))
    fingerprints.note("IMDB codes", found, fingerprints.of_codes(*both))
    coded = keras_coding(codes, num_words, skip_top, maxlen, seed, start_char, oov_char, index_from)
    return Sequences(*coded, word_index, found)


def keras_coding(
    codes: Codes,
    num_words: int | None,
    skip_top: int,
    maxlen: int | None,
    seed: int,
    start_char: int | None,
    oov_char: int | None,
    index_from: int,
) -> Codes:
    """Shuffle, offset and limit the ranks of ``imdb.npz`` as ``keras.datasets.imdb.load_data`` does."""
    start = [] if start_char is None else [start_char]
    rng = np.random.RandomState(seed)  # one generator for both splits, as Keras has it
    kept = []
    for reviews, labels in ((codes.x_train, codes.y_train), (codes.x_test, codes.y_test)):
        order = np.arange(len(reviews))
        rng.shuffle(order)
        if maxlen:
            sizes = np.fromiter(map(len, reviews), dtype=np.int64, count=len(reviews)) + len(start)
            order = order[sizes[order] < maxlen]
            if not len(order):
                raise ValueError(f"no review is shorter than maxlen={maxlen} codes: choose a larger maxlen.")
        kept.append((reviews[order], labels[order]))
    highest = max(max(review, default=0) for reviews, _ in kept for review in reviews)
    if not num_words:
        num_words = max([highest + index_from, *start])

    def limited(code: int) -> int | None:
        return code if skip_top <= code < num_words else oov_char

    coded = [limited(rank + index_from) for rank in range(highest + 1)]  # looked up below: 11 million times
    first = [limited(code) for code in start]
    result: list[tuple[Rows, Integers]] = []
    for reviews, labels in kept:
        rows: Iterable[list[int | None]] = ([*first, *map(coded.__getitem__, review)] for review in reviews)
        if oov_char is None:
            rows = ([code for code in row if code is not None] for row in rows)
        # np.array would make a table, not lists, of reviews that happen to be of one length
        result.append((np.fromiter(rows, dtype=object, count=len(reviews)), labels))
    (x_train, y_train), (x_test, y_test) = result
    return Codes(x_train, y_train, x_test, y_test)


def _folder_word_index() -> dict[str, int]:
    return sources.read_word_index(sources.folder_file("keras/imdb_word_index.json"))


def _downloaded_word_index() -> dict[str, int]:
    return sources.read_word_index(download.fetch("imdb_word_index.json", download.cache_folder()))


def _downloaded_codes() -> tuple[Codes, dict[str, int]]:
    folder = download.cache_folder()
    npz, index = (download.fetch(name, folder) for name in ("imdb.npz", "imdb_word_index.json"))
    return sources.read_npz(npz), sources.read_word_index(index)


def _sample_codes() -> Codes:
    """The sample reviews as ``imdb.npz`` would hold them: the real ranks of their words."""
    arrays = []
    for split in SPLITS:
        reviews = sample.sample_split(split)
        rows = ([sample.RANKS[word] for word in tokenize(text)] for text in reviews.texts)
        arrays += [np.fromiter(rows, dtype=object, count=len(reviews.texts)), reviews.labels]
    return Codes(*arrays)
