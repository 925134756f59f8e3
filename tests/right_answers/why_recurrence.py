"""Right answers to the exercises of chapter 1, each in another way: (exercise, answer)."""

import itertools
import math
from collections import Counter

import numpy as np


def count_by_dict(tokens, vocabulary):
    counts = Counter(tokens)
    return tuple(counts[word] for word in vocabulary)


def count_by_place(tokens, vocabulary):
    counts = np.zeros(len(vocabulary), dtype="float32")
    for token in tokens:
        if token in vocabulary:
            counts[vocabulary.index(token)] += 1
    return counts


def step_by_exponentials(x, h, w, u, b):
    a = x * w + h * u + b
    return 1 - 2 / (1 + np.exp(2 * a))


def step_float32(x, h, w, u, b):
    return np.tanh(np.float32(w) * np.float32(x) + np.float32(u) * np.float32(h) + np.float32(b))


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
    ("why-bag-of-words", count_by_dict),
    ("why-bag-of-words", count_by_place),
    ("why-bag-of-words", lambda tokens, words: [sum(token == word for token in tokens) for word in words]),
    ("why-step", step_by_exponentials),
    ("why-step", step_float32),
    ("why-step", lambda x, h, w, u, b: math.tanh(np.dot([x, h], [w, u]) + b)),
    ("why-loop", loop_of_lists),
    ("why-loop", loop_accumulated),
    ("why-loop", loop_float32),
    ("why-memory", 1.7),
    ("why-memory", np.float32(2.5)),
    ("why-memory", np.array(2)),
]
