"""Is one recipe better than another? The only inference of the course, so that every page asks in the same way.

Two recipes that were trained with the same seeds are compared seed by seed: the differences, their mean, and the t
interval of that mean (Student 1908). Where several comparisons answer one question their p values are Holm's (1979).
Beside each stands the error of the test sample, which no seed can make smaller, and the smallest p value that so few
differences could have given at all by a sign-flip test.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from helpers.results.frame import frame

if TYPE_CHECKING:
    import pandas as pd

MINUS = "−"


@dataclass(frozen=True)
class Comparison:
    """``first`` minus ``second``, in points (per cent).

    Attributes
    ----------
    first, second : ids of experiments
    gap : mean of the differences
    low, high : its 95 % t interval
    p : two-sided, of the hypothesis that the mean difference is 0; Holm's where it is one of several
    n : differences, or the smaller number of seeds where they are not paired
    paired : whether the same seeds were compared
    smallest_p : the smallest p value that n differences can have if only their signs are asked
    sampling_error : standard error of the gap that comes from the finite test set, as if the two erred independently
    """

    first: str
    second: str
    gap: float
    low: float
    high: float
    p: float
    n: int
    paired: bool
    smallest_p: float
    sampling_error: float

    def __str__(self) -> str:
        return f"{points(self.gap)} points (95 % interval {points(self.low)} to {points(self.high)}, p = {self.p:.2g})"


def compare(first: str, second: str, quantity: str = "test") -> Comparison:
    """Compare two experiments over their recorded seeds.

    Parameters
    ----------
    first, second : ids of experiments with at least two recorded seeds each
    quantity : a column of :func:`helpers.results.frame.frame` in per cent

    Raises
    ------
    ValueError
        For an id that there is not, and where fewer than two seeds are recorded: one run has no spread.
    """
    from scipy import stats

    runs = frame(first, second)
    a, b = (runs[runs.experiment == name].set_index("seed")[quantity].dropna() for name in (first, second))
    for name, values in ((first, a), (second, b)):
        if len(values) < 2:
            raise ValueError(f"{name} has {len(values)} recorded seed(s); a comparison needs at least 2.")
    shared = a.index.intersection(b.index)
    paired = len(shared) == len(a) == len(b)
    if paired:
        differences = (a[shared] - b[shared]).to_numpy()
        test = stats.ttest_1samp(differences, 0.0) if np.ptp(differences) else None
        gap, n = float(differences.mean()), len(shared)
    else:
        test = stats.ttest_ind(a, b, equal_var=False)
        gap, n = float(a.mean() - b.mean()), min(len(a), len(b))
    interval = test.confidence_interval(0.95) if test else (gap, gap)
    p = float(test.pvalue) if test else float(gap == 0)
    return Comparison(
        first, second, gap, float(interval[0]), float(interval[1]), p, n, paired,
        smallest_p=2.0 ** (1 - n), sampling_error=_sampling_error(runs, quantity),
    )  # fmt: skip


def compare_all(pairs: Sequence[tuple[str, str]], quantity: str = "test") -> list[Comparison]:
    """Compare several pairs that answer one question, with Holm's correction over all of them.

    Name the pairs before you look: a family that is chosen by its results corrects nothing.
    """
    found = [compare(first, second, quantity) for first, second in pairs]
    corrected = holm([one.p for one in found])
    return [replace(one, p=p) for one, p in zip(found, corrected, strict=True)]


def holm(p_values: Sequence[float]) -> list[float]:
    """p values corrected for their number by Holm's step-down method (1979), in the order given."""
    order = np.argsort(p_values, kind="stable")
    scaled = (len(p_values) - np.arange(len(p_values))) * np.asarray(p_values, dtype=float)[order]
    corrected = np.empty(len(p_values))
    corrected[order] = np.minimum(np.maximum.accumulate(scaled), 1.0)
    return corrected.tolist()


def points(value: float) -> str:
    """A difference with its sign, one decimal, and a true minus: ``+1.2``, ``−0.4``."""
    return f"{value:+.1f}".replace("-", MINUS)


def mean_sd(values: Sequence[float] | pd.Series) -> tuple[float, float]:
    """Mean and sample standard deviation (n − 1). One value has no deviation: it is nan."""
    array = np.asarray(values, dtype=float)
    return float(array.mean()), float(array.std(ddof=1)) if len(array) > 1 else float("nan")


def spread(values: Sequence[float] | pd.Series, unit: str = "%") -> str:
    """Mean ± standard deviation as the course writes it: ``84.1 ± 1.9 %``; the value alone where there is one."""
    mean, sd = mean_sd(values)
    return f"{mean:.1f} {unit}" if np.isnan(sd) else f"{mean:.1f} ± {sd:.1f} {unit}"


def _sampling_error(runs: pd.DataFrame, quantity: str) -> float:
    """√(p₁(1−p₁)/n + p₂(1−p₂)/n), in points."""
    size = "n_test" if quantity == "test" else "n_validation"
    share = runs.groupby("experiment")[quantity].mean() / 100
    n = runs.groupby("experiment")[size].first()
    return float(100 * np.sqrt((share * (1 - share) / n).sum()))
