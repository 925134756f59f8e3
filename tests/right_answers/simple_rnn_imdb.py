"""Right answers to the exercises of chapter 10, each in another way: (exercise, answer)."""

import statistics

import numpy as np

from helpers import cells, params


def count_by_helpers(words, dimension, units):
    return params.embedding(words, dimension) + params.simple_rnn(units, dimension) + params.dense(1, units)


def count_of_arrays(*sizes):
    words, d, n = (np.int64(size) for size in sizes)
    return np.sum([np.prod(shape) for shape in ((words, d), (d, n), (n, n), (n,), (n, 1), (1,))], dtype="float64")


def epoch_in_a_loop(history):
    best = 1
    for epoch, accuracy in enumerate(history["val_accuracy"], start=1):
        if accuracy > history["val_accuracy"][best - 1]:
            best = epoch
    return float(best)


def mean_sd_float32(accuracies):
    return np.array([np.mean(accuracies), np.std(accuracies, ddof=1)], dtype="float32")


def mean_sd_by_squares(accuracies):
    n, mean = len(accuracies), sum(accuracies) / len(accuracies)
    return [mean, ((sum(one**2 for one in accuracies) - n * mean**2) / (n - 1)) ** 0.5]


def state_of_keras(x, kernel, recurrent_kernel, bias):
    from keras import layers

    layer = layers.SimpleRNN(len(bias))
    layer.build((1, *x.shape))
    layer.set_weights([kernel, recurrent_kernel, bias])
    return layer(np.float32(x)[None])


def state_by_recursion(x, *weights):
    kernel, recurrent_kernel, bias = weights
    if len(x) == 0:
        return np.zeros(len(bias))
    return np.tanh(x[-1] @ kernel + state_by_recursion(x[:-1], *weights) @ recurrent_kernel + bias)


def state_of_lists(x, *weights):
    return cells.simple_rnn(np.float32(x), *(np.float32(weight) for weight in weights)).tolist()


RIGHT = [
    ("imdb-parameters", count_by_helpers),
    ("imdb-parameters", count_of_arrays),
    ("imdb-best-epoch", lambda history: np.argmax(history["val_accuracy"]) + 1),
    ("imdb-best-epoch", epoch_in_a_loop),
    ("imdb-mean-sd", mean_sd_float32),
    ("imdb-mean-sd", mean_sd_by_squares),
    ("imdb-mean-sd", lambda accuracies: (statistics.mean(accuracies), statistics.variance(accuracies) ** 0.5)),
    ("imdb-last-state", state_of_keras),
    ("imdb-last-state", state_by_recursion),
    ("imdb-last-state", state_of_lists),
]
