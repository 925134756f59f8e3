"""The results explorer's Python side: what it gathers from the records, and what it refuses."""

import json

import pytest

from helpers.experiments import experiment
from helpers.figures.results_explorer import GROUPS, QUANTITIES, SUGGESTIONS, gather, results_explorer
from helpers.results import records


def record(seed, epochs=3, **changes):
    history = {name: [round(0.5 + 0.01 * (epoch + seed), 4) for epoch in range(epochs)] for name in QUANTITIES}
    return {
        "seed": seed, "test_accuracy": 0.8 + seed / 100, "history": history, "seconds_per_epoch": [2.0] * epochs,
    } | changes  # fmt: skip


@pytest.fixture
def recorded(tmp_path, monkeypatch):
    """Records of two seeds of one experiment and of one seed of another, and of something that is none."""
    monkeypatch.setattr(records, "FOLDER", tmp_path)
    for name, runs in {
        "b1-simplernn": [record(1), record(2, epochs=2)],
        "d3-lstm": [record(1)],
        "baseline-tfidf": [record(1, history={})],
        "bench": [record(1)],
    }.items():
        (tmp_path / name).mkdir()
        for run in runs:
            (tmp_path / name / f"seed-{run['seed']}.json").write_text(json.dumps(run), encoding="utf-8")
    return tmp_path


def test_it_gathers_every_recorded_experiment(recorded):
    found = {one["id"]: one for one in gather()}
    assert list(found) == ["baseline-tfidf", "b1-simplernn", "d3-lstm"]  # in the order of the groups
    assert [run["seed"] for run in found["b1-simplernn"]["runs"]] == [1, 2]
    assert [len(run["val_accuracy"]) for run in found["b1-simplernn"]["runs"]] == [3, 2]
    assert found["b1-simplernn"]["runs"][0]["test"] == 0.81
    assert not found["b1-simplernn"]["flatters"]
    assert found["d3-lstm"]["flatters"]  # its validation reviews are the test set
    assert found["baseline-tfidf"]["runs"][0]["val_accuracy"] == []  # no epochs


def test_it_starts_from_what_is_recorded(recorded):
    state = results_explorer(["b2-lstm", "b1-simplernn"]).state
    assert state["chosen"] == ["b1-simplernn"]
    assert state["at"] == 2
    assert json.loads(results_explorer().files["records"]())["suggestions"] == {}
    assert results_explorer(["b2-lstm"]).state["chosen"] == ["baseline-tfidf", "b1-simplernn"]


def test_the_real_records_can_be_shown():
    everything = json.loads(results_explorer().files["records"]())
    ids = {one["id"] for one in everything["experiments"]}
    assert "b1-simplernn" in ids
    for one in everything["experiments"]:
        assert one["group"] in GROUPS, f"{one['id']} belongs to no group"
        for run in one["runs"]:
            assert len({len(run[name]) for name in (*QUANTITIES, "seconds")}) == 1
    for names in SUGGESTIONS.values():
        assert all(experiment(name) for name in names)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"quantity": "f1"}, "quantity is one of val_accuracy"),
        ({"over": "hours"}, "over is 'epoch' or 'seconds'"),
        ({"experiments": ["b2-lstn"]}, "did you mean b2-lstm"),
        ({"experiments": ["b1-simplernn"] * 9}, "at most 8"),
    ],
)
def test_wrong_arguments_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        results_explorer(**arguments)


def test_without_a_record_it_says_how_to_make_one(tmp_path, monkeypatch):
    monkeypatch.setattr(records, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match="no run is recorded yet: train one"):
        results_explorer()
