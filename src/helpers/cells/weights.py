"""Weights to start from, and gradients kept in bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import DTypeLike

from helpers.cells.loop import Array
from helpers.cells.lstm import gru, lstm, simple_rnn

_BLOCKS = {simple_rnn: 1, lstm: 4, gru: 3}  # how many kernels stand side by side


def initial_weights(
    cell: Callable,
    input_dim: int,
    units: int,
    rng: np.random.Generator,
    *,
    use_bias: bool = True,
    unit_forget_bias: bool = True,
    reset_after: bool = True,
    dtype: DTypeLike = "float32",
) -> list[Array]:
    """Draw the weights of a new layer as Keras does: same shapes, same distributions.

    Parameters
    ----------
    cell : function
        :func:`simple_rnn`, :func:`lstm` or :func:`gru`.
    input_dim, units : int
        Features per timestep, and width of the state.
    rng : numpy.random.Generator
        Where the random numbers come from: ``np.random.default_rng(seed)``.
    use_bias : bool
        Whether there is a bias.
    unit_forget_bias : bool
        Whether the forget gate of an LSTM starts with a bias of 1, so that a new network begins by remembering.
    reset_after : bool
        Whether a GRU has two biases (Keras's default) or one.
    dtype : dtype
        "float32" or "float64".

    Returns
    -------
    list of arrays
        Kernel (Glorot uniform), recurrent kernel (orthogonal) and, with ``use_bias``, bias (zeros), in the order of
        ``layer.get_weights()``.

    Raises
    ------
    ValueError
        For a cell that is none of the three.

    References
    ----------
    Glorot & Bengio (2010); Saxe, McClelland & Ganguli (2014), arXiv:1312.6120; Jozefowicz, Zaremba & Sutskever (2015).
    """
    if cell not in _BLOCKS:
        raise ValueError(f"cell is {cell!r}, expected one of the functions simple_rnn, lstm and gru.")
    width = _BLOCKS[cell] * units

    limit = np.sqrt(6 / (input_dim + width))
    kernel = rng.uniform(-limit, limit, size=(input_dim, width))

    q, r = np.linalg.qr(rng.normal(size=(width, units)))
    recurrent_kernel = (q * np.sign(np.diag(r))).T  # the signs make every orthogonal matrix equally likely

    bias = np.zeros((2, width) if cell is gru and reset_after else width)
    if cell is lstm and unit_forget_bias:
        bias[units : 2 * units] = 1  # the order is i, f, c, o
    weights = [kernel, recurrent_kernel, bias] if use_bias else [kernel, recurrent_kernel]
    return [array.astype(dtype) for array in weights]


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
    (clipped,), _ = clip_by_global_norm([gradient], limit)
    return clipped


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
    Pascanu, Mikolov & Bengio (2013), On the difficulty of training recurrent neural networks, arXiv:1211.5063.
    """
    _check_limit(limit)
    gradients = [None if gradient is None else np.asarray(gradient) for gradient in gradients]
    # in float64, because the square of a gradient that explodes is too large for float32
    squares = [np.sum(np.square(gradient, dtype=np.float64)) for gradient in gradients if gradient is not None]
    norm = float(np.sqrt(sum(squares)))
    if norm > limit:
        gradients = [None if gradient is None else gradient * (limit / norm) for gradient in gradients]
    return gradients, norm


def _check_limit(limit: float) -> None:
    if not limit > 0:
        raise ValueError(f"limit is {limit}, expected a positive number.")
