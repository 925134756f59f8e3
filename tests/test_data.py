"""Where the reviews come from, and every way in which that can go wrong. No test leaves this computer."""

import hashlib
import http.server
import inspect
import io
import json
import multiprocessing
import os
import subprocess
import sys
import tarfile
import threading
import types
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import data
from helpers.data import cache, imdb, sample, sources
from helpers.text import Vocabulary, tokenize

PER_LABEL = 3
LONG = "word " * 1_000_000
TRAIN_TEXTS = ["", "one", "n two", LONG, "p one <br /> two", "ends in \ufffd"]
TEST_TEXTS = [f"test {number}" for number in range(6)]
LABELS = [0, 0, 0, 1, 1, 1]
SHARD = "imdb_reviews-train.tfrecord-00000-of-00001"


# --- a small archive, a small folder, and a server for them ---


def make_archive(leave_out: str = "") -> bytes:
    """As aclImdb_v1.tar.gz, with three reviews per label, in no order, and other files among them."""
    members = {"aclImdb/README": b"read me", "aclImdb/train/unsup/0_0.txt": b"no label", "aclImdb/imdb.vocab": b"the"}
    for split, texts in (("train", TRAIN_TEXTS), ("test", TEST_TEXTS)):
        for number, text in enumerate(texts):
            content = b"ends in \xff" if text.endswith("\ufffd") else text.encode()
            members[f"aclImdb/{split}/{'neg' if number < 3 else 'pos'}/{number}_7.txt"] = content
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as tar:
        for name in reversed(members):
            if name != leave_out:
                member = tarfile.TarInfo(name)
                member.size = len(members[name])
                tar.addfile(member, io.BytesIO(members[name]))
    return written.getvalue()


def make_codes() -> bytes:
    """As imdb.npz, with a few short reviews of ranks."""
    rng = np.random.default_rng(0)
    arrays = {}
    for split, n in (("train", 8), ("test", 6)):
        rows = [rng.integers(1, 40, size=rng.integers(2, 9)).tolist() for _ in range(n)]
        arrays[f"x_{split}"] = np.fromiter(rows, dtype=object, count=n)
        arrays[f"y_{split}"] = np.arange(n) % 2
    written = io.BytesIO()
    np.savez(written, **arrays)
    return written.getvalue()


ARCHIVE = make_archive()
CODES = make_codes()
WORD_INDEX = json.dumps({f"word{rank}": rank for rank in range(1, 40)}).encode()


