"""Keras's classic Tokenizer, repeated: the same words, indices and rows, and the index that two tutorials printed."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras.src.legacy.preprocessing.text import Tokenizer as KerasTokenizer

from helpers import data
from helpers.text.corpus import Corpus
from helpers.text.tokenizer import OOV_INDEX, Tokenizer, as_str_of_bytes

WORDS = st.lists(st.sampled_from(["Good", "good", "<br />", "not", "", "  ", "don't", "b'a", "\n", "x\\xc3", "O'"]))
TEXTS = st.lists(st.one_of(st.text(max_size=30), WORDS.map(" ".join)), max_size=8)


@settings(deadline=None)
@given(TEXTS, TEXTS, st.one_of(st.none(), st.integers(2, 12)))
def test_it_equals_the_tokenizer_of_keras(texts, others, num_words):
    ours, theirs = Tokenizer(num_words), KerasTokenizer(num_words=num_words, oov_token="<OOV>")
    for one in (ours, theirs):
        one.fit_on_texts(texts)
    assert list(ours.word_index.items()) == list(theirs.word_index.items())
    for asked in (texts, others):
        rows = ours.texts_to_sequences(asked)
        assert [row.tolist() for row in rows] == theirs.texts_to_sequences(asked)
    limit = len(ours.word_index) + 1 if num_words is None else num_words
    assert ours.codes == {word: i for word, i in ours.word_index.items() if OOV_INDEX < i < limit}


def test_a_line_break_is_a_word_and_an_unknown_word_is_one():
    tokenizer = Tokenizer(num_words=4)
    tokenizer.fit_on_texts(["dull<br /><br />dull dull", "Fine!"])
    assert tokenizer.word_index == {"<OOV>": 1, "dull": 2, "br": 3, "fine": 4}
    (row,) = tokenizer.texts_to_sequences(["a fine, dull <br /> film"])
    assert row.tolist() == [1, 1, 2, 3, 1]  # "fine" was counted, but its index is not below num_words


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain", "b'plain'"),
        ("it's", 'b"it\'s"'),
        ('it\'s "it"', "b'it\\'s \"it\"'"),
        ("café", "b'caf\\xc3\\xa9'"),
    ],
)
def test_str_of_bytes_is_not_the_text(text, written):
    assert as_str_of_bytes(text) == written == str(text.encode())


@pytest.mark.real_data
def test_the_published_index_comes_out(rnn_data):
    reviews = data.load_imdb("train", source="folder").texts
    written = [as_str_of_bytes(one) for one in reviews]
    tokenizer = Tokenizer(num_words=10_000)
    tokenizer.fit_on_texts(written)
    assert len(tokenizer.word_index) == 86_539  # what the source prints, its OOV token included
    assert tokenizer.word_index["br"] == 8
    assert list(tokenizer.word_index)[:8] == ["<OOV>", "the", "and", "a", "of", "to", "is", "br"]
    theirs = KerasTokenizer(num_words=10_000, oov_token="<OOV>")
    theirs.fit_on_texts(written)
    assert theirs.word_index == tokenizer.word_index
    some = np.random.default_rng(0).choice(len(written), 500, replace=False)
    ours = tokenizer.texts_to_sequences([written[i] for i in some])
    assert [row.tolist() for row in ours] == theirs.texts_to_sequences([written[i] for i in some])
    # decoded, the same texts have two thousand words more: no other reading of the reviews gives the printed number
    assert len(Corpus(reviews, line_breaks="keep").words) + 1 == 88_583
    begins = Counter(one[:2] for one in written)
    assert sum(begins[quote] for quote in ("b'", 'b"')) == 25_000
    assert sum("\\'" in one for one in written) == 10_797
    assert sum("\\x" in one for one in written) == 2_349
