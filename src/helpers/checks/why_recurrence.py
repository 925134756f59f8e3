"""Exercises of chapter 1, why recurrence."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from helpers.checks.exercise import (
    Wrong,
    close,
    exercise,
    expect,
    expect_array,
    expect_claims,
    expect_number,
    expect_right,
    expect_several,
    shape_of,
)


@exercise(
    "why-loop",
    "You need a variable that lives longer than one turn of the loop.",
    "Before the loop: h = 0.0 and an empty list. In the loop: update h, then append it.",
    "for x in xs: h = one_step(x, h, w, u, b); states.append(h)",
)
def loop(read: Any) -> None:
    random = np.random.default_rng(1)
    for length in (5, 1, 2, 30):
        xs, (w, u, b) = random.normal(size=length), random.normal(size=3)
        states, h = [], 0.0
        for x in xs:
            h = np.tanh(x * w + h * u + b)
            states.append(h)
        answer = read(xs.copy(), w, u, b)
        expect(answer is not None, "read_numbers returned None: is the `return` missing?")
        expect(shape_of(answer) != (length + 1,), "leave the zero at the start out: one state for each number in xs.")
        expect(shape_of(answer) != (), "it returned the last state only; collect the state of every step.")
        answer = expect_array(answer, (length,), "read_numbers(xs, w, u, b)")
        slips = [
            (np.tanh(xs * w + b), "every step starts from zero: hand the state of one step to the next."),
            (states[::-1], "the states stand in the wrong order: the first step comes first."),
        ]
        if not close(answer[0], states[0]) and not close(answer, states[::-1]):
            raise Wrong("the first step should start from a state of zero.")
        expect_right(
            answer, states, slips, "the states drift away from the right ones: use the new state, not an older one."
        )


@exercise(
    "why-memory",
    "A filler word has x = 0, so only u acts: the state goes from h to tanh(u · h), again and again.",
    "Near zero tanh(u · h) is about u · h. With u below 1 the state shrinks. What must u be for it to hold?",
    "Any u from about 1.7 to 2.5 holds at least 0.9 and still lets a bad word flip the state.",
)
def memory(u: Any) -> None:
    expect(u is not None, "u is None: put a number in.")
    u = expect_number(u, "u")
    expect(not np.isnan(u), "u is nan, which is no number.")
    expect(u >= 0, f"with u = {u:g} the state changes its sign at every filler word: the memory flips.")
    h = np.tanh(4.0)
    for _ in range(50):
        h = np.tanh(u * h)
    expect(h >= 0.9, f"with u = {u:g} the state is {h:.3f} after 50 filler words; it should still be at least 0.9.")
    flipped = np.tanh(-4.0 + u * h)
    expect(
        flipped <= -0.9,
        f"with u = {u:g} the memory is too stubborn: after a bad word the state is {flipped:.3f}, not below -0.9.",
    )


@exercise(
    "why-not",
    "Let a filler word pass first: tanh(8 + 3) is almost 1. To which side must a complaint go, and stay there?",
    "Let not bring the state to about −0.5, where 8 · h + 3 is −1. A good after it may fall to −1; a bad must climb.",
    "not −11.55; then bad needs more than 1 to climb, and good must stay below it: −1 will do.",
)
def read_not(numbers: Any) -> None:
    expect(isinstance(numbers, Mapping), "give a dict with a number for each of 'not', 'good' and 'bad'.")
    for word in ("not", "good", "bad"):
        expect(word in numbers, f"the dict has no number for {word!r}.")
    known = {word: expect_number(numbers[word], f"the number of {word!r}") for word in ("not", "good", "bad")}
    expect(all(np.isfinite(list(known.values()))), "every number must be finite.")
    for before, middle, after in itertools.product((1, 2, 30), (0, 1, 30), (0, 1, 30)):
        for opinions, label in (("good|not bad", 1), ("not bad|good", 1), ("bad|not good", 0), ("not good|bad", 0)):
            first, second = opinions.split("|")
            words = ["the"] * before + first.split() + ["the"] * middle + second.split() + ["the"] * after
            h = 0.0
            for word in words:
                h = math.tanh(known.get(word, 0.0) + 8 * h + 3)
            if (h > 0) != bool(label) or abs(h) < 1e-3:
                shown = " … ".join([f"{before} × the", first, f"{middle} × the", second, f"{after} × the"])
                raise Wrong(
                    f"“{shown}” is {'praise' if label else 'a complaint'} and should end "
                    f"{'above' if label else 'below'} 0; it ends at {h:.2f}."
                )


@exercise(
    "why-pairs",
    "The texts need more than one sentence part. What may change places without a new pair?",
    "Two opinions may, when the words before them are the same and the words after them are, too.",
    "“plot was good and cast was bad and long”, and the same with good and bad swapped.",
)
def same_pairs(texts: Any) -> None:
    texts = expect_several(texts, 2, "two_texts")
    for text in texts:
        expect(
            isinstance(text, Sequence) and not isinstance(text, str) and all(isinstance(word, str) for word in text),
            "each text should be a list of words.",
        )
        expect(len(text) <= 20, f"one text has {len(text)} words; at most twenty are allowed.")
    pairs = [Counter(itertools.pairwise(text)) for text in texts]
    has = [("plot", "was", "good") in zip(text, text[1:], text[2:], strict=False) for text in map(list, texts)]
    expect(has[0], "“plot was good” should occur in the first text.")
    expect(not has[1], "“plot was good” should not occur in the second text.")
    for one, other, name in ((pairs[0], pairs[1], "second"), (pairs[1], pairs[0], "first")):
        if lost := one - other:
            raise Wrong(f"the pair “{' '.join(next(iter(lost)))}” is missing in the {name} text.")


@exercise(
    "why-claims",
    "Three of the five compare dots, and two name a cause. Can dots show a cause?",
    "B and E name causes. Of A, C and D the figure contradicts one.",
    "{'A', 'C'}",
)
def claims(supported: Any) -> None:
    expect_claims(
        supported,
        "AC",
        A="A is supported: word pairs make no mistake in that world, and nothing reads better than that.",
        B="B names a cause, and not the right one: the slots have many more parameters than the loop.",
        C="C is supported: look at the marks of the long sentences in the far world, row by row.",
        D="D is not supported: compare the two rows of marks of the loop.",
        E="E names a cause: the figure shows that there are mistakes, and not where they come from.",
    )
