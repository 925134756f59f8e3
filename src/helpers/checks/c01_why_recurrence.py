"""Exercises of chapter 1, why recurrence."""

from __future__ import annotations

from typing import Any

import numpy as np

from helpers.checks._exercise import Exercise, close, expect, expect_array


def bag_of_words(count: Any) -> None:
    vocabulary = ["bad", "good", "not", "plot"]
    counts = expect_array(count(["not", "bad", "good"], vocabulary), (4,), "count(tokens, vocabulary)")
    expect(close(counts, [1, 1, 1, 0]), f"['not', 'bad', 'good'] should give [1, 1, 1, 0] and gave {counts.tolist()}.")
    twice = expect_array(count(["good", "good", "plot"], vocabulary), (4,), "count(tokens, vocabulary)")
    expect(
        close(twice, [0, 2, 0, 1]), "a word that stands twice counts twice: ['good', 'good', 'plot'] is [0, 2, 0, 1]."
    )
    expect(
        close(count(["good", "popcorn"], vocabulary), [0, 1, 0, 0]),
        "a word outside the vocabulary is left out: ['good', 'popcorn'] is [0, 1, 0, 0].",
    )
    expect(close(count([], vocabulary), [0, 0, 0, 0]), "an empty review has only zeros.")


def step(one_step: Any) -> None:
    random = np.random.default_rng(0)
    for x, h, w, u, b in random.normal(size=(20, 5)):
        answer = float(expect_array(one_step(x, h, w, u, b), (), "one_step(x, h, w, u, b)"))
        right = np.tanh(x * w + h * u + b)
        expect(not close(answer, x * w + h * u + b), "that is the sum inside; the state is its tanh.")
        expect(not close(answer, np.tanh(x * w + h * u)), "the bias b is missing from the sum.")
        expect(not close(answer, np.tanh(x * u + h * w + b)), "w belongs to the input x, and u to the old state h.")
        expect(close(answer, right), f"x={x:.2f}, h={h:.2f}, w={w:.2f}, u={u:.2f}, b={b:.2f} should give {right:.4f}.")


def loop(read: Any) -> None:
    random = np.random.default_rng(1)
    for length in (1, 2, 5, 30):
        xs, (w, u, b) = random.normal(size=length), random.normal(size=3)
        states, h = [], 0.0
        for x in xs:
            h = np.tanh(x * w + h * u + b)
            states.append(h)
        answer = read(xs, w, u, b)
        expect(answer is not None, "read_numbers returned None: is the `return` missing?")
        expect(np.shape(answer) != (length + 1,), "leave the zero at the start out: one state for each number in xs.")
        expect(np.shape(answer) != (), "it returned the last state only; collect the state of every step.")
        answer = expect_array(answer, (length,), "read_numbers(xs, w, u, b)")
        expect(
            length == 1 or not close(answer, np.tanh(xs * w + b)),
            "every step starts from zero: hand the state of one step to the next.",
        )
        expect(close(answer[0], states[0]), "the first step should start from a state of zero.")
        expect(close(answer, states), "the states drift away from the right ones: use the new state, not an older one.")


def memory(u: Any) -> None:
    expect(u is not None, "u is None: put a number in.")
    u = float(expect_array(u, (), "u"))
    h = np.tanh(4.0)
    for _ in range(50):
        h = np.tanh(u * h)
    expect(u >= 0, f"with u = {u:g} the state changes its sign at every filler word: the memory flips.")
    expect(h >= 0.9, f"with u = {u:g} the state is {h:.3f} after 50 filler words; it should still be at least 0.9.")
    flipped = np.tanh(-4.0 + u * h)
    expect(
        flipped <= -0.9,
        f"with u = {u:g} the memory is too stubborn: after a bad word the state is {flipped:.3f}, not below -0.9.",
    )


EXERCISES = {
    "why-bag-of-words": Exercise(
        bag_of_words,
        (
            "Go through the vocabulary, not through the review: the answer has one number for each vocabulary word.",
            "For each vocabulary word, ask the list of tokens how often it holds that word.",
            "[tokens.count(word) for word in vocabulary]",
        ),
    ),
    "why-step": Exercise(
        step,
        (
            "Three things are added up: what the input says, what the memory says, and the bias.",
            "Input times w, plus old state times u, plus b; then squash.",
            "np.tanh(x * w + h * u + b)",
        ),
    ),
    "why-loop": Exercise(
        loop,
        (
            "You need a variable that lives longer than one turn of the loop.",
            "Before the loop: h = 0.0 and an empty list. In the loop: update h, then append it.",
            "for x in xs: h = one_step(x, h, w, u, b); states.append(h)",
        ),
    ),
    "why-memory": Exercise(
        memory,
        (
            "A filler word has x = 0, so only u acts: the state goes from h to tanh(u · h), again and again.",
            "Near zero tanh(u · h) is about u · h. With u below 1 the state shrinks. What must u be for it to hold?",
            "Any u from about 1.7 to 2.5 holds at least 0.9 and still lets a bad word turn the state round.",
        ),
    ),
}
