"""Right answers to the exercises of chapter 18, each in another way: (exercise, answer)."""

import itertools
import math

import numpy as np

from helpers import text


def encode_in_a_loop(review, rank, num_words, length):
    codes = np.zeros(length, dtype="int32")
    words = [1]
    for word in text.tokenize(review):
        code = 3 + rank[word] if word in rank else num_words
        words.append(2 if code >= num_words else code)
    for place, code in enumerate(reversed(words[-length:]), start=1):
        codes[-place] = code
    return codes


def encode_with_the_helper(review, rank, num_words, length):
    known = {word: r + 3 for word, r in rank.items() if r < num_words - 3}
    codes = [1, *(known.get(word, 2) for word in text.tokenize(review))]
    return text.pad([codes], length, padding="pre", truncating="pre")[0].tolist()


def ece_by_edges(probability, label, bins):
    edges, total = np.linspace(0, 1, bins + 1), 0.0
    for b, (low, high) in enumerate(itertools.pairwise(edges)):
        inside = (probability >= low) & ((probability < high) | (b == bins - 1))
        if inside.sum():
            total += inside.sum() / len(label) * abs(np.mean(probability[inside]) - np.mean(label[inside]))
    return total


def ece_by_bincount(probability, label, bins):
    which = np.clip(np.floor(np.float32(probability) * bins), 0, bins - 1).astype(int)
    gaps = np.bincount(which, weights=probability - label, minlength=bins)
    return np.float32(np.abs(gaps).sum() / len(label))


def ece_by_digitize(probability, label, bins):
    which = np.digitize(probability, np.linspace(0, 1, bins + 1)[1:-1])
    return sum(abs(sum(probability[which == b]) - sum(label[which == b])) for b in range(bins)) / len(probability)


def loss_at(logit, label, T):
    return np.mean(np.logaddexp(0, -np.where(label == 1, 1, -1) * logit / T))


def temperature_by_golden_section(logit, label):
    low, high, golden = math.log(0.1), math.log(10), (math.sqrt(5) - 1) / 2
    while high - low > 1e-4:
        one, two = high - golden * (high - low), low + golden * (high - low)
        if loss_at(logit, label, math.exp(one)) < loss_at(logit, label, math.exp(two)):
            high = two
        else:
            low = one
    return math.exp((low + high) / 2)


def temperature_by_scipy(logit, label):
    from scipy.optimize import minimize_scalar

    return minimize_scalar(lambda T: loss_at(logit, label, T), bounds=(0.1, 10), method="bounded").x


def temperature_by_trial(logit, label):
    logit, label = np.float32(logit), np.float32(label)
    candidates = np.arange(0.1, 10, 0.005, dtype="float32")
    losses = []
    for T in candidates:
        probability = np.clip(1 / (1 + np.exp(-np.clip(logit / T, -80, 80))), 1e-7, 1 - 1e-7)
        losses.append(-np.mean(label * np.log(probability) + (1 - label) * np.log(1 - probability)))
    return candidates[int(np.argmin(losses))]


def settled_from_the_end(probability):
    place = len(probability) - 1
    while place > 0 and (probability[place - 1] > 0.5) == (probability[-1] > 0.5):
        place -= 1
    return place


def settled_by_all(probability):
    praise = np.asarray(probability) > 0.5
    return np.int64(min(t for t in range(len(praise)) if (praise[t:] == praise[-1]).all()))


def safe_in_one(model, review):
    if not isinstance(review, str):
        raise TypeError("the review must be one str object, not a list or bytes: decode bytes with .decode()")
    words = text.tokenize(review)[-200:]
    if len(words) == 0:
        raise ValueError(f"{review!r} has no words")
    (probability,) = model([" ".join(words)])
    return float(probability)


def safe_by_match(model, review):
    match review:
        case str():
            words = text.tokenize(review)
        case bytes():
            raise TypeError("decode this object first: review.decode('utf-8')")
        case _:
            raise TypeError(f"an object of type {type(review).__name__} is no review")
    if not any(words):
        raise ValueError("there is nothing to judge in this review")
    return np.float64(model((" ".join(words[-200:]),))[0])


RIGHT = [
    ("predict-encode", encode_in_a_loop),
    ("predict-encode", encode_with_the_helper),
    ("predict-ece", ece_by_edges),
    ("predict-ece", ece_by_bincount),
    ("predict-ece", ece_by_digitize),
    ("predict-temperature", temperature_by_golden_section),
    ("predict-temperature", temperature_by_scipy),
    ("predict-temperature", temperature_by_trial),
    ("predict-settled", settled_from_the_end),
    ("predict-settled", settled_by_all),
    ("predict-safe", safe_in_one),
    ("predict-safe", safe_by_match),
]
