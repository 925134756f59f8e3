"""Words to numbers and back."""

import json
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.text import OOV, START, Vocabulary, lengths, mask, pad, tokenize
from helpers.text import padding as padding_module

# Text with much of what matters here, and anything else that fits a str, lone surrogates included
TEXTS = st.text(st.one_of(st.sampled_from("ab '.,<br />\t\n\x00İß\x85\xa0😀"), st.characters(codec=None)), max_size=60)
WORDS = st.text("abcdefgh'", min_size=1, max_size=4)
unhurried = settings(deadline=None)  # other work on the machine is no failure
SIDES = st.sampled_from(["pre", "post"])


@pytest.mark.parametrize(
    ("given_text", "words"),
    [
        ("It WASN'T dull, was it?", ["it", "wasn't", "dull", "was", "it"]),
        ("one<br /><br />two<BR>three<br/>four", ["one", "two", "three", "four"]),
        ("a\tb\nc  d-e_f", ["a", "b", "c", "d", "e", "f"]),
        ("browser <brown>", ["browser", "brown"]),
        ("", []),
        (" ...!\n", []),
        ("word", ["word"]),
        ("naïve 😀 \x00 \ud800", ["naïve", "😀", "\x00", "\ud800"]),
    ],
)
def test_tokenize(given_text, words):
    assert tokenize(given_text) == words


@unhurried
@given(TEXTS)
def test_tokenize_is_keras_tokenizer_without_line_breaks(given_text):
    from keras.src.legacy.preprocessing.text import text_to_word_sequence

    if "<br" not in given_text.lower():
        assert tokenize(given_text) == text_to_word_sequence(given_text)
    assert tokenize(f"{given_text} x<br /><br />y") == [*tokenize(given_text), "x", "y"]


@unhurried
@given(TEXTS)
def test_tokens_are_stable(given_text):
    words = tokenize(given_text)
    assert tokenize(" ".join(words)) == words


@pytest.mark.parametrize(("wrong", "named"), [(b"bytes", "bytes: decode"), (None, "None"), (3, "a int")])
def test_not_a_text(wrong, named):
    with pytest.raises(TypeError, match=named):
        tokenize(wrong)
    with pytest.raises(TypeError, match=named):
        Vocabulary.from_texts(["fine"]).encode(wrong)
    with pytest.raises(TypeError, match=rf"texts\[1\].*{named}"):
        Vocabulary.from_texts(["fine", wrong])
    with pytest.raises(TypeError, match=f"item 1 is {named}"):
        Vocabulary.from_texts(["fine"]).encode(["fine", wrong])


def test_one_text_is_not_a_list_of_texts():
    with pytest.raises(TypeError, match="into a list"):
        Vocabulary.from_texts("each letter would be a review")


def test_most_frequent_first_and_ties_by_first_appearance():
    vocabulary = Vocabulary.from_texts(["rain snow rain", "wind snow rain hail"])
    assert vocabulary.codes == {"rain": 4, "snow": 5, "wind": 6, "hail": 7}
    assert list(vocabulary) == ["rain", "snow", "wind", "hail"]
    assert len(vocabulary) == 8  # Embedding(8, …) takes every code
    assert "wind" in vocabulary
    assert "fog" not in vocabulary
    assert vocabulary["hail"] == 7
    assert vocabulary["fog"] == OOV


def test_num_words_counts_the_specials():
    vocabulary = Vocabulary.from_texts(["rain snow rain", "wind snow rain hail"], num_words=6)
    assert vocabulary.codes == {"rain": 4, "snow": 5}
    assert vocabulary.encode("Hail and rain!") == [START, OOV, OOV, 4]
    assert len(vocabulary) == 6


@unhurried
@given(st.lists(TEXTS, max_size=4), st.integers(4, 20))
def test_no_code_reaches_num_words(texts, num_words):
    vocabulary = Vocabulary.from_texts(texts, num_words=num_words)
    assert all(code < num_words for one in texts for code in vocabulary.encode(one))
    assert len(vocabulary) <= num_words


@pytest.mark.parametrize("num_words", [0, 3, -1])
def test_num_words_too_small(num_words):
    with pytest.raises(ValueError, match=rf"num_words is {num_words}, .*4 or more"):
        Vocabulary.from_texts(["rain"], num_words=num_words)
    with pytest.raises(ValueError, match="num_words"):
        Vocabulary.from_word_index({"rain": 1}, num_words=num_words)


@pytest.mark.parametrize("num_words", ["x", 10.0, True, [4]])
def test_num_words_that_is_no_number_is_named(num_words):
    for make in (lambda: Vocabulary.from_texts(["rain"], num_words), lambda: Vocabulary.from_word_index({}, num_words)):
        with pytest.raises(TypeError) as error:
            make()
        assert str(error.value) == (
            f"num_words is {num_words!r}, but it must be a whole number, such as 10_000, or None for every word."
        )


