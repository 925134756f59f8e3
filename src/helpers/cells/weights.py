"""Weights to start from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from helpers.arrays import Array
from helpers.cells.gru import gru
from helpers.cells.lstm import lstm
from helpers.cells.simple_rnn import simple_rnn

_BLOCKS: dict[Callable[..., Any], int] = {simple_rnn: 1, lstm: 4, gru: 3}  # how many kernels stand side by side


def initial_weights(
    cell: Callable[..., Any],
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
    Kernel: Glorot & Bengio (2010), equation 16. Recurrent kernel: Saxe, McClelland & Ganguli (2014), arXiv:1312.6120.
    Bias of the forget gate: Jozefowicz, Zaremba & Sutskever (2015).
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
