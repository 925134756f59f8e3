"""The public originals that a server on this computer plays: their formats, and how a kernel is led to them."""

import csv
import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from helpers import data
from helpers.data import amazon, download
from helpers.vectors import glove
from tests.public_originals import __main__ as command
from tests.public_originals import files
from tests.public_originals.serve import serving

PATCHED = Path(files.__file__).parent / "patched"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A small folder as RNN_DATA names one, with what the product reviews and the vectors are made from."""
    (tmp_path / "data/amazon").mkdir(parents=True)
    with gzip.open(tmp_path / "data" / amazon.DOMAINS_FILE, "wt", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("review_text", "label", "domain", "split"))
        for number, domain in enumerate(amazon.DOMAINS):
            for split in ("train", "test"):
                for label in (0, 1):
                    own = " ".join(f"{domain}{split}{label}{word}" for word in range(9))  # or it would be a copy
                    writer.writerow((f"it is a café {number} {own}", label, domain, split))
    (tmp_path / "data/glove").mkdir()
    vectors = "".join(f"{word} {' '.join(['0.5'] * 100)}\n" for word in ("the", "film"))
    with gzip.open(tmp_path / "data" / glove.FOLDER_FILES[2], "wt", encoding="utf-8") as file:
        file.write(vectors)
    monkeypatch.setenv("RNN_DATA", str(tmp_path / "data"))
    return tmp_path


def made(folder: Path, *names: str) -> Path:
    originals = folder / "originals"
    originals.mkdir(exist_ok=True)
    for name in names:
        files.WRITERS[name](originals / name)
    return originals


def test_products_come_as_class_title_text_and_are_other_ones(folder, monkeypatch, socket_enabled):
    originals = made(folder, files.POLARITY, amazon.DOMAINS_ARCHIVE)
    monkeypatch.delenv("RNN_DATA")
    monkeypatch.setenv("RNN_CACHE", str(folder / "cache"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(amazon, "POLARITY_ROWS", 50)
    with serving(originals) as told:
        listed = json.loads(told.read_text())
        monkeypatch.setattr(amazon, "POLARITY_URL", listed[files.POLARITY][0])
        monkeypatch.setattr(amazon, "DOMAINS_URL", listed[amazon.DOMAINS_ARCHIVE][0])
        split = data.load_products()
        domains = data.load_product_domains()
    assert split.train.source == "download"
    assert not data.are_recorded("product reviews")
    assert all(text.startswith("it is ") and ": " in text for text in split.train.texts)
    assert set(np.concatenate([split.train.labels, split.test.labels])) == {0, 1}
    assert sorted(domains) == sorted(amazon.DOMAINS)


def test_glove_is_zipped_under_its_member(folder, monkeypatch, socket_enabled):
    originals = made(folder, "glove.6B.100d.zip")
    monkeypatch.delenv("RNN_DATA")
    monkeypatch.setenv("RNN_CACHE", str(folder / "cache"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving(originals) as told:
        url, known_hash = json.loads(told.read_text())["glove.6B.100d.zip"]
        monkeypatch.setitem(glove.DOWNLOADS, "glove.6B.100d.zip", (url, known_hash, "vec.txt", 1))
        vectors = glove.load_glove()
    assert vectors.source == "download"
    assert list(vectors.vocabulary) == ["the", "film"]


def test_the_addresses_are_changed_in_a_kernel_and_nothing_else_is_reached(tmp_path):
    originals = {name: [f"http://127.0.0.1:9/{name}", "sha256:0"] for name in [*files.WRITERS, "index.xml"]}
    (tmp_path / "originals.json").write_text(json.dumps(originals))
    probe = """
import socket
from helpers.data import amazon, download
from helpers.vectors import glove
import nltk
print(download.FILES["imdb.npz"], amazon.POLARITY_URL, amazon.DOMAINS_URL, glove.DOWNLOADS["glove.6B.100d.zip"])
print(nltk.downloader._downloader._url)
try:
    socket.create_connection(("192.0.2.1", 80), timeout=1)
except OSError as error:
    print(error)
"""
    environment = command.environment(tmp_path / "originals.json", tmp_path)
    assert "RNN_DATA" not in environment
    done = subprocess.run([sys.executable, "-c", probe], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    addresses, index, refused = done.stdout.splitlines()
    assert addresses.count("http://127.0.0.1:9/") == 4
    assert "('http://127.0.0.1:9/glove.6B.100d.zip', 'sha256:0', 'vec.txt', 128)" in addresses
    assert index == "http://127.0.0.1:9/index.xml"
    assert refused.startswith("the network is blocked")
    assert download.FILES["imdb.npz"][0].startswith("https://storage.googleapis.com/")


def test_without_data_the_command_says_that_it_skips(monkeypatch, capsys):
    monkeypatch.delenv("RNN_DATA", raising=False)
    assert command.main(["--run"]) == 0
    assert capsys.readouterr().out.startswith("skipped: ")


def test_the_archive_is_the_recorded_set_in_another_order(tmp_path, rnn_data, monkeypatch):
    (tmp_path / "cache").mkdir()
    files.WRITERS[download.ARCHIVE](tmp_path / "cache" / download.ARCHIVE)
    monkeypatch.setattr(download, "fetch", lambda name, folder: folder / name)
    monkeypatch.setenv("RNN_CACHE", os.fspath(tmp_path / "cache"))
    test = data.load_imdb("test", source="download")
    assert np.all(np.diff(test.labels) >= 0)
    assert data.are_recorded("IMDB test")
