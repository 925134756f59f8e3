"""Tables that put recorded experiments beside each other: published against ours, and one recipe against another."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from helpers.experiments import REPEATED, Published, experiment
from helpers.results.compare import Comparison, budget, compare_all
from helpers.results.formats import interval, p_value, plain, points, share, spread
from helpers.results.frame import frame
from helpers.results.planned import Pair, planned
from helpers.results.table import DASH, Cell, Table


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
                f"{int(parameters):,}" if parameters else _size(published),
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


def comparisons(
    pairs: Sequence[Pair] = (), family: str = "", quantity: str = "test", names: Mapping[str, str] | None = None
) -> Table:
    """Recipes against each other, pair by pair: the gap, its interval, p after Holm, the error of the test sample.

    Parameters
    ----------
    pairs : sequence of (first, second)
        Ids of experiments; the gap is first minus second. Empty, all of the family.
    family : str
        A name of :data:`helpers.results.planned.PLANNED`, over all of whose comparisons p is corrected. Without one,
        over the pairs shown.
    quantity : str
        "test", or "validation" where the choice is made.
    names : mapping, optional
        Id → what the table calls it, instead of its title.

    Raises
    ------
    ValueError
        As :func:`helpers.results.compare.compare_all`, and where neither pairs nor a family are given.
    """
    if not (pairs or family):
        raise ValueError("name the pairs to compare, or a family of helpers.results.planned.")
    found = compare_all(pairs, quantity, family)
    rows = [
        (
            _called(one, names or {}),
            Cell(points(one.gap), one.gap),
            DASH if math.isnan(one.p) else Cell(interval(one.low, one.high), one.low),
            DASH if math.isnan(one.p) else Cell(p_value(one.p), one.p),
            Cell(f"± {plain(one.sampling_error)}", one.sampling_error),
        )
        for one in found
    ]
    n = len(planned(family).pairs) if family else len(found)
    corrected = f"after Holm for {n} comparisons" if n > 1 else "of one comparison"
    header = ("first against second", "gap", "95 % interval", "p", "test sample")
    kind = {"test": "Test", "validation": "Validation"}.get(quantity, quantity)
    caption = (
        f"{kind} accuracy, first less second, in points, over the {_seeds(found)} seeds; t interval; p {corrected}"
        f"{_attainable(found)}. Test sample: the standard error that comes from the {kind.lower()} reviews."
    )
    return Table(header, rows, caption + _notes(found, names or {}), label="Comparisons", sortable=True, wrapped=True)


def _called(one: Comparison, names: Mapping[str, str]) -> str:
    """``LSTM(32) against SimpleRNN(32), 500 training reviews``: what both titles say is said once."""
    ids = (one.first, one.second)
    titles = [names.get(name, experiment(name).title) for name in ids]
    if titles[0] == titles[1]:  # the same model, trained otherwise
        titles = [f"{title}, {budget(name)}" for title, name in zip(titles, ids, strict=True)]
    if titles[0] == titles[1]:
        return " against ".join(ids)
    first, second = (title.split(", ") for title in titles)
    while len(first) > 1 and len(second) > 1 and first[-1] == second[-1]:
        first.pop()
    if len(first) > 1 and len(second) > 1 and first[0] == second[0] and "against" not in second[1]:
        del second[0]
    return f"{', '.join(first)} against {', '.join(second)}"


def _seeds(found: list[Comparison]) -> str:
    counts = sorted({one.n for one in found})
    return " to ".join(map(str, dict.fromkeys((counts[0], counts[-1]))))


def _attainable(found: list[Comparison]) -> str:
    smallest = [one.smallest_p for one in found if not math.isnan(one.smallest_p)]
    return f" (no exact test of so few seeds gives a p below {p_value(min(smallest))})" if smallest else ""


def _notes(found: list[Comparison], names: Mapping[str, str]) -> str:
    """What else differs, and which runs were cut off: a gap is not the recipe's alone then."""
    unlike = dict.fromkeys(
        f"{names.get(name, experiment(name).title)}: {budget(name)}"
        for one in found
        if one.unlike and experiment(one.first).title != experiment(one.second).title
        for name in (one.first, one.second)
    )
    runs = frame(*dict.fromkeys(name for one in found for name in (one.first, one.second)))
    text = f" Not trained alike: {'; '.join(unlike)}." if unlike else ""
    if runs.capped.any():
        text += f" Runs that ended at the last epoch they might have: {share(int(runs.capped.sum()), len(runs))}."
    return text


def _shown(published: Published | None) -> str:
    if published is None or published.accuracy is None:
        return DASH
    return f"{100 * published.accuracy:.1f} %" + (" (val.)" if published.on == "validation set" else "")


def _size(published: Published | None) -> str:
    return f"{published.parameters:,}" if published and published.parameters else DASH
