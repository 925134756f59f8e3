"""The charts that several chapters draw: any lines, dots and tables, and what records hold of them.

``lines``, ``dots`` and ``heat`` draw what they are given, and say it in words. The others draw recorded experiments.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from helpers.plotting.style import BLUE, COLOURS, GREY, ORANGE, Picture, show, style, subplots

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as MatplotlibFigure
    from numpy.typing import ArrayLike

    from helpers.runs import Run

# One look for each line of a chart: told apart without colour, too.
MARKERS, LINES = "os^DvP*X<>", ("-", "--")
DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)))
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


def lines(
    series: Mapping[str, ArrayLike],
    x: ArrayLike | Sequence[str] | None = None,
    *,
    bands: Mapping[str, ArrayLike] | None = None,
    log: str = "",
    level: float | None = None,
    at: float | None = None,
    draw: Callable[[Axes], object] | None = None,
    figsize: tuple[float, float] = (4.8, 3.0),
    alt: str = "",
    stamp: str = "",
    **settings: Any,
) -> Picture:
    """Lines over x, one for each name, told apart without colour; a name that is "" stands in no legend.

    Parameters
    ----------
    series : name → values, shape (points,); NaN leaves a gap.
    x : where the points lie, shape (points,); words stand under the axis one by one. Without it: 1, 2, 3, …
    bands : name → how far its band reaches up and down, shape (points,), in the unit of the values.
    log : the axes that are logarithmic: "x", "y" or "xy". Such an x axis has its ticks where points lie, if few.
    level, at : where a dotted line lies across or upright.
    draw : what else to draw, given the axes.
    figsize : inches
    alt : what there is to see. Without it: where each line begins and ends, and its highest or lowest point.
    stamp : a line below, such as ``run.stamp``.
    **settings : for ``axes.set``: ``xlabel``, ``ylabel``, ``title``, ``xlim``, ``ylim``, …

    Raises
    ------
    ValueError
        For values that are not as many as x has, for a band without a line, and for more than ten lines.
    """
    values = {name: np.asarray(one, dtype=float) for name, one in series.items()}
    count = max((len(one) for one in values.values()), default=0)
    words = x is not None and isinstance(next(iter(np.asarray(x).tolist()), None), str)
    labels = [str(word) for word in np.asarray(x).tolist()] if words else []
    places = np.arange(1, count + 1) if x is None or words else np.asarray(x, dtype=float)
    for name, one in values.items():
        if one.shape != (len(labels) or len(places),):
            raise ValueError(f"{name!r} has the shape {one.shape}, and x has {len(labels) or len(places)} points.")
    if lost := set(bands or {}) - set(values):
        raise ValueError(f"bands names {sorted(lost)}, and the lines are {list(values)}.")
    figure, axes = subplots(figsize=figsize)
    with style():
        for (name, one), look in zip(values.items(), _looks(len(values), dense=count > 30), strict=True):
            axes.plot(places, one, label=name or None, **look)
            if bands and name in bands:
                reach = np.asarray(bands[name], dtype=float)
                axes.fill_between(places, one - reach, one + reach, color=look["color"], alpha=0.2, lw=0)
        _settle(axes, log, level, at, settings)
        if words:
            axes.set_xticks(places, labels, rotation=40, ha="right", rotation_mode="anchor", fontsize=8)
        elif "x" in log and count <= 8 and "xticks" not in settings:
            axes.set_xticks(places, [f"{place:,g}" for place in places])
            axes.minorticks_off()
        if draw:
            draw(axes)
        _legend(figure, axes)
    where = labels or [f"{place:,g}" for place in places]
    said = "; ".join(_course(name, one, where) for name, one in values.items())
    what = settings.get("ylabel") or settings.get("title") or "values"
    over = f" over {settings['xlabel']}" if settings.get("xlabel") else ""
    return show(figure, alt=alt or f"Line chart: {what}{over}. {said}.", stamp=stamp)


def dots(
    values: Mapping[str, ArrayLike | Mapping[str, ArrayLike]],
    *,
    at: float | None = None,
    draw: Callable[[Axes], object] | None = None,
    figsize: tuple[float, float] | None = None,
    alt: str = "",
    stamp: str = "",
    **settings: Any,
) -> Picture:
    """One row of dots for each name, one dot a seed, and an upright mark at their mean.

    Parameters
    ----------
    values : name → values, shape (seeds,); or name → group → values, where each row has the same few groups, such as
        short and long sentences. A group has a colour and a marker, and stands in the legend.
    at : where a dotted line stands upright, such as chance.
    draw : what else to draw, given the axes; rows lie at 0, 1, 2, … from the top.
    figsize : inches; without it as high as the rows need.
    alt : what there is to see. Without it: mean, lowest and highest value of each row.
    stamp : a line below, such as ``run.stamp``.
    **settings : for ``axes.set``: ``xlabel``, ``title``, ``xlim``, …

    Raises
    ------
    ValueError
        For a row with other groups than the first one.
    """
    rows = {name: one if isinstance(one, Mapping) else {"": one} for name, one in values.items()}
    groups = list(next(iter(rows.values()), {}))
    for name, one in rows.items():
        if list(one) != groups:
            raise ValueError(f"{name!r} has the groups {list(one)}, and the first row has {groups}.")
    figure, axes = subplots(figsize=figsize or (5.0, 0.9 + (0.2 + 0.24 * len(groups)) * len(rows)))
    words = []
    with style():
        for column, (group, look) in enumerate(zip(groups, _looks(len(groups)), strict=True)):
            for row, (name, one) in enumerate(rows.items()):
                seeds_of = np.asarray(one[group], dtype=float)
                place = row + (column - (len(groups) - 1) / 2) * 0.7 / len(groups)
                colour, label = look["color"], group if group and row == 0 else None
                axes.plot(
                    seeds_of, np.full(len(seeds_of), place), look["marker"], color=colour, alpha=0.7, ms=6, label=label
                )
                axes.plot([seeds_of.mean()] * 2, [place - 0.22 / len(groups), place + 0.22 / len(groups)], color=colour)
                words.append((row, f"{_plain(name)}{', ' * bool(group)}{group}: {_sample(seeds_of)}"))
        axes.set_yticks(range(len(rows)), list(rows))
        axes.set(ylim=(len(rows) - 0.5, -0.5))
        axes.grid(visible=False, axis="y")
        _settle(axes, "", None, at, settings)
        if draw:
            draw(axes)
        _legend(figure, axes)
    said = "; ".join(text for _, text in sorted(words, key=lambda one: one[0]))
    what = f" of {settings['xlabel']}" if settings.get("xlabel") else ""
    return show(figure, alt=alt or f"Dot plot{what}. {said}.", stamp=stamp)


def heat(
    table: ArrayLike,
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    deviations: ArrayLike | None = None,
    digits: int = 1,
    limits: tuple[float, float] | None = None,
    figsize: tuple[float, float] | None = None,
    alt: str = "",
    stamp: str = "",
    **settings: Any,
) -> Picture:
    """A heat map with the number in each cell: the brighter, the larger.

    Parameters
    ----------
    table : shape (rows, columns); NaN is shown as a dash.
    rows, columns : their names
    deviations : a second number for each cell, shown below the first after ±, shape (rows, columns).
    digits : decimals of the numbers
    limits : the values of the darkest and the brightest colour; without it the lowest and the highest of the table.
    figsize : inches; without it as large as the cells need.
    alt : what there is to see. Without it: every cell of a small table, else the mean, the lowest and the highest.
    stamp : a line below, such as ``run.stamp``.
    **settings : for ``axes.set``: ``xlabel``, ``ylabel``, ``title``.

    Raises
    ------
    ValueError
        For names that are not as many as the table has rows and columns, and for a table without a number.
    """
    import matplotlib as mpl

    cells = np.asarray(table, dtype=float)
    if cells.shape != (len(rows), len(columns)):
        raise ValueError(f"the table has the shape {cells.shape}, the names {(len(rows), len(columns))}.")
    if not np.isfinite(cells).any():
        raise ValueError("the table holds no number.")
    low, high = limits or (float(np.nanmin(cells)), float(np.nanmax(cells)))
    colours, scale = mpl.colormaps["cividis"], mpl.colors.Normalize(low, high)
    size = (1.6 + 0.62 * len(columns), 1.2 + (0.34 if deviations is None else 0.5) * len(rows))
    figure, axes = subplots(figsize=figsize or (min(6.6, size[0]), size[1]))
    with style():
        axes.pcolormesh(np.ma.masked_invalid(cells), cmap=colours, norm=scale)
        for (row, column), value in np.ndenumerate(cells):
            text = f"{value:.{digits}f}" if np.isfinite(value) else "–"
            if deviations is not None and np.isfinite(deviation := np.asarray(deviations, dtype=float)[row, column]):
                text += f"\n± {deviation:.{digits}f}"
            ink = _ink_on(colours(scale(value))) if np.isfinite(value) else mpl.rcParams["text.color"]
            axes.text(column + 0.5, row + 0.5, text, ha="center", va="center", fontsize=8, color=ink)
        long = max((len(line) for name in columns for line in name.split("\n")), default=0) > 9
        turned = {"rotation": 40, "ha": "right", "rotation_mode": "anchor"} if long else {}
        axes.set_xticks(np.arange(len(columns)) + 0.5, list(columns), fontsize=8, **turned)
        axes.set_yticks(np.arange(len(rows)) + 0.5, list(rows), fontsize=8)
        axes.set_ylim(len(rows), 0)
        axes.grid(visible=False)
        axes.tick_params(length=0)
        axes.set(**settings)
    return show(figure, alt=alt or _cells(cells, rows, columns, digits, settings), stamp=stamp)


def _settle(axes: Axes, log: str, level: float | None, at: float | None, settings: dict[str, Any]) -> None:
    """Draw the dotted lines, then let the caller's settings hold."""
    if level is not None:
        axes.axhline(level, color=GREY, ls=":", lw=1.5)
    if at is not None:
        axes.axvline(at, color=GREY, ls=":", lw=1.5)
    axes.set(**{f"{one}scale": "log" for one in log}, **settings)


