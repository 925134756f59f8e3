"""Right answers to the exercises of chapter 16, each in another way: (exercise, answer)."""

import itertools
import math

import numpy as np
from scipy import stats


def flips_of_means(first, second):
    differences = np.asarray(first) - np.asarray(second)
    seen = abs(differences.mean())
    signs = itertools.product([-1, 1], repeat=len(differences))
    means = [abs((np.array(one) * differences).mean()) for one in signs]
    return sum(mean >= seen for mean in means) / len(means)


def flips_of_two_means(first, second):
    seen = abs(np.mean(first) - np.mean(second))
    signs = np.array(list(itertools.product((1, -1), repeat=len(first))))
    return np.mean(np.abs((signs * np.subtract(first, second)).mean(axis=1)) >= seen)


def flips_by_bits(first, second):
    pairs = list(zip(first, second, strict=True))
    seen, far = abs(sum(a - b for a, b in pairs)), 0
    for number in range(2 ** len(pairs)):
        total = sum((b - a) if number >> place & 1 else (a - b) for place, (a, b) in enumerate(pairs))
        far += abs(total) >= seen - 1e-12
    return np.float32(far / 2 ** len(pairs))


def flips_by_exchange(first, second):
    def gap(choice):
        one = [pair[side] for pair, side in zip(zip(first, second, strict=True), choice, strict=True)]
        other = [pair[1 - side] for pair, side in zip(zip(first, second, strict=True), choice, strict=True)]
        return abs(np.mean(one) - np.mean(other))

    gaps = np.array([gap(choice) for choice in itertools.product((0, 1), repeat=len(first))])
    return np.mean(gaps >= gaps[0])


def holm_in_a_loop(p_values):
    m, largest, result = len(p_values), 0.0, [0.0] * len(p_values)
    for place, i in enumerate(sorted(range(m), key=p_values.__getitem__)):
        largest = min(1.0, max(largest, (m - place) * p_values[i]))
        result[i] = largest
    return result


def holm_by_definition(p_values):
    p = np.array(p_values, dtype="float32")
    order = p.argsort()
    grown = [max((len(p) - k) * p[order[k]] for k in range(place + 1)) for place in range(len(p))]
    return np.minimum(grown, 1)[order.argsort()]


def interaction_by_scipy(few, many):
    values = np.subtract(many[0], many[1]) - np.subtract(few[0], few[1])
    low, high = stats.ttest_1samp(values, 0).confidence_interval(0.95)
    return [np.mean(values), low, high]


def interaction_in_a_loop(few, many):
    values = [(a - b) - (c - d) for a, b, c, d in zip(*many, *few, strict=True)]
    n = len(values)
    mean = sum(values) / n
    error = math.sqrt(sum((value - mean) ** 2 for value in values) / (n - 1) / n)
    low, high = stats.t.interval(0.95, n - 1, loc=mean, scale=error)
    return np.float32([mean, low, high])


def plan_by_hand(pilot, gap):
    mean = sum(pilot) / len(pilot)
    variance = sum((one - mean) ** 2 for one in pilot) / (len(pilot) - 1)
    needed = 2
    while needed < 8 * variance / gap**2 - 1e-9:
        needed += 1
    return needed


RIGHT = [
    ("compare-flips", flips_of_means),
    ("compare-flips", flips_of_two_means),
    ("compare-flips", flips_by_bits),
    ("compare-flips", flips_by_exchange),
    ("compare-holm", holm_in_a_loop),
    ("compare-holm", holm_by_definition),
    ("compare-interaction", interaction_by_scipy),
    ("compare-interaction", interaction_in_a_loop),
    ("compare-plan", plan_by_hand),
    ("compare-plan", lambda pilot, gap: np.maximum(np.ceil(8 * np.var(np.divide(pilot, gap), ddof=1)), 2)),
]
