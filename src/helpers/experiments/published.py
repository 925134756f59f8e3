"""Every experiment of the course: its data, its model, how it is trained, and what was published for it.

``EXPERIMENTS`` is one dict from id to :class:`Experiment`. The letter groups the five public tutorials that
the course re-runs: A raw-text IMDB, B a textbook chapter, C book notes, D an LSTM/GRU tutorial, E a
SimpleRNN-to-BiLSTM tutorial. Two baselines stand beside them.

An ``as-published`` experiment keeps its source's protocol, sound or not. Where a source validated on the test
set (A, D), an ``honest`` twin takes its validation reviews from the training set and touches the test set once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from helpers import models
from helpers.cleaning import Cleaning
from helpers.runs.products import Documents, DomainPairs, Products


@dataclass(frozen=True)
class Codes:
    """IMDB in Keras's integer coding, padded to ``length``; fields as in :func:`helpers.text.pad`."""

    num_words: int
    length: int
    padding: str = "pre"
    truncating: str = "pre"


@dataclass(frozen=True)
class Texts:
    """IMDB as text, coded with a vocabulary counted on the training reviews, padded to ``length``."""

    num_words: int
    length: int
    padding: str = "pre"
    truncating: str = "post"
    truncating_test: str = "post"  # group A let the test set be cut at the other end


@dataclass(frozen=True)
class Published:
    """What the source printed: one run, one seed. ``on`` says on which reviews the accuracy was taken."""

    accuracy: float | None
    on: str
    best: float | None = None
    parameters: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Experiment:
    """One row of the results: ``build(keras.layers)`` gives the compiled model, ``fit`` goes to ``model.fit``."""

    title: str
    data: Codes | Texts | Products | Documents | DomainPairs | None
    build: Callable[[Any], Any] | None
    fit: dict[str, Any] = field(default_factory=dict)
    published: Published | None = None
    protocol: str = "honest"  # or "as-published": validated on the test set
    train: str = ""  # why `train` cannot run it, when it cannot
    jit_compile: bool = False  # XLA: the same sums, sooner where a step is small (short batches, GRU, SimpleRNN)
    n_train: int | None = None  # train on the first so many training reviews only
    patience: int | None = None  # stop when validation has not improved for so many epochs; keep the best epoch
    keep_weights: bool = True
    vectors: str = ""  # what the embedding begins with: "glove", or "shuffled", each word with another word's vector
    second_rate: float | None = None  # thaw the embedding when validation stops improving, at this part of the rate


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
HONEST = {"validation_split": 0.2}


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


