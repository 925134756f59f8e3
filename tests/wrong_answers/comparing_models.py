"""Wrong answers to the exercises of chapter 16: (exercise, answer, what the check must say)."""

import itertools
import math

import numpy as np
from scipy import stats


def sums(a, b):
    d = np.subtract(a, b)
    return np.array(list(itertools.product((1, -1), repeat=len(d)))) @ d, d.sum()


def unpaired(a, b):
    pot = np.concatenate([a, b])
    ways = np.array(list(itertools.combinations(pot, len(a)))).sum(axis=1)
    return np.mean(np.abs(2 * ways - pot.sum()) >= abs(np.sum(a) - np.sum(b)) - 1e-9)


def stepwise(p, factors, top=1.0, running=True, ordered=False):
    order = np.argsort(p)
    grown = np.asarray(p)[order] * factors(len(p))
    grown = np.minimum(np.maximum.accumulate(grown) if running else grown, top)
    result = np.empty(len(p))
    result[order] = grown
    return np.sort(result) if ordered else result


def falling(m):
    return np.arange(m, 0, -1)


def rising(m):
    return np.arange(1, m + 1)


def interaction(few, many, factor=lambda n: stats.t.ppf(0.975, n - 1), ddof=1, root=True):
    values = np.subtract(*many) - np.subtract(*few)
    n = len(values)
    half = factor(n) * values.std(ddof=ddof) / (math.sqrt(n) if root else 1)
    return values.mean(), values.mean() - half, values.mean() + half


def unpaired_interaction(few, many):
    arrays = (*many, *few)
    n = len(arrays[0])
    error = math.sqrt(sum(np.var(one, ddof=1) for one in arrays) / n)
    mean, half = interaction(few, many)[0], stats.t.ppf(0.975, n - 1) * error
    return mean, mean - half, mean + half


def plan(pilot, gap, factor=8, ddof=1, round_to=math.ceil, least=2):
    return max(least, round_to(factor * np.var(pilot, ddof=ddof) / gap**2))


WRONG = [
    ("compare-flips", lambda a, b: np.sum(np.abs(sums(a, b)[0]) >= abs(sums(a, b)[1]) - 1e-9), "divide it by 16"),
    ("compare-flips", lambda a, b: np.mean(sums(a, b)[0] >= sums(a, b)[1] - 1e-9), "only one direction"),
    ("compare-flips", lambda a, b: np.mean(np.abs(sums(a, b)[0]) > abs(sums(a, b)[1]) + 1e-9), "counts too"),
    ("compare-flips", lambda a, b: 0.3, "the share should be"),
    ("compare-holm", lambda p: stepwise(p, falling)[:1], "should have the shape"),
    ("compare-flips", unpaired, "within a pair only"),
    ("compare-holm", lambda p: p, "as they came"),
    ("compare-holm", lambda p: [min(1, x * len(p)) for x in p], "Bonferroni"),
    ("compare-holm", lambda p: stepwise(p, falling, ordered=True), "but sorted"),
    ("compare-holm", lambda p: stepwise(p, falling, top=9.0), "cut at 1"),
    ("compare-holm", lambda p: stepwise(p, falling, running=False), "below that of a smaller p"),
    ("compare-holm", lambda p: stepwise(p, rising), "gets the largest factor"),
    ("compare-interaction", lambda few, many: interaction(many, few), "the signs are turned"),
    ("compare-interaction", lambda few, many: interaction(few, many)[:1], "should have the shape"),
    ("compare-interaction", lambda few, many: np.sort(interaction(few, many)), "first the mean"),
    ("compare-interaction", lambda few, many: np.array(interaction(few, many))[[0, 2, 1]], "first the lower end"),
    ("compare-interaction", lambda few, many: interaction(few, many, factor=lambda n: 1.96), "t factor"),
    ("compare-interaction", lambda few, many: interaction(few, many, factor=lambda n: stats.t.ppf(0.975, n)), "S − 1"),
    ("compare-interaction", lambda few, many: interaction(few, many, ddof=0), "divides by S − 1"),
    ("compare-interaction", lambda few, many: interaction(few, many, root=False), "the error of a mean"),
    ("compare-interaction", lambda few, many: interaction(few, many, factor=lambda n: 1), "one standard error"),
    ("compare-interaction", unpaired_interaction, "seed by seed first"),
    ("compare-interaction", lambda few, many: (0.3, 0.1, 0.5), "the mean should be"),
    ("compare-plan", lambda pilot, gap: plan(pilot, gap, least=0), "no scatter"),
    ("compare-plan", lambda pilot, gap: plan(pilot, gap, round_to=math.floor), "rounded down"),
    ("compare-plan", lambda pilot, gap: plan(pilot, gap, factor=16), "two independent groups"),
    ("compare-plan", lambda pilot, gap: plan(pilot, gap, ddof=0), "ddof=1"),
    ("compare-plan", lambda pilot, gap: max(2, math.ceil(8 * np.std(pilot, ddof=1) / gap)), "both s and the gap"),
    ("compare-plan", lambda pilot, gap: 8 * np.var(pilot, ddof=1) / gap**2, "whole number"),
]
