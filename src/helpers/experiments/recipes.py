"""Product reviews for training: which reviews, how cleaned, how coded; and the linear model beside the networks."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from helpers import data, models, text
from helpers.cleaning import Cleaning, clean, tools
from helpers.corpus import Corpus

POOL = "all but "  # "all but books": the training reviews of the thirteen other domains
N_POOL = 8_000  # of which so many are learned from, by networks and linear models alike


@dataclass(frozen=True)
class Products:
    """Product reviews coded with a vocabulary counted on the training reviews, the last ``length`` words kept.

    ``train_on`` and ``test_on`` are "products", "imdb", a product domain, or (training only) "all but DOMAIN";
    without a ``test_on`` the test reviews come from where the training reviews do. ``cleaning=None`` is the text as it
    stands, cut by :func:`helpers.text.tokenize`.
    """

    cleaning: Cleaning | None = None
    num_words: int = 10_000
    length: int = 100
    train_on: str = "products"
    test_on: str = ""


@dataclass(frozen=True)
class Documents:
    """The same reviews in full length, for the linear model; ``n_train`` as in ``Experiment``."""

    cleaning: Cleaning | None = None
    train_on: str = "products"
    test_on: str = ""
    n_train: int | None = None


@dataclass(frozen=True)
class DomainPairs:
    """A linear model for each product domain, tested on every domain; and one for the pool of all other domains."""


def documents(wanted: Products | Documents) -> tuple[list[str], np.ndarray, list[str], np.ndarray, str]:
    """Training texts and labels, test texts and labels, each cleaned as asked, and where they came from."""
    train, test = _train(wanted.train_on), _test(wanted.test_on or wanted.train_on)
    source = "sample" if "sample" in (train.source, test.source) else train.source
    texts = [one.texts if wanted.cleaning is None else clean(one.texts, wanted.cleaning) for one in (train, test)]
    return texts[0], train.labels, texts[1], test.labels, source


def refuse_stand_ins(wanted: Products | Documents) -> None:
    """ValueError if NLTK's data are missing, so that what cleaned the texts is not what the record says."""
    if wanted.cleaning is not None and tools().name != "NLTK":
        raise ValueError("a run is recorded on texts cleaned by NLTK, and its data are not here: set NLTK_DATA.")


def prepare(wanted: Products) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, str]:
    """``x_train (n, length), y_train (n,), x_test, y_test`` and where they came from."""
    train, y_train, test, y_test, source = documents(wanted)
    corpus = Corpus(train)
    vocabulary = corpus.vocabulary(wanted.num_words)
    x_train, x_test = (
        text.pad(one.encode(vocabulary), wanted.length, padding="pre", truncating="pre")
        for one in (corpus, Corpus(test))
    )
    return x_train, y_train, x_test, y_test, source


def _train(name: str) -> data.Reviews:
    if name == "products":
        return data.load_products().train
    if name == "imdb":
        return _mixed(data.load_imdb("train"))
    domains = _domains()
    if name.startswith(POOL):
        return _pool(name.removeprefix(POOL), domains)
    _known(name, domains)
    return domains[name].train


def _test(name: str) -> data.Reviews:
    if name == "products":
        return data.load_products().test
    if name == "imdb":
        return data.load_imdb("test")
    _known(name, _domains())
    return _domains()[name].test


def _pool(out: str, domains: dict[str, data.Split]) -> data.Reviews:
    """The training reviews of every domain but ``out``."""
    _known(out, domains)
    sides = [split.train for domain, split in domains.items() if domain != out]
    texts = [one for side in sides for one in side.texts]
    return _mixed(data.Reviews(texts, np.concatenate([side.labels for side in sides]), sides[0].source))


@cache
def _domains() -> dict[str, data.Split]:
    return data.load_product_domains()


def _known(domain: str, domains: dict[str, data.Split]) -> None:
    if domain not in domains:
        raise ValueError(f"there are no reviews of {domain!r}: choose products, imdb, {', '.join(domains)}.")