EXPERIMENTS: dict[str, Experiment] = {
    "baseline-majority": Experiment(
        "always the more frequent label", None, None, train="it is not a network, see helpers.models.majority"
    ),
    "baseline-tfidf": Experiment(
        "TF-IDF of words and word pairs, logistic regression, whole reviews",
        None,
        None,
        train="it is not a network, see helpers.models.tfidf_logistic",
    ),
    "baseline-tfidf-short": Experiment(
        "TF-IDF of words and word pairs, logistic regression, what group B's networks see",
        B_DATA,
        None,
        train="it is not a network, see helpers.models.tfidf_logistic",
    ),
    "a1-simplernn": Experiment(
        "SimpleRNN(32), raw text", A_PUBLISHED, lambda layers: models.raw_text(layers.SimpleRNN(32)), A_FIT,
        Published(0.7174, "test set as validation set", best=0.7952, parameters=161_909), "as-published",
        jit_compile=True,
    ),
    "a1-simplernn-honest": Experiment(
        "SimpleRNN(32), raw text", A_HONEST, lambda layers: models.raw_text(layers.SimpleRNN(32)), A_FIT | HONEST,
        jit_compile=True,
    ),
    "a2-bigru": Experiment(
        "Bidirectional(GRU(32)), raw text", A_PUBLISHED,
        lambda layers: models.raw_text(layers.Bidirectional(layers.GRU(32))), A_FIT,
        Published(0.8150, "test set as validation set", best=0.8420, parameters=170_261), "as-published",
        jit_compile=True,
    ),
    "a2-gru-honest": Experiment(
        "GRU(32), raw text", A_HONEST, lambda layers: models.raw_text(layers.GRU(32)), A_FIT | HONEST,
        jit_compile=True,
    ),
    "a3-bilstm": Experiment(
        "Bidirectional(LSTM(32)), raw text", A_PUBLISHED,
        lambda layers: models.raw_text(layers.Bidirectional(layers.LSTM(32))), A_FIT,
        Published(0.8124, "test set as validation set", best=0.8413, parameters=173_205), "as-published",
        jit_compile=True,
    ),
    "a3-lstm-honest": Experiment(
        "LSTM(32), raw text", A_HONEST, lambda layers: models.raw_text(layers.LSTM(32)), A_FIT | HONEST,
        jit_compile=True,
    ),
    "b1-simplernn": Experiment(
        "SimpleRNN(32)", B_DATA, lambda layers: models.textbook(layers.SimpleRNN(32)), b_fit(10),
        Published(0.85128, "test set", parameters=258_113),
    ),
    "b2-lstm": Experiment(
        "LSTM(32)", B_DATA, lambda layers: models.textbook(layers.LSTM(32)), b_fit(5),
        Published(0.87032, "test set", parameters=264_353),
    ),
    "b3-gru": Experiment(
        "GRU(32)", B_DATA, lambda layers: models.textbook(layers.GRU(32, reset_after=False)), b_fit(4),
        Published(0.87156, "test set", parameters=262_273),
        jit_compile=True,
    ),
    "b4-bilstm": Experiment(
        "Bidirectional(LSTM(32))", B_DATA,
        lambda layers: models.textbook(layers.Bidirectional(layers.LSTM(32))), b_fit(4),
        Published(0.877, "test set", parameters=272_705),
    ),
    "b4-bilstm-masked": Experiment(
        "Bidirectional(LSTM(32)), padding masked", replace(B_DATA, padding="post"),
        lambda layers: models.textbook(layers.Bidirectional(layers.LSTM(32)), mask_zero=True), b_fit(4),
    ),
    "b5-stacked-lstm": Experiment(
        "two LSTM(32)", B_DATA,
        lambda layers: models.textbook(layers.LSTM(32, return_sequences=True), layers.LSTM(32), dropout=0.5),
        b_fit(4), Published(0.87572, "test set", parameters=272_673),
    ),
    "b9-capstone": Experiment(
        "two LSTM(64), product reviews", B9_DATA, models.capstone,
        {"batch_size": 128, "epochs": 5, "validation_split": 0.2}, Published(0.86, "test set, rounded"),
    ),
    "c2-rnn": Experiment(
        "SimpleRNN(32), 500 words", C_DATA, lambda layers: models.book_notes(layers.SimpleRNN(32)), C_FIT,
        Published(0.7968, "validation set", best=0.8606, parameters=322_113, note="17 s an epoch"),
        jit_compile=True,
    ),
    "c2-lstm": Experiment(
        "LSTM(32), 500 words", C_DATA, lambda layers: models.book_notes(layers.LSTM(32)), C_FIT,
        Published(0.8614, "validation set", best=0.8902, parameters=328_353, note="35 s an epoch"),
    ),
    "c2-gru": Experiment(
        "GRU(32), 500 words", C_DATA, lambda layers: models.book_notes(layers.GRU(32)), C_FIT,
        Published(0.8812, "validation set", best=0.8812, parameters=326_369, note="35 s an epoch"),
        jit_compile=True,
    ),
    "d3-lstmcell": Experiment(
        "two LSTMCells unrolled by hand", D_DATA, two_lstm_cells, D_FIT,
        Published(0.8026, "test set as validation set", best=0.8310), "as-published",
    ),
    "d3-grucell": Experiment(
        "two GRUCells unrolled by hand", D_DATA, two_gru_cells, D_FIT,
        Published(0.7993, "test set as validation set", best=0.8412), "as-published",
    ),
    "d3-gru": Experiment(
        "two GRU(64)", D_DATA,
        two_gru,
        D_FIT, Published(0.7942, "test set as validation set", best=0.8406), "as-published",
    ),
    "d3-lstm": Experiment(
        "two LSTM(64)", D_DATA,
        two_lstm,
        D_FIT, Published(None, "test set as validation set", note="named, no figure given"), "as-published",
    ),
    "d3-gru-honest": Experiment(
        "two GRU(64)", D_DATA,
        two_gru,
        D_FIT | HONEST,
    ),
    "d3-lstm-honest": Experiment(
        "two LSTM(64)", D_DATA,
        two_lstm,
        D_FIT | HONEST,
    ),
    "d4-glove": Experiment(
        "two LSTM(64), frozen GloVe vectors", D_DATA, two_lstm_frozen, D_FIT | {"epochs": 50},
        Published(0.8251, "test set as validation set", best=0.8435, note="50 epochs against 20 before"),
        "as-published", jit_compile=True, vectors="glove",
    ),
    "e1-simplernn": Experiment(
        "SimpleRNN(32), 500 words, 5 epochs", C_DATA, lambda layers: models.book_notes(layers.SimpleRNN(32)), E_FIT,
        Published(None, "validation set", note="a picture only"),
        jit_compile=True,
    ),
    "e2-lstm": Experiment(
        "LSTM(32), wide head", C_DATA, lambda layers: models.wide_head(layers.LSTM(32)), E_FIT,
        Published(None, "validation set", note="a picture only"),
    ),
    "e3-bilstm": Experiment(
        "Bidirectional(LSTM(32)), wide head", C_DATA,
        lambda layers: models.wide_head(layers.Bidirectional(layers.LSTM(32))), E_FIT,
        Published(None, "validation set", note="a picture only"),
    ),
}  # fmt: skip


