"""Exercises of chapter 6, how far back."""

from __future__ import annotations

from typing import Any

import numpy as np

from helpers.checks.exercise import Wrong, exercise, expect, expect_array, expect_number, expect_right


@exercise(
    "back-update-bias",
    "Two steps: which gate value leaves this share after so many steps, and which bias gives this gate value?",
    "z to the power of the steps is the share. The inverse of the sigmoid is log(z / (1 − z)).",
    "z = share ** (1 / steps); b = np.log(z / (1 - z)); return b if z_keeps else -b",
)
def update_bias(answer: Any) -> None:
    for steps, share in ((100, 0.5), (10, 0.9), (50, 0.37), (1, 0.25), (200, 0.05), (3, 0.5)):
        for z_keeps in (True, False):
            b = expect_number(answer(steps, share, z_keeps), "update_bias(steps, share, z_keeps)")
            z = share ** (1 / steps)
            right = np.log(z / (1 - z)) * (1 if z_keeps else -1)
            case = f"steps={steps}, share={share}, z_keeps={z_keeps}"
            expect(np.isfinite(b), f"for {case} the answer is {b}, and it should be a number.")
            half = 0.5 ** (1 / steps)
            slips = (
                (-right, f"for {case} the sign is the wrong way round: where z does not keep, 1 − z does."),
                (z, "that is the gate itself; the bias is the number whose sigmoid it is."),
                (
                    np.log(half / (1 - half)) * (1 if z_keeps else -1),
                    "that is the bias for a half-life: the share that is left need not be one half.",
                ),
                (np.log(share / (1 - share)), "the gate acts at every step: share = z to the power of the steps."),
            )
            expect_right(b, right, slips, f"for {case} the bias is {right:.4f}, and not {b:.4f}.")


@exercise(
    "back-memory-times",
    "Which block of the bias sets the memory, and which equation ties its bias to τ?",
    "The forget gate is the second of four blocks, and b = log(τ − 1).",
    "i, f, c, o = np.split(bias, 4); return 1 + np.exp(f)",
)
def memory_times(answer: Any) -> None:
    random = np.random.default_rng(0)
    for n in (1, 3, 16):
        bias = np.concatenate([random.normal(size=n), random.uniform(-2, 6, size=n), random.normal(size=2 * n)])
        given = bias.copy()
        times = expect_array(answer(given), (n,), "memory_times(bias)")
        i, f, c, o = np.split(bias, 4)
        slips = (
            *(
                (1 + np.exp(block), f"those are the times of the {name}; the order is i, f, c, o.")
                for block, name in ((i, "input gate"), (c, "candidate"), (o, "output gate"))
            ),
            (np.exp(f), "that is τ − 1: solve b = log(τ − 1) for τ."),
            (1 / (1 + np.exp(-f)), "that is the gate; τ is 1 divided by what the gate does not keep."),
            (np.log(2) / np.log1p(np.exp(-f)), "that is the half-life; τ is the time after which about 37 % is left."),
        )
        expect_right(times, 1 + np.exp(f), slips, "τ should be 1 + exp(b_f), one number for each unit.")


@exercise(
    "back-blocks",
    "For an orthogonal matrix Q, what is Q Qᵀ?",
    "Cut the array into blocks as wide as it has rows, and compare Q Qᵀ of each with the identity.",
    "all(np.allclose(Q @ Q.T, np.eye(n), atol=1e-5) for Q in np.split(U, U.shape[1] // n, axis=1))",
)
def blocks(answer: Any) -> None:
    random = np.random.default_rng(1)
    for n in (1, 2, 8):
        for count in (3, 4, 1):
            each = [np.linalg.qr(random.normal(size=(n, n)))[0] for _ in range(count)]
            kernel = np.concatenate(each, axis=1)
            expect(_says(answer, kernel), f"with {count} orthogonal blocks of {n} × {n} the answer should be True.")
            if n == 1:
                continue
            whole = np.linalg.qr(random.normal(size=(count * n, n)))[0].T
            if count > 1:
                expect(
                    not _says(answer, whole),
                    "the rows of the whole array are orthogonal, and its blocks are not: the answer should be False.",
                )
            spoilt = kernel.copy()
            spoilt[:, -n:] *= 2
            expect(not _says(answer, spoilt), "the last block is twice an orthogonal matrix: look at every block.")
            spoilt = kernel.copy()
            spoilt[:, :n] = random.normal(size=(n, n))
            expect(not _says(answer, spoilt), "the first block is random: look at every block.")


def _says(answer: Any, kernel: np.ndarray) -> bool:
    said = answer(kernel.copy())
    expect(isinstance(said, bool | np.bool_), f"the answer should be True or False, and is {said!r}.")
    return bool(said)


@exercise(
    "back-read",
    "A sentence follows if no numbers could look like this and the sentence be false.",
    "One counterexample ends a general sentence. A cause needs something that was changed on purpose.",
    "Two of them follow: one about what was not enough here, one about what was enough here.",
)
def read(follows: Any) -> None:
    try:
        letters = {str(one).strip().upper() for one in follows}
    except TypeError:
        raise Wrong("follows should be letters, such as 'AC'.") from None
    expect(letters and letters <= set("ABCD"), "follows should be some of the letters A, B, C and D.")
    expect("A" not in letters, "A does not follow: the layer with the largest share learned from no seed.")
    expect("C" not in letters, "C names a cause, and nothing here was changed to test it.")
    expect(letters == {"B", "D"}, "something that follows is missing: compare the first two layers once more.")
