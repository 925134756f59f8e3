"""The GRU: one timestep, a whole sequence, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.arrays import Array
from helpers.cells.activations import activation_named, slope_named
from helpers.cells.loop import Gradients, StepGradients, as_timestep, as_weights, backpropagate, read, split, to_batch


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

    References
    ----------
    Cho et al. (2014), arXiv:1406.1078, section 2.3. Version 1 of the paper resets after the product, version 3 before
    it (equations 5 to 8).
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
    batch = to_batch(x, *weights[:2], initial_state, mask, go_backwards)

    def step(x_t: Array, h: Array) -> GRUStep:
        return gru_step(x_t, h, *weights, activation, recurrent_activation, reset_after=reset_after)

    return read(step, batch, return_sequences, return_state, zero_output_for_mask)


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
) -> Gradients:
    """Carry the gradient of a loss back through a GRU.

    ``grad_output`` and the result are as in :func:`simple_rnn_backward`, all else is what :func:`gru` was given.
    """
    W, U, b = weights = as_weights(3, kernel, recurrent_kernel, bias, biases=1 + reset_after)
    batch = to_batch(x, W, U, initial_state, mask, go_backwards)
    slope, gate_slope = slope_named(activation), slope_named(recurrent_activation)
    units = U.shape[0]
    U_zr, U_h = U[:, : 2 * units], U[:, 2 * units :]
    *_, bU_h = split(b[1] if reset_after and b is not None else None, 3)

    def step(x_t: Array, h: Array) -> GRUStep:
        return gru_step(x_t, h, W, U, b, activation, recurrent_activation, reset_after=reset_after)

    def step_backward(new: GRUStep, h_before: Array, dh: Array) -> StepGradients:
        z, r, candidate, _ = new
        da_z = dh * (h_before - candidate) * gate_slope(z)
        da_h = dh * (1 - z) * slope(candidate)
        if reset_after:  # candidate = tanh(… + r * (h_before @ U_h + b'_h))
            da_r = da_h * (h_before @ U_h + bU_h) * gate_slope(r)
            da_U = np.concatenate([da_z, da_r, da_h * r], axis=-1)  # what reaches U and b' has passed the reset gate
            dU = h_before.T @ da_U
            dh_recurrent = da_U @ U.T
        else:  # candidate = tanh(… + (r * h_before) @ U_h)
            d_reset = da_h @ U_h.T  # of the product r * h_before
            da_r = d_reset * h_before * gate_slope(r)
            da_zr = np.concatenate([da_z, da_r], axis=-1)
            dU = np.concatenate([h_before.T @ da_zr, (r * h_before).T @ da_h], axis=-1)
            dh_recurrent = da_zr @ U_zr.T + d_reset * r
        da = np.concatenate([da_z, da_r, da_h], axis=-1)
        db = np.stack([da.sum(axis=0), da_U.sum(axis=0)]) if reset_after else da.sum(axis=0)
        return StepGradients(da, dU, db, after=(dh,), before=(dh * z + dh_recurrent,))

    dx, dW, dU, db, (dh0,), (dh,) = backpropagate(
        step, step_backward, batch, weights, grad_output, zero_output_for_mask
    )
    return Gradients(dx, dW, dU, db, dh0, dh)
