"""Wrong answers to the exercises of chapter 12: (exercise, answer, what the check must say)."""

from itertools import pairwise

import keras
import numpy as np


def changed(one, other):
    return [key for key in one if one[key] != other[key]]


def with_bias(units, bias, **settings):
    def initial(shape, dtype=None):
        return keras.ops.cast(bias[: shape[0]], dtype)

    return keras.layers.LSTM(units, bias_initializer=initial, **settings)


def logit(half_life):
    return -np.log(2 ** (1 / half_life) - 1)


def everywhere(units, half_life):
    return with_bias(units, np.full(4 * units, logit(half_life)), unit_forget_bias=False)


def keras_keeps_its_one(units, half_life):
    return with_bias(units, np.zeros(4 * units))


def input_gate(units, half_life):
    return with_bias(units, np.repeat([logit(half_life), 0, 0, 0], units), unit_forget_bias=False)


def gate_as_bias(units, half_life):
    return with_bias(units, np.repeat([0, 2 ** (-1 / half_life), 0, 0], units), unit_forget_bias=False)


def backwards(units, half_life):
    return with_bias(units, np.repeat([0, -logit(half_life), 0, 0], units), unit_forget_bias=False)


WRONG = [
    ("gated-wins", lambda a, b: np.mean([x > y for x in a for y in b]), "a tie counts as half a win"),
    ("gated-wins", lambda a, b: np.mean([x >= y for x in a for y in b]), "not as a whole one"),
    ("gated-wins", lambda a, b: np.mean([(x < y) + (x == y) / 2 for x in a for y in b]), "second model is better"),
    ("gated-wins", lambda a, b: sum((x > y) + (x == y) / 2 for x in a for y in b), "divide by the number of all pairs"),
    (
        "gated-wins",
        lambda a, b: np.mean([(x > y) + (x == y) / 2 for x, y in zip(a, b, strict=False)]),
        "seed 1 need not meet",
    ),
    ("gated-wins", lambda a, b: np.mean(a) - np.mean(b), "difference of the means"),
    ("gated-half", lambda x: int(np.argmax(np.cumsum(x[::-1]) > x.sum() / 2)) + 1, "at least half"),
    ("gated-half", lambda x: int(np.argmax(np.cumsum(x[::-1]) >= x.sum() / 2)), "one too few"),
    ("gated-half", lambda x: int(np.argmax(np.cumsum(x) >= x.sum() / 2)) + 1, "counted from the first word"),
    ("gated-half", lambda x: float((x[::-1] * np.arange(len(x))).sum() / x.sum()), "mean distance"),
    (
        "gated-alone",
        lambda r: {k for a in r for k in a if len({b[k] for b in r}) > 1},
        "a pair differs in nothing else",
    ),
    (
        "gated-alone",
        lambda r: {changed(a, b)[0] for a, b in pairwise(r) if len(changed(a, b)) == 1},
        "not only with the next",
    ),
    ("gated-alone", lambda r: len(r), "return a set of keys"),
    ("gated-alone", lambda r: {k for a in r for b in r for k in changed(a, b)[:1]}, "should give"),
    ("gated-patient", everywhere, "all four blocks"),
    ("gated-patient", keras_keeps_its_one, "unit_forget_bias=False"),
    ("gated-patient", input_gate, "the order is i, f, c, o"),
    ("gated-patient", gate_as_bias, "goes through a sigmoid first"),
    ("gated-patient", backwards, "the sign is wrong"),
    ("gated-patient", lambda units, half_life: keras.layers.GRU(units), "return a Keras LSTM layer"),
    ("gated-patient", lambda units, half_life: keras.layers.LSTM(4 * units), "should have"),
    ("gated-verdicts", "ABCF".__contains__, "not “as good”"),
    ("gated-verdicts", "BCDF".__contains__, "LSTM and GRU on 500 words"),
    ("gated-verdicts", "BCEF".__contains__, "one of the five seeds"),
    ("gated-verdicts", "BC".__contains__, "less than “are equal”"),
    ("gated-verdicts", "BF".__contains__, "500 words again"),
    ("gated-verdicts", "B7".__contains__, "missing"),
]
