"""Wrong answers to the exercises of chapter 7: (exercise, answer, what the check must say)."""

import numpy as np


def shapes(layer, batch, time, lstm_states=2, ways=True, state_time=False, sequences=True):
    n = layer["units"]
    count = 2 if layer["bidirectional"] and ways else 1
    output = (batch, time, count * n) if layer["return_sequences"] and sequences else (batch, count * n)
    state = (batch, time, n) if state_time else (batch, n)
    states = (lstm_states if layer["layer"] == "LSTM" else 1) * count * layer["return_state"]
    return [output, *[state] * states]


def halves(sequence, forward=-1, backward=0):
    n = sequence.shape[-1] // 2
    return sequence[:, forward, :n], sequence[:, backward, n:]


def pieces_from_zero(read, x, state, length):
    for start in range(0, x.shape[1], length):
        last = read(x[:, start : start + length], np.zeros_like(state))
    return last


def whole_pieces_only(read, x, state, length):
    for k in range(x.shape[1] // length):
        state = read(x[:, k * length : (k + 1) * length], state)
    return state


def pieces_without_start(read, x, state, length):
    state = np.zeros_like(state)
    for start in range(0, x.shape[1], length):
        state = read(x[:, start : start + length], state)
    return state


def drop(x, rate, random, shape=None, scale=True):
    keep = random.random(shape or (len(x), 1, x.shape[2])) >= rate
    return x * keep / (1 - rate if scale else 1)


WRONG = [
    ("keras-pieces", lambda read, x, state, length: read(x, state), "you read 12 at once"),
    ("keras-shapes", lambda *a: shapes(*a, lstm_states=1), "An LSTM has two states"),
    ("keras-shapes", lambda *a: shapes(*a, ways=False), "joins two outputs"),
    ("keras-shapes", lambda *a: shapes(*a, state_time=True), "has no time axis"),
    ("keras-shapes", lambda *a: shapes(*a, sequences=False), "has a time axis"),
    ("keras-both-ends", lambda sequence: halves(sequence, -1, -1), "has only begun"),
    ("keras-both-ends", lambda sequence: halves(sequence, 0, 0), "ends at the last timestep"),
    ("keras-both-ends", lambda sequence: halves(sequence)[::-1], "swapped"),
    ("keras-both-ends", lambda sequence: halves(sequence)[0], "return two arrays"),
    ("keras-pieces", pieces_from_zero, "starts from zeros"),
    ("keras-pieces", whole_pieces_only, "you leave it out"),
    ("keras-pieces", pieces_without_start, "that is handed in"),
    ("keras-masked-max", lambda sequence, mask: sequence.max(axis=1), "mask has no effect"),
    ("keras-masked-max", lambda sequence, mask: (sequence * mask[..., None]).max(axis=1), "becomes 0"),
    ("keras-same-mask", lambda x, rate, random: drop(x, rate, random, x.shape), "each timestep has other"),
    ("keras-same-mask", lambda x, rate, random: drop(x, rate, random, (1, 1, x.shape[2])), "draw for each"),
    ("keras-same-mask", lambda x, rate, random: drop(x, rate, random, scale=False), "divided by 1 − rate"),
    ("keras-same-mask", lambda x, rate, random: drop(x, 1 - rate, random), "not the one that stays"),
]
