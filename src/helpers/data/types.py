"""What the loaders give."""

from __future__ import annotations

from typing import NamedTuple

from helpers.arrays import Integers, Rows


class Reviews(NamedTuple):
    """n reviews as texts.

    Attributes
    ----------
    texts : list of n str
    labels : ndarray of int, shape (n,)
        0 = negative, 1 = positive.
    source : str
        "folder", "tfds", "download" or "sample".
    """

    texts: list[str]
    labels: Integers
    source: str


class Split(NamedTuple):
    """Training and test reviews. ``dropped`` counts the copies that are left out of both."""

    train: Reviews
    test: Reviews
    dropped: int


class Row(NamedTuple):
    """A review and where it belongs."""

    text: str
    label: int
    domain: str = ""
    split: str = ""


class Codes(NamedTuple):
    """Keras's ``imdb.npz`` as it is: ranks of words, reviews in the file's own order."""

    x_train: Rows
    y_train: Integers
    x_test: Rows
    y_test: Integers


class SourceUnavailable(RuntimeError):
    """A source does not have the data; the message says why. Not for a file that is there but bad."""
