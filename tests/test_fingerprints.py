"""Fingerprints of what was loaded: they know the recorded data from any other, whatever the order."""

import numpy as np
import pytest

from helpers import data, fingerprints
from helpers.data import sample

TEXTS, LABELS = ["one", "two", "three \ud800", ""], [0, 1, 1, 0]


@pytest.fixture(autouse=True)
def nothing_loaded(monkeypatch):
    monkeypatch.setattr(fingerprints, "_loaded", {})


def test_the_order_of_the_rows_is_nothing():
    order = [2, 0, 3, 1]
    assert fingerprints.of_reviews(TEXTS, LABELS) == fingerprints.of_reviews(
        [TEXTS[i] for i in order], np.array(LABELS)[order]
    )
    codes = [[1, 5], [], [7, 2, 9]]
    assert fingerprints.of_codes(codes, [0, 1, 0]) == fingerprints.of_codes(codes[::-1], [0, 1, 0])
    rows = np.arange(6.0).reshape(3, 2)
    assert fingerprints.of_vectors(["a", "b", "c"], rows) == fingerprints.of_vectors(["c", "b", "a"], rows[::-1])


@pytest.mark.parametrize(
    ("texts", "labels"),
    [
        (TEXTS[:3], LABELS[:3]),
        ([*TEXTS, ""], [*LABELS, 0]),
        (TEXTS, [1, 1, 1, 0]),
        (["one", "two", "three", ""], LABELS),
    ],
    ids=["one less", "a copy", "another label", "another text"],
)
def test_any_other_row_is_another_fingerprint(texts, labels):
    assert fingerprints.of_reviews(texts, labels) != fingerprints.of_reviews(TEXTS, LABELS)


def test_a_label_and_a_code_are_not_taken_for_each_other():
    assert fingerprints.of_codes([[1]], [0]) != fingerprints.of_codes([[0]], [1])


def test_what_was_not_loaded_does_not_count():
    assert data.are_recorded()
    assert data.are_recorded("IMDB train")
    fingerprints.note("IMDB train", "folder", fingerprints.RECORDED["IMDB train"])
    fingerprints.note("product reviews", "download", "another")
    assert data.are_recorded("IMDB train")
    assert not data.are_recorded("product reviews")
    assert not data.are_recorded()
    assert list(data.loaded()) == ["IMDB train", "product reviews"]
    assert data.loaded()["product reviews"] == ("download", "another", False)


def test_an_unknown_data_set_is_refused():
    with pytest.raises(KeyError, match="films"):
        fingerprints.note("films", "folder", "")


def test_samples_are_not_the_recorded_reviews(alone, capsys):
    data.load_imdb(source="sample"), data.load_imdb("test", source="sample")
    data.load_imdb_sequences(source="sample")
    data.load_products(source="sample"), data.load_product_domains(source="sample")
    assert set(data.loaded()) == set(fingerprints.RECORDED) - {"GloVe", "NLTK"}
    assert not any(one.recorded for one in data.loaded().values())
    assert not data.are_recorded("IMDB codes")


def test_other_products_are_not_the_recorded_ones(alone, monkeypatch):
    texts, labels = sample.product_reviews(40, seed=3)[:2]
    monkeypatch.setattr("helpers.data.amazon._downloaded_polarity", lambda: (texts, labels))
    data.load_products(source="download")
    assert data.loaded()["product reviews"].source == "download"
    assert not data.are_recorded("product reviews")


def test_the_real_reviews_are_the_recorded_ones(rnn_data, monkeypatch):
    data.load_imdb_sequences(num_words=100)  # limits come after the fingerprint
    data.load_products(), data.load_product_domains()
    assert data.are_recorded()
    assert set(data.loaded()) == {"IMDB codes", "product reviews", "product domains"}
