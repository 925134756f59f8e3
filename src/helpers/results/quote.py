"""Numbers for prose and for tables, always out of the records."""

from __future__ import annotations

import html
import statistics
from dataclasses import dataclass
from typing import Any

from helpers.runs import records
from helpers.runs.experiments import EXPERIMENTS, experiment

ACCURACIES = ("test_accuracy", "validation_accuracy", "best_validation_accuracy", "train_accuracy")
QUOTABLE = (
    *ACCURACIES,
    "seconds_per_epoch",
    "parameters",
    "n_train",
    "n_test",
    "epochs",
    "seeds",
    "published",
    "published_best",
)


@dataclass(frozen=True)
class Table:
    """Rows of text under a header; prints as text, shows as HTML in a notebook."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""

    def __str__(self) -> str:
        widths = [max(len(line[i]) for line in (self.header, *self.rows)) for i in range(len(self.header))]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
            for line in (self.header, *self.rows)
        ]
        return "\n".join([*lines, self.caption] if self.caption else lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col">{html.escape(cell)}</th>' for cell in self.header)
        body = "".join(
            f'<tr><th scope="row">{html.escape(row[0])}</th>'
            + "".join(f"<td>{html.escape(cell)}</td>" for cell in row[1:])
            + "</tr>"
            for row in self.rows
        )
        caption = f"<caption>{html.escape(self.caption)}</caption>" if self.caption else ""
        return (
            '<div class="rnn-table" role="group" aria-label="Table of results" tabindex="0">'
            f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )


def table(*names: str) -> Table:
    """Published against ours for the experiments named, or for all: mean ± sd over the recorded seeds."""
    chosen = {name: experiment(name) for name in names} or EXPERIMENTS
    dates: set[str] = set()
    rows = []
    for name, one in chosen.items():
        runs = records.load_records(name)
        dates |= {run["date"] for run in runs}
        accuracies = [run["test_accuracy"] for run in runs]
        published = one.published
        rows.append(
            (
                name,
                _accuracy(accuracies) if runs else "not trained yet",
                _published(published),
                f"{100 * max(accuracies):.1f} %" if len(runs) > 1 else "–",
                f"{runs[0]['parameters']:,}" if runs and runs[0]["parameters"] else _parameters(published),
                _seconds(runs),
                ", ".join(str(run["seed"]) for run in runs) or "–",
                one.protocol,
                one.title,
            )
        )
    header = ("id", "test accuracy", "published", "best", "parameters", "s/epoch", "seeds", "protocol", "model")
    span = f"recorded {min(dates)} to {max(dates)}" if len(dates) > 1 else f"recorded {min(dates)}" if dates else ""
    caption = f"Mean ± standard deviation over the seeds, median seconds; {span}." if span else ""
    if any("(val.)" in row[2] for row in rows):
        caption += " (val.): the source quotes its validation set."
    return Table(header, tuple(rows), caption.strip())


def _published(published: Any) -> str:
    if published is None or published.accuracy is None:
        return "–"
    return f"{100 * published.accuracy:.1f} %" + " (val.)" * (published.on == "validation set")


def _parameters(published: Any) -> str:
    return f"{published.parameters:,}" if published and published.parameters else "–"


def _seconds(runs: list[dict[str, Any]]) -> str:
    seconds = [second for run in runs if run["history"]["loss"] for second in run["seconds_per_epoch"]]
    return f"{statistics.median(seconds):.1f}" if seconds else "–"  # the mean would show what else the machine did


def _accuracy(values: list[float]) -> str:
    mean, sd = records.mean_sd(values)
    return f"{100 * mean:.1f} ± {100 * sd:.1f} %" if len(values) > 1 else f"{100 * mean:.1f} %"


def quote(expression: str) -> str:
    """One recorded number as text, for prose.

    ``"ID QUANTITY [STATISTIC]"``, for example ``"b1-simplernn test_accuracy"`` → ``"84.6 ± 0.4 %"``. Quantities:
    ``test_accuracy``, ``validation_accuracy`` (last epoch, or the one chosen), ``best_validation_accuracy``,
    ``train_accuracy``, ``seconds_per_epoch``, ``parameters``, ``n_train``, ``n_test``, ``epochs``, ``seeds`` (how
    many), ``published``, ``published_best``. Statistics: ``mean``, ``median``, ``sd``, ``min``, ``max``, ``range``,
    ``list``; without one, mean ± sd. ``"ID minus ID QUANTITY"`` is the difference of two means, in points.

    Raises ValueError with a sentence for an unknown id, quantity or statistic, and where nothing is recorded.
    """
    words = expression.split()
    if len(words) == 4 and words[1] == "minus" and words[3] in ACCURACIES:
        first, second = (records.mean_sd(_values(name, words[3]))[0] for name in (words[0], words[2]))
        return f"{100 * (first - second):.1f}".replace("-", "−")
    if len(words) not in (2, 3) or words[1] not in QUOTABLE:
        raise ValueError(
            f"cannot quote {expression!r}: write ID QUANTITY [STATISTIC], QUANTITY one of {', '.join(QUOTABLE)}."
        )
    name, quantity = words[:2]
    statistic = words[2] if len(words) == 3 else ""
    if quantity in ("published", "published_best"):
        published = experiment(name).published
        figure = published and (published.accuracy if quantity == "published" else published.best)
        if figure is None:
            raise ValueError(f"nothing was published for {name}.")
        return f"{100 * figure:.1f} %"
    values = _values(name, quantity)
    if quantity in ("parameters", "n_train", "n_test", "epochs"):
        return f"{int(values[0]):,}"
    if quantity == "seeds":
        return str(len(values))
    return _statistic(values, statistic, "s" if quantity == "seconds_per_epoch" else "%", expression)


def _values(name: str, quantity: str) -> list[float]:
    experiment(name)
    runs = records.load_records(name)
    if not runs:
        raise ValueError(f"{name} has no recorded run to quote: train it with `python -m helpers.runs train {name}`.")
    if quantity == "seconds_per_epoch":
        return [statistics.median(run["seconds_per_epoch"]) for run in runs]
    if quantity == "epochs":
        return [len(run["history"]["loss"]) for run in runs]
    if quantity == "seeds":
        return [run["seed"] for run in runs]
    if quantity == "best_validation_accuracy":  # of all epochs; on the test set where that was the validation set
        return [max(run["history"]["val_accuracy"]) for run in runs]
    if quantity in ("train_accuracy", "validation_accuracy"):
        key = {"train_accuracy": "accuracy", "validation_accuracy": "val_accuracy"}[quantity]
        return [run["history"][key][run.get("chosen_epoch", 0) - 1] for run in runs]
    return [run[quantity] for run in runs]


def _statistic(values: list[float], statistic: str, unit: str, expression: str) -> str:
    scaled = [100 * value for value in values] if unit == "%" else list(values)
    mean, sd = records.mean_sd(scaled)
    if statistic == "" and len(scaled) > 1:
        return f"{mean:.1f} ± {sd:.1f} {unit}"
    single = {"": mean, "mean": mean, "median": statistics.median(scaled), "min": min(scaled), "max": max(scaled)}
    if statistic in single:
        return f"{single[statistic]:.1f} {unit}"
    if statistic == "sd":
        return f"{sd:.1f}"
    if statistic == "range":
        return f"{max(scaled) - min(scaled):.1f}"
    if statistic == "list":
        return ", ".join(f"{value:.1f}" for value in scaled) + f" {unit}"
    raise ValueError(f"cannot quote {expression!r}: the statistics are mean, median, sd, min, max, range and list.")
