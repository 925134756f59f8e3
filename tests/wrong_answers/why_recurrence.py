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
    ("why-not", {"not": 0.0, "good": 1.0, "bad": -1.0}, "should end below 0"),
    ("why-not", {"not": -11.55, "good": -1.0}, "no number for 'bad'"),
    ("why-not", (-11.55, -1.0, 2.5), "a dict"),
    ("why-not", {"not": -11.55, "good": 2.0, "bad": 2.5}, "should end below 0"),
    ("why-not", {"not": -12.5, "good": -1.0, "bad": 2.0}, "should end above 0"),
    ("why-not", {"not": float("nan"), "good": -1.0, "bad": 2.5}, "finite"),
    ("why-pairs", (["plot", "was", "good"], ["plot", "was", "bad"]), "is missing"),
    ("why-pairs", (["plot", "was", "good"], ["plot", "was", "good"]), "not occur in the second"),
    ("why-pairs", (["was", "good"], ["was", "good"]), "occur in the first"),
    ("why-pairs", ("plot was good", "plot was bad"), "a list of words"),
    ("why-pairs", (["plot", "was", "good"] * 7, ["plot", "was", "bad"] * 7), "21 words"),
    ("why-claims", {"A", "B", "C"}, "B names a cause"),
    ("why-claims", {"A"}, "C is supported"),
    ("why-claims", {"A", "C", "D"}, "D is not supported"),
    ("why-claims", {"A", "C", "X"}, "the letters are"),
    ("why-claims", 3, "as a set"),
]
