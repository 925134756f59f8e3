"""Wrong answers to the exercises of chapter 2: (exercise, answer, what the check must say)."""

import numpy as np

from helpers import cells


def over_the_batch(x, kernel, recurrent_kernel, bias):
    h, states = np.zeros((x.shape[1], len(bias))), []
    for x_t in x:
        h = np.tanh(x_t @ kernel + h @ recurrent_kernel + bias)
        states.append(h)
    return np.array(states)


def time_first(x, kernel, recurrent_kernel, bias):
    return np.swapaxes(cells.simple_rnn(x, kernel, recurrent_kernel, bias, return_sequences=True), 0, 1)


def transposed(x, kernel, recurrent_kernel, bias):
    return cells.simple_rnn(x, kernel, recurrent_kernel.T, bias, return_sequences=True)


def wrong_start(x, kernel, recurrent_kernel, bias):
    start = np.ones((len(x), len(bias)))
    return cells.simple_rnn(x, kernel, recurrent_kernel, bias, return_sequences=True, initial_state=start)


def last_piece(pieces, *weights):
    for piece in pieces:
        h = cells.simple_rnn(piece, *weights)
    return h


def state_of_every_piece(pieces, *weights):
    return [cells.simple_rnn(piece, *weights) for piece in pieces]


WRONG = [
    ("rnn-forward", over_the_batch, "goes over the batch"),
    ("rnn-forward", time_first, "put the batch first"),
    ("rnn-forward", transposed, "recurrent kernel is transposed"),
    ("rnn-forward", cells.simple_rnn, "last state only"),
    ("rnn-forward", lambda x, W, U, b: np.tanh(x @ W + b), "starts from zero"),
    ("rnn-forward", wrong_start, "start from a state of zeros"),
    ("rnn-forward", lambda x, W, U, b: cells.simple_rnn(x, W, U, return_sequences=True), "bias is missing"),
    ("rnn-pieces", last_piece, "from a state of zeros"),
    ("rnn-pieces", lambda pieces, *weights: cells.simple_rnn(next(iter(pieces)), *weights), "only the first piece"),
    ("rnn-pieces", lambda pieces, *weights: cells.simple_rnn(np.concatenate([*pieces]), *weights), "hold in memory"),
    ("rnn-pieces", lambda pieces, *weights: cells.simple_rnn(pieces[0], *weights), "come one by one"),
    ("rnn-pieces", state_of_every_piece, "the last one only"),
    ("rnn-latch", (10.0, 4.0, -2.148), "113 words after it"),
    ("rnn-latch", (10.0, 4.0, -2.1472), "words after it"),
    ("rnn-latch", ("10", "4", "-2"), "an array of numbers"),
    ("rnn-latch", (4.0, 2.0, 0.0), "without any mark"),
    ("rnn-latch", (10.0, 1.0, -1.0), "forgotten"),
    ("rnn-latch", (4.0, 4.0, -2.0), "Make w larger"),
    ("rnn-two-in-a-row", ([[4, 4]], [[0, 0], [2, 0]], [-2, -5]), "recurrent kernel is transposed"),
    ("rnn-two-in-a-row", ([[4, 4]], [[0, 0], [0, 0]], [-2, -5]), "nothing is remembered"),
    ("rnn-two-in-a-row", ([[4, 4]], [[0, 2], [0, 0]], [-2, -1]), "wrong sign"),
    ("rnn-claims", {"A", "B", "D"}, "one learning rate"),
    ("rnn-claims", {"A", "C", "D"}, "C is contradicted"),
    ("rnn-claims", {"A"}, "D is supported"),
    ("rnn-claims", {"A", "D", "E"}, "E names a cause"),
]
