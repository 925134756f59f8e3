"""What ``make bench`` measured: ways to train one model, compared by the time to the same validation accuracy.

Also the times that a chapter takes while it runs (:func:`timed`): a page shows a recorded measurement, not what some
machine happened to need when the page was made.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable
from typing import Any

from helpers.modes import current_mode
from helpers.results.records import FOLDER
from helpers.results.table import Table

BENCH = FOLDER / "bench"
PLAIN = "plain"


def load_trainings() -> list[dict[str, Any]]:
    """Every recorded training of the benchmark: recipe, seed, validation accuracy and seconds after each epoch."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(BENCH.glob("train-*.json"))]


def load(name: str) -> dict[str, Any]:
    """Another recorded benchmark, such as ``"tokenise"``. ValueError when it has not been run."""
    path = BENCH / f"{name}.json"
    if not path.exists():
        raise ValueError(f"no benchmark {name!r} is recorded: run `make bench`.")
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return record


def timed(name: str, measure: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What ``measure()`` gives, measured here and now; in recorded mode the recorded measurement ``name`` instead.

    The record is ``recorded/bench/NAME.json``, written by ``tools/bench/chapters.py`` from the chapter's own cells.
    """
    if current_mode() != "recorded":
        return measure()
    record = load(name)
    print(f"Recorded times, not measured now: {record['device']}, {record['date']}, load {record['load_average']}.")
    measured: dict[str, Any] = record["measured"]
    return measured


def time_to(accuracy: float, seconds: list[float], accuracies: list[float]) -> float | None:
    """Seconds until a curve first reaches ``accuracy``; None if it never does."""
    return next((second for second, value in zip(seconds, accuracies, strict=True) if value >= accuracy), None)


def compare(found: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """For each recipe: when it reaches the plain version's mean last accuracy, and how many times sooner. Soonest last.

    Seconds and accuracies are means over the seeds, epoch by epoch. The curve of a single seed jumps, and the epoch in
    which it first passes a goal is a lucky one; how many seeds ever pass it is given beside.
    """
    plain = [run for run in found if run["recipe"] == PLAIN]
    if not plain:
        raise ValueError("the plain version is not recorded, so there is nothing to compare with: run `make bench`.")
    target = statistics.fmean(run["validation_accuracy"][-1] for run in plain)
    result: dict[str, dict[str, Any]] = {}
    for name in dict.fromkeys(run["recipe"] for run in found):
        mine = [run for run in found if run["recipe"] == name]
        seconds, accuracies = (_by_epoch(mine, key) for key in ("seconds", "validation_accuracy"))
        alone = [time_to(target, run["seconds"], run["validation_accuracy"]) for run in mine]
        result[name] = {
            "target": round(target, 4),
            "seeds": len(mine),
            "reached": sum(one is not None for one in alone),
            "seconds": time_to(target - 1e-9, seconds, accuracies),  # the target is itself such a mean
            "epochs": len(seconds),
            "last": accuracies[-1],
            "best": max(accuracies),
            "seconds_per_epoch": statistics.median(run["seconds"][-1] / len(run["seconds"]) for run in mine),
        }
    base = result[PLAIN]["seconds"]
    for one in result.values():
        one["times_sooner"] = None if one["seconds"] is None else base / one["seconds"]

    def place(item: tuple[str, dict[str, Any]]) -> tuple[bool, bool, float]:
        name, one = item
        return name != PLAIN, one["seconds"] is None, -(one["seconds"] or one["best"])

    return dict(sorted(result.items(), key=place))


def _by_epoch(found: list[dict[str, Any]], key: str) -> list[float]:
    return [statistics.fmean(values) for values in zip(*(run[key] for run in found), strict=True)]


def table(found: list[dict[str, Any]] | None = None) -> Table:
    """The recipes side by side, out of the records if no trainings are given."""
    found = load_trainings() if found is None else found
    rows = [
        (
            name,
            "–" if one["seconds"] is None else f"{one['seconds']:.0f}",
            "–" if one["times_sooner"] is None else f"{one['times_sooner']:.1f} ×",
            f"{one['reached']} of {one['seeds']}",
            f"{one['seconds_per_epoch']:.1f}",
            f"{100 * one['best']:.1f} %",
            f"{100 * one['last']:.1f} %",
            str(one["epochs"]),
        )
        for name, one in compare(found).items()
    ]
    header = ("way to train", "seconds to the goal", "sooner", "seeds there", "s/epoch", "best", "last", "epochs")
    goal = statistics.fmean(run["validation_accuracy"][-1] for run in found if run["recipe"] == PLAIN)
    caption = (
        f"The goal: {100 * goal:.1f} % on the validation reviews, the plain version's mean after its last epoch. "
        "Accuracies and seconds are means over the seeds; “seeds there”: how many single curves ever pass the goal."
    )
    return Table(header, tuple(rows), caption)
