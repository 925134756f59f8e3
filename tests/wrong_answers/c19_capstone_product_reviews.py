"""Wrong answers to the exercises of chapter 19: (exercise, answer, what the check must say)."""

from collections import Counter

import numpy as np

from helpers.text import tokenize


def same_words(train, test):
    known = {tuple(tokenize(text)) for text in train}
    return {tuple(tokenize(text)) for text in test} & known


def by_counts(texts, order):
    rank = {word: number for number, word in enumerate(order(" ".join(texts).split()), start=1)}
    return [[rank[word] for word in text.split()] for text in texts]


def stem_first(tokens, stop_words, stem):
    stems = [stem(token) for token in tokens if any(c.isalnum() for c in token)]
    return [word for word in stems if word not in stop_words]


def model_of(*recurrent, optimizer="adam"):
    from keras import Input, Sequential, layers

    head = [layers.Dropout(0.4), layers.Dense(32, "relu"), layers.Dropout(0.5), layers.Dense(32, "relu")]
    front = [Input((None,), dtype="int32"), layers.Embedding(10_000, 32), layers.SpatialDropout1D(0.4)]
    model = Sequential([*front, *recurrent, *head, layers.Dropout(0.5), layers.Dense(1, "sigmoid")])
    model.compile(optimizer, "binary_crossentropy", ["accuracy"])
    return model


def lstm(units, **settings):
    from keras import layers

    return layers.LSTM(units, **settings)


def table(truth, predicted):
    return np.array([[np.sum((truth == i) & (predicted == j)) for j in (0, 1)] for i in (0, 1)])


def shares(matrix):
    with np.errstate(all="ignore"):
        return matrix[1, 1] / matrix[:, 1].sum(), matrix[1, 1] / matrix[1].sum()


WRONG = [
    ("capstone-copies", lambda train, test: sum(one in train for one in test), "case and punctuation still count"),
    (
        "capstone-copies",
        lambda train, test: sum(one.lower() in {t.lower() for t in train} for one in test),
        "lower-casing is not enough",
    ),
    ("capstone-copies", lambda train, test: len(same_words(train, test)), "count reviews, not different texts"),
    (
        "capstone-copies",
        lambda train, test: sum(tokenize(one) == tokenize(other) for one in test for other in train),
        "each test review counts once",
    ),
    ("capstone-clean", stem_first, "before you stem"),
    (
        "capstone-clean",
        lambda t, s, stem: [stem(w) for w in t if w.isalpha() and w not in s],
        "isalpha() is too strict",
    ),
    ("capstone-clean", lambda t, s, stem: [stem(w) for w in t if w not in s], "without a letter or a digit"),
    ("capstone-clean", lambda t, s, stem: " ".join(stem(w) for w in t if w not in s), "not one text"),
    ("capstone-ranks", lambda texts: by_counts(texts, dict.fromkeys), "not by first appearance"),
    (
        "capstone-ranks",
        lambda texts: by_counts(texts, lambda words: sorted(set(words), key=lambda w: (-words.count(w), w))),
        "the one that comes first is first",
    ),
    (
        "capstone-ranks",
        lambda texts: [[rank - 1 for rank in row] for row in by_counts(texts, Counter)],
        "ranks start at 1",
    ),
    ("capstone-length", lambda lengths, share: np.quantile(lengths, share), "do not interpolate"),
    ("capstone-length", lambda lengths, share: sorted(lengths)[int(share * len(lengths)) - 1], "of the reviews fit"),
    ("capstone-length", lambda lengths, share: max(lengths), "longer than needed"),
    ("capstone-model", lambda: model_of(lstm(64)), "has 1 LSTM layers and should have two"),
    ("capstone-model", lambda: model_of(lstm(32, return_sequences=True), lstm(64)), "units=32"),
    (
        "capstone-model",
        lambda: model_of(lstm(64, return_sequences=True), lstm(64), optimizer="rmsprop"),
        "optimiser is rmsprop",
    ),
    ("capstone-confusion", lambda t, p: (table(p, t), *shares(table(t, p))), "yours is the other way round"),
    ("capstone-confusion", lambda t, p: (table(t, p), *shares(table(t, p))[::-1]), "precision and recall are swapped"),
    ("capstone-confusion", lambda t, p: (table(1 - t, 1 - p), *shares(table(t, p))), "comes first"),
    ("capstone-confusion", lambda t, p: (table(t, p), *shares(table(t, p))), "0 by custom"),
]
