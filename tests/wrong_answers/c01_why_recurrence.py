"""Wrong answers to the exercises of chapter 1: (exercise, answer, what the check must say)."""

import numpy as np


def step(x, h, w, u, b):
    return np.tanh(w * x + u * h + b)


def loop_from_zero(xs, w, u, b):
    return np.array([step(x, 0.0, w, u, b) for x in xs])


def loop_last_only(xs, w, u, b):
    h = 0.0
    for x in xs:
        h = step(x, h, w, u, b)
    return h


WRONG = [
    ("why-bag-of-words", lambda tokens, words: [word in tokens for word in words], "counts twice"),
    ("why-bag-of-words", lambda tokens, words: [words.index(token) for token in tokens], "should have the shape (4,)"),
    ("why-step", lambda x, h, w, u, b: w * x + u * h + b, "the state is its tanh"),
    ("why-step", lambda x, h, w, u, b: np.tanh(w * x + u * h), "bias b is missing"),
    ("why-step", lambda x, h, w, u, b: np.tanh(u * x + w * h + b), "w belongs to the input"),
    ("why-loop", loop_from_zero, "starts from zero"),
    ("why-loop", lambda xs, w, u, b: None, "is the `return` missing"),
    ("why-loop", lambda xs, w, u, b: np.zeros(len(xs) + 1), "leave the zero at the start out"),
    ("why-loop", loop_last_only, "last state only"),
    ("why-memory", 0.5, "after 50 filler words"),
    ("why-memory", -2.0, "memory flips"),
    ("why-memory", 6.0, "too stubborn"),
]
