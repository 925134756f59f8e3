"""The cluster's benchmark: what it measures, and that nothing of it stays."""

import json

import pytest

from tools.bench import cluster as bench


def test_it_records_both_times_and_their_ratio(tmp_path, monkeypatch, capsys):
    asked = []

    def train(name, seeds, workers):
        asked.append((name, seeds, workers))
        return 60.0 / workers + 10.0

    monkeypatch.setattr(bench, "train", train)
    monkeypatch.setattr(bench, "BENCH", tmp_path)
    assert bench.main(["--experiment", "curve-rnn-500", "--seeds", "6", "--workers", "3"]) == 0
    assert asked == [("curve-rnn-500", 6, 1), ("curve-rnn-500", 6, 3)]
    measured = json.loads((tmp_path / "cluster.json").read_text())
    assert (measured["seconds_alone"], measured["seconds_together"], measured["times_sooner"]) == (70.0, 30.0, 2.33)
    assert {"runs", "workers", "cores", "load_average", "date", "device"} < set(measured)


def test_a_training_that_records_nothing_is_no_measurement(monkeypatch):
    with pytest.raises(RuntimeError, match=r"0 of 2 runs of no-such were recorded: .*there is no experiment 'no-such'"):
        bench.train("no-such", 2, 1)
