"""The `{results}` directive: the repeated experiments, and every run, as sortable tables made from the records.

The tables are complete without a script; `_static/sortable.js` makes their headers sort.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from helpers.experiments import EXPERIMENTS, REPEATED, Experiment, experiment
from helpers.results import Cell, Table, frame, points, spread
from helpers.results.records import FOLDER, load_records
from helpers.results.table import DASH

VERSIONS = ("tensorflow", "keras", "numpy", "python")


def experiments() -> Table:
    """One row an experiment: published against ours."""
    runs = frame(*REPEATED)
    header = "id model protocol published ours difference seeds parameters s/epoch recorded".split()
    return Table(
        [name.replace("_", " ") for name in header],
        [_experiment(name, experiment(name), runs[runs.experiment == name]) for name in REPEATED],
        "Published and ours: test accuracy in %, mean ± standard deviation over the seeds.",
        label="Every experiment: published and ours",
        sortable=True,
    )


def _experiment(name: str, one: Experiment, runs: pd.DataFrame) -> list[Cell]:
    published = 100 * one.published.accuracy if one.published and one.published.accuracy else None
    if runs.empty:
        missing = Cell(DASH)
        return [
            Cell(name), Cell(one.title), Cell(one.protocol), _published(one), Cell("not trained yet"),
            missing, Cell("0", 0), missing, missing, missing,
        ]  # fmt: skip
    test, seconds = runs.test, runs.seconds_per_epoch.dropna()
    difference = None if published is None else runs[_measured_as(one)].mean() - published
    parameters = int(runs.parameters.iloc[0])
    return [
        Cell(name),
        Cell(one.title + _coverage(name)),
        Cell(one.protocol),
        _published(one),
        Cell(spread(test, "").rstrip(), test.mean()),
        Cell(DASH) if difference is None else Cell(points(difference), difference),
        Cell(str(len(runs)), len(runs)),
        Cell(f"{parameters:,}", parameters),
        Cell(DASH) if seconds.empty else Cell(f"{seconds.median():.1f}", seconds.median()),
        Cell(" to ".join(dict.fromkeys((runs.date.min(), runs.date.max()))), runs.date.max()),
    ]


def _published(one: Experiment) -> Cell:
    if not one.published or not one.published.accuracy:
        return Cell(DASH)
    return Cell(f"{100 * one.published.accuracy:.1f} ({one.published.on})", 100 * one.published.accuracy)


def _measured_as(one: Experiment) -> str:
    """Which of our accuracies was taken on the same reviews as the published one."""
    return "validation" if one.published and one.published.on == "validation set" else "test"


def _coverage(name: str) -> str:
    found = load_records(name)[0].get("coverage")
    return f", {found['covered']:,} of {found['words']:,} words covered" if found else ""


def single_runs() -> Table:
    """One row a recorded run, of every experiment."""
    header = "id protocol seed validation test reviews epochs ended seconds load date device".split()
    versions = {(name, record["seed"]): _versions(record) for name in EXPERIMENTS for record in load_records(name)}
    rows = [[*_run(run), Cell(versions[run.experiment, run.seed])] for run in frame().itertuples()]
    return Table(
        [*header, "TensorFlow, Keras, NumPy, Python"],
        rows,
        "Every recorded run: accuracies in %, seconds of the whole training.",
        label="Every recorded run",
        sortable=True,
    )


def _run(run: Any) -> list[Cell]:
    epochs = 0 if np.isnan(run.epochs) else int(run.epochs)
    return [
        Cell(run.experiment),
        Cell(run.protocol),
        Cell(str(run.seed), run.seed),
        Cell(f"{run.validation:.2f}", run.validation),
        Cell(f"{run.test:.2f}", run.test),
        Cell(f"{run.n_train:,}", run.n_train),
        Cell(str(epochs) if epochs else DASH, epochs),
        Cell(_ended(run)),
        Cell(f"{run.seconds:.0f}", run.seconds),
        Cell(DASH) if np.isnan(run.load) else Cell(f"{run.load:.1f}", run.load),
        Cell(run.date),
        Cell(run.device),
    ]


def _ended(run: Any) -> str:
    """What ended a training: a number of epochs fixed beforehand, validation, or the last epoch it might have."""
    if np.isnan(run.epochs):
        return DASH
    if not experiment(run.experiment).patience:
        return "as planned"
    return "last epoch" if run.capped else "validation"


def _versions(record: dict[str, Any]) -> str:
    return ", ".join(record["versions"][one] for one in VERSIONS)


TABLES = {"experiments": experiments, "runs": single_runs}


class Results(SphinxDirective):
    """``{results} experiments`` or ``{results} runs``."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        if self.arguments[0] not in TABLES:
            raise self.error(f"results knows {' and '.join(TABLES)}, not {self.arguments[0]}")
        for name in EXPERIMENTS if self.arguments[0] == "runs" else REPEATED:
            for path in (FOLDER / name).glob("seed-*.json"):
                self.env.note_dependency(str(path))
        return [nodes.raw("", TABLES[self.arguments[0]]()._repr_html_(), format="html")]


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_directive("results", Results)
    app.add_js_file("sortable.js", loading_method="defer")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
