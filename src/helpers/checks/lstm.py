"""Exercises of chapter 4, the LSTM."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np

from helpers.arrays import Array
from helpers.checks.exercise import (
    Slip,
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


@exercise(
    "lstm-update",
    "First the new cell state, then the hidden state that is made from it.",
    "Keep a share f of the old cell, add a share i of the candidate; show a share o of the tanh of that.",
    "c = f * c + i * candidate; return o * np.tanh(c), c",
)
def update(new_states: Any) -> None:
    random = np.random.default_rng(0)
    for size in (2, 2, 2, 0.1, 50, 500):
        old, i, f, o = size * random.normal(size=4), *random.uniform(0.05, 0.95, size=(3, 4))
        candidate = np.tanh(random.normal(size=4))
        arguments = [one.copy() for one in (old, i, f, candidate, o)]
        h, c = _pair(new_states(*arguments), (4,), "new_states(…)")
        right_c = f * old + i * candidate
        right_h = o * np.tanh(right_c)
        expect(not (close(h, right_c) and close(c, right_h)), "the order is (h, c), and yours is (c, h).")
        slips: tuple[Slip, ...] = (
            (i * old + f * candidate, "f multiplies the old cell state, and i the candidate."),
            (f * old + candidate, "the input gate is missing: it multiplies the candidate."),
            (old + i * candidate, "the forget gate is missing: it multiplies the old cell state."),
            ((1 - f) * old + i * candidate, "a forget gate of 1 keeps everything: use f, not 1 − f."),
            (np.tanh(right_c), "the cell state is not squashed; only h takes its tanh."),
        )
        cut = size >= 50 and np.abs(c).max() < 0.9 * np.abs(right_c).max() and close(h, o * np.tanh(c))
        sentence = "c should be f times the old cell state plus i times the candidate."
        if cut and np.isclose(c, right_c, rtol=1e-4).any():
            sentence = f"the cell state is cut off at {np.abs(c).max():g}; it may be 5 or 500."
        expect_right(c, right_c, slips, sentence)
        slips = (
            (o * right_c, "h shows the tanh of the cell state, times the output gate."),
            (o * np.tanh(old), "h is made from the new cell state, not from the old one."),
            (np.tanh(o * right_c), "take the tanh first, then multiply by the output gate."),
        )
        expect_right(h, right_h, slips, "h should be the output gate times the tanh of the new cell state.")


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
            if close(h, other_h) and close(c, other_c):
                raise Wrong(f"the blocks are taken in the order {', '.join(order)}; Keras's order is i, f, c, o.")
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
            (np.log(steps / np.log(2)), "that is the approximation for large biases; solve the equation without it."),
            (-right, "the sign is the wrong way round: a long memory has a large bias."),
        )
        expect_right(b, right, slips, f"for a half-life of {steps:g} steps the bias is {right:.4f}, and not {b:.4f}.")


@exercise(
    "lstm-forget-bias",
    "Four blocks of equal length, in the order i, f, c, o.",
    "With units = len(bias) // 4 the forget gate goes from units to 2 * units. Copy before you write.",
    "changed = np.array(bias, dtype=float); changed[units : 2 * units] = value; return changed",
)
def forget_bias(with_forget_bias: Any) -> None:
    random = np.random.default_rng(2)
    for units in (1, 3, 8):
        bias, value = random.normal(size=4 * units), float(random.uniform(2, 4)) if units > 1 else 0.0
        before = bias.copy()
        answer = expect_array(with_forget_bias(bias, value), (4 * units,), "with_forget_bias(bias, value)")
        expect(close(bias, before), "the bias you were given was changed: work on a copy.")
        changed = {block for block in range(4) if not close(*_blocks(answer, before, block))}
        expect(changed != {0}, "that is the first block, the input gate; the order is i, f, c, o.")
        expect(changed != {2}, "that is the third block, the candidate; the order is i, f, c, o.")
        expect(changed != {3}, "that is the fourth block, the output gate; the order is i, f, c, o.")
        expect(changed <= {1}, "other blocks have changed as well; only the forget gate should.")
        block = answer[units : 2 * units]
        expect(not close(block, before[units : 2 * units] + value), "set the bias to the value, do not add it.")
        expect(close(block, value), f"all {units} numbers of the forget gate should be {value:.3f}.")


def _blocks(first: np.ndarray, second: np.ndarray, block: int) -> tuple[np.ndarray, np.ndarray]:
    part = slice(block * len(first) // 4, (block + 1) * len(first) // 4)
    return first[part], second[part]


@exercise(
    "lstm-keep",
    "Two conditions: without a store the gate must be very near 1, with one it must be near 0.",
    "Keeping asks for σ(b) of at least 0.9 to the power 1/100. Clearing asks for σ(b − 12) of at most 0.05.",
    "Any b from about 6.9 to 9.0 does both.",
)
def keep(b: Any) -> None:
    b = expect_number(b, "b_that_keeps")
    left, survives = _sigmoid(b) ** 100, _sigmoid(b - 12)
    expect(left >= 0.9, f"with b = {b:g} only {100 * left:.4g} % is left after 100 steps; it should be at least 90 %.")
    expect(
        survives <= 0.05,
        f"with b = {b:g} the gate does not close: {100 * survives:.3g} % survives a store, and at most 5 % should.",
    )
