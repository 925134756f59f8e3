"""The experiments with pretrained vectors: how their embeddings begin, are frozen, thawed, recorded and reloaded."""

from dataclasses import replace

import numpy as np
import pytest

from helpers import runs, vectors
from helpers.data import sample
from helpers.experiments import EXPERIMENTS, build, word_vectors
from helpers.experiments.recipes import Arrays, Codes
from helpers.experiments.word_vectors import EPOCHS, WAYS, WORDS
from helpers.results import records
from tools.train import network
from tools.train.record import Task, keep, load, make


def sampled(source="sample"):
    """What ``load_glove`` would give: the sample's vectors, said to come from ``source``."""
    return lambda words: vectors.Glove(*vectors.sample_vectors(), source)


@pytest.fixture
def small(tmp_path, monkeypatch):
    """Sample words, their vectors as if they were GloVe's, a few reviews of noise, records of the test's own."""
    monkeypatch.delenv("RNN_DATA", raising=False)
    monkeypatch.setattr("helpers.fingerprints._loaded", {})
    monkeypatch.setattr(records, "FOLDER", tmp_path)
    monkeypatch.setattr(word_vectors.data, "load_imdb_word_index", lambda: dict(sample.RANKS))
    monkeypatch.setattr(word_vectors.vectors, "load_glove", sampled("folder"))
    generator = np.random.default_rng(0)
    x, y = generator.integers(4, 2_000, (60, 12)), generator.integers(0, 2, 60)
    monkeypatch.setattr(Codes, "load", lambda recipe: Arrays(x, y, x[40:], y[40:], "folder"))
    return x, y


def trained(name, monkeypatch, **changes):
    monkeypatch.setitem(EXPERIMENTS, name, replace(EXPERIMENTS[name], **changes))
    keep(make(Task(name, 1), load(name)))
    return records.load_records(name)[0]


def test_every_way_has_the_same_budget_and_the_same_model():
    for n, epochs in EPOCHS.items():
        one, *others = [WORDS[f"words-{way}-{n}"] for way in WAYS]
        assert one.fit == {"batch_size": 32, "epochs": epochs, "validation_split": 0.2}
        for other in others:
            assert (other.fit, other.patience, other.data, other.n_train) == (one.fit, one.patience, one.data, n)
    models = {way: build(f"words-{way}-500") for way in WAYS}
    assert len({model.count_params() for model in models.values()}) == 1
    free = {way for way, model in models.items() if model.layers[0].trainable}
    assert free == {"scratch", "finetuned"}


def test_an_embedding_begins_with_glove_or_with_the_wrong_words(small):
    right, coverage = word_vectors.embedding(WORDS["words-frozen-500"])
    dealt, _ = word_vectors.embedding(WORDS["words-random-500"], seed=1)
    other, _ = word_vectors.embedding(WORDS["words-random-500"], seed=2)
    assert coverage == {
        "covered": len(vectors.sample_vectors().vocabulary),
        "words": len(sample.RANKS),
        "source": "folder",
    }
    filled = right.any(axis=1)
    assert filled.sum() == coverage["covered"]
    assert (dealt.any(axis=1) == filled).all()
    assert (dealt[filled] == right[filled]).all(axis=1).mean() < 0.1
    assert not np.array_equal(dealt, other)
    np.testing.assert_array_equal(np.sort(dealt, axis=0), np.sort(right, axis=0))  # the same vectors


@pytest.mark.parametrize("way", WAYS)
def test_each_way_trains_what_it_should(small, monkeypatch, way):
    before = {}
    put = word_vectors.put_vectors

    def spy(model, chosen, seed, vocabulary):
        assert vocabulary is None  # the reviews have Keras's codes
        coverage = put(model, chosen, seed, vocabulary)
        before["embedding"] = model.get_weights()[0]
        return coverage

    monkeypatch.setattr(word_vectors, "put_vectors", spy)
    built = []
    monkeypatch.setattr(network, "build", lambda name: built.append(build(name)) or built[-1])
    name = f"words-{way}-500"
    record = trained(name, monkeypatch, n_train=40, fit=EXPERIMENTS[name].fit | {"epochs": 4})
    assert ("coverage" in record) == (way != "scratch")
    assert len(record["history"]["val_accuracy"]) <= 4
    assert record["chosen_epoch"] == 1 + record["history"]["val_accuracy"].index(max(record["history"]["val_accuracy"]))
    if way in ("frozen", "random"):
        np.testing.assert_array_equal(built[-1].get_weights()[0], before["embedding"])
    if way == "finetuned":
        assert not np.array_equal(built[-1].get_weights()[0], before["embedding"])


