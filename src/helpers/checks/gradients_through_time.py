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
    expect_claims,
    expect_right,
    expect_several,
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
    "grad-transient",
    "Which matrices have eigenvalues that you can read off at once?",
    "The eigenvalues of a triangular matrix are the numbers on its diagonal. The number beside them may be anything.",
    "[[0.5, c], [0, 0.5]] with a large c.",
)
def transient(U: Any) -> None:
    U = expect_array(U, (2, 2), "U_two")
    expect(np.isfinite(U).all(), "every number of U must be finite.")
    found = np.abs(np.linalg.eigvals(U)).max()
    expect(found <= 0.9 + 1e-4, f"the spectral radius is {found:.2f}; at most 0.9 is allowed.")
    longest = max(np.linalg.norm(np.linalg.matrix_power(U.T, steps), 2) for steps in range(1, 6))
    expect(
        longest >= 10 - 1e-4,
        f"no gradient gets more than {longest:.2f} times as long within five steps; ten times is asked for.",
    )


@exercise(
    "grad-claims",
    "What can a figure of untrained networks say about trained ones? And look at radius 1.5 on both sides.",
    "One of the five is contradicted by a curve, and one speaks of something that no curve shows.",
    "{'A', 'C', 'E'}",
)
def claims(supported: Any) -> None:
    expect_claims(
        supported,
        "ACE",
        A="A is supported: compare the right ends of the five curves with tanh.",
        B="B is contradicted: look at radius 1.5 with tanh.",
        C="C is supported: compare the two orthogonal starts with each other, and the two with inputs of full size.",
        D="D is about trained networks, and every network in the two figures is untrained.",
        E="E is supported: on a logarithmic axis a constant factor is a straight line.",
    )
