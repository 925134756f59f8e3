"""Reading word vectors: every form of the file, and the sentences about bad ones."""

import re
import zipfile

import hypothesis
import numpy as np
import pytest
from hypothesis import strategies as st

from helpers import vectors
from tests.vectors.files import NUMBERS, as_text, same, write


@pytest.mark.parametrize("name", ["a.txt", "a.txt.gz", "a.zip"])
@pytest.mark.parametrize("header", [False, True])
def test_every_form_of_the_file_gives_the_same(tmp_path, name, header):
    path = write(tmp_path / name, as_text(header=header))
    same(vectors.load_vectors(path))
    few = vectors.load_vectors(path, ["film", "the", "nowhere"])
    same(few, ["the", "film"], NUMBERS[[0, 9]])


@pytest.mark.parametrize("end", ["\n", "\r\n", " \n"])
def test_other_ends_of_lines(tmp_path, end):
    same(vectors.load_vectors(write(tmp_path / "a.txt", as_text(end=end, header=True))))


def test_a_last_line_without_a_line_feed_counts(tmp_path):
    same(vectors.load_vectors(write(tmp_path / "a.txt", as_text()[:-1])))


NUMBER = st.one_of(
    st.floats(width=32, allow_nan=False, allow_infinity=False).map(repr),
    st.floats(-10, 10).map("{:.5g}".format),
    st.from_regex(r"[-+]?[0-9]{1,6}(\.[0-9]{0,9})?([eE][-+]?[0-9]{1,2})?", fullmatch=True),
    st.from_regex(r"[-+]?\.[0-9]{1,17}", fullmatch=True),
).filter(lambda text: abs(float(text)) < 3e38)


@hypothesis.given(
    numbers=st.lists(st.lists(NUMBER, min_size=3, max_size=3), min_size=1, max_size=20),
    end=st.sampled_from(["\n", " \n", "\r\n", " \r\n"]),
)
def test_every_way_to_write_a_number(tmp_path_factory, numbers, end):
    path = tmp_path_factory.mktemp("numbers") / "a.txt"
    path.write_bytes("".join(f"w{row} {' '.join(one)}{end}" for row, one in enumerate(numbers)).encode())
    found = vectors.load_vectors(path).matrix
    np.testing.assert_array_equal(found, np.array([[float(text) for text in one] for one in numbers], "float32"))


def test_as_a_python_loop_reads_it(tmp_path):
    numbers = np.random.default_rng(1).normal(size=(3_000, 20))
    lines = [f"w{i} " + " ".join(f"{value:.5g}" for value in row) for i, row in enumerate(numbers)]
    path = write(tmp_path / "a.txt", ("\n".join(lines) + "\n").encode())
    found = vectors.load_vectors(path)
    for line in lines:
        word, *values = line.split()
        exact = np.array([float(value) for value in values], "float32")
        np.testing.assert_array_equal(found.matrix[found.vocabulary[word]], exact)


def test_words_with_spaces_take_the_last_fields_as_numbers(tmp_path):
    words = ["the", ". . .", "at name@domain.com", "dog"]
    path = write(tmp_path / "a.txt", as_text(words, NUMBERS[:4]))
    same(vectors.load_vectors(path), words, NUMBERS[:4])
    same(vectors.load_vectors(path, [". . ."]), [". . ."], NUMBERS[1:2])


