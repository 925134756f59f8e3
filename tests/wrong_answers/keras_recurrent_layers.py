"""Wrong answers to the exercises of chapter 8: (exercise, answer, what the check must say)."""

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


def drop_exactly(x, rate, random):
    keep = np.ones((len(x), 1, x.shape[2]))
    for row in keep:
        row[0, random.permutation(x.shape[2])[: round(rate * x.shape[2])]] = 0
    return x * keep / (1 - rate)


def in_pieces_of(change):
    def answer(read, x, state, length):
        for start in range(0, x.shape[1], change(length)):
            state = read(x[:, start : start + change(length)], state)
        return state

    return answer


def bare(layer, batch, time):
    given = shapes(layer, batch, time)
    return given[0] if len(given) == 1 else given


WRONG = [
    ("keras-pieces", lambda read, x, state, length: read(x, state), "you read 12 at once"),
    ("keras-pieces", in_pieces_of(lambda length: 1), "in pieces of 4, and you read pieces of 1"),
    ("keras-pieces", in_pieces_of(lambda length: length - 1), "in pieces of 4, and you read pieces of 3"),
    ("keras-shapes", bare, "a list, also of one shape"),
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
    ("keras-same-mask", lambda x, rate, random: drop(x, rate, random, (len(x), 1, 1)), "all features of a sequence"),
    ("keras-same-mask", lambda x, rate, random: drop(x, rate, np.random.default_rng(0)), "draw from `random`"),
    ("keras-same-mask", lambda x, rate, random: drop(x, rate, np.random.default_rng()), "draw from `random`"),
    ("keras-same-mask", drop_exactly, "a chance of its own"),
    ("keras-same-mask", lambda x, rate, random: drop(x, rate, random, x.shape), "each timestep has other"),
    ("keras-same-mask", lambda x, rate, random: drop(x, rate, random, (1, 1, x.shape[2])), "draw for each"),
    ("keras-same-mask", lambda x, rate, random: drop(x, rate, random, scale=False), "divided by 1 − rate"),
    ("keras-same-mask", lambda x, rate, random: drop(x, 1 - rate, random), "not the one that stays"),
]
