"""The experiments of five public tutorials that the course repeats, and the linear baselines beside them.

The letter is the tutorial: A raw-text IMDB, B a textbook chapter, C book notes, D an LSTM/GRU tutorial, E a
SimpleRNN-to-BiLSTM tutorial. An ``as-published`` experiment keeps its source's protocol, sound or not. Where a source
validated on the test set (A, D), an ``honest`` twin takes its validation reviews from the training set and touches the
test set once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from helpers.experiments import models
from helpers.experiments.recipes import CodedDocuments, Codes, Products, Texts
from helpers.experiments.spec import HONEST, Experiment, Published
from helpers.text.cleaning import Cleaning

B_DATA = Codes(num_words=8_000, length=200)
C_DATA = Codes(num_words=10_000, length=500)
A_PUBLISHED = Texts(num_words=10_000, length=120, truncating="post", truncating_test="pre")
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
}
GROUP_A = {
    "a1-simplernn": Experiment(
        "SimpleRNN(32), raw text",
        A_PUBLISHED,
        build=lambda layers: models.raw_text(layers.SimpleRNN(32)),
        fit=A_FIT,
        published=Published(0.7174, ON_TEST, best=0.7952, parameters=161_909),
        protocol="as-published",
        jit_compile=True,
    ),
    "a1-simplernn-honest": Experiment(
        "SimpleRNN(32), raw text",
        A_HONEST,
        build=lambda layers: models.raw_text(layers.SimpleRNN(32)),
        fit=A_FIT | HONEST,
        jit_compile=True,
    ),
    "a2-bigru": Experiment(
        "Bidirectional(GRU(32)), raw text",
        A_PUBLISHED,
        build=lambda layers: models.raw_text(layers.Bidirectional(layers.GRU(32))),
        fit=A_FIT,
        published=Published(0.815, ON_TEST, best=0.842, parameters=170_261),
        protocol="as-published",
        jit_compile=True,
    ),
    "a2-gru-honest": Experiment(
        "GRU(32), raw text",
        A_HONEST,
        build=lambda layers: models.raw_text(layers.GRU(32)),
        fit=A_FIT | HONEST,
        jit_compile=True,
    ),
    "a3-bilstm": Experiment(
        "Bidirectional(LSTM(32)), raw text",
        A_PUBLISHED,
        build=lambda layers: models.raw_text(layers.Bidirectional(layers.LSTM(32))),
        fit=A_FIT,
        published=Published(0.8124, ON_TEST, best=0.8413, parameters=173_205),
        protocol="as-published",
        jit_compile=True,
    ),
    "a3-lstm-honest": Experiment(
        "LSTM(32), raw text",
        A_HONEST,
        build=lambda layers: models.raw_text(layers.LSTM(32)),
        fit=A_FIT | HONEST,
        jit_compile=True,
    ),
}
GROUP_B = {
    "b1-simplernn": Experiment(
        "SimpleRNN(32)",
        B_DATA,
        build=lambda layers: models.textbook(layers.SimpleRNN(32)),
        fit=b_fit(10),
        published=Published(0.85128, "test set", parameters=258_113),
    ),
    "b2-lstm": Experiment(
        "LSTM(32)",
        B_DATA,
        build=lambda layers: models.textbook(layers.LSTM(32)),
        fit=b_fit(5),
        published=Published(0.87032, "test set", parameters=264_353),
    ),
    "b3-gru": Experiment(
        "GRU(32)",
        B_DATA,
        build=lambda layers: models.textbook(layers.GRU(32, reset_after=False)),
        fit=b_fit(4),
        published=Published(0.87156, "test set", parameters=262_273),
        jit_compile=True,
    ),
    "b4-bilstm": Experiment(
        "Bidirectional(LSTM(32))",
        B_DATA,
        build=lambda layers: models.textbook(layers.Bidirectional(layers.LSTM(32))),
        fit=b_fit(4),
        published=Published(0.877, "test set", parameters=272_705),
    ),
    "b4-bilstm-masked": Experiment(
        "Bidirectional(LSTM(32)), padding masked",
        replace(B_DATA, padding="post"),
        build=lambda layers: models.textbook(layers.Bidirectional(layers.LSTM(32)), mask_zero=True),
        fit=b_fit(4),
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
    ),
    "c2-lstm": Experiment(
        "LSTM(32), 500 words",
        C_DATA,
        build=lambda layers: models.book_notes(layers.LSTM(32)),
        fit=C_FIT,
        published=Published(0.8614, "validation set", best=0.8902, parameters=328_353, note="35 s an epoch"),
    ),
    "c2-gru": Experiment(
        "GRU(32), 500 words",
        C_DATA,
        build=lambda layers: models.book_notes(layers.GRU(32)),
        fit=C_FIT,
        published=Published(0.8812, "validation set", best=0.8812, parameters=326_369, note="35 s an epoch"),
        jit_compile=True,
    ),
}
GROUP_D = {
    "d3-lstmcell": Experiment(
        "two LSTMCells unrolled by hand",
        D_DATA,
        build=two_lstm_cells,
        fit=D_FIT,
        published=Published(0.8026, ON_TEST, best=0.831),
        protocol="as-published",
    ),
    "d3-grucell": Experiment(
        "two GRUCells unrolled by hand",
        D_DATA,
        build=two_gru_cells,
        fit=D_FIT,
        published=Published(0.7993, ON_TEST, best=0.8412),
        protocol="as-published",
    ),
    "d3-gru": Experiment(
        "two GRU(64)",
        D_DATA,
        build=two_gru,
        fit=D_FIT,
        published=Published(0.7942, ON_TEST, best=0.8406),
        protocol="as-published",
    ),
    "d3-lstm": Experiment(
        "two LSTM(64)",
        D_DATA,
        build=two_lstm,
        fit=D_FIT,
        published=Published(None, ON_TEST, note="named, no figure given"),
        protocol="as-published",
    ),
    "d3-gru-honest": Experiment(
        "two GRU(64)",
        D_DATA,
        build=two_gru,
        fit=D_FIT | HONEST,
    ),
    "d3-lstm-honest": Experiment(
        "two LSTM(64)",
        D_DATA,
        build=two_lstm,
        fit=D_FIT | HONEST,
    ),
    "d4-glove": Experiment(
        "two LSTM(64), frozen GloVe vectors",
        D_DATA,
        build=two_lstm_frozen,
        fit=D_FIT | {"epochs": 50},
        published=Published(0.8251, ON_TEST, best=0.8435, note="50 epochs against 20 before"),
        protocol="as-published",
        jit_compile=True,
        vectors="glove",
    ),
}
GROUP_E = {
    "e1-simplernn": Experiment(
        "SimpleRNN(32), 500 words, 5 epochs",
        C_DATA,
        build=lambda layers: models.book_notes(layers.SimpleRNN(32)),
        fit=E_FIT,
        published=Published(None, "validation set", note="a picture only"),
        jit_compile=True,
    ),
    "e2-lstm": Experiment(
        "LSTM(32), wide head",
        C_DATA,
        build=lambda layers: models.wide_head(layers.LSTM(32)),
        fit=E_FIT,
        published=Published(None, "validation set", note="a picture only"),
    ),
    "e3-bilstm": Experiment(
        "Bidirectional(LSTM(32)), wide head",
        C_DATA,
        build=lambda layers: models.wide_head(layers.Bidirectional(layers.LSTM(32))),
        fit=E_FIT,
        published=Published(None, "validation set", note="a picture only"),
    ),
}
CAPSTONE = {
    "b9-capstone": Experiment(
        "two LSTM(64), product reviews",
        B9_DATA,
        build=models.capstone,
        fit={"batch_size": 128, "epochs": 5, "validation_split": 0.2},
        published=Published(0.86, "test set, rounded"),
    ),
}