GOOD = b"the 1 2 3\nfilm 4 5 6\n"
BAD = {
    "is empty: it has no line 1": b"",
    "line 3 .* is cut: the file ends in the middle of a line": GOOD + b"dull 7 8",
    r"line 3 .* has 2 numbers, but the lines before have 3": GOOD + b"dull 7 8\nfun 1 2 3\n",
    r"line 3 .* has 4 numbers, but the lines before have 3": GOOD + b"dull 7 8 9 10\nfun 1 2 3\n",
    "line 2 .*: the word 'the' has a vector already. Remove one": b"the 1 2 3\nthe 4 5 6\n",
    "line 3 .* holds a tab, .* replace the tabs": GOOD + b"dull\t7\t8\t9\n",
    "line 1 .* holds a tab": b"dull\t7\t8\t9\n",
    r"line 3 .*: the word b'caf\\xe9' is not UTF-8 \(byte 0xe9\).*save it as UTF-8": GOOD + b"caf\xe9 7 8 9\n",
    "line 3 .* 'x' is not a finite number": GOOD + b"dull 7 x 9\n",
    "line 3 .* 'nan' is not a finite number": GOOD + b"dull 7 nan 9\n",
    "line 3 .* '' is not a finite number": GOOD + b"dull 7  9\n",
    "line 3 .* '1e39' is not a finite number": GOOD + b"dull 7 1e39 9\n",
    "line 3 .* '1_0' is not a finite number": GOOD + b"dull 7 1_0 9\n",
    "line 1 .* '0,418' has a decimal comma. Write the file's numbers with a point": b"the 0,418 0,24 1\nfilm 0,1 2 3\n",
    "line 3 .* '-7,5e-3' has a decimal comma": GOOD + b"dull 1 -7,5e-3 9\n",
    "line 2 .* has 0 numbers": b"the 1 2 3\n\nfilm 4 5 6\n",
    "line 1 .* is not a word and its numbers": b"<html>\n<body>\n",
    "line 1 announces 5 vectors, but 2 follow": b"5 3\n" + GOOD,
    "line 1 announces 5 vectors, but 0 follow": b"5 3\n",
}


@pytest.mark.parametrize("sentence", BAD)
def test_a_bad_line_is_named(tmp_path, sentence):
    path = write(tmp_path / "bad.txt", BAD[sentence])
    with pytest.raises(ValueError, match=rf"bad\.txt.*{sentence}") as caught:
        vectors.load_vectors(path)
    assert re.search("again|Remove|replace|give|Write", str(caught.value))  # the remedy


def test_a_bad_line_far_down_keeps_its_number(tmp_path):
    lines = [f"w{i} 1 2 3" for i in range(500)]
    lines[399] = "w399 1 2 three"
    path = write(tmp_path / "a.txt", "\n".join(["500 3", *lines, ""]).encode())
    with pytest.raises(ValueError, match=r"line 401 .*'three'"):
        vectors.load_vectors(path)
    lines[399] = "w17 1 2 3"
    path = write(tmp_path / "a.txt", "\n".join([*lines, ""]).encode())
    with pytest.raises(ValueError, match=r"line 400 .*: the word 'w17'"):
        vectors.load_vectors(path)


@pytest.mark.parametrize("line", [b"dull 7 8", b"dull 7 8 9 10", b"dull\t7\t8\t9", b"caf\xe9 7 8 9", b""])
def test_a_bad_line_is_named_though_its_word_was_not_asked_for(tmp_path, line):
    path = write(tmp_path / "bad.txt", b"the 1 2 3\n" + line + b"\nfilm 4 5 6\n")
    with pytest.raises(ValueError, match=r"bad\.txt, line 2 "):
        vectors.load_vectors(path, ["film"])


def test_a_word_that_was_not_asked_for_may_come_twice(tmp_path):
    path = write(tmp_path / "a.txt", b"the 1 2 3\nthe 4 5 6\nfilm 4 5 6\n")
    same(vectors.load_vectors(path, ["film"]), ["film"], [[4, 5, 6]])


@pytest.mark.parametrize("load", [vectors.load_vectors, lambda _, words: vectors.load_glove(words)])
def test_one_string_is_not_a_collection_of_words(tmp_path, load):
    with pytest.raises(TypeError, match=r"words='abc' is one string and not a collection of words: write \['abc'\]"):
        load(write(tmp_path / "a.txt", b"a 1 2 3\n"), "abc")


def test_none_of_the_words(tmp_path):
    found = vectors.load_vectors(write(tmp_path / "a.txt", as_text()), ["nowhere"])
    assert (found.vocabulary, found.matrix.shape, found.matrix.dtype) == ({}, (0, 7), np.float32)


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
    assert vectors.load_vectors(path, member="1d.txt").matrix.shape == (1, 1)


def test_no_file():
    with pytest.raises(FileNotFoundError, match=r"there is no file nowhere\.txt: correct the path"):
        vectors.load_vectors("nowhere.txt")
