"""Right answers to the exercises of chapter 5, each in another way: (exercise, answer)."""

import numpy as np

from helpers import cells, params
from helpers.cells import sigmoid


def step_of_keras(x, h, kernel, recurrent_kernel, bias):
    from keras import layers

    cell = layers.GRUCell(h.shape[-1])
    cell.build(x.shape)
    cell.set_weights([kernel, recurrent_kernel, bias])
    return cell(np.float32(x), [np.float32(h)])[0]


def step_gate_by_gate(x, h, kernel, recurrent_kernel, bias):
    n = h.shape[-1]
    W_z, W_r, W_h = (kernel[:, k * n : (k + 1) * n] for k in range(3))
    U_z, U_r, U_h = (recurrent_kernel[:, k * n : (k + 1) * n] for k in range(3))
    (b_z, b_r, b_h), (c_z, c_r, c_h) = bias.reshape(2, 3, n)
    z = sigmoid(x @ W_z + h @ U_z + b_z + c_z)
    r = sigmoid(x @ W_r + h @ U_r + b_r + c_r)
    candidate = np.tanh(x @ W_h + b_h + r * (h @ U_h + c_h))
    return (candidate + z * (h - candidate)).tolist()


def reverse_by_signs(kernel, recurrent_kernel, bias):
    signs = np.repeat([-1.0, 1.0, 1.0], len(recurrent_kernel))
    return [kernel * signs, recurrent_kernel * signs, bias * signs]


def reverse_by_blocks(*weights):
    changed = []
    for weight in weights:
        z, r, h = np.split(weight.astype("float32"), 3, axis=-1)
        changed.append(np.concatenate([-z, r, h], axis=-1))
    return tuple(changed)


def merge_in_blocks(bias):
    (z, r, h), (z2, r2, h2) = np.split(bias[0], 3), np.split(bias[1], 3)
    zeros = np.zeros_like(z)
    return [[*(z + z2), *(r + r2), *h], [*zeros, *zeros, *h2]]


def merge_by_a_mask(bias):
    moved = np.float32(bias[1]) * (np.arange(bias.shape[1]) < 2 * bias.shape[1] // 3)
    return np.stack([np.float32(bias[0]) + moved, np.float32(bias[1]) - moved])


RIGHT = [
    ("gru-update", lambda h, z, candidate: candidate + z * (h - candidate)),
    ("gru-update", lambda h, z, candidate: np.float32(z) * np.float32(h) + np.float32(1 - z) * np.float32(candidate)),
    (
        "gru-update",
        lambda h, z, candidate: [float(a * b + (1 - a) * c) for a, b, c in zip(z, h, candidate, strict=True)],
    ),
    ("gru-step", step_of_keras),
    ("gru-step", step_gate_by_gate),
    ("gru-step", lambda *arguments: cells.gru_step(*arguments).h),
    ("gru-reverse", reverse_by_signs),
    ("gru-reverse", reverse_by_blocks),
    ("gru-merge-biases", merge_in_blocks),
    ("gru-merge-biases", merge_by_a_mask),
    ("gru-parameters", lambda d, n, reset_after: params.gru(n, d, reset_after)),
    ("gru-parameters", lambda d, n, reset_after: 3.0 * (n * d + n * n + n + n * reset_after)),
    ("gru-parameters", lambda d, n, reset_after: np.int64(3) * n * np.sum([d, n, 1, reset_after])),
]
