"""The SimpleRNN: one timestep, a whole sequence, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from numpy.typing import ArrayLike

from helpers.arrays import Array
from helpers.cells.activations import activation_named, slope_named
from helpers.cells.loop import Gradients, StepGradients, as_timestep, as_weights, backpropagate, read, to_batch


class SimpleRNNStep(NamedTuple):
    """Everything a SimpleRNN computes in one timestep, (batch, units)."""

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

    References
    ----------
    Elman (1990), Finding structure in time. As an equation: Graves, Mohamed & Hinton (2013), equation 1.
    """
    W, U, b = as_weights(1, kernel, recurrent_kernel, bias)
    x, h = as_timestep(W, U, x, h=h)
    phi = activation_named(activation)

    return phi(x @ W + h @ U + (0.0 if b is None else b))


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
    """
    weights = as_weights(1, kernel, recurrent_kernel, bias)
    batch = to_batch(x, *weights[:2], initial_state, mask, go_backwards)

    def step(x_t: Array, h: Array) -> SimpleRNNStep:
        return SimpleRNNStep(simple_rnn_step(x_t, h, *weights, activation))

    return read(step, batch, return_sequences, return_state, zero_output_for_mask)


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
) -> Gradients:
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
    Gradients
        Gradients of ``x``, the weights (None for no bias) and the initial state ``h0``, each in the shape of its own;
        and ``h``, the gradient at every timestep, to see how it fades.

    References
    ----------
    Werbos (1990), Backpropagation through time: what it does and how to do it.
    """
    W, U, b = weights = as_weights(1, kernel, recurrent_kernel, bias)
    batch = to_batch(x, W, U, initial_state, mask, go_backwards)
    slope = slope_named(activation)

    def step(x_t: Array, h: Array) -> SimpleRNNStep:
        return SimpleRNNStep(simple_rnn_step(x_t, h, W, U, b, activation))

    def step_backward(new: SimpleRNNStep, h_before: Array, dh: Array) -> StepGradients:
        da = dh * slope(new.h)
        dU, db = h_before.T @ da, da.sum(axis=0)
        return StepGradients(da, dU, db, after=(dh,), before=(da @ U.T,))

    dx, dW, dU, db, (dh0,), (dh,) = backpropagate(
        step, step_backward, batch, weights, grad_output, zero_output_for_mask
    )
    return Gradients(dx, dW, dU, db, dh0, dh)
