"""Wrong answers to the exercises of chapter 9: (exercise, answer, what the check must say)."""

from collections import Counter


def pad_keeping_the_first(codes, length):
    kept = codes[:length]
    return [0] * (length - len(kept)) + kept


def pad_in_place(codes, length):
    while len(codes) < length:
        codes.insert(0, 0)
    return codes[-length:]


def rank_by_reviews(texts, size):
    counts = Counter(token for tokens in texts for token in dict.fromkeys(tokens))
    return {word: rank for rank, (word, _) in enumerate(counts.most_common(size), start=1)}


def first_of_all(counts, size):
    return sum(list(counts.values())[:size]) / sum(counts.values())


def encode_by_rank(tokens, ranks, num_words):
    return [1] + [ranks[t] + 3 if ranks.get(t, num_words) < num_words else 2 for t in tokens]


def encode_up_to_num_words(tokens, ranks, num_words):
    codes = [ranks.get(t, num_words) + 3 for t in tokens]
    return [1] + [code if code <= num_words else 2 for code in codes]


WRONG = [
    ("text-encode", encode_by_rank, "a code equal to num_words is out too"),
    ("text-encode", encode_up_to_num_words, "a code equal to num_words is out too"),
    (
        "text-vocabulary",
        lambda texts, size: {
            w: i for i, w in enumerate(["a", *sorted({t for x in texts for t in x} - {"a"})][:size], 1)
        },
        "come last",
    ),
    ("text-vocabulary", lambda texts, size: {"a": 0, "film": 1}, "ranks start at 1"),
    ("text-vocabulary", lambda texts, size: ["a", "film"], "should return a dict"),
    ("text-encode", lambda tokens, ranks, n: [ranks.get(t, 2) for t in tokens], "not shifted"),
    ("text-encode", lambda tokens, ranks, n: [ranks.get(t, -1) + 3 for t in tokens], "start code 1 is missing"),
    ("text-encode", lambda tokens, ranks, n: [1] + [ranks.get(t, -1) + 3 for t in tokens], "not below num_words"),
    ("text-encode", lambda tokens, ranks, n: [1.5, *(ranks.get(t, 2) + 3 for t in tokens)], "a whole number"),
    ("text-encode", lambda tokens, ranks, n: None, "is the `return` missing"),
    ("text-vocabulary", rank_by_reviews, "count every time"),
    ("text-pad", pad_in_place, "was changed"),
    ("text-coverage", first_of_all, "the counter is not sorted"),
    ("text-coverage", lambda counts, size: counts.most_common(size)[-1][1] / counts.total(), "add up"),
    ("text-pad", lambda codes, length: (codes + [0] * length)[:length], "zeros stand at the end"),
    ("text-pad", pad_keeping_the_first, "keeps the first words"),
    ("text-pad", lambda codes, length: codes, "should have the shape (4,)"),
    ("text-coverage", lambda counts, size: size / len(counts), "share of different words"),
    (
        "text-coverage",
        lambda counts, size: 100 * sum(n for _, n in counts.most_common(size)) / counts.total(),
        "percentage",
    ),
]
