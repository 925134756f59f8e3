"""What a chapter calls: train a model, or reload its recorded run, and evaluate it.

A notebook writes its model out and hands it to :func:`fit`, which wraps ``model.fit`` and nothing else::

    run = runs.fit(model, "b1-simplernn", x, y, source=imdb.source, batch_size=128, epochs=10, validation_split=0.2)
    runs.evaluate(model, run, x_test, y_test)

The mode (:mod:`helpers.modes`) decides whether that trains for seconds, trains in full, or loads the recorded run.
"""

from __future__ import annotations

import datetime
import time
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from helpers import data
from helpers.experiments import experiment
from helpers.experiments.word_vectors import embedding
from helpers.modes import MODES, QUICK_EPOCHS, QUICK_REVIEWS, current_mode, device, set_seed, use_mode
from helpers.results import quote, records, table
from helpers.results.benchmarks import timed
from helpers.text import Vocabulary

__all__ = [
    "MODES", "Run", "answers", "current_mode", "device", "evaluate", "experiment", "fit", "load_weights", "quick_slice",
    "quote", "recorded", "set_seed", "table", "timed", "use_mode", "vocabulary",
]  # fmt: skip

OTHER_DATA = "other reviews than the recorded ones"
OTHER_VECTORS = "other word vectors than the recorded ones"


@dataclass(frozen=True)
class Run:
    """One training and what it was made of. ``history`` maps a metric to its value after each epoch."""

    experiment: str
    mode: str
    seed: int | None
    n: int  # training reviews, validation reviews not counted
    source: str  # of the data: "folder", "tfds", "download" or "sample"
    device: str
    date: str
    seconds: float
    history: dict[str, list[float]]
    test_accuracy: float | None = None  # known beforehand for a recorded run only
    here: str = ""  # what the reviews on this machine are, where they are not those of the recorded runs

    @property
    def training_stamp(self) -> str:
        """One line that says how far to trust a training: mode, seed, n, device, date, and "sample data" if so."""
        seed = "seed not set" if self.seed is None else f"seed {self.seed}"
        parts = [f"{self.mode} mode", seed, f"n = {self.n:,}", self.device, self.date]
        if self.mode != "recorded":
            parts += [self.here or "sample data"] if self.here or self.source == "sample" else []
        return " · ".join(parts)

    @property
    def stamp(self) -> str:
        """The same for what the network makes of the reviews that this machine has."""
        if self.mode == "recorded" and self.here:
            return f"{self.training_stamp} · applied to {self.here}"
        return self.training_stamp


def quick_slice(array: Any, n: int = QUICK_REVIEWS) -> Any:
    """``n`` evenly spaced rows in quick mode, everything otherwise.

    Evenly spaced and not the first ``n``: a data set may be sorted by label.
    """
    if current_mode() != "quick" or len(array) <= n:
        return array
    return array[np.linspace(0, len(array) - 1, n).astype(int)]


def fit(
    model: Any,
    name: str,
    x: np.ndarray,
    y: np.ndarray,
    *,
    source: str,
    seed: int | None = None,
    batch_size: int = 32,
    epochs: int = 1,
    **settings: Any,
) -> Run:
    """Train ``model`` as experiment ``name``, or load its recorded run, as the mode says.

    Parameters
    ----------
    model : compiled Keras model. Trained, or (recorded mode) given the recorded weights, in place.
    name : experiment id; ``helpers.experiments.EXPERIMENTS`` has them all.
    x, y : training inputs ``(n, length)`` and labels ``(n,)``.
    source : where the data came from, as the loaders of :mod:`helpers.data` say it.
    seed : the seed you set before building the model, for the stamp.
    batch_size, epochs, **settings : handed to ``model.fit``.

    Raises
    ------
    ValueError
        Unknown id; in recorded mode also: nothing recorded, another architecture, other settings.
    """
    chosen = experiment(name)
    mode = current_mode()
    settings = {"batch_size": batch_size, "epochs": epochs, **settings}
    if mode == "recorded":
        return _reload(model, name, chosen.fit, settings, source)
    if mode == "quick":
        settings["epochs"] = min(epochs, QUICK_EPOCHS)
        x, y = quick_slice(x), quick_slice(y)
    start = time.perf_counter()
    history = model.fit(x, y, verbose=1 if mode == "full" else 0, **settings).history
    return Run(
        experiment=name,
        mode=mode,
        seed=seed,
        n=len(x) - _held_out(len(x), settings),
        source=source,
        device=device(),
        date=datetime.date.today().isoformat(),
        seconds=time.perf_counter() - start,
        history={key: [float(value) for value in values] for key, values in history.items()},
        here=_here(name, source),
    )


def _here(name: str, source: str) -> str:
    """What the data on this machine are, in words; empty where they are those of the recorded runs."""
    if source == "sample":
        return "sample data"
    reviews, vectors = experiment(name).data_sets()
    other = [OTHER_DATA] * (not data.are_recorded(*reviews))
    return ", ".join(other + [OTHER_VECTORS] * bool(vectors and not data.are_recorded(*vectors)))