def _mixed(reviews: data.Reviews) -> data.Reviews:
    """In an order drawn once: validation takes the last rows."""
    order = np.random.default_rng(0).permutation(len(reviews.texts))
    return data.Reviews([reviews.texts[place] for place in order], reviews.labels[order], reviews.source)


# --- the linear model ---


def fit_linear(texts: list[str], labels: np.ndarray, n_train: int | None = None) -> tuple[Any, float, dict[str, int]]:
    """The best of :func:`helpers.models.tfidf_logistic` by the last fifth; its validation accuracy; the two sizes."""
    documents = as_words(texts)
    end = int(0.8 * len(documents))
    n = min(end, n_train or end)
    tried = {}
    for model in models.tfidf_logistic():
        model.fit(documents[:n], labels[:n])
        tried.setdefault(model.score(documents[end:], labels[end:]), model)  # the first of equals
    best = max(tried)
    return tried[best], best, {"n_train": n, "n_validation": len(documents) - end}


def as_words(texts: list[str]) -> list[str]:
    """Words with spaces between them, as the linear model's documents are."""
    return [" ".join(text.tokenize(one)) for one in texts]


def load(wanted: Documents | DomainPairs) -> tuple[Any, str]:
    """What :func:`measure` wants, and where it came from."""
    if isinstance(wanted, DomainPairs):
        domains = _domains()
        return domains, next(iter(domains.values())).train.source
    *loaded, source = documents(wanted)
    return loaded, source


def measure(wanted: Documents | DomainPairs, loaded: Any) -> dict[str, Any]:
    """The record of a linear experiment: fitted, chosen by validation, tested once."""
    return measure_pairs(loaded) if isinstance(wanted, DomainPairs) else _measure_one(wanted, *loaded)


def _measure_one(
    wanted: Documents, train: list[str], y_train: np.ndarray, test: list[str], y_test: np.ndarray
) -> dict[str, Any]:
    start = time.perf_counter()
    model, validation, sizes = fit_linear(train, y_train, wanted.n_train)
    seconds = time.perf_counter() - start
    return {
        "settings": {"model": " ".join(str(model).split())},
        "parameters": int(model[-1].coef_.size + 1),
        **sizes,
        "n_test": len(test),
        "test_accuracy": round(float(model.score(as_words(test), y_test)), 6),
        **_common([validation], seconds),
    }


def measure_pairs(domains: dict[str, data.Split]) -> dict[str, Any]:
    """The record of :class:`DomainPairs`.

    ``matrix[i][j]`` is the accuracy of the model of domain i on the test reviews of domain j, ``pool[j]`` that of the
    model of all domains but j. The test accuracy is the mean of the diagonal: each domain's own model.
    """
    tests = [(as_words(split.test.texts), split.test.labels) for split in domains.values()]
    start = time.perf_counter()
    matrix, chosen, pool, sizes = [], [], [], []
    for split in domains.values():
        model, validation, size = fit_linear(split.train.texts, split.train.labels)
        chosen.append(validation)
        sizes.append(size)
        matrix.append([round(float(model.score(*test)), 6) for test in tests])
    for domain, test in zip(domains, tests, strict=True):
        others = _pool(domain, domains)
        pool.append(round(float(fit_linear(others.texts, others.labels, N_POOL)[0].score(*test)), 6))
    return {
        "settings": {"model": "TF-IDF of words and word pairs, logistic regression, one for each domain"},
        "parameters": 0,
        **{key: sum(size[key] for size in sizes) for key in ("n_train", "n_validation")},
        "n_test": sum(len(labels) for _, labels in tests),
        "test_accuracy": round(float(np.mean(np.diag(matrix))), 6),
        **_common(chosen, time.perf_counter() - start),
        "domains": list(domains),
        "matrix": matrix,
        "pool": pool,
    }


def _common(validation: list[float], seconds: float) -> dict[str, Any]:
    return {
        "architecture": [],
        "history": {"loss": [], "accuracy": [], "val_accuracy": [round(float(value), 6) for value in validation]},
        "seconds_per_epoch": [round(seconds, 2)],
        "validation_accuracy": round(float(np.mean(validation)), 6),
    }
