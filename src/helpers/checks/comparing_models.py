"""Exercises of chapter 16, comparing models."""

from __future__ import annotations

import itertools
import math
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
    expect_whole,
)


@exercise(
    "compare-reviews",
    "The standard error falls with the root of n. Which n makes 1.96 of them as small as the half width?",
    "1.96 · √(p (1 − p) / n) ≤ half_width. Square both sides and solve for n.",
    "math.ceil(p * (1 - p) * (1.96 / half_width) ** 2)",
)
def reviews(reviews_needed: Any) -> None:
    for p, half_width in ((0.87, 0.005), (0.5, 0.01), (0.9, 0.1), (0.63, 0.02)):
        answer = expect_number(reviews_needed(p, half_width), "reviews_needed(p, half_width)")
        exact = p * (1 - p) * (1.96 / half_width) ** 2
        shown = f"reviews_needed({p}, {half_width})"
        if answer in (math.ceil(exact - 1e-6), math.ceil(exact + 1e-6)):  # rounding may push 9,604 above itself
            continue
        expect(
            abs(answer - exact) > 0.01 or answer == int(answer),
            f"{shown}: {answer:.2f} is no number of reviews; round up to the next whole one.",
        )
        expect(answer != math.floor(exact), f"{shown}: rounded down, the interval is a little too wide; round up.")
        expect(
            abs(answer - exact / 1.96**2) > 1, f"{shown}: that is for one standard error; the half width holds 1.96."
        )
        expect(abs(answer - exact / 4) > 1, f"{shown}: the half width goes to either side, it is not the whole width.")
        expect(
            abs(answer - 1.96 / half_width * math.sqrt(p * (1 - p))) > 1,
            f"{shown}: that is the root of n; both sides have to be squared.",
        )
        expect(
            abs(answer - exact / 10_000) > 1 and not close(answer, exact * 10_000),
            f"{shown}: half_width is a share; do not divide it by 100 or multiply it.",
        )
        raise Wrong(f"{shown} should be {math.ceil(exact):,}, not {answer:,.0f}.")


@exercise(
    "compare-flips",
    "With S pairs there are 2 to the power of S ways to choose the signs.",
    "itertools.product((1, -1), repeat=S) goes through them; for each, add up sign times difference.",
    "sums = np.array(list(itertools.product((1, -1), repeat=len(d)))) @ d; "
    "np.mean(np.abs(sums) >= abs(d.sum()) - 1e-9)",
)
def flips_(flips: Any) -> None:
    random = np.random.default_rng(14)
    cases = [  # numbers that can be added, and divided by how many there are, without rounding
        ([87.0, 86.0, 88.0, 85.5], [85.0, 85.5, 86.0, 85.0]),  # all in the same direction
        ([1.0, 2.0, 3.0, 4.0], [2.0, 2.5, 2.0, 4.5]),
        ([3.0], [1.0]),
        ([5.0, 6.0], [6.0, 5.0]),  # the sum is 0
    ]
    cases += [
        ((random.integers(680, 700, n) / 8).tolist(), (random.integers(674, 694, n) / 8).tolist()) for n in (4, 8, 8)
    ]
    for first, second in ((np.asarray(a), np.asarray(b)) for a, b in cases):
        answer = expect_number(flips(first.copy(), second.copy()), "flips(first, second)")
        differences = first - second
        sums = np.array(list(itertools.product((1, -1), repeat=len(differences)))) @ differences
        seen = differences.sum()
        right = float(np.mean(np.abs(sums) >= abs(seen) - 1e-9))
        shown = f"with the differences {np.round(differences, 2).tolist()}"
        if close(answer, right):
            continue
        if close(answer, right * len(sums)):
            raise Wrong(f"{shown}: that is a number of choices; divide it by {len(sums)}, the number of all.")
        for one_side in (sums >= seen - 1e-9, sums <= seen + 1e-9):
            expect(
                not close(answer, one_side.mean()),
                f"{shown}: only one direction was counted; a sum of {-seen:.2f} is as far from 0 as {seen:.2f}.",
            )
        if close(answer, np.mean(np.abs(sums) > abs(seen) + 1e-9)):
            raise Wrong(f"{shown}: at least as far from 0: the real choice of signs counts too.")
        pot = np.concatenate([first, second])
        ways = np.array(list(itertools.combinations(pot, len(first)))).sum(axis=1)
        unpaired = np.mean(np.abs(2 * ways - pot.sum()) >= abs(seen) - 1e-9)
        if close(answer, unpaired):
            raise Wrong(f"{shown}: the names were exchanged between pairs as well; exchange them within a pair only.")
        raise Wrong(f"{shown} the share should be {right:.4f}, not {answer:.4f}.")


