"""Word vectors: reading them, the sentences about bad files, the download, the layout of an embedding."""

import gzip
import hashlib
import http.server
import json
import os
import re
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import hypothesis
import numpy as np
import pytest
from hypothesis import strategies as st

from helpers import data, vectors
from helpers.data import cache, resume, sample
from helpers.text import Vocabulary
from helpers.vectors import glove, reading

WORDS = ["the", ",", "\u00a0", "…", "na\u00efve", "a\x85b", '"', "2014", "-0.5", "film"]
NUMBERS = np.random.default_rng(0).normal(size=(len(WORDS), 7)).round(5).astype("float32")


def as_text(words=WORDS, numbers=NUMBERS, *, header=False, end="\n") -> bytes:
    lines = [f"{word} {' '.join(map(str, row))}" for word, row in zip(words, numbers, strict=True)]
    return (f"{len(words)} {numbers.shape[1]}{end}" * header + "".join(line + end for line in lines)).encode()


@pytest.fixture(autouse=True)
def alone(tmp_path, monkeypatch):
    """Nothing kept from before, no RNN_DATA, and nothing at the other end of every URL."""
    monkeypatch.setenv("RNN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(cache, "TRIES_AGAIN", 0)
    for name, (_, *rest) in glove.DOWNLOADS.items():
        monkeypatch.setitem(glove.DOWNLOADS, name, (f"http://127.0.0.1:9/{name}", *rest))
    return tmp_path / "cache"


def write(path, content: bytes):
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(content))
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("vec.txt", content)
    else:
        path.write_bytes(content)
    return path


def same(found, words=WORDS, numbers=NUMBERS):
    assert found.vocabulary == {word: row for row, word in enumerate(words)}
    assert found.matrix.dtype == np.float32
    np.testing.assert_array_equal(found.matrix, numbers)


# --- reading ---


@pytest.mark.parametrize("name", ["a.txt", "a.txt.gz", "a.zip"])
@pytest.mark.parametrize("header", [False, True])
@pytest.mark.parametrize("block", [60, 2**20])
def test_every_form_of_the_file_gives_the_same(tmp_path, monkeypatch, way, name, header, block):
    monkeypatch.setattr(reading, "BLOCK", block)
    path = write(tmp_path / name, as_text(header=header))
    same(vectors.load_vectors(path))
    few = vectors.load_vectors(path, ["film", "the", "nowhere"], keep=False)
    same(few, ["the", "film"], NUMBERS[[0, 9]])


@pytest.mark.parametrize("end", ["\n", "\r\n", " \n"])
def test_other_ends_of_lines(tmp_path, end):
    same(vectors.load_vectors(write(tmp_path / "a.txt", as_text(end=end, header=True))))


def test_a_last_line_without_a_line_feed_counts(tmp_path):
    same(vectors.load_vectors(write(tmp_path / "a.txt", as_text()[:-1])))


@pytest.fixture(params=["machine code", "line by line"])
def way(request, monkeypatch):
    """Both ways to read a block, however small it is."""
    monkeypatch.setattr(reading, "SMALL", 0)
    if request.param == "line by line":
        monkeypatch.setattr(reading, "_kernel", lambda: None)
    else:
        assert reading._kernel() is not None
    return request.param


def only_machine_code(monkeypatch):
    monkeypatch.setattr(reading, "SMALL", 0)
    monkeypatch.setattr(reading, "_line_by_line", lambda *_: pytest.fail("read line by line"))


NUMBER = st.one_of(
    st.floats(width=32, allow_nan=False, allow_infinity=False).map(repr),
    st.floats(-10, 10).map("{:.5g}".format),
    st.from_regex(r"[-+]?[0-9]{1,6}(\.[0-9]{0,9})?([eE][-+]?[0-9]{1,2})?", fullmatch=True),
    st.from_regex(r"[-+]?\.[0-9]{1,17}", fullmatch=True),
).filter(lambda text: abs(float(text)) < 3e38)


@hypothesis.given(
    numbers=st.lists(st.lists(NUMBER, min_size=3, max_size=3), min_size=1, max_size=20),
    end=st.sampled_from(["\n", " \n", "\r\n", " \r\n"]),
    block=st.integers(50, 600),
)
def test_every_way_to_write_a_number(tmp_path_factory, numbers, end, block):
    path = tmp_path_factory.mktemp("numbers") / "a.txt"
    path.write_bytes("".join(f"w{row} {' '.join(one)}{end}" for row, one in enumerate(numbers)).encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "SMALL", 0)
        patch.setattr(reading, "BLOCK", block)
        found = vectors.load_vectors(path, keep=False).matrix
    np.testing.assert_array_equal(found, np.array([[float(text) for text in one] for one in numbers], "float32"))


