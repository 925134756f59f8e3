"""Right answers to the exercises of chapter 10, each in another way: (exercise, answer)."""

import statistics

import numpy as np


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


def mean_of_vectors(num_words, units):
    import keras

    codes = keras.Input((None,), dtype="int32")
    mean = keras.ops.mean(keras.layers.Embedding(num_words, units)(codes), axis=1)
    return keras.Model(codes, keras.layers.Dense(1, activation="sigmoid")(mean))


def largest_of_vectors(num_words, units):
    from keras import Sequential, layers

    return Sequential(
        [
            layers.Embedding(num_words, units),
            layers.SpatialDropout1D(0.4),
            layers.GlobalMaxPooling1D(),
            layers.Dropout(0.4),
            layers.Dense(1),
            layers.Activation("sigmoid"),
        ]
    )


RIGHT = [
    ("imdb-best-epoch", lambda history: np.argmax(history["val_accuracy"]) + 1),
    ("imdb-best-epoch", epoch_in_a_loop),
    ("imdb-mean-sd", mean_sd_float32),
    ("imdb-mean-sd", mean_sd_by_squares),
    ("imdb-mean-sd", lambda accuracies: (statistics.mean(accuracies), statistics.variance(accuracies) ** 0.5)),
    ("imdb-no-order", mean_of_vectors),
    ("imdb-no-order", largest_of_vectors),
    ("imdb-supported", lambda letter: int(letter in ("B", "D"))),
    ("imdb-supported", {"A": False, "B": True, "C": False, "D": True, "E": False}.get),
]
