"""What the figures of one step share: one unit, so that each weight is a number."""

from __future__ import annotations

import math
from collections.abc import Sequence
from numbers import Real

# how far the sliders go: from minus this to this
INPUT, HIDDEN, CELL, WEIGHT, BIAS = 3, 1, 6, 4, 8


def block(letter: str, name: str, values: Sequence[float], blocks: str, limit: float) -> dict[str, float]:
    """One weight of every block, such as ``{"w_i": 1.5, "w_f": 1.0, …}``; a refusal calls it ``name``."""
    values = list(values)
    if len(values) != len(blocks):
        raise ValueError(f"{name} has {len(values)} numbers, expected {len(blocks)}, in the order {', '.join(blocks)}.")
    return {f"{letter}_{block}": number(name, value, limit) for block, value in zip(blocks, values, strict=True)}


def number(name: str, value: float, limit: float) -> float:
    """``value`` if it is a number from −limit to limit, else a ValueError."""
    if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value) or abs(value) > limit:
        raise ValueError(f"{name} is {value!r}, expected a number from −{limit} to {limit}.")
    return float(value)