@exercise(
    "compare-holm",
    "Sort first, and remember where each value came from: np.argsort.",
    "Sorted, multiply by m, m − 1, …, 1; np.maximum.accumulate sees to it that no value falls below the last.",
    "grown = np.asarray(p)[order] * np.arange(m, 0, -1); result[order] = np.minimum(np.maximum.accumulate(grown), 1)",
)
def holm(adjusted: Any) -> None:
    random = np.random.default_rng(15)
    cases = [[0.01, 0.04, 0.03], [0.5], [0.2, 0.001, 0.9, 0.6], [0.02, 0.02, 0.02]]
    cases += [random.uniform(0, 0.2, n).tolist() for n in (5, 8)]
    for p_values in cases:
        m = len(p_values)
        answer = expect_array(adjusted(list(p_values)), (m,), "adjusted(p_values)")
        order = np.argsort(p_values, kind="stable")
        ordered = np.asarray(p_values)[order]
        grown = ordered * np.arange(m, 0, -1)

        def back(values: np.ndarray, order: np.ndarray = order) -> np.ndarray:
            result = np.empty(len(order))
            result[order] = values
            return result

        right = back(np.minimum(np.maximum.accumulate(grown), 1))
        shown = f"adjusted({[round(p, 3) for p in p_values]})"
        below = "an adjusted value lies below that of a smaller p; take the larger of the two."
        upwards = np.minimum(np.maximum.accumulate(ordered * np.arange(1, m + 1)), 1)
        slips = (
            (p_values, f"{shown}: these are the p-values as they came."),
            (
                np.minimum(np.asarray(p_values) * m, 1),
                f"{shown}: every value was multiplied by {m}, as Bonferroni does; the factor falls by one each time.",
            ),
            (np.sort(right), f"{shown}: right values, but sorted; give them in the order in which they came."),
            (back(np.maximum.accumulate(grown)), f"{shown}: a p-value above 1 is none; cut at 1."),
            (back(np.minimum(grown, 1)), f"{shown}: {below}"),
            (back(grown), f"{shown}: {below}"),
            (back(upwards), f"{shown}: the smallest value gets the largest factor, {m}."),
        )
        expect_right(
            answer,
            right,
            slips,
            f"{shown} should be {np.round(right, 4).tolist()}, not {np.round(answer, 4).tolist()}.",
        )


