"""What the chapter on comparing models takes apart: one thing changed at a time, all else as in group B.

``early-…``: group B's own models, stopped by validation and not after a number of epochs that somebody picked.
``curve-…``: fewer training reviews. ``cure-…``: one remedy against overfitting. ``grid-…``: padding in front or
behind, masked or not, the first or the last words kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import product
from typing import Any

from helpers.experiments import models
from helpers.experiments.published import B_DATA, GROUP_B, b_fit
from helpers.experiments.spec import Experiment

CELLS = {"rnn": "SimpleRNN", "lstm": "LSTM", "gru": "GRU"}
# Epochs at most: the fewer the reviews, the fewer steps an epoch has, and the more epochs are needed.
CURVE_EPOCHS = {500: 40, 2_000: 30, 8_000: 15, 20_000: 10}


def recurrent(cell: str, masked: bool, layers: Any) -> Any:
    """Group B's model around one cell of 32 units."""
    return models.textbook(getattr(layers, CELLS[cell])(32), mask_zero=masked)


def no_cure(layers: Any, units: int = 32, **settings: Any) -> Any:
    """Group B's LSTM without its two dropout layers."""
    return models.undropped(layers.LSTM(units, **settings))


CURES: dict[str, Callable[[Any], Any]] = {
    "none": no_cure,
    "spatial": lambda layers: models.undropped(layers.LSTM(32), spatial=0.4),
    "output": lambda layers: models.undropped(layers.LSTM(32), output=0.4),
    "inputs": partial(no_cure, dropout=0.4),
    "recurrent": partial(no_cure, recurrent_dropout=0.4),
    "decay": lambda layers: models.undropped(layers.LSTM(32), weight_decay=0.01),
    "strong": lambda layers: models.undropped(layers.LSTM(32), weight_decay=1.0),
    "small": partial(no_cure, units=8),
    "early": no_cure,
}


def _early() -> dict[str, Experiment]:
    chosen = ("b1-simplernn", "b2-lstm", "b3-gru", "b4-bilstm", "b5-stacked-lstm")
    return {
        f"early-{name}": replace(GROUP_B[name], fit=b_fit(15), patience=3, published=None, keep_weights=False)
        for name in chosen
    }


def _curves() -> dict[str, Experiment]:
    return {
        f"curve-{cell}-{n}": Experiment(
            f"{CELLS[cell]}(32), {n:,} training reviews",
            B_DATA,
            build=partial(recurrent, cell, False),
            fit={"batch_size": 32, "epochs": epochs, "validation_split": 0.2},
            n_train=n,
            patience=4,
            jit_compile=True,
        )
        for cell, (n, epochs) in product(CELLS, CURVE_EPOCHS.items())
    }


def _cures() -> dict[str, Experiment]:
    return {
        f"cure-{name}": Experiment(
            f"LSTM, against overfitting: {name}",
            B_DATA,
            build=build,
            fit=b_fit(8),
            patience=2 if name == "early" else None,
            jit_compile=True,
        )
        for name, build in CURES.items()
    }


def _grid() -> dict[str, Experiment]:
    return {
        f"grid-{padding}-{mask}-{kept}-{cell}": Experiment(
            f"{CELLS[cell]}(32), zeros {padding}, {mask}, {kept} words",
            replace(B_DATA, padding=padding, truncating={"first": "post", "last": "pre"}[kept]),
            build=partial(recurrent, cell, mask == "mask"),
            fit=b_fit(4),
            jit_compile=True,
        )
        for padding, mask, kept, cell in product(("pre", "post"), ("mask", "none"), ("first", "last"), CELLS)
    }


EARLY, CURVES, CURES_TRIED, GRID = _early(), _curves(), _cures(), _grid()
