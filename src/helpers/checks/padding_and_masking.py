"""Exercises of chapter 13, padding and masking."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from helpers.checks.exercise import Wrong, close, exercise, expect, expect_array, expect_number, expect_right


@exercise(
    "mask-keeper",
    "Which layers of Keras pass a mask on? One of them multiplies.",
    "`layers.Rescaling` is such a layer. In one of your own: `self.supports_masking = True`.",
    "def scaled(factor): return keras.layers.Rescaling(factor)",
)
def keeper(scaled: Any) -> None:
    from keras import layers

    random = np.random.default_rng(13)
    for factor in (0.5, -3.0, 1.0):
        layer = scaled(factor)
        expect(
            isinstance(layer, layers.Layer),
            f"scaled({factor}) should return a Keras layer, and returned {type(layer).__name__}.",
        )
        codes = random.integers(1, 20, size=(4, 5))
        padded = np.pad(codes, ((0, 0), (0, 3)))
        embedding, above = layers.Embedding(20, 6, mask_zero=True), layers.LSTM(3)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Keras's, that the mask is destroyed: the sentence below says it
            bare = embedding(codes)
            result = np.asarray(layer(bare))
            alone, beside = (np.asarray(above(layer(embedding(one)))) for one in (codes, padded))
            inside = np.asarray(layer(embedding(padded)))
        values = np.asarray(bare)
        expect(result.shape == values.shape, f"the output has the shape {result.shape}, the input {values.shape}.")
        slips = (
            (values, f"scaled({factor}) leaves its input as it is; multiply it."),
            (values / factor, f"scaled({factor}) divides by its factor."),
            (values + factor, f"scaled({factor}) adds its factor."),
        )
        expect_right(result, factor * values, slips, f"scaled({factor}) should give {factor} times its input.")
        expect(
            close(alone, beside),
            "the multiplication is right, but the mask ends at your layer: the LSTM above it reads the padding.",
        )
        expect(
            close(inside[:, 5:], factor * np.asarray(embedding(padded))[:, 5:]),
            "your layer changes the padded timesteps in another way than the words; pass the mask on instead.",
        )


@exercise(
    "mask-max",
    "Which number can never be the largest?",
    "Put minus infinity where there is no word, take the maximum over time, then set the rows without a word to 0.",
    "words = np.where(mask[..., None], values, -np.inf); np.where(mask.any(axis=1)[:, None], words.max(axis=1), 0)",
)
def masked_max(pool: Any) -> None:
    random = np.random.default_rng(3)
    for batch, time, n, size in [(4, 6, 3, 1), (2, 1, 5, 1), (8, 12, 2, 1e3), (5, 7, 4, 1e12)]:
        values = size * (random.normal(size=(batch, time, n)) - 4)  # nearly all negative, so that a 0 would win
        mask = np.arange(time) < random.integers(1, time + 1, size=(batch, 1))
        if batch == 8:
            mask = mask[:, ::-1]  # padding in front
        mask[-1] = mask[-1] & (batch != 5)  # a row without a word
        values[~mask, :-1] += 8 * size  # what stands at the padding would win, but for the last feature
        values[~mask, -1] -= 8 * size
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            answer = expect_array(pool(values.copy(), mask.copy()), (batch, n), "masked_max(values, mask)")
        real, words = mask[..., None], mask.any(axis=1)
        right = np.where(words[:, None], np.where(real, values, -np.inf).max(axis=1), 0)
        for empty in answer[~words][:1]:
            expect(close(empty, 0), f"in a row without a word the answer should be 0, and is {empty[0]:g}.")
        slips = (
            (
                np.where(words[:, None], values.max(axis=1), 0),
                "the padded timesteps take part: the mask has no effect.",
            ),
            (
                (values * real).max(axis=1),
                "a padded timestep becomes 0, and 0 is larger than a negative number; it should never win.",
            ),
            (
                np.where(words[:, None], np.where(real, -np.inf, values).max(axis=1), 0),
                "the mask is True where a timestep is a word; you look at the others.",
            ),
        )
        wrong = np.unique(answer[~np.isclose(answer, right)])
        sentence = "that is not the largest value among the words."
        if len(wrong) == 1 and not np.isclose(wrong, values).any():
            shown = f"{wrong[0]:g}".replace("-", "−")
            sentence = f"{shown} is larger than some numbers are; only minus infinity can never win."
        expect_right(answer, right, slips, sentence)


@exercise(
    "mask-batches",
    "A short text in the batch of a long one gets many zeros. Which texts should share a batch?",
    "Sort by length, the longest first, and cut into pieces of `size`: a smaller last batch has the shortest texts.",
    "order = np.argsort(lengths)[::-1]; [list(order[i : i + size]) for i in range(0, len(order), size)]",
)
def few_zeros(batches: Any) -> None:
    random = np.random.default_rng(14)
    cases: list[tuple[list[int], int]] = [([5, 100, 6, 99], 2), ([1, 90, 100], 2), ([3, 3, 3], 3), ([7], 4)]
    cases += [(random.integers(1, 500, n).tolist(), size) for n, size in ((20, 8), (33, 16), (9, 1))]
    for lengths, size in cases:
        answer = batches(list(lengths), size)
        expect(answer is not None, "batches(lengths, size) returned None: is the `return` missing?")
        try:
            found = [[int(place) for place in one] for one in answer]
        except (TypeError, ValueError):
            raise Wrong("batches(lengths, size) should return a list of lists of places in `lengths`.") from None
        shown = f"batches({lengths if len(lengths) < 6 else f'{len(lengths)} lengths'}, {size})"
        places = sorted(place for one in found for place in one)
        if places != list(range(len(lengths))):
            if sorted(lengths) == places:
                raise Wrong(f"{shown}: these are the lengths themselves; give their places in the list.")
            raise Wrong(f"{shown}: each of the places 0 to {len(lengths) - 1} should be there exactly once.")
        largest = max(map(len, found))
        expect(largest <= size, f"{shown}: a batch has {largest} texts, more than {size}.")
        short = sum(len(one) < size for one in found)
        expect(short <= 1, f"{shown}: {short} batches have fewer than {size} texts, and only one may.")
        least = _zeros(lengths, [list(np.argsort(lengths)[::-1][i : i + size]) for i in range(0, len(lengths), size)])
        zeros, rising = _zeros(lengths, found), np.argsort(lengths, kind="stable")
        if zeros == least:
            continue
        expect(
            zeros != _zeros(lengths, [list(rising[i : i + size]) for i in range(0, len(lengths), size)]),
            f"{shown}: sorted, but the smaller batch has the longest texts; {least} zeros are possible, not {zeros}.",
        )
        raise Wrong(f"{shown}: {zeros} zeros; sorted by length there would be {least}.")


@exercise(
    "mask-blind",
    "The accuracy on all reviews is a mean of two accuracies. How much does each count?",
    "accuracy = share · 50 + (1 − share) · others. Solve for others.",
    "return (accuracy - 50 * share) / (1 - share)",
)
def blind(on_the_others: Any) -> None:
    for accuracy, share in ((72.0, 0.5), (61.8, 0.59), (50.0, 0.3), (83.0, 0.0), (90.0, 0.6)):
        answer = expect_number(on_the_others(accuracy, share), "on_the_others(accuracy, share)")
        right = (accuracy - 50 * share) / (1 - share)
        shown = f"on_the_others({accuracy:g}, {share})"
        slips = (
            (right / 100, f"{shown}: give it in per cent, as the accuracy is."),
            (min(right, 100.0), f"{shown}: do not cut at 100; an answer above it says that the network is not blind."),
            (accuracy / (1 - share), f"{shown}: on the padded reviews a guess is right half of the time, not never."),
            ((accuracy - 50 * (1 - share)) / share if share else right, f"{shown}: `share` is that of the padded."),
            ((accuracy - 0.5 * share) / (1 - share), f"{shown}: one half is 50 per cent."),
            (50 * share + accuracy * (1 - share), f"{shown}: that goes the other way, from the others to all."),
        )
        expect_right(answer, right, slips, f"{shown} should be {right:.2f}, not {answer:.2f}.")


def _zeros(lengths: list[int], batches: list[list[int]]) -> int:
    """How many zeros it takes to pad each batch to its longest text."""
    return sum(max(lengths[place] for place in one) - lengths[here] for one in batches for here in one)
