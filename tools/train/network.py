"""Train one seed of a network for the record."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from helpers.experiments import build, experiment, word_vectors
from helpers.experiments.recipes import Arrays
from helpers.modes import set_seed
from helpers.results import records
from tools.train.batches import batches


def train_network(name: str, seed: int, arrays: Arrays) -> tuple[dict[str, Any], list[np.ndarray]]:
    """Train one seed of an experiment as it is registered.

    Returns
    -------
    tuple
        What goes into the record: settings, history per epoch, seconds, accuracies, the answers to the test reviews;
        and the weights.
    """
    import keras

    chosen = experiment(name)

    x_train, y_train, x_test, y_test, *_ = arrays
    set_seed(seed, deterministic_kernels=not chosen.jit_compile)
    model = build(name)
    coverage = {"coverage": word_vectors.put_vectors(model, chosen, seed, arrays.vocabulary)} if chosen.vectors else {}
    model.jit_compile = chosen.jit_compile  # Keras turns it down, with a warning, where it cannot be had
    seconds: list[float] = []
    clock = keras.callbacks.LambdaCallback(
        on_epoch_begin=lambda epoch, logs: seconds.append(-time.perf_counter()),
        on_epoch_end=lambda epoch, logs: seconds.append(seconds.pop() + time.perf_counter()),
    )
    end = int(len(x_train) * (1 - chosen.fit.get("validation_split", 0.0)))  # as `fit` cuts
    n_train = min(end, chosen.n_train or end)
    test_batches = batches(x_test, y_test, batch_size=512)
    batch_size, drops = chosen.fit["batch_size"], chosen.drop_remainder
    train_batches = batches(
        x_train[:n_train], y_train[:n_train], batch_size=batch_size, shuffle_seed=seed, drop_remainder=drops
    )
    # validating on the test set is the source's choice: see `protocol`
    x_held, y_held = (x_test, y_test) if chosen.validates_on_test else (x_train[end:], y_train[end:])
    n_validation = len(x_held) - (len(x_held) % batch_size if drops else 0)
    held_out = batches(x_held[:n_validation], y_held[:n_validation], batch_size=512)

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
        **({"drop_remainder": True} if drops else {}),
        "jit_compile": model.jit_compile,
        "architecture": records.architecture(model),
        "parameters": model.count_params(),
        "n_train": n_train,
        "n_validation": n_validation,
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
