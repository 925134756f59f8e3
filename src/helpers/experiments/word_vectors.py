"""When do pretrained word vectors pay? The experiments of the chapter on GloVe, and what their training needs.

``words-WAY-N``: one model on ``N`` training reviews, its embedding begun and trained in one of five ways. All keep the
last fifth of the training reviews for validation, may train equally many epochs for a given ``N``, stop by validation,
and touch the test set once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any

import numpy as np

from helpers import data, vectors
from helpers.arrays import Array
from helpers.experiments import models
from helpers.experiments.published import D_DATA
from helpers.experiments.recipes import Codes, StrOfBytes
from helpers.experiments.spec import HONEST, Experiment
from helpers.text import Vocabulary
from helpers.text.tokenizer import Tokenizer

# Epochs at most, as for the learning curves of the chapter on comparing models.
EPOCHS = {500: 40, 2_000: 30, 8_000: 15, 20_000: 10}


@dataclass(frozen=True)
class Way:
    """How an embedding begins ("" random, "glove", "shuffled": each word with another's vector) and is trained."""

    title: str
    vectors: str
    trainable: bool
    second_rate: float | None = None  # unfreeze when validation stops improving, at this part of the learning rate


WAYS = {
    "scratch": Way("trained from scratch", "", True),
    "frozen": Way("GloVe, frozen", "glove", False),
    "finetuned": Way("GloVe, trained along", "glove", True),
    "twophase": Way("GloVe, frozen and then trained", "glove", False, second_rate=0.1),
    "random": Way("GloVe's vectors dealt to the wrong words, frozen", "shuffled", False),
}


def build(trainable: bool, layers: Any) -> Any:
    """Embedding(10000, 100) → LSTM(32) → Dense(1)."""
    from helpers.layers import FusedLSTM

    return models.classifier(
        layers.Embedding(D_DATA.num_words, vectors.DIMENSION, trainable=trainable), FusedLSTM(32), optimizer="adam"
    )


WORDS = {
    f"words-{name}-{n}": Experiment(
        f"LSTM(32), {way.title}, {n:,} training reviews",
        D_DATA,
        build=partial(build, way.trainable),
        fit={"batch_size": 32, "epochs": epochs} | HONEST,
        n_train=n,
        patience=4,
        vectors=way.vectors,
        second_rate=way.second_rate,
    )
    for (name, way), (n, epochs) in product(WAYS.items(), EPOCHS.items())
}


def embedding(
    chosen: Experiment, seed: int = 1, vocabulary: Vocabulary | Tokenizer | None = None
) -> tuple[Array, dict[str, Any]]:
    """The weights that the embedding begins with ``(num_words, 100)``, and the coverage counted on what was loaded.

    ``vocabulary`` is what the codes mean; None where they are Keras's.
    """
    if not isinstance(chosen.data, Codes | StrOfBytes) or (vocabulary is None) != isinstance(chosen.data, Codes):
        raise ValueError(f"{chosen.title} does not say which word a code is, so that no vector can be found for it.")
    ranks, offset = (data.load_imdb_word_index(), 3) if vocabulary is None else (vocabulary.codes, 0)
    glove = vectors.load_glove(ranks)
    found = vectors.embedding_matrix(ranks, glove, index_offset=offset, num_words=chosen.data.num_words)
    matrix = found.matrix
    if chosen.vectors == "shuffled":
        covered = np.flatnonzero(matrix.any(axis=1))
        matrix[covered] = matrix[np.random.default_rng(seed).permutation(covered)]
    return matrix, {"covered": found.covered, "words": found.words, "source": glove.source}


def put_vectors(
    model: Any, chosen: Experiment, seed: int, vocabulary: Vocabulary | Tokenizer | None = None
) -> dict[str, Any]:
    """Give the model's embedding the vectors it begins with; returns the coverage for the record.

    Raises
    ------
    ValueError
        If only sample vectors are to be had: nothing is recorded with them.
    """
    matrix, coverage = embedding(chosen, seed, vocabulary)
    if coverage["source"] == "sample":
        raise ValueError(
            "only sample vectors can be had here; a run is recorded with GloVe's: see RNN_DATA in the README."
        )
    model.layers[0].set_weights([matrix])
    return coverage


def two_phases(
    model: Any, fit: Callable[[int, int], dict[str, list[float]]], epochs: int, rate: float
) -> dict[str, list[float]]:
    """Train with the embedding frozen, then thaw it; both phases together have ``epochs`` epochs.

    ``fit(until, done)`` trains from epoch ``done`` to ``until`` at most, stops by validation and leaves the best
    weights. The first phase may use half of the epochs. The second starts from its best weights with a learning rate
    ``rate`` times as large, and counts only if it validates better.
    """
    first = fit(epochs // 2, 0)
    kept = model.get_weights()
    thaw(model, rate)
    second = fit(epochs, len(first["loss"]))
    if max(second["val_accuracy"]) <= max(first["val_accuracy"]):
        model.set_weights(kept)
    return {key: first[key] + second[key] for key in first}


def thaw(model: Any, rate: float) -> None:
    """Let the embedding learn, at ``rate`` times the learning rate that the model had."""
    model.layers[0].trainable = True
    optimizer = type(model.optimizer).from_config(model.optimizer.get_config())  # without the old one's memory
    optimizer.learning_rate = rate * float(model.optimizer.learning_rate)
    model.compile(optimizer, model.loss, metrics=["accuracy"], jit_compile=model.jit_compile)
