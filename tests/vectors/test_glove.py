"""Where GloVe is found: the download, the folder, the sample; and what the published file holds."""

import gzip
import hashlib
import http.server
import json
import threading

import numpy as np
import pytest

from helpers import data, vectors
from helpers.data import download
from helpers.data.sample import films, grammar
from helpers.vectors import glove
from tests.vectors.files import NUMBERS, WORDS, as_text, write

# --- the download ---


class Server:
    """Gives one file, piece by piece; knows ranges unless told otherwise; may hang up in the middle."""

    def __init__(self, content: bytes) -> None:
        self.content, self.cut_at, self.ranges, self.asked = content, None, True, []
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                wanted = self.headers.get("Range")
                server.asked.append(wanted)
                start = int(wanted.split("=")[1].rstrip("-")) if wanted and server.ranges else 0
                if start >= len(server.content):
                    self.send_response(416)
                    self.end_headers()
                    return
                body = server.content[start:]
                self.send_response(206 if start else 200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body if server.cut_at is None else body[: server.cut_at])

            def log_message(self, *_):
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/glove.6B.100d.zip"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()


@pytest.fixture
def server(tmp_path, monkeypatch, socket_enabled):
    monkeypatch.delenv("RNN_DATA", raising=False)
    monkeypatch.setattr(glove, "DIMENSION", 7)
    monkeypatch.setattr(download, "PIECE", 1_000)
    numbers = np.random.default_rng(0).normal(size=(400, 7)).astype("float32")
    path = write(tmp_path / "made.zip", as_text([f"w{i}" for i in range(400)], numbers))
    running = Server(path.read_bytes())
    known_hash = "sha1:" + hashlib.sha1(running.content).hexdigest()
    monkeypatch.setitem(glove.DOWNLOADS, "glove.6B.100d.zip", (running.url, known_hash, "vec.txt", 128))
    yield running
    running.http.shutdown()
    running.http.server_close()


def test_download_once(server, alone, capsys):
    found = vectors.load_glove()
    assert (found.source, found.matrix.shape, server.asked) == ("download", (400, 7), [None])
    said = capsys.readouterr()
    assert "128 MB" in said.out
    assert "100%" in said.err
    assert vectors.load_glove(["w3"]).vocabulary == {"w3": 0}
    assert len(server.asked) == 1
    assert not list(alone.glob("*.part"))


def test_a_download_goes_on_where_it_stopped(server, alone):
    server.cut_at = 5_000
    with pytest.raises(data.SourceUnavailable, match="cannot be reached"):
        vectors.load_glove(source="download")
    assert [part.stat().st_size for part in alone.glob("*.part")] == [5_000]
    server.cut_at = None
    assert vectors.load_glove(source="download").source == "download"
    assert server.asked == [None, "bytes=5000-"]
    assert not list(alone.glob("*.part"))


def test_a_server_without_ranges_sends_all_again(server, alone):
    server.cut_at = 5_000
    with pytest.raises(data.SourceUnavailable):
        vectors.load_glove(source="download")
    server.cut_at, server.ranges = None, False
    assert len(vectors.load_glove(source="download").vocabulary) == 400


def test_a_part_of_another_file_ends_in_a_sentence_and_then_in_the_file(server, alone):
    alone.mkdir()
    (alone / "glove.6B.100d.zip.part").write_bytes(b"x" * 100)
    with pytest.raises(ValueError, match=r"glove\.6B\.100d\.zip, downloaded from .* is not what was expected"):
        vectors.load_glove(source="download")
    assert vectors.load_glove(source="download").source == "download"
    (alone / "glove.6B.100d.zip").unlink()
    (alone / "glove.6B.100d.zip.part").write_bytes(b"x" * 10**6)  # longer than the file: refused, and started anew
    with pytest.raises(data.SourceUnavailable):
        vectors.load_glove(source="download")
    assert vectors.load_glove(source="download").source == "download"


def test_hashes_are_those_that_others_publish():
    hashes = {name: known_hash for name, (_, known_hash, *_) in glove.DOWNLOADS.items()}
    assert hashes == {
        "glove.6B.100d.zip": "sha1:cd43bfb07e44e6f27cbcc7bc9ae3d80284fdaf5a",  # "Dive into Deep Learning"
        "glove.6B.zip": "sha256:617afb2fe6cbd085c235baf7a465b96f4112bd7f7ccb2b2cbd649fed9cbcf2fb",  # Embeddings.jl
    }


# --- sources and sample ---


def test_a_folder_that_has_the_whole_file_is_asked_for_that(tmp_path, monkeypatch):
    monkeypatch.setenv("RNN_DATA", str(tmp_path))
    monkeypatch.setattr(glove, "DIMENSION", 7)
    (tmp_path / "glove").mkdir()
    write(tmp_path / "glove/glove.6B.100d.subset.txt.gz", as_text(WORDS[:2], NUMBERS[:2]))
    assert len(vectors.load_glove().vocabulary) == 2
    write(tmp_path / "glove/glove.6B.100d.txt", as_text())
    assert len(vectors.load_glove().vocabulary) == len(WORDS)
    monkeypatch.setattr(glove, "DIMENSION", 100)
    with pytest.raises(ValueError, match=r"have 7 numbers, not 100"):
        vectors.load_glove()


def test_without_a_source_there_are_sample_vectors_and_it_says_so(monkeypatch, capsys):
    monkeypatch.delenv("RNN_DATA", raising=False)
    found = vectors.load_glove(["dull", "funny", "nowhere"])
    assert found.source == "sample"
    assert list(found.vocabulary) == ["funny", "dull"]
    assert "sample data" in capsys.readouterr().out
    with pytest.raises(ValueError, match="there is no source 'net'"):
        vectors.load_glove(source="net")


def test_sample_vectors_know_which_words_can_stand_for_each_other():
    vocabulary, matrix = vectors.sample_vectors()
    assert matrix.shape == (len(vocabulary), 100)
    words = list(vocabulary)
    unit = matrix / np.linalg.norm(matrix, axis=1, keepdims=True)
    for word, group in (("dull", films.GOOD + films.BAD), ("paris", grammar.SLOTS["place"])):
        nearest = np.argsort(-unit @ unit[vocabulary[word]])[1:6]
        assert {words[row] for row in nearest} <= {one.lower() for one in group}
    again = vectors.sample_vectors(["dull"])
    np.testing.assert_array_equal(again.matrix[0], matrix[vocabulary["dull"]])


# --- the real file ---


@pytest.mark.real_data
def test_the_published_vectors(rnn_data):
    path = rnn_data / "glove/glove.6B.100d.subset.txt.gz"
    ranks = json.loads((rnn_data / "keras/imdb_word_index.json").read_text(encoding="utf-8"))
    found = vectors.load_vectors(path, ranks)
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        for _ in range(1_000):
            word, *values = file.readline().rstrip("\n").split(" ")
            if word in ranks:
                np.testing.assert_array_equal(
                    found.matrix[found.vocabulary[word]], [np.float32(float(value)) for value in values]
                )
    coded = vectors.embedding_matrix(ranks, found, index_offset=3, num_words=10_000)
    assert coded.words == 9_996
    assert coded.covered > 9_600
    assert {"it's", "don't"} <= set(coded.missing[:5])  # GloVe cuts "do n't"
