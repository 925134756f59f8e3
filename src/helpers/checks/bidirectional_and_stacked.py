"""Exercises of chapter 14, both directions and deeper."""

from __future__ import annotations

from itertools import takewhile
from typing import Any

import numpy as np

from helpers.checks.exercise import (
    Wrong,
    close,
    exercise,
    expect,
    expect_array,
    expect_number,
    expect_right,
    expect_several,
    expect_whole,
    shape_of,
)


def _agreeing(first: list[str], second: list[str]) -> int:
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False))))


@exercise(
    "both-shared",
    "Which words does a reader know when it stands at a word?",
    "Count the words that agree from the start until the first that differ; then do it for the reversed lists.",
    "for a, b in zip(first, second): break at the first a != b, else count += 1; again with [::-1] on both",
)
def shared(answer: Any) -> None:
    random = np.random.default_rng(4)
    pairs = (
        ("she took the bow and played a slow waltz", "she took the bow and shot a single arrow"),
        ("they saw the light at the end", "we saw the light at the end"),
        ("a light film", "a light meal before a film"),
        ("it was fine", "it was fine"),
        ("yes", "no"),
        ("it was", "it was fine"),
        *(
            tuple(" ".join(random.choice(["a", "b"], size=n)) for n in sizes)
            for sizes in random.integers(1, 5, (20, 2))
        ),
    )
    for one, other in pairs:
        first, second = one.split(), other.split()
        got = answer(list(first), list(second))
        expect(shape_of(got) != (), "return two numbers: (forward, backward).")
        got = [expect_whole(number, "each number") for number in expect_several(got, 2, "shared(first, second)")]
        right = _agreeing(first, second), _agreeing(first[::-1], second[::-1])
        pair = f"for {one!r} and {other!r}"
        if tuple(got) == right:
            continue
        matches = sum(a == b for a, b in zip(first, second, strict=False))
        expect(
            matches == right[0] or got[0] != matches,
            f"{pair}: stop at the first word that differs. What comes after it may agree again; the states do not.",
        )
        expect(
            tuple(got) != right[::-1],
            f"{pair}: these are the right numbers the wrong way round; the forward reader starts at the first word.",
        )
        if len(first) != len(second) and got[1] != right[1]:
            raise Wrong(f"{pair}: line the sentences up at their ends for the backward reader; they differ in length.")
        raise Wrong(f"{pair} the answer should be {right}, not {tuple(got)}.")


@exercise(
    "both-states",
    "It is the loop of chapter 1 twice; only the order of reading differs.",
    "Collect the backward states while going through x[::-1]: they come in order of reading, the last first.",
    "np.concatenate([read(forward, x), read(backward, x[::-1])[::-1]], axis=-1), where read() is your loop",
)
def both_states(answer: Any) -> None:
    random = np.random.default_rng(5)
    for time, features, units in ((4, 2, 3), (1, 3, 2), (7, 1, 1)):
        x = random.normal(size=(time, features))
        (w, u), (v, r) = ((random.normal(size=(features, units)), random.normal(size=(units, units))) for _ in range(2))

        def forward(x_t: Any, h: Any, w: Any = w, u: Any = u) -> Any:
            return np.tanh(x_t @ w + h @ u)

        def backward(x_t: Any, h: Any, v: Any = v, r: Any = r) -> Any:
            return np.tanh(x_t @ v + h @ r)

        def read(step: Any, rows: Any, units: int = units) -> Any:
            h, states = np.zeros(units), []
            for x_t in rows:
                h = step(x_t, h)
                states.append(h)
            return np.array(states)

        ahead, back = read(forward, x), read(backward, x[::-1])
        got = answer(forward, backward, x, units)
        if shape_of(got) == (2 * units,):
            raise Wrong("that is one state for the whole sequence; give the states at every place.")
        got = expect_array(got, (time, 2 * units), "both_states(forward, backward, x, units)")
        if close(got, np.concatenate([ahead, back[::-1]], axis=-1)):
            continue
        expect(
            not close(got[:, units:], back),
            "turn the backward states round: row t has to stand beside x[t], and the backward reader met x[-1] first.",
        )
        if close(got[:, units:], read(backward, x)):
            raise Wrong("the second reader has to start at the end of x; yours starts at the beginning too.")
        if close(got, np.concatenate([back[::-1], ahead], axis=-1)):
            raise Wrong("the forward half comes first, then the backward.")
        expect(close(got[:, :units], ahead), "the forward half does not agree: h = forward(x_t, h), from zeros.")
        raise Wrong(
            "the backward half does not agree: h = backward(x_t, h), from the last row to the first, from zeros."
        )


