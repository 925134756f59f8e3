"""Reviews from the network, and every way in which that can go wrong. No test leaves this computer."""

import hashlib
import inspect
import json
import multiprocessing
import os
import warnings
from pathlib import Path

import numpy as np
import pytest

from helpers import data
from helpers.data import download
from tests.data.small_imdb import (
    ARCHIVE,
    CODES,
    LABELS,
    PER_LABEL,
    TEST_TEXTS,
    TRAIN_TEXTS,
    WORD_INDEX,
    make_archive,
    same,
    sha256,
)


def test_download(server, alone, capsys):
    with pytest.warns(UserWarning, match=r"aclImdb/train/pos/5_7\.txt is not UTF-8") as caught:
        train = data.load_imdb("train")
    assert len(caught) == 1
    assert train.texts == TRAIN_TEXTS  # negative first, then by file name: empty, one word, a million words …
    assert train.labels.tolist() == LABELS
    assert train.source == "download"
    assert data.load_imdb("test").texts == TEST_TEXTS
    assert server.asked == [download.ARCHIVE]  # once for both
    assert {path.name for path in alone.iterdir()} == {download.ARCHIVE, download.COMPACT}
    assert "sample" not in capsys.readouterr().out


def test_download_of_codes(server):
    sequences = data.load_imdb_sequences()
    assert sequences.source == "download"
    assert sequences.word_index == json.loads(WORD_INDEX) == data.load_imdb_word_index()
    assert sorted(server.asked) == ["imdb.npz", "imdb_word_index.json"]


def test_cut_download_leaves_nothing_and_is_repeated(server, alone, capsys):
    server.cut.add("imdb.npz")
    assert data.load_imdb_sequences().source == "sample"
    assert "imdb.npz cannot be reached" in capsys.readouterr().out
    assert list(alone.iterdir()) == []
    server.cut.clear()
    assert data.load_imdb_sequences().source == "download"


def test_a_cut_download_is_tried_again(server, monkeypatch):
    monkeypatch.setattr(download, "TRIES_AGAIN", 1)
    monkeypatch.setattr("time.sleep", lambda seconds: server.cut.clear())
    server.cut.add("imdb_word_index.json")
    assert data.load_imdb_word_index(source="download") == json.loads(WORD_INDEX)
    assert len(server.asked) == 2


@pytest.mark.parametrize("name", list(download.FILES))
def test_wrong_hash(server, alone, name):
    server.files[name] = b"<html>Welcome to the hotel's network</html>"
    expected = download.FILES[name][1]
    with pytest.raises(ValueError, match=rf"{name}.*{expected}.*connection.*run again"):
        data.load_imdb() if name == download.ARCHIVE else data.load_imdb_sequences()
    assert name not in {path.name for path in alone.iterdir()}


def test_a_file_spoilt_in_the_cache_is_fetched_again(server, alone):
    first = data.load_imdb_sequences()
    (alone / "imdb.npz").write_bytes(CODES[:50])
    assert same(data.load_imdb_sequences(), first)
    assert server.asked.count("imdb.npz") == 2


@pytest.mark.filterwarnings("ignore:.*not UTF-8")
@pytest.mark.parametrize("keep", [0, 100, -40])
def test_compact_file_spoilt_in_the_cache_is_made_again(server, alone, keep):
    first = data.load_imdb()
    compact = alone / download.COMPACT
    compact.write_bytes(compact.read_bytes()[:keep])
    assert data.load_imdb().texts == first.texts


@pytest.mark.filterwarnings("ignore:.*not UTF-8")
def test_a_half_extracted_folder_is_not_taken_for_the_data(server, alone):
    (alone / "aclImdb/train/pos").mkdir(parents=True)
    (alone / "aclImdb/train/pos/0_9.txt").write_text("the only one")
    (alone / f"{download.COMPACT}.123.part").write_bytes(b"half")
    assert data.load_imdb().texts == TRAIN_TEXTS


