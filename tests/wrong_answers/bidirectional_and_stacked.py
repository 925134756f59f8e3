"""Wrong answers to the exercises of chapter 14: (exercise, answer, what the check must say)."""

import numpy as np


def all_matches(first, second):
    pairs = zip(first, second, strict=False), zip(first[::-1], second[::-1], strict=False)
    return tuple(sum(a == b for a, b in pair) for pair in pairs)


def prefix(first, second):
    count = 0
    for a, b in zip(first, second, strict=False):
        if a != b:
            break
        count += 1
    return count


def end_by_index(first, second):
    count = 0
    for place in range(min(len(first), len(second)) - 1, -1, -1):
        if first[place] != second[place]:
            break
        count += 1
    return prefix(first, second), count


def read(step, rows, units):
    h, states = np.zeros(units), []
    for x_t in rows:
        h = step(x_t, h)
        states.append(h)
    return np.array(states)


def not_turned(forward, backward, x, units):
    return np.concatenate([read(forward, x, units), read(backward, x[::-1], units)], axis=-1)


def same_way(forward, backward, x, units):
    return np.concatenate([read(forward, x, units), read(backward, x, units)], axis=-1)


def swapped(forward, backward, x, units):
    return np.concatenate([read(backward, x[::-1], units)[::-1], read(forward, x, units)], axis=-1)


def last_only(forward, backward, x, units):
    return np.concatenate([read(forward, x, units)[-1], read(backward, x[::-1], units)[-1]])


def rival_above(parameters, input_dim):
    n = 0
    while 4 * n * (input_dim + n + 1) <= parameters:
        n += 1
    return n


def rival_simple(parameters, input_dim):
    n = 0
    while (n + 1) * (input_dim + n + 2) <= parameters:
        n += 1
    return n


def picked_by(choosing, latest=False):
    def picked(right):
        shares = right[:, choosing].mean(axis=1)
        epoch = len(shares) - 1 - shares[::-1].argmax() if latest else shares.argmax()
        return right[epoch, ::2].mean(), right[epoch, 1::2].mean()

    return picked


EVEN, ODD, ALL = slice(0, None, 2), slice(1, None, 2), slice(None)


WRONG = [
    ("both-shared", all_matches, "stop at the first word that differs"),
    ("both-shared", lambda a, b: (prefix(a[::-1], b[::-1]), prefix(a, b)), "the wrong way round"),
    ("both-shared", end_by_index, "line the sentences up at their ends"),
    ("both-shared", prefix, "return two numbers"),
    ("both-states", not_turned, "turn the backward states round"),
    ("both-states", same_way, "has to start at the end of x"),
    ("both-states", swapped, "the forward half comes first"),
    ("both-states", last_only, "states at every place"),
    ("both-rival", lambda parameters, d: rival_above(parameters, d) - 0.5, "a whole number"),
    ("both-rival", lambda parameters, d: rival_above(parameters, d) - 2, "one more would fit"),
    ("both-rival", rival_above, "round down"),
    ("both-rival", rival_simple, "would do for a SimpleRNN"),
    ("both-picked", picked_by(ODD), "have chosen; they are to be read"),
    ("both-picked", picked_by(ALL), "all reviews have chosen"),
    ("both-picked", picked_by(EVEN, latest=True), "take the earliest"),
    ("both-picked", lambda right: picked_by(EVEN)(right)[::-1], "first the accuracy on the reviews that chose"),
    ("both-picked", lambda r: (r[:, EVEN].mean(axis=1).max(), r[:, ODD].mean(axis=1).max()), "its own epoch"),
    ("both-picked", lambda right: right[:, EVEN].mean(axis=1).max(), "2 things"),
    ("both-picked", lambda right: 100 * np.array(picked_by(EVEN)(right)), "between 0 and 1"),
    ("both-verdicts", "ABCE".__contains__, "not “as good as”"),
    ("both-verdicts", "ACDE".__contains__, "need not be right"),
    ("both-verdicts", "ACEF".__contains__, "one-way GRU"),
    ("both-verdicts", "CE".__contains__, "how wide is the interval"),
    ("both-verdicts", "AE".__contains__, "curves of the masked network"),
    ("both-verdicts", "AC".__contains__, "honest twins"),
]
