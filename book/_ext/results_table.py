"""The `{results}` directive: every experiment and every recorded run as sortable tables, made from the records.

The tables are plain HTML and complete without a script; `_static/sortable.js` makes their headers sort.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from statistics import median
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from helpers.runs import EXPERIMENTS
from helpers.runs.experiments import Experiment
from helpers.runs.records import FOLDER, load_records, mean_sd

DASH = "–"


@dataclass(frozen=True)
class Cell:
    """What a cell shows and, where that does not sort by itself, what it is sorted by."""

    shown: str
    key: float | str | None = None


def experiments() -> list[list[Cell]]:
    """One row an experiment: published against ours."""
    return [_experiment(name, one, load_records(name)) for name, one in EXPERIMENTS.items()]


def _coverage(runs: list[dict[str, Any]]) -> str:
    found = runs[0].get("coverage") if runs else None
    return f", {found['covered']:,} of {found['words']:,} words covered" if found else ""


def _experiment(name: str, one: Experiment, runs: list[dict[str, Any]]) -> list[Cell]:
    test = [100 * run["test_accuracy"] for run in runs]
    mean, sd = mean_sd(test) if runs else (None, None)
    published = 100 * one.published.accuracy if one.published and one.published.accuracy else None
    difference = None
    if runs and published is not None:
        difference = mean_sd([100 * run[_measured_as(one)] for run in runs])[0] - published
    seconds = [second for run in runs if run["history"]["loss"] for second in run["seconds_per_epoch"]]
    dates = sorted({run["date"] for run in runs})
    return [
        Cell(name),
        Cell(one.title + _coverage(runs)),
        Cell(one.protocol),
        Cell(DASH if published is None else f"{published:.1f} ({one.published.on})", published),
        Cell("not trained yet" if not runs else f"{mean:.1f}" + f" ± {sd:.1f}" * (len(runs) > 1), mean),
        Cell(DASH if difference is None else f"{difference:+.1f}".replace("-", "−"), difference),
        Cell(f"{max(test):.1f}" if len(runs) > 1 else DASH, max(test, default=None)),
        Cell(str(len(runs)), len(runs)),
        Cell(f"{runs[0]['parameters']:,}" if runs else DASH, runs[0]["parameters"] if runs else None),
        Cell(f"{median(seconds):.1f}" if seconds else DASH, median(seconds) if seconds else None),
        Cell(" to ".join(dict.fromkeys((dates[0], dates[-1]))) if dates else DASH, dates[-1] if dates else None),
    ]


def _measured_as(one: Experiment) -> str:
    """Which of our accuracies was taken on the same reviews as the published one."""
    return "validation_accuracy" if one.published.on == "validation set" else "test_accuracy"


def single_runs() -> list[list[Cell]]:
    """One row a recorded run."""
    rows = []
    for name in EXPERIMENTS:
        for run in load_records(name):
            versions = run["versions"]
            rows.append(
                [
                    Cell(name),
                    Cell(str(run["seed"]), run["seed"]),
                    Cell(f"{100 * run['validation_accuracy']:.2f}", run["validation_accuracy"]),
                    Cell(f"{100 * run['test_accuracy']:.2f}", run["test_accuracy"]),
                    Cell(f"{run['n_train']:,}", run["n_train"]),
                    Cell(str(len(run["history"]["loss"])), len(run["history"]["loss"])),
                    Cell(f"{sum(run['seconds_per_epoch']):.0f}", sum(run["seconds_per_epoch"])),
                    Cell(f"{run['load_average']:.1f}" if "load_average" in run else DASH, run.get("load_average")),
                    Cell(run["date"]),
                    Cell(run["device"]),
                    Cell(", ".join(f"{versions[one]}" for one in ("tensorflow", "keras", "numpy", "python"))),
                ]
            )
    return rows


TABLES = {
    "experiments": (
        "Published and ours: test accuracy in %, mean ± standard deviation over the seeds.",
        "id model protocol published ours difference best_seed seeds parameters s/epoch recorded".split(),
        experiments,
    ),
    "runs": (
        "Every recorded run: accuracies in %, seconds of the whole training.",
        "id seed validation test reviews epochs seconds load date device TensorFlow,_Keras,_NumPy,_Python".split(),
        single_runs,
    ),
}


def to_html(caption: str, header: list[str], rows: list[list[Cell]]) -> str:
    """A table whose headers `sortable.js` turns into buttons. A scrolling box must be reachable by keyboard."""
    head = "".join(f'<th scope="col">{html.escape(title.replace("_", " "))}</th>' for title in header)
    body = "".join(f"<tr>{''.join(_td(cell) for cell in row)}</tr>\n" for row in rows)
    label = html.escape(caption, quote=True)
    return (
        f'<div class="rnn-table rnn-sortable" tabindex="0" role="region" aria-label="{label}">\n<table>'
        f"<caption>{html.escape(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody></table></div>"
    )


def _td(cell: Cell) -> str:
    key = "" if cell.key is None else f' data-key="{html.escape(str(cell.key), quote=True)}"'
    return f"<td{key}>{html.escape(cell.shown)}</td>"


class Results(SphinxDirective):
    """``{results} experiments`` or ``{results} runs``."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        if self.arguments[0] not in TABLES:
            raise self.error(f"results knows {' and '.join(TABLES)}, not {self.arguments[0]}")
        for path in FOLDER.glob("*/seed-*.json"):
            self.env.note_dependency(str(path))
        caption, header, make = TABLES[self.arguments[0]]
        return [nodes.raw("", to_html(caption, header, make()), format="html")]


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_directive("results", Results)
    app.add_js_file("sortable.js", loading_method="defer")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
