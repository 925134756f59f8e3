"""Right answers to the exercises of chapter 1, each in another way: (exercise, answer)."""

import itertools
import math

import numpy as np


def loop_of_lists(xs, w, u, b):
    states = [0.0]
    for x in xs:
        states.append(math.tanh(w * x + u * states[-1] + b))
    return states[1:]


def loop_accumulated(xs, w, u, b):
    states = itertools.accumulate(xs, lambda h, x: np.tanh(w * x + u * h + b), initial=0.0)
    return tuple(states)[1:]


def loop_float32(xs, w, u, b):
    states, h = np.zeros(len(xs), dtype="float32"), np.float32(0)
    for t, x in enumerate(xs):
        h = states[t] = np.tanh(np.float32(w) * np.float32(x) + np.float32(u) * h + np.float32(b))
    return states


RIGHT = [
    ("why-loop", loop_of_lists),
    ("why-loop", loop_accumulated),
    ("why-loop", loop_float32),
    ("why-memory", 1.7),
    ("why-memory", np.float32(2.5)),
    ("why-memory", np.array(2)),
    ("why-not", {"not": -11.5, "good": -1, "bad": 2}),
    ("why-not", {"bad": np.float32(3), "good": np.float32(0), "not": np.float32(-11.6), "film": 0}),
    ("why-pairs", ["plot was good and cast was bad and".split(), "plot was bad and cast was good and".split()]),
    ("why-pairs", (tuple("so plot was good so was so".split()), tuple("so was good so plot was so".split()))),
    ("why-claims", ["C", "A"]),
    ("why-claims", "ac"),
    ("why-claims", frozenset("AC")),
]
