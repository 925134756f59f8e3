"""The linear models: the features of naive Bayes, and a choice by validation that counts the words once."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from helpers.experiments import EXPERIMENTS, models
from helpers.experiments.naive_bayes import LogCountRatio


@pytest.fixture
def documents():
    generator = np.random.default_rng(0)
    rows = [" ".join(f"w{code}" for code in generator.integers(0, 40, 25)) for _ in range(120)]
    return rows, np.array([int("w7" in one.split()) ^ int("w8" in one.split()) for one in rows])


@pytest.mark.parametrize("alpha", [0.1, 1.0, 3.0])
def test_the_ratio_is_that_of_wang_and_manning(alpha):
    features = np.array([[1, 0, 1], [1, 1, 0], [0, 1, 0], [0, 1, 0]], dtype="float32")
    labels = np.array([1, 1, 0, 0])
    p, q = alpha + np.array([2, 1, 1]), alpha + np.array([0, 2, 0])
    expected = np.log((p / p.sum()) / (q / q.sum()))
    weighed = LogCountRatio(alpha).fit(csr_matrix(features), labels)
    np.testing.assert_allclose(weighed.ratio_, expected, rtol=1e-6)
    np.testing.assert_allclose(weighed.transform(csr_matrix(features)).toarray(), features * expected, rtol=1e-6)
    assert weighed.ratio_[0] > 0 > weighed.ratio_[1]


def test_a_choice_that_counts_once_is_the_choice_that_counts_each_time(documents):
    rows, labels = documents
    for candidates in (models.tfidf_logistic, models.naive_bayes_logistic):
        best = models.choose(candidates(), rows, labels, n_train=80)
        alone = []
        for model in candidates():
            model.fit(rows[:80], labels[:80])
            alone.append(model.score(rows[96:], labels[96:]))
        assert best.tried == alone
        assert (best.n_train, best.n_validation) == (80, 24)
        chosen = candidates()[int(np.argmax(alone))].fit(rows[:80], labels[:80])
        assert str(best.model) == str(chosen)
        np.testing.assert_array_equal(best.model.predict(rows), chosen.predict(rows))


def test_single_words_leave_the_pairs_out(documents):
    for name, longest in (("baseline-words", 1), ("baseline-words-short", 1), ("baseline-tfidf", 2)):
        counters = [model[0] for model in EXPERIMENTS[name].candidates()]
        assert {counter.ngram_range for counter in counters} == {(1, longest)}
    assert {model[0].ngram_range for model in EXPERIMENTS["baseline-nb"].candidates()} == {(1, 3)}
    for short in ("baseline-words", "baseline-tfidf", "baseline-nb"):
        assert EXPERIMENTS[f"{short}-short"].data == EXPERIMENTS["baseline-tfidf-short"].data
