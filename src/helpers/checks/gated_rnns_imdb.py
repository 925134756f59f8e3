"""Exercises of chapter 12, LSTM and GRU on IMDB."""

from __future__ import annotations

from copy import deepcopy
from itertools import pairwise
from typing import Any

import numpy as np

from helpers.checks.exercise import (
    Wrong,
    close,
    exercise,
    expect,
    expect_number,
    expect_right,
    expect_whole,
)


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
    "gated-alone",
    "Take two recipes. In which keys do they differ?",
    "Go through all pairs of recipes; where exactly one key differs, that key belongs to the answer.",
    "for a in recipes: for b in recipes: changed = [k for k in a if a[k] != b[k]]; keep it if len(changed) == 1",
)
def alone(answer: Any) -> None:
    def recipe(cell: str, head: str, optimiser: str) -> dict[str, str]:
        return {"cell": cell, "head": head, "optimiser": optimiser}

    first, last = recipe("SimpleRNN", "plain", "RMSprop"), recipe("LSTM", "wide", "Adam")
    between, fourth = recipe("LSTM", "plain", "RMSprop"), recipe("LSTM", "wide", "RMSprop")
    cases: list[tuple[list[dict[str, Any]], set[str]]] = [
        ([last, first], set()),
        ([first, last, between], {"cell"}),
        ([last, fourth, between, first], {"cell", "head", "optimiser"}),
        ([first, dict(first)], set()),
        ([], set()),
        ([fourth, recipe("GRU", "wide", "RMSprop"), recipe("SimpleRNN", "wide", "RMSprop")], {"cell"}),
        ([{"rate": 0.1, "batch": 64}, {"rate": 0.1, "batch": 128}, {"rate": 0.2, "batch": 32}], {"batch"}),
    ]
    for recipes, right in cases:
        found = answer(deepcopy(recipes))
        expect(found is not None, "alone(recipes) returned None: is the `return` missing?")
        expect(
            isinstance(found, set | frozenset | list | tuple), f"return a set of keys, not a {type(found).__name__}."
        )
        shown = f"alone({recipes})"
        if set(found) == right:
            continue
        differing = {key for one in recipes for key in one if len({other[key] for other in recipes}) > 1}
        neighbours = [[k for k in a if a[k] != b[k]] for a, b in pairwise(recipes)]
        expect(
            set(found) != differing,
            f"{shown}: those are the keys that differ somewhere. Take a key only if a pair differs in nothing else.",
        )
        expect(
            set(found) != {changed[0] for changed in neighbours if len(changed) == 1},
            f"{shown}: compare every recipe with every other one, not only with the next.",
        )
        raise Wrong(f"{shown} should give {sorted(right) or 'an empty set'}, not {sorted(map(str, found))}.")


@exercise(
    "gated-patient",
    "Which value of the gate has that half-life, and which bias gives a sigmoid that value?",
    "f = 2 ** (-1 / half_life) and b = log(f / (1 - f)). The blocks of an LSTM's bias are i, f, c, o; with "
    "unit_forget_bias=True Keras sets the second to 1 by itself.",
    "layers.LSTM(units, bias_initializer=..., unit_forget_bias=False); the initializer returns 4 * units numbers: "
    "b from units to 2 * units, zeros elsewhere.",
)
def patient(layer_for: Any) -> None:
    import keras

    for units, half_life in ((4, 20.0), (3, 1.0), (5, 2.2), (2, 300)):
        layer = layer_for(units, half_life)
        expect(layer is not None, "patient(units, half_life) returned None: is the `return` missing?")
        expect(isinstance(layer, keras.layers.LSTM), f"return a Keras LSTM layer, not a {type(layer).__name__}.")
        expect(
            layer.units == units, f"patient({units}, {half_life:g}) should have {units} units, and has {layer.units}."
        )
        if not layer.built:
            layer.build((None, None, 3))
        expect(layer.cell.use_bias, "the layer needs its biases.")
        bias = np.asarray(layer.cell.bias, dtype="float64").reshape(4, units)
        f = 2.0 ** (-1 / half_life)
        right = np.zeros((4, units))
        right[1] = np.log(f / (1 - f))
        shown = f"patient({units}, {half_life:g})"
        slips = (
            (np.ones((4, 1)) * right[1], f"{shown}: all four blocks have that bias; only the forget gate's should."),
            (
                right * 0 + np.array([[0], [1], [0], [0]]),
                f"{shown}: Keras's own 1 is still there: unit_forget_bias=False.",
            ),
            (np.roll(right, -1, axis=0), f"{shown}: that is the input gate's block; the order is i, f, c, o."),
            (np.roll(right, 1, axis=0), f"{shown}: that is the candidate's block; the order is i, f, c, o."),
            (-right, f"{shown}: the sign is wrong; a gate that keeps more has a larger bias."),
            (right + np.array([[0], [1], [0], [0]]), f"{shown}: 1 too much in the forget gate."),
            (
                [[0], [f], [0], [0]] * np.ones(units),
                f"{shown}: that is the value of the gate. The bias goes through a sigmoid first.",
            ),
        )
        kept = 1 / (1 + np.exp(-bias[1].mean()))
        expect_right(
            bias,
            right,
            slips,
            f"{shown}: the forget gates should start at {f:.3f} with no other bias; they start at {kept:.3f}.",
        )


@exercise(
    "gated-verdicts",
    "Look at each interval first: does it include zero?",
    "An interval that includes zero does not say that there is no difference, only that none was shown.",
    "Two rows of the first and the third table exclude zero, and all three of the second include it. "
    "A and E claim more than the table does.",
)
def verdicts(may_write: Any) -> None:
    found = {letter: may_write(letter) for letter in "ABCDEF"}
    expect(
        all(value is not None for value in found.values()), "may_write(letter) returned None: is a `return` missing?"
    )
    expect(all(np.shape(value) == () for value in found.values()), "return True or False for each letter.")
    sentences = (
        (found["A"], "A: no difference was shown, but the interval allows two points. That is not “as good”."),
        (found["D"], "D: look at the interval of LSTM and GRU on 500 words."),
        (found["E"], "E: the same interval includes zero, and one of the five seeds makes most of the gap."),
        (not found["B"], "one that you may write is missing: look at the first table again."),
        (not found["C"], "one that you may write is missing: look at the table of 500 words again."),
        (not found["F"], "one that you may write is missing. “Did not show” is less than “are equal”."),
    )
    for wrong, sentence in sentences:
        expect(not wrong, sentence)


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
