"""Exercises of chapter 8, from text to sequences."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from helpers.checks._exercise import Exercise, close, expect, expect_array


def vocabulary(rank_words: Any) -> None:
    texts = [["a", "fine", "film"], ["a", "dull", "film"], ["a", "fine", "cast"]]
    ranks = rank_words(texts, 2)
    expect(
        isinstance(ranks, dict),
        f"rank_words should return a dict from word to rank, and returned {type(ranks).__name__}.",
    )
    expect(0 not in ranks.values(), "ranks start at 1: the most frequent word has rank 1, and 0 is kept for padding.")
    expect(len(ranks) == 2, f"two words were asked for, and the dict has {len(ranks)}.")
    expect(ranks.get("a") == 1, "the most frequent word is 'a': it has rank 1.")
    expect(set(ranks) <= {"a", "fine", "film"}, "'dull' and 'cast' stand once only and come last.")
    everything = rank_words(texts, 100)
    expect(len(everything) == 5, "asked for more words than there are, give all five.")
    expect(sorted(everything.values()) == [1, 2, 3, 4, 5], "the ranks should be 1, 2, 3, … without gaps.")
    clear = rank_words([["dull", "film", "plot"], ["film", "the", "plot"], ["the", "film", "the", "the"]], 4)
    right = {"the": 1, "film": 2, "plot": 3, "dull": 4}
    expect(clear == right, f"words that occur 4, 3, 2 and 1 times should have the ranks {right}, not {clear}.")


def encode(encode_review: Any) -> None:
    ranks = {"the": 1, "film": 2, "was": 3, "fine": 4, "sublime": 900}
    codes = encode_review(["the", "film", "was", "fine"], ranks, 10)
    expect(codes is not None, "encode_review returned None: is the `return` missing?")
    codes = list(codes)
    expect(codes != [1, 2, 3, 4], "the ranks are not shifted: Keras adds 3, so that 0, 1 and 2 stay free.")
    expect(codes != [4, 5, 6, 7], "the start code 1 is missing: every review begins with it.")
    expect(codes == [1, 4, 5, 6, 7], f"'the film was fine' should be [1, 4, 5, 6, 7] and is {codes}.")
    rare = list(encode_review(["a", "sublime", "film"], ranks, 10))
    expect(
        903 not in rare, "'sublime' has code 903, which is not below num_words = 10: it becomes 2, out of vocabulary."
    )
    expect(
        rare == [1, 2, 2, 5], f"'a sublime film' should be [1, 2, 2, 5] and is {rare}: unknown and rare words become 2."
    )
    edge = list(encode_review(["six", "seven"], ranks | {"six": 6, "seven": 7}, 10))
    expect(edge != [1, 9, 10], "a code equal to num_words is out too: only codes below num_words stay.")
    expect(
        edge == [1, 9, 2], f"with ranks 6 and 7 and num_words 10 the codes are [1, 9, 2], not {edge}: compare r + 3."
    )
    expect(list(encode_review([], ranks, 10)) == [1], "an empty review is [1]: only the start code.")


def pad(pad_review: Any) -> None:
    short = expect_array(pad_review([5, 6], 4), (4,), "pad_review([5, 6], 4)")
    expect(not close(short, [5, 6, 0, 0]), "the zeros stand at the end; they should come first.")
    expect(close(short, [0, 0, 5, 6]), f"pad_review([5, 6], 4) should be [0, 0, 5, 6] and is {short.tolist()}.")
    long = expect_array(pad_review([1, 2, 3, 4, 5], 3), (3,), "pad_review([1, 2, 3, 4, 5], 3)")
    expect(not close(long, [1, 2, 3]), "it keeps the first words; keep the last ones.")
    expect(close(long, [3, 4, 5]), f"pad_review([1, 2, 3, 4, 5], 3) should be [3, 4, 5] and is {long.tolist()}.")
    random = np.random.default_rng(2)
    for length in (1, 3, 8):
        codes = random.integers(1, 99, size=random.integers(0, 12)).tolist()
        right = ([0] * length + codes)[-length:]
        answer = expect_array(pad_review(codes, length), (length,), f"pad_review({codes}, {length})")
        expect(close(answer, right), f"pad_review({codes}, {length}) should be {right}.")


def coverage(covered: Any) -> None:
    counts = Counter(the=50, film=30, was=15, sublime=4, zither=1)
    everything = float(expect_array(covered(counts, 5), (), "covered(counts, size)"))
    expect(not close(everything, 100), "give a share between 0 and 1, not a percentage.")
    expect(close(everything, 1.0), "a vocabulary of all five words covers everything: 1.0.")
    two = float(expect_array(covered(counts, 2), (), "covered(counts, size)"))
    expect(not close(two, 2 / 5), "that is the share of different words; weigh each word by how often it stands.")
    expect(close(two, 0.8), f"the two most frequent words make 80 of 100 words: 0.8, and not {two:.3f}.")
    expect(close(covered(counts, 0), 0.0), "a vocabulary of no words covers nothing: 0.0.")


EXERCISES = {
    "text-vocabulary": Exercise(
        vocabulary,
        (
            "Count first, sort by count, number from 1.",
            "collections.Counter has most_common(n), which gives (word, count) pairs, most frequent first.",
            "{word: rank for rank, (word, _) in enumerate(counts.most_common(size), start=1)}",
        ),
    ),
    "text-encode": Exercise(
        encode,
        (
            "Three codes are taken: 0 pads, 1 starts a review, 2 stands for any word that has no code.",
            "A word of rank r has code r + 3. If it has no rank, or its code is num_words or more, write 2.",
            "[1] + [code if (code := ranks.get(word, num_words) + 3) < num_words else 2 for word in tokens]",
        ),
    ),
    "text-pad": Exercise(
        pad,
        (
            "Two cases: too short, then zeros go in front; too long, then the front goes.",
            "Slicing from the end keeps the last ones: codes[-length:]. How many zeros are then missing?",
            "kept = codes[-length:]; return [0] * (length - len(kept)) + kept",
        ),
    ),
    "text-coverage": Exercise(
        coverage,
        (
            "What share of all the words in the reviews is one of the `size` most frequent?",
            "Divide the counts of the most common words, added up, by all counts, added up.",
            "sum(n for _, n in counts.most_common(size)) / sum(counts.values())",
        ),
    ),
}
