"""How the course writes a number: digits, signs and units, here and nowhere else."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

MINUS = "−"


def points(value: float) -> str:
    """A difference with its sign, one decimal, and a true minus: ``+1.2``, ``−0.4``."""
    return f"{value:+.1f}".replace("-", MINUS)


def plain(value: float, decimals: int = 1) -> str:
    """A number without a plus, with a true minus: ``1.2``, ``−0.4``."""
    return f"{value:,.{decimals}f}".replace("-", MINUS)


def with_unit(text: str, unit: str) -> str:
    """``84.1 %``, ``12 s``; a count has no unit."""
    return f"{text} {unit}".rstrip()


def interval(low: float, high: float) -> str:
    """Both ends of a difference: ``−0.3 to +1.9``."""
    return f"{points(low)} to {points(high)}"


def p_value(p: float) -> str:
    """Two digits that tell something, three decimals at most: ``0.42``, ``0.031``, ``below 0.001``. A half goes up."""
    if p < 0.001:
        return "below 0.001"
    return f"{p + 1e-9:.3f}" if p < 0.0995 else f"{p + 1e-9:.2f}"


def share(count: int, total: int) -> str:
    """``4 of 5``."""
    return f"{count:,} of {total:,}"


def mean_sd(values: Sequence[float] | pd.Series) -> tuple[float, float]:
    """Mean and sample standard deviation (n − 1). One value has no deviation: it is nan."""
    array = np.asarray(values, dtype=float)
    return float(array.mean()), float(array.std(ddof=1)) if len(array) > 1 else float("nan")


def spread(values: Sequence[float] | pd.Series, unit: str = "%") -> str:
    """Mean ± standard deviation as the course writes it: ``84.1 ± 1.9 %``; the value alone where there is one."""
    mean, sd = mean_sd(values)
    return with_unit(f"{mean:.1f}" if math.isnan(sd) else f"{mean:.1f} ± {sd:.1f}", unit)
