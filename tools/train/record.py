"""One run and its record: what is to be trained, the data it needs, and what is written."""

from __future__ import annotations

import datetime
import os
from typing import Any, NamedTuple

import numpy as np

from helpers import data, fingerprints
from helpers.experiments import build, experiment
from helpers.modes import device
from helpers.results import records
from helpers.text import Vocabulary
from tools.train.linear import fit_linear
from tools.train.network import train_network

FIRST = 1  # the seed whose weights are kept


class Task(NamedTuple):
    """One seed of one experiment."""

    name: str
    seed: int


class Made(NamedTuple):
    """What a run made: its record, and the weights if they are to be kept."""

    record: dict[str, Any]
    weights: list[np.ndarray] | None
    vocabulary: Vocabulary | None = None  # kept beside the weights: without it their rows mean nothing


def to_do(name: str, seeds: int, again: bool = False) -> list[Task]:
    """The seeds of an experiment that have no record yet, or all of them. A linear model draws nothing: it has one.

    Raises
    ------
    ValueError
        For an id that there is not.
    """
    wanted = range(FIRST, FIRST + (seeds if experiment(name).build else 1))
    done = set() if again else {record["seed"] for record in records.load_records(name)}
    return [Task(name, seed) for seed in wanted if seed not in done]


def load(name: str) -> Any:
    """The data of an experiment.

    Raises
    ------
    ValueError
        If they are not those that every record is made of: sample data, other reviews, other vectors.
    """
    if experiment(name).build:
        build(name)  # what is wrong with the model is said now, and not after the data are loaded
    loaded = experiment(name).data.load()
    strangers = [
        f"{known} ({one.source})"
        for known, one in data.loaded().items()
        if known in experiment(name).data.data_sets() and not one.recorded
    ]
    if strangers:
        raise ValueError(
            f"{name} cannot be recorded: {', '.join(strangers)} are not the data of the other records. Set RNN_DATA to "
            "the folder that has them."
        )
    return loaded


def make(task: Task, loaded: Any) -> Made:
    """Train one seed; nothing is written."""
    chosen = experiment(task.name)
    if chosen.build:
        measured, weights = train_network(task.name, task.seed, loaded)
    else:
        measured, weights = fit_linear(task.name, loaded), None
    sets = [*chosen.data.data_sets(), *(["GloVe"] if chosen.vectors else [])]
    record = {
        "experiment": task.name,
        "seed": task.seed,
        "source": getattr(loaded, "source", None) or next(iter(loaded.values())).train.source,
        "data": {name: fingerprints.RECORDED[name] for name in sets},
        "device": f"{device()} ({os.cpu_count()} cores)",
        "date": datetime.date.today().isoformat(),
        "versions": records.versions(),
        "load_average": round(os.getloadavg()[0], 2),  # other work on the machine makes the seconds longer
        **measured,
    }
    if not (weights and chosen.keep_weights and task.seed == FIRST):
        return Made(record, None)
    return Made(record, weights, loaded.vocabulary)


def keep(made: Made) -> str:
    """Write a record; a line that says what it is."""
    name = made.record["experiment"]
    left_out = 1 if experiment(name).vectors else 0  # the embedding: GloVe's, made again when the weights are loaded
    records.save_record(name, made.record, made.weights, left_out)
    if made.vocabulary:
        records.save_vocabulary(name, made.vocabulary)
    seconds = sum(made.record["seconds_per_epoch"])
    return f"{name} seed {made.record['seed']}: test {made.record['test_accuracy']:.4f}, {seconds:.0f} s"
