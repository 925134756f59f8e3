"""Wrong answers to the exercises of chapter 10: (exercise, answer, what the check must say)."""

import statistics

import numpy as np


def all_states(x, kernel, recurrent_kernel, bias):
    h, states = np.zeros(len(bias)), []
    for x_t in x:
        h = np.tanh(x_t @ kernel + h @ recurrent_kernel + bias)
        states.append(h)
    return np.array(states)


def last_best(history):
    curve = history["val_accuracy"]
    return len(curve) - curve[::-1].index(max(curve))


def transposed(x, kernel, recurrent_kernel, bias):
    return all_states(x, kernel, recurrent_kernel.T, bias)[-1]


WRONG = [
    ("imdb-parameters", lambda words, d, n: words * d + n * (d + n) + n, "biases are missing"),
    ("imdb-parameters", lambda words, d, n: n * (d + n + 1) + n + 1, "embedding is missing"),
    ("imdb-parameters", lambda words, d, n: words * d + n * (d + n + 1) + n, "output neuron has a bias"),
    ("imdb-parameters", lambda words, d, n: words * d + n * (d + n + 1) + n + 1.9, "a whole number"),
    ("imdb-parameters", lambda words, d, n: words * d + 200 * n * (d + n + 1) + n + 1, "do not count them 200 times"),
    ("imdb-best-epoch", lambda h: str(h["val_accuracy"].index(max(h["val_accuracy"])) + 1), "one number"),
    ("imdb-best-epoch", last_best, "take the earlier one"),
    ("imdb-best-epoch", lambda h: h["accuracy"].index(max(h["accuracy"])) + 1, "best training accuracy"),
    ("imdb-best-epoch", lambda h: h["val_accuracy"].index(max(h["val_accuracy"])), "counted from 1"),
    ("imdb-best-epoch", lambda h: h["val_loss"].index(min(h["val_loss"])) + 1, "lowest validation loss"),
    ("imdb-mean-sd", lambda v: (statistics.fmean(v), statistics.pstdev(v)), "divide by n − 1"),
    ("imdb-mean-sd", lambda v: (statistics.fmean(v), statistics.variance(v)), "that is the variance"),
    ("imdb-mean-sd", lambda v: statistics.fmean(v), "2 things"),
    ("imdb-last-state", all_states, "reads the last one only"),
    ("imdb-mean-sd", lambda v: (statistics.median(v), statistics.stdev(v)), "should be the mean"),
    ("imdb-last-state", transposed, "is transposed"),
    ("imdb-last-state", lambda x, k, r, b: all_states(x, k, r, b)[0], "after the first row"),
    ("imdb-last-state", lambda x, k, r, b: np.tanh(x[-1] @ k + b), "last step alone is not enough"),
]
