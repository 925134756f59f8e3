"""Training on a cluster of real processes: the same bits as one after the other, and no seed lost or recorded twice."""

import os
import signal
import threading

import numpy as np
import pytest

from helpers.experiments.recipes import Arrays, Codes
from helpers.results import records
from tools.train import __main__ as command
from tools.train import cluster
from tools.train.record import FIRST, keep, load, make, to_do

pytest.importorskip("distributed")
NAME = "b1-simplernn"


@pytest.fixture
def few(tmp_path, monkeypatch, socket_enabled):
    """Reviews of noise in place of IMDB's, and records of the test's own. Workers get the reviews from the client."""
    monkeypatch.setattr("helpers.fingerprints._loaded", {})
    monkeypatch.setattr(records, "FOLDER", tmp_path)
    generator = np.random.default_rng(0)
    x, y = generator.integers(4, 8_000, (300, 20)), generator.integers(0, 2, 300)
    monkeypatch.setattr(Codes, "load", lambda recipe: Arrays(x, y, x[200:], y[200:], "folder"))
    return tmp_path


@pytest.fixture
def client(few):
    with cluster.connect(workers=2) as connected:
        yield connected
        connected.cluster.close()


def recorded_seeds(name):
    return [record["seed"] for record in records.load_records(name)]


def test_a_cluster_records_the_same_bits_as_one_process(few):
    tasks = to_do(NAME, 3)
    said = []
    with cluster.connect(workers=2) as client:
        cluster.run(tasks, client, said.append)
    client.cluster.close()  # its threads draw from this process's random numbers
    assert recorded_seeds(NAME) == [1, 2, 3]
    assert len(said) == 3
    there = {record["seed"]: record for record in records.load_records(NAME)}
    weights = records.load_weights(NAME)
    loaded = load(NAME)
    for task in tasks:
        here = make(task, loaded)
        for key in ("history", "test_accuracy", "test_loss", "right"):
            assert here.record[key] == there[task.seed][key], key
        if task.seed == FIRST:
            keep(here)  # rounded to float16 in the same way
            for one, other in zip(records.load_weights(NAME), weights, strict=True):
                np.testing.assert_array_equal(one, other)


def test_a_run_whose_worker_is_killed_is_trained_again(few, client):
    pids = list(client.run(os.getpid).values())
    killed = threading.Timer(4, os.kill, (pids[0], signal.SIGKILL))
    killed.start()
    cluster.run(to_do(NAME, 4), client, lambda line: None)
    killed.join()
    assert recorded_seeds(NAME) == [1, 2, 3, 4]
    assert not list((few / NAME).glob("*.part"))
    assert pids[0] not in client.run(os.getpid).values()  # another stands in its place


def test_a_stopped_training_goes_on_with_what_is_missing(few):
    class Stopped(Exception):
        pass

    def stop_after_two(line, said=[]):  # noqa: B006 (it counts)
        said.append(line)
        if len(said) == 2:
            raise Stopped

    with cluster.connect(workers=1) as first, pytest.raises(Stopped):
        cluster.run(to_do(NAME, 4), first, stop_after_two)
    first.cluster.close()
    done = recorded_seeds(NAME)
    assert len(done) == 2
    before = {seed: (few / NAME / f"seed-{seed}.json").read_bytes() for seed in done}
    assert command.main([NAME, "--seeds", "4", "--workers", "1"]) == 0
    assert recorded_seeds(NAME) == [1, 2, 3, 4]
    assert all((few / NAME / f"seed-{seed}.json").read_bytes() == text for seed, text in before.items())


def test_a_run_that_fails_is_named_and_the_others_are_kept(few, client, monkeypatch):
    x = np.zeros((300, 20), int)
    monkeypatch.setattr(Codes, "load", lambda recipe: Arrays(x, x[:, 0], x, x[:5, 0], "folder"))  # labels are missing
    with pytest.raises(ValueError, match="2 of 2 runs failed, the first: b1-simplernn-"):
        cluster.run(to_do(NAME, 2), client, lambda line: None)
    assert recorded_seeds(NAME) == []


def test_a_scheduler_that_is_not_there_is_named(socket_enabled, capsys):
    assert command.main([NAME, "--scheduler", "tcp://127.0.0.1:9"]) == 1
    assert "no scheduler answers at tcp://127.0.0.1:9" in capsys.readouterr().err
