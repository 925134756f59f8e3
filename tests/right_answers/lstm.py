"""Right answers to the exercises of chapter 4, each in another way: (exercise, answer)."""

import math

import numpy as np

from helpers.cells import sigmoid


def update_of_lists(c, i, f, candidate, o):
    new = [f_n * c_n + i_n * g_n for f_n, c_n, i_n, g_n in zip(f, c, i, candidate, strict=True)]
    return [[o_n * math.tanh(c_n) for o_n, c_n in zip(o, new, strict=True)], new]


def update_float32(c, i, f, candidate, o):
    c, i, f, candidate, o = (np.float32(one) for one in (c, i, f, candidate, o))
    new = np.add(f * c, i * candidate)
    return np.stack([o * np.tanh(new), new])


def update_in_place(c, i, f, candidate, o):
    c *= f
    c += i * candidate
    return o * np.tanh(c), c


def step_of_keras(x, h, c, kernel, recurrent_kernel, bias):
    from keras import layers

    cell = layers.LSTMCell(h.shape[-1])
    cell.build(x.shape)
    cell.set_weights([kernel, recurrent_kernel, bias])
    _, states = cell(np.float32(x), [np.float32(h), np.float32(c)])
    return states


def step_gate_by_gate(x, h, c, kernel, recurrent_kernel, bias):
    n = h.shape[-1]

    def block(k):
        part = slice(k * n, (k + 1) * n)
        return x @ kernel[:, part] + h @ recurrent_kernel[:, part] + bias[part]

    i, f, candidate, o = sigmoid(block(0)), sigmoid(block(1)), np.tanh(block(2)), sigmoid(block(3))
    new = i * candidate + f * c
    return [np.tanh(new) * o, new]


def step_row_by_row(x, h, c, *weights):
    rows = [step_gate_by_gate(*(one[None] for one in row), *weights) for row in zip(x, h, c, strict=True)]
    return np.concatenate([row[0] for row in rows]), np.concatenate([row[1] for row in rows])


def bias_of_a_list(bias, value):
    n = len(bias) // 4
    return [*bias[:n], *[value] * n, *bias[2 * n :]]


def bias_in_four_rows(bias, value):
    blocks = np.array(bias, dtype="float32").reshape(4, -1)
    blocks[1] = value
    return blocks.ravel()


RIGHT = [
    ("lstm-update", update_of_lists),
    ("lstm-update", update_float32),
    ("lstm-update", update_in_place),
    ("lstm-step", step_of_keras),
    ("lstm-step", step_gate_by_gate),
    ("lstm-step", step_row_by_row),
    ("lstm-half-life", lambda steps: -math.log(2 ** (1 / steps) - 1)),
    ("lstm-half-life", lambda steps: np.float32(-np.log(np.expm1(np.log(2) / steps)))),
    ("lstm-half-life", lambda steps: math.log(0.5 ** (1 / steps)) - math.log(1 - 0.5 ** (1 / steps))),
    ("lstm-forget-bias", bias_of_a_list),
    ("lstm-forget-bias", bias_in_four_rows),
    ("lstm-forget-bias", lambda bias, value: np.where(np.arange(len(bias)) * 4 // len(bias) == 1, value, bias)),
    ("lstm-keep", 7),
    ("lstm-keep", np.float32(9.0)),
    ("lstm-keep", np.array(6.9)),
]
