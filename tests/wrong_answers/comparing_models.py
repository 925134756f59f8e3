"""Wrong answers to the exercises of chapter 16: (exercise, answer, what the check must say)."""

import itertools
import math

import numpy as np


def exact(p, h):
    return p * (1 - p) * (1.96 / h) ** 2


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


def four(means):
    return np.reshape(means, (2, 2, -1)).mean(axis=2)


def right(means):
    f = four(means)
    return f[1].mean() - f[0].mean(), f[:, 1].mean() - f[:, 0].mean(), f[1, 1] - f[0, 1] - f[1, 0] + f[0, 0]


def stop(v, patience, equal=False):
    best = 1
    for epoch, a in enumerate(v, start=1):
        if a > v[best - 1] or (equal and a == v[best - 1]):
            best = epoch
        if epoch - best >= patience:
            return epoch, best
    return len(v), best


WRONG = [
    ("compare-reviews", exact, "round up to the next whole one"),
    ("compare-reviews", lambda p, h: math.floor(exact(p, h)), "rounded down"),
    ("compare-reviews", lambda p, h: math.ceil(p * (1 - p) / h**2), "for one standard error"),
    ("compare-reviews", lambda p, h: math.ceil(exact(p, 2 * h)), "not the whole width"),
    ("compare-reviews", lambda p, h: math.ceil(1.96 / h * math.sqrt(p * (1 - p))), "the root of n"),
    ("compare-flips", lambda a, b: np.sum(np.abs(sums(a, b)[0]) >= abs(sums(a, b)[1]) - 1e-9), "divide it by 16"),
    ("compare-flips", lambda a, b: np.mean(sums(a, b)[0] >= sums(a, b)[1] - 1e-9), "only one direction"),
    ("compare-flips", lambda a, b: np.mean(np.abs(sums(a, b)[0]) > abs(sums(a, b)[1]) + 1e-9), "counts too"),
    ("compare-flips", lambda a, b: 0.3, "the share should be"),
    ("compare-holm", lambda p: stepwise(p, falling)[:1], "should have the shape"),
    ("compare-patience", lambda v, p: stop(v, p)[1], "should have the shape"),
    ("compare-reviews", lambda p, h: math.ceil(exact(p, h / 100)), "half_width is a share"),
    ("compare-flips", unpaired, "within a pair only"),
    ("compare-holm", lambda p: p, "as they came"),
    ("compare-holm", lambda p: [min(1, x * len(p)) for x in p], "Bonferroni"),
    ("compare-holm", lambda p: stepwise(p, falling, ordered=True), "but sorted"),
    ("compare-holm", lambda p: stepwise(p, falling, top=9.0), "cut at 1"),
    ("compare-holm", lambda p: stepwise(p, falling, running=False), "below that of a smaller p"),
    ("compare-holm", lambda p: stepwise(p, rising), "gets the largest factor"),
    ("compare-interaction", lambda m: (right(m)[1], right(m)[0], right(m)[2]), "changed places"),
    ("compare-interaction", lambda m: tuple(-x for x in right(m)), "signs are turned"),
    ("compare-interaction", lambda m: (2 * right(m)[0], 2 * right(m)[1], right(m)[2]), "twice too large"),
    ("compare-interaction", lambda m: (four(m)[1, 0] - four(m)[0, 0], *right(m)[1:]), "average over both"),
    ("compare-interaction", lambda m: (*right(m)[:2], -right(m)[2]), "wrong sign"),
    ("compare-interaction", lambda m: (*right(m)[:2], right(m)[2] / 2), "was halved"),
    ("compare-interaction", lambda m: (*right(m)[:2], right(m)[0] * right(m)[1]), "no product"),
    ("compare-patience", lambda v, p: stop(v, p)[::-1], "first the last epoch"),
    ("compare-patience", lambda v, p: tuple(x - 1 for x in stop(v, p)), "count the epochs from 1"),
    ("compare-patience", lambda v, p: (stop(v, p)[0], 1 + int(np.argmax(v))), "nobody has seen it"),
    ("compare-patience", lambda v, p: (len(v), stop(v, p)[1]), "training ended before the list"),
    ("compare-patience", lambda v, p: stop(v, p, equal=True), "not better"),
    ("compare-patience", lambda v, p: stop(v, p + 1), "too patient"),
    ("compare-patience", lambda v, p: (stop(v, p)[0],) * 2, "keep the weights of the best"),
]
