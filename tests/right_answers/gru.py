"""Right answers to the exercises of chapter 5, each in another way: (exercise, answer)."""

import numpy as np

from helpers import cells
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


def pytorch_by_columns(weight_ih, weight_hh, bias_ih, bias_hh):
    n = weight_hh.shape[1]
    order = [*range(n, 2 * n), *range(n), *range(2 * n, 3 * n)]
    return weight_ih.T[:, order], weight_hh.T[:, order], [bias_ih[order], bias_hh[order]]


def pytorch_float32(*arrays):
    reordered = []
    for array in arrays:
        array = np.float32(array).reshape(3, len(array) // 3, -1)[[1, 0, 2]].reshape(array.shape)
        reordered.append(array.T)
    return [*reordered[:2], np.stack(reordered[2:])]


def pytorch_merged(weight_ih, weight_hh, bias_ih, bias_hh):
    kernel, recurrent_kernel, (first, second) = pytorch_by_columns(weight_ih, weight_hh, bias_ih, bias_hh)
    gates = 2 * len(first) // 3
    first[:gates] += second[:gates]
    second[:gates] = 0
    return kernel, recurrent_kernel, np.array([first, second])


RIGHT = [
    ("gru-step", step_of_keras),
    ("gru-step", step_gate_by_gate),
    ("gru-step", lambda *arguments: cells.gru_step(*arguments).h),
    ("gru-pytorch", pytorch_by_columns),
    ("gru-pytorch", pytorch_float32),
    ("gru-pytorch", pytorch_merged),
    ("gru-latch", ([[0, 0, 1], [-24, -24, 0]], [[0, 0, 5]], [12, 12, 0])),
    ("gru-latch", [np.float32([[0, 0, 1], [-40, 0, 0]]), np.zeros((1, 3)), np.array([20, -20, 0])]),
    ("gru-limits", "cba"),
    ("gru-limits", ("C", "B", "A")),
]
