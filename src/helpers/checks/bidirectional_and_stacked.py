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
    "both-stack",
    "What does the second layer read, and how many numbers is that?",
    "Go through the widths, add 4 n (d + n + 1) for each reader, and set d for the next layer.",
    "ways = 2 if bidirectional else 1; total += ways * 4 * n * (input_dim + n + 1); input_dim = ways * n",
)
def stack(answer: Any) -> None:
    def total(input_dim: int, widths: list[int], ways: int, grow: bool = True, first_only: bool = False) -> int:
        result = 0
        for n in widths:
            result += ways * 4 * n * (input_dim + n + 1)
            if not first_only:
                input_dim = (ways if grow else 1) * n
        return result

    for dimension, widths in ((32, [32]), (16, [8, 5]), (100, [64, 64, 20])):
        for both in (False, True):
            ways = 2 if both else 1
            got = expect_whole(answer(dimension, list(widths), both), "count(input_dim, widths, bidirectional)")
            right = total(dimension, widths, ways)
            biases = 4 * ways * sum(widths)
            expect(got == right or got != right - biases, "the biases are missing: one for each unit and each gate.")
            if got != right and got == total(dimension, widths, ways, grow=False):
                raise Wrong("a bidirectional layer gives out both halves: the layer above it reads 2 · units numbers.")
            if got != right and got == total(dimension, widths, ways, first_only=True):
                raise Wrong("only the lowest layer reads input_dim features; the others read the units below them.")
            if got != right and both and got == total(dimension, widths, 1):
                raise Wrong("with two directions every layer has a second reader with weights of its own.")
            expect(got == right or 4 * got != right, "an LSTM has four kernels: three gates and the candidate.")
            if got != right:
                raise Wrong(f"{dimension} features, widths {widths}, bidirectional={both}: {right:,}, not {got:,}.")


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
    "both-optimism",
    "Every seed picks its epoch. Who can say, without having picked, how good that epoch is?",
    "curves.argmax(axis=1) gives the epochs; for each, average that column without the seed's own row.",
    "np.mean([curves[s, e] - np.delete(curves[:, e], s).mean() for s, e in enumerate(curves.argmax(axis=1))])",
)
def optimism(answer: Any) -> None:
    random = np.random.default_rng(6)
    tie = np.array([[0.8, 0.8, 0.7], [0.6, 0.7, 0.9]])
    for curves in (tie, random.uniform(0.7, 0.9, (5, 30)), random.uniform(0.7, 0.9, (3, 4))):
        best = curves.argmax(axis=1)
        own = curves.max(axis=1)
        elsewhere = [np.delete(curves[:, epoch], seed).mean() for seed, epoch in enumerate(best)]
        got = expect_number(answer(curves.copy()), "optimism(curves)")
        right = (own - elsewhere).mean()
        latest = curves.shape[1] - 1 - curves[:, ::-1].argmax(axis=1)
        at_latest = [np.delete(curves[:, epoch], seed).mean() for seed, epoch in enumerate(latest)]
        slips = (
            (
                (own - curves[:, best].mean(axis=0)).mean(),
                "the seed that chose the epoch is among those you average: leave it out.",
            ),
            (
                (own - curves[:, -1]).mean(),
                "that compares with the last epoch: it is what stopping early brings, not what is luck.",
            ),
            (own.mean(), "that is the mean of the best accuracies; now subtract the other seeds'."),
            (-right, "the sign is the other way round: own best minus the others."),
            ((own - at_latest).mean(), "of equally good epochs take the earliest."),
        )
        shape = f"for curves of the shape {curves.shape}"
        expect_right(got, right, slips, f"{shape} it should be {right:.4f}, not {got:.4f}.")
