"""Gradients kept in bounds."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from helpers.arrays import Array


def clip_by_value(gradient: Array, limit: float) -> Array:
    """Cut every number of a gradient off at ``-limit`` and ``limit`` (Keras's ``clipvalue``); it may turn.

    Raises
    ------
    ValueError
        If ``limit`` is not positive.
    """
    _check_limit(limit)
    return np.clip(gradient, -limit, limit)


def clip_by_norm(gradient: Array, limit: float) -> Array:
    """Shorten a gradient to the length ``limit`` if it is longer (Keras's ``clipnorm``); its direction stays.

    Raises
    ------
    ValueError
        If ``limit`` is not positive.
    """
    _check_limit(limit)
    gradient = np.asarray(gradient)
    norm = _norm([gradient])
    return gradient * (limit / norm) if norm > limit else gradient


def clip_by_global_norm(gradients: Iterable[Array | None], limit: float) -> tuple[list[Array | None], float]:
    """Shorten several gradients by one factor, so that all together are no longer than ``limit``.

    Parameters
    ----------
    gradients : iterable of arrays
        One for each weight; None, the gradient of no bias, stays None.
    limit : float
        The largest length allowed (Keras's ``global_clipnorm``).

    Returns
    -------
    list of arrays
        The gradients, shortened or as they were.
    float
        The length before: the root of the sum of all squares.

    Raises
    ------
    ValueError
        If ``limit`` is not positive.

    References
    ----------
    Pascanu, Mikolov & Bengio (2013), On the difficulty of training recurrent neural networks, arXiv:1211.5063,
    algorithm 1.
    """
    _check_limit(limit)
    arrays = [None if gradient is None else np.asarray(gradient) for gradient in gradients]
    norm = _norm(array for array in arrays if array is not None)
    if norm > limit:
        arrays = [None if array is None else array * (limit / norm) for array in arrays]
    return arrays, norm


def _norm(arrays: Iterable[Array]) -> float:
    """Return the root of the sum of all squares."""
    # in float64, because the square of a gradient that explodes is too large for float32
    return float(np.sqrt(sum(np.sum(np.square(array, dtype=np.float64)) for array in arrays)))


def _check_limit(limit: float) -> None:
    if not limit > 0:
        raise ValueError(f"limit is {limit}, expected a positive number.")
