"""Training for the record: the data of an experiment, one seed at a time, saved after each."""

from __future__ import annotations

import datetime
import os
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from helpers import data, models, text
from helpers.corpus import Corpus
from helpers.runs import products, records, word_vectors
from helpers.runs.experiments import Codes, Experiment, Texts, build, experiment
from helpers.runs.modes import device, set_seed
from helpers.runs.pipeline import batches
from helpers.runs.products import Documents, DomainPairs, Products

BASELINES: dict[str, Callable[[], Any]] = {
    "baseline-majority": models.majority,
    "baseline-tfidf": models.tfidf_logistic,
    "baseline-tfidf-short": models.tfidf_logistic,
}


def prepare(chosen: Experiment) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, str]:
    """``x_train (n, length), y_train (n,), x_test, y_test`` and where they came from."""
    wanted = chosen.data
    if isinstance(wanted, Codes):
        imdb = data.load_imdb_sequences(num_words=wanted.num_words)
        sides = {"padding": wanted.padding, "truncating": wanted.truncating}
        x_train, x_test = (text.pad(x, wanted.length, **sides) for x in (imdb.x_train, imdb.x_test))
        return x_train, imdb.y_train, x_test, imdb.y_test, imdb.source
    if isinstance(wanted, Texts):
        train, test = data.load_imdb("train"), data.load_imdb("test")
        corpus = Corpus(train.texts)
        vocabulary = corpus.vocabulary(wanted.num_words)
        x_train, x_test = (
            text.pad(one.encode(vocabulary), wanted.length, padding=wanted.padding, truncating=side)
            for one, side in ((corpus, wanted.truncating), (Corpus(test.texts), wanted.truncating_test))
        )
        order = np.random.default_rng(0).permutation(len(x_train))  # validation_split takes the last rows
        return x_train[order], train.labels[order], x_test, test.labels, train.source
    if isinstance(wanted, Products):
        return products.prepare(wanted)
    raise ValueError(f"{chosen.title} cannot be trained here: {chosen.train}")


def vocabulary(chosen: Experiment) -> text.Vocabulary | None:
    """The words that an experiment counts in its training reviews; None where its codes are Keras's."""
    if isinstance(chosen.data, Texts):
        return Corpus(data.load_imdb("train").texts).vocabulary(chosen.data.num_words)
    if isinstance(chosen.data, Products):
        return Corpus(products.documents(chosen.data)[0]).vocabulary(chosen.data.num_words)
    return None


def train(name: str, seeds: int = 5, again: bool = False, progress: Callable[[str], None] = print) -> None:
    """Train an experiment with seeds 1 … ``seeds``, skipping those already recorded unless ``again``.

    Each seed is saved as it ends, so a stopped run goes on where it was. Refuses sample data: a record is made of
    real reviews.
    """
    chosen = experiment(name)
    linear = isinstance(chosen.data, Documents | DomainPairs)
    # a baseline has no randomness to repeat
    wanted = [1] if linear or name in BASELINES else list(range(1, seeds + 1))
    done = set() if again else {record["seed"] for record in records.load_records(name)}
    todo = [seed for seed in wanted if seed not in done]
    if not todo:
        progress(f"{name}: all {len(wanted)} seeds are recorded already")
        return
    run_one = _linear if linear else _baseline if name in BASELINES else _network
    if run_one is _network:
        build(name)  # fails now, with its sentence, and not after the data are loaded
        arrays = prepare(chosen)
        source = arrays[-1]
    elif linear:
        arrays, source = products.load(chosen.data)
    else:
        arrays = data.load_imdb_sequences(num_words=chosen.data.num_words if chosen.data else None)
        source = arrays.source
    if source == "sample":
        raise ValueError(
            "only sample data can be had here; a run is recorded on the real reviews: see RNN_DATA in the README."
        )
    if isinstance(chosen.data, Products | Documents):
        products.refuse_stand_ins(chosen.data)
    for seed in todo:
        start = time.perf_counter()
        measured, weights = run_one(name, chosen, seed, arrays)
        record = {
            "experiment": name,
            "seed": seed,
            "source": source,
            "device": f"{device()} ({os.cpu_count()} cores)",
            "date": datetime.date.today().isoformat(),
            "versions": records.versions(),
            "load_average": round(os.getloadavg()[0], 2),  # other work on the machine makes the seconds longer
            **measured,
        }
        left_out = 1 if chosen.vectors else 0  # the embedding: GloVe's, put in again when the weights are loaded
        kept = weights if chosen.keep_weights and seed == wanted[0] else None
        records.save_record(name, record, kept, left_out)
        if kept is not None and (counted := vocabulary(chosen)):
            records.save_vocabulary(name, counted)
        progress(f"{name} seed {seed}: test {record['test_accuracy']:.4f}, {time.perf_counter() - start:.0f} s")


