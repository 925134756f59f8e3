"""Is one recipe better than another? The only inference of the course, so that every page asks in the same way.

Two recipes that were trained with the same seeds are compared seed by seed: the differences, their mean, and the t
interval of that mean (Student 1908). Where several comparisons answer one question their p values are Holm's (1979).
Beside each stands the error of the test sample, which no seed can make smaller, and the smallest p value that so few
differences could have given at all if nothing but signs or labels were exchanged.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from helpers.experiments import experiment
from helpers.results.formats import interval, p_value, points
from helpers.results.frame import frame
from helpers.results.planned import Pair, planned

if TYPE_CHECKING:
    import pandas as pd

FEWEST = 2  # seeds from which there is a spread


@dataclass(frozen=True)
class Comparison:
    """``first`` minus ``second``, in points (per cent).

    Attributes
    ----------
    first, second : str
        Ids of experiments.
    gap : float
        Mean of the differences, in points.
    low, high : float
        Its 95 % t interval, in points; nan where neither has a seed (two linear models).
    p : float
        Two-sided, of the hypothesis that the mean difference is 0; Holm's where it is one of several. nan as above.
    n : int
        Differences, or the smaller number of seeds where they are not paired.
    paired : bool
        Whether the same seeds were compared.
    wins : int
        Differences above 0; where nothing is paired, 0.
    smallest_p : float
        The smallest p value that so many runs can give if only signs (paired) or labels (not paired) are exchanged.
    sampling_error : float
        Standard error of the gap that comes from the finite test set, in points, as if the two erred independently of
        each other. Two models that read the same reviews err on many of the same ones, and it is smaller then.
    unlike : tuple of str
        What else differs between the two beside what their titles say: the budget, the stopping rule, the protocol.
    """

    first: str
    second: str
    gap: float
    low: float
    high: float
    p: float
    n: int
    paired: bool
    wins: int
    smallest_p: float
    sampling_error: float
    unlike: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{points(self.gap)} points (95 % interval {interval(self.low, self.high)}, p = {p_value(self.p)})"


def compare(first: str, second: str, quantity: str = "test") -> Comparison:
    """Compare two experiments over their recorded seeds.

    Seeds that only one of them has are left out where two or more are shared; where none or one is, the two are
    compared as independent samples (Welch 1947). A linear model has no seed: it is one number, against which the
    seeds of the other are held.

    Parameters
    ----------
    first, second : str
        Ids of experiments.
    quantity : str
        A column of :func:`helpers.results.frame.frame` in per cent.

    Raises
    ------
    ValueError
        For an id that there is not, and for a network with fewer than two recorded seeds: one run has no spread.
    """
    runs = frame(first, second)
    a, b = (runs[runs.experiment == name].set_index("seed")[quantity].dropna() for name in (first, second))
    for name, values in ((first, a), (second, b)):
        if len(values) < (1 if _is_linear(name) else FEWEST):
            raise ValueError(f"{name} has {len(values)} recorded seed(s); a comparison needs at least {FEWEST}.")
    found = _over_seeds(first, second, a, b)
    return Comparison(
        first, second, **found, sampling_error=_sampling_error(runs, quantity), unlike=_unlike(first, second)
    )


def _over_seeds(first: str, second: str, a: pd.Series, b: pd.Series) -> dict[str, Any]:
    from scipy import stats

    linear = [_is_linear(name) for name in (first, second)]
    shared = a.index.intersection(b.index)
    if all(linear):
        unknown = dict.fromkeys(("low", "high", "p", "smallest_p"), math.nan)
        return {"gap": a.iloc[0] - b.iloc[0], "n": 1, "paired": False, "wins": 0, **unknown}
    if any(linear) or len(shared) >= FEWEST:
        if linear[0]:
            differences = (a.iloc[0] - b).to_numpy()
        else:
            differences = (a - b.iloc[0] if linear[1] else a[shared] - b[shared]).to_numpy()
        n, gap = len(differences), float(differences.mean())
        test = stats.ttest_1samp(differences, 0.0) if np.ptp(differences) > 1e-9 else None
        wins, smallest = int((differences > 0).sum()), 2.0 ** (1 - n)
    else:
        n, gap = min(len(a), len(b)), float(a.mean() - b.mean())
        test = stats.ttest_ind(a, b, equal_var=False) if max(np.ptp(a), np.ptp(b)) > 1e-9 else None
        wins, smallest = 0, 2.0 / math.comb(len(a) + len(b), len(a))
    low, high = test.confidence_interval(0.95) if test else (gap, gap)
    p = float(test.pvalue) if test else float(abs(gap) < 1e-9)
    paired = not any(linear) and len(shared) >= FEWEST
    return {
        "gap": gap, "low": float(low), "high": float(high), "p": p, "n": n, "paired": paired, "wins": wins,
        "smallest_p": min(smallest, 1.0),
    }  # fmt: skip


def compare_all(pairs: Sequence[Pair], quantity: str = "test", family: str = "") -> list[Comparison]:
    """Compare several pairs that answer one question, with Holm's correction.

    Parameters
    ----------
    pairs : sequence of (first, second)
        Ids of experiments. Empty, it is all of the family.
    quantity : str
        A column of :func:`helpers.results.frame.frame` in per cent.
    family : str
        A name of :data:`helpers.results.planned.PLANNED`: the correction is over all its comparisons, of which
        ``pairs`` are those shown. Without one, over ``pairs`` themselves. Name the pairs before you look: a family
        that is chosen by its results corrects nothing.

    Raises
    ------
    ValueError
        As :func:`compare`; for a family that there is not, and for a pair that is none of its.
    """
    if not family:
        return _corrected([compare(*pair, quantity) for pair in pairs])
    members = planned(family)
    for pair in pairs:
        if tuple(pair) not in members:
            raise ValueError(f"{' against '.join(pair)} is no comparison of the family {family!r}.")
    shown = [(first, second) for first, second in pairs] or list(members.pairs)
    others = [pair for pair in members.pairs if pair not in shown and pair[::-1] not in shown]
    return _corrected([compare(*pair, quantity) for pair in [*shown, *others]])[: len(shown)]


def _corrected(found: list[Comparison]) -> list[Comparison]:
    known = [one.p for one in found if not math.isnan(one.p)]  # two linear models have none
    corrected = iter(holm(known))
    return [one if math.isnan(one.p) else replace(one, p=next(corrected)) for one in found]


def holm(p_values: Sequence[float]) -> list[float]:
    """p values corrected for their number by Holm's step-down method (1979), in the order given."""
    order = np.argsort(p_values, kind="stable")
    scaled = (len(p_values) - np.arange(len(p_values))) * np.asarray(p_values, dtype=float)[order]
    corrected = np.empty(len(p_values))
    corrected[order] = np.minimum(np.maximum.accumulate(scaled), 1.0)
    return [float(p) for p in corrected]


def _is_linear(name: str) -> bool:
    return experiment(name).build is None


def budget(name: str) -> str:
    """How long an experiment trains: ``5 epochs``, or ``15 epochs at most, stopped by validation``."""
    chosen = experiment(name)
    if chosen.build is None:
        return "no epochs"
    epochs = f"{chosen.fit['epochs']} epochs"
    return f"{epochs} at most, stopped by validation" if chosen.patience else epochs


def _unlike(first: str, second: str) -> tuple[str, ...]:
    found = []
    if not (_is_linear(first) or _is_linear(second)) and budget(first) != budget(second):
        found.append(f"{budget(first)} against {budget(second)}")
    protocols = [experiment(name).protocol for name in (first, second)]
    if protocols[0] != protocols[1]:
        found.append(" against ".join(protocols))
    return tuple(found)


def _sampling_error(runs: pd.DataFrame, quantity: str) -> float:
    """√(p₁(1−p₁)/n₁ + p₂(1−p₂)/n₂), in points."""
    size = {"test": "n_test", "train": "n_train"}.get(quantity, "n_validation")
    share = runs.groupby("experiment")[quantity].mean() / 100
    n = runs.groupby("experiment")[size].first()
    return float(100 * np.sqrt((share * (1 - share) / n).sum()))