def test_num_words_may_be_numpys():
    assert Vocabulary.from_texts(["rain snow"], num_words=np.int64(5)).codes == {"rain": 4}


def test_num_words_is_looked_at_before_the_texts_are_read():
    with pytest.raises(ValueError, match="num_words is 3"):
        Vocabulary.from_texts(("never read" for _ in iter(int, 1)), num_words=3)


@pytest.mark.parametrize("num_words", [None, 5, 1_000_000])
def test_num_words_above_the_index_keeps_everything(num_words):
    assert Vocabulary.from_texts(["rain"], num_words=num_words).codes == {"rain": 4}


def test_from_word_index_is_keras_coding():
    index = {"the": 1, "and": 2, "film": 19}
    assert Vocabulary.from_word_index(index).codes == {"the": 4, "and": 5, "film": 22}
    assert Vocabulary.from_word_index(index, num_words=22).encode("the film") == [START, 4, OOV]
    assert Vocabulary.from_word_index(index, index_from=2).codes["the"] == 3
    with pytest.raises(ValueError, match="'the' would have code 2"):
        Vocabulary.from_word_index(index, index_from=1)
    with pytest.raises(ValueError, match="same code"):
        Vocabulary.from_word_index({"the": 1, "and": 1})


def test_encode_text_or_tokens():
    vocabulary = Vocabulary.from_texts(["rain snow"])
    assert vocabulary.encode("Rain, snow") == vocabulary.encode(["rain", "snow"]) == [START, 4, 5]
    assert vocabulary.encode("") == vocabulary.encode([]) == [START]
    assert vocabulary.encode("", add_start=False) == []
    assert vocabulary.encode("rain", add_start=False) == [4]
    assert len(vocabulary.encode("rain " * 1_000_000)) == 1_000_001


def test_decode():
    vocabulary = Vocabulary.from_texts(["rain snow"])
    codes = np.array([0, 1, 4, 2, 5, 3, 99])
    assert vocabulary.decode(codes) == "[PAD] [START] rain [OOV] snow [OOV] [OOV]"
    assert vocabulary.decode(codes, show_special=False) == "rain snow"
    assert vocabulary.decode([]) == ""
    with pytest.raises(ValueError, match="-1 is no code"):
        vocabulary.decode([-1])
    with pytest.raises(ValueError, match="no code"):
        vocabulary.decode([[4, 5]])


@unhurried
@given(TEXTS)
def test_decoding_what_was_encoded(given_text):
    vocabulary = Vocabulary.from_texts([given_text], num_words=None)
    assert vocabulary.decode(vocabulary.encode(given_text), show_special=False) == " ".join(tokenize(given_text))


@unhurried
@given(st.data())
def test_encoding_what_was_decoded(data):
    words = data.draw(st.lists(WORDS, min_size=1, unique=True))
    vocabulary = Vocabulary.from_word_index({word: rank for rank, word in enumerate(words, start=1)})
    codes = data.draw(st.lists(st.sampled_from(sorted(vocabulary.words))))
    assert vocabulary.encode(vocabulary.decode(codes), add_start=False) == codes
    assert vocabulary.encode(vocabulary.decode([START, *codes], show_special=False)) == [START, *codes]


@unhurried
@given(texts=st.lists(TEXTS, max_size=3))
def test_save_and_load(tmp_path_factory, texts):
    vocabulary = Vocabulary.from_texts(texts)
    path = tmp_path_factory.mktemp("vocabulary") / "words.json"
    vocabulary.save(path)
    assert Vocabulary.load(path) == vocabulary
    assert [file.name for file in path.parent.iterdir()] == ["words.json"]  # no temporary file is left


def test_a_failed_save_keeps_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "words.json"
    Vocabulary.from_texts(["old"]).save(path)

    def full(*_):
        raise OSError("no space left")

    monkeypatch.setattr(type(path), "replace", full)
    with pytest.raises(OSError, match="no space"):
        Vocabulary.from_texts(["new"]).save(path)
    assert list(Vocabulary.load(path)) == ["old"]
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "{}", '{"codes": {"a": "x"}}', '{"codes": {"a": 1}}', '{"codes": 3}']
)
def test_load_names_a_bad_file(tmp_path, content):
    path = tmp_path / "words.json"
    path.write_text(content)
    with pytest.raises(ValueError, match=r"words\.json is not a vocabulary"):
        Vocabulary.load(path)