def test_plain_lines_are_read_by_machine_code(tmp_path, monkeypatch):
    only_machine_code(monkeypatch)
    for end in ("\n", " \n", "\r\n"):
        same(vectors.load_vectors(write(tmp_path / "a.txt", as_text(end=end, header=True)), keep=False))
    numbers = np.array([[1e-5, -2.5e-7, 1e20], [123456.5, 0.000123, 1.0]], dtype="float32")
    path = write(tmp_path / "b.txt", as_text(["a", "b"], numbers))
    same(vectors.load_vectors(path, keep=False), ["a", "b"], numbers)


def test_without_numba(tmp_path, monkeypatch):
    monkeypatch.delattr(vectors, "kernel", raising=False)
    monkeypatch.setitem(sys.modules, "helpers.vectors.kernel", None)  # its import fails
    monkeypatch.setattr(reading, "_kernel", reading._kernel.__wrapped__)
    monkeypatch.setattr(reading, "SMALL", 0)
    assert reading._kernel() is None
    same(vectors.load_vectors(write(tmp_path / "a.txt", as_text())))


def test_machine_code_that_cannot_be_kept(tmp_path):
    """No folder takes it: it is compiled anew, and reads the same."""
    package = tmp_path / "kernel.py"
    package.write_bytes(Path(reading.__file__).with_name("kernel.py").read_bytes())
    (tmp_path / "__pycache__").write_text("in the way")
    code = (
        "import numpy as np, kernel; text = np.zeros(32, np.uint8); text[:8] = list(b'the 1.5\\n');"
        "words, numbers = np.empty(8, np.uint8), np.empty((1, 1), np.float32);"
        "print(kernel.parse(text, np.uint64(0), np.uint64(8), words, numbers), numbers[0, 0])"
    )
    nowhere = {"HOME": "/dev/null", "XDG_CACHE_HOME": "/dev/null", "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | nowhere, capture_output=True, text=True, cwd=tmp_path
    )
    assert (done.stdout, done.returncode) == ("(1, 4) 1.5\n", 0), done.stderr


def test_as_a_python_loop_reads_it(tmp_path):
    numbers = np.random.default_rng(1).normal(size=(3_000, 20))
    lines = [f"w{i} " + " ".join(f"{value:.5g}" for value in row) for i, row in enumerate(numbers)]
    path = write(tmp_path / "a.txt", ("\n".join(lines) + "\n").encode())
    found = vectors.load_vectors(path, keep=False)
    for line in lines:
        word, *values = line.split()
        np.testing.assert_allclose(found.matrix[found.vocabulary[word]], np.asarray(values, "float32"), rtol=1e-6)


def test_words_with_spaces_take_the_last_fields_as_numbers(tmp_path, way):
    words = ["the", ". . .", "at name@domain.com", "dog"]
    path = write(tmp_path / "a.txt", as_text(words, NUMBERS[:4]))
    same(vectors.load_vectors(path), words, NUMBERS[:4])
    same(vectors.load_vectors(path, [". . ."], keep=False), [". . ."], NUMBERS[1:2])


GOOD = b"the 1 2 3\nfilm 4 5 6\n"
BAD = {
    "is empty: it has no line 1": b"",
    "line 3 .* is cut: the file ends in the middle of a line": GOOD + b"dull 7 8",
    r"line 3 .* has 2 numbers, but the lines before have 3": GOOD + b"dull 7 8\nfun 1 2 3\n",
    r"line 3 .* has 4 numbers, but the lines before have 3": GOOD + b"dull 7 8 9 10\nfun 1 2 3\n",
    "line 2: the word 'the' has a vector already. Remove one": b"the 1 2 3\nthe 4 5 6\n",
    "line 3 .* holds a tab, .* replace the tabs": GOOD + b"dull\t7\t8\t9\n",
    "line 1 .* holds a tab": b"dull\t7\t8\t9\n",
    r"line 3: the word b'caf\\xe9' is not UTF-8 \(byte 0xe9\).*save it as UTF-8": GOOD + b"caf\xe9 7 8 9\n",
    "line 3 .* 'x' is not a finite number": GOOD + b"dull 7 x 9\n",
    "line 3 .* 'nan' is not a finite number": GOOD + b"dull 7 nan 9\n",
    "line 3 .* '' is not a finite number": GOOD + b"dull 7  9\n",
    "line 3 .* '1e39' is not a finite number": GOOD + b"dull 7 1e39 9\n",
    "line 3 .* '1_0' is not a finite number": GOOD + b"dull 7 1_0 9\n",
    "line 2 .* has 0 numbers": b"the 1 2 3\n\nfilm 4 5 6\n",
    "line 1 .* is not a word and its numbers": b"<html>\n<body>\n",
    "line 1 announces 5 vectors, but 2 follow": b"5 3\n" + GOOD,
    "line 1 announces 5 vectors, but 0 follow": b"5 3\n",
}


