"""Cleaning: NLTK's words where its data are, a notice and plain ones where not."""

import nltk
import pytest

from helpers.text import cleaning
from helpers.text.cleaning import Cleaning, clean, clean_words

SENTENCE = "The lid does NOT close, and I don't like it!"


@pytest.fixture
def fresh(monkeypatch):
    """The tools are looked for anew."""
    cleaning.tools.cache_clear()
    cleaning._words.cache_clear()
    yield
    cleaning.tools.cache_clear()
    cleaning._words.cache_clear()


@pytest.fixture
def no_data(fresh, monkeypatch, tmp_path):
    monkeypatch.setattr(cleaning, "_find_nltk_data", lambda nltk: ["punkt_tab", "stopwords"])


@pytest.fixture
def with_data(fresh, rnn_data):
    assert cleaning.tools().name == "NLTK"


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("how", "words"),
    [
        (Cleaning(), "lid close n't like"),
        (Cleaning("keep"), "the lid doe not close and i do n't like it"),
        (Cleaning("keep", stem=False), "the lid does not close and i do n't like it"),
        (Cleaning("keep negations"), "lid not close n't like"),
        (Cleaning(stem=False), "lid close n't like"),
    ],
)
def test_cleaning_by_nltk(with_data, how, words):
    assert clean([SENTENCE], how) == [words]


def test_without_data_a_line_says_so_and_cleaning_goes_on(no_data, capsys):
    assert clean_words(SENTENCE) == ["lid", "doe", "close", "don", "t", "like"]
    assert clean_words(SENTENCE, Cleaning("keep negations"))[2] == "not"
    said = capsys.readouterr().out
    assert said.count("wordpunct_tokenize") == 1
    assert "punkt_tab, stopwords" in said
    assert "set NLTK_DATA" in said


def test_data_that_are_nowhere_are_named(fresh, monkeypatch):
    monkeypatch.delenv("RNN_DATA", raising=False)
    monkeypatch.setattr(nltk.data, "path", [])
    monkeypatch.setattr(nltk, "download", lambda *arguments, **settings: False)
    assert cleaning._find_nltk_data(nltk) == ["punkt_tab", "stopwords"]


@pytest.mark.real_data
def test_the_folder_of_rnn_data_is_enough(fresh, monkeypatch, rnn_data):
    monkeypatch.setattr(nltk.data, "path", [])
    monkeypatch.setattr(nltk, "download", lambda *arguments, **settings: pytest.fail("no download is needed"))
    assert cleaning._find_nltk_data(nltk) == []


def test_every_word_is_stemmed_once(no_data):
    stem = cleaning.tools().stem
    clean(["kettles kettles", "KETTLES"])
    assert stem.cache_info().misses == 1


def test_nonsense_is_refused():
    with pytest.raises(ValueError, match="'drop', 'keep', 'keep negations'"):
        Cleaning("some")
    with pytest.raises(TypeError, match="got a list"):
        clean_words(["a list"])