def test_vocabulary_by_code_is_refused():
    vocabulary = Vocabulary.from_texts(["rain"])
    with pytest.raises(TypeError, match="decode"):
        vocabulary[4]


def test_repr():
    shown = repr(Vocabulary.from_texts(["rain rain snow snow wind hail"]))
    assert shown == "Vocabulary(4 words, codes below 8; 'rain': 4, 'snow': 5, 'wind': 6, …)"
    assert repr(Vocabulary.from_texts([])).startswith("Vocabulary(0 words")


@settings(max_examples=200, deadline=None)
@given(
    sequences=st.lists(st.lists(st.integers(0, 9), max_size=9), max_size=7),
    length=st.integers(1, 12),
    padding=SIDES,
    truncating=SIDES,
    value=st.integers(0, 3),
    rows_at_once=st.integers(1, 8),
)
def test_pad_equals_keras(sequences, length, padding, truncating, value, rows_at_once):
    import keras

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(padding_module, "ROWS_AT_ONCE", rows_at_once)
        padded = pad(sequences, length, padding=padding, truncating=truncating, value=value)
    if sequences:
        expected = keras.utils.pad_sequences(sequences, length, padding=padding, truncating=truncating, value=value)
        np.testing.assert_array_equal(padded, expected)
    assert padded.shape == (len(sequences), length)
    assert padded.dtype == np.int32


def test_pad_takes_what_the_loaders_give():
    reviews = np.fromiter([[1, 2, 3], [4]], dtype=object, count=2)
    expected = [[2, 3], [0, 4]]
    assert pad(reviews, 2, padding="pre", truncating="pre").tolist() == expected
    assert pad([np.array([1, 2, 3]), (4,)], 2, padding="pre", truncating="pre", dtype="float32").tolist() == expected


def test_pad_wants_both_sides():
    with pytest.raises(TypeError, match="truncating"):
        pad([[1]], 3, padding="pre")
    with pytest.raises(TypeError, match="padding"):
        pad([[1]], 3, truncating="pre")


@pytest.mark.parametrize(
    ("sequences", "length", "sides", "error", "message"),
    [
        ([[1]], 0, ("pre", "pre"), ValueError, "length is 0"),
        ([[1]], 2.5, ("pre", "pre"), ValueError, "length is 2.5"),
        ([[1]], 3, ("left", "pre"), ValueError, "padding is 'left'"),
        ([[1]], 3, ("pre", None), ValueError, "truncating is None"),
        ([1, 2], 3, ("pre", "pre"), TypeError, r"sequences\[0\] is a int"),
        ([[1], "ab"], 3, ("pre", "pre"), TypeError, r"sequences\[1\] is a str"),
        ([[1], None], 3, ("pre", "pre"), TypeError, r"sequences\[1\] is None"),
        ("abc", 3, ("pre", "pre"), TypeError, "is a str"),
        ((row for row in [[1]]), 3, ("pre", "pre"), TypeError, "is a generator"),
        ([[1], [2, 3.5]], 3, ("pre", "pre"), TypeError, r"sequences\[1\] holds 3.5"),
        ([[1], ["film"]], 3, ("pre", "pre"), TypeError, r"sequences\[1\] holds 'film'"),
        ([[1], [[2]]], 3, ("pre", "pre"), TypeError, r"sequences\[1\] holds \[2\]"),
        ([[2**40]], 3, ("pre", "pre"), ValueError, "do not fit int32"),
        ([[2**70]], 3, ("pre", "pre"), ValueError, "64 bits"),
    ],
)
def test_pad_refuses(sequences, length, sides, error, message):
    with pytest.raises(error, match=message):
        pad(sequences, length, padding=sides[0], truncating=sides[1])


def test_mask_and_lengths():
    sequences = [[5, 6], [], [7, 8, 9]]
    padded = pad(sequences, 4, padding="post", truncating="post")
    assert mask(padded).dtype == bool
    assert mask(padded).sum(axis=1).tolist() == lengths(sequences).tolist() == [2, 0, 3]
    assert mask([[7, 1]], value=7).tolist() == [[False, True]]
    assert lengths([]).shape == (0,)


def test_importing_text_needs_numpy_only():
    heavy = ["tensorflow", "keras", "pooch", "helpers.data"]
    code = f"import sys, helpers.text; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.real_data
def test_every_word_of_the_real_index_is_one_token(rnn_data):
    index = json.loads((rnn_data / "keras/imdb_word_index.json").read_text(encoding="utf-8"))
    vocabulary = Vocabulary.from_word_index(index, num_words=10_000)
    codes = list(vocabulary.words)
    assert codes == list(range(4, 10_000))
    assert vocabulary.encode(vocabulary.decode(codes), add_start=False) == codes
