"""Checks for the exercises: the same in a notebook, in CI and for a marker.

``check("text-pad", pad_review)`` tries an answer on fixed and on random inputs and prints a tick, or one sentence about
what is wrong. ``hint("text-pad")`` gives help in three levels, as much as you ask for. ``require`` is ``check`` for a
script: it raises.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from helpers.checks.exercise import EXERCISES, Exercise, Wrong

__all__ = ["check", "exercises", "hint", "require", "verdict"]

# What the names of a chapter's exercises begin with → its module. A chapter loads its own checks and no others.
MODULES = {
    "why": "why_recurrence",
    "rnn": "simple_rnn",
    "grad": "gradients_through_time",
    "lstm": "lstm",
    "gru": "gru",
    "back": "how_far_back",
    "count": "counting_parameters",
    "keras": "keras_recurrent_layers",
    "text": "text_to_sequences",
    "imdb": "simple_rnn_imdb",
    "fit": "overfitting",
    "gated": "gated_rnns_imdb",
    "mask": "padding_and_masking",
    "both": "bidirectional_and_stacked",
    "loop": "cells_and_custom_loops",
    "glove": "word_vectors",
    "compare": "comparing_models",
    "predict": "predicting_new_reviews",
    "capstone": "product_reviews",
}


def exercises(*chapters: str) -> dict[str, Exercise]:
    """The exercises of the chapters with these names in :data:`MODULES`, or of all, by name."""
    for chapter in chapters or MODULES:
        import_module(f"helpers.checks.{MODULES[chapter]}")
    return {name: one for name, one in EXERCISES.items() if not chapters or name.partition("-")[0] in chapters}


def verdict(name: str, answer: Any) -> tuple[bool, str]:
    """Whether ``answer`` solves exercise ``name``, and one sentence to the reader. Never raises for a wrong answer."""
    test = _exercise(name).test
    try:
        test(answer)
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
    chapter = name.partition("-")[0]
    known = exercises(chapter) if chapter in MODULES else {}
    if name not in known:
        raise ValueError(f"there is no exercise {name!r}; the exercises are {', '.join(sorted(known or exercises()))}.")
    return known[name]
