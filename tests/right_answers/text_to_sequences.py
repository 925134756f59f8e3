"""Right answers to the exercises of chapter 9, each in another way: (exercise, answer)."""

from collections import defaultdict, deque
from itertools import chain

import numpy as np


def rank_by_sorting(texts, size):
    counts = defaultdict(int)
    for token in chain.from_iterable(texts):
        counts[token] += 1
    words = sorted(counts, key=counts.get, reverse=True)[:size]
    return dict(zip(words, range(1, size + 1), strict=False))


def rank_by_numpy(texts, size):
    words, counts = np.unique(list(chain.from_iterable(texts)), return_counts=True)
    order = np.argsort(-counts, kind="stable")[:size]
    return {str(words[i]): rank for rank, i in zip(np.arange(1, size + 1), order, strict=False)}


def encode_in_a_loop(tokens, ranks, num_words):
    codes = np.full(len(tokens) + 1, 2, dtype="int32")
    codes[0] = 1
    for place, token in enumerate(tokens, start=1):
        if token in ranks and ranks[token] < num_words - 3:
            codes[place] = ranks[token] + 3
    return codes


def encode_to_a_tuple(tokens, ranks, num_words):
    known = {word: rank + 3 for word, rank in ranks.items() if rank + 3 < num_words}
    return (1, *(known.get(token, 2) for token in tokens))


def pad_by_numpy(codes, length):
    padded = np.zeros(length, dtype="float32")
    kept = codes[max(len(codes) - length, 0) :]
    padded[length - len(kept) :] = kept
    return padded


def pad_by_deque(codes, length):
    return tuple(deque([0] * length + codes, maxlen=length))


def covered_by_sorting(counts, size):
    numbers = sorted(counts.values(), reverse=True)
    return np.float32(sum(numbers[:size]) / sum(numbers))


def covered_by_numpy(counts, size):
    numbers = np.array(list(counts.values()))
    return 1 - np.sort(numbers)[: max(len(numbers) - size, 0)].sum() / numbers.sum()


RIGHT = [
    ("text-vocabulary", rank_by_sorting),
    ("text-vocabulary", rank_by_numpy),
    ("text-encode", encode_in_a_loop),
    ("text-encode", encode_to_a_tuple),
    ("text-pad", pad_by_numpy),
    ("text-pad", pad_by_deque),
    ("text-pad", lambda codes, length: ([0] * length + codes)[-length:]),
    ("text-coverage", covered_by_sorting),
    ("text-coverage", covered_by_numpy),
    ("text-coverage", lambda counts, size: sum(n for _, n in counts.most_common()[:size]) / counts.total()),
]
