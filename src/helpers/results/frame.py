"""The records as tidy tables: one row a seed (:func:`frame`), one row an epoch (:func:`curves`); accuracies in %.

>>> frame("b1-simplernn", "b2-lstm").groupby("experiment").test.agg(["mean", "std"])  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from helpers.experiments import EXPERIMENTS, experiment, family
from helpers.results import records

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "experiment title family protocol seed test validation best_validation train epochs chosen_epoch best_epoch capped "
    "seconds seconds_per_epoch parameters n_train n_validation n_test load device date"
).split()
CURVES = "experiment seed epoch accuracy loss val_accuracy val_loss seconds".split()


def frame(*names: str) -> pd.DataFrame:
    """One row for each recorded seed of the experiments named, or of all.

    Returns
    -------
    DataFrame
        The columns are :data:`COLUMNS`. ``test``, ``validation``, ``best_validation`` and ``train`` are accuracies in
        per cent: on the test set, on the validation set after the epoch that was kept, there at best, and on the
        training set after that epoch. ``best_epoch`` has the highest validation accuracy. ``capped`` is whether a run
        that may stop by itself went on to its last epoch. ``seconds`` are those of the whole training,
        ``seconds_per_epoch`` their median. What a linear model has not (epochs, train) is missing.

    Raises
    ------
    ValueError
        For an id that there is not.
    """
    import pandas as pd

    rows = [_row(name, record) for name in names or EXPERIMENTS for record in _of(name)]
    return pd.DataFrame(rows, columns=COLUMNS)


def curves(*names: str) -> pd.DataFrame:
    """One row for each epoch of each recorded seed; accuracies in per cent, ``seconds`` from the start to its end.

    Raises
    ------
    ValueError
        For an id that there is not.
    """
    import pandas as pd

    rows = []
    for name in names or EXPERIMENTS:
        for record in _of(name):
            history, seconds = record["history"], np.cumsum(record["seconds_per_epoch"])
            for epoch in range(len(history.get("loss", ()))):
                rows.append(
                    {
                        "experiment": name,
                        "seed": record["seed"],
                        "epoch": epoch + 1,
                        "accuracy": 100 * history["accuracy"][epoch],
                        "loss": history["loss"][epoch],
                        "val_accuracy": 100 * history["val_accuracy"][epoch],
                        "val_loss": history["val_loss"][epoch],
                        "seconds": seconds[epoch],
                    }
                )
    return pd.DataFrame(rows, columns=CURVES)


def _of(name: str) -> list[dict[str, Any]]:
    experiment(name)
    return records.load_records(name)


def _row(name: str, record: dict[str, Any]) -> dict[str, Any]:
    chosen, history = experiment(name), record["history"]
    epochs = len(history.get("loss", ()))
    kept = record.get("chosen_epoch") or epochs
    return {
        "experiment": name,
        "title": chosen.title,
        "family": family(name),
        "protocol": chosen.protocol,
        "seed": record["seed"],
        "test": 100 * record["test_accuracy"],
        "validation": 100 * record["validation_accuracy"],
        "best_validation": 100 * (max(history["val_accuracy"]) if epochs else record["validation_accuracy"]),
        "train": 100 * history["accuracy"][kept - 1] if epochs else np.nan,
        "epochs": epochs or np.nan,
        "chosen_epoch": kept or np.nan,
        "best_epoch": 1 + int(np.argmax(history["val_accuracy"])) if epochs else np.nan,
        "capped": bool(chosen.patience) and epochs == chosen.fit["epochs"],
        "seconds": sum(record["seconds_per_epoch"]),
        "seconds_per_epoch": float(np.median(record["seconds_per_epoch"])) if epochs else np.nan,
        "parameters": record["parameters"],
        "n_train": record["n_train"],
        "n_validation": record.get("n_validation", np.nan),
        "n_test": record["n_test"],
        "load": record.get("load_average", np.nan),
        "device": record["device"],
        "date": record["date"],
    }