def test_two_phases_share_the_epochs_and_keep_the_better(small):
    model = build("words-twophase-500")
    model.layers[0].set_weights([np.ones((10_000, 100), "float32")])
    rate = float(model.optimizer.learning_rate)
    asked = []

    def fit(until, done):
        asked.append((until, done, model.layers[0].trainable, round(float(model.optimizer.learning_rate) / rate, 3)))
        model.layers[0].set_weights([np.full((10_000, 100), len(asked), "float32")])
        scores = {0: [0.5, 0.8], 1: [0.7, second]}[len(asked) - 1]
        return {"loss": [1.0, 1.0], "val_accuracy": scores}

    second = 0.9
    history = word_vectors.two_phases(model, fit, 10, 0.1)
    assert asked == [(5, 0, False, 1.0), (10, 2, True, 0.1)]
    assert history["val_accuracy"] == [0.5, 0.8, 0.7, 0.9]
    assert model.get_weights()[0][0, 0] == 2
    model.layers[0].trainable = False
    asked.clear()
    second = 0.8  # no better: the first phase's weights stay
    word_vectors.two_phases(model, fit, 10, 0.1)
    assert model.get_weights()[0][0, 0] == 1


def test_a_frozen_embedding_is_left_out_of_the_weights_and_made_again(small, monkeypatch):
    x, _ = small
    built = []
    monkeypatch.setattr(network, "build", lambda name: built.append(build(name)) or built[-1])
    record = trained("d4-glove", monkeypatch, fit={"batch_size": 20, "epochs": 1}, jit_compile=False)
    assert record["coverage"]["source"] == "folder"
    with np.load(records.FOLDER / "d4-glove" / "weights.npz") as arrays:
        assert "00" not in arrays.files
    model = build("d4-glove")
    model.set_weights(runs.load_weights("d4-glove"))
    np.testing.assert_array_equal(model.get_weights()[0], built[-1].get_weights()[0])
    np.testing.assert_allclose(model.predict(x, verbose=0), built[-1].predict(x, verbose=0), atol=2e-3)
    assert runs.quote("d4-glove published") == "82.5 %"


def test_nothing_is_recorded_with_sample_vectors(small, monkeypatch):
    monkeypatch.setattr(word_vectors.vectors, "load_glove", sampled())
    for name in ("d4-glove", "words-frozen-500"):
        with pytest.raises(ValueError, match=r"only sample vectors can be had here.*see RNN_DATA in the README"):
            trained(name, monkeypatch, jit_compile=False)
        assert not records.load_records(name)


@pytest.mark.parametrize("real", ["nothing", "the vectors"])  # without Keras's index their words have no codes
def test_a_recorded_run_is_not_reloaded_with_other_vectors(monkeypatch, real):
    monkeypatch.setattr(word_vectors.data, "load_imdb_word_index", lambda: dict(sample.RANKS))
    monkeypatch.setattr(word_vectors.vectors, "load_glove", sampled("sample" if real == "nothing" else "folder"))
    with pytest.raises(ValueError, match=r"d4-glove needs GloVe's vectors.*not to be had here: go online.*RNN_DATA"):
        runs.load_weights("d4-glove")


@pytest.mark.real_data
def test_the_recorded_run_is_reloaded_with_the_published_vectors(rnn_data):
    model = build("d4-glove")
    model.set_weights(runs.load_weights("d4-glove"))
    filled = int(model.get_weights()[0].any(axis=1).sum())
    assert filled == records.load_records("d4-glove")[0]["coverage"]["covered"]
