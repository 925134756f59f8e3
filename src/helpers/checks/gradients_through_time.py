"""Exercises of chapter 3, gradients through time."""

from __future__ import annotations

from typing import Any

import numpy as np

from helpers.cells import simple_rnn, simple_rnn_backward
from helpers.checks.exercise import (
    Wrong,
    close,
    exercise,
    expect,
    expect_array,
    expect_number,
    expect_right,
    expect_several,
)


@exercise(
    "grad-step",
    "The forward step goes through the matrix and then through the tanh. The way back has the opposite order.",
    "The slope of the tanh, written with its result h, is 1 − h². It multiplies number by number.",
    "(dh * (1 - h**2)) @ U.T",
)
def step(one_step_back: Any) -> None:
    random = np.random.default_rng(0)
    for batch, units in ((3, 4), (1, 1), (5, 2)):
        dh, h = random.normal(size=(batch, units)), np.tanh(random.normal(size=(batch, units)))
        U = random.normal(size=(units, units))
        answer = expect_array(one_step_back(dh.copy(), h.copy(), U.copy()), (batch, units), "one_step_back(dh, h, U)")
        slope = 1 - h**2
        slips = (
            (dh @ U.T, "the slope of the tanh is missing: 1 − h²."),
            ((dh * slope) @ U, "on the way back the matrix is transposed: U.T."),
            (dh @ U.T * slope, "the order is reversed: first through the tanh, then through the matrix."),
            (dh * slope, "that is the gradient of the sum inside the tanh; it still has to pass U.T."),
            ((dh * (1 - np.tanh(h) ** 2)) @ U.T, "h is already the tanh of the sum; do not take its tanh again."),
        )
        expect_right(
            answer, (dh * slope) @ U.T, slips, "the numbers are not those of dh ⊙ (1 − h²), times U transposed."
        )


@exercise(
    "grad-bptt",
    "All states first, forwards. Then a loop from the last timestep to the first, with dh as its memory.",
    "In each turn: da from dh, the share of this step from x[t] and da, then dh for the step before.",
    "da = dh * (1 - h[t]**2); dW += np.outer(x[t], da); dh = da @ U.T",
)
def bptt(kernel_gradient: Any) -> None:
    random = np.random.default_rng(1)
    for time, features, units in ((6, 3, 4), (1, 3, 4), (9, 1, 2)):
        x, dh = random.normal(size=(time, features)), random.normal(size=units)
        W, U = random.normal(size=(features, units)), random.normal(size=(units, units)) / 2
        b = random.normal(size=units)
        given = kernel_gradient(dh.copy(), x.copy(), W.copy(), U.copy(), b.copy())
        answer = expect_array(given, W.shape, "kernel_gradient(dh_last, x, W, U, b)")
        h = simple_rnn(x, W, U, b, return_sequences=True)

        def shares(order: Any, back: Any, x: Any = x, dh: Any = dh, h: Any = h) -> np.ndarray:
            """The shares of all steps, met in that order, where ``back`` leads from one step to the next."""
            total, d = np.zeros((x.shape[1], h.shape[1])), dh
            for t in order:
                da = d * (1 - h[t] ** 2)
                total, d = total + np.outer(x[t], da), da @ back
            return total

        every_step = simple_rnn_backward(np.repeat(dh[np.newaxis], time, axis=0), x, W, U, b).kernel
        slips = (
            (
                np.outer(x[-1], dh * (1 - h[-1] ** 2)),
                "that is the share of the last step only; add those of all steps.",
            ),
            (every_step, "the loss reads the last state only; add dh_last once, at the end."),
            (shares(reversed(range(time)), U), "on the way back the recurrent kernel is transposed: da @ U.T."),
            (shares(range(time), U.T), "you go from the first step to the last; the gradient comes from the end."),
        )
        right = simple_rnn_backward(dh, x, W, U, b).kernel
        expect_right(answer, right, slips, f"the numbers are not right for a sequence of {time} timestep(s).")


