"""Wrong answers to the exercises of chapter 1: (exercise, answer, what the check must say)."""

import numpy as np


def step(x, h, w, u, b):
    return np.tanh(w * x + u * h + b)


def loop_from_zero(xs, w, u, b):
    return np.array([step(x, 0.0, w, u, b) for x in xs])


def loop_with_the_old_state(xs, w, u, b):
    h = before = 0.0
    states = []
    for x in xs:
        before, h = h, step(x, before, w, u, b)
        states.append(h)
    return states


def loop_from_one(xs, w, u, b):
    h, states = 1.0, []
    for x in xs:
        h = step(x, h, w, u, b)
        states.append(h)
    return states


def loop_last_only(xs, w, u, b):
    h = 0.0
    for x in xs:
        h = step(x, h, w, u, b)
    return h


WRONG = [
    ("why-bag-of-words", lambda tokens, words: [word in tokens for word in words], "counts twice"),
    ("why-bag-of-words", lambda tokens, words: [words.index(token) for token in tokens], "should have the shape (4,)"),
    ("why-bag-of-words", lambda tokens, words: [" ".join(tokens).count(word) for word in words], "whole words"),
    ("why-bag-of-words", lambda tokens, words: [tokens.count(word) for word in sorted(words)], "order of the vocab"),
    ("why-bag-of-words", lambda tokens, words: ["1", "1", "1", "0"], "an array of numbers"),
    ("why-step", lambda x, h, w, u, b: 1 / (1 + np.exp(-w * x - u * h - b)), "sigmoid"),
    ("why-step", lambda x, h, w, u, b: w * x + u * h + b, "the state is its tanh"),
    ("why-step", lambda x, h, w, u, b: np.tanh(w * x + u * h), "bias b is missing"),
    ("why-step", lambda x, h, w, u, b: np.tanh(u * x + w * h + b), "w belongs to the input"),
    ("why-loop", loop_from_zero, "starts from zero"),
    ("why-loop", lambda xs, w, u, b: None, "is the `return` missing"),
    ("why-loop", lambda xs, w, u, b: np.zeros(len(xs) + 1), "leave the zero at the start out"),
    ("why-loop", loop_last_only, "last state only"),
    ("why-loop", loop_with_the_old_state, "use the new state"),
    ("why-loop", loop_from_one, "start from a state of zero"),
    ("why-memory", "2", "one number"),
    ("why-memory", float("nan"), "nan"),
    ("why-memory", 1.6, "after 50 filler words"),
    ("why-memory", 0.5, "after 50 filler words"),
    ("why-memory", -2.0, "memory flips"),
    ("why-memory", 6.0, "too stubborn"),
]
