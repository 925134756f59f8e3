"""Exercises of chapter 5, the GRU."""

from __future__ import annotations

from typing import Any

import numpy as np

from helpers.cells import gru, gru_step
from helpers.checks.exercise import (
    Wrong,
    exercise,
    expect,
    expect_array,
    expect_right,
    expect_several,
    shape_of,
)


@exercise(
    "gru-step",
    "Compute what comes from the input and what comes from the state apart; each has its own row of the bias.",
    "np.split cuts both in three, z, r, h. The gates add their two parts. What does the candidate do?",
    "z, r = sigmoid(x_z + h_z), sigmoid(x_r + h_r); return z * h + (1 - z) * np.tanh(x_h + r * h_h)",
)
def step(answer: Any) -> None:
    random = np.random.default_rng(1)
    for batch, features, units in ((2, 3, 4), (1, 1, 1), (5, 2, 3)):
        x, h = random.normal(size=(batch, features)), random.uniform(-1, 1, size=(batch, units))
        kernel, recurrent_kernel, bias = (
            random.normal(size=shape) for shape in ((features, 3 * units), (units, 3 * units), (2, 3 * units))
        )
        arguments = (x.copy(), h.copy(), kernel.copy(), recurrent_kernel.copy(), bias.copy())
        new = answer(*arguments)
        expect((shape_of(new) or ())[1:] != (batch, units), "return the new state alone, without gates and candidate.")
        new = expect_array(new, (batch, units), "step(x, h, kernel, recurrent_kernel, bias)")
        right = gru_step(x, h, kernel, recurrent_kernel, bias)

        _, _, W_h = np.split(kernel, 3, axis=-1)
        _, _, U_h = np.split(recurrent_kernel, 3, axis=-1)
        b_h, b2_h = bias[:, 2 * units :]

        def with_sum(a: np.ndarray, z: np.ndarray = right.z, h: np.ndarray = h) -> np.ndarray:
            return z * h + (1 - z) * np.tanh(a)

        before = "the reset gate acts before the product: that is reset_after=False; multiply h U_h + b' instead."
        kernel2, recurrent2, bias2 = (_swap(array, units) for array in (kernel, recurrent_kernel, bias))
        slips = (
            (with_sum(x @ W_h + b_h + (right.r * h) @ U_h), before),
            (with_sum(x @ W_h + b_h + (right.r * h) @ U_h + b2_h), before),
            (
                with_sum(x @ W_h + b_h + right.r * (h @ U_h) + b2_h),
                "the second bias of the candidate belongs inside, where the reset gate multiplies it.",
            ),
            (
                gru_step(x, h, kernel, recurrent_kernel, np.stack([bias[0], 0 * bias[1]])).h,
                "the second row of the bias is missing.",
            ),
            (gru_step(x, h, kernel2, recurrent2, bias2).h, "Keras's order is z, r, h; yours begins with r."),
            (
                (1 - right.z) * h + right.z * right.candidate,
                "z is the wrong way round: in Keras it multiplies the old state.",
            ),
            (
                gru_step(x, 0 * h, kernel, recurrent_kernel, bias).h,
                "the old state is missing: it goes through the recurrent kernel, and z keeps a share of it.",
            ),
        )
        expect_right(
            new, right.h, slips, "the state is not that of Keras: look at the order z, r, h and at the two biases."
        )


def _swap(array: np.ndarray, units: int) -> np.ndarray:
    """The same weights with the blocks of z and r exchanged."""
    z, r, h = np.split(array, 3, axis=-1)
    return np.concatenate([r, z, h], axis=-1)


