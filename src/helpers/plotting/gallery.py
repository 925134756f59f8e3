"""The curves of every recorded seed of one experiment: what the page of all models shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from helpers.plotting.style import BLUE, ORANGE, Picture, show, style, subplots

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from helpers.experiments import Published

PANELS = {"accuracy": ("accuracy", "val_accuracy"), "loss": ("loss", "val_loss")}


def training(name: str) -> Picture:
    """Accuracy and loss after each epoch: every seed a thin line, their mean a thick one, the published figure marked.

    Where the seeds trained for different numbers of epochs, the mean goes as far as all of them did.

    Raises
    ------
    ValueError
        For an unknown id, an experiment without a record, and a linear model, which has no epochs.
    """
    from helpers import results, runs
    from helpers.experiments import experiment

    runs.recorded(name)  # raises with the remedy where nothing is recorded
    found = results.curves(name)
    if found.empty:
        raise ValueError(f"{name} is a linear model, which is not trained in epochs: there is no curve to draw.")
    figures, alts = [], []
    for panel, metrics in PANELS.items():
        figure, axes = subplots()
        with style():
            words = [_lines(axes, found, metric) for metric in metrics]
            if panel == "accuracy":
                words += _published(axes, experiment(name).published, int(found.epoch.max()))
            axes.set(title=panel.capitalize(), xlabel="epoch")
            axes.legend(fontsize=9)
        figures.append(figure)
        alts.append(f"Line chart of {name}, {panel}, {found.seed.nunique()} seeds: {'; '.join(words)}.")
    seeds = ", ".join(map(str, sorted(found.seed.unique())))
    return show(*figures, alt=alts, stamp=f"recorded runs · seeds {seeds}")


def _lines(axes: Axes, found: pd.DataFrame, metric: str) -> str:
    """Draw one metric, all seeds and their mean; return what the drawing says."""
    from matplotlib.ticker import MaxNLocator

    of = "validation" if metric.startswith("val_") else "training"
    look: dict[str, Any] = {"color": ORANGE, "linestyle": "--"} if of == "validation" else {"color": BLUE}
    scale = 100 if metric.endswith("accuracy") else 1
    for _, run in found.groupby("seed"):
        axes.plot(run.epoch, run[metric] / scale, lw=0.8, alpha=0.4, **look)
    by_epoch = found.groupby("epoch")[metric].agg(["mean", "count"])
    mean = by_epoch["mean"][by_epoch["count"] == found.seed.nunique()] / scale
    axes.plot(mean.index, mean, lw=2.6, label=f"{of}, mean", **look)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    return f"the mean in {of} goes from {mean.iloc[0]:.3f} to {mean.iloc[-1]:.3f} in {len(mean)} epochs"


def _published(axes: Axes, published: Published | None, last: int) -> list[str]:
    """Mark the figure that the source printed after its last epoch, where it printed one."""
    if published is None or published.accuracy is None:
        return []
    axes.plot(last, published.accuracy, "D", mfc="none", mec="C2", mew=2, ms=9, label=f"published, {published.on}")
    return [f"published: {published.accuracy:.3f} on the {published.on}"]
