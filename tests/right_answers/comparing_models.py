"""Right answers to the exercises of chapter 16, each in another way: (exercise, answer)."""

import itertools
import math

import numpy as np


def reviews_by_search(p, half_width):
    low, high = 0, 10**9
    while high - low > 1:
        middle = (low + high) // 2
        fits = 1.96 * math.sqrt(p * (1 - p) / middle) <= half_width
        low, high = (low, middle) if fits else (middle, high)
    return high


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


def effects_of_slices(means):
    one, zero = means[1], means[0]
    first, second = one.mean() - zero.mean(), means[:, 1].mean() - means[:, 0].mean()
    by_level = (one - zero).reshape(2, -1).mean(axis=1)
    return [first, second, by_level[1] - by_level[0]]


def effects_by_signs(means):
    four = np.float32(means).reshape(4, -1).mean(axis=1)
    return np.array([[-1, -1, 1, 1], [-1, 1, -1, 1], [2, -2, -2, 2]]) @ four / 2


def stop_with_a_counter(validation, patience):
    best, kept, waited = -math.inf, 0, 0
    for epoch, accuracy in enumerate(validation, start=1):
        waited += 1
        if accuracy > best:
            best, kept, waited = accuracy, epoch, 0
        if waited == patience:
            return [epoch, kept]
    return [len(validation), kept]


def stop_by_slices(validation, patience):
    for last in range(1, len(validation) + 1):
        seen = validation[:last]
        if last - np.argmax(seen) - 1 >= patience:
            break
    return np.array([last, np.argmax(validation[:last]) + 1])


RIGHT = [
    ("compare-reviews", reviews_by_search),
    ("compare-reviews", lambda p, h: np.ceil(1.96**2 * p * (1 - p) / h**2)),
    ("compare-reviews", lambda p, h: math.ceil((1.96 * math.sqrt(p * (1 - p)) / h) ** 2)),
    ("compare-reviews", lambda p, h: -int(-(p - p * p) * 1.96 / h * 1.96 // h)),
    ("compare-flips", flips_of_means),
    ("compare-flips", flips_of_two_means),
    ("compare-flips", flips_by_bits),
    ("compare-flips", flips_by_exchange),
    ("compare-holm", holm_in_a_loop),
    ("compare-holm", holm_by_definition),
    ("compare-interaction", effects_of_slices),
    ("compare-interaction", effects_by_signs),
    ("compare-patience", stop_with_a_counter),
    ("compare-patience", stop_by_slices),
]
