"""What every exercise is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np


class Wrong(Exception):
    """An answer is wrong in a way that one sentence can name."""


@dataclass(frozen=True)
class Exercise:
    """``test(answer)`` raises :class:`Wrong` or returns; three ``hints`` go from a nudge to nearly the whole answer."""

    test: Callable[[Any], None]
    hints: tuple[str, ...]


EXERCISES: dict[str, Exercise] = {}  # of the chapters whose checks were imported, by name


def exercise(name: str, *hints: str) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    """Make the function below the test of an exercise."""

    def note(test: Callable[[Any], None]) -> Callable[[Any], None]:
        EXERCISES[name] = Exercise(test, hints)
        return test

    return note


Slip = tuple[Any, str]  # what somebody who makes a mistake would answer, and the sentence that names the mistake


def expect(condition: Any, sentence: str) -> None:
    """Raise :class:`Wrong` with the sentence unless the condition holds."""
    if not condition:
        raise Wrong(sentence)


def expect_array(answer: Any, shape: tuple[int, ...], what: str) -> np.ndarray:
    """The answer as a float array of that shape, or :class:`Wrong` with both shapes."""
    expect(answer is not None, f"{what} returned None: is the `return` missing?")
    kind = "one number" if shape == () else "an array of numbers"
    no_numbers = f"{what} should return {kind}, and returned {type(answer).__name__}."
    try:
        array = np.asarray(answer)
        expect(array.dtype.kind not in "SUmM", no_numbers)  # NumPy would read a number out of a text
        expect(array.dtype.kind != "O" or all(one is not None for one in array.flat), no_numbers)
        if array.dtype.kind == "c":
            expect(close(array.imag, 0), f"{what} should be real, and is complex.")
            array = array.real
        array = array.astype("float64")
    except (TypeError, ValueError):
        raise Wrong(no_numbers) from None
    expect(shape != () or array.shape == (), f"{what} should be one number, and has the shape {array.shape}.")
    expect(array.shape == shape, f"{what} should have the shape {shape}, and has {array.shape}.")
    return array


def expect_number(answer: Any, what: str) -> float:
    """The answer as a number: of Python, of NumPy or of a tensor."""
    return float(expect_array(answer, (), what))


def expect_whole(answer: Any, what: str) -> int:
    """The answer as a whole number; 3.0 is one, 3.5 is not."""
    number = expect_number(answer, what)
    expect(np.isfinite(number) and number == int(number), f"{what} should be a whole number, and is {number:g}.")
    return int(number)


def expect_several(answer: Any, n: int, what: str) -> list[Any]:
    """The answer as a list of ``n`` things, whether it is a list, a tuple or an array."""
    expect(answer is not None, f"{what} returned None: is the `return` missing?")
    several = isinstance(answer, tuple | list) or len(shape_of(answer) or ()) > 0
    expect(several and len(answer) == n, f"{what} should return {n} things, one after the other.")
    return list(answer)


def expect_right(answer: np.ndarray | float, right: Any, slips: Iterable[Slip], otherwise: str) -> None:
    """Take the answer if it is right; else name the mistake that gives just this answer, or say ``otherwise``.

    The right answer is looked at first: on some inputs a mistake does no harm.
    """
    if close(answer, right):
        return
    for slip, sentence in slips:
        if close(answer, slip):
            raise Wrong(sentence)
    raise Wrong(otherwise)


def expect_independent(gone: np.ndarray, rate: float, what: str) -> None:
    """The number that is dropped differs from row to row as it does if each is drawn by itself."""
    spread, right = gone.sum(axis=1).std(), np.sqrt(gone.shape[1] * rate * (1 - rate))
    expect(
        spread > 0.6 * right,
        f"each row has about as many dropped as the next: every {what} should have a chance of its own.",
    )
    expect(spread < 1.5 * right, f"whole groups are dropped together: every {what} should have a chance of its own.")


def expect_claims(answer: Any, right: str, **sentences: str) -> None:
    """The letters of just those claims that are ``right``; ``sentences`` says of each claim why it is or is not."""
    letters_of = "give the letters as a set, such as {'A', 'B'}."
    expect(isinstance(answer, str | set | frozenset | list | tuple), letters_of)
    expect(all(isinstance(letter, str) for letter in answer), letters_of)
    given = {letter.strip().upper() for letter in answer}
    expect(given <= set(sentences), f"the letters are {', '.join(sentences)}.")
    for letter, sentence in sentences.items():
        expect((letter in given) == (letter in right), sentence)


def shape_of(answer: Any) -> tuple[int, ...] | None:
    """The shape of whatever was returned, or None if it has none."""
    try:
        return np.shape(answer)
    except ValueError:  # rows of unequal length
        return None


def close(first: Any, second: Any) -> bool:
    """Of the same shape, or one of them a single number, and equal but for the rounding of float32."""
    first, second = np.asarray(first, dtype="float64"), np.asarray(second, dtype="float64")
    if first.shape != second.shape and () not in (first.shape, second.shape):
        return False
    return bool(np.allclose(first, second, rtol=1e-4, atol=1e-5))
