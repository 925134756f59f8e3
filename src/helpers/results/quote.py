"""Numbers for prose, always out of the records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from helpers.experiments import REPEATED, experiment
from helpers.results.compare import MINUS, mean_sd, spread
from helpers.results.frame import frame
from helpers.results.table import DASH, Cell, Table

if TYPE_CHECKING:
    import pandas as pd

    from helpers.experiments import Published

# What can be quoted → the column of the frame that it is.
ACCURACIES = {
    "test_accuracy": "test",
    "validation_accuracy": "validation",
    "best_validation_accuracy": "best_validation",
    "train_accuracy": "train",
}
COUNTS = ("parameters", "n_train", "n_test", "epochs")
QUOTABLE = (*ACCURACIES, "seconds_per_epoch", *COUNTS, "seeds", "published", "published_best")
STATISTICS = ("mean", "median", "min", "max")


def quote(expression: str) -> str:
    """One recorded number as text, for prose.

    ``"ID QUANTITY [STATISTIC]"``, for example ``"b1-simplernn test_accuracy"`` → ``"84.6 ± 0.4 %"``. Quantities:
    ``test_accuracy``, ``validation_accuracy`` (last epoch, or the one chosen), ``best_validation_accuracy``,
    ``train_accuracy``, ``seconds_per_epoch``, ``parameters``, ``n_train``, ``n_test``, ``epochs``, ``seeds`` (how
    many), ``published``, ``published_best``. Statistics: ``mean``, ``median``, ``sd``, ``min``, ``max``, ``range``,
    ``list``; without one, mean ± sd. ``"ID minus ID QUANTITY"`` is the difference of two means, in points.

    Raises
    ------
    ValueError
        With a sentence, for an unknown id, quantity or statistic, where nothing is recorded, and where the quantity
        does not exist: a linear model has no epochs, one run has no standard deviation.
    """
    words = expression.split()
    if len(words) == 4 and words[1] == "minus" and words[3] in ACCURACIES:
        first, second = (_values(name, words[3]).mean() for name in (words[0], words[2]))
        return f"{first - second:.1f}".replace("-", MINUS)
    if len(words) not in (2, 3) or words[1] not in QUOTABLE:
        raise ValueError(
            f"cannot quote {expression!r}: write ID QUANTITY [STATISTIC], QUANTITY one of {', '.join(QUOTABLE)}."
        )
    name, quantity, statistic = *words[:2], words[2] if len(words) == 3 else ""
    if quantity in ("published", "published_best"):
        return _published(name, quantity)
    values = _values(name, quantity)
    if quantity in COUNTS:
        return f"{int(values.iloc[0]):,}"
    if quantity == "seeds":
        return str(len(values))
    return _statistic(values, statistic, "s" if quantity == "seconds_per_epoch" else "%", expression)


def table(*names: str) -> Table:
    """Published against ours for the experiments named, or for the repeated tutorials: mean ± sd over the seeds."""
    chosen = names or REPEATED
    runs = frame(*chosen)
    rows = []
    for name in chosen:
        one, mine = experiment(name), runs[runs.experiment == name]
        seconds = mine.seconds_per_epoch.median()  # the mean would show what else the machine did
        published = one.published
        parameters = mine.parameters.iloc[0] if len(mine) else 0
        rows.append(
            (
                one.title,
                one.protocol,
                Cell(spread(mine.test), mine.test.mean()) if len(mine) else "not trained yet",
                _shown(published),
                f"{int(parameters):,}" if parameters else f"{published.parameters:,}" if _has_size(published) else DASH,
                DASH if np.isnan(seconds) else f"{seconds:.1f}",
                str(len(mine)),
                name,
            )
        )
    header = ("model", "protocol", "test accuracy", "published", "parameters", "s/epoch", "seeds", "id")
    caption = ""
    if len(runs):
        first, last = runs.date.min(), runs.date.max()
        span = f"recorded {first} to {last}" if first != last else f"recorded {first}"
        caption = f"Mean ± standard deviation over the seeds, median seconds; {span}."
    if any("(val.)" in str(row[3]) for row in rows):
        caption += " (val.): the source quotes its validation set."
    return Table(header, rows, caption.strip())


def _published(name: str, quantity: str) -> str:
    published = experiment(name).published
    figure = published and (published.accuracy if quantity == "published" else published.best)
    if figure is None:
        raise ValueError(f"nothing was published for {name}.")
    return f"{100 * figure:.1f} %"


def _shown(published: Published | None) -> str:
    if published is None or published.accuracy is None:
        return DASH
    return f"{100 * published.accuracy:.1f} %" + (" (val.)" if published.on == "validation set" else "")


def _has_size(published: Published | None) -> bool:
    return bool(published and published.parameters)


def _values(name: str, quantity: str) -> pd.Series:
    runs = frame(name)
    if runs.empty:
        raise ValueError(f"{name} has no recorded run to quote: train it with `python -m tools.train {name}`.")
    values = runs[ACCURACIES.get(quantity, "seed" if quantity == "seeds" else quantity)]
    if values.isna().any():
        raise ValueError(f"{name} has no {quantity}: it is a linear model, which is not trained in epochs.")
    return values


def _statistic(values: pd.Series, statistic: str, unit: str, expression: str) -> str:
    if statistic == "":
        return spread(values, unit)
    if statistic in STATISTICS:
        return f"{getattr(values, statistic)():.1f} {unit}"
    if statistic == "sd":
        if len(values) < 2:
            raise ValueError(f"cannot quote {expression!r}: one run has no standard deviation.")
        return f"{mean_sd(values)[1]:.1f}"
    if statistic == "range":
        return f"{values.max() - values.min():.1f}"
    if statistic == "list":
        return ", ".join(f"{value:.1f}" for value in values) + f" {unit}"
    raise ValueError(f"cannot quote {expression!r}: the statistics are {', '.join(STATISTICS)}, sd, range and list.")
