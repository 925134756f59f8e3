"""What every test file may use."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from helpers import data
from helpers.data import download, sources
from tests.data.server import Server
from tests.data.small_imdb import FILES, PER_LABEL, sha256

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # before anything imports TensorFlow
settings.register_profile("course", deadline=None)  # a slow machine is no failure
settings.load_profile("course")


@pytest.fixture(scope="session")
def rnn_data() -> Path:
    """The folder with the real data sets; a test that asks for it is skipped where there is none."""
    folder = os.environ.get("RNN_DATA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("RNN_DATA names no folder with the real data sets")
    return Path(folder)


@pytest.fixture
def alone(tmp_path, monkeypatch):
    """No RNN_DATA, no TFDS, an empty cache, and nothing at the other end of every URL."""
    monkeypatch.delenv("RNN_DATA", raising=False)
    monkeypatch.setenv("RNN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(download, "TRIES_AGAIN", 0)
    monkeypatch.setattr(download, "REVIEWS_PER_LABEL", PER_LABEL)
    monkeypatch.setattr(sources, "tfds_reviews", no_tfds)
    for name, (_, known_hash) in download.FILES.items():
        monkeypatch.setitem(download.FILES, name, (f"http://127.0.0.1:9/{name}", known_hash))
    download._temporary_folder.cache_clear()
    yield tmp_path / "cache"
    download._temporary_folder.cache_clear()


def no_tfds(split, download):
    raise data.SourceUnavailable("tensorflow_datasets is left out of this test")


@pytest.fixture
def server(alone, monkeypatch, socket_enabled):
    """A server that has the small files of IMDB, their URLs and hashes in place of the real ones."""
    running = Server(dict(FILES))  # a copy: tests change it
    for name, content in running.files.items():
        monkeypatch.setitem(download.FILES, name, (running.url + name, sha256(content)))
    yield running
    running.http.shutdown()
    running.http.server_close()


@pytest.fixture
def tiny_run(tmp_path, monkeypatch):
    """An experiment of the real registry, recorded in a few steps into a folder of the test's own."""
    import keras
    import numpy as np

    from helpers import runs
    from helpers.experiments import EXPERIMENTS, build
    from helpers.results import records

    monkeypatch.setattr(records, "FOLDER", tmp_path)
    x = np.random.default_rng(0).integers(0, 8_000, size=(64, 12))
    y = np.arange(64) % 2
    runs.set_seed(1)
    model = build("b1-simplernn")
    settings = EXPERIMENTS["b1-simplernn"].fit
    history = model.fit(x, y, verbose=0, **(settings | {"epochs": 2})).history
    for seed, accuracy in ((1, 0.84), (2, 0.86)):
        record = {
            "experiment": "b1-simplernn",
            "seed": seed,
            "settings": settings,
            "architecture": records.architecture(model),
            "parameters": model.count_params(),
            "source": "folder",
            "device": "CPU (2 cores)",
            "date": "2026-01-02",
            "n_train": 51,
            "n_test": 64,
            "history": history,
            "seconds_per_epoch": [1.0, 3.0],
            "validation_accuracy": history["val_accuracy"][-1],
            "test_accuracy": accuracy,
        }
        records.save_record("b1-simplernn", record, model.get_weights() if seed == 1 else None)
    assert keras.backend.backend() == "tensorflow"
    return model, x, y