@exercise(
    "grad-radius",
    "If you multiply a matrix by 2, what happens to its eigenvalues?",
    "Divide by the radius that U has, and multiply by the one you want.",
    "The radius of U is np.abs(np.linalg.eigvals(U)).max()",
)
def radius(scaled: Any) -> None:
    random = np.random.default_rng(2)
    matrices = [random.normal(size=(5, 5)), np.diag([-3.0, 1.0, 2.0]), np.array([[0.0, -2.0], [2.0, 0.0]])]
    for U in matrices:
        for wanted in (0.5, 1.5):
            answer = expect_array(scaled(U.copy(), wanted), U.shape, "scaled(U, radius)")
            found = np.abs(np.linalg.eigvals(answer)).max()
            singular = np.linalg.norm(U, 2)
            expect(
                close(found, wanted) or not close(answer, U * wanted / singular),
                "you set the largest singular value, np.linalg.norm(U, 2); the radius is about eigenvalues.",
            )
            expect(
                close(found, wanted),
                f"for {wanted} the spectral radius came out as {found:.3f}. Eigenvalues may be negative or complex.",
            )
            if not close(answer * np.abs(U).max(), U * np.abs(answer).max()):
                raise Wrong("the result is not U times a positive number.")


@exercise(
    "grad-clip",
    "Think of all arrays laid end to end as one long vector. What is its length?",
    "The squares of all numbers of all arrays are added, then the root is taken. The factor is at most 1.",
    "factor = min(1, limit / np.sqrt(sum((g**2).sum() for g in gradients)))",
)
def clip(answer: Any) -> None:
    random = np.random.default_rng(3)
    cases = [
        [np.array([[3.0, 0.0], [0.0, 4.0]]), np.array([0.0, 12.0])],  # lengths 5 and 12, together 13
        [np.array([0.1, 0.2]), np.array([[0.2]])],
        [np.array([2.0, 0.0]), np.array([0.0, 2.0]), np.array([[1.0]])],  # each is short enough, and all are not
        [1e3 * random.normal(size=(2, 3, 4))],
    ]
    limit = 2.6
    for gradients in cases:
        whole = np.sqrt(sum((one**2).sum() for one in gradients))
        given = answer([one.copy() for one in gradients], limit)
        given = expect_several(given, len(gradients), "clip(gradients, limit)")
        arrays = [expect_array(one, old.shape, "each gradient") for one, old in zip(given, gradients, strict=True)]

        def made_by(change: Any, arrays: Any = arrays, gradients: Any = gradients) -> bool:
            return all(close(new, change(old)) for new, old in zip(arrays, gradients, strict=True))

        if made_by(lambda one, whole=whole: one * min(1, limit / whole)):
            continue
        expect(whole > limit, "a gradient that is shorter than the limit should stay as it is, and yours was changed.")
        if made_by(lambda one: one * min(1, limit / np.linalg.norm(one))):
            raise Wrong("each array was shortened by itself, which turns the whole; use one factor for all.")
        if made_by(lambda one: np.clip(one, -limit, limit)):
            raise Wrong("each number was cut off by itself: that is clipping by value, and it turns the gradient.")
        added = sum(np.linalg.norm(one) for one in gradients)
        if made_by(lambda one, added=added: one * limit / added):
            raise Wrong("the lengths do not simply add up: take the root of the sum of all squares.")
        raise Wrong(
            f"arrays as long as {', '.join(f'{np.linalg.norm(one):.4g}' for one in gradients)} make {whole:.4g} "
            f"together, so a limit of {limit} asks for the factor {limit / whole:.3g} on each."
        )


@exercise(
    "grad-forget-bias",
    "What factor f, multiplied by itself `steps` times, makes `share`?",
    "f = share ** (1 / steps). Now ask which number the sigmoid turns into f.",
    "The inverse of the sigmoid is np.log(f / (1 - f)).",
)
def forget_bias(answer: Any) -> None:
    for steps, share in ((100, 0.5), (10, 0.9), (1, 0.25), (3, 0.01)):
        bias = expect_number(answer(steps, share), "forget_bias(steps, share)")
        factor = share ** (1 / steps)
        left = (1 / (1 + np.exp(-bias))) ** steps
        slips = (
            (factor, "that is the factor at each step; the bias is what the sigmoid turns into this factor."),
            (np.log(share / (1 - share)), "with this bias the share is left after one step, not after all of them."),
            (np.log((1 - factor) / factor), "the sign is the wrong way round: a long memory has a large bias."),
        )
        expect_right(
            bias,
            np.log(factor / (1 - factor)),
            slips,
            f"with your bias {left:.3g} is left after {steps} steps, and it should be {share}.",
        )
