"""The repeated tutorials: what is published, decoded and honest of each, and the texts as their sources took them."""

from dataclasses import replace

import numpy as np
import pytest

from helpers import data, vectors
from helpers.experiments import EXPERIMENTS, THREE_WAYS, build, experiment, word_vectors
from helpers.experiments.published import A_PUBLISHED, GROUP_A, GROUP_D
from helpers.experiments.recipes import Codes, StrOfBytes, Texts
from helpers.results import frame, records
from helpers.text import FILTERS
from tools.train.record import Task, keep, load, make

PUBLISHED = {name: one for name, one in (GROUP_A | GROUP_D).items() if one.protocol == "as-published"}


@pytest.fixture
def films(monkeypatch):
    """300 made-up film reviews, with line breaks and accents, where IMDB's are asked for."""
    made = data.sample_reviews(300, seed=1)
    texts = [one.replace(". ", ".<br /><br />", 1) + " Café's" for one in made.texts]
    reviews = data.Reviews(texts, made.labels, "folder")
    monkeypatch.setattr(data, "load_imdb", lambda split: reviews)
    monkeypatch.setattr("helpers.fingerprints._loaded", {})
    return reviews


def test_a_run_as_published_differs_from_the_decoded_one_in_its_texts_alone():
    assert [name for name in PUBLISHED if name.startswith("a")] == ["a1-simplernn-published", "a2-bigru-published"]
    for name, one in PUBLISHED.items():
        decoded = EXPERIMENTS[name.partition("-published")[0]]
        assert decoded.protocol == "decoded"
        assert isinstance(one.data, StrOfBytes)
        assert isinstance(decoded.data, Texts if name.startswith("a") else Codes)
        assert (one.fit, one.published, one.vectors) == (decoded.fit, decoded.published, decoded.vectors)
        if name.startswith("a"):
            fields = ("num_words", "length", "padding", "truncating", "truncating_test")
            assert [getattr(one.data, field) for field in fields] == [getattr(decoded.data, field) for field in fields]
        else:
            assert one.drop_remainder
            assert one.data.truncating == one.data.truncating_test == ("pre" if name.endswith("last") else "post")
            assert f"-{one.data.length}-" in name


def test_what_a_slip_was_worth_is_a_comparison_of_equal_seeds():
    for name, ids in THREE_WAYS.items():
        published, decoded, honest = (experiment(one) for one in ids)
        assert [one.protocol for one in (published, decoded, honest)] == ["as-published", "decoded", "honest"]
        assert published.data.length == decoded.data.length == honest.data.length
        assert decoded is EXPERIMENTS[name]
        runs = frame(*ids)
        seeds = {one: set(runs[runs.experiment == one].seed) for one in ids}
        assert seeds[ids[0]] <= seeds[ids[1]] == seeds[ids[2]]
        assert set(runs.protocol) <= {"as-published", "decoded", "honest"}


def test_models_as_published_are_the_decoded_ones_for_their_length():
    for name, one in PUBLISHED.items():
        model, decoded = build(name), build(name.partition("-published")[0])
        assert model.count_params() == decoded.count_params()
        assert records.architecture(model) == records.architecture(decoded)
        length = model.input_shape[1]
        assert length in (None, one.data.length)


def test_str_of_bytes_is_coded_by_its_own_index_and_cut_at_either_end(films):
    recipe = StrOfBytes(num_words=60, length=8, truncating="post", truncating_test="pre")
    arrays = recipe.load()
    codes = arrays.vocabulary.codes
    assert "br" in arrays.vocabulary.word_index
    assert max(codes.values()) < 60
    assert min(codes.values()) == 2
    assert arrays.x_train.shape == arrays.x_test.shape == (300, 8)
    assert arrays.x_train.min() >= 1  # every review has eight words, each its code or 1
    order = np.random.default_rng(0).permutation(300)
    np.testing.assert_array_equal(arrays.y_train, films.labels[order])
    to_space = str.maketrans(dict.fromkeys(FILTERS, " "))
    words = [str(one.encode()).lower().translate(to_space).split() for one in films.texts]
    for row, place in zip(arrays.x_train, order, strict=True):
        assert row.tolist() == [codes.get(word, 1) for word in words[place][:8]]
    for row, one in zip(arrays.x_test, words, strict=True):
        assert row.tolist() == [codes.get(word, 1) for word in one[-8:]]
    assert all(one[0][:2] in ("b'", "b") for one in words)  # the mark in front sticks to the first word
    np.testing.assert_array_equal(Texts(60, 8).load().y_train, arrays.y_train)  # a seed sees the same reviews


def test_the_last_batch_is_left_out_as_the_source_did(films, monkeypatch, tmp_path):
    monkeypatch.setattr(records, "FOLDER", tmp_path)
    monkeypatch.setattr(data, "loaded", dict)
    name = "d3-gru"
    changed = replace(
        EXPERIMENTS[name],
        data=StrOfBytes(10_000, 6),
        drop_remainder=True,
        fit={"batch_size": 128, "epochs": 1},
        jit_compile=False,
    )
    monkeypatch.setitem(EXPERIMENTS, name, changed)
    keep(make(Task(name, 1), load(name)))
    (record,) = records.load_records(name)
    assert record["drop_remainder"] is True
    assert (record["n_train"], record["n_validation"], record["n_test"]) == (300, 256, 300)
    assert len(records.right(name)) == 300


def test_glove_is_laid_out_by_the_index_of_the_texts(films, monkeypatch):
    monkeypatch.setattr(word_vectors.vectors, "load_glove", lambda words: vectors.Glove(*vectors.sample_vectors(), "x"))
    tokenizer = A_PUBLISHED.load().vocabulary
    chosen = replace(EXPERIMENTS["d4-glove"], data=A_PUBLISHED)
    matrix, coverage = word_vectors.embedding(chosen, vocabulary=tokenizer)
    assert coverage["words"] == len(tokenizer.codes)
    assert not matrix[:2].any()
    glove = vectors.sample_vectors()
    for word, row in glove.vocabulary.items():
        if word in tokenizer.codes:
            np.testing.assert_array_equal(matrix[tokenizer.codes[word]], glove.matrix[row])
    assert coverage["covered"] == int(matrix.any(axis=1).sum()) > 20


@pytest.mark.real_data
def test_the_vectors_cover_the_words_of_the_source(rnn_data):
    tokenizer = A_PUBLISHED.load().vocabulary
    assert len(tokenizer.codes) == 9_998  # and the OOV token: the source's 9,999
    _, coverage = word_vectors.embedding(replace(EXPERIMENTS["d4-glove"], data=A_PUBLISHED), vocabulary=tokenizer)
    assert coverage["words"] == 9_998
    assert 9_728 <= coverage["covered"] <= 9_838  # the source had all of GloVe's words, a folder may have fewer
