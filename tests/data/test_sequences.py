"""Reviews as sequences of codes: the numbers are Keras's own."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import data
from helpers.data import imdb, sources
from helpers.text import Vocabulary, tokenize
from tests.data.small_imdb import CODES, same


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


@pytest.mark.parametrize(("num_words", "error"), [(-1, ValueError), ("x", TypeError), (1e4, TypeError)])
def test_num_words_that_would_make_every_word_unknown_is_refused(num_words, error):
    with pytest.raises(error, match=rf"^num_words is {num_words!r}, but it must be .*, or None for every word\.$"):
        data.load_imdb_sequences(num_words, source="sample")
