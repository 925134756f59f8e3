"""The models of the experiments.

A chapter writes its own model out for you to read; the same model stands here for who trains it for the record, and
:func:`helpers.runs.fit` refuses a model that is not the recorded one. Every network comes compiled, with random
weights: set the seed first (:func:`helpers.runs.set_seed`). The letters are the groups of
:mod:`helpers.experiments.published`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from helpers.arrays import Integers

if TYPE_CHECKING:
    import keras
    from sklearn.pipeline import Pipeline


def classifier(*layers: keras.Layer, optimizer: str | keras.Optimizer, length: int | None = None) -> keras.Model:
    """Word indices ``(batch, time)`` in, one probability ``(batch, 1)`` out, compiled for binary cross-entropy.

    ``length`` fixes the number of time steps; None leaves it open.
    """
    import keras

    output = keras.layers.Dense(1, activation="sigmoid")
    model = keras.Sequential([keras.Input((length,), dtype="int32"), *layers, output])
    model.compile(optimizer=optimizer, loss="binary_crossentropy", metrics=["accuracy"])
    return model


def raw_text(recurrent: keras.Layer) -> keras.Model:
    """Group A: Embedding(10000, 16) → recurrent layer → Dense(10, relu) → Dense(1)."""
    from keras import layers

    return classifier(layers.Embedding(10_000, 16), recurrent, layers.Dense(10, activation="relu"), optimizer="adam")


def textbook(*recurrent: keras.Layer, dropout: float = 0.4, mask_zero: bool = False) -> keras.Model:
    """Group B: Embedding(8000, 32) → SpatialDropout1D(0.4) → recurrent layer(s) → Dropout → Dense(1)."""
    from keras import layers

    return classifier(
        layers.Embedding(8_000, 32, mask_zero=mask_zero),
        layers.SpatialDropout1D(0.4),
        *recurrent,
        layers.Dropout(dropout),
        optimizer="rmsprop",
    )


def undropped(
    recurrent: keras.Layer, spatial: float = 0.0, output: float = 0.0, weight_decay: float | None = None
) -> keras.Model:
    """Group B's model with each of its two dropouts, and weight decay, only if asked for."""
    import keras
    from keras import layers

    return classifier(
        layers.Embedding(8_000, 32),
        *[layers.SpatialDropout1D(spatial)] * bool(spatial),
        recurrent,
        *[layers.Dropout(output)] * bool(output),
        optimizer=keras.optimizers.RMSprop(weight_decay=weight_decay),
    )


def book_notes(recurrent: keras.Layer) -> keras.Model:
    """Group C: Embedding(10000, 32) → recurrent layer → Dense(1)."""
    from keras import layers

    return classifier(layers.Embedding(10_000, 32), recurrent, optimizer="rmsprop")


def two_layers(
    first: keras.Layer, second: keras.Layer, length: int | None = None, trainable: bool = True
) -> keras.Model:
    """Group D: Embedding(10000, 100) → two recurrent layers → Dense(64) → Dropout(0.5) → ReLU → Dense(1).

    ``trainable`` is the embedding's: False to freeze the vectors that you will put into it.
    """
    import keras
    from keras import layers

    return classifier(
        layers.Embedding(10_000, 100, trainable=trainable),
        first,
        second,
        layers.Dense(64),
        layers.Dropout(0.5),
        layers.ReLU(),
        optimizer=keras.optimizers.RMSprop(1e-3),
        length=length,
    )


def two_unrolled(first_cell: keras.Layer, second_cell: keras.Layer, length: int) -> keras.Model:
    """Group D with the loop over ``length`` time steps written by hand (:class:`helpers.layers.HandUnrolled`)."""
    from helpers.layers import HandUnrolled

    return two_layers(HandUnrolled(first_cell, return_sequences=True), HandUnrolled(second_cell), length)


def wide_head(recurrent: keras.Layer) -> keras.Model:
    """Group E: Embedding(10000, 32) → recurrent layer → Dense(256, relu) → Dropout(0.2) → Dense(1)."""
    from keras import layers

    return classifier(
        layers.Embedding(10_000, 32),
        recurrent,
        layers.Dense(256, activation="relu"),
        layers.Dropout(0.2),
        optimizer="adam",
    )


