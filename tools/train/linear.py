"""Fit a linear model for the record: every candidate, the best by validation, tested once."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from helpers import data
from helpers.experiments import experiment, models
from helpers.experiments.recipes import N_POOL, Labelled, as_words, pool


def fit_linear(name: str, loaded: Labelled | dict[str, data.Split]) -> dict[str, Any]:
    """What goes into the record of a linear experiment. It has no seed: nothing in it is drawn."""
    return fit_pairs(loaded) if isinstance(loaded, dict) else fit_one(name, loaded)


def fit_one(name: str, loaded: Labelled) -> dict[str, Any]:
    """One model; ``candidates`` is what each candidate reached on the validation documents."""
    chosen = experiment(name)
    if chosen.candidates is None:
        raise ValueError(f"{name} is a network and has no linear candidates.")
    start = time.perf_counter()
    best = models.choose(chosen.candidates(), loaded.train, loaded.y_train, chosen.n_train)
    seconds = time.perf_counter() - start
    return {
        "settings": {"model": " ".join(str(best.model).split())},
        "parameters": int(best.model[-1].coef_.size + 1) if hasattr(best.model, "steps") else 0,
        "n_train": best.n_train,
        "n_validation": best.n_validation,
        "n_test": len(loaded.test),
        "candidates": _rounded(best.tried),
        "validation_accuracy": _rounded([best.validation_accuracy])[0],
        "test_accuracy": _rounded([best.model.score(loaded.test, loaded.y_test)])[0],
        **_without_epochs(seconds),
    }


def fit_pairs(domains: dict[str, data.Split]) -> dict[str, Any]:
    """The record of :class:`~helpers.experiments.recipes.DomainPairs`.

    ``matrix[i][j]`` is the accuracy of the model of domain i on the test reviews of domain j, ``pool[j]`` that of the
    model of all domains but j, ``validation_of_domains[i]`` that of the model of domain i on its own validation
    reviews. The test accuracy is the mean of the diagonal: each domain's own model.
    """
    tests = [(as_words(split.test.texts), split.test.labels) for split in domains.values()]
    start = time.perf_counter()
    matrix, own, pooled = [], [], []
    for split in domains.values():
        best = models.choose(models.tfidf_logistic(), as_words(split.train.texts), split.train.labels)
        own.append(best)
        matrix.append(_rounded([best.model.score(*test) for test in tests]))
    for domain, test in zip(domains, tests, strict=True):
        others = pool(domain, domains)
        best = models.choose(models.tfidf_logistic(), as_words(others.texts), others.labels, N_POOL)
        pooled += _rounded([best.model.score(*test)])
    validation = [best.validation_accuracy for best in own]
    return {
        "settings": {"model": "TF-IDF of words and word pairs, logistic regression, one for each domain"},
        "parameters": 0,
        "n_train": sum(best.n_train for best in own),
        "n_validation": sum(best.n_validation for best in own),
        "n_test": sum(len(labels) for _, labels in tests),
        "validation_of_domains": _rounded(validation),
        "validation_accuracy": round(float(np.mean(validation)), 6),
        "test_accuracy": round(float(np.mean(np.diag(matrix))), 6),
        "domains": list(domains),
        "matrix": matrix,
        "pool": pooled,
        **_without_epochs(time.perf_counter() - start),
    }


def _without_epochs(seconds: float) -> dict[str, Any]:
    return {"architecture": [], "history": {}, "seconds_per_epoch": [round(seconds, 2)]}


def _rounded(values: list[float]) -> list[float]:
    return [round(float(value), 6) for value in values]