@pytest.mark.parametrize("sentence", BAD)
def test_a_bad_line_is_named(tmp_path, way, sentence):
    path = write(tmp_path / "bad.txt", BAD[sentence])
    with pytest.raises(ValueError, match=rf"bad\.txt.*{sentence}") as caught:
        vectors.load_vectors(path)
    assert re.search("again|Remove|replace|give", str(caught.value))  # the remedy
    assert not list(tmp_path.glob("cache/vectors/*"))


def test_a_bad_line_far_down_keeps_its_number(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "BLOCK", 200)
    lines = [f"w{i} 1 2 3" for i in range(500)]
    lines[399] = "w399 1 2 three"
    path = write(tmp_path / "a.txt", "\n".join(["500 3", *lines, ""]).encode())
    with pytest.raises(ValueError, match=r"line 401 .*'three'"):
        vectors.load_vectors(path)
    lines[399] = "w17 1 2 3"
    path = write(tmp_path / "a.txt", "\n".join([*lines, ""]).encode())
    with pytest.raises(ValueError, match=r"line 400: the word 'w17'"):
        vectors.load_vectors(path)


@pytest.mark.parametrize("name", ["a.txt.gz", "a.zip"])
def test_a_cut_archive(tmp_path, name):
    path = write(tmp_path / name, as_text(numbers=np.random.default_rng(0).normal(size=(10, 300)).astype("float32")))
    path.write_bytes(path.read_bytes()[:400])
    with pytest.raises(ValueError, match=r"is cut or damaged after line \d.*again"):
        vectors.load_vectors(path)


