"""Many texts at once give the words, vocabulary and codes of one text at a time."""

import builtins

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import text
from helpers.text.corpus import Corpus

TEXTS = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.text(alphabet="ab .'-\n\r\t\x0bÉéİßΣ\xa0\ud800", max_size=40),
        st.lists(st.sampled_from(["Good", "good", "<br />", "not", "", "  ", "don't"]), max_size=8).map(" ".join),
    ),
    max_size=6,
)


@pytest.fixture(params=["arrow", "python"])
def way(request, monkeypatch):
    """With Arrow, and as on a machine without it."""
    if request.param == "python":
        real = builtins.__import__

        def refuse(name, *args, **kwargs):
            if name.startswith("pyarrow"):
                raise ImportError(name)
            return real(name, *args, **kwargs)

        monkeypatch.setattr(builtins, "__import__", refuse)
    return request.param


def words_of(corpus):
    starts = [0, *corpus.ends][:-1]
    return [
        [corpus.words[i] for i in corpus.word_ids[start:end]] for start, end in zip(starts, corpus.ends, strict=True)
    ]


@given(TEXTS)
def test_words_are_those_of_tokenize(texts):
    assert words_of(Corpus(texts)) == [text.tokenize(one) for one in texts]


def test_both_ways_agree_with_the_vocabulary(way):
    texts = ["A film, a FILM!", "", "   ", "no film<br />at all -- none", "naïve Ünï don't", "a\r\nb\ttab"]
    corpus = Corpus(texts)
    assert len(corpus) == len(texts)
    assert words_of(corpus) == [text.tokenize(one) for one in texts]
    vocabulary = text.Vocabulary.from_texts(texts, num_words=8)
    assert corpus.vocabulary(8) == vocabulary
    assert [codes.tolist() for codes in corpus.encode(vocabulary)] == [
        vocabulary.encode(one, add_start=False) for one in texts
    ]
    padded = text.pad(corpus.encode(vocabulary), 4, padding="pre", truncating="pre")
    assert padded.shape == (6, 4)
    assert padded.dtype == np.int32


@given(TEXTS)
def test_ties_keep_the_order_of_first_appearance(texts):
    assert Corpus(texts).vocabulary(None) == text.Vocabulary.from_texts(texts, None)


def test_no_texts_at_all(way):
    assert Corpus([]).encode(Corpus([]).vocabulary()) == []


def test_bad_texts_are_named():
    with pytest.raises(TypeError, match=r"texts\[1\] is of type bytes"):
        Corpus(["good", b"bad"])
    with pytest.raises(TypeError, match="put it into a list"):
        Corpus("one text")


@pytest.mark.parametrize(
    ("num_words", "error"), [(-1, ValueError), (3, ValueError), ("x", TypeError), (10.5, TypeError)]
)
def test_a_corpus_refuses_the_num_words_that_a_vocabulary_refuses(num_words, error):
    with pytest.raises(error, match=rf"^num_words is {num_words!r}, but it must be .*, or None for every word\.$"):
        Corpus(["rain snow rain"]).vocabulary(num_words)
    assert Corpus(["rain snow rain"]).vocabulary(4).codes == {}
