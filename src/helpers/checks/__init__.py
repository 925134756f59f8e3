"""Checks for the exercises: the same in a notebook, in CI and for a marker.

``check("text-pad", pad_review)`` tries an answer on fixed and on random inputs and prints a tick, or one sentence about
what is wrong. ``hint("text-pad")`` gives help in three levels, as much as you ask for. ``require`` is ``check`` for a
script: it raises.
"""

from __future__ import annotations

from typing import Any

from helpers.checks import (
    c01_why_recurrence,
    c02_simple_rnn,
    c03_gradients_through_time,
    c04_lstm,
    c05_gru,
    c06_counting_parameters,
    c07_keras_recurrent_layers,
    c08_text_to_sequences,
    c09_simple_rnn_imdb,
    c10_gated_rnns_imdb,
    c11_bidirectional_and_stacked,
    c12_cells_and_custom_loops,
    c13_glove,
    c14_comparing_models,
    c15_predicting_new_reviews,
    c19_capstone_product_reviews,
)
from helpers.checks._exercise import Exercise, Wrong

__all__ = ["EXERCISES", "check", "hint", "require", "verdict"]

EXERCISES: dict[str, Exercise] = (
    c01_why_recurrence.EXERCISES
    | c02_simple_rnn.EXERCISES
    | c03_gradients_through_time.EXERCISES
    | c04_lstm.EXERCISES
    | c05_gru.EXERCISES
    | c06_counting_parameters.EXERCISES
    | c07_keras_recurrent_layers.EXERCISES
    | c08_text_to_sequences.EXERCISES
    | c09_simple_rnn_imdb.EXERCISES
    | c10_gated_rnns_imdb.EXERCISES
    | c11_bidirectional_and_stacked.EXERCISES
    | c12_cells_and_custom_loops.EXERCISES
    | c13_glove.EXERCISES
    | c14_comparing_models.EXERCISES
    | c15_predicting_new_reviews.EXERCISES
    | c19_capstone_product_reviews.EXERCISES
)


def verdict(name: str, answer: Any) -> tuple[bool, str]:
    """Whether ``answer`` solves exercise ``name``, and one sentence to the reader. Never raises for a wrong answer."""
    exercise = _exercise(name)
    try:
        exercise.test(answer)
    except NotImplementedError:
        return False, f"{name}: not answered yet. hint({name!r}) helps."
    except Wrong as wrong:
        return False, f"{name}: {wrong} hint({name!r}) helps."
    except Exception as error:  # whatever a reader's code may raise is part of the answer
        return False, f"{name}: your code stopped with {type(error).__name__}: {error}. hint({name!r}) helps."
    return True, f"{name}: right."


def check(name: str, answer: Any) -> None:
    """Print whether ``answer`` (a function or a value) solves the exercise. ValueError for an unknown exercise."""
    right, sentence = verdict(name, answer)
    print("✓" if right else "✗", sentence)


def require(name: str, answer: Any) -> None:
    """Raise ValueError with the sentence of :func:`check` unless the answer solves the exercise."""
    right, sentence = verdict(name, answer)
    if not right:
        raise ValueError(sentence)


def hint(name: str, level: int = 1) -> None:
    """Print a hint: level 1 nudges, level 2 shows the way, level 3 nearly gives it away."""
    hints = _exercise(name).hints
    if level not in (1, 2, 3):
        raise ValueError(f"hints have levels 1, 2 and 3; {level!r} is none of them.")
    more = f"  (more: hint({name!r}, {level + 1}))" if level < 3 else ""
    print(f"Hint {level} of 3: {hints[level - 1]}{more}")


def _exercise(name: str) -> Exercise:
    if name not in EXERCISES:
        raise ValueError(f"there is no exercise {name!r}; the exercises are {', '.join(sorted(EXERCISES))}.")
    return EXERCISES[name]
