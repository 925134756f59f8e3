"""The forward pass: one timestep, and a whole sequence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.cells.loop import (
    Array,
    Reading,
    activation_named,
    as_timestep,
    as_weights,
    lay_out,
    shown,
    split,
    unroll,
)

# --- one timestep ----------------------------------------------------------------------------------------------------


class LSTMStep(NamedTuple):
    """Everything an LSTM computes in one timestep, each (batch, units)."""

    i: Array
    """input gate"""
    f: Array
    """forget gate"""
    candidate: Array
    """the new content that the input gate lets in"""
    o: Array
    """output gate"""
    c: Array
    """new cell state"""
    h: Array
    """new hidden state"""


class GRUStep(NamedTuple):
    """Everything a GRU computes in one timestep, each (batch, units)."""

    z: Array
    """update gate; 1 keeps the old state"""
    r: Array
    """reset gate"""
    candidate: Array
    """the new content"""
    h: Array
    """new hidden state"""


def simple_rnn_step(
    x: ArrayLike,
    h: ArrayLike,
    kernel: ArrayLike,
    recurrent_kernel: ArrayLike,
    bias: ArrayLike | None = None,
    activation: str | None = "tanh",
) -> Array:
    """Take one timestep of a SimpleRNN.

    Parameters
    ----------
    x : array, (batch, features) or (features,)
        The input at this timestep.
    h : array, (batch, units) or (units,)
        The hidden state before it.
    kernel, recurrent_kernel : arrays, (features, units) and (units, units)
    bias : array, (units,), or None
    activation : str or None
        "tanh", "sigmoid", "relu", "linear" (or None) or "hard_sigmoid".

    Returns
    -------
    array, (batch, units) or (units,)
        The hidden state after it.

    Raises
    ------
    ValueError
        For a shape that does not fit; the sentence names the array, its shape and the one expected.

    References
    ----------
    Elman (1990), Finding structure in time.
    """
    W, U, b = as_weights(1, kernel, recurrent_kernel, bias)
    x, h = as_timestep(W, U, x, h=h)
    phi = activation_named(activation)

    return phi(x @ W + h @ U + (0.0 if b is None else b))


def lstm_step(
    x: ArrayLike,
    h: ArrayLike,
    c: ArrayLike,
    kernel: ArrayLike,
    recurrent_kernel: ArrayLike,
    bias: ArrayLike | None = None,
    activation: str | None = "tanh",
    recurrent_activation: str | None = "sigmoid",
) -> LSTMStep:
    """Take one timestep of an LSTM.

    Parameters
    ----------
    x : array, (batch, features) or (features,)
        The input at this timestep.
    h, c : arrays, (batch, units) or (units,)
        The hidden state and the cell state before it.
    kernel, recurrent_kernel : arrays, (features, 4 * units) and (units, 4 * units)
        Four blocks side by side, in Keras's order: i, f, c, o.
    bias : array, (4 * units,), or None
    activation, recurrent_activation : str or None
        For the candidate and the output; for the gates.

    Returns
    -------
    LSTMStep
        Gates ``i``, ``f``, ``o``, the ``candidate``, and the new states ``c`` and ``h``.

    Raises
    ------
    ValueError
        For a shape that does not fit; the sentence names the array, its shape and the one expected.

    References
    ----------
    Hochreiter & Schmidhuber (1997), Long short-term memory; the forget gate: Gers, Schmidhuber & Cummins (2000).
    """
    W, U, b = as_weights(4, kernel, recurrent_kernel, bias)
    x, h, c = as_timestep(W, U, x, h=h, c=c)
    tanh, sigma = activation_named(activation), activation_named(recurrent_activation)
    W_i, W_f, W_c, W_o = split(W, 4)
    U_i, U_f, U_c, U_o = split(U, 4)
    b_i, b_f, b_c, b_o = split(b, 4)

    i = sigma(x @ W_i + h @ U_i + b_i)
    f = sigma(x @ W_f + h @ U_f + b_f)
    candidate = tanh(x @ W_c + h @ U_c + b_c)
    o = sigma(x @ W_o + h @ U_o + b_o)
    c = f * c + i * candidate
    h = o * tanh(c)
    return LSTMStep(i, f, candidate, o, c, h)


def gru_step(
    x: ArrayLike,
    h: ArrayLike,
    kernel: ArrayLike,
    recurrent_kernel: ArrayLike,
    bias: ArrayLike | None = None,
    activation: str | None = "tanh",
    recurrent_activation: str | None = "sigmoid",
    *,
    reset_after: bool = True,
) -> GRUStep:
    """Take one timestep of a GRU.

    Parameters
    ----------
    x : array, (batch, features) or (features,)
        The input at this timestep.
    h : array, (batch, units) or (units,)
        The hidden state before it.
    kernel, recurrent_kernel : arrays, (features, 3 * units) and (units, 3 * units)
        Three blocks side by side, in Keras's order: z, r, h.
    bias : array, (2, 3 * units) if ``reset_after`` else (3 * units,), or None
        With ``reset_after`` the first row goes with the kernel, the second with the recurrent kernel.
    activation, recurrent_activation : str or None
        For the candidate; for the gates.
    reset_after : bool
        Whether the reset gate acts after the product with the recurrent kernel (Keras's default) or before it.

    Returns
    -------
    GRUStep
        Gates ``z`` and ``r``, the ``candidate``, and the new state ``h``.

    Raises
    ------
    ValueError
        For a shape that does not fit; the sentence names the array, its shape and the one expected.

    References
    ----------
    Cho et al. (2014), arXiv:1406.1078. Version 1 of the paper resets after the product, version 3 before it.
    """
    W, U, b = as_weights(3, kernel, recurrent_kernel, bias, biases=1 + reset_after)
    x, h = as_timestep(W, U, x, h=h)
    tanh, sigma = activation_named(activation), activation_named(recurrent_activation)
    input_bias, recurrent_bias = b if reset_after and b is not None else (b, None)
    W_z, W_r, W_h = split(W, 3)
    U_z, U_r, U_h = split(U, 3)
    b_z, b_r, b_h = split(input_bias, 3)
    bU_z, bU_r, bU_h = split(recurrent_bias, 3)  # b' in the book: the bias beside U

    z = sigma(x @ W_z + b_z + h @ U_z + bU_z)
    r = sigma(x @ W_r + b_r + h @ U_r + bU_r)
    recurrent = r * (h @ U_h + bU_h) if reset_after else (r * h) @ U_h
    candidate = tanh(x @ W_h + b_h + recurrent)
    h = z * h + (1 - z) * candidate
    return GRUStep(z, r, candidate, h)


# --- a whole sequence ------------------------------------------------------------------------------------------------


def simple_rnn(
    x: ArrayLike,
    kernel: ArrayLike,
    recurrent_kernel: ArrayLike,
    bias: ArrayLike | None = None,
    *,
    initial_state: ArrayLike | Sequence[ArrayLike] | None = None,
    return_sequences: bool = False,
    return_state: bool = False,
    mask: ArrayLike | None = None,
    go_backwards: bool = False,
    activation: str | None = "tanh",
    zero_output_for_mask: bool = False,
) -> Array | tuple[Array, ...]:
    """Read whole sequences: ``simple_rnn(x, *layer.get_weights())`` equals ``layer(x)`` of ``keras.layers.SimpleRNN``.

    Parameters
    ----------
    x : array, (batch, time, features) or (time, features)
        The inputs. Without a batch axis here there is none in the result either, nor in the other arguments.
    kernel, recurrent_kernel, bias
        The weights, as in :func:`simple_rnn_step`. ``bias=None`` is ``use_bias=False``.
    initial_state : array, (batch, units), or None
        The state before the first timestep; zeros if None.
    return_sequences : bool
        Whether to return the output of every timestep or only of the last one.
    return_state : bool
        Whether to return the last state, too.
    mask : array of bool, (batch, time), or None
        False where a timestep is to be skipped: the state is handed on, the output is the one before.
    go_backwards : bool
        Whether to read from the last timestep to the first. The outputs come in the order of reading.
    activation : str or None
        "tanh", "sigmoid", "relu", "linear" (or None) or "hard_sigmoid".
    zero_output_for_mask : bool
        Whether the output of a skipped timestep is zero instead.

    Returns
    -------
    array, (batch, units) or (batch, time, units)
        The output; in a tuple with the last state, (batch, units), if ``return_state``. Computed in float64 if ``x``
        or the kernel is float64, else in float32.

    Raises
    ------
    ValueError
        For a shape that does not fit; the sentence names the array, its shape and the one expected.
    """
    weights = as_weights(1, kernel, recurrent_kernel, bias)
    reading = lay_out(x, *weights[:2], initial_state, mask, go_backwards)

    def step(x_t: Array, h: Array) -> tuple[Array]:
        return (simple_rnn_step(x_t, h, *weights, activation),)

    return _read(step, reading, np.ndim(x) == 3, return_sequences, return_state, zero_output_for_mask)


def lstm(
    x: ArrayLike,
    kernel: ArrayLike,
    recurrent_kernel: ArrayLike,
    bias: ArrayLike | None = None,
    *,
    initial_state: Sequence[ArrayLike] | None = None,
    return_sequences: bool = False,
    return_state: bool = False,
    mask: ArrayLike | None = None,
    go_backwards: bool = False,
    activation: str | None = "tanh",
    recurrent_activation: str | None = "sigmoid",
    zero_output_for_mask: bool = False,
) -> Array | tuple[Array, ...]:
    """Read whole sequences: ``lstm(x, *layer.get_weights())`` equals ``layer(x)`` of ``keras.layers.LSTM``.

    Weights and activations are those of :func:`lstm_step`, all else is as in :func:`simple_rnn`, but that an LSTM has
    two states: ``initial_state`` is ``(h, c)``, and ``return_state`` returns ``output, h, c``.
    """
    weights = as_weights(4, kernel, recurrent_kernel, bias)
    reading = lay_out(x, *weights[:2], initial_state, mask, go_backwards, names=("h", "c"))

    def step(x_t: Array, h: Array, c: Array) -> tuple[Array, Array]:
        new = lstm_step(x_t, h, c, *weights, activation, recurrent_activation)
        return new.h, new.c

    return _read(step, reading, np.ndim(x) == 3, return_sequences, return_state, zero_output_for_mask)


def gru(
    x: ArrayLike,
    kernel: ArrayLike,
    recurrent_kernel: ArrayLike,
    bias: ArrayLike | None = None,
    *,
    initial_state: ArrayLike | Sequence[ArrayLike] | None = None,
    return_sequences: bool = False,
    return_state: bool = False,
    mask: ArrayLike | None = None,
    go_backwards: bool = False,
    activation: str | None = "tanh",
    recurrent_activation: str | None = "sigmoid",
    reset_after: bool = True,
    zero_output_for_mask: bool = False,
) -> Array | tuple[Array, ...]:
    """Read whole sequences: ``gru(x, *layer.get_weights())`` equals ``layer(x)`` of ``keras.layers.GRU``.

    Weights, activations and ``reset_after`` are those of :func:`gru_step`, all else is as in :func:`simple_rnn`.
    """
    weights = as_weights(3, kernel, recurrent_kernel, bias, biases=1 + reset_after)
    reading = lay_out(x, *weights[:2], initial_state, mask, go_backwards)

    def step(x_t: Array, h: Array) -> tuple[Array]:
        return (gru_step(x_t, h, *weights, activation, recurrent_activation, reset_after=reset_after).h,)

    return _read(step, reading, np.ndim(x) == 3, return_sequences, return_state, zero_output_for_mask)


def _read(
    step: Callable[..., tuple[Array, ...]],
    reading: Reading,
    batched: bool,
    return_sequences: bool,
    return_state: bool,
    zero_output_for_mask: bool,
) -> Array | tuple[Array, ...]:
    """Unroll a step over time and return what the layer was asked for."""
    _, *history = unroll(step, reading)
    h = np.stack([states[0] for states in history], axis=1)  # (batch, time, units)
    outputs = np.where(shown(reading.mask, zero_output_for_mask)[..., np.newaxis], h, 0)
    result = (outputs if return_sequences else outputs[:, -1], *history[-1])
    if not batched:
        result = tuple(array[0] for array in result)
    return result if return_state else result[0]
