"""Training for the record: what is left to do, what is refused, what is written."""

import json
from dataclasses import replace

import numpy as np
import pytest

from helpers import runs
from helpers.experiments import EXPERIMENTS
from helpers.experiments.recipes import Arrays, Codes, Labelled
from helpers.results import records
from tools.train import __main__ as command
from tools.train import record_right
from tools.train.record import Task, keep, load, make, to_do


@pytest.fixture
def few(monkeypatch):
    """100 coded reviews of noise wherever IMDB's are asked for; the last 20 are the test set."""
    monkeypatch.setattr("helpers.fingerprints._loaded", {})
    generator = np.random.default_rng(0)
    x, y = generator.integers(4, 8_000, (100, 10)), generator.integers(0, 2, 100)
    monkeypatch.setattr(Codes, "load", lambda recipe: Arrays(x, y, x[80:], y[80:], "folder"))
    return x, y


def test_training_goes_on_where_it_stopped(tiny_run, few, capsys):
    assert to_do("b1-simplernn", 3) == [Task("b1-simplernn", 3)]
    assert command.main(["b1-simplernn", "--seeds", "3"]) == 0
    assert "b1-simplernn seed 3: test " in capsys.readouterr().out
    third = json.loads((records.FOLDER / "b1-simplernn" / "seed-3.json").read_text())
    assert len(third["history"]["val_accuracy"]) == len(third["seconds_per_epoch"]) == 10
    assert third["data"] == {"IMDB codes": "8f01f119c97a5daec6e4a2e4"}
    assert len(records.right("b1-simplernn", 3)) == 20
    assert command.main(["b1-simplernn", "--seeds", "3"]) == 0
    assert "0 runs to train" in capsys.readouterr().out
    assert len(to_do("b1-simplernn", 3, again=True)) == 3


def test_a_linear_model_has_one_record():
    assert to_do("baseline-tfidf", 5, again=True) == [Task("baseline-tfidf", 1)]


def test_a_baseline_keeps_what_its_candidates_reached_and_no_epochs(tiny_run):
    generator = np.random.default_rng(0)
    documents = [" ".join(map(str, generator.integers(1, 50, 30))) for _ in range(50)]
    labels = np.array([int(" 7 " in f" {one} ") for one in documents])
    keep(make(Task("baseline-tfidf", 1), Labelled(documents, labels, documents, labels, "folder")))
    (record,) = records.load_records("baseline-tfidf")
    assert record["history"] == {}
    assert len(record["candidates"]) == 3
    assert record["validation_accuracy"] == max(record["candidates"])
    with pytest.raises(ValueError, match="baseline-tfidf has no epochs: it is a linear model"):
        runs.quote("baseline-tfidf epochs")
    with pytest.raises(ValueError, match="has no train_accuracy"):
        runs.quote("baseline-tfidf train_accuracy")
    with pytest.raises(ValueError, match="one run has no standard deviation"):
        runs.quote("baseline-tfidf test_accuracy sd")
    assert "±" not in runs.quote("baseline-tfidf test_accuracy")


def test_other_data_are_never_recorded(monkeypatch):
    from helpers import fingerprints

    monkeypatch.setattr(fingerprints, "_loaded", {})

    def load_sample(recipe):
        fingerprints.note("IMDB codes", "sample", "another")

    monkeypatch.setattr(Codes, "load", load_sample)
    with pytest.raises(ValueError, match=r"b2-lstm cannot be recorded: IMDB codes \(sample\) are not the data"):
        load("b2-lstm")


def test_early_stopping_keeps_the_best_epoch_and_few_reviews_are_few(tmp_path, monkeypatch, few):
    monkeypatch.setattr(records, "FOLDER", tmp_path)
    changed = replace(EXPERIMENTS["curve-rnn-500"], n_train=40, jit_compile=False)
    monkeypatch.setitem(EXPERIMENTS, "curve-rnn-500", changed)
    keep(make(Task("curve-rnn-500", 1), load("curve-rnn-500")))
    record = records.load_records("curve-rnn-500")[0]
    curve = record["history"]["val_accuracy"]
    assert (record["n_train"], record["n_validation"]) == (40, 20)
    assert record["chosen_epoch"] == 1 + curve.index(max(curve))
    assert len(curve) == record["chosen_epoch"] + 4 or len(curve) == 40
    # the test rows are the validation rows here, so the restored weights must be as right as the best epoch
    assert record["test_accuracy"] == pytest.approx(max(curve)) == pytest.approx(record["validation_accuracy"])
    assert not (tmp_path / "curve-rnn-500" / "weights.npz").exists()
    assert runs.quote("curve-rnn-500 validation_accuracy") == f"{100 * max(curve):.1f} %"


def test_answers_are_stored_and_far_ones_refused(tiny_run, monkeypatch, capsys):
    _, x, y = tiny_run
    monkeypatch.setattr("helpers.fingerprints._loaded", {})
    monkeypatch.setattr(Codes, "load", lambda recipe: Arrays(x, y, x, y, "folder"))
    assert record_right.main(["b1-simplernn"]) == 1
    assert "the kept weights are right on" in capsys.readouterr().err
    assert "right" not in records.load_records("b1-simplernn")[0]
    monkeypatch.setattr(record_right, "MOST", 1)
    assert record_right.main([]) == 0
    assert len(records.right("b1-simplernn")) == 64
    monkeypatch.setattr(Codes, "load", lambda recipe: Arrays(x, y, x, y, "sample"))
    assert record_right.main(["b1-simplernn"]) == 1
    assert "not the reviews of the recorded runs" in capsys.readouterr().err


def test_the_command_line_lists_and_refuses_with_a_sentence(tiny_run, capsys):
    assert command.main([]) == 0
    assert "b1-simplernn" in capsys.readouterr().out
    assert command.main(["nothing"]) == 1
    assert "there is no experiment 'nothing'" in capsys.readouterr().err
    assert command.main(["b1-simplernn", "--seeds", "0"]) == 1
    assert "--seeds and --workers are 1 or more" in capsys.readouterr().err
    assert command.names_of(["cure", "cure-none"])[:1] == ["cure-none"]
    assert set(command.names_of(["all"])) == set(EXPERIMENTS)
