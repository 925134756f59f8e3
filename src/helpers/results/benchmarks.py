"""What ``make bench`` measured: ways to train one model, by seconds an epoch and by accuracy after equally many.

Also the times that a chapter takes while it runs (:func:`timed`): a page shows a recorded measurement, not what some
machine happened to need when the page was made.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable
from typing import Any

from helpers.modes import current_mode
from helpers.results.formats import spread
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
    print(f"Recorded, not measured now: {record['device']}, {record['date']}, load {record['load_average']}.")
    measured: dict[str, Any] = record["measured"]
    return measured


def compare(found: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """For each recipe: seconds an epoch, and the accuracies of its seeds after equally many epochs and after its last.

    ``shared`` are the accuracies after the last epoch that every recipe has seen: with these, like is compared with
    like. A recipe that was trained for longer has a later last epoch. Plain first, then the slowest epoch first.
    """
    if not any(run["recipe"] == PLAIN for run in found):
        raise ValueError("the plain version is not recorded, so there is nothing to compare with: run `make bench`.")
    shared = min(len(run["validation_accuracy"]) for run in found)
    result: dict[str, dict[str, Any]] = {}
    for name in dict.fromkeys(run["recipe"] for run in found):
        mine = [run for run in found if run["recipe"] == name]
        result[name] = {
            "seeds": len(mine),
            "epochs": len(mine[0]["seconds"]),
            "seconds_per_epoch": statistics.median(run["seconds"][-1] / len(run["seconds"]) for run in mine),
            "shared_epochs": shared,
            "shared": [run["validation_accuracy"][shared - 1] for run in mine],
            "last": [run["validation_accuracy"][-1] for run in mine],
        }
    return dict(sorted(result.items(), key=lambda item: (item[0] != PLAIN, -item[1]["seconds_per_epoch"])))


def table(found: list[dict[str, Any]] | None = None) -> Table:
    """The recipes side by side, out of the records if no trainings are given."""
    compared = compare(load_trainings() if found is None else found)
    rows = [
        (
            name,
            str(one["seeds"]),
            f"{one['seconds_per_epoch']:.1f}",
            _spread(one["shared"]),
            _spread(one["last"]),
            str(one["epochs"]),
        )
        for name, one in compared.items()
    ]
    shared = compared[PLAIN]["shared_epochs"]
    header = ("way to train", "seeds", "s/epoch", f"after epoch {shared}", "after its last", "epochs")
    caption = (
        "Validation accuracy in per cent, mean ± standard deviation over the seeds; median seconds of an epoch. Only "
        f"after epoch {shared} have all ways seen equally much."
    )
    return Table(header, rows, caption, label="Ways to train", sortable=True, wrapped=True)


def _spread(shares: list[float]) -> str:
    return spread([100 * share for share in shares])
