"""What the capstone chapter takes apart: the product-review experiment with one thing changed at a time, and transfer.

``products-…``: other cleaning, other lengths, fewer reviews, and a linear model, all on the product reviews.
``transfer-…``: trained on one kind of review and tested on another, the number of training reviews being the same.
``domains-…``: product domains, each alone and all others together. All keep a fifth of the training reviews for
validation and touch the test set once. Those on the product reviews keep b9's five epochs; where there is no such
number to keep, validation stops the training (``patience``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from helpers.experiments import models
from helpers.experiments.published import B9_DATA, CAPSTONE
from helpers.experiments.recipes import N_POOL, POOL, Documents, DomainPairs, Products
from helpers.experiments.spec import HONEST, Experiment
from helpers.text.cleaning import Cleaning

STOPPED: dict[str, Any] = {"batch_size": 128, "epochs": 12} | HONEST
SMALL = {"batch_size": 32, "epochs": 20} | HONEST  # a domain has some forty batches of 32 an epoch
N_PRODUCTS = 9_936  # what is left of the product reviews without copies and without validation
LEFT_OUT = ("books", "electronics", "kitchen_housewares")


def _changed(title: str, n_train: int | None = None, **changes: Any) -> Experiment:
    """b9 with other data, or the first ``n_train`` of its training reviews, all else the same."""
    return replace(
        CAPSTONE["b9-capstone"],
        title=f"two LSTM(64), product reviews, {title}",
        data=replace(B9_DATA, **changes),
        n_train=n_train,
        published=None,
        keep_weights=False,
    )


def _stopped(
    title: str, data: Products, n_train: int | None = None, fit: dict[str, Any] = STOPPED, patience: int = 3
) -> Experiment:
    return Experiment(
        f"two LSTM(64), {title}", data, build=models.capstone, fit=fit, n_train=n_train, patience=patience
    )


def _linear(title: str, data: Documents | DomainPairs, n_train: int | None = None) -> Experiment:
    return Experiment(f"TF-IDF, logistic regression, {title}", data, candidates=models.tfidf_logistic, n_train=n_train)


def _between(train_on: str, test_on: str) -> Experiment:
    return _stopped(
        f"trained on {train_on}, tested on {test_on}", Products(train_on=train_on, test_on=test_on), n_train=N_PRODUCTS
    )


PRODUCTS = {
    "products-raw": _changed("no cleaning", cleaning=None),
    "products-raw-200": _changed("no cleaning, 200 words", cleaning=None, length=200),
    "products-stopwords": _changed("stop words kept", cleaning=Cleaning(stop_words="keep")),
    "products-keep-not": _changed("stop words dropped but for negations", cleaning=Cleaning("keep negations")),
    "products-unstemmed": _changed("words not stemmed", cleaning=Cleaning(stem=False)),
    "products-length-25": _changed("25 words", length=25),
    "products-length-50": _changed("50 words", length=50),
    "products-length-200": _changed("200 words", length=200),
    "products-half": _changed("half as many", n_train=N_PRODUCTS // 2),
    "products-quarter": _changed("a quarter as many", n_train=N_PRODUCTS // 4),
    "products-tfidf-cleaned": _linear("cleaned product reviews", Documents(Cleaning())),
    "products-tfidf-keep-not": _linear(
        "cleaned product reviews, negations kept", Documents(Cleaning("keep negations"))
    ),
    "products-tfidf-raw": _linear("product reviews as they are", Documents()),
}
TRANSFER = {
    "transfer-products-products": _between("products", "products"),
    "transfer-products-imdb": _between("products", "imdb"),
    "transfer-imdb-imdb": _between("imdb", "imdb"),
    "transfer-imdb-products": _between("imdb", "products"),
    **{
        f"transfer-tfidf-{a}-{b}": _linear(f"trained on {a}, tested on {b}", Documents(None, a, b), N_PRODUCTS)
        for a in ("products", "imdb")
        for b in ("products", "imdb")
    },
}
DOMAINS = {
    "domains-tfidf": _linear("every domain on every domain", DomainPairs()),
    **{
        f"domains-own-{domain}": _stopped(f"{domain} alone", Products(train_on=domain), fit=SMALL, patience=6)
        for domain in LEFT_OUT
    },
    **{
        f"domains-others-{domain}": _stopped(
            f"all domains but {domain}, tested on {domain}",
            Products(train_on=POOL + domain, test_on=domain),
            n_train=N_POOL,
        )
        for domain in LEFT_OUT
    },
}
