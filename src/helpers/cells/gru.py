"""The backward pass: backpropagation through time, written out.

``lstm_backward(grad_output, x, *layer.get_weights())`` equals what ``tf.GradientTape`` gives for an LSTM of Keras.

Each function unrolls the layer forwards and then walks the timesteps from last to first. At each one it holds ``dh``,
the gradient of the loss with respect to the state after that timestep, takes it through the equations of the step in
reverse, and arrives at the ``dh`` of the timestep before.

The names are those of calculus: ``dW`` is the gradient of the loss with respect to ``W``, and ``da`` with respect to
the sum ``a`` inside an activation, all gates side by side. A slope is written with the output of its activation: that
of ``tanh`` at ``h = tanh(a)`` is ``1 - h**2``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.cells.loop import (
    Array,
    Reading,
    activation_named,
    as_weights,
    check_shape,
    lay_out,
    shown,
    slope_named,
    split,
    unroll,
)
from helpers.cells.lstm import gru_step, lstm_step, simple_rnn_step


class SimpleRNNGradients(NamedTuple):
    """The gradient of the loss with respect to all that goes into a SimpleRNN."""

    x: Array
    kernel: Array
    recurrent_kernel: Array
    bias: Array | None
    h0: Array
    """of the initial state, (batch, units)"""
    h: Array
    """of the state after every timestep, (batch, time, units), in the order of reading"""


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


class GRUGradients(NamedTuple):
    """The gradient of the loss with respect to all that goes into a GRU."""

    x: Array
    kernel: Array
    recurrent_kernel: Array
    bias: Array | None
    h0: Array
    """of the initial state, (batch, units)"""
    h: Array
    """of the state after every timestep, (batch, time, units), in the order of reading"""


def simple_rnn_backward(
    grad_output: ArrayLike,
    x: ArrayLike,
    kernel: ArrayLike,
    recurrent_kernel: ArrayLike,
    bias: ArrayLike | None = None,
    *,
    initial_state: ArrayLike | Sequence[ArrayLike] | None = None,
    mask: ArrayLike | None = None,
    go_backwards: bool = False,
    activation: str | None = "tanh",
    zero_output_for_mask: bool = False,
) -> SimpleRNNGradients:
    """Carry the gradient of a loss back through a SimpleRNN.

    Parameters
    ----------
    grad_output : array, (batch, time, units) or (batch, units)
        The gradient of the loss with respect to the output of the layer: with a time axis for the output that
        ``return_sequences=True`` gives, without one for the last output alone.
    x, kernel, recurrent_kernel, bias
        What :func:`simple_rnn` was given.
    initial_state, mask, go_backwards, activation, zero_output_for_mask
        What :func:`simple_rnn` was given.

    Returns
    -------
    SimpleRNNGradients
        Gradients of ``x``, the weights (None for no bias) and the initial state ``h0``, each in the shape of its own;
        and ``h``, the gradient at every timestep, to see how it fades.

    Raises
    ------
    ValueError
        For a shape that does not fit; the sentence names the array, its shape and the one expected.

    References
    ----------
    Werbos (1990), Backpropagation through time: what it does and how to do it.
    """
    W, U, b = as_weights(1, kernel, recurrent_kernel, bias)
    reading = lay_out(x, W, U, initial_state, mask, go_backwards)
    grad_output = _lay_out_gradient(grad_output, x, U, reading, zero_output_for_mask)
    slope = slope_named(activation)
    history = unroll(lambda x_t, h: (simple_rnn_step(x_t, h, W, U, b, activation),), reading)

    dx, dW, dU, db = _zeros(reading.x, W, U, b)
    grad_h = np.zeros_like(grad_output)
    dh = np.zeros_like(reading.states[0])
    for t in reversed(range(reading.x.shape[1])):
        x_t, counts = reading.x[:, t], reading.mask[:, t, np.newaxis]
        (h_before,), (h,) = history[t], history[t + 1]

        dh = dh + grad_output[:, t]  # the state is read by the next timestep and by the output
        grad_h[:, t] = dh

        da = np.where(counts, dh * slope(h), 0)  # a skipped timestep uses no weights

        dW += x_t.T @ da
        dU += h_before.T @ da
        if b is not None:
            db += da.sum(axis=0)
        dx[:, t] = da @ W.T
        dh = np.where(counts, da @ U.T, dh)  # and hands on what it was handed

    dx, dh, grad_h = _as_given(x, go_backwards, dx, dh, grad_h)
    return SimpleRNNGradients(dx, dW, dU, db, dh, grad_h)


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
    W, U, b = as_weights(4, kernel, recurrent_kernel, bias)
    reading = lay_out(x, W, U, initial_state, mask, go_backwards, names=("h", "c"))
    grad_output = _lay_out_gradient(grad_output, x, U, reading, zero_output_for_mask)
    tanh = activation_named(activation)
    slope, gate_slope = slope_named(activation), slope_named(recurrent_activation)

    def step(x_t: Array, h: Array, c: Array) -> tuple[Array, ...]:
        return lstm_step(x_t, h, c, W, U, b, activation, recurrent_activation)

    def states(x_t: Array, h: Array, c: Array) -> tuple[Array, Array]:
        *_, c, h = step(x_t, h, c)
        return h, c

    history = unroll(states, reading)

    dx, dW, dU, db = _zeros(reading.x, W, U, b)
    grad_h, grad_c = np.zeros_like(grad_output), np.zeros_like(grad_output)
    dh, dc = np.zeros_like(reading.states[0]), np.zeros_like(reading.states[1])
    for t in reversed(range(reading.x.shape[1])):
        x_t, counts = reading.x[:, t], reading.mask[:, t, np.newaxis]
        h_before, c_before = history[t]
        i, f, candidate, o, c, _ = step(x_t, h_before, c_before)
        squashed = tanh(c)

        dh = dh + grad_output[:, t]
        dc = dc + np.where(counts, dh * o * slope(squashed), 0)  # the next timestep reads c, and h is made of it
        grad_h[:, t], grad_c[:, t] = dh, dc

        da_i = dc * candidate * gate_slope(i)
        da_f = dc * c_before * gate_slope(f)
        da_c = dc * i * slope(candidate)
        da_o = dh * squashed * gate_slope(o)
        da = np.where(counts, np.concatenate([da_i, da_f, da_c, da_o], axis=-1), 0)

        dW += x_t.T @ da
        dU += h_before.T @ da
        if b is not None:
            db += da.sum(axis=0)
        dx[:, t] = da @ W.T
        dh = np.where(counts, da @ U.T, dh)
        dc = np.where(counts, dc * f, dc)  # along the conveyor: no matrix, only the forget gate

    dx, dh, dc, grad_h, grad_c = _as_given(x, go_backwards, dx, dh, dc, grad_h, grad_c)
    return LSTMGradients(dx, dW, dU, db, dh, dc, grad_h, grad_c)


def gru_backward(
    grad_output: ArrayLike,
    x: ArrayLike,
    kernel: ArrayLike,
    recurrent_kernel: ArrayLike,
    bias: ArrayLike | None = None,
    *,
    initial_state: ArrayLike | Sequence[ArrayLike] | None = None,
    mask: ArrayLike | None = None,
    go_backwards: bool = False,
    activation: str | None = "tanh",
    recurrent_activation: str | None = "sigmoid",
    reset_after: bool = True,
    zero_output_for_mask: bool = False,
) -> GRUGradients:
    """Carry the gradient of a loss back through a GRU.

    ``grad_output`` and the result are as in :func:`simple_rnn_backward`, all else is what :func:`gru` was given.
    """
    W, U, b = as_weights(3, kernel, recurrent_kernel, bias, biases=1 + reset_after)
    reading = lay_out(x, W, U, initial_state, mask, go_backwards)
    grad_output = _lay_out_gradient(grad_output, x, U, reading, zero_output_for_mask)
    slope, gate_slope = slope_named(activation), slope_named(recurrent_activation)
    units = U.shape[0]
    U_zr, U_h = U[:, : 2 * units], U[:, 2 * units :]
    *_, bU_h = split(b[1] if reset_after and b is not None else None, 3)

    def step(x_t: Array, h: Array) -> tuple[Array, ...]:
        return gru_step(x_t, h, W, U, b, activation, recurrent_activation, reset_after=reset_after)

    history = unroll(lambda x_t, h: step(x_t, h)[-1:], reading)

    dx, dW, dU, db = _zeros(reading.x, W, U, b)
    grad_h = np.zeros_like(grad_output)
    dh = np.zeros_like(reading.states[0])
    for t in reversed(range(reading.x.shape[1])):
        x_t, counts = reading.x[:, t], reading.mask[:, t, np.newaxis]
        (h_before,) = history[t]
        z, r, candidate, _ = step(x_t, h_before)

        dh = dh + grad_output[:, t]
        grad_h[:, t] = dh

        dh_counts = np.where(counts, dh, 0)
        da_z = dh_counts * (h_before - candidate) * gate_slope(z)
        da_h = dh_counts * (1 - z) * slope(candidate)
        if reset_after:  # candidate = tanh(… + r * (h_before @ U_h + b'_h))
            da_r = da_h * (h_before @ U_h + bU_h) * gate_slope(r)
            da_U = np.concatenate([da_z, da_r, da_h * r], axis=-1)  # what reaches U and b' has passed the reset gate
            dU += h_before.T @ da_U
            dh_recurrent = da_U @ U.T
        else:  # candidate = tanh(… + (r * h_before) @ U_h)
            d_reset = da_h @ U_h.T  # of the product r * h_before
            da_r = d_reset * h_before * gate_slope(r)
            da_zr = np.concatenate([da_z, da_r], axis=-1)
            dU += np.concatenate([h_before.T @ da_zr, (r * h_before).T @ da_h], axis=-1)
            dh_recurrent = da_zr @ U_zr.T + d_reset * r
        da = np.concatenate([da_z, da_r, da_h], axis=-1)

        dW += x_t.T @ da
        if b is not None:
            db += [da.sum(axis=0), da_U.sum(axis=0)] if reset_after else da.sum(axis=0)
        dx[:, t] = da @ W.T
        dh = np.where(counts, dh * z + dh_recurrent, dh)

    dx, dh, grad_h = _as_given(x, go_backwards, dx, dh, grad_h)
    return GRUGradients(dx, dW, dU, db, dh, grad_h)


def _lay_out_gradient(
    grad_output: ArrayLike, x: ArrayLike, recurrent_kernel: Array, reading: Reading, zero_output_for_mask: bool
) -> Array:
    """Lay the gradient of the outputs out as (batch, time, units), zero wherever the output is not the state."""
    grad_output = np.asarray(grad_output, reading.x.dtype)
    *batch, time, _ = np.shape(x)
    units = recurrent_kernel.shape[0]
    sequence = grad_output.ndim == np.ndim(x)
    check_shape("grad_output", grad_output, *batch, *(time,) * sequence, units)
    laid_out = np.zeros((*reading.mask.shape, units), reading.x.dtype)
    laid_out[:, slice(None) if sequence else -1] = grad_output
    return np.where(shown(reading.mask, zero_output_for_mask)[..., np.newaxis], laid_out, 0)


def _zeros(x: Array, *weights: Array | None) -> list[Array | None]:
    """Return sums to start from, one for each array, in the precision of ``x``."""
    return [None if array is None else np.zeros(array.shape, x.dtype) for array in (x, *weights)]


def _as_given(x: ArrayLike, go_backwards: bool, dx: Array, *others: Array) -> list[Array]:
    """Undo the laying out: dx in the order of x, and no batch axis where x has none."""
    arrays = [dx[:, ::-1] if go_backwards else dx, *others]
    return [array[0] for array in arrays] if np.ndim(x) == 2 else arrays
