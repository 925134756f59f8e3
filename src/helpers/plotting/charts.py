"""The charts that several chapters draw: histories, seeds, means of seeds, and final accuracies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from helpers.plotting.style import BLUE, COLOURS, ORANGE, Picture, show, style, subplots

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from helpers.runs import Run

# One look for each line of a chart: told apart without colour, too.
MARKERS, LINES = "os^DvP*X<>", ("-", "--")
METRICS = {
    "accuracy": "Training accuracy",
    "loss": "Training loss",
    "val_accuracy": "Validation accuracy",
    "val_loss": "Validation loss",
}


def history(run: Run) -> Picture:
    """Accuracy and loss after each epoch, training and validation, the best validation epoch marked."""
    figures, alts = [], []
    for metric, better in (("accuracy", max), ("loss", min)):
        figure, axes = subplots()
        with style():
            alts.append(_curve(axes, run, metric, better))
        figures.append(figure)
    return show(*figures, alt=alts, stamp=run.training_stamp)


def _curve(axes: Axes, run: Run, metric: str, better: Any) -> str:
    """Draw one metric of one run; return what the drawing says."""
    from matplotlib.ticker import MaxNLocator

    train = run.history[metric]
    epochs = range(1, len(train) + 1)
    axes.plot(epochs, train, "o-", color=BLUE, label="training")
    words = f"training {metric} goes from {train[0]:.3f} to {train[-1]:.3f} in {len(train)} epochs"
    if validation := run.history.get(f"val_{metric}"):
        axes.plot(epochs, validation, "s--", color=ORANGE, label="validation")
        best = validation.index(better(validation))
        axes.plot(
            best + 1, validation[best], "o", ms=12, mfc="none", mec=ORANGE, mew=2, label=f"best: epoch {best + 1}"
        )
        words += (
            f"; validation {metric} goes from {validation[0]:.3f} to {validation[-1]:.3f}, "
            f"best {validation[best]:.3f} after epoch {best + 1}"
        )
    axes.set(title=metric.capitalize(), xlabel="epoch")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    axes.legend(fontsize=9)
    return f"Line chart of {run.experiment}: {words}."


def seeds(name: str) -> Picture:
    """Validation accuracy after each epoch for every recorded seed of an experiment: how much luck there is."""
    found = _curves((name,))
    by_seed = [(f"seed {seed}", runs) for seed, runs in found.groupby("seed")]
    figure, axes = subplots()
    with style():
        for (label, runs), look in zip(by_seed, _looks(len(by_seed)), strict=True):
            axes.plot(runs.epoch, runs.val_accuracy / 100, label=label, lw=1.5, **look)
        axes.set(title="Validation accuracy, one line a seed", xlabel="epoch")
        axes.legend(fontsize=8, ncols=2)
    last = found.groupby("seed").val_accuracy.last() / 100
    alt = (
        f"Line chart of {name}, {len(last)} seeds: the validation accuracy after the last epoch "
        f"lies between {last.min():.3f} and {last.max():.3f}."
    )
    return show(figure, alt=alt, stamp=_seeds_stamp((name,)))


def compare(*names: str, metric: str = "val_accuracy") -> Picture:
    """One metric of several experiments after each epoch: the mean of the recorded seeds, ± one deviation as a band.

    Where the seeds trained for different numbers of epochs, a mean goes as far as all of them did.

    Parameters
    ----------
    *names : ids of at most ten experiments with a record
    metric : "accuracy", "loss", "val_accuracy" or "val_loss"

    Raises
    ------
    ValueError
        For an unknown id or metric, an experiment without a record or without epochs, and more than ten names.
    """
    from matplotlib.ticker import MaxNLocator

    if metric not in METRICS:
        raise ValueError(f"metric is {metric!r}; choose {', '.join(map(repr, METRICS))}.")
    looks = _looks(len(names))
    found = _curves(names)
    found[metric] /= 100 if metric.endswith("accuracy") else 1
    figure, axes = subplots()
    words = []
    with style():
        for name, look in zip(names, looks, strict=True):
            points = _mean_curve(found[found.experiment == name], metric)
            axes.plot(points.index, points["mean"], label=name, **look)
            low, high = points["mean"] - points["std"], points["mean"] + points["std"]
            axes.fill_between(points.index, low, high, color=look["color"], alpha=0.2, lw=0)
            first, last = points["mean"].iloc[[0, -1]]
            words.append(f"{name} goes from {first:.3f} to {last:.3f} in {len(points)} epochs")
        axes.set(title=METRICS[metric], xlabel="epoch")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
        axes.legend(fontsize=8)
    alt = f"Line chart of the {METRICS[metric].lower()}, mean over the seeds: {'; '.join(words)}."
    return show(figure, alt=alt, stamp=_seeds_stamp(names))


def spread(*names: str) -> Picture:
    """The test accuracy of every recorded seed, one row an experiment, its mean, and the published figure if any."""
    from helpers.experiments import experiment
    from helpers.results import spread as in_words

    found = _frame(names)
    figure, axes = subplots(figsize=(5.6, 0.9 + 0.42 * len(names)))
    words = []
    with style():
        for row, name in enumerate(names):
            test = found[found.experiment == name].test
            first = row == 0
            axes.plot(test, [row] * len(test), "o", color=BLUE, alpha=0.6, label="one seed" if first else None)
            label = "mean" if first else None
            axes.plot([test.mean()] * 2, [row - 0.3, row + 0.3], color=BLUE, lw=2.5, label=label)
            words.append(f"{name} {in_words(test)}")
            published = experiment(name).published
            if published and published.accuracy is not None:
                axes.plot(100 * published.accuracy, row, "D", mfc="none", mec=ORANGE, mew=1.8)
                where = " on the validation set" * (published.on == "validation set")
                words[-1] += f", published {100 * published.accuracy:.1f} %{where}"
        if any(one.published and one.published.accuracy for one in map(experiment, names)):
            axes.plot([], [], "D", ls="", mfc="none", mec=ORANGE, mew=1.8, label="published")
        axes.set_yticks(range(len(names)), list(names), fontsize=9)
        axes.set(xlabel="test accuracy, %", ylim=(len(names) - 0.5, -0.5))
        figure.legend(fontsize=8, ncols=3, loc="outside upper right")
    return show(figure, alt=f"Dot plot of test accuracies: {'; '.join(words)}.", stamp=_seeds_stamp(names))


def _looks(count: int) -> list[dict[str, Any]]:
    """So many ways to draw a line."""
    if count > len(MARKERS):
        raise ValueError(f"a chart can show {len(MARKERS)} lines, and {count} were asked for: draw two charts.")
    return [
        {"color": COLOURS[i % len(COLOURS)], "marker": MARKERS[i], "linestyle": LINES[i // len(COLOURS)]}
        for i in range(count)
    ]


def _mean_curve(found: pd.DataFrame, metric: str) -> pd.DataFrame:
    """Mean and standard deviation over the seeds, epoch by epoch, as far as every seed trained."""
    by_epoch = found.groupby("epoch")[metric].agg(["mean", "std", "count"])
    return by_epoch[by_epoch["count"] == found.seed.nunique()].fillna(0.0)  # one seed has no band


def _frame(names: tuple[str, ...]) -> pd.DataFrame:
    from helpers import results, runs

    for name in names:
        runs.recorded(name)  # raises with the remedy where nothing is recorded
    return results.frame(*names)


def _curves(names: tuple[str, ...]) -> pd.DataFrame:
    from helpers import results

    found = _frame(names)
    if not np.isfinite(without := found.epochs).all():
        linear = found.experiment[without.isna()].iloc[0]
        raise ValueError(f"{linear} is a linear model, which is not trained in epochs: there is no curve to draw.")
    return results.curves(*names)


def _seeds_stamp(names: tuple[str, ...]) -> str:
    seeds = {name: tuple(runs.seed) for name, runs in _frame(names).groupby("experiment", sort=False)}
    if len(set(seeds.values())) == 1:
        return f"recorded runs · seeds {', '.join(map(str, next(iter(seeds.values()))))}"
    return "recorded runs · seeds " + "; ".join(f"{name} {', '.join(map(str, found))}" for name, found in seeds.items())
