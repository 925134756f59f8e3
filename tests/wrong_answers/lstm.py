"""Wrong answers to the exercises of chapter 4: (exercise, answer, what the check must say)."""

import numpy as np

from helpers.cells import sigmoid


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


def adder(store=(20, -20, 0, 0), add=(20, 0, 0, 0), ask=(0, 0, 0, 20), bias=(-10, 10, 0, -10), reading=0.1):
    return np.array([(0, 0, reading, 0), store, add, ask]), np.zeros((1, 4)), np.array(bias)


WRONG = [
    ("lstm-step", step_in_another_order, "Keras's order is i, f, c, o"),
    ("lstm-step", step_with_the_output_gate_first, "in the order o, i, f, c"),
    ("lstm-step", step_with_a_sigmoid_candidate, "candidate takes a tanh"),
    ("lstm-step", step_without_memory, "old hidden state is missing"),
    ("lstm-half-life", lambda steps: 0.5 ** (1 / steps), "that is the gate itself"),
    ("lstm-half-life", lambda steps: np.log(steps / np.log(2)), "that is the approximation"),
    ("lstm-half-life", lambda steps: -np.log(0.5 ** (1 / steps) / (1 - 0.5 ** (1 / steps))), "wrong way round"),
    ("lstm-half-life", lambda steps: str(np.log(2 ** (1 / steps))), "one number"),
    ("lstm-adder", adder(add=(20, -20, 0, 0)), "only one of the readings"),
    ("lstm-adder", adder(add=(0, 0, 0, 0)), "only one of the readings"),
    ("lstm-adder", adder(store=(20, 0, 0, 0)), "a second store must clear"),
    ("lstm-adder", adder(ask=(0, 0, 0, 0), bias=(-10, 10, 0, 10)), "where nobody asks"),
    ("lstm-adder", adder(bias=(10, 10, 0, -10)), "without a flag nothing is written"),
    ("lstm-adder", adder(store=(-20, 20, 0, 0)), "is not shown at the ask right after it"),
    ("lstm-adder", np.zeros((4, 4)), "3 things"),
    ("lstm-gates", "ABC", "needs a forget gate that stays near 1"),
    ("lstm-gates", "CAB", "that unit loses its note"),
    ("lstm-gates", "???", "each once"),
]
