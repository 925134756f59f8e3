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
)


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
    "imdb-no-order",
    "What can you do to the vectors of all words so that it does not matter which comes first?",
    "Keep the embedding and the output neuron, and take the mean over time in between.",
    "keras.Input((None,)), layers.Embedding(num_words, units), layers.GlobalAveragePooling1D(), "
    'layers.Dense(1, activation="sigmoid")',
)
def no_order(without_order: Any) -> None:
    from keras import Model, layers

    random = np.random.default_rng(7)
    for words, units in ((50, 8), (300, 3)):
        what = f"without_order({words}, {units})"
        model = without_order(words, units)
        expect(isinstance(model, Model), f"{what} should return a Keras model, and returned {type(model).__name__}.")
        tables = [layer for layer in model.layers if isinstance(layer, layers.Embedding)]
        expect(tables, "there is no Embedding: a code is a name, not a number to calculate with.")
        shape = (tables[0].input_dim, tables[0].output_dim)
        expect(shape == (words, units), f"the embedding should have the shape {(words, units)}, and has {shape}.")
        model(np.ones((1, 1), int))  # a model without an Input has no weights before it is called
        tables[0].set_weights([random.normal(size=shape)])  # fresh ones are near 0, and so is every difference
        for time in (1, 30):
            codes = random.integers(1, words, size=(20, time))
            answer = expect_array(model(codes), (20, 1), f"what {what} says to 20 reviews of {time} words")
            expect(((answer >= 0) & (answer <= 1)).all(), "a probability lies between 0 and 1: end in a sigmoid.")
            expect(np.ptp(answer) > 1e-4, "the model says the same to every review.")
            shuffled = random.permuted(codes, axis=1)
            expect(
                np.allclose(model(shuffled), answer, atol=1e-4),
                "the same words in another order get another answer: something in the model still knows the order.",
            )
        changed = codes.copy()
        changed[:, 0] = changed[:, 0] % (words - 1) + 1
        expect(
            not np.allclose(model(changed), answer, atol=1e-7),
            "another first word makes no difference at all: let every word count.",
        )


@exercise(
    "imdb-supported",
    "For each letter: which two rows would have to differ, and does the interval leave out zero?",
    "Two of the five hold. Words such as *because*, *is shown to* and *cannot* ask for more than two means.",
    'B and D: return letter in "BD".',
)
def supported(answer: Any) -> None:
    said = {letter: answer(letter) for letter in "ABCDE"}
    for letter, one in said.items():
        expect(one is not None, f'supported("{letter}") returned None: is the `return` missing?')
        expect(np.ndim(one) == 0 and one in (True, False), f'supported("{letter}") should be True or False.')
    expect(not said["A"], "A: the model of single words has no pairs, and it is ahead of the network, too.")
    expect(not said["C"], "C: the mean is higher, but the interval of the difference reaches from below zero to above.")
    expect(not said["E"], "E: one size, one set of settings and five seeds do not show what is impossible.")
    expect(said["B"], "B is missing: look at the interval of the third row of the ladder against the second.")
    expect(said["D"], "D is missing: compare the last two rows of the ladder.")
