"""The benchmark's arithmetic: what is compared with what."""

import pytest

from helpers.results import benchmarks
from tools.bench import train as bench


def run(recipe, seed, accuracy, seconds):
    return {"recipe": recipe, "seed": seed, "validation_accuracy": accuracy, "seconds": seconds}


def test_ways_are_compared_after_equally_many_epochs():
    found = [
        run("buckets", 1, [0.7, 0.85], [2.0, 4.0]),
        run("plain", 1, [0.6, 0.8, 0.84], [10.0, 20.0, 30.0]),
        run("plain", 2, [0.9, 0.8, 0.86], [12.0, 20.0, 36.0]),
        run("slow", 1, [0.5, 0.5], [3.0, 6.0]),
    ]
    result = benchmarks.compare(found)
    assert list(result) == ["plain", "slow", "buckets"]
    assert result["plain"]["seconds_per_epoch"] == pytest.approx(11.0)
    assert (result["plain"]["shared"], result["plain"]["last"]) == ([0.8, 0.8], [0.84, 0.86])
    assert (result["plain"]["shared_epochs"], result["plain"]["epochs"], result["plain"]["seeds"]) == (2, 3, 2)
    assert result["buckets"]["shared"] == result["buckets"]["last"] == [0.85]
    shown = str(benchmarks.table(found))
    assert "after epoch 2" in shown
    assert "85.0 ± 1.4 %" in shown


def test_a_try_on_a_few_reviews_trains_and_a_stopped_benchmark_goes_on(tmp_path, rnn_data, monkeypatch):
    from dataclasses import replace

    short = {name: replace(bench.RECIPES[name], epochs=1) for name in ("plain", "buckets, masked")}
    monkeypatch.setattr(bench, "RECIPES", short)
    bench.bench_train(1, 300, list(short), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["train-buckets-masked-1.json", "train-plain-1.json"]
    monkeypatch.setattr(bench, "train", lambda *args: pytest.fail("trained again"))
    bench.bench_train(1, 300, list(short), tmp_path)
