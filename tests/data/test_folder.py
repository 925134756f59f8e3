"""Reviews from the folder that RNN_DATA names, and every way in which its files can be broken."""

import json
from pathlib import Path

import numpy as np
import pytest

from helpers import data
from helpers.data import sources
from tests.data.small_imdb import CODES, WORD_INDEX

SHARD = "imdb_reviews-train.tfrecord-00000-of-00001"


@pytest.fixture
def folder(alone, tmp_path, monkeypatch):
    """A small folder as RNN_DATA names it."""
    import tensorflow as tf

    records = tmp_path / "data" / sources.TFDS_FOLDER
    records.mkdir(parents=True)
    with tf.io.TFRecordWriter(str(records / SHARD)) as writer:
        for text, label in (("good", 1), ("bad \ud83d".encode("utf-8", "surrogatepass"), 0), ("", 1)):
            value = tf.train.BytesList(value=[text if isinstance(text, bytes) else text.encode()])
            features = {
                "text": tf.train.Feature(bytes_list=value),
                "label": tf.train.Feature(int64_list=tf.train.Int64List(value=[label])),
            }
            writer.write(tf.train.Example(features=tf.train.Features(feature=features)).SerializeToString())
    write_info(records, [3])
    (tmp_path / "data/keras").mkdir()
    (tmp_path / "data/keras/imdb.npz").write_bytes(CODES)
    (tmp_path / "data/keras/imdb_word_index.json").write_bytes(WORD_INDEX)
    monkeypatch.setenv("RNN_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def write_info(records: Path, shard_lengths: list[int]) -> None:
    info = {"splits": [{"name": "train", "shardLengths": [str(length) for length in shard_lengths]}]}
    (records / "dataset_info.json").write_text(json.dumps(info))


def test_folder(folder):
    with pytest.warns(UserWarning, match=f"review 1 of {SHARD} is not UTF-8"):
        reviews = data.load_imdb()
    assert reviews.texts == ["good", "bad \ufffd\ufffd\ufffd", ""]
    assert reviews.labels.tolist() == [1, 0, 1]
    assert reviews.source == "folder"
    assert data.load_imdb_sequences().source == "folder"
    assert data.load_imdb_word_index()["word7"] == 7


def test_folder_with_two_shards(folder):
    records = folder / sources.TFDS_FOLDER
    content = (records / SHARD).read_bytes()
    for number in range(2):
        (records / f"imdb_reviews-train.tfrecord-{number:05d}-of-00002").write_bytes(content)
    write_info(records, [3, 3])
    with pytest.warns(UserWarning, match="not UTF-8"):
        assert data.load_imdb().labels.tolist() == [1, 0, 1, 1, 0, 1]


def test_rnn_data_names_no_folder(alone, monkeypatch):
    monkeypatch.setenv("RNN_DATA", "nowhere/at/all")
    for load in (data.load_imdb, data.load_imdb_sequences, data.load_imdb_word_index):
        with pytest.raises(FileNotFoundError, match=r"RNN_DATA names the folder .*nowhere/at/all.*does not exist"):
            load()
    assert data.load_imdb(source="sample").source == "sample"  # the folder was not asked for


def test_a_file_missing_from_the_folder_is_looked_for_elsewhere(folder, server):
    (folder / "keras/imdb_word_index.json").unlink()
    assert data.load_imdb_sequences().source == "download"
    (folder / sources.TFDS_FOLDER / SHARD).unlink()
    with pytest.warns(UserWarning, match="not UTF-8"):
        assert data.load_imdb().source == "download"
    with pytest.raises(data.SourceUnavailable, match=f"has no .*{SHARD}"):
        data.load_imdb(source="folder")


@pytest.mark.parametrize("keep", [0, 20, -3])
def test_cut_tfrecord(folder, keep):
    shard = folder / sources.TFDS_FOLDER / SHARD
    shard.write_bytes(shard.read_bytes()[:keep])
    with pytest.raises(ValueError, match=rf"{SHARD}.*(cut or damaged|holds 0 reviews, but 3).*unset RNN_DATA"):
        data.load_imdb()


def test_tfrecord_of_something_else(folder):
    import tensorflow as tf

    with tf.io.TFRecordWriter(str(folder / sources.TFDS_FOLDER / SHARD)) as writer:
        writer.write(b"not an example")
    with pytest.raises(ValueError, match=f"{SHARD} is cut or damaged"):
        data.load_imdb()


def test_tfrecord_of_another_length(folder):
    write_info(folder / sources.TFDS_FOLDER, [25_000])
    with pytest.raises(ValueError, match=r"holds 3 reviews, but 25,000 were expected.*Copy it again"):
        data.load_imdb()


@pytest.mark.parametrize("content", ["{", "{}", '{"splits": [{"name": "test", "shardLengths": ["3"]}]}', "[]"])
def test_bad_dataset_info(folder, content):
    (folder / sources.TFDS_FOLDER / "dataset_info.json").write_text(content)
    with pytest.raises(ValueError, match=r"dataset_info\.json does not say how many"):
        data.load_imdb()


@pytest.mark.parametrize("keep", [0, 100, -30])
def test_cut_npz(folder, keep):
    (folder / "keras/imdb.npz").write_bytes(CODES[:keep])
    with pytest.raises(ValueError, match=r"imdb\.npz is cut or damaged.*unset RNN_DATA"):
        data.load_imdb_sequences()


def test_npz_of_something_else(folder):
    np.savez(folder / "keras/imdb.npz", x=np.arange(3))
    with pytest.raises(ValueError, match=r"not Keras's imdb\.npz"):
        data.load_imdb_sequences()
    np.savez(folder / "keras/imdb.npz", x_train=[1], y_train=[1, 0], x_test=[1], y_test=[1])
    with pytest.raises(ValueError, match="not one label for each review"):
        data.load_imdb_sequences()


@pytest.mark.parametrize("content", ["", '{"the": 1', "[1]", '{"the": "first"}'])
def test_bad_word_index(folder, content):
    (folder / "keras/imdb_word_index.json").write_text(content)
    with pytest.raises(ValueError, match=r"imdb_word_index\.json is"):
        data.load_imdb_word_index()


@pytest.mark.real_data
@pytest.mark.parametrize("split", ["train", "test"])
def test_real_texts(rnn_data, split):
    reviews = data.load_imdb(split)
    assert reviews.source == "folder"
    assert len(reviews.texts) == 25_000
    assert np.bincount(reviews.labels).tolist() == [12_500, 12_500]
