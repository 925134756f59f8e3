"""The made-up reviews: what they promise to teach must hold for every one of them."""

import hashlib
import json
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.data import sample_reviews
from helpers.data.sample import RANKS, grammar
from helpers.data.sample import films as sample
from helpers.data.sample.films import BAD, GOOD, NEGATIONS
from helpers.text import Vocabulary, tokenize

unhurried = settings(deadline=None)  # other work on the machine is no failure
SEEDS = st.integers(0, 2**32)


def read_label(text):
    """The label of a sample review, found by reading: the last opinion decides, a negation in it turns it round."""
    for sentence in reversed(text.split(".")):
        words = tokenize(sentence)
        if said := [word for word in words if word in GOOD or word in BAD]:
            return int((said[-1] in GOOD) != any(word in NEGATIONS for word in words))
    raise AssertionError("this review gives no opinion")


def words_of_the_grammar() -> set[str]:
    """Every word that a review can hold."""
    templates = [
        *sample.OPINIONS,
        *sample.PARTS,
        *sample.WHOLE,
        *sample.MARKERS,
        *sample.ASIDES,
        *sample.FILLER,
        *sample.NEGATED_FILLER,
        *(word for words in grammar.SLOTS.values() for word in words),
    ]
    plain = " ".join(grammar.SLOT.sub(" ", template) for template in templates)
    return {*tokenize(plain), *GOOD, *BAD, *NEGATIONS}


def test_ranks_are_of_just_the_words_of_the_grammar():
    assert words_of_the_grammar() == set(RANKS)


@pytest.mark.real_data
def test_ranks_are_those_of_keras(rnn_data):
    index = json.loads((rnn_data / "keras/imdb_word_index.json").read_text(encoding="utf-8"))
    assert {word: index[word] for word in RANKS} == RANKS  # a new word of the grammar: print(index[word])


def test_no_word_is_lost_with_8000_words():
    vocabulary = Vocabulary.from_word_index(RANKS, num_words=8_000)
    assert all(word in vocabulary for word in RANKS)


@unhurried
@given(SEEDS, st.integers(1, 30))
def test_balanced_and_readable(seed, n):
    texts, labels, source = sample_reviews(n, seed=seed)
    assert source == "sample"
    assert len(texts) == n
    assert labels.sum() == n // 2
    assert labels.dtype.kind == "i"
    assert [read_label(text) for text in texts] == labels.tolist()
    assert {word for text in texts for word in tokenize(text)} <= set(RANKS)


@unhurried
@given(SEEDS, st.integers(0, 120))
def test_distance_is_the_number_of_words_after_the_deciding_one(seed, distance):
    for text, label in zip(*sample_reviews(4, seed=seed, distance=distance)[:2], strict=True):
        words = tokenize(text)
        deciding = words[-1 - distance]
        assert deciding in (GOOD if label else BAD)
        assert sum(word in GOOD or word in BAD for word in words) == 1
        assert not set(words) & set(NEGATIONS)
        assert read_label(text) == label


def test_a_bag_of_words_does_badly():
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    train, test = sample.sample_split("train"), sample.sample_split("test")
    counter = CountVectorizer(token_pattern=r"\S+")
    model = LogisticRegression(max_iter=500).fit(counter.fit_transform(train.texts), train.labels)
    assert 0.55 < model.score(counter.transform(test.texts), test.labels) < 0.8


def test_negation_works_at_a_distance():
    gaps = []
    for text in sample_reviews(300, seed=0).texts:
        for sentence in text.split("."):
            words = tokenize(sentence)
            opinion = [place for place, word in enumerate(words) if word in GOOD or word in BAD]
            negation = [place for place, word in enumerate(words) if word in NEGATIONS]
            if opinion and negation:
                gaps.append(opinion[-1] - negation[0])
    assert len(gaps) > 100
    assert min(gaps) >= 4
    assert max(gaps) >= 15


def test_earlier_opinions_agree_or_not():
    agree = oppose = 0
    for text, label in zip(*sample_reviews(300, seed=0)[:2], strict=True):
        opinions = [sentence for sentence in text.split(".") if set(tokenize(sentence)) & {*GOOD, *BAD}]
        earlier = [read_label(sentence) for sentence in opinions[:-1]]
        agree += all(said == label for said in earlier)
        oppose += all(said != label for said in earlier)
    assert agree > 100
    assert oppose > 50


def test_lengths_are_skewed():
    lengths = np.array([len(tokenize(text)) for text in sample.sample_split("train").texts])
    assert lengths.min() >= 10
    assert 200 < lengths.max() < 400
    assert np.median(lengths) < lengths.mean()


def test_train_and_test_share_no_review():
    train, test = sample.sample_split("train").texts, sample.sample_split("test").texts
    assert len(train) == len(test) == 2_000
    assert not set(train) & set(test)


def test_the_same_in_another_process():
    def digest(reviews) -> str:
        return hashlib.sha256(repr((reviews.texts, reviews.labels.tolist())).encode()).hexdigest()

    code = (
        "import hashlib; from helpers.data import sample_reviews; r = sample_reviews(50, seed=7); "
        "print(hashlib.sha256(repr((r.texts, r.labels.tolist())).encode()).hexdigest())"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    assert other == digest(sample_reviews(50, seed=7))
    assert other != digest(sample_reviews(50, seed=8))


def test_what_cannot_be_made():
    with pytest.raises(ValueError, match="n is 0"):
        sample_reviews(0, seed=0)
    with pytest.raises(ValueError, match="distance is -1"):
        sample_reviews(1, seed=0, distance=-1)
