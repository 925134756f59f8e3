"""The script of chapter 10 needs nothing of this course, and runs."""

import re

import numpy as np
import pytest

from tests.prose import ROOT


@pytest.fixture
def script():
    chapter = (ROOT / "notebooks" / "10_simple_rnn_imdb.md").read_text(encoding="utf-8")
    (found,) = re.findall(r"```\{code-block\} python\n(.*?)\n```", chapter, flags=re.DOTALL)
    return found


def test_the_script_runs_on_keras_alone(script, monkeypatch, capsys):
    import keras

    random = np.random.default_rng(0)

    def reviews(num_words):
        def some(n):
            x = np.array([random.integers(1, num_words, size).tolist() for size in random.integers(2, 300, n)], object)
            return x, random.integers(0, 2, n)

        return some(60), some(30)

    monkeypatch.setattr(keras.datasets.imdb, "load_data", reviews)
    exec(compile(script, "script", "exec"), {})
    assert re.search(r"test accuracy: \d+\.\d%$", capsys.readouterr().out.strip())


def test_the_script_imports_keras_only(script):
    assert set(re.findall(r"^(?:import|from) (\w+)", script, flags=re.MULTILINE)) == {"keras"}


def test_the_script_trains_what_was_recorded(script):
    from helpers.experiments import experiment
    from helpers.experiments.recipes import Codes

    recorded = experiment("early-b1-simplernn")
    assert recorded.data == Codes(8_000, 200)
    assert "NUM_WORDS, LENGTH, SEED = 8_000, 200, 1" in script
    for name, value in {**recorded.fit, "patience": recorded.patience}.items():
        assert f"{name}={value}" in script
