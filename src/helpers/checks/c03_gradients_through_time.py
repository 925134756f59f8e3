"""Exercises of chapter 3, gradients through time."""

from __future__ import annotations

from typing import Any

import numpy as np

from helpers.cells import simple_rnn, simple_rnn_backward
from helpers.checks._exercise import Exercise, close, expect, expect_array


def step(one_step_back: Any) -> None:
    random = np.random.default_rng(0)
    dh, h, U = random.normal(size=(3, 4)), np.tanh(random.normal(size=(3, 4))), random.normal(size=(4, 4))
    answer = expect_array(one_step_back(dh, h, U), (3, 4), "one_step_back(dh, h, U)")
    slope = 1 - h**2
    expect(not close(answer, dh @ U.T), "the slope of the tanh is missing: 1 − h².")
    expect(not close(answer, (dh * slope) @ U), "on the way back the matrix is transposed: U.T.")
    expect(
        not close(answer, dh @ U.T * slope), "the order is reversed: first through the tanh, then through the matrix."
    )
    expect(not close(answer, dh * slope), "that is the gradient of the sum inside the tanh; it still has to pass U.T.")
    expect(
        not close(answer, (dh * (1 - np.tanh(h) ** 2)) @ U.T),
        "h is already the tanh of the sum; do not take its tanh again.",
    )
    expect(close(answer, (dh * slope) @ U.T), "the numbers are not those of dh ⊙ (1 − h²), times U transposed.")


def bptt(kernel_gradient: Any) -> None:
    random = np.random.default_rng(1)
    for time in (1, 6):
        x, dh = random.normal(size=(time, 3)), random.normal(size=4)
        W, U, b = random.normal(size=(3, 4)), random.normal(size=(4, 4)) / 2, random.normal(size=4)
        right = simple_rnn_backward(dh, x, W, U, b)
        answer = expect_array(kernel_gradient(dh.copy(), x, W, U, b), (3, 4), "kernel_gradient(dh_last, x, W, U, b)")
        h = simple_rnn(x, W, U, b, return_sequences=True)
        if time > 1:
            last_only = np.outer(x[-1], dh * (1 - h[-1] ** 2))
            expect(not close(answer, last_only), "that is the share of the last step only; add those of all steps.")
            every_step = np.repeat(dh[np.newaxis], time, axis=0)
            at_every_step = simple_rnn_backward(every_step, x, W, U, b).kernel
            expect(
                not close(answer, at_every_step), "the loss reads the last state only; add dh_last once, at the end."
            )
            transposed, d = np.zeros_like(W), dh
            for t in reversed(range(time)):
                da = d * (1 - h[t] ** 2)
                transposed, d = transposed + np.outer(x[t], da), da @ U
            expect(not close(answer, transposed), "on the way back the recurrent kernel is transposed: da @ U.T.")
            forwards, d = np.zeros_like(W), dh
            for t in range(time):
                da = d * (1 - h[t] ** 2)
                forwards, d = forwards + np.outer(x[t], da), da @ U.T
            expect(
                not close(answer, forwards), "you go from the first step to the last; the gradient comes from the end."
            )
        expect(close(answer, right.kernel), f"the numbers are not right for a sequence of {time} timestep(s).")


def radius(scaled: Any) -> None:
    random = np.random.default_rng(2)
    matrices = [random.normal(size=(5, 5)), np.diag([-3.0, 1.0, 2.0]), np.array([[0.0, -2.0], [2.0, 0.0]])]
    for U in matrices:
        for wanted in (0.5, 1.5):
            answer = expect_array(scaled(U.copy(), wanted), U.shape, "scaled(U, radius)")
            singular = np.linalg.norm(U, 2)
            found = np.abs(np.linalg.eigvals(answer)).max()
            expect(
                not (close(answer, U * wanted / singular) and not close(found, wanted)),
                "you set the largest singular value, np.linalg.norm(U, 2); the radius is about eigenvalues.",
            )
            expect(
                close(found, wanted),
                f"for {wanted} the spectral radius came out as {found:.3f}. Eigenvalues may be negative or complex.",
            )
            expect(
                close(answer * np.abs(U).max(), U * np.abs(answer).max()),
                "the result is not U times a positive number.",
            )


