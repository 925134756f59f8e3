"""Wrong answers to the exercises of chapter 23: (exercise, answer, what the check must say)."""

from collections import Counter
from math import ceil

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


def model_of(
    *recurrent, optimizer="adam", loss="binary_crossentropy", metrics=("accuracy",), last="sigmoid", compiled=True
):
    from keras import Input, Sequential, layers

    head = [layers.Dropout(0.4), layers.Dense(32, "relu"), layers.Dropout(0.5), layers.Dense(32, "relu")]
    front = [Input((None,), dtype="int32"), layers.Embedding(10_000, 32), layers.SpatialDropout1D(0.4)]
    model = Sequential([*front, *recurrent, *head, layers.Dropout(0.5), layers.Dense(1, last)])
    if compiled:
        model.compile(optimizer, loss, metrics=list(metrics))
    return model


def lstm(units, **settings):
    from keras import layers

    return layers.LSTM(units, **settings)


def two_lstms(**settings):
    return model_of(lstm(64, return_sequences=True), lstm(64), **settings)


def from_logits():
    from keras import losses

    return two_lstms(loss=losses.BinaryCrossentropy(from_logits=True))


def no_guard_for_recall(truth, predicted):
    matrix = table(truth, predicted)
    with np.errstate(all="ignore"):
        recall = matrix[1, 1] / matrix[1].sum()
    return matrix, matrix[1, 1] / max(1, matrix[:, 1].sum()), recall


def table(truth, predicted):
    return np.array([[np.sum((truth == i) & (predicted == j)) for j in (0, 1)] for i in (0, 1)])


def shares(matrix):
    with np.errstate(all="ignore"):
        return matrix[1, 1] / matrix[:, 1].sum(), matrix[1, 1] / matrix[1].sum()


def gap(first, second, *, factor=None, sign=1, ddof=1, root=True, pairs=True):
    from scipy import stats

    shared = sorted(first.keys() & second.keys())
    gaps = np.array([first[seed] - second[seed] for seed in shared])
    error = gaps.std(ddof=ddof) / (np.sqrt(len(gaps)) if root else 1)
    if not pairs:
        error = np.sqrt(sum(np.var(list(one.values()), ddof=1) / len(one) for one in (first, second)))
    reach = (factor or stats.t.ppf(0.975, len(gaps) - 1)) * error
    return sign * gaps.mean(), sign * gaps.mean() - reach, sign * gaps.mean() + reach


def gap_of_all(first, second):
    mean = np.mean(list(first.values())) - np.mean(list(second.values()))
    return (mean, *gap(first, second)[1:])


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
    (
        "capstone-clean",
        lambda t, s, stem: [stem(w) for w in t if any(c not in ".,!-" for c in w) and w not in s],
        "'_'",
    ),
    ("capstone-ranks", lambda texts: [[rank + 0.5 for rank in row] for row in by_counts(texts, Counter)], "whole"),
    ("capstone-length", lambda lengths, share: np.quantile(lengths, share), "do not interpolate"),
    ("capstone-length", lambda lengths, share: sorted(lengths)[int(share * len(lengths)) - 1], "of the reviews fit"),
    ("capstone-length", lambda lengths, share: max(lengths), "longer than needed"),
    ("capstone-length", lambda lengths, share: sorted(lengths)[ceil(share * len(lengths)) - 1], "a little more than"),
    (
        "capstone-length",
        lambda lengths, share: np.quantile(lengths, share, method="inverted_cdf"),
        "a little more than",
    ),
    ("capstone-model", lambda: two_lstms(metrics=()), "accuracy as the metric"),
    ("capstone-model", lambda: two_lstms(compiled=False), "compile the model"),
    ("capstone-model", lambda: two_lstms(loss="mse"), "two classes want binary_crossentropy"),
    ("capstone-model", from_logits, "from_logits"),
    ("capstone-model", lambda: two_lstms(last=None), "sigmoid"),
    ("capstone-model", lambda: model_of(lstm(64, return_sequences=True), lstm(64, dropout=0.2)), "dropout=0.2"),
    ("capstone-model", lambda: model_of(lstm(64, return_sequences=True), lstm(64, go_backwards=True)), "go_backwards"),
    ("capstone-model", lambda: model_of(lstm(64), lstm(64)), "stopped with ValueError"),
    ("capstone-confusion", no_guard_for_recall, "recall is 0"),
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
    ("capstone-confusion", lambda t, p: (table(t, p), *shares(table(t, p))), "precision is 0: a share of nothing"),
    ("capstone-gap", lambda a, b: gap(a, b, sign=-1), "first less second"),
    ("capstone-gap", lambda a, b: gap(a, b, factor=1.96), "the factor of t"),
    ("capstone-gap", lambda a, b: gap(a, b, factor=2), "two standard errors"),
    ("capstone-gap", lambda a, b: gap(a, b, root=False), "divided by the root of n"),
    ("capstone-gap", lambda a, b: gap(a, b, ddof=0), "ddof=1"),
    ("capstone-gap", lambda a, b: gap(a, b, pairs=False), "ignores the pairs"),
    ("capstone-gap", gap_of_all, "the seeds that both have"),
    ("capstone-verdict", {"A", "B", "C", "E"}, "not shown is not none"),
    ("capstone-verdict", {"A", "C", "D", "E"}, "cleaning and cutting"),
    ("capstone-verdict", {"A", "C", "E", "F"}, "four of five"),
    ("capstone-verdict", {"A", "E"}, "C may be written"),
    ("capstone-verdict", {"C", "E"}, "A may be written"),
    ("capstone-verdict", "xyz", "the letters are"),
]