@exercise(
    "compare-interaction",
    "Average over all axes but the first two. Then only four numbers are left.",
    "np.reshape(means, (2, 2, -1)).mean(axis=2); a main effect: mean of two minus mean of the other two.",
    "four[1].mean() - four[0].mean(), four[:, 1].mean() - four[:, 0].mean(), "
    "(four[1, 1] - four[0, 1]) - (four[1, 0] - four[0, 0])",
)
def interaction(effects: Any) -> None:
    random = np.random.default_rng(16)
    cases = [np.array([[86.0, 85.0], [66.0, 85.0]]), np.array([[1.0, 2.0], [3.0, 4.0]])]
    cases += [random.normal(80, 5, shape) for shape in ((2, 2), (2, 2, 3), (2, 2, 2, 3))]
    for means in cases:
        answer = expect_array(effects(means.copy()), (3,), "effects(means)")
        four = means.reshape(2, 2, -1).mean(axis=2)
        first, second = (float(np.diff(four.mean(axis=axis))[0]) for axis in (1, 0))
        both = float(four[1, 1] - four[0, 1] - four[1, 0] + four[0, 0])
        shown = f"for means of shape {means.shape}"
        if close(answer, (first, second, both)):
            continue
        expect(
            not close(answer[:2], (second, first)),
            f"{shown} the two main effects have changed places: average over the second axis to get the first effect.",
        )
        expect(not close(answer[:2], (-first, -second)), f"{shown} the signs are turned: level 1 minus level 0.")
        expect(
            not close(answer[:2], (2 * first, 2 * second)),
            f"{shown} the main effects are twice too large: take the mean over the other factor, not the sum.",
        )
        expect(
            not close(answer[0], four[1, 0] - four[0, 0]),
            f"{shown} that is what the first factor does at level 0 of the second; average over both of its levels.",
        )
        expect(close(answer[0], first), f"{shown} the first main effect should be {first:.3f}, not {answer[0]:.3f}.")
        expect(close(answer[1], second), f"{shown} the second main effect should be {second:.3f}, not {answer[1]:.3f}.")
        expect(
            not close(answer[2], -both),
            f"{shown} the interaction has the wrong sign: here it is the effect at level 1 of the second factor minus "
            "that at level 0. The table above takes it the other way round.",
        )
        if close(answer[2], both / 2):
            raise Wrong(f"{shown} the interaction was halved; some books do so, this one does not.")
        if close(answer[2], first * second):
            raise Wrong(f"{shown} an interaction is a difference of differences, no product.")
        raise Wrong(f"{shown} the interaction should be {both:.3f}, not {answer[2]:.3f}.")


@exercise(
    "compare-patience",
    "Go through the epochs and remember the best so far. When has it been the best for too long?",
    "After each epoch: if it is better, it is the new best; if epoch − best == patience, stop.",
    "for epoch, a in enumerate(validation, start=1): if a > validation[best - 1]: best = epoch; "
    "if epoch - best == patience: break",
)
def patience(stop: Any) -> None:
    random = np.random.default_rng(17)
    cases = [
        ([0.7, 0.8, 0.85, 0.84, 0.83, 0.9], 2),  # what would have come is never seen
        ([0.6, 0.7, 0.8], 3),  # ends with the list
        ([0.8, 0.8, 0.8, 0.81], 2),  # equal is not better
        ([0.7, 0.72, 0.71, 0.73, 0.72, 0.74, 0.7, 0.7, 0.7], 3),
        ([0.9, 0.8], 1),
    ]
    cases += [((random.integers(70, 90, 12) / 100).tolist(), size) for size in (1, 2, 3)]
    for validation, size in cases:
        said = expect_array(stop(list(validation), size), (2,), "stop(validation, patience)")
        answer = [expect_whole(epoch, "each epoch") for epoch in said]
        end, best = _stop(validation, size)
        shown = f"stop({validation}, {size})"
        if answer == [end, best]:
            continue
        expect(answer != [best, end], f"{shown}: first the last epoch that was trained, then the one that is kept.")
        expect(answer != [end - 1, best - 1], f"{shown}: count the epochs from 1.")
        tolerant = _stop(validation, size, ties=True)
        if tuple(answer) == tolerant:
            raise Wrong(f"{shown}: an equal accuracy is not better; the earlier epoch stays the best.")
        expect(tuple(answer) != _stop(validation, size + 1), f"{shown}: one epoch too patient.")
        over_all = 1 + validation.index(max(validation))
        expect(
            over_all <= end or answer[1] != over_all,
            f"{shown}: epoch {over_all} comes after the end of training; nobody has seen it.",
        )
        expect(answer != [len(validation), best], f"{shown}: training ended before the list did, after epoch {end}.")
        expect(tuple(answer) != _stop(validation, size - 1), f"{shown}: one epoch too impatient.")
        expect(tuple(answer) != (end, end), f"{shown}: the last epoch is not the best; keep the weights of the best.")
        raise Wrong(f"{shown} should be {(end, best)}, not {tuple(answer)}.")


def _stop(validation: list[float], size: int, ties: bool = False) -> tuple[int, int]:
    """Last epoch trained and epoch kept, from 1; with ``ties`` an equal accuracy counts as better."""
    best = 1
    for epoch, accuracy in enumerate(validation, start=1):
        if accuracy > validation[best - 1] or (ties and accuracy == validation[best - 1]):
            best = epoch
        if epoch - best >= size:
            return epoch, best
    return len(validation), best
