"""Exercises of chapter 5, the GRU."""

from __future__ import annotations

from typing import Any

import numpy as np

from helpers.cells import gru_step
from helpers.checks.exercise import (
    Wrong,
    close,
    exercise,
    expect,
    expect_array,
    expect_right,
    expect_several,
    expect_whole,
    shape_of,
)


@exercise(
    "gru-update",
    "Two shares that add up to 1, one for the old state and one for the candidate.",
    "In Keras the share of the old state is z.",
    "return z * h + (1 - z) * candidate",
)
def update(new_state: Any) -> None:
    random = np.random.default_rng(0)
    for largest in (0.45, 0.45, 0.45, 1.0, 1.0):
        h, candidate = random.uniform(-1, 1, size=(2, 4))
        z = random.uniform(0.05, largest, size=4)
        answer = expect_array(new_state(h.copy(), z.copy(), candidate.copy()), (4,), "new_state(h, z, candidate)")
        right = z * h + (1 - z) * candidate
        slips = (
            ((1 - z) * h + z * candidate, "that is the reversed convention; in Keras z multiplies the old state."),
            (h + (1 - z) * candidate, "the old state is kept by the share z, not whole."),
            (z * h + candidate, "only the share 1 − z of the candidate comes in."),
            (z * h + z * candidate, "the shares add up to 1: z for the old, 1 − z for the new."),
            (np.tanh(right), "no tanh here: a weighted mean cannot run away."),
        )
        expect_right(answer, right, slips, "the new state is a weighted mean of the old state and the candidate.")


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
    "gru-reverse",
    "The new gate must be one minus the old one. What must happen to the number inside the sigmoid?",
    "1 − σ(a) = σ(−a): all that adds up to a changes its sign, in all three arrays, in one block.",
    "For each array: weight = weight.copy(); weight[..., :units] *= -1",
)
def reverse(reverse_z: Any) -> None:
    random = np.random.default_rng(2)
    for features, units in ((2, 3), (1, 1)):
        shapes = ((features, 3 * units), (units, 3 * units), (3 * units,))
        weights = [random.normal(size=shape) for shape in shapes]
        given = [weight.copy() for weight in weights]
        answer = reverse_z(*given)
        answer = expect_several(answer, 3, "reverse_z(kernel, recurrent_kernel, bias)")
        names = ("the kernel", "the recurrent kernel", "the bias")
        arrays = [expect_array(array, shape, name) for array, shape, name in zip(answer, shapes, names, strict=True)]
        if not all(close(array, before) for array, before in zip(given, weights, strict=True)):
            raise Wrong("the arrays you were given were changed: work on copies.")
        if all(close(array, -weight) for array, weight in zip(arrays, weights, strict=True)):
            raise Wrong("all blocks changed their sign; only that of z should.")
        for array, weight, name in zip(arrays, weights, names, strict=True):
            expect(not close(array, weight), f"{name} is unchanged, and it goes into the gate z as well.")
            signs = np.concatenate([np.ones(units), -np.ones(units), np.ones(units)])
            expect(not close(array, weight * signs), f"in {name} the block of r is negated; z comes first.")
            expect(close(array[..., units:], weight[..., units:]), f"in {name} the blocks of r and h should stay.")
            expect(close(array[..., :units], -weight[..., :units]), f"in {name} the block of z should be negated.")


@exercise(
    "gru-merge-biases",
    "Where two numbers are only ever added, one of them can be 0.",
    "That holds for the blocks z and r, the first 2n numbers. In the third block r stands in between.",
    "merged[0, : 2 * units] += merged[1, : 2 * units]; merged[1, : 2 * units] = 0",
)
def merge_biases(answer: Any) -> None:
    random = np.random.default_rng(3)
    for units in (3, 1, 8):
        bias = random.normal(size=(2, 3 * units))
        given = bias.copy()
        merged = expect_array(answer(given), (2, 3 * units), "merge_biases(bias)")
        expect(close(given, bias), "the bias you were given was changed: work on a copy.")
        expect(not close(merged, bias), "nothing has changed; the second row can be 0 for z and r.")
        gates, candidate = slice(0, 2 * units), slice(2 * units, None)
        if close(merged[1, candidate], 0):
            raise Wrong("the second bias of the candidate must stay: the reset gate stands between it and the first.")
        expect(close(merged[:, candidate], bias[:, candidate]), "the block of the candidate should be as it was.")
        expect(close(merged[1, gates], 0), "the second row should be 0 in both blocks, z and r.")
        if close(merged[0, gates], bias[0, gates]):
            raise Wrong("the second row is dropped, and the gates change: add it to the first row.")
        expect(close(merged[0, gates], bias.sum(axis=0)[gates]), "the first row should be the sum of both.")


@exercise(
    "gru-parameters",
    "How many blocks, and what does each unit of a block have a weight for?",
    "In each of three blocks every unit has a weight for every feature and every unit, and one bias or two.",
    "3 * units * (features + units + (2 if reset_after else 1))",
)
def parameters(gru_parameters: Any) -> None:
    for d, n in ((32, 32), (30, 12), (2, 3), (100, 64)):
        for reset_after in (True, False):
            answer = expect_whole(gru_parameters(d, n, reset_after), "gru_parameters(features, units, reset_after)")
            what = f"{d} features, {n} units, reset_after={reset_after}"
            right = 3 * n * (d + n + 1 + reset_after)
            if answer == right:
                continue
            expect(answer != 4 * n * (d + n + 1), f"{what}: that is an LSTM, with four blocks; a GRU has three.")
            expect(answer != 3 * n * (d + n), f"{what}: the biases are missing.")
            expect(answer != 3 * n * (d + n + 1), f"{what}: with reset_after=True there are two biases.")
            expect(answer != 3 * n * (d + n + 2), f"{what}: with reset_after=False there is one bias only.")
            raise Wrong(f"{what} should have {right:,} parameters, and not {answer:,}.")
