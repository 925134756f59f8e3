"""Wrong answers to the exercises of chapter 17: (exercise, answer, what the check must say)."""

import numpy as np


def unit(matrix):
    return matrix / np.linalg.norm(matrix, axis=1, keepdims=True)


def norm(matrix):
    return np.linalg.norm(matrix, axis=1)


def whole_table(vector, matrix):
    return matrix @ vector / (np.linalg.norm(matrix) * np.linalg.norm(vector))


def nan_for_zero(vector, matrix):
    return unit(matrix) @ vector / np.linalg.norm(vector)


def neighbours(word, row, matrix, k, *, score=lambda m, i: unit(m) @ unit(m)[i], keep=False, words=None):
    words = words(row) if words else sorted(row, key=row.get)
    order = np.argsort(-score(matrix, row[word]))
    return [words[i] for i in order if keep or words[i] != word][:k]


def rows_instead(word, row, matrix, k):
    return np.argsort(-unit(matrix) @ unit(matrix)[row[word]])[1 : k + 1].tolist()


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


def objective(
    X, w, w_near, b, b_near, *, f=None, turn=False, log=np.log, biases=True, scale=1, inside=False, mean=False
):
    safe = np.where(X > 0, X, 1)
    if turn:
        b, b_near = b_near, b
    error = w @ w_near.T - log(safe) + (b[:, None] + b_near if biases else 0)
    weight = np.where(X > 0, np.minimum(1, (X / 100) ** 0.75), 0) if f is None else f(X, safe)
    values = (weight * error) ** 2 if inside else weight * error**2
    return float(scale * (values.mean() if mean else values.sum()))


def log_of_zero(X, w, w_near, b, b_near):
    error = w @ w_near.T + b[:, None] + b_near - np.log(X)
    return np.sum(np.minimum(1, (X / 100) ** 0.75) * error**2)


WRONG = [
    ("glove-cosine", lambda v, m: m @ v, "plain products"),
    ("glove-cosine", lambda v, m: unit(m) @ v, "the length of `vector` too"),
    ("glove-cosine", lambda v, m: m @ v / np.linalg.norm(v), "length of each row"),
    ("glove-cosine", lambda v, m: 1 - nan_for_zero(v, m), "cosine distance"),
    ("glove-cosine", whole_table, "without axis=1"),
    ("glove-cosine", nan_for_zero, "gives nan"),
    ("glove-nearest", lambda *a: neighbours(*a, score=lambda m, i: m @ m[i]), "long vectors win"),
    ("glove-nearest", lambda *a: neighbours(*a, keep=True), "not its own neighbour"),
    ("glove-nearest", lambda *a: neighbours(*a, score=lambda m, i: -norm(m - m[i])), "order by distance"),
    ("glove-nearest", lambda *a: neighbours(*a, score=lambda m, i: -unit(m) @ unit(m)[i]), "the other way round"),
    ("glove-nearest", lambda *a: neighbours(*a, words=list), "not the order of the rows"),
    ("glove-nearest", lambda *a: neighbours(*a)[::-1], "nearest first"),
    ("glove-nearest", rows_instead, "return words"),
    ("glove-nearest", lambda word, row, matrix, k: neighbours(word, row, matrix, k + 1), "and got"),
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
    ("glove-objective", lambda *a: objective(*a, f=lambda X, safe: X > 0), "not weighted"),
    ("glove-objective", lambda *a: objective(*a, f=lambda X, safe: (X > 0) * (safe / 100) ** 0.75), "at most 1"),
    ("glove-objective", lambda *a: objective(*a, turn=True), "changed places"),
    ("glove-objective", lambda *a: objective(*a, inside=True), "outside the square"),
    ("glove-objective", lambda *a: objective(*a, mean=True), "the sum is asked for"),
    ("glove-objective", lambda *a: objective(*a, log=lambda X: X), "logarithm of the counts"),
    ("glove-objective", lambda *a: objective(*a, biases=False), "biases are missing"),
    ("glove-objective", lambda *a: objective(*a, scale=0.5), "no factor 1/2"),
    ("glove-objective", log_of_zero, "log 0"),
    (
        "glove-objective",
        lambda *a: objective(*a, f=lambda X, safe: np.minimum(1, (safe / 100) ** 0.75)),
        "never meets has the weight 0",
    ),
]
