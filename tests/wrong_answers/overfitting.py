"""Wrong answers to the exercises of chapter 11: (exercise, answer, what the check must say)."""

import math

import numpy as np


def stop(v, patience, equal=False):
    best = 1
    for epoch, a in enumerate(v, start=1):
        if a > v[best - 1] or (equal and a == v[best - 1]):
            best = epoch
        if epoch - best >= patience:
            return epoch, best
    return len(v), best


def price(runs, patience, lost, mean=np.mean):
    ends = [stop(run, patience) for run in runs]
    losses = [lost(run, end, best) for run, (end, best) in zip(runs, ends, strict=True)]
    return mean([end for end, _ in ends]), mean(losses)


def right(run, end, best):
    return max(run) - run[best - 1]


def sharper(p, label):
    odds = (p / (1 - p)) ** 8
    return odds / (1 + odds)


def halfway(p):
    """Each verdict half as far from certainty."""
    return np.where(p > 0.5, (1 + p) / 2, p / 2)


def line(sizes, accuracies, n, scale=math.log, pick=slice(-2, None), ordered=True, top=100.0):
    points = list(zip(sizes, accuracies, strict=True))
    (few, low), (many, high) = (sorted(points) if ordered else points)[pick]
    return min(top, high + (high - low) * (scale(n) - scale(many)) / (scale(many) - scale(few)))


WRONG = [
    ("fit-stop", lambda v, p: stop(v, p)[1], "should have the shape"),
    ("fit-stop", lambda v, p: stop(v, p)[::-1], "first the last epoch"),
    ("fit-stop", lambda v, p: tuple(x - 1 for x in stop(v, p)), "count the epochs from 1"),
    ("fit-stop", lambda v, p: (stop(v, p)[0], 1 + int(np.argmax(v))), "nobody has seen it"),
    ("fit-stop", lambda v, p: (len(v), stop(v, p)[1]), "training ended before the list"),
    ("fit-stop", lambda v, p: stop(v, p, equal=True), "not better"),
    ("fit-stop", lambda v, p: stop(v, p + 1), "too patient"),
    ("fit-stop", lambda v, p: (stop(v, p)[0],) * 2, "keep the weights of the best"),
    ("fit-price", lambda r, p: price(r, p, right)[::-1], "first the epochs"),
    ("fit-price", lambda r, p: price(r, p, right, np.sum), "these are sums"),
    ("fit-price", lambda r, p: price(r, p, lambda v, end, best: max(v[:end]) - v[best - 1]), "against the whole list"),
    ("fit-price", lambda r, p: price(r, p, lambda v, end, best: max(v) - v[end - 1]), "not the last one"),
    ("fit-price", lambda r, p: price(r, p, lambda v, end, best: v[best - 1] - max(v)), "positive number"),
    ("fit-price", lambda r, p: price(r, p, lambda v, end, best: v[best - 1]), "the accuracy kept"),
    ("fit-price", lambda r, p: (np.mean([stop(v, p)[1] for v in r]), price(r, p, right)[1]), "epochs trained"),
    ("fit-surer", sharper, "did not rise"),
    ("fit-surer", lambda p, label: p, "did not rise"),
    ("fit-surer", lambda p, label: 1 - p, "changed sides"),
    ("fit-surer", lambda p, label: np.where(p > 0.5, 1.0, 0.0), "strictly between"),
    ("fit-surer", lambda p, label: np.full(len(p), 0.5), "no verdict"),
    ("fit-surer", lambda p, label: np.where((p > 0.5) == (label == 1), p, halfway(p)), "not twice"),
    ("fit-doubling", lambda s, a, n: line(s, a, n, scale=float), "logarithm"),
    ("fit-doubling", lambda s, a, n: line(s, a, n, ordered=False), "sort first"),
    ("fit-doubling", lambda s, a, n: line(s, a, n, pick=slice(0, 2)), "two smallest"),
    ("fit-doubling", lambda s, a, n: line(s, a, n, top=math.inf), "cut at 100"),
    ("fit-doubling", lambda s, a, n: np.polyval(np.polyfit(np.log(s), a, 1), np.log(n)), "through all points"),
]
