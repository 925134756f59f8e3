"""Wrong answers to the exercises of chapter 4: (exercise, answer, what the check must say)."""

import numpy as np

from helpers.cells import sigmoid


def update_without_tanh(c, i, f, candidate, o):
    c = f * c + i * candidate
    return o * c, c


def update_swapped(c, i, f, candidate, o):
    c = i * c + f * candidate
    return o * np.tanh(c), c


def update_squashed(c, i, f, candidate, o):
    c = np.tanh(f * c + i * candidate)
    return o * c, c


def update_from_the_old_cell(c, i, f, candidate, o):
    return o * np.tanh(c), f * c + i * candidate


def update_cut_off(c, i, f, candidate, o):
    c = np.clip(f * c + i * candidate, -5, 5)
    return o * np.tanh(c), c


def update_reversed(c, i, f, candidate, o):
    c = f * c + i * candidate
    return c, o * np.tanh(c)


def step_in_another_order(x, h, c, kernel, recurrent_kernel, bias):
    a_f, a_i, a_c, a_o = np.split(x @ kernel + h @ recurrent_kernel + bias, 4, axis=-1)
    c = sigmoid(a_f) * c + sigmoid(a_i) * np.tanh(a_c)
    return sigmoid(a_o) * np.tanh(c), c


def step_with_a_sigmoid_candidate(x, h, c, kernel, recurrent_kernel, bias):
    a_i, a_f, a_c, a_o = np.split(x @ kernel + h @ recurrent_kernel + bias, 4, axis=-1)
    c = sigmoid(a_f) * c + sigmoid(a_i) * sigmoid(a_c)
    return sigmoid(a_o) * np.tanh(c), c


def step_with_the_output_gate_first(x, h, c, kernel, recurrent_kernel, bias):
    a_o, a_i, a_f, a_c = np.split(x @ kernel + h @ recurrent_kernel + bias, 4, axis=-1)
    c = sigmoid(a_f) * c + sigmoid(a_i) * np.tanh(a_c)
    return sigmoid(a_o) * np.tanh(c), c


def step_without_memory(x, h, c, kernel, recurrent_kernel, bias):
    a_i, a_f, a_c, a_o = np.split(x @ kernel + bias, 4, axis=-1)
    c = sigmoid(a_f) * c + sigmoid(a_i) * np.tanh(a_c)
    return sigmoid(a_o) * np.tanh(c), c


def bias_block(block, copy=True, add=False):
    def answer(bias, value):
        units = len(bias) // 4
        changed = bias.copy() if copy else bias
        part = slice(block * units, (block + 1) * units)
        changed[part] = changed[part] + value if add else value
        return changed

    return answer


WRONG = [
    ("lstm-update", update_without_tanh, "h shows the tanh"),
    ("lstm-update", update_swapped, "f multiplies the old cell state"),
    ("lstm-update", update_squashed, "cell state is not squashed"),
    ("lstm-update", update_from_the_old_cell, "new cell state, not from the old"),
    ("lstm-update", update_cut_off, "is cut off"),
    ("lstm-update", lambda c, i, f, candidate, o: f * c + i * candidate, "two states"),
    ("lstm-update", update_reversed, "yours is (c, h)"),
    ("lstm-step", step_in_another_order, "Keras's order is i, f, c, o"),
    ("lstm-step", step_with_the_output_gate_first, "in the order o, i, f, c"),
    ("lstm-step", step_with_a_sigmoid_candidate, "candidate takes a tanh"),
    ("lstm-step", step_without_memory, "old hidden state is missing"),
    ("lstm-half-life", lambda steps: 0.5 ** (1 / steps), "that is the gate itself"),
    ("lstm-half-life", lambda steps: np.log(steps / np.log(2)), "that is the approximation"),
    ("lstm-half-life", lambda steps: -np.log(0.5 ** (1 / steps) / (1 - 0.5 ** (1 / steps))), "wrong way round"),
    ("lstm-half-life", lambda steps: str(np.log(2 ** (1 / steps))), "one number"),
    ("lstm-forget-bias", lambda bias, value: bias_block(1)(bias, value)[: len(bias) // 2], "should have the shape"),
    ("lstm-forget-bias", bias_block(0), "first block, the input gate"),
    ("lstm-forget-bias", bias_block(2), "third block, the candidate"),
    ("lstm-forget-bias", bias_block(1, copy=False), "work on a copy"),
    ("lstm-forget-bias", bias_block(1, add=True), "do not add it"),
    ("lstm-keep", 1.0, "is left after 100 steps"),
    ("lstm-keep", "8", "one number"),
    ("lstm-keep", 11.0, "gate does not close"),
]
