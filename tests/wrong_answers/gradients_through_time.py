"""Wrong answers to the exercises of chapter 3: (exercise, answer, what the check must say)."""

import numpy as np

from helpers import cells


def last_step_only(dh_last, x, W, U, b):
    h = cells.simple_rnn(x, W, U, b)
    return np.outer(x[-1], dh_last * (1 - h**2))


def loss_at_every_step(dh_last, x, W, U, b):
    return cells.simple_rnn_backward(np.tile(dh_last, (len(x), 1)), x, W, U, b).kernel


def not_transposed(dh_last, x, W, U, b):
    h = cells.simple_rnn(x, W, U, b, return_sequences=True)
    dW, dh = np.zeros_like(W), dh_last
    for t in reversed(range(len(x))):
        da = dh * (1 - h[t] ** 2)
        dW += np.outer(x[t], da)
        dh = da @ U
    return dW


def length(gradient):
    return np.sqrt((gradient**2).sum())


def clip_each(gradients, limit):
    return [gradient * min(1, limit / length(gradient)) for gradient in gradients]


def clip_always(gradients, limit):
    whole = np.sqrt(sum(length(gradient) ** 2 for gradient in gradients))
    return [gradient * limit / whole for gradient in gradients]


def clip_numbers(gradients, limit):
    return [np.clip(gradient, -limit, limit) for gradient in gradients]


WRONG = [
    ("grad-bptt", last_step_only, "share of the last step only"),
    ("grad-bptt", loss_at_every_step, "reads the last state only"),
    ("grad-bptt", not_transposed, "recurrent kernel is transposed"),
    ("grad-clip", clip_each, "shortened by itself"),
    ("grad-clip", clip_always, "should stay as it is"),
    ("grad-clip", clip_numbers, "clipping by value"),
    ("grad-clip", lambda gradients, limit: clip_always(gradients, limit)[:1], "2 things"),
    ("grad-clip", lambda gradients, limit: [g * limit / sum(map(length, gradients)) for g in gradients], "add up"),
    ("grad-transient", 0.9 * np.eye(2), "times as long within five steps"),
    ("grad-transient", [[0.5, 9.0], [0.0, 0.5]], "times as long within five steps"),
    ("grad-transient", 20 * np.eye(2), "the spectral radius is 20.00"),
    ("grad-transient", [[0.5, 100.0], [0.5, 0.5]], "the spectral radius is"),
    ("grad-transient", [[0.5, float("inf")], [0.0, 0.5]], "finite"),
    ("grad-transient", 0.5, "should have the shape"),
    ("grad-claims", {"A", "B", "C", "E"}, "B is contradicted"),
    ("grad-claims", {"A", "E"}, "C is supported"),
    ("grad-claims", {"A", "C", "D", "E"}, "D is about trained"),
]
