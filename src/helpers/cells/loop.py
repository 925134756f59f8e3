"""What the forward and the backward pass share: activations, shapes, and the loop over time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.floating]


# --- activations -----------------------------------------------------------------------------------------------------


def sigmoid(a: Array) -> Array:
    """Squash numbers into 0 to 1: ``1 / (1 + exp(-a))``."""
    with np.errstate(over="ignore"):  # exp(-a) may reach infinity, and 1 / infinity is the right answer: 0
        return 1 / (1 + np.exp(-a))


def relu(a: Array) -> Array:
    """Keep what is positive: ``max(a, 0)``."""
    return np.maximum(a, 0)


def linear(a: Array) -> Array:
    """Change nothing."""
    return a


def hard_sigmoid(a: Array) -> Array:
    """Do what a sigmoid does with straight lines: 0 up to −3, 1 from 3 on (Keras 3; Keras 2 had another slope)."""
    return np.clip(a + 3, 0, 6) / 6


ACTIVATIONS: dict[str, Callable[[Array], Array]] = {
    "tanh": np.tanh,
    "sigmoid": sigmoid,
    "relu": relu,
    "linear": linear,
    "hard_sigmoid": hard_sigmoid,
}

# The slope of each activation, written with its own output y: that is what the backward pass has at hand.
_SLOPES: dict[str, Callable[[Array], Array]] = {
    "tanh": lambda y: 1 - y**2,
    "sigmoid": lambda y: y * (1 - y),
    "relu": lambda y: (y > 0).astype(y.dtype),
    "linear": np.ones_like,
    "hard_sigmoid": lambda y: ((y > 0) & (y < 1)).astype(y.dtype) / 6,
}


def activation_named(name: str | None) -> Callable[[Array], Array]:
    """Find an activation by Keras's name for it; None is linear, as in Keras."""
    return ACTIVATIONS[_known(name)]


def slope_named(name: str | None) -> Callable[[Array], Array]:
    """Find the slope of an activation, as a function of the activation's output."""
    return _SLOPES[_known(name)]


def _known(name: str | None) -> str:
    name = "linear" if name is None else name
    if name not in ACTIVATIONS:
        raise ValueError(f"there is no activation {name!r} here: choose one of {', '.join(ACTIVATIONS)}.")
    return name


# --- shapes ----------------------------------------------------------------------------------------------------------


def check_shape(name: str, array: Array, *expected: int | str, remedy: str = "") -> None:
    """Raise ValueError unless the array has the shape expected; a word stands for an axis of any length."""
    fits = array.ndim == len(expected) and all(
        isinstance(want, str) or have == want for have, want in zip(array.shape, expected, strict=True)
    )
    if not fits:
        wanted = f"({', '.join(map(str, expected))}{',' * (len(expected) == 1)})"
        raise ValueError(f"{name} has shape {array.shape}, expected {wanted}{remedy}.")


def as_weights(
    blocks: int, kernel: ArrayLike, recurrent_kernel: ArrayLike, bias: ArrayLike | None, *, biases: int = 1
) -> tuple[Array, Array, Array | None]:
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
    check_shape("x", x, *("batch",) * (x.ndim != 1), kernel.shape[0])
    arrays = {name: np.asarray(state) for name, state in states.items()}
    for name, state in arrays.items():
        check_shape(name, state, *x.shape[:-1], recurrent_kernel.shape[0])
    return [x, *arrays.values()]


def split(weights: Array | None, blocks: int) -> list[Array] | list[float]:
    """Cut weights that stand side by side into one per gate; no bias is a bias of zero."""
    if weights is None:
        return [0.0] * blocks
    width = weights.shape[-1] // blocks
    return [weights[..., block * width : (block + 1) * width] for block in range(blocks)]


# --- the loop over time ----------------------------------------------------------------------------------------------


class Reading(NamedTuple):
    """Sequences laid out for the loop over time: always with a batch axis, always in the order of reading."""

    x: Array
    """(batch, time, features)"""
    states: tuple[Array, ...]
    """what is known before the first timestep, each (batch, units)"""
    mask: NDArray[np.bool_]
    """(batch, time), False where a timestep is skipped"""


def lay_out(
    x: ArrayLike,
    kernel: Array,
    recurrent_kernel: Array,
    initial_state: ArrayLike | Sequence[ArrayLike] | None,
    mask: ArrayLike | None,
    go_backwards: bool,
    names: tuple[str, ...] = ("h",),
) -> Reading:
    """Check the inputs of a layer and lay them out; ``names`` are its states: (h) or (h, c)."""
    x = np.asarray(x)
    features, units = kernel.shape[0], recurrent_kernel.shape[0]
    check_shape("x", x, *("batch",) * (x.ndim != 2), "time", features)
    *batch, time, _ = x.shape
    if time == 0:
        raise ValueError(f"x has shape {x.shape}, expected at least one timestep.")
    x = x.astype(np.result_type(x, kernel, np.float32), copy=False)

    if initial_state is None:
        states = [np.zeros((*batch, units), x.dtype) for _ in names]
    else:
        if len(names) == 1 and not _is_wrapped(initial_state):
            initial_state = [initial_state]
        if len(initial_state) != len(names):
            raise ValueError(f"initial_state holds {len(initial_state)} arrays, expected ({', '.join(names)}).")
        states = [np.asarray(state, x.dtype) for state in initial_state]
        for name, state in zip(names, states, strict=True):
            check_shape(f"initial_state {name}", state, *batch, units)

    mask = np.ones((*batch, time), bool) if mask is None else np.asarray(mask).astype(bool)
    check_shape("mask", mask, *batch, time)
    if not batch:
        x, states, mask = x[np.newaxis], [state[np.newaxis] for state in states], mask[np.newaxis]
    if go_backwards:
        x, mask = x[:, ::-1], mask[:, ::-1]
    return Reading(x, tuple(states), mask)


def _is_wrapped(state: ArrayLike | Sequence[ArrayLike]) -> bool:
    """Tell ``[h]`` from ``h``: Keras takes one state either way."""
    return isinstance(state, list | tuple) and len(state) == 1 and bool(getattr(state[0], "shape", ()))


def unroll(step: Callable[..., tuple[Array, ...]], reading: Reading) -> list[tuple[Array, ...]]:
    """Take every timestep in turn; return the states at times 0, 1, …, T.

    ``step(x_t, *states)`` returns the new states. A masked timestep hands the old ones on.
    """
    history = [reading.states]
    for t in range(reading.x.shape[1]):
        counts = reading.mask[:, t, np.newaxis]
        old = history[-1]
        new = step(reading.x[:, t], *old)
        history.append(tuple(np.where(counts, after, before) for after, before in zip(new, old, strict=True)))
    return history


def shown(mask: NDArray[np.bool_], zero_output_for_mask: bool) -> NDArray[np.bool_]:
    """Say at which timesteps the output is the state; at the others it is zero, whatever the state.

    At a masked timestep Keras repeats the output of the timestep before. Before the first timestep that counts there
    is none to repeat, so the output is zero, even when ``initial_state`` is not.
    """
    return mask if zero_output_for_mask else np.logical_or.accumulate(mask, axis=1)
