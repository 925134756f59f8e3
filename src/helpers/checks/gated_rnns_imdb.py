"""Exercises of chapter 12, LSTM and GRU on IMDB."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import numpy as np

from helpers.checks.exercise import (
    Wrong,
    close,
    exercise,
    expect,
    expect_array,
    expect_number,
    expect_right,
    expect_whole,
)


@exercise(
    "gated-equal-epochs",
    "Which epoch is the last that every model has seen?",
    "The number of epochs of a model is the length of its lists; the smallest of these numbers is the epoch.",
    "shared = min(len(h['val_accuracy']) for h in histories.values()); read off h['val_accuracy'][shared - 1]",
)
def equal_epochs(at_equal_epochs: Any) -> None:
    histories = {
        "long": {"accuracy": [0.7, 0.8, 0.9, 0.95, 0.99], "val_accuracy": [0.71, 0.84, 0.80, 0.86, 0.79]},
        "short": {"accuracy": [0.6, 0.75, 0.88], "val_accuracy": [0.62, 0.83, 0.82]},
    }
    for history in histories.values():
        history |= {"loss": history["accuracy"][::-1], "val_loss": history["val_accuracy"][::-1]}
    answer = at_equal_epochs(deepcopy(histories))
    expect(
        isinstance(answer, dict),
        f"at_equal_epochs should return a dict from name to accuracy, and returned {type(answer).__name__}.",
    )
    expect(set(answer) == set(histories), f"the names should be those of the histories: {', '.join(histories)}.")
    values = np.array([expect_number(answer[name], f"the value of {name!r}") for name in ("long", "short")])
    slips = (
        ([0.79, 0.82], "those are the last epochs of each model, the 5th of one and the 3rd of the other."),
        ([0.86, 0.83], "those are the best epochs of each model: the longer one had more tries."),
        ([0.84, 0.83], "that is one epoch too early, or the best of the shared epochs; take the last."),
        ([0.90, 0.88], "that is the training accuracy; compare on the validation reviews."),
    )
    expect_right(
        values,
        [0.80, 0.82],
        slips,
        "both models have three epochs, and after the third the validation accuracies are 0.80 and 0.82, "
        f"not {values[0]:.2f} and {values[1]:.2f}.",
    )
    random = np.random.default_rng(8)
    for _ in range(3):
        lengths = random.integers(2, 9, 4)
        several = {f"m{i}": {"val_accuracy": random.uniform(size=n).tolist()} for i, n in enumerate(lengths)}
        for history in several.values():
            history["accuracy"] = [1.0] * len(history["val_accuracy"])
        right = {name: history["val_accuracy"][min(lengths) - 1] for name, history in several.items()}
        answer = at_equal_epochs(deepcopy(several))
        wrong = [name for name in right if name not in answer or not close(answer[name], right[name])]
        if wrong:
            raise Wrong(f"with histories of {', '.join(map(str, lengths))} epochs, read all of them at {min(lengths)}.")


@exercise(
    "gated-wins",
    "With 5 seeds of the one and 5 of the other there are 25 pairs.",
    "Go through all a in first and all b in second, and add 1 if a > b, one half if they are equal.",
    "sum((a > b) + 0.5 * (a == b) for a in first for b in second) / (len(first) * len(second))",
)
def wins(ahead: Any) -> None:
    random = np.random.default_rng(9)
    cases = [([0.84, 0.9, 0.86], [0.85, 0.83, 0.82]), ([0.8], [0.8]), ([0.8, 0.9, 0.84], [0.85, 0.84])]
    cases += [
        ((random.integers(80, 90, 5) / 100).tolist(), (random.integers(80, 90, 4) / 100).tolist()) for _ in range(4)
    ]
    for first, second in ((np.array(a), np.array(b)) for a, b in cases):
        answer = expect_number(ahead(first.copy(), second.copy()), "ahead(first, second)")
        difference = np.subtract.outer(first, second)
        strict, ties = (difference > 0).mean(), (difference == 0).mean()
        right = strict + 0.5 * ties
        paired = np.mean(difference.diagonal() > 0) + 0.5 * np.mean(difference.diagonal() == 0)
        shown = f"ahead({first.tolist()}, {second.tolist()})"
        if close(answer, right):
            continue
        expect(not close(answer, 1 - right), f"{shown}: that is how often the second model is better.")
        expect(not close(answer, strict), f"{shown}: a tie counts as half a win, and was not counted.")
        expect(not close(answer, strict + ties), f"{shown}: a tie counts as half a win, not as a whole one.")
        if close(answer, right * difference.size):
            raise Wrong(f"{shown}: that is the number of pairs won; divide by the number of all pairs.")
        expect(
            not close(answer, paired),
            f"{shown}: seed 1 need not meet seed 1. Take every seed of the one with every seed of the other.",
        )
        if close(answer, np.mean(first) - np.mean(second)):
            raise Wrong("that is the difference of the means; count the pairs.")
        raise Wrong(f"{shown} should be {right:.3f}, not {answer:.3f}.")


@exercise(
    "gated-ratio",
    "Count blocks: how many weight matrices of the size of a SimpleRNN's does each layer have?",
    "A block is units × (features + units + 1). The default GRU has one more bias for each unit in each block.",
    "(4, 3, 3 * (features + units + 2) / (features + units + 1))",
)
def ratio(times: Any) -> None:
    for features, units in ((32, 32), (30, 12), (1, 1), (5, 3)):
        answer = expect_array(times(features, units), (3,), "times(features, units)")
        block = features + units + 1
        right = np.array([4, 3, 3 * (features + units + 2) / block])
        shown = f"times({features}, {units})"
        slips = (
            (
                right[[0, 2, 1]],
                f"{shown}: the two GRUs have changed places; it is the default, reset_after=True, that has two biases.",
            ),
            (1 / right, f"{shown}: divided the wrong way round; the SimpleRNN goes below the line."),
            (
                right * units * block,
                f"{shown}: those are the numbers of parameters; divide them by that of the SimpleRNN.",
            ),
            ([4, 3, 3], "Keras's default GRU has a second bias for each unit and block."),
        )
        sentence = f"{shown}: the default GRU should have the ratio {right[2]:.4f}."
        if not close(answer[0], 4):
            sentence = f"{shown}: an LSTM is four blocks, each as large as a SimpleRNN: ratio 4."
        elif not close(answer[1], 3):
            sentence = f"{shown}: the GRU with reset_after=False is three such blocks."
        expect_right(answer, right, slips, sentence)


@exercise(
    "gated-padding",
    "How many places does a batch of rows have once it is padded, and how many of them hold words?",
    "A batch has len(batch) * max(batch) places. Add these up; the words are the sum of all lengths.",
    "batches = np.split(lengths, range(batch_size, len(lengths), batch_size)); "
    "1 - lengths.sum() / sum(len(b) * b.max() for b in batches)",
)
def padding(zeros: Any) -> None:
    random = np.random.default_rng(10)
    cases = [(np.array([2, 5, 1, 4, 3, 3, 7]), 3), (np.array([5, 5, 5]), 2), (np.sort(random.integers(1, 60, 50)), 8)]
    cases += [(random.integers(1, 60, 50), 8), (random.integers(1, 60, 20), 20)]
    for lengths, size in cases:
        answer = expect_number(zeros(lengths.copy(), size), "zeros(lengths, batch_size)")
        batches = np.split(lengths, range(size, len(lengths), size))
        right = 1 - lengths.sum() / sum(len(batch) * batch.max() for batch in batches)
        shown = (
            f"zeros({lengths.tolist()}, {size})" if len(lengths) < 9 else f"{len(lengths)} reviews, {size} in a batch"
        )
        if close(answer, right):
            continue
        expect(not close(answer, 1 - right), f"{shown}: that is the share of words; the zeros are the rest.")
        if close(answer, 1 - lengths.mean() / lengths.max()):
            raise Wrong(f"{shown}: every row was padded to the longest review of all, not to the longest of its batch.")
        if close(answer, np.mean([1 - batch.mean() / batch.max() for batch in batches])):
            raise Wrong(f"{shown}: that is the mean of the batches' shares. Count the places of all batches together.")
        if close(answer, 1 - lengths.sum() / sum(size * batch.max() for batch in batches)):
            raise Wrong(f"{shown}: the last batch has fewer rows than the others.")
        in_order = np.split(np.sort(lengths), range(size, len(lengths), size))
        if close(answer, 1 - lengths.sum() / sum(len(batch) * batch.max() for batch in in_order)):
            raise Wrong(f"{shown}: the reviews were sorted first; take them in the order in which they come.")
        raise Wrong(f"{shown} should be {right:.4f}, not {answer:.4f}.")


@exercise(
    "gated-half",
    "Start at the end of the review and add up until you have half of everything.",
    "norms[::-1] has the last word first; np.cumsum adds up; the whole sum is its last number.",
    "sums = np.cumsum(norms[::-1]); return int(np.argmax(sums >= sums[-1] / 2)) + 1",
)
def half(last_words: Any) -> None:
    random = np.random.default_rng(11)
    cases = [np.array([1.0, 1, 1, 9]), np.ones(10), np.array([9.0, 1, 1, 1]), random.uniform(0.1, 1, 30) ** 3]
    cases += [0.97 ** np.arange(60)[::-1], random.uniform(0.1, 1, 7)]
    for norms in cases:
        answer = expect_number(last_words(norms.copy()), "last_words(norms)")
        sums = np.cumsum(norms[::-1])
        right = int(np.argmax(sums >= sums[-1] / 2)) + 1
        shown = f"last_words({np.round(norms, 2).tolist()})"
        if answer == right:
            continue
        from_start = int(np.argmax(np.cumsum(norms) >= norms.sum() / 2)) + 1
        expect(answer != right - 1, f"{shown}: one too few; the word at index 0 is one word.")
        exact = sums[right - 1] == sums[-1] / 2
        expect(not exact or answer != right + 1, f"{shown}: one too many; exactly half of the sum is at least half.")
        if answer in (from_start, len(norms) - from_start):
            raise Wrong(f"{shown}: counted from the first word on; the last word comes first here.")
        expect(
            not close(answer, (norms[::-1] * np.arange(len(norms))).sum() / norms.sum()),
            f"{shown}: that is the mean distance from the end; look for the words that make half of the sum.",
        )
        raise Wrong(f"{shown} should be {right}, not {expect_whole(answer, 'last_words(norms)')}.")
