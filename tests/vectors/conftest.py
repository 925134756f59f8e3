"""What the tests of word vectors share."""

import pytest

from helpers.data import download
from helpers.vectors import glove


@pytest.fixture(autouse=True)
def alone(tmp_path, monkeypatch):
    """An empty folder for downloads, and nothing at the other end of every URL."""
    monkeypatch.setenv("RNN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(download, "TRIES_AGAIN", 0)
    for name, (_, *rest) in glove.DOWNLOADS.items():
        monkeypatch.setitem(glove.DOWNLOADS, name, (f"http://127.0.0.1:9/{name}", *rest))
    return tmp_path / "cache"
