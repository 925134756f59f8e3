"""Interactive figures: one file each, the same in JupyterLab, in Colab and in the built book.

``figures.half_life()`` as the last line of a cell shows the figure. All that moves is JavaScript in ``NAME.mjs``
beside this file, so that a reader of the book needs no kernel. ``figure.state`` gives what the reader has set, where
there is one.
"""

from __future__ import annotations

from helpers.figures.counter import parameter_counter
from helpers.figures.figure import Figure, remembers_call
from helpers.figures.highway import gradient_highway
from helpers.figures.padding import padding_bench
from helpers.figures.results import results_explorer
from helpers.figures.review import read_review
from helpers.figures.steps import gru_step, lstm_step
from helpers.figures.unrolling import unroll

__all__ = [
    "Figure",
    "gradient_highway",
    "gru_step",
    "half_life",
    "lstm_step",
    "padding_bench",
    "parameter_counter",
    "read_review",
    "results_explorer",
    "unroll",
]


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
