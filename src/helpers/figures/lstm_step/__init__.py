"""One step of an LSTM, its gates as valves."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.figures.figure import Figure, remembers_call
from helpers.figures.steps import BIAS, CELL, HIDDEN, INPUT, WEIGHT, block, number


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
    state = {"x": number("x", x, INPUT), "h": number("h", h, HIDDEN), "c": number("c", c, CELL)}
    state |= block("w", "kernel", kernel, "ifco", WEIGHT)
    state |= block("u", "recurrent_kernel", recurrent_kernel, "ifco", WEIGHT)
    state |= block("b", "bias", bias, "ifco", BIAS)
    return Figure(
        "lstm_step",
        "One unit of an LSTM takes one step. The cell state flows along a track from left to right. The forget gate "
        "is a valve on the track, the input gate a valve in the pipe that adds the candidate to it, the output gate "
        "a valve in the branch that leads through a tanh to the hidden state. Sliders set the input, both states, "
        "the weights and the biases; under the picture stands each equation with its numbers. A button takes the "
        "step again with the new states. Shutting the output gate hides the cell state and does not change it.",
        {**state, "trace": []},
    )