@exercise(
    "both-rival",
    "An LSTM with n units on d features has 4 n (d + n + 1) parameters.",
    "Start from n = 0 and go up as long as the next n still fits.",
    "while 4 * (n + 1) * (input_dim + n + 2) <= parameters: n += 1",
)
def rival(answer: Any) -> None:
    random = np.random.default_rng(7)
    cases = [(16_640, 32), (8_320, 32), (8_319, 32), (12_544, 16), (459_776, 192), (100_000, 1)]
    for parameters, dimension in [*cases, *random.integers([2_000, 1], [300_000, 300], size=(20, 2)).tolist()]:
        got = expect_whole(answer(parameters, dimension), "rival(parameters, input_dim)")
        right = 0
        while 4 * (right + 1) * (dimension + right + 2) <= parameters:
            right += 1
        case = f"rival({parameters:,}, {dimension})"
        simple = 0
        while (simple + 1) * (dimension + simple + 2) <= parameters:
            simple += 1
        if got == right:
            continue
        if got == simple:
            raise Wrong(f"{case}: {got} units would do for a SimpleRNN. An LSTM has four times as many parameters.")
        expect(
            got != right + 1,
            f"{case}: {got} units have {4 * got * (dimension + got + 1):,} parameters, which is too many: round down.",
        )
        expect(got != right - 1, f"{case}: {got} units fit, but one more would fit too.")
        raise Wrong(f"{case} should be {right}, not {got}: 4 · n · (input_dim + n + 1) must not exceed it.")


@exercise(
    "both-picked",
    "Two halves of the reviews: one chooses the epoch, the other says how good it is.",
    "right[:, ::2] are the reviews that choose, right[:, 1::2] those that are read; a mean over axis 1 is an accuracy.",
    "epoch = right[:, ::2].mean(axis=1).argmax(); return both means of that epoch",
)
def picked(answer: Any) -> None:
    random = np.random.default_rng(12)
    tie = np.array([[1, 1, 0, 1, 0, 1], [1, 1, 1, 1, 1, 0], [1, 0, 1, 0, 1, 1]], dtype=bool)
    odd_wins = np.array([[1, 0, 1, 0, 1], [0, 1, 0, 1, 1], [1, 1, 1, 1, 0]], dtype=bool)
    for right in (random.random((30, 401)) < 0.8, tie, odd_wins, random.random((6, 40)) < 0.7):
        several = expect_several(answer(right.copy()), 2, "picked(right)")
        got = np.array([expect_number(one, "each accuracy") for one in several])
        choosing, reading = right[:, ::2].mean(axis=1), right[:, 1::2].mean(axis=1)

        def at(epoch: int, choosing: Any = choosing, reading: Any = reading) -> list[float]:
            return [choosing[epoch], reading[epoch]]

        best = int(choosing.argmax())
        shape = f"for an array of the shape {right.shape}"
        slips = (
            (at(best)[::-1], f"{shape}: first the accuracy on the reviews that chose, then that on the others."),
            (at(int(reading.argmax())), f"{shape}: the reviews 1, 3, 5, … have chosen; they are to be read."),
            (at(int(right.mean(axis=1).argmax())), f"{shape}: all reviews have chosen. Let only 0, 2, 4, … choose."),
            (
                [choosing.max(), reading.max()],
                f"{shape}: each half has chosen its own epoch. Read the epoch of the first.",
            ),
            (
                at(len(choosing) - 1 - int(choosing[::-1].argmax())),
                f"{shape}: of equally good epochs take the earliest.",
            ),
            (100 * np.array(at(best)), "return shares between 0 and 1."),
        )
        expect_right(got, at(best), slips, f"{shape} it should be {at(best)[0]:.4f} and {at(best)[1]:.4f}.")


@exercise(
    "both-verdicts",
    "For every sentence: which table or figure speaks of it, and does an interval include zero?",
    "“As good as” needs a narrow interval around zero, “better” one that leaves zero out.",
    "Three of the six are supported: one on two directions, one on the mask, one on the honest twins.",
)
def verdicts(may_write: Any) -> None:
    found = {letter: may_write(letter) for letter in "ABCDEF"}
    expect(
        all(value is not None for value in found.values()), "may_write(letter) returned None: is a `return` missing?"
    )
    expect(all(np.shape(value) == () for value in found.values()), "return True or False for each letter.")
    sentences = (
        (found["B"], "B: the interval of the stack allows a loss of two points. That is not “as good as”."),
        (found["D"], "D: compare the two accuracies in the text. A reader that is heard need not be right."),
        (found["F"], "F: look at the lead of the one-way GRU in the table of the twins."),
        (not found["A"], "one sentence is missing: how wide is the interval of the second direction?"),
        (
            not found["C"],
            "one sentence is missing: look at the curves of the masked network. It is about one network only.",
        ),
        (not found["E"], "one sentence is missing: look at the honest twins."),
    )
    for wrong, sentence in sentences:
        expect(not wrong, sentence)