def experiment(name: str) -> Experiment:
    """The experiment or ablation of that id. ValueError with the nearest ids when there is none."""
    from helpers.runs.ablations import ABLATIONS
    from helpers.runs.product_ablations import PRODUCT_ABLATIONS
    from helpers.runs.word_vectors import WORD_VECTORS

    known = EXPERIMENTS | ABLATIONS | PRODUCT_ABLATIONS | WORD_VECTORS
    if name not in known:
        import difflib

        near = difflib.get_close_matches(name, known, n=3, cutoff=0.4) or list(EXPERIMENTS)
        raise ValueError(f"there is no experiment {name!r}; did you mean {', '.join(near)}?")
    return known[name]


def build(name: str) -> Any:
    """The compiled, untrained model of an experiment. ValueError when it has none."""
    chosen = experiment(name)
    if chosen.build is None:
        raise ValueError(f"{name} cannot be built here: {chosen.train}")
    import keras

    return chosen.build(keras.layers)


def data_sets(chosen: Experiment) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What an experiment is made of, as :mod:`helpers.data.fingerprints` names it: its reviews; its word vectors."""
    vectors = ("GloVe",) if chosen.vectors else ()
    if chosen.data is None or isinstance(chosen.data, Codes):
        return ("IMDB codes",), vectors
    if isinstance(chosen.data, Texts):
        return ("IMDB train", "IMDB test"), vectors
    if isinstance(chosen.data, DomainPairs):
        return ("product domains",), vectors
    kinds = {"products": ("product reviews",), "imdb": ("IMDB train", "IMDB test")}
    sides = (chosen.data.train_on, chosen.data.test_on or chosen.data.train_on)
    return tuple(name for side in sides for name in kinds.get(side, ("product domains",))), vectors