def test_a_zip_of_several_files_wants_a_name(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("7d.txt", as_text())
        archive.writestr("1d.txt", b"the 1\n")
    with pytest.raises(ValueError, match=r"holds 7d\.txt, 1d\.txt: name the one you want as `member`"):
        vectors.load_vectors(path)
    same(vectors.load_vectors(path, member="7d.txt"))
    assert vectors.load_vectors(path, member="1d.txt").matrix.shape == (1, 1)  # kept apart


def test_no_file():
    with pytest.raises(FileNotFoundError, match=r"there is no file nowhere\.txt: correct the path"):
        vectors.load_vectors("nowhere.txt")


# --- kept ---


def test_what_was_read_is_kept_under_the_hash_of_its_source(tmp_path, alone, monkeypatch):
    path = write(tmp_path / "a.txt", as_text())
    same(vectors.load_vectors(path))
    kept = {found.name for found in (alone / "vectors").iterdir()}
    digest = hashlib.sha256(as_text()).hexdigest()
    assert kept == {f"{digest}.npy", f"{digest}.txt"}
    monkeypatch.setattr(reading, "_read", lambda *_: pytest.fail("read again"))
    found = vectors.load_vectors(path)
    same(found)
    found.matrix[0] = 0  # yours: what is kept stays as it was
    same(vectors.load_vectors(path))
    same(vectors.load_vectors(path, ["film", "the"]), ["the", "film"], NUMBERS[[0, 9]])


def test_a_changed_source_is_read_anew(tmp_path):
    path = write(tmp_path / "a.txt", as_text())
    vectors.load_vectors(path)
    write(path, as_text(numbers=2 * NUMBERS))
    same(vectors.load_vectors(path), numbers=2 * NUMBERS)


@pytest.mark.parametrize("ending", [".npy", ".txt"])
def test_a_spoilt_copy_is_made_again(tmp_path, alone, ending):
    path = write(tmp_path / "a.txt", as_text())
    vectors.load_vectors(path)
    kept = next((alone / "vectors").glob("*" + ending))
    kept.write_bytes(kept.read_bytes()[:10])
    same(vectors.load_vectors(path))
    assert len(kept.read_bytes()) > 10


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
    monkeypatch.setattr(resume, "PIECE", 1_000)
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
    for word, group in (("dull", sample.GOOD + sample.BAD), ("paris", sample.SLOTS["place"])):
        nearest = np.argsort(-unit @ unit[vocabulary[word]])[1:6]
        assert {words[row] for row in nearest} <= {one.lower() for one in group}
    again = vectors.sample_vectors(["dull"])
    np.testing.assert_array_equal(again.matrix[0], matrix[vocabulary["dull"]])


# --- the embedding ---


def test_the_offset_trap():
    """Keras codes the word of rank r as r + 3. With another offset every word gets another word's vector."""
    imdb = data.load_imdb_sequences(num_words=1_000, source="sample")
    words = sorted(imdb.word_index, key=imdb.word_index.get)
    made = vectors.Vectors({word: row for row, word in enumerate(words)}, np.eye(len(words), dtype="float32"))
    right = vectors.embedding_matrix(imdb.word_index, made, index_offset=3, num_words=1_000)
    wrong = vectors.embedding_matrix(imdb.word_index, made, index_offset=0, num_words=1_000)

    def read(matrix, codes):
        return [words[matrix[code].argmax()] if matrix[code].any() else None for code in codes]

    by_rank = {rank: word for word, rank in imdb.word_index.items()}
    for review in imdb.x_train[:20]:
        codes = [code for code in review if code > 3]  # without padding, start and unknown
        assert read(right.matrix, codes) == [by_rank[code - 3] for code in codes]
        assert read(wrong.matrix, codes) == [by_rank.get(code) for code in codes]  # three places off
    assert not right.matrix[:4].any()
    assert right.covered / right.words == wrong.covered / wrong.words == 1  # coverage cannot tell


def test_the_offset_must_be_said():
    made = vectors.Vectors({"the": 0}, np.ones((1, 2), dtype="float32"))
    with pytest.raises(TypeError, match="index_offset"):
        vectors.embedding_matrix({"the": 1}, made)
    with pytest.raises(ValueError, match=r"makes a code negative; Keras's IMDB has 3"):
        vectors.embedding_matrix({"the": 1}, made, index_offset=-3)
    with pytest.raises(ValueError, match=r"no word of the vocabulary has a code below 4: raise num_words"):
        vectors.embedding_matrix({"the": 1}, made, index_offset=3, num_words=4)


def test_coverage_and_the_most_frequent_words_without_a_vector():
    made = vectors.Vectors({"the": 0, "film": 1}, np.array([[1, 2], [3, 4]], dtype="float32"))
    found = vectors.embedding_matrix({"don't": 2, "film": 3, "the": 1, "rare": 9, "it's": 4}, made, index_offset=3)
    assert found.matrix.tolist() == [[0, 0]] * 4 + [[1, 2], [0, 0], [3, 4]] + [[0, 0]] * 6
    assert (found.covered, found.words, found.missing) == (2, 5, ("don't", "it's", "rare"))
    assert found.report(2) == "2 of 5 words (40.0 %) have a vector; the most frequent without: don't, it's."
    few = vectors.embedding_matrix({"film": 3, "the": 1, "rare": 9}, made, index_offset=3, num_words=7)
    assert (few.covered, few.words, few.missing) == (2, 2, ())
    assert few.report().endswith("the most frequent without: none.")


def test_codes_of_our_own_vocabulary_have_no_offset():
    vocabulary = Vocabulary.from_texts(["the film", "the end"])
    made = vectors.Vectors({"the": 0}, np.ones((1, 2), dtype="float32"))
    found = vectors.embedding_matrix(vocabulary.codes, made, index_offset=0)
    assert np.flatnonzero(found.matrix.any(axis=1)).tolist() == [vocabulary.codes["the"]]


# --- the real file ---


@pytest.mark.real_data
def test_the_published_vectors(rnn_data, monkeypatch):
    path = rnn_data / "glove/glove.6B.100d.subset.txt.gz"
    ranks = json.loads((rnn_data / "keras/imdb_word_index.json").read_text(encoding="utf-8"))
    found = vectors.load_vectors(path, ranks, keep=False)
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        for _ in range(1_000):
            word, *values = file.readline().rstrip("\n").split(" ")
            if word in ranks:
                np.testing.assert_allclose(found.matrix[found.vocabulary[word]], np.array(values, "float32"), rtol=1e-6)
    coded = vectors.embedding_matrix(ranks, found, index_offset=3, num_words=10_000)
    assert coded.words == 9_996
    assert coded.covered > 9_600
    assert {"it's", "don't"} <= set(coded.missing[:5])  # GloVe cuts "do n't"
