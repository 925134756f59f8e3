"""What the cells share: shapes, masks, and the loop over time, forwards and backwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from helpers.arrays import Array, Mask

Weights = tuple[Array, Array, Array | None]
"""kernel, recurrent kernel and bias; None for no bias"""


# --- shapes ----------------------------------------------------------------------------------------------------------


def check_shape(name: str, array: NDArray[Any], *expected: int | str, remedy: str = "") -> None:
    """Raise ValueError unless the array has the shape expected; a word stands for an axis of any length."""
    fits = array.ndim == len(expected) and all(
        isinstance(want, str) or have == want for have, want in zip(array.shape, expected, strict=True)
    )
    if not fits:
        wanted = ", ".join(map(str, expected))
        if len(expected) == 1:
            wanted += ","
        raise ValueError(f"{name} has shape {array.shape}, expected ({wanted}){remedy}.")


def as_weights(
    blocks: int, kernel: ArrayLike, recurrent_kernel: ArrayLike, bias: ArrayLike | None, *, biases: int = 1
) -> Weights:
    """Return the three weights as arrays, once their shapes are found to fit one another.

    ``blocks`` is how many kernels stand side by side: 1 for a SimpleRNN, 4 for an LSTM, 3 for a GRU.
    """
    kernel, recurrent_kernel = np.asarray(kernel), np.asarray(recurrent_kernel)
    if recurrent_kernel.ndim != 2:
        check_shape("recurrent_kernel", recurrent_kernel, "units", f"{blocks} * units")
    units = recurrent_kernel.shape[0]
    check_shape("recurrent_kernel", recurrent_kernel, units, blocks * units)
    check_shape("kernel", kernel, "features", blocks * units)
    if bias is None:
        return kernel, recurrent_kernel, None
    bias = np.asarray(bias)
    one, two = (blocks * units,), (2, blocks * units)
    remedy = ""
    if blocks == 3 and bias.shape in (one, two):
        remedy = f"; a bias of this shape belongs to reset_after={bias.shape == two}"
    check_shape("bias", bias, *(two if biases == 2 else one), remedy=remedy)
    return kernel, recurrent_kernel, bias


def as_timestep(kernel: Array, recurrent_kernel: Array, x: ArrayLike, **states: ArrayLike) -> list[Array]:
    """Return the input and the states of one timestep as arrays, once their shapes are found to fit the weights."""
    x = np.asarray(x)
    features, units = kernel.shape[0], recurrent_kernel.shape[0]
    if x.ndim == 1:
        check_shape("x", x, features)
    else:
        check_shape("x", x, "batch", features)
    arrays = {name: np.asarray(state) for name, state in states.items()}
    for name, state in arrays.items():
        check_shape(name, state, *x.shape[:-1], units)
    return [x, *arrays.values()]


def split(weights: Array | None, blocks: int) -> list[Array] | list[float]:
    """Cut weights that stand side by side into one per gate; no bias is a bias of zero."""
    if weights is None:
        return [0.0] * blocks
    width = weights.shape[-1] // blocks
    return [weights[..., block * width : (block + 1) * width] for block in range(blocks)]


# --- sequences -------------------------------------------------------------------------------------------------------


class Batch(NamedTuple):
    """Sequences laid out for the loop over time: always with a batch axis, always in the order of reading."""

    x: Array
    """(batch, time, features)"""
    mask: Mask
    """(batch, time), False where a timestep is skipped"""
    names: tuple[str, ...]
    """what the states are called: h, or h and c"""
    states: tuple[Array, ...]
    """the states before the first timestep, each (batch, units)"""
    is_single: bool
    """whether it is one sequence that came without a batch axis"""
    go_backwards: bool
    """whether the order of reading is not that in which the timesteps came"""


def to_batch(
    x: ArrayLike,
    kernel: Array,
    recurrent_kernel: Array,
    initial_state: ArrayLike | Sequence[ArrayLike] | None,
    mask: ArrayLike | None,
    go_backwards: bool,
    names: tuple[str, ...] = ("h",),
) -> Batch:
    """Lay out what a layer is given, once its shapes are found to fit; ``names`` are the states: (h) or (h, c)."""
    x = np.asarray(x)
    features, units = kernel.shape[0], recurrent_kernel.shape[0]
    is_single = x.ndim == 2
    if is_single:
        check_shape("x", x, "time", features)
    else:
        check_shape("x", x, "batch", "time", features)
    *batch, time, _ = x.shape
    if time == 0:
        raise ValueError(f"x has shape {x.shape}, expected at least one timestep.")
    x = x.astype(np.result_type(x, kernel, np.float32), copy=False)
    states = _initial_states(initial_state, names, (*batch, units), x.dtype)
    mask = np.ones((*batch, time), bool) if mask is None else np.asarray(mask).astype(bool)
    check_shape("mask", mask, *batch, time)

    if is_single:
        x, mask, states = x[np.newaxis], mask[np.newaxis], tuple(state[np.newaxis] for state in states)
    if go_backwards:
        x, mask = x[:, ::-1], mask[:, ::-1]
    return Batch(x, mask, names, states, is_single, go_backwards)


def restore(batch: Batch, *arrays: Array) -> tuple[Array, ...]:
    """Take away the batch axis where there was none."""
    return tuple(array[0] for array in arrays) if batch.is_single else arrays


def _initial_states(
    initial_state: ArrayLike | Sequence[ArrayLike] | None,
    names: tuple[str, ...],
    shape: tuple[int, ...],
    dtype: DTypeLike,
) -> tuple[Array, ...]:
    if initial_state is None:
        return tuple(np.zeros(shape, dtype) for _ in names)
    if len(names) == 1 and not _is_wrapped(initial_state):
        initial_state = [cast(ArrayLike, initial_state)]
    given = cast(Sequence[ArrayLike], initial_state)
    if len(given) != len(names):
        raise ValueError(f"initial_state holds {len(given)} arrays, expected ({', '.join(names)}).")
    states = tuple(np.asarray(state, dtype) for state in given)
    for name, state in zip(names, states, strict=True):
        check_shape(f"initial_state {name}", state, *shape)
    return states


def _is_wrapped(state: ArrayLike | Sequence[ArrayLike]) -> bool:
    """Tell ``[h]`` from ``h``: Keras takes one state either way."""
    return isinstance(state, list | tuple) and len(state) == 1 and bool(getattr(state[0], "shape", ()))


def output_mask(mask: Mask, zero_output_for_mask: bool) -> Mask:
    """Say at which timesteps the output is the state; at the others it is zero, whatever the state.

    At a masked timestep Keras repeats the output of the timestep before. Before the first timestep that is read there
    is none to repeat, so the output is zero, even when ``initial_state`` is not.
    """
    return mask if zero_output_for_mask else np.logical_or.accumulate(mask, axis=1)


# --- forwards in time ------------------------------------------------------------------------------------------------


class Timestep(NamedTuple):
    """One timestep of the loop."""

    x: Array
    """the input, (batch, features)"""
    is_read: Mask
    """(batch, 1), False where the timestep is skipped"""
    before: tuple[Array, ...]
    """the states before it, each (batch, units)"""
    step: Any
    """all that the cell computed: a SimpleRNNStep, an LSTMStep or a GRUStep"""
    after: tuple[Array, ...]
    """the states after it: those of the step, or the old ones where the timestep is skipped"""


def unroll(step: Callable[..., Any], batch: Batch) -> Iterator[Timestep]:
    """Take every timestep in turn; ``step(x_t, *states)`` returns all it computes, the states by name."""
    states = batch.states
    for t in range(batch.x.shape[1]):
        x_t, is_read = batch.x[:, t], batch.mask[:, t, np.newaxis]
        new = step(x_t, *states)
        after = _if_read(is_read, [getattr(new, name) for name in batch.names], states)
        yield Timestep(x_t, is_read, states, new, after)
        states = after


def _if_read(is_read: Mask, new: Sequence[Array], old: Sequence[Array]) -> tuple[Array, ...]:
    """Take the new arrays where the timestep is read, the old ones where it is skipped."""
    return tuple(np.where(is_read, after, before) for after, before in zip(new, old, strict=True))


def read(
    step: Callable[..., Any],
    batch: Batch,
    return_sequences: bool,
    return_state: bool,
    zero_output_for_mask: bool,
) -> Array | tuple[Array, ...]:
    """Unroll a cell over time and return what the layer was asked for."""
    history = [timestep.after for timestep in unroll(step, batch)]
    h = np.stack([states[0] for states in history], axis=1)  # (batch, time, units)
    outputs = np.where(output_mask(batch.mask, zero_output_for_mask)[..., np.newaxis], h, 0)
    result = restore(batch, outputs if return_sequences else outputs[:, -1], *history[-1])
    return result if return_state else result[0]


# --- backwards in time -----------------------------------------------------------------------------------------------


class Gradients(NamedTuple):
    """The gradient of the loss with respect to all that goes into a SimpleRNN or a GRU."""

    x: Array
    kernel: Array
    recurrent_kernel: Array
    bias: Array | None
    h0: Array
    """of the initial state, (batch, units)"""
    h: Array
    """of the state after every timestep, (batch, time, units), in the order of reading"""


class StepGradients(NamedTuple):
    """What one timestep makes of the gradient that reaches it."""

    a: Array
    """of the sums inside the activations, all gates side by side, (batch, blocks * units)"""
    recurrent_kernel: Array
    """what the timestep adds to that of the recurrent kernel"""
    bias: Array
    """what the timestep adds to that of the bias"""
    after: tuple[Array, ...]
    """of the states after the timestep, each (batch, units)"""
    before: tuple[Array, ...]
    """of the states before the timestep, each (batch, units)"""


def backpropagate(
    step: Callable[..., Any],
    step_backward: Callable[..., StepGradients],
    batch: Batch,
    weights: Weights,
    grad_output: ArrayLike,
    zero_output_for_mask: bool,
) -> tuple[Array, Array, Array, Array | None, tuple[Array, ...], tuple[Array, ...]]:
    """Unroll a cell over time and walk back from the last timestep to the first.

    Parameters
    ----------
    step : function
        As in :func:`unroll`.
    step_backward : function
        The same step in reverse: ``step_backward(new, *states, *gradients)`` is given what the step computed, the
        states before it, and the gradients of the states after it.
    batch, weights
        The inputs and the weights, as :func:`to_batch` and :func:`as_weights` return them.
    grad_output, zero_output_for_mask
        As in :func:`helpers.cells.simple_rnn_backward`.

    Returns
    -------
    arrays
        Gradients of ``x``, kernel, recurrent kernel and bias (None for no bias), each in the shape of its own.
    tuples of arrays
        Gradients of the initial states, each (batch, units); of the states after every timestep, each
        (batch, time, units), in the order of reading.
    """
    W, U, b = weights
    grad_output = _gradient_to_batch(grad_output, batch, zero_output_for_mask)
    dx, dW, dU = (np.zeros(array.shape, batch.x.dtype) for array in (batch.x, W, U))
    db = None if b is None else np.zeros(b.shape, batch.x.dtype)
    dstates = tuple(np.zeros_like(state) for state in batch.states)
    history = tuple(np.zeros_like(grad_output) for _ in batch.states)

    for t, (x_t, is_read, before, new, _) in reversed(list(enumerate(unroll(step, batch)))):
        dh, *others = dstates
        dstates = (dh + grad_output[:, t], *others)  # h is read by the next timestep and by the output

        # a skipped timestep adds nothing, and hands on what it was handed
        back = step_backward(new, *before, *(np.where(is_read, d, 0) for d in dstates))

        dW += x_t.T @ back.a
        dU += back.recurrent_kernel
        if db is not None:
            db += back.bias
        dx[:, t] = back.a @ W.T

        for kept, d in zip(history, _if_read(is_read, back.after, dstates), strict=True):
            kept[:, t] = d
        dstates = _if_read(is_read, back.before, dstates)

    if batch.go_backwards:
        dx = dx[:, ::-1]
    (dx,) = restore(batch, dx)
    return dx, dW, dU, db, restore(batch, *dstates), restore(batch, *history)


def _gradient_to_batch(grad_output: ArrayLike, batch: Batch, zero_output_for_mask: bool) -> Array:
    """Lay the gradient of the outputs out as (batch, time, units), zero wherever the output is not the state."""
    grad_output = np.asarray(grad_output, batch.x.dtype)
    (length, time), units = batch.mask.shape, batch.states[0].shape[-1]
    given = grad_output[np.newaxis] if batch.is_single else grad_output
    is_sequence = given.ndim == 3
    expected = (length, time, units) if is_sequence else (length, units)
    check_shape("grad_output", grad_output, *(expected[1:] if batch.is_single else expected))
    laid_out = np.zeros((length, time, units), batch.x.dtype)
    laid_out[:, slice(None) if is_sequence else -1] = given
    return np.where(output_mask(batch.mask, zero_output_for_mask)[..., np.newaxis], laid_out, 0)
