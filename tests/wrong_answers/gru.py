"""Wrong answers to the exercises of chapter 5: (exercise, answer, what the check must say)."""

import numpy as np

from helpers import cells
from helpers.cells import sigmoid


def step(x, h, kernel, recurrent_kernel, bias, order="zrh", reverse=False, second_bias=True):
    parts_x = dict(zip(order, np.split(x @ kernel + bias[0], 3, axis=-1), strict=True))
    parts_h = dict(zip(order, np.split(h @ recurrent_kernel + second_bias * bias[1], 3, axis=-1), strict=True))
    z, r = sigmoid(parts_x["z"] + parts_h["z"]), sigmoid(parts_x["r"] + parts_h["r"])
    candidate = np.tanh(parts_x["h"] + r * parts_h["h"])
    return (1 - z) * h + z * candidate if reverse else z * h + (1 - z) * candidate


def step_reset_before(x, h, kernel, recurrent_kernel, bias):
    units = h.shape[-1]
    gates = slice(0, 2 * units)
    a = x @ kernel[:, gates] + bias.sum(axis=0)[gates] + h @ recurrent_kernel[:, gates]
    z, r = np.split(sigmoid(a), 2, axis=-1)
    recurrent = (r * h) @ recurrent_kernel[:, 2 * units :]
    candidate = np.tanh(x @ kernel[:, 2 * units :] + bias.sum(axis=0)[2 * units :] + recurrent)
    return z * h + (1 - z) * candidate


def pytorch(order=(1, 0, 2), bias_order=None, sign=1, rows=(0, 1)):
    def answer(weight_ih, weight_hh, bias_ih, bias_hh):
        def reordered(array, order):
            z, r, n = (np.split(array, 3)[k] for k in order)
            return np.concatenate([sign * z, r, n])

        biases = [reordered(bias, bias_order or order) for bias in (bias_ih, bias_hh)]
        return [reordered(weight_ih, order).T, reordered(weight_hh, order).T, np.stack([biases[k] for k in rows])]

    return answer


def latch(kernel=((0, 0, 1), (-30, 0, 0)), recurrent=(0, 0, 0), bias=(15, 0, 0)):
    return [np.array(kernel), np.array([recurrent]), np.array(bias)]


WRONG = [
    ("gru-step", lambda *arguments: cells.gru_step(*arguments), "the new state alone"),
    ("gru-step", lambda x, h, W, U, b: step(x, 0 * h, W, U, b), "the old state is missing"),
    ("gru-step", step_reset_before, "that is reset_after=False"),
    ("gru-step", lambda *arguments: step(*arguments, order="rzh"), "yours begins with r"),
    ("gru-step", lambda *arguments: step(*arguments, reverse=True), "z is the wrong way round"),
    ("gru-step", lambda *arguments: step(*arguments, second_bias=False), "second row of the bias is missing"),
    ("gru-pytorch", pytorch(order=(0, 1, 2)), "still in the order r, z, n; Keras"),
    ("gru-pytorch", pytorch(bias_order=(0, 1, 2)), "blocks of the biases are still"),
    ("gru-pytorch", pytorch(sign=-1), "no sign changes"),
    ("gru-pytorch", pytorch(rows=(1, 0)), "rows of the bias are exchanged"),
    ("gru-pytorch", lambda *weights: pytorch()(*weights)[:2], "3 things"),
    ("gru-pytorch", lambda *weights: [one.T for one in pytorch()(*weights)], "should be transposed"),
    ("gru-pytorch", lambda w, u, b, c: [*pytorch()(w, u, b, c)[:2], b + c], "keep both"),
    ("gru-latch", latch(kernel=((0, 0, 1), (0, 0, 0))), "the state should be the tanh"),
    ("gru-latch", latch(recurrent=(0, 0, 1)), "the old state still has a say"),
    ("gru-latch", latch(bias=(3, 0, 0)), "does not stay what it was"),
    ("gru-latch", latch(kernel=((0, 0, 1), (30, 0, 0)), bias=(-15, 0, 0)), "the state should be the tanh"),
    ("gru-limits", "CAB", "z near 1"),
    ("gru-limits", "BCA", "r near 1"),
    ("gru-limits", "???", "each once"),
]