@exercise(
    "gru-pytorch",
    "Compare the equations with those of reset_after=True. Which block is where, and which way do arrays lie?",
    "Cut each array in three (np.split), put z before r, transpose the two kernels, make the biases two rows.",
    "r, z, n = np.split(array, 3); np.concatenate([z, r, n]), with .T for the kernels; np.stack for the biases",
)
def pytorch(from_pytorch: Any) -> None:
    random = np.random.default_rng(2)
    for d, n in ((2, 3), (4, 1), (3, 3), (5, 2)):
        given = [random.normal(size=shape) for shape in ((3 * n, d), (3 * n, n), (3 * n,), (3 * n,))]
        answer = from_pytorch(*[array.copy() for array in given])
        arrays = expect_several(answer, 3, "from_pytorch(…)")
        shapes = {"the kernel": (d, 3 * n), "the recurrent kernel": (n, 3 * n), "the bias": (2, 3 * n)}
        for array, (name, shape) in zip(arrays, shapes.items(), strict=True):
            there = shape_of(array)
            expect(
                there != shape[::-1] or there == shape, f"{name} should be transposed: its shape is {shape} in Keras."
            )
        expect(shape_of(arrays[2]) != (3 * n,), "the default GRU has two rows of bias: keep both.")
        weights = [expect_array(one, shape, name) for one, (name, shape) in zip(arrays, shapes.items(), strict=True)]

        x, h = random.normal(size=(6, d)), random.uniform(-1, 1, size=(6, n))
        w_ih, w_hh, b_ih, b_hh = given
        right = gru_step(x, h, _keras(w_ih).T, _keras(w_hh).T, np.stack([_keras(b_ih), _keras(b_hh)])).h
        expected = (_keras(w_ih).T, _keras(w_hh).T, np.stack([_keras(b_ih), _keras(b_hh)]))
        as_it_was = (w_ih.T, w_hh.T, np.stack([b_ih, b_hh]))
        kernel, recurrent_kernel, bias = weights
        signs = np.repeat([-1.0, 1.0, 1.0], n)
        slips = (
            (gru_step(x, h, *as_it_was).h, "the blocks are still in the order r, z, n; Keras's order is z, r, h."),
            (
                gru_step(x, h, expected[0] * signs, expected[1] * signs, expected[2] * signs).h,
                "no sign changes: in both libraries z multiplies the old state.",
            ),
            (
                gru_step(x, h, *expected[:2], expected[2][::-1]).h,
                "the rows of the bias are exchanged: that of the input comes first.",
            ),
            (
                gru_step(x, h, *expected[:2], as_it_was[2]).h,
                "the blocks of the biases are still in the order r, z, n.",
            ),
        )
        expect_right(
            gru_step(x, h, kernel, recurrent_kernel, bias).h,
            right,
            slips,
            "a step with these weights gives other numbers.",
        )


def _keras(array: np.ndarray) -> np.ndarray:
    """Blocks one below the other in the order r, z, n, in the order z, r, n."""
    r, z, n = np.split(array, 3)
    return np.concatenate([z, r, n])


@exercise(
    "gru-latch",
    "What should z be without a mark, and what with one? And what should the candidate see of the old state?",
    "z = σ(15 − 30·mark) does the first. The candidate's weight on the value is 1; U_h can be 0.",
    "kernel [[0, 0, 1], [−30, 0, 0]], recurrent kernel 0, bias [15, 0, 0]",
)
def latch(answer: Any) -> None:
    arrays = expect_several(answer, 3, "latch")
    shapes = {"the kernel": (2, 3), "the recurrent kernel": (1, 3), "the bias": (3,)}
    weights = [expect_array(one, shape, name) for one, (name, shape) in zip(arrays, shapes.items(), strict=True)]
    random = np.random.default_rng(4)
    for marks in ([0], [0, 25], [0, 1, 2], [0, 10, 49]):
        for _ in range(8):
            value = random.uniform(-1, 1, 50)
            stream = np.stack([value, np.isin(np.arange(50), marks)], axis=-1)
            states = np.asarray(gru(stream, *weights, reset_after=False, return_sequences=True))[:, 0]
            last = [max(mark for mark in marks if mark <= t) for t in range(50)]
            error = np.abs(states - np.tanh(value[last]))
            if error.max() <= 0.01:
                continue
            at = error[marks]
            expect(
                at[0] <= 0.01, "at the first mark, with an old state of 0, the state should be the tanh of the value."
            )
            expect(at.max() <= 0.01, "at a later mark the old state still has a say.")
            raise Wrong("between two marks the state does not stay what it was.")


@exercise(
    "gru-limits",
    "First look at z: which unit keeps, and which two take the candidate?",
    "Of the two that take the candidate, one lets it see the old state (r near 1) and one does not.",
    "A has z near 1. B and C have z near 0; r is near 1 in C only.",
)
def limits(three_units: Any) -> None:
    try:
        letters = "".join(str(one) for one in three_units).strip().upper()
    except TypeError:
        raise Wrong("three_units should be three letters, such as 'ABC'.") from None
    expect(sorted(letters) == list("ABC"), "three_units should be the letters A, B and C, each once, in your order.")
    expect(letters[2] == "A", "what keeps the state is the update gate: z near 1.")
    expect(
        letters == "CBA", "a SimpleRNN's candidate sees the whole old state: r near 1, and it is taken whole: z near 0."
    )
