"""Exercises of chapter 9, from text to sequences."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from typing import Any

import numpy as np

from helpers.checks.exercise import (
    Slip,
    Wrong,
    exercise,
    expect,
    expect_array,
    expect_number,
    expect_right,
    expect_whole,
    shape_of,
)


@exercise(
    "text-vocabulary",
    "Count first, sort by count, number from 1.",
    "collections.Counter has most_common(n), which gives (word, count) pairs, most frequent first.",
    "{word: rank for rank, (word, _) in enumerate(counts.most_common(size), start=1)}",
)
def vocabulary(rank_words: Any) -> None:
    texts = [["a", "fine", "film"], ["a", "dull", "film"], ["a", "fine", "cast"]]
    ranks = rank_words(deepcopy(texts), 2)
    if not isinstance(ranks, dict):
        raise Wrong(f"rank_words should return a dict from word to rank, and returned {type(ranks).__name__}.")
    ranks = _whole(ranks)
    expect(0 not in ranks.values(), "ranks start at 1: the most frequent word has rank 1, and 0 is kept for padding.")
    expect(len(ranks) == 2, f"two words were asked for, and the dict has {len(ranks)}.")
    expect(ranks.get("a") == 1, "the most frequent word is 'a': it has rank 1.")
    expect(set(ranks) <= {"a", "fine", "film"}, "'dull' and 'cast' stand once only and come last.")
    everything = _whole(rank_words(deepcopy(texts), 100))
    expect(len(everything) == 5, "asked for more words than there are, give all five.")
    expect(sorted(everything.values()) == [1, 2, 3, 4, 5], "the ranks should be 1, 2, 3, … without gaps.")
    clear = _whole(rank_words([["dull", "film", "plot"], ["film", "the", "plot"], ["the", "film", "the", "the"]], 4))
    right = {"the": 1, "film": 2, "plot": 3, "dull": 4}
    if clear == {"film": 1, "plot": 2, "the": 3, "dull": 4}:
        raise Wrong("count every time a word is said, not the reviews that say it: 'the' is said four times.")
    expect(clear == right, f"words that occur 4, 3, 2 and 1 times should have the ranks {right}, not {clear}.")
    random = np.random.default_rng(0)
    numbers = dict(zip(random.permutation([f"w{i}" for i in range(40)]).tolist(), range(1, 41), strict=True))
    words = random.permutation([word for word, n in numbers.items() for _ in range(n)]).tolist()
    right = {word: 41 - n for word, n in numbers.items() if n > 15}
    found = _whole(rank_words([words[:300], [], words[300:]], 25))
    expect(found == right, "of forty words, each with a frequency of its own, the 25 most frequent are not right.")


def _whole(ranks: Any) -> dict[str, int]:
    expect(isinstance(ranks, dict), "rank_words should return a dict every time, also if few words are there.")
    return {str(word): expect_whole(rank, f"the rank of {word!r}") for word, rank in ranks.items()}


@exercise(
    "text-encode",
    "Three codes are taken: 0 pads, 1 starts a review, 2 stands for any word that has no code.",
    "A word of rank r has code r + 3. If it has no rank, or its code is num_words or more, write 2.",
    "[1] + [code if (code := ranks.get(word, num_words) + 3) < num_words else 2 for word in tokens]",
)
def encode(encode_review: Any) -> None:
    ranks = {"fine": 4, "the": 1, "was": 3, "sublime": 900, "film": 2}

    def codes_of(tokens: list[str], num_words: int = 10, **more: int) -> list[int]:
        codes = encode_review(list(tokens), ranks | more, num_words)
        expect(codes is not None, "encode_review returned None: is the `return` missing?")
        shape = shape_of(codes)
        if shape is None or len(shape) != 1:
            raise Wrong("encode_review should return a list of codes.")
        codes = expect_array(codes, shape, "encode_review(tokens, ranks, num_words)")
        return [expect_whole(code, "each code") for code in codes]

    codes = codes_of(["the", "film", "was", "fine"])
    expect(codes != [1, 2, 3, 4], "the ranks are not shifted: Keras adds 3, so that 0, 1 and 2 stay free.")
    expect(codes != [4, 5, 6, 7], "the start code 1 is missing: every review begins with it.")
    expect(codes == [1, 4, 5, 6, 7], f"'the film was fine' should be [1, 4, 5, 6, 7] and is {codes}.")
    rare = codes_of(["a", "sublime", "film"])
    if 903 in rare:
        raise Wrong("'sublime' has code 903, which is not below num_words = 10: it becomes 2, out of vocabulary.")
    if rare != [1, 2, 2, 5]:
        raise Wrong(f"'a sublime film' should be [1, 2, 2, 5] and is {rare}: unknown and rare words become 2.")
    edge = codes_of(["six", "seven"], six=6, seven=7)
    expect(edge != [1, 9, 10], "a code equal to num_words is out too: only codes below num_words stay.")
    if edge != [1, 9, 2]:
        raise Wrong(f"with ranks 6 and 7 and num_words 10 the codes are [1, 9, 2], not {edge}: compare r + 3.")
    expect(codes_of([]) == [1], "an empty review is [1]: only the start code.")
    many = codes_of(["sublime", "the"] * 200, num_words=1_000)
    expect(many == [1, *[903, 4] * 200], "with num_words = 1,000 the word 'sublime' has the code 903.")


@exercise(
    "text-pad",
    "Two cases: too short, then zeros go in front; too long, then the front goes.",
    "Slicing from the end keeps the last ones: codes[-length:]. How many zeros are then missing?",
    "kept = codes[-length:]; return [0] * (length - len(kept)) + kept",
)
def pad(pad_review: Any) -> None:
    random = np.random.default_rng(2)
    cases = [([5, 6], 4), ([1, 2, 3, 4, 5], 3), ([], 2), ([7, 8], 2)]
    cases += [(random.integers(1, 99, size=n).tolist(), length) for n, length in ((11, 1), (2, 3), (9, 8), (300, 200))]
    for codes, length in cases:
        given = list(codes)
        shown = f"pad_review({codes}, {length})" if len(codes) < 12 else f"pad_review({len(codes)} codes, {length})"
        answer = expect_array(pad_review(given, length), (length,), shown)
        right = ([0] * length + codes)[-length:]
        slips: tuple[Slip, ...] = (
            ((codes + [0] * length)[:length], "it keeps the first words; keep the last ones."),
            (codes[-length:] + [0] * (length - len(codes)), "the zeros stand at the end; they should come first."),
        )
        if len(codes) < length:
            slips = slips[1:]
        expect_right(answer, right, slips, f"{shown} should be {right} and is {answer.tolist()}.")
        expect(given == codes, "the list that was handed in was changed: make a new one.")


@exercise(
    "text-coverage",
    "What share of all the words in the reviews is one of the `size` most frequent?",
    "Divide the counts of the most common words, added up, by all counts, added up.",
    "sum(n for _, n in counts.most_common(size)) / sum(counts.values())",
)
def coverage(covered: Any) -> None:
    random = np.random.default_rng(3)
    cases = [(Counter(sublime=4, the=50, zither=1, was=15, film=30), size) for size in (5, 2, 0, 1)]
    cases += [(Counter({f"w{i}": int(n) for i, n in enumerate(random.integers(1, 500, 60))}), n) for n in (7, 59, 100)]
    for counts, size in cases:
        answer = expect_number(covered(counts.copy(), size), "covered(counts, size)")
        right = sum(n for _, n in counts.most_common(size)) / counts.total()
        slips = (
            (100 * right, "give a share between 0 and 1, not a percentage."),
            (size / len(counts), "that is the share of different words; weigh each word by how often it stands."),
            (
                sum(list(counts.values())[:size]) / counts.total(),
                "the counter is not sorted: take the most frequent words, not the first ones.",
            ),
            (
                (counts.most_common(size) or [("", 0)])[-1][1] / counts.total(),
                "that is one word's share; add up those of all `size` most frequent words.",
            ),
        )
        case = f"counts with {len(counts)} words, size {size}"
        expect_right(answer, right, slips, f"{case}: the share should be {right:.3f}, and not {answer:.3f}.")
