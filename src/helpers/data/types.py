"""What the loaders give."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


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
    labels: np.ndarray
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

    x_train: np.ndarray
    y_train: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray


class SourceUnavailable(RuntimeError):
    """A source does not have the data; the message says why. Not for a file that is there but bad."""
