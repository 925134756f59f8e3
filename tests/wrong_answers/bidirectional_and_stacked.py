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


def count_narrow(input_dim, widths, bidirectional):
    total = 0
    for n in widths:
        total += (1 + bidirectional) * 4 * n * (input_dim + n + 1)
        input_dim = n
    return total


def count_flat(input_dim, widths, bidirectional):
    return sum((1 + bidirectional) * 4 * n * (input_dim + n + 1) for n in widths)


def count_no_bias(input_dim, widths, bidirectional):
    total = 0
    for n in widths:
        total += (1 + bidirectional) * 4 * n * (input_dim + n)
        input_dim = (1 + bidirectional) * n
    return total


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


def latest_best(curves):
    best = curves.shape[1] - 1 - curves[:, ::-1].argmax(axis=1)
    others = [np.delete(curves[:, epoch], seed).mean() for seed, epoch in enumerate(best)]
    return (curves.max(axis=1) - others).mean()


WRONG = [
    ("both-shared", all_matches, "stop at the first word that differs"),
    ("both-shared", lambda a, b: (prefix(a[::-1], b[::-1]), prefix(a, b)), "the wrong way round"),
    ("both-shared", end_by_index, "line the sentences up at their ends"),
    ("both-shared", prefix, "return two numbers"),
    ("both-states", not_turned, "turn the backward states round"),
    ("both-states", same_way, "has to start at the end of x"),
    ("both-states", swapped, "the forward half comes first"),
    ("both-states", last_only, "states at every place"),
    ("both-stack", count_narrow, "gives out both halves"),
    ("both-stack", count_flat, "only the lowest layer reads input_dim"),
    ("both-stack", count_no_bias, "biases are missing"),
    ("both-stack", lambda *a: count_no_bias(*a) + 0.5, "a whole number"),
    ("both-stack", lambda d, widths, both: count_narrow(d, widths, False), "a second reader"),
    ("both-rival", lambda parameters, d: rival_above(parameters, d) - 0.5, "a whole number"),
    ("both-rival", lambda parameters, d: rival_above(parameters, d) - 2, "one more would fit"),
    ("both-rival", rival_above, "round down"),
    ("both-rival", rival_simple, "would do for a SimpleRNN"),
    ("both-optimism", lambda c: (c.max(axis=1) - c[:, c.argmax(axis=1)].mean(axis=0)).mean(), "leave it out"),
    ("both-optimism", lambda c: (c.max(axis=1) - c[:, -1]).mean(), "compares with the last epoch"),
    ("both-optimism", latest_best, "take the earliest"),
    ("both-optimism", lambda c: c.max(axis=1).mean(), "now subtract the other seeds"),
]
