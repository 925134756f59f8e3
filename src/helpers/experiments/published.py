"""The experiments of five public tutorials that the course repeats, and the linear baselines beside them.

The letter is the tutorial: A raw-text IMDB, B a textbook chapter, C book notes, D an LSTM/GRU tutorial, E a
SimpleRNN-to-BiLSTM tutorial. Where a source validated on the test set and took ``str()`` of bytes for text (A, D),
there are up to three of a model, which share their seeds: ``…-published`` keeps all that the source did, sound or not;
the plain id reads what the reviews say, all else the same; ``…-honest`` takes its validation reviews from the training
set and touches the test set once. Their protocols are ``as-published``, ``decoded`` and ``honest``.

Group D's source says its models are 80 words long in one place and 100 in another, and nowhere which end of a review it
keeps. Its plain and its honest runs read the last 80 words in Keras's own coding.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from helpers.experiments import models
from helpers.experiments.recipes import CodedDocuments, Codes, Products, StrOfBytes, Texts
from helpers.experiments.spec import HONEST, Experiment, Published
from helpers.text.cleaning import Cleaning

B_DATA = Codes(num_words=8_000, length=200)
C_DATA = Codes(num_words=10_000, length=500)
A_PUBLISHED = StrOfBytes(num_words=10_000, length=120, truncating="post", truncating_test="pre")
A_DECODED = Texts(num_words=10_000, length=120, truncating="post", truncating_test="pre")
A_HONEST = Texts(num_words=10_000, length=120)
D_DATA = Codes(num_words=10_000, length=80)
B9_DATA = Products(Cleaning(), num_words=10_000, length=100)

A_FIT = {"batch_size": 32, "epochs": 30}
C_FIT = {"batch_size": 128, "epochs": 10, "validation_split": 0.2}
D_FIT = {"batch_size": 128, "epochs": 20}
E_FIT = {"batch_size": 128, "epochs": 5, "validation_split": 0.2}


def b_fit(epochs: int) -> dict[str, Any]:
    """Group B picked a number of epochs for each model."""
    return {"batch_size": 128, "epochs": epochs, "validation_split": 0.2}


def two_gru(layers: Any) -> Any:
    return models.two_layers(layers.GRU(64, dropout=0.5, return_sequences=True), layers.GRU(64, dropout=0.5))


def two_lstm(layers: Any) -> Any:
    return models.two_layers(layers.LSTM(64, dropout=0.5, return_sequences=True), layers.LSTM(64, dropout=0.5))


def two_lstm_frozen(layers: Any) -> Any:
    return models.two_layers(
        layers.LSTM(64, dropout=0.5, return_sequences=True), layers.LSTM(64, dropout=0.5), trainable=False
    )


def two_gru_cells(layers: Any) -> Any:
    return models.two_unrolled(layers.GRUCell(64, dropout=0.5), layers.GRUCell(64, dropout=0.5), D_DATA.length)


def two_lstm_cells(layers: Any) -> Any:
    return models.two_unrolled(layers.LSTMCell(64, dropout=0.5), layers.LSTMCell(64, dropout=0.5), D_DATA.length)


ON_TEST = "test set as validation set"
BASELINES = {
    "baseline-majority": Experiment("always the more frequent label", CodedDocuments(), candidates=models.majority),
    "baseline-words": Experiment(
        "TF-IDF of single words, logistic regression, whole reviews",
        CodedDocuments(),
        candidates=partial(models.tfidf_logistic, longest=1),
    ),
    "baseline-words-short": Experiment(
        "TF-IDF of single words, logistic regression, what group B's networks see",
        CodedDocuments(B_DATA.num_words, B_DATA.length),
        candidates=partial(models.tfidf_logistic, longest=1),
    ),
    "baseline-tfidf": Experiment(
        "TF-IDF of words and word pairs, logistic regression, whole reviews",
        CodedDocuments(),
        candidates=models.tfidf_logistic,
    ),
    "baseline-tfidf-short": Experiment(
        "TF-IDF of words and word pairs, logistic regression, what group B's networks see",
        CodedDocuments(B_DATA.num_words, B_DATA.length),
        candidates=models.tfidf_logistic,
    ),
    "baseline-nb": Experiment(
        "words, pairs and triples weighed by naive Bayes, logistic regression, whole reviews",
        CodedDocuments(),
        candidates=models.naive_bayes_logistic,
        published=Published(0.9122, "test set", note="words and pairs, a linear SVM, 25,000 reviews to learn from"),
    ),
    "baseline-nb-short": Experiment(
        "words, pairs and triples weighed by naive Bayes, logistic regression, what group B's networks see",
        CodedDocuments(B_DATA.num_words, B_DATA.length),
        candidates=models.naive_bayes_logistic,
    ),
}


def _group_a(
    title: str, recurrent: Callable[[Any], Any], published: Published | None = None, **more: Any
) -> Experiment:
    """A model around one layer, as published but for its texts; honest where nothing is published for it."""
    return Experiment(
        f"{title}, raw text",
        A_DECODED if published else A_HONEST,
        build=lambda layers: models.raw_text(recurrent(layers)),
        fit=A_FIT if published else A_FIT | HONEST,
        published=published,
        protocol="decoded" if published else "honest",
        jit_compile=True,
        **more,
    )


_TWO_OF_A = {
    "a1-simplernn": _group_a(
        "SimpleRNN(32)",
        lambda layers: layers.SimpleRNN(32),
        Published(0.7174, ON_TEST, best=0.7952, parameters=161_909),
    ),
    "a1-simplernn-honest": _group_a("SimpleRNN(32)", lambda layers: layers.SimpleRNN(32)),
    "a2-bigru": _group_a(
        "Bidirectional(GRU(32))",
        lambda layers: layers.Bidirectional(layers.GRU(32)),
        Published(0.815, ON_TEST, best=0.842, parameters=170_261),
        keep_weights=True,
    ),
    "a2-gru-honest": _group_a("GRU(32)", lambda layers: layers.GRU(32)),
    "a3-bilstm": _group_a(
        "Bidirectional(LSTM(32))",
        lambda layers: layers.Bidirectional(layers.LSTM(32)),
        Published(0.8124, ON_TEST, best=0.8413, parameters=173_205),
    ),
    "a3-lstm-honest": _group_a("LSTM(32)", lambda layers: layers.LSTM(32)),
}
GROUP_A = _TWO_OF_A | {
    f"{name}-published": replace(
        one,
        title=one.title.replace("raw text", "the bytes as text"),
        data=A_PUBLISHED,
        protocol="as-published",
        keep_weights=False,
    )
    for name, one in _TWO_OF_A.items()
    if name in ("a1-simplernn", "a2-bigru")
}
GROUP_B = {
    "b1-simplernn": Experiment(
        "SimpleRNN(32)",
        B_DATA,
        build=lambda layers: models.textbook(layers.SimpleRNN(32)),
        fit=b_fit(10),
        published=Published(0.85128, "test set", parameters=258_113),
        keep_weights=True,
    ),
    "b2-lstm": Experiment(
        "LSTM(32)",
        B_DATA,
        build=lambda layers: models.textbook(layers.LSTM(32)),
        fit=b_fit(5),
        published=Published(0.87032, "test set", parameters=264_353),
        keep_weights=True,
    ),
    "b3-gru": Experiment(
        "GRU(32)",
        B_DATA,
        build=lambda layers: models.textbook(layers.GRU(32, reset_after=False)),
        fit=b_fit(4),
        published=Published(0.87156, "test set", parameters=262_273),
        jit_compile=True,
        keep_weights=True,
    ),
    "b4-bilstm": Experiment(
        "Bidirectional(LSTM(32))",
        B_DATA,
        build=lambda layers: models.textbook(layers.Bidirectional(layers.LSTM(32))),
        fit=b_fit(4),
        published=Published(0.877, "test set", parameters=272_705),
        keep_weights=True,
    ),
    "b4-bilstm-masked": Experiment(
        "Bidirectional(LSTM(32)), padding masked",
        replace(B_DATA, padding="post"),
        build=lambda layers: models.textbook(layers.Bidirectional(layers.LSTM(32)), mask_zero=True),
        fit=b_fit(4),
        keep_weights=True,
    ),
    "b5-stacked-lstm": Experiment(
        "two LSTM(32)",
        B_DATA,
        build=lambda layers: models.textbook(layers.LSTM(32, return_sequences=True), layers.LSTM(32), dropout=0.5),
        fit=b_fit(4),
        published=Published(0.87572, "test set", parameters=272_673),
    ),
}
GROUP_C = {
    "c2-rnn": Experiment(
        "SimpleRNN(32), 500 words",
        C_DATA,
        build=lambda layers: models.book_notes(layers.SimpleRNN(32)),
        fit=C_FIT,
        published=Published(0.7968, "validation set", best=0.8606, parameters=322_113, note="17 s an epoch"),
        jit_compile=True,
        keep_weights=True,
    ),
    "c2-lstm": Experiment(
        "LSTM(32), 500 words",
        C_DATA,
        build=lambda layers: models.book_notes(layers.LSTM(32)),
        fit=C_FIT,
        published=Published(0.8614, "validation set", best=0.8902, parameters=328_353, note="35 s an epoch"),
        keep_weights=True,
    ),
    "c2-gru": Experiment(
        "GRU(32), 500 words",
        C_DATA,
        build=lambda layers: models.book_notes(layers.GRU(32)),
        fit=C_FIT,
        published=Published(0.8812, "validation set", best=0.8812, parameters=326_369, note="35 s an epoch"),
        jit_compile=True,
        keep_weights=True,
    ),
}


def _group_d(title: str, build: Callable[[Any], Any], published: Published | None = None, **more: Any) -> Experiment:
    """A model of two layers, as published but for its texts; honest where nothing is published for it."""
    return Experiment(
        title,
        D_DATA,
        build=build,
        fit=D_FIT if published else D_FIT | HONEST,
        published=published,
        protocol="decoded" if published else "honest",
        **more,
    )


def _group_e(title: str, build: Callable[[Any], Any], **more: Any) -> Experiment:
    """A model whose accuracy was published as a curve in a picture."""
    published = Published(None, "validation set", note="a picture only")
    return Experiment(title, C_DATA, build=build, fit=E_FIT, published=published, **more)


GROUP_D = {
    "d3-lstmcell": _group_d("two LSTMCells unrolled by hand", two_lstm_cells, Published(0.8026, ON_TEST, best=0.831)),
    "d3-grucell": _group_d("two GRUCells unrolled by hand", two_gru_cells, Published(0.7993, ON_TEST, best=0.8412)),
    "d3-gru": _group_d("two GRU(64)", two_gru, Published(0.7942, ON_TEST, best=0.8406)),
    "d3-lstm": _group_d("two LSTM(64)", two_lstm, Published(None, ON_TEST, note="named, no figure given")),
    "d3-gru-honest": _group_d("two GRU(64)", two_gru),
    "d3-lstm-honest": _group_d("two LSTM(64)", two_lstm, keep_weights=True),
    "d4-glove": replace(
        _group_d(
            "two LSTM(64), frozen GloVe vectors",
            two_lstm_frozen,
            Published(0.8251, ON_TEST, best=0.8435, note="50 epochs against 20 before"),
        ),
        fit=D_FIT | {"epochs": 50},
        jit_compile=True,
        keep_weights=True,
        vectors="glove",
    ),
}
# The same model three times, with the same seeds, so that `results.compare` says what each slip was worth: as
# published, on decoded texts, honest. In group A the honest twin of a two-way model reads one way, by another slip.
THREE_WAYS = {
    "a1-simplernn": ("a1-simplernn-published", "a1-simplernn", "a1-simplernn-honest"),
    "a2-bigru": ("a2-bigru-published", "a2-bigru", "a2-gru-honest"),
}
GROUP_E = {
    "e1-simplernn": _group_e(
        "SimpleRNN(32), 500 words, 5 epochs",
        lambda layers: models.book_notes(layers.SimpleRNN(32)),
        jit_compile=True,
    ),
    "e2-lstm": _group_e("LSTM(32), wide head", lambda layers: models.wide_head(layers.LSTM(32))),
    "e3-bilstm": _group_e(
        "Bidirectional(LSTM(32)), wide head",
        lambda layers: models.wide_head(layers.Bidirectional(layers.LSTM(32))),
    ),
}
CAPSTONE = {
    "b9-capstone": Experiment(
        "two LSTM(64), product reviews",
        B9_DATA,
        build=models.capstone,
        fit={"batch_size": 128, "epochs": 5, "validation_split": 0.2},
        published=Published(0.86, "test set, rounded"),
        keep_weights=True,
    ),
}
