"""Right answers to the exercises of chapter 12, each in another way: (exercise, answer)."""

from itertools import combinations, product

import keras
import numpy as np


def wins_by_product(first, second):
    pairs = list(product(first, second))
    return sum(1 if a > b else 0.5 if a == b else 0 for a, b in pairs) / len(pairs)


def wins_by_signs(first, second):
    return (1 + np.sign(np.asarray(first)[:, None] - np.asarray(second)).mean()) / 2


def wins_by_comparison(first, second):
    first = first[:, np.newaxis]
    return np.float32(np.mean((first > second) + 0.5 * (first == second)))


def half_in_a_loop(norms):
    total, words = 0.0, 0
    for norm in reversed(norms):
        total, words = total + norm, words + 1
        if total >= sum(norms) / 2:
            return words


def half_by_search(norms):
    sums = np.cumsum(norms[::-1])
    return np.searchsorted(sums, sums[-1] / 2) + 1


def alone_by_pairs(recipes):
    pairs = combinations(recipes, 2)
    changed = [sorted(key for key in one if one[key] != other[key]) for one, other in pairs]
    return sorted({keys[0] for keys in changed if len(keys) == 1})


def alone_by_items(recipes):
    return frozenset(
        next(iter(set(one) & {key for key, _ in set(one.items()) - set(other.items())}))
        for one in recipes
        for other in recipes
        if len(set(one.items()) - set(other.items())) == 1
    )


class Open(keras.initializers.Initializer):
    def __init__(self, half_life):
        self.gate = 0.5 ** (1 / half_life)

    def __call__(self, shape, dtype=None):
        units = shape[0] // 4
        b = -np.log(1 / self.gate - 1)
        return keras.ops.cast(np.repeat([0, b, 0, 0], units), dtype)


def patient_by_initializer(units, half_life):
    return keras.layers.LSTM(units, bias_initializer=Open(half_life), unit_forget_bias=False, return_sequences=True)


def patient_by_assignment(units, half_life):
    layer = keras.layers.LSTM(units)
    layer.build((None, None, 7))
    bias = np.zeros(4 * units, dtype="float32")
    bias[units : 2 * units] = -np.log(2 ** (1 / half_life) - 1)
    layer.cell.bias.assign(bias)
    return layer


RIGHT = [
    ("gated-wins", wins_by_product),
    ("gated-wins", wins_by_signs),
    ("gated-wins", wins_by_comparison),
    ("gated-alone", alone_by_pairs),
    ("gated-alone", alone_by_items),
    ("gated-patient", patient_by_initializer),
    ("gated-patient", patient_by_assignment),
    ("gated-half", half_in_a_loop),
    ("gated-half", half_by_search),
    ("gated-half", lambda norms: float(np.sum(np.cumsum(norms[::-1]) < np.sum(norms) / 2) + 1)),
    ("gated-verdicts", {"A": False, "B": 1, "C": True, "D": 0, "E": False, "F": np.True_}.get),
    ("gated-verdicts", lambda letter: letter not in ("A", "D", "E")),
]
