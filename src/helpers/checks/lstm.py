"""Exercises of chapter 4, the LSTM."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import Any

import numpy as np

from helpers.arrays import Array
from helpers.cells import lstm
from helpers.checks.exercise import (
    Wrong,
    close,
    exercise,
    expect,
    expect_array,
    expect_number,
    expect_right,
    expect_several,
    shape_of,
)


def _sigmoid(a: Any) -> Any:
    return 1 / (1 + np.exp(-a))


def _pair(answer: Any, shape: tuple[int, ...], what: str) -> tuple[np.ndarray, np.ndarray]:
    """The two states of an answer, each of that shape."""
    expect(shape_of(answer) != shape, f"{what} should return two states, (h, c).")
    h, c = expect_several(answer, 2, what)
    return expect_array(h, shape, "h"), expect_array(c, shape, "c")


def _step(
    x: Array, h: Array, c: Array, kernel: Array, recurrent_kernel: Array, bias: Array, order: str = "ifco"
) -> tuple[Array, Array]:
    blocks = np.split(x @ kernel + h @ recurrent_kernel + bias, 4, axis=-1)
    a = dict(zip(order, blocks, strict=True))
    c = _sigmoid(a["f"]) * c + _sigmoid(a["i"]) * np.tanh(a["c"])
    return _sigmoid(a["o"]) * np.tanh(c), c


@exercise(
    "lstm-step",
    "All four blocks come out of one sum: input times kernel, state times recurrent kernel, bias.",
    "np.split(a, 4, axis=-1) gives the blocks i, f, c, o. Three take a sigmoid, one a tanh.",
    "c = sigmoid(a_f) * c + sigmoid(a_i) * np.tanh(a_c); return sigmoid(a_o) * np.tanh(c), c",
)
def step(answer: Any) -> None:
    random = np.random.default_rng(1)
    for batch, features, units in ((5, 2, 3), (1, 1, 1), (2, 3, 4)):
        arguments = [
            random.normal(size=shape)
            for shape in (
                (batch, features),
                (batch, units),
                (batch, units),
                (features, 4 * units),
                (units, 4 * units),
                (4 * units,),
            )
        ]
        x, h_before, c_before, kernel, recurrent_kernel, bias = arguments
        h, c = _pair(answer(*[array.copy() for array in arguments]), (batch, units), "step(…)")
        right_h, right_c = _step(x, h_before, c_before, kernel, recurrent_kernel, bias)
        if close(h, right_h) and close(c, right_c):
            continue
        expect(not (close(h, right_c) and close(c, right_h)), "the order is (h, c), and yours is (c, h).")
        for order in permutations("ifco"):
            other_h, other_c = _step(x, h_before, c_before, kernel, recurrent_kernel, bias, "".join(order))
            expect(
                not (close(h, other_h) and close(c, other_c)),
                f"the blocks are taken in the order {', '.join(order)}; Keras's order is i, f, c, o.",
            )
        a_i, a_f, a_c, _ = np.split(x @ kernel + h_before @ recurrent_kernel + bias, 4, axis=-1)
        slips = (
            (_step(x, h_before, c_before, kernel, recurrent_kernel, 0 * bias)[1], "the bias is missing from the sum."),
            (
                _step(x, 0 * h_before, c_before, kernel, recurrent_kernel, bias)[1],
                "the old hidden state is missing: it goes through the recurrent kernel.",
            ),
            (
                _sigmoid(a_f) * c_before + _sigmoid(a_i) * _sigmoid(a_c),
                "the candidate takes a tanh; only the three gates take a sigmoid.",
            ),
        )
        expect_right(
            c, right_c, slips, "the cell state is not that of Keras: look at the order i, f, c, o and at the sums."
        )
        expect(close(h, right_h), "the cell state is right; h should be the output gate times its tanh.")


@exercise(
    "lstm-half-life",
    "Two steps: which gate value has this half-life, and which bias gives this gate value?",
    "f to the power `steps` is one half. And the inverse of the sigmoid is log(f / (1 − f)).",
    "f = 0.5 ** (1 / steps); return np.log(f / (1 - f))",
)
def half_life(bias_for: Any) -> None:
    for steps in (50.0, 10.0, 2.0, 1.0, 1_000.0, 7):
        b = expect_number(bias_for(steps), "bias_for(steps)")
        f = 0.5 ** (1 / steps)
        right = np.log(f / (1 - f))
        expect(np.isfinite(b), f"for {steps:g} steps the answer is {b}, and it should be a number.")
        slips = (
            (f, "that is the gate itself; the bias is the number whose sigmoid it is."),
            (
                np.log(steps / np.log(2)),
                "that is the approximation for large biases; solve the equation without it.",
            ),
            (-right, "the sign is the wrong way round: a long memory has a large bias."),
        )
        expect_right(b, right, slips, f"for a half-life of {steps:g} steps the bias is {right:.4f}, and not {b:.4f}.")


def _adder_stream(random: np.random.Generator, length: int) -> tuple[np.ndarray, np.ndarray]:
    """A stream (length, 4) of reading, store, add, ask, and what is to be shown at each step, (length,)."""
    stream, wanted, held = np.zeros((length, 4)), np.zeros(length), 0.0
    stream[:, 0] = random.uniform(-1, 1, length)
    flags = random.choice(4, size=length, p=(0.55, 0.15, 0.15, 0.15))  # none, store, add, ask
    flags[0] = 1
    for t, flag in enumerate(flags):
        stream[t, 1:] = flag == np.arange(1, 4)
        held = (stream[t, 0], held + stream[t, 0])[flag - 1] if flag in (1, 2) else held
        wanted[t] = held * (flag == 3)
    return stream, wanted


def _shown(stream: np.ndarray, weights: Sequence[np.ndarray]) -> np.ndarray:
    return 10 * np.asarray(lstm(stream, *weights, return_sequences=True))[:, 0]


@exercise(
    "lstm-adder",
    "Start from the note-keeper of the chapter. Which of its gates must do something at the new flag?",
    "At an add the input gate opens as at a store, and the forget gate stays open: only its row is new.",
    "The row of `add` is [20, 0, 0, 0]; all other rows and the bias are those of the note-keeper.",
)
def adder(answer: Any) -> None:
    random = np.random.default_rng(3)
    arrays = expect_several(answer, 3, "adder")
    shapes = {"the kernel": (4, 4), "the recurrent kernel": (1, 4), "the bias": (4,)}
    weights = [expect_array(one, shape, name) for one, (name, shape) in zip(arrays, shapes.items(), strict=True)]

    def off(steps: list[int]) -> float:
        """How far the unit is from 0.5 at an ask: flags 1 store, 2 add, 3 ask; the readings before add up to it."""
        stream = np.zeros((len(steps), 4))
        stream[:, 0] = 0.25
        for t, flag in enumerate(steps):
            stream[t, 1:] = flag == np.arange(1, 4)
        stream[-1, 0] = 0
        return _shown(stream, weights)[-1] - 0.25 * sum(flag > 0 for flag in steps[:-1])

    expect(abs(off([1, 3])) < 0.05, "a stored reading of 0.25 is not shown at the ask right after it.")
    expect(abs(off([1, 0, 0, 3])) < 0.05, "between store and ask the note changes: without a flag nothing is written.")
    if abs(off([1, 2, 3])) >= 0.05:
        expect(
            abs(off([1, 2, 3]) + 0.25) >= 0.05, "after store and add only one of the readings is shown, not the sum."
        )
        raise Wrong("after a store of 0.25 and an add of 0.25 the unit should show 0.5 at an ask.")
    expect(abs(off([1, 1, 3]) + 0.25) < 0.05, "a second store must clear the first note, and it adds to it.")
    for _ in range(20):
        stream, wanted = _adder_stream(random, 24)
        error = np.abs(_shown(stream, weights) - wanted)
        silent = stream[:, 3] == 0
        expect(error[silent].max() < 0.1, "the unit shows something at a step where nobody asks.")
        expect((error <= 0.05 + 0.1 * np.abs(wanted)).all(), "on a stream of stores, adds and asks an answer is off.")


@exercise(
    "lstm-gates",
    "Ask of each stranger: what happens to the old note at a store, while waiting, and what is seen outside?",
    "A sum needs f near 1 at the store; a loss needs f well below 1 while waiting; showing is the work of o.",
    "f at the store is 0.98 for one of them only; f elsewhere is 0.75 for one only; o elsewhere 0.88 for one.",
)
def gates(strangers: Any) -> None:
    try:
        letters = "".join(str(one) for one in strangers).strip().upper()
    except TypeError:
        raise Wrong("strangers should be three letters, such as 'ABC'.") from None
    expect(sorted(letters) == list("ABC"), "strangers should be the letters A, B and C, each once, in your order.")
    expect(letters[0] == "C", "the sum of all notes needs a forget gate that stays near 1 at a store.")
    expect(
        letters == "CBA",
        "0.75 to the power of ten is about 0.06: that unit loses its note. An output gate near 1 shows it.",
    )
