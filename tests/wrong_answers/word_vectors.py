"""Wrong answers to the exercises of chapter 17: (exercise, answer, what the check must say)."""

import numpy as np


def unit(matrix):
    return matrix / np.linalg.norm(matrix, axis=1, keepdims=True)


def analogy(a, b, c, row, matrix, restricted, *, vectors=unit, sum_of=None, rule=True, among=None):
    unit_rows, used = unit(matrix), vectors(matrix)
    total = (sum_of or (lambda x, y, z: y - x + z))(used[row[a]], used[row[b]], used[row[c]])
    score = (among or (lambda m: unit_rows))(matrix) @ total
    forbidden = (a, b, c) if (restricted if rule else False) else ()
    return max((word for word in row if word not in forbidden), key=lambda word: score[row[word]])


def always_restricted(a, b, c, row, matrix, restricted):
    return analogy(a, b, c, row, matrix, True)


def fill(rank, vector_of, num_words, d, *, shift=3, limit=None, strict=False, default=None):
    table = np.zeros((num_words, d))
    for word, r in rank.items():
        if r + shift < (num_words if limit is None else num_words + limit):
            if strict or word in vector_of:
                table[r + shift] = vector_of[word]
            elif default is not None:
                table[r + shift] = default
    return table


def by_the_vectors(rank, vector_of, num_words, d):
    table = np.zeros((num_words, d))
    for word, vector in vector_of.items():
        if rank[word] + 3 < num_words:
            table[rank[word] + 3] = vector
    return table


def first_hit(table, rank, vector_of):
    word = next(word for word in rank if word in vector_of)
    return next((o for o in range(10) if np.allclose(table[rank[word] + o], vector_of[word], atol=1e-4)), 0)


def hits(table, rank, vector_of, *, sign=1, words=lambda rank, vectors: rank.keys() & vectors.keys()):
    def right(offset):
        return sum(np.allclose(table[rank[one] + offset], vector_of[one], atol=1e-4)
                   for one in words(rank, vector_of) if rank.get(one, 0) + offset < len(table))  # fmt: skip

    return sign * max(range(10), key=right)


def beyond_the_table(table, rank, vector_of):
    words = rank.keys() & vector_of.keys()
    return max(range(10), key=lambda o: sum(np.allclose(table[rank[w] + o], vector_of[w], atol=1e-4) for w in words))


WRONG = [
    ("glove-analogy", lambda *a: [analogy(*a)], "return one word"),
    ("glove-analogy", lambda *a: analogy(*a, rule=False), "a word of the question"),
    ("glove-analogy", always_restricted, "may win"),
    ("glove-analogy", lambda *a: analogy(*a, vectors=lambda m: m, among=lambda m: m), "a long one decides"),
    ("glove-analogy", lambda *a: analogy(*a, vectors=lambda m: m), "before you add"),
    ("glove-analogy", lambda *a: analogy(*a, sum_of=lambda x, y, z: x - y + z), "a is taken away"),
    ("glove-table", lambda *a: fill(*a, shift=0), "three places off"),
    ("glove-table", lambda *a: fill(*a, limit=9), "no row: leave it out"),
    ("glove-table", lambda *a: fill(*a, strict=True), "not every word has a vector"),
    ("glove-table", by_the_vectors, "has a vector and no rank"),
    ("glove-table", lambda *a: fill(*a, limit=-1), "the last row"),
    ("glove-table", lambda *a: fill(*a, default=0.5), "a row of zeros"),
    ("glove-table", lambda *a: fill(*a, shift=2), "codes 0 to 3"),
    ("glove-offset", first_hit, "one row of it is spoilt"),
    ("glove-offset", lambda *a: hits(*a, sign=-1), "the wrong sign"),
    ("glove-offset", lambda *a: hits(*a, words=lambda rank, vectors: vectors), "and not both"),
    ("glove-offset", beyond_the_table, "the table is short"),
    ("glove-offset", lambda *a: 3, "filled with offset 0, not 3"),
    ("glove-verdict", {"A", "B", "D", "E"}, "does not say that two things are equal"),
    ("glove-verdict", {"A", "C", "D", "E"}, "cut off"),
    ("glove-verdict", {"A", "D", "E", "F"}, "no gap was compared"),
    ("glove-verdict", {"A", "D"}, "E may be written"),
    ("glove-verdict", ["D", "E"], "A may be written"),
    ("glove-verdict", {"G"}, "the letters are"),
]
