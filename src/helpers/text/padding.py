"""Rows of one length out of sequences of any."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from helpers.arrays import Anything, Integers, Mask, Rows
from helpers.text.words import kind_of

Row = Sequence[int] | Integers
Sequences = Sequence[Row] | Rows

SIDES = ("pre", "post")
ROWS_AT_ONCE = 4096  # pad() fills so many rows in one go: fast, and memory stays small


def pad(
    sequences: Sequences,
    length: int,
    *,
    padding: str,
    truncating: str,
    value: int = 0,
    dtype: DTypeLike = "int32",
) -> Anything:
    """Bring sequences to one length.

    Both sides must be named: Keras's defaults ("pre" for both: a long review loses its *beginning*) surprise too
    many readers. Equal to ``keras.utils.pad_sequences`` for every choice.

    Parameters
    ----------
    sequences : list of n lists of int
        The codes of n reviews.
    length : int
        The length to bring them to, 1 or more.
    padding : {"pre", "post"}
        Where a short sequence is filled up.
    truncating : {"pre", "post"}
        Where a long sequence is cut: "pre" keeps its last codes, "post" its first.
    value : int
        What fills up.
    dtype : str or numpy dtype
        Type of the result.

    Returns
    -------
    ndarray, shape (n, length)

    Raises
    ------
    ValueError
        If ``length`` is below 1, a side is neither "pre" nor "post", or a code does not fit ``dtype``.
    TypeError
        If ``sequences`` is not a list of lists of integers; the message says which item is wrong.
    """
    if not isinstance(length, int | np.integer) or length < 1:
        raise ValueError(f"length is {length!r}, but it must be a whole number, 1 or more.")
    for name, side in (("padding", padding), ("truncating", truncating)):
        if side not in SIDES:
            raise ValueError(f"{name} is {side!r}, but it must be 'pre' or 'post'.")
    lengths(sequences)  # refuses what is not a list of lists
    padded = np.full((len(sequences), length), value, dtype=dtype)
    for start in range(0, len(sequences), ROWS_AT_ONCE):
        rows = sequences[start : start + ROWS_AT_ONCE]
        cut = [row[-length:] if truncating == "pre" else row[:length] for row in rows]
        kept = lengths(cut)
        codes = _integers(cut, start, int(kept.sum()), padded.dtype)
        position = np.arange(length)
        filled = position < kept[:, None] if padding == "post" else position >= length - kept[:, None]
        padded[start : start + len(rows)][filled] = codes  # row by row, as `codes` runs
    return padded


def mask(padded: Anything, value: int = 0) -> Mask:
    """True where a code is real and False where it only fills up: bool, the shape of ``padded``."""
    return np.not_equal(padded, value)


def lengths(sequences: Sequences) -> Integers:
    """The length of each of n sequences: int, shape (n,).

    Raises
    ------
    TypeError
        If ``sequences`` is not a list of lists; the message says which item is wrong.
    """
    if not isinstance(sequences, list | tuple | np.ndarray):
        raise TypeError(f"sequences must be a list of lists of codes but is {kind_of(sequences)}.")
    for index, row in enumerate(sequences):
        if not isinstance(row, list | tuple | np.ndarray):
            raise TypeError(
                f"sequences must be a list of lists of codes but sequences[{index}] is {kind_of(row)}; "
                "one review alone goes into a list: [codes]."
            )
    return np.fromiter(map(len, sequences), dtype=np.int64, count=len(sequences))


def _integers(rows: list[Row], start: int, count: int, dtype: np.dtype[Any]) -> Integers:
    """The codes of all rows one after the other, each checked to be an integer that fits ``dtype``."""
    kinds = set(map(type, chain.from_iterable(rows)))
    if wrong := {kind for kind in kinds if not issubclass(kind, int | np.integer)}:
        index = next(i for i, row in enumerate(rows) if any(type(code) in wrong for code in row))
        item = next(code for code in rows[index] if type(code) in wrong)
        raise TypeError(f"codes must be integers but sequences[{start + index}] holds {item!r}.")
    try:
        codes = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=count)
    except OverflowError as error:
        raise ValueError("a code does not fit 64 bits: are these codes of words?") from error
    if count and dtype.kind in "iu":
        limits = np.iinfo(dtype)
        if codes.min() < limits.min or codes.max() > limits.max:
            raise ValueError(f"codes from {codes.min()} to {codes.max()} do not fit {dtype}: name a wider dtype.")
    return codes
