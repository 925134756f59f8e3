"""Exercises of chapter 9, a SimpleRNN on IMDB."""

from __future__ import annotations

import statistics
from typing import Any

import numpy as np

from helpers.checks._exercise import Exercise, Wrong, close, expect, expect_array


def parameters(count: Any) -> None:
    for words, dimension, units in ((8_000, 32, 32), (10_000, 16, 64), (50, 3, 5)):
        answer = int(expect_array(count(words, dimension, units), (), "count(num_words, embedding_dim, units)"))
        embedding, recurrent, output = words * dimension, units * (dimension + units + 1), units + 1
        right = embedding + recurrent + output
        expect(
            answer != embedding + units * (dimension + units) + units,
            "the biases are missing: one for each unit, and one more at the output.",
        )
        expect(answer != embedding + recurrent + units, "the output neuron has a bias too.")
        expect(answer != recurrent + output, "the embedding is missing, and it is by far the largest part.")
        expect(
            answer != embedding + recurrent * 200 + output,
            "the weights are the same at every time step: do not count them 200 times.",
        )
        expect(
            answer == right,
            f"{words} words, {dimension} dimensions, {units} units should give {right:,}, not {answer:,}.",
        )


def best_epoch(choose: Any) -> None:
    history = {
        "accuracy": [0.7, 0.8, 0.9, 0.99],
        "loss": [0.6, 0.4, 0.2, 0.1],
        "val_accuracy": [0.71, 0.84, 0.83, 0.80],
        "val_loss": [0.6, 0.41, 0.40, 0.7],
    }
    answer = choose(history)
    expect(
        answer != 4, "that epoch has the best training accuracy: a model always looks best on what it has memorised."
    )
    expect(answer != 3, "that epoch has the lowest validation loss, a good choice too; here go by validation accuracy.")
    expect(answer != 1, "epochs are counted from 1, and Python's index from 0: add one.")
    expect(answer == 2, f"the validation accuracy is best after epoch 2, not after epoch {answer}.")
    rising = {name: [0.5, 0.6] for name in history}
    expect(choose(rising) == 2, "with [0.5, 0.6] the best epoch is 2.")
    tie = choose({name: [0.6, 0.7, 0.7] for name in history})
    expect(tie == 2, "of two equally good epochs take the earlier one.")


def mean_sd(summarise: Any) -> None:
    random = np.random.default_rng(3)
    for n in (2, 5, 12):
        values = random.uniform(0.8, 0.9, n).tolist()
        answer = summarise(values)
        expect(
            isinstance(answer, tuple) and len(answer) == 2, "return a tuple of two numbers: (mean, standard deviation)."
        )
        mean, sd = (float(value) for value in answer)
        expect(close(mean, statistics.fmean(values)), "the first number should be the mean.")
        expect(
            not close(sd, statistics.pstdev(values)), "divide by n − 1, not by n: five seeds are a sample of all seeds."
        )
        expect(
            not close(sd, statistics.variance(values)),
            "that is the variance; the standard deviation is its square root.",
        )
        expect(close(sd, statistics.stdev(values)), "the second number should be the sample standard deviation.")


def last_state(forward: Any) -> None:
    random = np.random.default_rng(4)
    for time, features, units in ((1, 2, 3), (6, 4, 4), (9, 1, 2)):
        x = random.normal(size=(time, features))
        kernel, recurrent, bias = (random.normal(size=s) for s in ((features, units), (units, units), (units,)))
        h = np.zeros(units)
        for x_t in x:
            h = np.tanh(x_t @ kernel + h @ recurrent + bias)
        answer = forward(x, kernel, recurrent, bias)
        if np.shape(answer) == (time, units) and (time, units) != (units,):
            raise Wrong("it returns the state of every step; the classifier reads the last one only.")
        answer = expect_array(answer, (units,), "last_state(x, kernel, recurrent_kernel, bias)")
        without = np.tanh(x[-1] @ kernel + bias)
        expect(
            time == 1 or not close(answer, without),
            "the last step alone is not enough: carry the state through the review.",
        )
        expect(close(answer, h), "the state does not agree: h_t = tanh(x_t @ kernel + h @ recurrent_kernel + bias).")


EXERCISES = {
    "imdb-parameters": Exercise(
        parameters,
        (
            "Three layers hold weights: the embedding, the recurrent layer, the output neuron. Dropout holds none.",
            "The recurrent layer has units × embedding_dim input weights, units × units recurrent ones, units biases.",
            "num_words * embedding_dim + units * (embedding_dim + units + 1) + (units + 1)",
        ),
    ),
    "imdb-best-epoch": Exercise(
        best_epoch,
        (
            "Which of the two curves did the model not learn from?",
            "Find the largest value of history['val_accuracy'], then its place in the list.",
            "history['val_accuracy'].index(max(history['val_accuracy'])) + 1",
        ),
    ),
    "imdb-mean-sd": Exercise(
        mean_sd,
        (
            "The standard deviation says how far a typical seed lies from the mean.",
            "Add up the squared distances from the mean, divide by n − 1, take the root; or see Python's statistics.",
            "import statistics; return statistics.fmean(accuracies), statistics.stdev(accuracies)",
        ),
    ),
    "imdb-last-state": Exercise(
        last_state,
        (
            "It is the loop of chapter 1 with vectors: products become matrix products.",
            "Start with zeros, one for each unit. Each row of x makes a new state of itself and the old state.",
            "for x_t in x: h = np.tanh(x_t @ kernel + h @ recurrent_kernel + bias)",
        ),
    ),
}
