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


def negate(first, last, arrays=3):
    def answer(*weights):
        units = weights[1].shape[0]
        changed = [weight.copy() for weight in weights]
        for weight in changed[:arrays]:
            weight[..., first * units : last * units] *= -1
        return changed

    return answer


def merge(blocks, add=True):
    def answer(bias):
        part = slice(0, blocks * bias.shape[1] // 3)
        merged = bias.copy()
        merged[0, part] += add * merged[1, part]
        merged[1, part] = 0
        return merged

    return answer


def merge_in_place(bias):
    part = slice(0, 2 * bias.shape[1] // 3)
    bias[0, part] += bias[1, part]
    bias[1, part] = 0
    return bias


WRONG = [
    ("gru-update", lambda h, z, candidate: (1 - z) * h + z * candidate, "reversed convention"),
    ("gru-update", lambda h, z, candidate: z * h + candidate, "share 1 − z of the candidate"),
    ("gru-update", lambda h, z, candidate: np.tanh(z * h + (1 - z) * candidate), "no tanh here"),
    ("gru-update", lambda h, z, candidate: h + (1 - z) * candidate, "not whole"),
    ("gru-update", lambda h, z, candidate: z * h + z * candidate, "shares add up to 1"),
    ("gru-step", lambda *arguments: cells.gru_step(*arguments), "the new state alone"),
    ("gru-step", lambda x, h, W, U, b: step(x, 0 * h, W, U, b), "the old state is missing"),
    ("gru-step", step_reset_before, "that is reset_after=False"),
    ("gru-step", lambda *arguments: step(*arguments, order="rzh"), "yours begins with r"),
    ("gru-step", lambda *arguments: step(*arguments, reverse=True), "z is the wrong way round"),
    ("gru-step", lambda *arguments: step(*arguments, second_bias=False), "second row of the bias is missing"),
    ("gru-reverse", negate(0, 3), "only that of z should"),
    ("gru-reverse", negate(1, 2), "block of r is negated"),
    ("gru-reverse", negate(0, 1, arrays=2), "the bias is unchanged"),
    ("gru-reverse", lambda *weights: negate(0, 1)(*weights)[0], "3 things"),
    ("gru-reverse", negate(0, 2), "blocks of r and h should stay"),
    ("gru-merge-biases", lambda bias: bias.copy(), "nothing has changed"),
    ("gru-merge-biases", merge(1), "in both blocks"),
    ("gru-merge-biases", merge(3), "must stay"),
    ("gru-merge-biases", merge(2, add=False), "second row is dropped"),
    ("gru-merge-biases", merge_in_place, "work on a copy"),
    ("gru-parameters", lambda d, n, reset_after: 3 * n * (d + n), "biases are missing"),
    ("gru-parameters", lambda d, n, reset_after: 3 * n * (d + n + 1 + reset_after) + 0.4, "a whole number"),
    ("gru-parameters", lambda d, n, reset_after: 3 * n * (d + n + 1), "two biases"),
    ("gru-parameters", lambda d, n, reset_after: 3 * n * (d + n + 2), "one bias only"),
    ("gru-parameters", lambda d, n, reset_after: 4 * n * (d + n + 1), "that is an LSTM"),
]
