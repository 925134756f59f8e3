"""The capstone's experiments: one change each, the right reviews on each side, and records of the linear models."""

import json

import numpy as np
import pytest

from helpers import data, runs
from helpers.experiments import EXPERIMENTS, build, recipes
from helpers.experiments.capstone import PRODUCTS
from helpers.experiments.published import B9_DATA
from helpers.experiments.recipes import Documents, DomainPairs, Products, as_words
from helpers.results import records
from helpers.text.cleaning import Cleaning
from tools.train.linear import fit_pairs
from tools.train.record import keep, load, make, to_do


@pytest.fixture
def sample(monkeypatch, tmp_path):
    """Only sample reviews, and a folder for records of the test's own."""
    loaders = {name: getattr(data, name) for name in ("load_products", "load_product_domains")}
    for name, loader in loaders.items():
        monkeypatch.setattr(data, name, lambda loader=loader: loader(source="sample"))
    films = data.sample_reviews(300, seed=1)
    monkeypatch.setattr(data, "load_imdb", lambda split: films)
    monkeypatch.setattr(records, "FOLDER", tmp_path)
    recipes._domains.cache_clear()
    yield tmp_path
    recipes._domains.cache_clear()


def test_every_ablation_changes_one_thing():
    changed = {
        name: {
            field
            for field in ("cleaning", "num_words", "length", "train_on", "test_on")
            if getattr(one.data, field) != getattr(B9_DATA, field)
        }
        | ({"n_train"} if one.n_train else set())
        for name, one in PRODUCTS.items()
        if isinstance(one.data, Products)
    }
    assert changed.pop("products-raw-200") == {"cleaning", "length"}  # beside products-raw it changes the length alone
    assert all(len(fields) == 1 for fields in changed.values())
    b9 = EXPERIMENTS["b9-capstone"]
    for name in changed:
        assert PRODUCTS[name].fit == b9.fit
        assert PRODUCTS[name].build is b9.build
        assert PRODUCTS[name].patience is None


def test_the_model_is_the_one_of_the_source():
    model = build("b9-capstone")
    assert [type(layer).__name__ for layer in model.layers] == [
        "Embedding", "SpatialDropout1D", "LSTM", "LSTM", "Dropout", "Dense", "Dropout", "Dense", "Dropout", "Dense",
    ]  # fmt: skip
    assert (
        model.count_params() == 10_000 * 32 + 4 * 64 * (32 + 64 + 1) + 4 * 64 * (64 + 64 + 1) + 65 * 32 + 33 * 32 + 33
    )


def test_reviews_are_coded_by_their_own_training_reviews(sample):
    x_train, y_train, x_test, y_test, source, vocabulary = Products(length=20).load()
    assert source == "sample"
    assert x_train.shape == (len(y_train), 20)
    assert x_train.max() < len(vocabulary)
    assert x_test.shape == (len(y_test), 20)
    split = data.load_products()
    assert y_train.tolist() == split.train.labels.tolist()
    assert x_train.min() >= 0
    assert (x_train[:, -1] > 2).all()  # padded in front: the last code is a word


def test_cleaning_is_applied_to_both_sides(sample):
    raw, *_ = Documents().load()
    cleaned, _, cleaned_test, *_ = Documents(Cleaning("drop", stem=False)).load()
    assert len(cleaned) == len(raw)
    assert cleaned != raw
    assert all(sum(map(len, a)) <= sum(map(len, b)) for a, b in zip(cleaned, raw, strict=True))
    assert not any(set("!.,") & set(text) for text in cleaned + cleaned_test)


def test_transfer_takes_training_and_test_reviews_from_where_it_says(sample):
    train, _, test, *_ = Documents(train_on="imdb", test_on="books").load()
    assert sorted(train) == sorted(as_words(data.load_imdb("train").texts))
    assert test == as_words(data.load_product_domains()["books"].test.texts)
    others, labels, test, *_ = Documents(train_on="all but books", test_on="books").load()
    domains = data.load_product_domains()
    assert len(others) == len(labels) == sum(len(s.train.texts) for d, s in domains.items() if d != "books")
    assert not set(others) & set(as_words(domains["books"].train.texts))
    known = {}
    for split in domains.values():
        known |= dict(zip(as_words(split.train.texts), split.train.labels, strict=True))
    assert [known[text] for text in others] == labels.tolist()
    with pytest.raises(ValueError, match="no reviews of 'cars'"):
        Documents(train_on="all but cars", test_on="books").load()


def test_a_linear_model_is_recorded_once_and_quoted(sample, monkeypatch):
    loaded = Documents().load()
    (task,) = to_do("products-tfidf-raw", seeds=3)
    assert keep(make(task, loaded)).startswith("products-tfidf-raw seed 1: test ")
    (record,) = records.load_records("products-tfidf-raw")
    assert record["n_train"] == int(0.8 * len(loaded.train))
    assert record["history"] == {}
    assert record["validation_accuracy"] == max(record["candidates"])
    assert len(record["candidates"]) == 3
    assert 0.5 < record["test_accuracy"] <= 1
    assert runs.quote("products-tfidf-raw test_accuracy").endswith("%")
    assert to_do("products-tfidf-raw", seeds=3) == []


def test_the_table_of_domains_has_a_row_and_a_column_for_each(sample):
    domains = DomainPairs().load()
    measured = fit_pairs(domains)
    matrix = np.array(measured["matrix"])
    assert measured["domains"] == list(domains)
    assert matrix.shape == (len(domains), len(domains))
    assert measured["test_accuracy"] == pytest.approx(np.diag(matrix).mean())
    assert np.diag(matrix).mean() > matrix[~np.eye(len(domains), dtype=bool)].mean()  # half of the words are its own
    assert len(measured["pool"]) == len(measured["validation_of_domains"]) == len(domains)
    json.dumps(measured)


@pytest.mark.parametrize("name", ["products-tfidf-raw", "domains-tfidf", "products-raw", "transfer-imdb-products"])
def test_nothing_is_recorded_of_samples(sample, name):
    with pytest.raises(ValueError, match=rf"{name} cannot be recorded: .*\(sample\)"):
        load(name)


def test_texts_for_a_record_are_cleaned_by_nltk_and_no_stand_in(monkeypatch):
    real = data.Split(*[data.Reviews(["a fine lid"], np.array([1]), "folder")] * 2, 0)
    monkeypatch.setattr(data, "load_products", lambda: real)
    monkeypatch.setattr(recipes, "tools", lambda: type("Tools", (), {"name": "plain"}))
    with pytest.raises(ValueError, match="set NLTK_DATA"):
        B9_DATA.load()
    assert Documents().load().train == ["a fine lid"]