def clip(answer: Any) -> None:
    long, short = np.array([[3.0, 0.0], [0.0, 4.0]]), np.array([0.0, 12.0])  # lengths 5 and 12, together 13
    small = [np.array([0.1, 0.2]), np.array([[0.2]])]
    given = answer([long.copy(), short.copy()], 2.6)
    expect(
        isinstance(given, list | tuple) and len(given) == 2, "clip(gradients, limit) should return a list of arrays."
    )
    first, second = expect_array(given[0], (2, 2), "the first gradient"), expect_array(given[1], (2,), "the second")
    expect(
        not (close(first, long * 2.6 / 5) and close(second, short * 2.6 / 12)),
        "each array was shortened by itself, which turns the whole; use one factor for all.",
    )
    expect(
        not (close(first, np.clip(long, -2.6, 2.6)) and close(second, np.clip(short, -2.6, 2.6))),
        "each number was cut off by itself: that is clipping by value, and it turns the gradient.",
    )
    expect(
        not close(first, long * 2.6 / 17),
        "the lengths do not simply add up: take the root of the sum of all squares.",
    )
    expect(
        close(first, long / 5) and close(second, short / 5),
        "lengths 5 and 12 make 13 together, so a limit of 2.6 asks for the factor 0.2.",
    )
    kept = answer([array.copy() for array in small], 2.6)
    expect(
        all(close(after, before) for after, before in zip(kept, small, strict=True)),
        "a gradient that is shorter than the limit should stay as it is, and yours was changed.",
    )


def forget_bias(answer: Any) -> None:
    for steps, share in ((100, 0.5), (10, 0.9), (1, 0.25)):
        bias = float(expect_array(answer(steps, share), (), "forget_bias(steps, share)"))
        factor = share ** (1 / steps)
        expect(
            not close(bias, factor),
            "that is the factor at each step; the bias is what the sigmoid turns into this factor.",
        )
        expect(
            steps == 1 or not close(bias, np.log(share / (1 - share))),
            "with this bias the share is left after one step, not after all of them.",
        )
        left = (1 / (1 + np.exp(-bias))) ** steps
        expect(close(left, share), f"with your bias {left:.3g} is left after {steps} steps, and it should be {share}.")


EXERCISES: dict[str, Exercise] = {
    "grad-step": Exercise(
        step,
        (
            "The forward step goes through the matrix and then through the tanh. The way back has the opposite order.",
            "The slope of the tanh, written with its result h, is 1 − h². It multiplies number by number.",
            "(dh * (1 - h**2)) @ U.T",
        ),
    ),
    "grad-bptt": Exercise(
        bptt,
        (
            "All states first, forwards. Then a loop from the last timestep to the first, with dh as its memory.",
            "In each turn: da from dh, the share of this step from x[t] and da, then dh for the step before.",
            "da = dh * (1 - h[t]**2); dW += np.outer(x[t], da); dh = da @ U.T",
        ),
    ),
    "grad-radius": Exercise(
        radius,
        (
            "If you multiply a matrix by 2, what happens to its eigenvalues?",
            "Divide by the radius that U has, and multiply by the one you want.",
            "The radius of U is np.abs(np.linalg.eigvals(U)).max()",
        ),
    ),
    "grad-clip": Exercise(
        clip,
        (
            "Think of all arrays laid end to end as one long vector. What is its length?",
            "The squares of all numbers of all arrays are added, then the root is taken. The factor is at most 1.",
            "factor = min(1, limit / np.sqrt(sum((g**2).sum() for g in gradients)))",
        ),
    ),
    "grad-forget-bias": Exercise(
        forget_bias,
        (
            "What factor f, multiplied by itself `steps` times, makes `share`?",
            "f = share ** (1 / steps). Now ask which number the sigmoid turns into f.",
            "The inverse of the sigmoid is np.log(f / (1 - f)).",
        ),
    ),
}
