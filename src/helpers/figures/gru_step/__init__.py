"""One step of a GRU, its gates as valves."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.figures.figure import Figure, remembers_call
from helpers.figures.steps import BIAS, HIDDEN, INPUT, WEIGHT, block, number


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
    state = {"x": number("x", x, INPUT), "h": number("h", h, HIDDEN), "reset_after": bool(reset_after)}
    state |= block("w", "kernel", kernel, "zrh", WEIGHT)
    state |= block("u", "recurrent_kernel", recurrent_kernel, "zrh", WEIGHT)
    state |= block("b", "bias", bias, "zrh", BIAS)
    state |= block("v", "recurrent_bias", recurrent_bias, "zrh", BIAS)
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
