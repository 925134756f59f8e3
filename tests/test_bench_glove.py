"""The benchmark of reading word vectors, on a few of them."""

import json

import numpy as np

from tools import bench_glove


def test_a_try_on_a_few_vectors_measures_every_way(tmp_path):
    result = bench_glove.bench_glove(tmp_path, words=300)
    assert json.loads((tmp_path / "glove.json").read_text()) == result
    assert set(result["times_faster"]) == set(result["ways"])
    assert result["times_faster"]["line by line"] == 1.0
    assert all(one["seconds"] >= 0 for one in result["ways"].values())


def test_both_ways_read_the_same(tmp_path, monkeypatch):
    monkeypatch.setenv("RNN_CACHE", str(tmp_path))
    path = tmp_path / "vectors.txt"
    bench_glove.write_vectors(path, 50)
    theirs = bench_glove.line_by_line(str(path))
    ours = bench_glove.load_vectors(path)
    for word, vector in theirs.items():
        np.testing.assert_allclose(ours.matrix[ours.vocabulary[word]], vector, rtol=1e-6)
