"""The capstone's experiments: one change each, the right reviews on each side, and records of the linear models."""

import json

import numpy as np
import pytest

from helpers import data, runs
from helpers.cleaning import Cleaning
from helpers.runs import products, records, training
from helpers.runs.experiments import B9_DATA, EXPERIMENTS, build
from helpers.runs.product_ablations import PRODUCT_ABLATIONS
from helpers.runs.products import Documents, DomainPairs, Products


@pytest.fixture
def sample(monkeypatch, tmp_path):
    """Only sample reviews, and a folder for records of the test's own."""
    loaders = {name: getattr(data, name) for name in ("load_products", "load_product_domains")}
    for name, load in loaders.items():
        monkeypatch.setattr(data, name, lambda load=load: load(source="sample"))
    films = data.sample_reviews(300, seed=1)
    monkeypatch.setattr(data, "load_imdb", lambda split: films)
    monkeypatch.setattr(records, "FOLDER", tmp_path)
    products._domains.cache_clear()
    yield tmp_path
    products._domains.cache_clear()


def test_every_ablation_changes_one_thing():
    changed = {
        name: {
            field
            for field in ("cleaning", "num_words", "length", "train_on", "test_on")
            if getattr(one.data, field) != getattr(B9_DATA, field)
        }
        | ({"n_train"} if one.n_train else set())
        for name, one in PRODUCT_ABLATIONS.items()
        if name.startswith("products-") and isinstance(one.data, Products)
    }
    assert changed.pop("products-raw-200") == {"cleaning", "length"}  # beside products-raw it changes the length alone
    assert all(len(fields) == 1 for fields in changed.values())
    b9 = EXPERIMENTS["b9-capstone"]
    for name in changed:
        assert PRODUCT_ABLATIONS[name].fit == b9.fit
        assert PRODUCT_ABLATIONS[name].build is b9.build
        assert PRODUCT_ABLATIONS[name].patience is None


def test_the_model_is_the_one_of_the_source():
    model = build("b9-capstone")
    assert [type(layer).__name__ for layer in model.layers] == [
        "Embedding", "SpatialDropout1D", "LSTM", "LSTM", "Dropout", "Dense", "Dropout", "Dense", "Dropout", "Dense",
    ]  # fmt: skip
    assert (
        model.count_params() == 10_000 * 32 + 4 * 64 * (32 + 64 + 1) + 4 * 64 * (64 + 64 + 1) + 65 * 32 + 33 * 32 + 33
    )


def test_reviews_are_coded_by_their_own_training_reviews(sample):
    x_train, y_train, x_test, y_test, source = products.prepare(Products(length=20))
    assert source == "sample"
    assert x_train.shape == (len(y_train), 20)
    assert x_test.shape == (len(y_test), 20)
    split = data.load_products()
    assert y_train.tolist() == split.train.labels.tolist()
    assert x_train.min() >= 0
    assert (x_train[:, -1] > 2).all()  # padded in front: the last code is a word


def test_cleaning_is_applied_to_both_sides(sample):
    raw, *_ = products.documents(Documents())
    cleaned, _, cleaned_test, *_ = products.documents(Documents(Cleaning("keep", stem=False)))
    assert len(cleaned) == len(raw)
    assert cleaned != raw
    assert all(text == text.lower() for text in cleaned + cleaned_test)


def test_transfer_takes_training_and_test_reviews_from_where_it_says(sample):
    train, _, test, *_ = products.documents(Documents(train_on="imdb", test_on="books"))
    assert sorted(train) == sorted(data.load_imdb("train").texts)
    assert test == data.load_product_domains()["books"].test.texts
    others, labels, test, *_ = products.documents(Documents(train_on="all but books", test_on="books"))
    domains = data.load_product_domains()
    assert len(others) == len(labels) == sum(len(s.train.texts) for d, s in domains.items() if d != "books")
    assert not set(others) & set(domains["books"].train.texts)
    known = {text: label for s in domains.values() for text, label in zip(s.train.texts, s.train.labels, strict=True)}
    assert [known[text] for text in others] == labels.tolist()
    with pytest.raises(ValueError, match="no reviews of 'cars'"):
        products.documents(Documents(train_on="all but cars", test_on="books"))


def test_a_linear_model_is_recorded_once_and_quoted(sample, monkeypatch):
    monkeypatch.setattr(products, "refuse_stand_ins", lambda wanted: None)
    loaded = products.load(Documents())
    monkeypatch.setattr(products, "load", lambda wanted: (loaded[0], "folder"))
    said = []
    training.train("products-tfidf-raw", seeds=3, progress=said.append)
    (record,) = records.load_records("products-tfidf-raw")
    assert record["n_train"] == int(0.8 * len(loaded[0][0]))
    assert 0.5 < record["test_accuracy"] <= 1
    assert runs.quote("products-tfidf-raw test_accuracy").endswith("%")
    training.train("products-tfidf-raw", progress=said.append)
    assert "recorded already" in said[-1]


def test_the_table_of_domains_has_a_row_and_a_column_for_each(sample):
    domains, source = products.load(DomainPairs())
    measured = products.measure(DomainPairs(), domains)
    assert source == "sample"
    matrix = np.array(measured["matrix"])
    assert measured["domains"] == list(domains)
    assert matrix.shape == (len(domains), len(domains))
    assert measured["test_accuracy"] == pytest.approx(np.diag(matrix).mean())
    assert np.diag(matrix).mean() > matrix[~np.eye(len(domains), dtype=bool)].mean()  # half of the words are its own
    assert len(measured["pool"]) == len(domains)
    json.dumps(measured)


def test_nothing_is_recorded_of_samples_or_of_a_stand_in_for_nltk(sample, monkeypatch):
    for name in ("products-tfidf-raw", "domains-tfidf", "products-raw"):
        with pytest.raises(ValueError, match="only sample data"):
            training.train(name, seeds=1)
    monkeypatch.setattr(products, "tools", lambda: type("Tools", (), {"name": "plain"}))
    with pytest.raises(ValueError, match="set NLTK_DATA"):
        products.refuse_stand_ins(B9_DATA)
    products.refuse_stand_ins(Products())


def test_the_command_line_knows_them(capsys):
    from helpers.runs.__main__ import main

    assert main(["list"]) == 0
    assert "products-keep-not" in capsys.readouterr().out