def test_an_archive_that_lacks_a_member(server, alone, monkeypatch):
    content = make_archive(leave_out="aclImdb/test/neg/1_7.txt")
    server.files[download.ARCHIVE] = content
    monkeypatch.setitem(download.FILES, download.ARCHIVE, (server.url + download.ARCHIVE, sha256(content)))
    with pytest.raises(ValueError, match=r"2 reviews below test/neg, but 3 were expected\. Delete .*run again"):
        data.load_imdb()
    assert not (alone / download.COMPACT).exists()


@pytest.mark.parametrize("keep", [50, -9000])
def test_an_archive_that_is_cut(server, alone, monkeypatch, keep):
    server.files[download.ARCHIVE] = ARCHIVE[:keep]
    monkeypatch.setitem(download.FILES, download.ARCHIVE, (server.url + download.ARCHIVE, sha256(ARCHIVE[:keep])))
    with pytest.raises(ValueError, match=rf"{download.ARCHIVE} is cut or damaged.*Delete"):
        data.load_imdb()


def test_a_write_that_fails_leaves_no_part(server, alone, monkeypatch):
    def full(file, **_):
        file.write(b"some")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez_compressed", full)
    with pytest.raises(OSError, match="No space left"), pytest.warns(UserWarning, match="not UTF-8"):
        data.load_imdb()
    assert {path.name for path in alone.iterdir()} == {download.ARCHIVE}


def test_unwritable_cache(server, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("RNN_CACHE", str(tmp_path / "file/cache"))
    for _ in range(2):
        with pytest.warns(UserWarning, match="file/cache cannot be written to.*Set RNN_CACHE"):
            assert data.load_imdb_sequences().source == "download"
    assert len(server.asked) == 2  # both files once: the temporary folder lasts as long as the process


def test_no_folder_can_be_written_to(alone, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("RNN_CACHE", str(tmp_path / "file/cache"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "file/temporary"))
    with pytest.raises(OSError, match=r"neither the cache folder .*set RNN_CACHE"):
        data.load_imdb(source="download")


def test_default_cache_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("RNN_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("pooch.os_cache", lambda project: tmp_path / project)
    assert download.cache_folder() == tmp_path / "rnn-unrolled"


def load_in_another_process(barrier, answers, folder, files, per_label) -> None:
    os.environ.update(RNN_CACHE=folder, NO_PROXY="127.0.0.1")
    warnings.simplefilter("ignore")
    download.FILES.update(files)
    download.REVIEWS_PER_LABEL = per_label
    barrier.wait()
    try:
        texts = [data.load_imdb(split, source="download").texts for split in ("train", "test")]
        codes = data.load_imdb_sequences(source="download")
        answers.put((hash_of(texts), [list(map(list, codes.x_train)), codes.word_index]))
    except Exception as error:
        answers.put(repr(error))


def hash_of(texts: list[list[str]]) -> str:
    return hashlib.sha256(repr(texts).encode()).hexdigest()


def test_two_processes_at_once(server, alone):
    context = multiprocessing.get_context("spawn")
    barrier, answers = context.Barrier(2), context.Queue()
    arguments = (barrier, answers, str(alone), dict(download.FILES), PER_LABEL)
    processes = [context.Process(target=load_in_another_process, args=arguments) for _ in range(2)]
    for process in processes:
        process.start()
    results = [answers.get(timeout=120) for _ in processes]
    for process in processes:
        process.join()
    assert results[0] == results[1]
    assert results[0][0] == hash_of([TRAIN_TEXTS, TEST_TEXTS])
    assert {path.name for path in alone.iterdir()} == {*download.FILES, download.COMPACT}


def test_urls_and_hashes_are_those_of_keras_and_tfds():
    import keras

    for name, function in (("imdb.npz", "load_data"), ("imdb_word_index.json", "get_word_index")):
        url, known_hash = download.FILES[name]
        source = inspect.getsource(getattr(keras.datasets.imdb, function))
        assert url.rpartition("/")[0] + "/" in source
        assert known_hash.partition(":")[2] in source
    tfds = pytest.importorskip("tensorflow_datasets", exc_type=Exception)
    listed = Path(tfds.__file__).parent / "datasets/imdb_reviews/checksums.tsv"
    url, _, known_hash, _ = listed.read_text().split()
    assert download.FILES[download.ARCHIVE] == (url, "sha256:" + known_hash)
