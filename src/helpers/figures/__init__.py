"""Interactive figures, the same in JupyterLab, in Colab and in the built book.

``figures.half_life()`` as the last line of a cell shows the figure. Each has a folder of its name: the function in
``__init__.py``, all that moves as JavaScript in ``view.mjs``, so that a reader of the book needs no kernel, and what it
computes in ``model.mjs``. What several figures use is in ``shared/``. ``figure.state`` gives what the reader has set,
where there is one.
"""

from __future__ import annotations

from helpers.figures.figure import Figure
from helpers.figures.gradient_highway import gradient_highway
from helpers.figures.gru_step import gru_step
from helpers.figures.half_life import half_life
from helpers.figures.lstm_step import lstm_step
from helpers.figures.padding_bench import padding_bench
from helpers.figures.parameter_counter import parameter_counter
from helpers.figures.read_review import read_review
from helpers.figures.results_explorer import results_explorer
from helpers.figures.unroll import unroll

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
