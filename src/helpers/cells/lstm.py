"""The LSTM: one timestep, a whole sequence, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.arrays import Array
from helpers.cells.activations import activation_named, slope_named
from helpers.cells.loop import StepGradients, as_timestep, as_weights, backpropagate, read, split, to_batch


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


class LSTMGradients(NamedTuple):
    """The gradient of the loss with respect to all that goes into an LSTM."""

    x: Array
    kernel: Array
    recurrent_kernel: Array
    bias: Array | None
    h0: Array
    """of the initial hidden state, (batch, units)"""
    c0: Array
    """of the initial cell state, (batch, units)"""
    h: Array
    """of the hidden state after every timestep, (batch, time, units), in the order of reading"""
    c: Array
    """of the cell state after every timestep, (batch, time, units), in the order of reading"""


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

    References
    ----------
    Hochreiter & Schmidhuber (1997), Long short-term memory; the forget gate: Gers, Schmidhuber & Cummins (2000). As
    equations: Graves, Mohamed & Hinton (2013), equations 3 to 7, whose gates also see the cell state.
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
    batch = to_batch(x, *weights[:2], initial_state, mask, go_backwards, names=("h", "c"))

    def step(x_t: Array, h: Array, c: Array) -> LSTMStep:
        return lstm_step(x_t, h, c, *weights, activation, recurrent_activation)

    return read(step, batch, return_sequences, return_state, zero_output_for_mask)


def lstm_backward(
    grad_output: ArrayLike,
    x: ArrayLike,
    kernel: ArrayLike,
    recurrent_kernel: ArrayLike,
    bias: ArrayLike | None = None,
    *,
    initial_state: Sequence[ArrayLike] | None = None,
    mask: ArrayLike | None = None,
    go_backwards: bool = False,
    activation: str | None = "tanh",
    recurrent_activation: str | None = "sigmoid",
    zero_output_for_mask: bool = False,
) -> LSTMGradients:
    """Carry the gradient of a loss back through an LSTM.

    ``grad_output`` is as in :func:`simple_rnn_backward`, all else is what :func:`lstm` was given. The result has the
    gradients of both initial states, ``h0`` and ``c0``, and of both states at every timestep, ``h`` and ``c``.
    """
    W, U, b = weights = as_weights(4, kernel, recurrent_kernel, bias)
    batch = to_batch(x, W, U, initial_state, mask, go_backwards, names=("h", "c"))
    tanh = activation_named(activation)
    slope, gate_slope = slope_named(activation), slope_named(recurrent_activation)

    def step(x_t: Array, h: Array, c: Array) -> LSTMStep:
        return lstm_step(x_t, h, c, W, U, b, activation, recurrent_activation)

    def step_backward(new: LSTMStep, h_before: Array, c_before: Array, dh: Array, dc: Array) -> StepGradients:
        i, f, candidate, o, c, _ = new
        squashed = tanh(c)
        dc = dc + dh * o * slope(squashed)  # the next timestep reads c, and h is made of it

        da_i = dc * candidate * gate_slope(i)
        da_f = dc * c_before * gate_slope(f)
        da_c = dc * i * slope(candidate)
        da_o = dh * squashed * gate_slope(o)
        da = np.concatenate([da_i, da_f, da_c, da_o], axis=-1)

        dU, db = h_before.T @ da, da.sum(axis=0)
        dc_before = dc * f  # along the conveyor: no matrix, only the forget gate
        return StepGradients(da, dU, db, after=(dh, dc), before=(da @ U.T, dc_before))

    dx, dW, dU, db, (dh0, dc0), (dh, dc) = backpropagate(
        step, step_backward, batch, weights, grad_output, zero_output_for_mask
    )
    return LSTMGradients(dx, dW, dU, db, dh0, dc0, dh, dc)
