"""Exercises of chapter 10, a SimpleRNN on IMDB."""

from __future__ import annotations

import statistics
from typing import Any

import numpy as np

from helpers.checks.exercise import (
    Wrong,
    exercise,
    expect,
    expect_array,
    expect_number,
    expect_right,
    expect_several,
    expect_whole,
    shape_of,
)


@exercise(
    "imdb-parameters",
    "Three layers hold weights: the embedding, the recurrent layer, the output neuron. Dropout holds none.",
    "The recurrent layer has units × embedding_dim input weights, units × units recurrent ones, units biases.",
    "num_words * embedding_dim + units * (embedding_dim + units + 1) + (units + 1)",
)
def parameters(count: Any) -> None:
    for words, dimension, units in ((8_000, 32, 32), (10_000, 16, 64), (50, 3, 5)):
        answer = expect_whole(count(words, dimension, units), "count(num_words, embedding_dim, units)")
        embedding, recurrent, output = words * dimension, units * (dimension + units + 1), units + 1
        right = embedding + recurrent + output
        if answer == right:
            continue
        if answer in (right - units - 1, right - units):
            raise Wrong("the biases are missing: one for each unit, and one more at the output.")
        expect(answer != right - 1, "the output neuron has a bias too.")
        expect(answer != recurrent + output, "the embedding is missing, and it is by far the largest part.")
        if answer == embedding + recurrent * 200 + output:
            raise Wrong("the weights are the same at every time step: do not count them 200 times.")
        raise Wrong(f"{words} words, {dimension} dimensions, {units} units should give {right:,}, not {answer:,}.")


@exercise(
    "imdb-best-epoch",
    "Which of the two curves did the model not learn from?",
    "Find the largest value of history['val_accuracy'], then its place in the list.",
    "history['val_accuracy'].index(max(history['val_accuracy'])) + 1",
)
def best_epoch(choose: Any) -> None:
    random = np.random.default_rng(5)
    history = {
        "accuracy": [0.7, 0.8, 0.9, 0.99],
        "loss": [0.6, 0.4, 0.2, 0.1],
        "val_accuracy": [0.71, 0.84, 0.83, 0.80],
        "val_loss": [0.6, 0.41, 0.40, 0.7],
    }
    answer = expect_whole(choose({name: list(curve) for name, curve in history.items()}), "choose(history)")
    if answer == 4:
        raise Wrong("that epoch has the best training accuracy: a model always looks best on what it has memorised.")
    expect(answer != 3, "that epoch has the lowest validation loss, a good choice too; here go by validation accuracy.")
    expect(answer != 1, "epochs are counted from 1, and Python's index from 0: add one.")
    expect(answer == 2, f"the validation accuracy is best after epoch 2, not after epoch {answer}.")
    curves = [
        [0.5, 0.6],
        [0.7],
        [0.9, 0.8, 0.7],
        *(random.permutation(np.linspace(0.5, 0.9, 20)).tolist() for _ in "abc"),
    ]
    for curve in curves:
        answer, right = expect_whole(choose({name: list(curve) for name in history}), "choose(history)"), _first(curve)
        shown = [round(value, 2) for value in curve]
        expect(answer == right, f"with {shown} the best epoch is {right}, not {answer}.")
    tie = expect_whole(choose({name: [0.6, 0.7, 0.7] for name in history}), "choose(history)")
    expect(tie == 2, "of two equally good epochs take the earlier one.")


def _first(curve: list[float]) -> int:
    """The first epoch, from 1, with the largest value."""
    return curve.index(max(curve)) + 1


@exercise(
    "imdb-mean-sd",
    "The standard deviation says how far a typical seed lies from the mean.",
    "Add up the squared distances from the mean, divide by n − 1, take the root; or see Python's statistics.",
    "import statistics; return statistics.fmean(accuracies), statistics.stdev(accuracies)",
)
def mean_sd(summarise: Any) -> None:
    random = np.random.default_rng(3)
    for n, least in ((2, 0.8), (5, 0.8), (12, 0.5), (30, 0.0)):
        values = random.uniform(least, 0.95, n).tolist()
        answer = expect_several(summarise(list(values)), 2, "summarise(accuracies)")
        mean, sd = (expect_number(one, name) for one, name in zip(answer, ("the mean", "the deviation"), strict=True))
        right = statistics.stdev(values)
        swapped = [(right, "the mean comes first, then the standard deviation.")]
        expect_right(mean, statistics.fmean(values), swapped, "the first number should be the mean.")
        slips = (
            (statistics.pstdev(values), "divide by n − 1, not by n: five seeds are a sample of all seeds."),
            (right**2, "that is the variance; the standard deviation is its square root."),
            (right / n**0.5, "that is the standard error of the mean; the standard deviation is asked for."),
        )
        expect_right(sd, right, slips, "the second number should be the sample standard deviation.")


@exercise(
    "imdb-last-state",
    "It is the loop of chapter 1 with vectors: products become matrix products.",
    "Start with zeros, one for each unit. Each row of x makes a new state of itself and the old state.",
    "for x_t in x: h = np.tanh(x_t @ kernel + h @ recurrent_kernel + bias)",
)
def last_state(forward: Any) -> None:
    random = np.random.default_rng(4)
    for time, features, units in ((6, 4, 4), (1, 2, 3), (9, 1, 2)):
        x = random.normal(size=(time, features))
        kernel, recurrent, bias = (random.normal(size=s) for s in ((features, units), (units, units), (units,)))

        def run(rows: Any, U: Any = recurrent, b: Any = bias, kernel: Any = kernel, bias: Any = bias) -> np.ndarray:
            h = np.zeros_like(bias)
            for x_t in rows:
                h = np.tanh(x_t @ kernel + h @ U + b)
            return h

        answer = forward(x.copy(), kernel.copy(), recurrent.copy(), bias.copy())
        shape = shape_of(answer)
        if shape == (time, units) and time > 1:
            raise Wrong("it returns the state of every step; the classifier reads the last one only.")
        if shape == (1, units):  # a batch of one, as from a layer of Keras
            answer = np.asarray(answer)[0]
        answer = expect_array(answer, (units,), "last_state(x, kernel, recurrent_kernel, bias)")
        slips = (
            (run(x[-1:]), "the last step alone is not enough: carry the state through the review."),
            (run(x[:1]), "that is the state after the first row of x; read on to the last."),
            (run(x[::-1]), "you read from the last row to the first."),
            (run(x, U=recurrent.T), "the recurrent kernel is transposed: it is h @ recurrent_kernel."),
            (run(x, b=0), "the bias is missing from the sum."),
        )
        sentence = "the state does not agree: h_t = tanh(x_t @ kernel + h @ recurrent_kernel + bias)."
        expect_right(answer, run(x), slips, sentence)
