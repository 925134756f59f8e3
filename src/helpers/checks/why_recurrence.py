"""Exercises of chapter 1, why recurrence."""

from __future__ import annotations

from typing import Any

import numpy as np

from helpers.checks.exercise import Wrong, close, exercise, expect, expect_array, expect_number, expect_right, shape_of


@exercise(
    "why-bag-of-words",
    "Go through the vocabulary, not through the review: the answer has one number for each vocabulary word.",
    "For each vocabulary word, ask the list of tokens how often it holds that word.",
    "[tokens.count(word) for word in vocabulary]",
)
def bag_of_words(count: Any) -> None:
    random = np.random.default_rng(2)
    vocabulary = ["plot", "good", "not", "bad"]
    cases = [
        ["not", "bad", "good"],
        ["good", "good", "plot"],
        ["good", "popcorn"],
        ["nothing", "goodness"],  # they begin like words of the vocabulary
        [],
        random.choice([*vocabulary, "a", "film", "badly"], size=300).tolist(),
    ]
    for tokens in cases:
        answer = expect_array(count(list(tokens), list(vocabulary)), (4,), "count(tokens, vocabulary)")
        right = np.array([tokens.count(word) for word in vocabulary])
        shown = repr(tokens) if len(tokens) < 5 else f"a review of {len(tokens)} words"
        slips = [
            (right > 0, "a word that stands twice counts twice: ['good', 'good'] holds 'good' 2 times."),
            (
                [" ".join(tokens).count(word) for word in vocabulary],
                "count whole words: 'not' does not occur in ['nothing'], nor 'good' in ['goodness'].",
            ),
            (
                [tokens.count(word) for word in sorted(vocabulary)],
                "one number for each word in the order of the vocabulary, which is not sorted.",
            ),
        ]
        expect_right(answer, right, slips, f"{shown} should give {right.tolist()} and gave {answer.tolist()}.")


@exercise(
    "why-step",
    "Three things are added up: what the input says, what the memory says, and the bias.",
    "Input times w, plus old state times u, plus b; then squash.",
    "np.tanh(x * w + h * u + b)",
)
def step(one_step: Any) -> None:
    random = np.random.default_rng(0)
    for x, h, w, u, b in random.normal(size=(20, 5)):
        answer = expect_number(one_step(x, h, w, u, b), "one_step(x, h, w, u, b)")
        a = x * w + h * u + b
        slips = [
            (a, "that is the sum inside; the state is its tanh."),
            (np.tanh(a - b), "the bias b is missing from the sum."),
            (np.tanh(x * u + h * w + b), "w belongs to the input x, and u to the old state h."),
            (1 / (1 + np.exp(-a)), "that is the sigmoid of the sum; the state is its tanh."),
            (np.tanh(x * w + b), "the old state h is missing from the sum."),
        ]
        case = f"x={x:.2f}, h={h:.2f}, w={w:.2f}, u={u:.2f}, b={b:.2f}"
        expect_right(answer, np.tanh(a), slips, f"{case} should give {np.tanh(a):.4f}.")


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
    "Any u from about 1.7 to 2.5 holds at least 0.9 and still lets a bad word turn the state round.",
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
