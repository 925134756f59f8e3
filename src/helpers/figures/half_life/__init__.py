"""How long an LSTM keeps what it stored."""

from __future__ import annotations

from helpers.figures.figure import Figure, remembers_call


@remembers_call
def half_life(bias: float = 0.0, steps: int = 100) -> Figure:
    """How long an LSTM keeps what it stored: σ(bias) to the power of the steps, on a logarithmic axis.

    Parameters
    ----------
    bias : of the forget gate, −2 to 8.
    steps : how many time steps are shown, 10 to 500.
    """
    return Figure(
        "half_life",
        "A slider sets the bias b of an LSTM's forget gate. A line shows the share of the cell state that is left "
        "after each step: the gate σ(b), multiplied with itself. At b = 0 the share halves with every step. At b = 1, "
        "where Keras starts, the half-life is 2.2 steps; at b = 5 it is 103 steps.",
        {"bias": bias, "steps": steps},
    )