def sha256(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()


class Server:
    """A web server on this computer: ``files`` are what it sends, ``cut`` the names it sends only half of."""

    def __init__(self) -> None:
        self.files = {cache.ARCHIVE: ARCHIVE, "imdb.npz": CODES, "imdb_word_index.json": WORD_INDEX}
        self.cut: set[str] = set()
        self.asked: list[str] = []
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                name = self.path.strip("/")
                server.asked.append(name)
                if name not in server.files:
                    self.send_error(404)
                    return
                content = server.files[name]
                self.send_response(200)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content[: len(content) // 2] if name in server.cut else content)

            def log_message(self, *_):
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()


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
    """A server that has the small files, their URLs and hashes in place of the real ones."""
    running = Server()
    for name, content in running.files.items():
        monkeypatch.setitem(cache.FILES, name, (running.url + name, sha256(content)))
    yield running
    running.http.shutdown()
    running.http.server_close()


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


def same(one, other) -> bool:
    """Two results of load_imdb_sequences, compared number by number."""
    # tolist(), since of reviews that all have one length Keras makes a table in place of lists
    return all(ours.tolist() == theirs.tolist() for ours, theirs in zip(one[:4], other[:4], strict=True))


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


# --- the folder of RNN_DATA ---


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


# --- the download ---


def test_download(server, alone, capsys):
    with pytest.warns(UserWarning, match=r"aclImdb/train/pos/5_7\.txt is not UTF-8") as caught:
        train = data.load_imdb("train")
    assert len(caught) == 1
    assert train.texts == TRAIN_TEXTS  # negative first, then by file name: empty, one word, a million words …
    assert train.labels.tolist() == LABELS
    assert train.source == "download"
    assert data.load_imdb("test").texts == TEST_TEXTS
    assert server.asked == [cache.ARCHIVE]  # once for both
    assert {path.name for path in alone.iterdir()} == {cache.ARCHIVE, cache.COMPACT}
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
    monkeypatch.setattr(cache, "TRIES_AGAIN", 1)
    monkeypatch.setattr("time.sleep", lambda seconds: server.cut.clear())
    server.cut.add("imdb_word_index.json")
    assert data.load_imdb_word_index(source="download") == json.loads(WORD_INDEX)
    assert len(server.asked) == 2


@pytest.mark.parametrize("name", list(cache.FILES))
def test_wrong_hash(server, alone, name):
    server.files[name] = b"<html>Welcome to the hotel's network</html>"
    expected = cache.FILES[name][1]
    with pytest.raises(ValueError, match=rf"{name}.*{expected}.*connection.*run again"):
        data.load_imdb() if name == cache.ARCHIVE else data.load_imdb_sequences()
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
    compact = alone / cache.COMPACT
    compact.write_bytes(compact.read_bytes()[:keep])
    assert data.load_imdb().texts == first.texts


@pytest.mark.filterwarnings("ignore:.*not UTF-8")
def test_a_half_extracted_folder_is_not_taken_for_the_data(server, alone):
    (alone / "aclImdb/train/pos").mkdir(parents=True)
    (alone / "aclImdb/train/pos/0_9.txt").write_text("the only one")
    (alone / f"{cache.COMPACT}.123.part").write_bytes(b"half")
    assert data.load_imdb().texts == TRAIN_TEXTS


def test_an_archive_that_lacks_a_member(server, alone, monkeypatch):
    content = make_archive(leave_out="aclImdb/test/neg/1_7.txt")
    server.files[cache.ARCHIVE] = content
    monkeypatch.setitem(cache.FILES, cache.ARCHIVE, (server.url + cache.ARCHIVE, sha256(content)))
    with pytest.raises(ValueError, match=r"2 reviews below test/neg, but 3 were expected\. Delete .*run again"):
        data.load_imdb()
    assert not (alone / cache.COMPACT).exists()


@pytest.mark.parametrize("keep", [50, -9000])
def test_an_archive_that_is_cut(server, alone, monkeypatch, keep):
    server.files[cache.ARCHIVE] = ARCHIVE[:keep]
    monkeypatch.setitem(cache.FILES, cache.ARCHIVE, (server.url + cache.ARCHIVE, sha256(ARCHIVE[:keep])))
    with pytest.raises(ValueError, match=rf"{cache.ARCHIVE} is cut or damaged.*Delete"):
        data.load_imdb()


def test_a_write_that_fails_leaves_no_part(server, alone, monkeypatch):
    def full(file, **_):
        file.write(b"some")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez_compressed", full)
    with pytest.raises(OSError, match="No space left"), pytest.warns(UserWarning, match="not UTF-8"):
        data.load_imdb()
    assert {path.name for path in alone.iterdir()} == {cache.ARCHIVE}


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
    assert cache.cache_folder() == tmp_path / "rnn-unrolled"


def load_in_another_process(barrier, answers, folder, files, per_label) -> None:
    os.environ.update(RNN_CACHE=folder, NO_PROXY="127.0.0.1")
    warnings.simplefilter("ignore")
    cache.FILES.update(files)
    cache.REVIEWS_PER_LABEL = per_label
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
    arguments = (barrier, answers, str(alone), dict(cache.FILES), PER_LABEL)
    processes = [context.Process(target=load_in_another_process, args=arguments) for _ in range(2)]
    for process in processes:
        process.start()
    results = [answers.get(timeout=120) for _ in processes]
    for process in processes:
        process.join()
    assert results[0] == results[1]
    assert results[0][0] == hash_of([TRAIN_TEXTS, TEST_TEXTS])
    assert {path.name for path in alone.iterdir()} == {*cache.FILES, cache.COMPACT}


def test_urls_and_hashes_are_those_of_keras_and_tfds():
    import keras

    for name, function in (("imdb.npz", "load_data"), ("imdb_word_index.json", "get_word_index")):
        url, known_hash = cache.FILES[name]
        source = inspect.getsource(getattr(keras.datasets.imdb, function))
        assert url.rpartition("/")[0] + "/" in source
        assert known_hash.partition(":")[2] in source
    tfds = pytest.importorskip("tensorflow_datasets", exc_type=Exception)
    listed = Path(tfds.__file__).parent / "datasets/imdb_reviews/checksums.tsv"
    url, _, known_hash, _ = listed.read_text().split()
    assert cache.FILES[cache.ARCHIVE] == (url, "sha256:" + known_hash)


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


# --- Keras's coding ---


def keras_load_data(npz: Path, **settings):
    """Keras's own function on a file of ours."""
    from keras.src.datasets import imdb as keras_imdb

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keras_imdb, "get_file", lambda **_: str(npz))
        (x_train, y_train), (x_test, y_test) = keras_imdb.load_data(**settings)
    return x_train, y_train, x_test, y_test


@pytest.fixture(scope="module")
def small_npz(tmp_path_factory):
    path = tmp_path_factory.mktemp("codes") / "imdb.npz"
    path.write_bytes(CODES)
    return path


@settings(max_examples=150, deadline=None)
@given(
    num_words=st.none() | st.integers(0, 50),
    skip_top=st.integers(0, 10),
    maxlen=st.none() | st.integers(0, 12),
    seed=st.integers(0, 200),
    start_char=st.none() | st.integers(0, 3),
    oov_char=st.none() | st.integers(0, 3),
    index_from=st.integers(0, 5),
)
def test_coding_is_keras_own(small_npz, **settings):
    try:
        expected = keras_load_data(small_npz, **settings)
    except ValueError:  # every review is too long
        with pytest.raises(ValueError, match=f"maxlen={settings['maxlen']}"):
            imdb.keras_coding(sources.read_npz(small_npz), **settings)
        return
    coded = imdb.keras_coding(sources.read_npz(small_npz), **settings)
    assert same(coded, expected)
    assert all(array.dtype == object and array.ndim == 1 for array in coded[::2])
    assert [array.dtype for array in coded[1::2]] == [array.dtype for array in expected[1::2]]


def test_reviews_of_one_length_stay_lists():
    rows = np.fromiter([[1, 2], [3, 4]], dtype=object, count=2)
    codes = sources.Codes(rows, np.array([0, 1]), rows, np.array([0, 1]))
    coded = imdb.keras_coding(codes, None, 0, None, 113, 1, 2, 3)
    assert coded[0].shape == (2,)
    assert isinstance(coded[0][0], list)


@pytest.mark.real_data
@pytest.mark.parametrize(
    "settings",
    [
        {"num_words": 10_000},
        {"num_words": 8_000, "skip_top": 20, "maxlen": 100, "seed": 7, "oov_char": None},
        {"num_words": 0, "start_char": None, "index_from": 0, "maxlen": 200},
    ],
)
def test_real_codes_equal_keras(rnn_data, settings):
    expected = keras_load_data(rnn_data / "keras/imdb.npz", **settings)
    sequences = data.load_imdb_sequences(**settings)
    assert sequences.source == "folder"
    assert same(sequences, expected)


@pytest.mark.real_data
def test_num_words_above_the_index_keeps_every_word(rnn_data):
    sequences = data.load_imdb_sequences(1_000_000)
    assert max(map(max, sequences.x_train)) == len(sequences.word_index) + 3


@pytest.mark.real_data
@pytest.mark.parametrize("split", ["train", "test"])
def test_real_texts(rnn_data, split):
    reviews = data.load_imdb(split)
    assert reviews.source == "folder"
    assert len(reviews.texts) == 25_000
    assert np.bincount(reviews.labels).tolist() == [12_500, 12_500]


@pytest.mark.real_data
def test_real_texts_and_codes_agree(rnn_data):
    """Decoded codes are the words of a text, and the label is that text's. Keras's own coding has "br" as a word."""
    reviews = data.load_imdb("train")
    sequences = data.load_imdb_sequences()
    vocabulary = Vocabulary.from_word_index(sequences.word_index)
    br = vocabulary["br"]
    by_words = {" ".join(tokenize(text)): label for text, label in zip(reviews.texts, reviews.labels, strict=True)}
    found = 0
    for row, label in zip(sequences.x_train[:50], sequences.y_train[:50], strict=True):
        words = vocabulary.decode([code for code in row if code != br], show_special=False)
        if words in by_words:  # a few rows differ by a rare word
            found += 1
            assert by_words[words] == label
    assert found >= 45
