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
    "One number a seed: the difference A − B with many reviews, minus the difference A − B with few.",
    "Then the t interval of those numbers: mean ± t · s / √S, with s by S − 1 and t for S − 1 degrees of freedom.",
    "v = (many[0] - many[1]) - (few[0] - few[1]); half = stats.t.ppf(0.975, len(v) - 1) * stats.sem(v); "
    "v.mean(), v.mean() - half, v.mean() + half",
)
def interaction(interaction: Any) -> None:
    from scipy import stats

    random = np.random.default_rng(16)
    for size in (5, 5, 8, 3):
        few, many = random.normal((80, 77), 2, (size, 2)).T, random.normal((86, 88), 1, (size, 2)).T
        given = [(one[0].copy(), one[1].copy()) for one in (few, many)]
        answer = expect_array(interaction(*given), (3,), "interaction(few, many)")
        values = (many[0] - many[1]) - (few[0] - few[1])
        mean, error = values.mean(), values.std(ddof=1) / math.sqrt(size)
        half = stats.t.ppf(0.975, size - 1) * error
        apart = math.sqrt(sum(one.var(ddof=1) for one in (*few, *many)) / size)  # as if nothing were paired

        def ends(half: float, mean: float = mean) -> tuple[float, float, float]:
            return mean, mean - half, mean + half

        shown = f"with {size} seeds"
        slips = (
            (ends(half, -mean), f"{shown}: the signs are turned: many minus few, and A minus B."),
            ((mean, mean + half, mean - half), f"{shown}: first the lower end, then the upper."),
            ((mean - half, mean, mean + half), f"{shown}: first the mean, then the two ends."),
            (
                ends(1.96 * error),
                f"{shown}: 1.96 is for many runs; take the t factor for {size - 1} degrees of freedom.",
            ),
            (ends(stats.t.ppf(0.975, size) * error), f"{shown}: S runs leave S − 1 degrees of freedom."),
            (ends(stats.t.ppf(0.95, size - 1) * error), f"{shown}: 95 % in the middle leaves 2.5 % on either side."),
            (ends(half * math.sqrt((size - 1) / size)), f"{shown}: the standard deviation divides by S − 1."),
            (ends(half * math.sqrt(size)), f"{shown}: that is for one run; the error of a mean is s / √S."),
            (ends(error), f"{shown}: that is one standard error to either side."),
            (ends(stats.t.ppf(0.975, size - 1) * apart), f"{shown}: the runs are pairs; subtract seed by seed first."),
        )
        right = ends(half)
        words = ", ".join(f"{one:.3f}" for one in right)
        expect(
            close(answer[0], mean) or close(answer, ends(half, -mean)) or close(answer, slips[2][0]),
            f"{shown} the mean should be {mean:.3f}, not {answer[0]:.3f}.",
        )
        expect_right(
            answer, right, slips, f"{shown} it should be {words}, not {', '.join(f'{one:.3f}' for one in answer)}."
        )


@exercise(
    "compare-plan",
    "The formula wants the standard deviation of the differences, and the gap that you want to see.",
    "S = 8 · s² / gap², rounded up, with s by S − 1.",
    "max(2, math.ceil(8 * np.std(pilot, ddof=1) ** 2 / gap**2))",
)
def plan(seeds_needed: Any) -> None:
    pilots = ([5.0, -5.0, 4.0], [1.97, 1.42, 3.07, 1.15, 0.69], [-2.2, 0.4, 0.3, 1.2], [0.5, 0.6, 0.55])
    for pilot, gap in itertools.product(pilots, (1.0, 0.5)):
        answer = expect_whole(seeds_needed(list(pilot), gap), "seeds_needed(pilot, gap)")
        shown = f"seeds_needed({pilot}, {gap})"
        exact = 8 * np.var(pilot, ddof=1) / gap**2
        right = max(2, math.ceil(exact - 1e-9))
        slips = (
            (math.ceil(exact), f"{shown}: fewer than 2 pairs have no scatter; return 2 at least."),
            (max(2, math.floor(exact)), f"{shown}: rounded down, there are too few; round up."),
            (max(2, math.ceil(2 * exact)), f"{shown}: 16 is for two independent groups; for pairs it is 8."),
            (max(2, math.ceil(8 * np.var(pilot) / gap**2)), f"{shown}: the variance divides by S − 1: ddof=1."),
            (max(2, math.ceil(8 * np.std(pilot, ddof=1) / gap)), f"{shown}: both s and the gap are squared."),
            (max(2, math.ceil(8 * np.var(pilot, ddof=1) / gap)), f"{shown}: the gap is squared, too."),
            (
                max(2, math.ceil(8 * np.mean(pilot) ** 2 / gap**2)),
                f"{shown}: s is the deviation of the pilot, not its mean.",
            ),
        )
        expect_right(answer, right, slips, f"{shown} should be {right}, not {answer}.")
