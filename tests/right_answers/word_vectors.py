"""Right answers to the exercises of chapter 17, each in another way: (exercise, answer)."""

import math

import numpy as np


def unit(matrix):
    return matrix / np.linalg.norm(matrix, axis=1)[:, None]


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


def offset_by_votes(table, rank, vector_of):
    votes = []
    for word in rank.keys() & vector_of.keys():
        votes += [
            place - rank[word]
            for place in range(rank[word], min(rank[word] + 10, len(table)))
            if np.abs(table[place] - vector_of[word]).max() < 1e-3
        ]
    return max(set(votes), key=votes.count)


def offset_by_distance(table, rank, vector_of):
    words = [word for word in rank if word in vector_of]
    errors = []
    for shift in range(10):
        inside = [word for word in words if rank[word] + shift < len(table)]
        rows = np.array([table[rank[word] + shift] for word in inside])
        far = np.linalg.norm(rows - np.array([vector_of[word] for word in inside]), axis=1)
        errors.append(np.median(far))
    return np.int64(np.argmin(errors))


RIGHT = [
    ("glove-analogy", analogy_by_scores),
    ("glove-analogy", analogy_in_a_loop),
    ("glove-table", table_row_by_row),
    ("glove-table", table_from_the_vectors),
    ("glove-table", table_cut_afterwards),
    ("glove-offset", offset_by_votes),
    ("glove-offset", offset_by_distance),
    ("glove-verdict", ["E", "A", "D"]),
    ("glove-verdict", "ade"),
]
