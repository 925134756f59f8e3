"""What every exercise is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np


class Wrong(Exception):
    """An answer is wrong in a way that one sentence can name."""


@dataclass(frozen=True)
class Exercise:
    """``test(answer)`` raises :class:`Wrong` or returns; ``hints`` go from a nudge to nearly the whole answer."""

    test: Callable[[Any], None]
    hints: tuple[str, str, str]


def expect(condition: bool, sentence: str) -> None:
    """Raise :class:`Wrong` with the sentence unless the condition holds."""
    if not condition:
        raise Wrong(sentence)


def expect_array(answer: Any, shape: tuple[int, ...], what: str) -> np.ndarray:
    """The answer as a float array of that shape, or :class:`Wrong` with both shapes."""
    expect(answer is not None, f"{what} returned None: is the `return` missing?")
    try:
        array = np.asarray(answer, dtype="float64")
    except (TypeError, ValueError):
        raise Wrong(f"{what} should return an array of numbers, and returned {type(answer).__name__}.") from None
    expect(array.shape == shape, f"{what} should have the shape {shape}, and has {array.shape}.")
    return array


def close(first: Any, second: Any) -> bool:
    """Equal but for rounding."""
    return bool(np.allclose(first, second, rtol=1e-6, atol=1e-8))
