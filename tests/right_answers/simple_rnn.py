"""Right answers to the exercises of chapter 2, each in another way: (exercise, answer)."""

import functools

import numpy as np

from helpers import cells


def forward_of_keras(x, kernel, recurrent_kernel, bias):
    from keras import layers

    layer = layers.SimpleRNN(len(bias), return_sequences=True)
    layer.build(x.shape)
    layer.set_weights([kernel, recurrent_kernel, bias])
    return layer(x.astype("float32"))


def forward_row_by_row(x, kernel, recurrent_kernel, bias):
    batch = []
    for sequence in x:
        h, states = np.zeros(len(bias)), []
        for x_t in sequence:
            h = np.tanh(x_t @ kernel + h @ recurrent_kernel + bias)
            states.append(h.tolist())
        batch.append(states)
    return batch


def forward_float32(x, kernel, recurrent_kernel, bias):
    x, kernel, recurrent_kernel, bias = (one.astype("float32") for one in (x, kernel, recurrent_kernel, bias))
    states = np.zeros((*x.shape[:2], len(bias)), dtype="float32")
    for t in range(x.shape[1]):
        before = states[:, t - 1] if t else np.zeros_like(states[:, 0])
        states[:, t] = np.tanh(np.hstack([x[:, t], before]) @ np.vstack([kernel, recurrent_kernel]) + bias)
    return states


def pieces_word_by_word(pieces, kernel, recurrent_kernel, bias):
    h = np.zeros_like(bias)
    for piece in pieces:
        for x_t in piece:
            h = np.tanh(x_t @ kernel + h @ recurrent_kernel + bias)
    return h.tolist()


def pieces_reduced(pieces, *weights):
    return functools.reduce(lambda h, piece: cells.simple_rnn(piece, *weights, initial_state=h), pieces, None)


def pieces_float32(pieces, *weights):
    weights, h = [weight.astype("float32") for weight in weights], None
    for piece in pieces:
        h = cells.simple_rnn(piece.astype("float32"), *weights, initial_state=h)
    return h


RIGHT = [
    ("rnn-forward", forward_of_keras),
    ("rnn-forward", forward_row_by_row),
    ("rnn-forward", forward_float32),
    ("rnn-pieces", pieces_word_by_word),
    ("rnn-pieces", pieces_reduced),
    ("rnn-pieces", pieces_float32),
    ("rnn-latch", [12, 5, -2]),
    ("rnn-latch", np.array([8.0, 3.0, -1.0], dtype="float32")),
    ("rnn-latch", (10.0, 4.0, -2.1)),
    ("rnn-two-in-a-row", ([[4, 4]], [[0, 2], [0, 0]], [-2, -5])),
    ("rnn-two-in-a-row", (np.array([[40.0, 3.0]]), np.array([[0.0, 3.0], [0.0, 0.0]]), np.array([-20.0, -4.5]))),
    ("rnn-two-in-a-row", [np.float32([[6, 4]]), np.float32([[0, 3], [0, 0]]), np.float32([-3, -5.5])]),
    ("rnn-claims", {"d", "a"}),
    ("rnn-claims", ["A", "D"]),
]
