"""What every test file may use."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from helpers import data
from helpers.data import cache, sources
from tests.server import Server
from tests.small_imdb import FILES, PER_LABEL, sha256

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
    monkeypatch.setattr(cache, "TRIES_AGAIN", 0)
    monkeypatch.setattr(cache, "REVIEWS_PER_LABEL", PER_LABEL)
    monkeypatch.setattr(sources, "tfds_reviews", no_tfds)
    for name, (_, known_hash) in cache.FILES.items():
        monkeypatch.setitem(cache.FILES, name, (f"http://127.0.0.1:9/{name}", known_hash))
    cache._temporary_folder.cache_clear()
    yield tmp_path / "cache"
    cache._temporary_folder.cache_clear()


def no_tfds(split, download):
    raise data.SourceUnavailable("tensorflow_datasets is left out of this test")


@pytest.fixture
def server(alone, monkeypatch, socket_enabled):
    """A server that has the small files of IMDB, their URLs and hashes in place of the real ones."""
    running = Server(dict(FILES))  # a copy: tests change it
    for name, content in running.files.items():
        monkeypatch.setitem(cache.FILES, name, (running.url + name, sha256(content)))
    yield running
    running.http.shutdown()
    running.http.server_close()
