"""Wrong answers to the exercises of chapter 9: (exercise, answer, what the check must say)."""

import statistics

import numpy as np


def all_states(x, kernel, recurrent_kernel, bias):
    h, states = np.zeros(len(bias)), []
    for x_t in x:
        h = np.tanh(x_t @ kernel + h @ recurrent_kernel + bias)
        states.append(h)
    return np.array(states)


WRONG = [
    ("imdb-parameters", lambda words, d, n: words * d + n * (d + n) + n, "biases are missing"),
    ("imdb-parameters", lambda words, d, n: n * (d + n + 1) + n + 1, "embedding is missing"),
    ("imdb-parameters", lambda words, d, n: words * d + n * (d + n + 1) + n, "output neuron has a bias"),
    ("imdb-best-epoch", lambda h: h["accuracy"].index(max(h["accuracy"])) + 1, "best training accuracy"),
    ("imdb-best-epoch", lambda h: h["val_accuracy"].index(max(h["val_accuracy"])), "counted from 1"),
    ("imdb-best-epoch", lambda h: h["val_loss"].index(min(h["val_loss"])) + 1, "lowest validation loss"),
    ("imdb-mean-sd", lambda v: (statistics.fmean(v), statistics.pstdev(v)), "divide by n − 1"),
    ("imdb-mean-sd", lambda v: (statistics.fmean(v), statistics.variance(v)), "that is the variance"),
    ("imdb-mean-sd", lambda v: statistics.fmean(v), "a tuple of two numbers"),
    ("imdb-last-state", all_states, "reads the last one only"),
    ("imdb-last-state", lambda x, k, r, b: np.tanh(x[-1] @ k + b), "last step alone is not enough"),
]