def _legend(figure: MatplotlibFigure, axes: Axes) -> None:
    """A legend above the axes, where it hides nothing, in as many columns as the words let stand side by side."""
    names = axes.get_legend_handles_labels()[1]
    if names:
        columns = max(1, min(len(names), 64 // (max(map(len, names)) + 6)))
        figure.legend(loc="outside upper center", ncols=columns, fontsize=9)


def _course(name: str, values: np.ndarray, where: Sequence[str]) -> str:
    """Say where a line begins, where it ends, and its peak or trough if that is not an end of it."""
    found = np.flatnonzero(np.isfinite(values))
    start = f"{_plain(name)}: " if name else ""
    if not len(found):
        return start + "no values"
    first, last = int(found[0]), int(found[-1])
    text = f"{start}from {_number(values[first])} at {where[first]} to {_number(values[last])} at {where[last]}"
    for word, place in (("highest", int(np.nanargmax(values))), ("lowest", int(np.nanargmin(values)))):
        if values[place] not in (values[first], values[last]):
            text += f", {word} {_number(values[place])} at {where[place]}"
    return text


def _sample(values: np.ndarray) -> str:
    mean = _number(values.mean())
    if len(values) == 1:
        return mean
    return f"mean {mean}, {len(values)} dots from {_number(values.min())} to {_number(values.max())}"


def _cells(
    cells: np.ndarray, rows: Sequence[str], columns: Sequence[str], digits: int, settings: Mapping[str, Any]
) -> str:
    """Say what a heat map shows: all of a small one, the ends of a large one."""
    row, column = settings.get("ylabel") or "row", settings.get("xlabel") or "column"
    title = f", {settings['title']}" if settings.get("title") else ""
    text = f"Heat map{title}: {len(rows)} by {len(columns)} numbers, by {row} and {column}. "

    def say(place: tuple[Any, ...]) -> str:
        value = cells[place]
        number = f"{value:.{digits}f}" if np.isfinite(value) else "none"
        return f"{_plain(rows[place[0]])}, {_plain(columns[place[1]])}: {number}"

    if cells.size <= 24:
        return text + "; ".join(say(place) for place in np.ndindex(cells.shape)) + "."
    ends = [np.unravel_index(find(cells), cells.shape) for find in (np.nanargmin, np.nanargmax)]
    return text + f"Mean {np.nanmean(cells):.{digits}f}. Lowest: {say(ends[0])}. Highest: {say(ends[1])}."


def _plain(name: str) -> str:
    """A name that is broken into lines, on one."""
    return " ".join(name.split())


def _number(value: float) -> str:
    return f"{value:,.0f}" if 100 <= abs(value) < 1e9 else f"{value:.3g}"


def _ink_on(colour: tuple[float, ...]) -> str:
    """Black or white, whichever stands out more (by WCAG's relative luminance) on a colour of 0 to 1 each."""
    channels = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in colour[:3]]
    return "#000001" if np.dot([0.2126, 0.7152, 0.0722], channels) > 0.179 else "#fffffe"  # no ink of the page's


def _looks(count: int, dense: bool = False) -> list[dict[str, Any]]:
    """So many ways to draw a line; where points lie ``dense`` the dashes tell lines apart, and no marks."""
    if count > len(MARKERS):
        raise ValueError(f"a chart can show {len(MARKERS)} lines, and {count} were asked for: draw two charts.")
    if dense:
        return [
            {"color": COLOURS[i % len(COLOURS)], "linestyle": DASHES[(i + i // len(COLOURS)) % len(DASHES)]}
            for i in range(count)
        ]
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