def _held_out(n: int, settings: dict[str, Any]) -> int:
    """How many rows Keras's ``validation_split`` holds back: the last ones."""
    return n - int(n * (1 - settings.get("validation_split", 0.0)))


def _reload(model: Any, name: str, registered: dict[str, Any], settings: dict[str, Any], source: str) -> Run:
    run = recorded(name)
    record = records.load_records(name)[0]
    plain = {key: value for key, value in settings.items() if key in registered}
    if plain != record["settings"]:
        raise ValueError(
            f"this cell trains with {plain}, but the recorded {name} was trained with {record['settings']}."
        )
    records.check_architecture(model, record["architecture"], name)
    model.set_weights(load_weights(name))
    print(
        f"Loaded the recorded run of {name} instead of training: {len(run.history['loss'])} epochs, "
        f"{run.seconds:.0f} s on a {record['device']}, {run.date}."
    )
    return replace(run, here=_here(name, source))


def load_weights(name: str) -> list[np.ndarray]:
    """The recorded weights of an experiment's first seed, in the order of ``model.get_weights()``.

    A frozen embedding is not kept: it is made again from GloVe's vectors.

    Raises
    ------
    ValueError
        If no weights are recorded, or the vectors of a frozen embedding are not to be had.
    """
    first, *others = records.load_weights(name)
    if first is None:
        first, coverage = embedding(experiment(name))
        if coverage["source"] == "sample" or coverage["words"] != records.load_records(name)[0]["coverage"]["words"]:
            raise ValueError(
                f"the recorded {name} needs GloVe's vectors for its frozen embedding, and they are not to be had here: "
                "go online and run again, or set RNN_DATA to a folder with glove/glove.6B.100d.txt."
            )
    return [first, *(weight for weight in others if weight is not None)]  # only an embedding can be frozen


def vocabulary(name: str, counted: Vocabulary) -> Vocabulary:
    """``counted``; in recorded mode what was counted for the recorded run, for its weights belong to those codes."""
    if current_mode() != "recorded":
        return counted
    kept = records.load_vocabulary(name)
    if kept.codes != counted.codes:
        print(f"The words have the codes of the recorded {name}, to which its weights belong, not those counted here.")
    return kept


def recorded(name: str, seed: int | None = None) -> Run:
    """The recorded run of an experiment: its first seed, or the seed asked for. ValueError when there is none."""
    found = {record["seed"]: record for record in records.load_records(name)}
    if not found:
        experiment(name)
        raise ValueError(
            f"{name} has no recorded run: train it with `python -m tools.train {name}`, or use quick or full mode."
        )
    if seed is not None and seed not in found:
        raise ValueError(f"{name} is recorded with seeds {', '.join(map(str, found))}, not {seed}.")
    record = found[next(iter(found)) if seed is None else seed]
    return Run(
        experiment=name,
        mode="recorded",
        seed=record["seed"],
        n=record["n_train"],
        source=record["source"],
        device=record["device"],
        date=record["date"],
        seconds=sum(record["seconds_per_epoch"]),
        history=record["history"],
        test_accuracy=record["test_accuracy"],
    )


def evaluate(model: Any, run: Run, x_test: np.ndarray, y_test: np.ndarray) -> float:
    """The accuracy of ``model`` on the test set: call it once, when every choice is made.

    After a recorded run this is the recorded test accuracy, and the test set stays untouched; where the reviews here
    are not the recorded ones, a second line says what the loaded weights make of them. In quick mode it is the accuracy
    on a slice. Prints the number with its stamp and returns it as a fraction.
    """
    if run.mode != "recorded" or run.test_accuracy is None:
        accuracy = _accuracy(model, x_test, y_test)
        print(f"test accuracy {100 * accuracy:.1f} %   [{run.stamp}]")
        return accuracy
    print(f"test accuracy {100 * run.test_accuracy:.1f} %   [{run.training_stamp}]")
    if run.here:
        print(f"{100 * _accuracy(model, x_test, y_test):.1f} % of {len(y_test):,} test reviews here   [{run.here}]")
    return run.test_accuracy


def _accuracy(model: Any, x_test: np.ndarray, y_test: np.ndarray) -> float:
    metrics = model.evaluate(quick_slice(x_test), quick_slice(y_test), verbose=0, return_dict=True)
    return float(metrics["accuracy"])


def answers(model: Any, run: Run, x_test: np.ndarray, y_test: np.ndarray) -> np.ndarray:
    """What ``model`` calls each test review: int array ``(n,)`` of 0 and 1.

    After a recorded run, and with the reviews that it was recorded with, these are the recorded network's own answers,
    and the test set stays untouched. ``run.stamp`` says where they are not.
    """
    if run.mode == "recorded" and not run.here and len(y_test) == len(right := records.right(run.experiment, run.seed)):
        return np.where(right, y_test, 1 - np.asarray(y_test))
    return (model.predict(x_test, batch_size=512, verbose=0)[:, 0] > 0.5).astype(int)