def capstone(layers: Any) -> keras.Model:
    """B9: Embedding(10000, 32) → SpatialDropout1D(0.4) → two LSTM(64) → two Dense(32, relu), each dropped → Dense(1).

    The source does not say which optimiser it used; this is Adam.
    """
    return classifier(
        layers.Embedding(10_000, 32),
        layers.SpatialDropout1D(0.4),
        layers.LSTM(64, return_sequences=True),
        layers.LSTM(64),
        layers.Dropout(0.4),
        layers.Dense(32, activation="relu"),
        layers.Dropout(0.5),
        layers.Dense(32, activation="relu"),
        layers.Dropout(0.5),
        optimizer="adam",
    )


def majority() -> list[Pipeline]:
    """The baseline that reads nothing: always the label that is more frequent in training."""
    from sklearn.dummy import DummyClassifier

    return [DummyClassifier(strategy="most_frequent")]


def tfidf_logistic(longest: int = 2) -> list[Pipeline]:
    """The linear baseline, one pipeline for each strength of regularisation to choose from by validation.

    TF-IDF weights of single words and of word pairs (Wang & Manning 2012 on why pairs), then logistic regression.
    Documents are words separated by spaces. ``longest`` is the longest run of words that is counted: 1 leaves the pairs
    out.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    return [
        make_pipeline(
            TfidfVectorizer(ngram_range=(1, longest), min_df=2, sublinear_tf=True, token_pattern=r"\S+"),
            LogisticRegression(C=strength, max_iter=200),
        )
        for strength in (3.0, 10.0, 30.0)
    ]


def naive_bayes_logistic() -> list[Pipeline]:
    """The strong linear baseline: which words, pairs and triples occur, weighed by naive Bayes, logistic regression.

    The features of Wang & Manning (2012), who had pairs; with triples as in Mesnil et al. (2015). One pipeline for each
    smoothing and strength of regularisation.
    """
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    from helpers.experiments.naive_bayes import LogCountRatio

    return [
        make_pipeline(
            CountVectorizer(ngram_range=(1, 3), binary=True, token_pattern=r"\S+", dtype=np.float32),
            LogCountRatio(alpha=alpha),
            LogisticRegression(C=strength, solver="liblinear", dual=True, random_state=0, max_iter=1_000),
        )
        for alpha in (0.1, 1.0)
        for strength in (0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
    ]


class Chosen(NamedTuple):
    """The linear model that validates best, and what every candidate reached."""

    model: Pipeline
    tried: list[float]  # validation accuracy of each candidate, in their order
    n_train: int
    n_validation: int

    @property
    def validation_accuracy(self) -> float:
        return max(self.tried)


def choose(candidates: list[Pipeline], documents: list[str], labels: Integers, n_train: int | None = None) -> Chosen:
    """Fit each candidate and keep the best by the last fifth of the documents, the first of equals.

    Parameters
    ----------
    candidates : unfitted pipelines, such as :func:`tfidf_logistic` gives
    documents : n words-with-spaces
    labels : ndarray of int, shape (n,)
    n_train : learn from the first so many of the other four fifths only
    """
    from sklearn.base import clone

    end = int(0.8 * len(documents))  # as Keras's validation_split=0.2 cuts
    n = min(end, n_train or end)
    tried = []
    counted: dict[str, tuple[Any, Any, Any]] = {}  # the first step takes longest, and most candidates share it
    for model in candidates:
        if hasattr(model, "steps"):
            steps, name = model.steps, repr(model[0])
            if name not in counted:
                counter = clone(model[0])
                counted[name] = counter, counter.fit_transform(documents[:n]), counter.transform(documents[end:])
            counter, train, held_out = counted[name]
            rest = model[1:].fit(train, labels[:n])
            tried.append(float(rest.score(held_out, labels[end:])))
            steps[0] = (steps[0][0], counter)
        else:
            model.fit(documents[:n], labels[:n])
            tried.append(float(model.score(documents[end:], labels[end:])))
    best = candidates[int(np.argmax(tried))]
    return Chosen(best, tried, n, len(documents) - end)