def _network(name: str, chosen: Experiment, seed: int, arrays: Any) -> tuple[dict[str, Any], list[np.ndarray]]:
    import keras

    x_train, y_train, x_test, y_test, _ = arrays
    set_seed(seed, deterministic_kernels=not chosen.jit_compile)
    model = build(name)
    coverage = {"coverage": word_vectors.put_vectors(model, chosen, seed)} if chosen.vectors else {}
    model.jit_compile = chosen.jit_compile  # Keras turns it down, with a warning, where it cannot be had
    seconds: list[float] = []
    clock = keras.callbacks.LambdaCallback(
        on_epoch_begin=lambda epoch, logs: seconds.append(-time.perf_counter()),
        on_epoch_end=lambda epoch, logs: seconds.append(seconds.pop() + time.perf_counter()),
    )
    end = int(len(x_train) * (1 - chosen.fit.get("validation_split", 0.0)))  # as `fit` cuts
    n_train = min(end, chosen.n_train or end)
    test_batches = batches(x_test, y_test, batch_size=512)
    train_batches = batches(
        x_train[:n_train], y_train[:n_train], batch_size=chosen.fit["batch_size"], shuffle_seed=seed
    )
    # validating on the test set is the source's choice: see `protocol`
    held_out = (
        test_batches if chosen.protocol == "as-published" else batches(x_train[end:], y_train[end:], batch_size=512)
    )

    def fit(until: int, done: int = 0) -> dict[str, list[float]]:
        callbacks = [clock]
        if chosen.patience:
            callbacks.append(
                keras.callbacks.EarlyStopping("val_accuracy", patience=chosen.patience, restore_best_weights=True)
            )
        return model.fit(
            train_batches, initial_epoch=done, epochs=until, validation_data=held_out, verbose=2, callbacks=callbacks
        ).history

    epochs = chosen.fit["epochs"]
    if chosen.second_rate is None:
        history = fit(epochs)
    else:
        history = word_vectors.two_phases(model, fit, epochs, chosen.second_rate)
    chosen_epoch = len(history["loss"])
    if chosen.patience:
        chosen_epoch = 1 + history["val_accuracy"].index(max(history["val_accuracy"]))
    test = model.evaluate(test_batches, verbose=0, return_dict=True)
    called = (model.predict(test_batches, verbose=0)[:, 0] > 0.5).astype(int)
    measured = {
        "settings": chosen.fit,
        "jit_compile": model.jit_compile,
        "architecture": records.architecture(model),
        "parameters": model.count_params(),
        "n_train": n_train,
        "n_validation": len(x_test) if chosen.protocol == "as-published" else len(x_train) - end,
        "chosen_epoch": chosen_epoch,
        "n_test": len(x_test),
        "history": {key: [round(float(value), 6) for value in values] for key, values in history.items()},
        "seconds_per_epoch": [round(second, 2) for second in seconds],
        "validation_accuracy": round(float(history["val_accuracy"][chosen_epoch - 1]), 6),
        "test_accuracy": round(float(test["accuracy"]), 6),
        "test_loss": round(float(test["loss"]), 6),
        **records.answered(np.asarray(y_test), called),
        **coverage,
    }
    return measured, model.get_weights()


def _linear(name: str, chosen: Experiment, seed: int, loaded: Any) -> tuple[dict[str, Any], None]:
    """The linear model on product reviews."""
    return products.measure(chosen.data, loaded), None


def _baseline(name: str, chosen: Experiment, seed: int, imdb: Any) -> tuple[dict[str, Any], None]:
    """The linear and the constant model, on the very reviews that the networks train on, choice by validation."""
    kept = -chosen.data.length if chosen.data else 0  # the last words, as truncating="pre" keeps them; 0 keeps all

    def documents_of(reviews: Any) -> list[str]:
        return [" ".join(map(str, review[kept:])) for review in reviews]

    n_train = int(0.8 * len(imdb.x_train))  # as validation_split=0.2 cuts
    documents = documents_of(imdb.x_train)
    start = time.perf_counter()
    tried = {}
    for model in BASELINES[name]():
        model.fit(documents[:n_train], imdb.y_train[:n_train])
        accuracy = model.score(documents[n_train:], imdb.y_train[n_train:])
        tried[accuracy] = tried.get(accuracy, model)  # the first of equals
    best = tried[max(tried)]
    seconds = time.perf_counter() - start
    test = best.score(documents_of(imdb.x_test), imdb.y_test)
    measured = {
        "settings": {"model": " ".join(str(best).split())},
        "architecture": [],
        "parameters": int(best[-1].coef_.size + 1) if hasattr(best, "steps") else 0,
        "n_train": n_train,
        "n_validation": len(documents) - n_train,
        "n_test": len(imdb.x_test),
        "history": {"loss": [], "accuracy": [], "val_accuracy": sorted(tried)},
        "seconds_per_epoch": [round(seconds, 2)],
        "validation_accuracy": max(tried),
        "test_accuracy": round(float(test), 6),
    }
    return measured, None
