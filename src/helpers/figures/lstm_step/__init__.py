"""The figures of one step: one unit, so that each weight is a number."""

from __future__ import annotations

import math
from collections.abc import Sequence
from numbers import Real
from typing import Any

from helpers.figures.figure import Figure, remembers_call

# how far the sliders go
_INPUT, _HIDDEN, _CELL, _WEIGHT, _BIAS = 3, 1, 6, 4, 8


@remembers_call
def lstm_step(
    x: float = 0.5,
    h: float = 0.1,
    c: float = 0.8,
    kernel: Sequence[float] = (1.5, 1.0, 2.0, 1.0),
    recurrent_kernel: Sequence[float] = (0.5, 0.5, -1.0, 0.5),
    bias: Sequence[float] = (0.0, 1.0, 0.0, 0.0),
) -> Figure:
    """One step of an LSTM with one unit: its equations with the numbers in them, and its gates as valves.

    Parameters
    ----------
    x, h, c : the input, −3 to 3; the old hidden state, −1 to 1; the old cell state, −6 to 6.
    kernel, recurrent_kernel : four weights each, in Keras's order i, f, c, o; −4 to 4.
    bias : four numbers in the same order, −8 to 8.

    Raises
    ------
    ValueError
        For a number that is none or lies outside, and for more or fewer than four.
    """
    state = {"x": _number("x", x, _INPUT), "h": _number("h", h, _HIDDEN), "c": _number("c", c, _CELL)}
    state |= _block("w", "kernel", kernel, "ifco", _WEIGHT)
    state |= _block("u", "recurrent_kernel", recurrent_kernel, "ifco", _WEIGHT)
    state |= _block("b", "bias", bias, "ifco", _BIAS)
    return Figure(
        "lstm_step",
        "One unit of an LSTM takes one step. The cell state flows along a track from left to right. The forget gate "
        "is a valve on the track, the input gate a valve in the pipe that adds the candidate to it, the output gate "
        "a valve in the branch that leads through a tanh to the hidden state. Sliders set the input, both states, "
        "the weights and the biases; under the picture stands each equation with its numbers. A button takes the "
        "step again with the new states. Shutting the output gate hides the cell state and does not change it.",
        {**state, "trace": []},
    )


@remembers_call
def gru_step(
    x: float = 0.5,
    h: float = -0.8,
    reset_after: bool = True,
    kernel: Sequence[float] = (1.0, -1.0, 1.5),
    recurrent_kernel: Sequence[float] = (1.0, 0.5, 2.0),
    bias: Sequence[float] = (0.5, 0.0, 0.0),
    recurrent_bias: Sequence[float] = (0.0, 0.0, 1.0),
) -> Figure:
    """One step of a GRU with one unit, in Keras's convention: z keeps the old state.

    Parameters
    ----------
    x, h : the input, −3 to 3, and the old state, −1 to 1.
    reset_after : whether the reset gate acts after the product with the recurrent kernel; the reader may switch.
    kernel, recurrent_kernel : three weights each, in Keras's order z, r, h; −4 to 4.
    bias, recurrent_bias : the two rows of Keras's bias, −8 to 8. Without ``reset_after`` there is no second one.

    Raises
    ------
    ValueError
        For a number that is none or lies outside, and for more or fewer than three.
    """
    state = {"x": _number("x", x, _INPUT), "h": _number("h", h, _HIDDEN), "reset_after": bool(reset_after)}
    state |= _block("w", "kernel", kernel, "zrh", _WEIGHT)
    state |= _block("u", "recurrent_kernel", recurrent_kernel, "zrh", _WEIGHT)
    state |= _block("b", "bias", bias, "zrh", _BIAS)
    state |= _block("v", "recurrent_bias", recurrent_bias, "zrh", _BIAS)
    return Figure(
        "gru_step",
        "One unit of a GRU takes one step. The state flows along a track from left to right. One gate, z, moves two "
        "valves at once: the one on the track is open by z, the one in the pipe that brings the candidate by 1 − z. "
        "The reset gate r is a valve between the old state and the candidate, before or after the product with the "
        "weight. Sliders set the input, the state, the weights and the biases; under the picture stands each "
        "equation with its numbers. With one unit, resetting before or after the product differs only by the second "
        "bias.",
        {**state, "trace": []},
    )


def _block(letter: str, name: str, values: Sequence[float], blocks: str, limit: float) -> dict[str, Any]:
    values = list(values)
    if len(values) != len(blocks):
        raise ValueError(f"{name} has {len(values)} numbers, expected {len(blocks)}, in the order {', '.join(blocks)}.")
    return {f"{letter}_{block}": _number(name, value, limit) for block, value in zip(blocks, values, strict=True)}


def _number(name: str, value: float, limit: float) -> float:
    if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value) or abs(value) > limit:
        raise ValueError(f"{name} is {value!r}, expected a number from −{limit} to {limit}.")
    return float(value)
