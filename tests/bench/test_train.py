"""The benchmark's arithmetic: when an accuracy was reached, and how many times sooner."""

import pytest

from helpers.results import benchmarks
from tools.bench import train as bench


def run(recipe, seed, accuracy, seconds):
    return {"recipe": recipe, "seed": seed, "validation_accuracy": accuracy, "seconds": seconds}


def test_time_to_is_the_first_epoch_that_reaches_it():
    seconds, accuracies = [10.0, 20.0, 30.0, 40.0], [0.5, 0.8, 0.7, 0.9]
    assert benchmarks.time_to(0.75, seconds, accuracies) == 20.0
    assert benchmarks.time_to(0.85, seconds, accuracies) == 40.0
    assert benchmarks.time_to(0.95, seconds, accuracies) is None


def test_ratio_is_of_the_mean_curves_to_the_mean_last_accuracy_of_the_plain_version():
    found = [
        run("plain", 1, [0.6, 0.8], [10.0, 20.0]),
        run("plain", 2, [0.9, 0.8], [12.0, 20.0]),
        run("buckets", 1, [0.7, 0.85], [2.0, 4.0]),
        run("buckets", 2, [0.82, 0.79], [2.0, 4.0]),
        run("hopeless", 1, [0.5, 0.5], [1.0, 2.0]),
    ]
    result = benchmarks.compare(found)
    assert result["plain"]["target"] == 0.8
    assert result["plain"]["seconds"] == pytest.approx(20.0)  # 75 % on average after the first epoch
    assert result["plain"]["reached"] == 2
    assert result["buckets"]["seconds"] == pytest.approx(4.0)
    assert result["buckets"]["times_sooner"] == pytest.approx(5.0)
    assert result["buckets"]["best"] == pytest.approx(0.82)
    assert result["hopeless"]["times_sooner"] is None
    assert result["hopeless"]["reached"] == 0
    shown = str(benchmarks.table(found))
    assert "80.0 %" in shown
    assert "5.0 ×" in shown


def test_a_try_on_a_few_reviews_trains_and_a_stopped_benchmark_goes_on(tmp_path, rnn_data, monkeypatch):
    from dataclasses import replace

    short = {name: replace(bench.RECIPES[name], epochs=1) for name in ("plain", "buckets, masked")}
    monkeypatch.setattr(bench, "RECIPES", short)
    bench.bench_train(1, 300, list(short), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["train-buckets-masked-1.json", "train-plain-1.json"]
    monkeypatch.setattr(bench, "train", lambda *args: pytest.fail("trained again"))
    bench.bench_train(1, 300, list(short), tmp_path)
