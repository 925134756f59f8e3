"""The choice between the sources of the reviews, and those that are neither folder nor download."""

import subprocess
import sys
import types

import pytest

from helpers import data
from helpers.data import sample
from helpers.text import Vocabulary, tokenize

# --- what you may ask for ---


def test_unknown_split_or_source():
    with pytest.raises(ValueError, match=r"'unsupervised'.*'train' or 'test'"):
        data.load_imdb("unsupervised")
    with pytest.raises(ValueError, match=r"'kaggle'.*'auto', 'folder', 'tfds', 'download', 'sample'"):
        data.load_imdb(source="kaggle")
    with pytest.raises(ValueError, match=r"'tfds' here.*'auto', 'folder', 'download', 'sample'"):
        data.load_imdb_sequences(source="tfds")


def test_importing_is_light():
    heavy = ["tensorflow", "keras", "pooch", "requests", "tqdm"]
    code = f"import sys, helpers.data; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


# --- tensorflow_datasets ---


def test_tfds_that_cannot_import(tmp_path, monkeypatch):
    package = tmp_path / "tensorflow_datasets"
    package.mkdir()
    (package / "__init__.py").write_text("raise TypeError('Descriptors cannot be created directly')")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "tensorflow_datasets", raising=False)
    with pytest.raises(data.SourceUnavailable, match=r"does not import \(TypeError\)"):
        data.load_imdb(source="tfds")


def test_tfds_that_has_no_data(monkeypatch):
    def load(*_, **__):
        raise AssertionError("could not find data")

    monkeypatch.setitem(sys.modules, "tensorflow_datasets", types.SimpleNamespace(load=load))
    with pytest.raises(data.SourceUnavailable, match="no prepared imdb_reviews"):
        data.load_imdb(source="tfds")


@pytest.mark.parametrize("source", ["auto", "tfds"])
def test_tfds_order_is_kept_and_only_its_name_lets_it_download(monkeypatch, source):
    asked = {}

    def load(name, **settings):
        asked.update(settings, name=name)
        return [b"good", b"bad", b"fine"], [1, 0, 1]

    monkeypatch.delenv("RNN_DATA", raising=False)
    fake = types.SimpleNamespace(load=load, as_numpy=lambda loaded: loaded)
    monkeypatch.setitem(sys.modules, "tensorflow_datasets", fake)
    reviews = data.load_imdb("test", source=source)
    assert reviews.texts == ["good", "bad", "fine"]
    assert reviews.labels.tolist() == [1, 0, 1]
    assert reviews.source == "tfds"
    assert asked["split"] == "test"
    assert asked["download"] == (source == "tfds")
    assert not asked.get("shuffle_files", False)


# --- the sample ---


def test_no_network_ends_in_sample_data_and_says_so(alone, capsys):
    train = data.load_imdb("train")
    assert train.source == "sample"
    assert train.texts == sample.sample_split("train").texts
    printed = capsys.readouterr().out
    assert printed.startswith("sample data: ")
    assert printed.count("\n") == 1
    for reason in ("RNN_DATA names no folder", "tensorflow_datasets", "cannot be reached", "go online"):
        assert reason in printed
    sequences = data.load_imdb_sequences(8_000)
    assert sequences.source == "sample"
    assert data.load_imdb_word_index() == sequences.word_index == sample.RANKS
    assert capsys.readouterr().out.count("sample data: ") == 2


def test_a_named_source_never_becomes_another(alone):
    for load in (data.load_imdb, data.load_imdb_sequences, data.load_imdb_word_index):
        for source in ("folder", "download"):
            with pytest.raises(data.SourceUnavailable):
                load(source=source)


def test_a_blocked_socket_is_no_network(alone, monkeypatch):
    def blocked(*_, **__):
        raise RuntimeError("A test tried to use socket.socket.")

    monkeypatch.setattr("requests.get", blocked)
    assert data.load_imdb_word_index() == sample.RANKS


def test_asking_for_the_sample_needs_no_notice(capsys):
    assert data.load_imdb("test", source="sample").texts == sample.sample_split("test").texts
    assert capsys.readouterr().out == ""


def test_sample_sequences_hold_the_sample_reviews():
    sequences = data.load_imdb_sequences(10_000, source="sample")
    vocabulary = Vocabulary.from_word_index(sequences.word_index)
    for rows, labels, split in (
        (sequences.x_train, sequences.y_train, "train"),
        (sequences.x_test, sequences.y_test, "test"),
    ):
        reviews = sample.sample_split(split)
        expected = {" ".join(tokenize(text)): label for text, label in zip(reviews.texts, reviews.labels, strict=True)}
        decoded = [vocabulary.decode(row[1:]) for row in rows]
        assert dict(zip(decoded, labels, strict=True)) == expected
        assert all(row[0] == 1 for row in rows)
