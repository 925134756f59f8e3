"""Right answers to the exercises of chapter 17, each in another way: (exercise, answer)."""

import math

import numpy as np


def unit(matrix):
    return matrix / np.linalg.norm(matrix, axis=1)[:, None]


def cosine_row_by_row(vector, matrix):
    cosines = []
    for row in matrix:
        lengths = math.hypot(*row) * math.hypot(*vector)
        cosines.append(float(row @ vector) / lengths if lengths else 0.0)
    return cosines


def cosine_by_nan_to_num(vector, matrix):
    vector, matrix = vector.astype("float32"), matrix.astype("float32")
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(unit(matrix) @ (vector / np.linalg.norm(vector)))


def nearest_by_sorting(word, row, matrix, k):
    unit_rows = unit(matrix)
    others = [other for other in row if other != word]
    others.sort(key=lambda other: unit_rows[row[other]] @ unit_rows[row[word]], reverse=True)
    return tuple(others[:k])


def nearest_by_table(word, row, matrix, k):
    word_of = {place: one for one, place in row.items()}
    score = unit(matrix.astype("float32")) @ matrix[row[word]]
    score[row[word]] = -np.inf
    return np.array([word_of[int(i)] for i in score.argsort()[::-1][:k]])


def analogy_by_scores(a, b, c, row, matrix, restricted):
    unit_rows = unit(matrix)
    target = unit_rows[row[b]] - unit_rows[row[a]] + unit_rows[row[c]]
    score = unit_rows @ target / np.linalg.norm(target)
    if restricted:
        score[[row[a], row[b], row[c]]] = -2
    return {place: word for word, place in row.items()}[int(score.argmax())]


def analogy_in_a_loop(a, b, c, row, matrix, restricted):
    vectors = {word: matrix[place] / math.sqrt(matrix[place] @ matrix[place]) for word, place in row.items()}
    best, best_score = None, -math.inf
    for word, vector in vectors.items():
        score = vector @ vectors[b] - vector @ vectors[a] + vector @ vectors[c]
        if score > best_score and not (restricted and word in {a, b, c}):
            best, best_score = word, score
    return np.str_(best)


def table_row_by_row(rank, vector_of, num_words, d):
    word_of = {r + 3: word for word, r in rank.items()}
    nothing = [0.0] * d
    return [vector_of.get(word_of.get(code), nothing) for code in range(num_words)]


def table_from_the_vectors(rank, vector_of, num_words, d):
    table = np.zeros((num_words, d), dtype="float32")
    for word, vector in vector_of.items():
        code = rank.get(word, num_words) + 3
        if code < num_words:
            table[code] = vector
    return table


def table_cut_afterwards(rank, vector_of, num_words, d):
    table = np.zeros((max(num_words, 4 + max(rank.values())), d))
    for word in rank.keys() & vector_of.keys():
        table[rank[word] + 3] = vector_of[word]
    return table[:num_words]


def objective_pair_by_pair(X, w, w_near, b, b_near):
    total = 0.0
    for i, j in zip(*np.nonzero(X), strict=True):
        error = w[i] @ w_near[j] + b[i] + b_near[j] - math.log(X[i, j])
        total += min(1.0, (X[i, j] / 100) ** 0.75) * error**2
    return total


def objective_of_the_seen(X, w, w_near, b, b_near):
    i, j = np.nonzero(X)
    seen = np.float32(X[i, j])
    error = np.sum(w[i] * w_near[j], axis=1) + b[i] + b_near[j] - np.log(seen)
    return np.float32(np.clip((seen / 100) ** 0.75, 0, 1) @ error**2)


RIGHT = [
    ("glove-cosine", cosine_row_by_row),
    ("glove-cosine", cosine_by_nan_to_num),
    ("glove-nearest", nearest_by_sorting),
    ("glove-nearest", nearest_by_table),
    ("glove-analogy", analogy_by_scores),
    ("glove-analogy", analogy_in_a_loop),
    ("glove-table", table_row_by_row),
    ("glove-table", table_from_the_vectors),
    ("glove-table", table_cut_afterwards),
    ("glove-objective", objective_pair_by_pair),
    ("glove-objective", objective_of_the_seen),
]
