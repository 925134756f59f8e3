"""Families of comparisons: which pairs answer one question together, named before anybody looks at the results.

Holm's correction needs to know how many comparisons there are. A family that is put together afterwards, from those
that came out well, corrects nothing. So a family stands here, and a page can only name it. The first families were
written down when their runs were recorded already: each holds all the comparisons that its runs were made for,
whatever came out.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product

Pair = tuple[str, str]


@dataclass(frozen=True)
class Family:
    """Comparisons that answer one question: pairs of ids, the first of which is the one that might be better."""

    question: str
    pairs: tuple[Pair, ...]

    def __contains__(self, pair: object) -> bool:
        return pair in self.pairs or (isinstance(pair, tuple) and pair[::-1] in self.pairs)


def _all_pairs(*names: str) -> tuple[Pair, ...]:
    return tuple((second, first) for first, second in combinations(names, 2))


def _each_against(base: str, *names: str) -> tuple[Pair, ...]:
    return tuple((name, base) for name in names)


GROUP_B = ("b1-simplernn", "b2-lstm", "b3-gru", "b4-bilstm", "b5-stacked-lstm")
EARLY = tuple(f"early-{name}" for name in GROUP_B)
SIZES = (500, 2_000, 8_000, 20_000)
GRID = tuple(product(("none", "mask"), ("last", "first"), ("rnn", "lstm", "gru")))  # masked, words kept, cell
CURES = tuple(f"cure-{one}" for one in "spatial output inputs recurrent decay strong small early".split())
PRODUCTS = "raw raw-200 stopwords keep-not unstemmed length-25 length-50 length-200 half quarter".split()
DOMAINS = ("books", "electronics", "kitchen_housewares")

PLANNED: dict[str, Family] = {
    "group-b": Family("Do the models of the textbook differ, after its numbers of epochs?", _all_pairs(*GROUP_B)),
    "early": Family("Do the same models differ when validation stops them?", _all_pairs(*EARLY)),
    "early-cells": Family("Do the three cells differ when validation stops them?", _all_pairs(*EARLY[:3])),
    "stopping": Family(
        "Is a model better when validation stops it than after the textbook's epochs?",
        tuple(zip(EARLY, GROUP_B, strict=True)),
    ),
    "second-direction": Family(
        "Does a second direction, or a second layer, help after a number of epochs fixed beforehand?",
        (
            ("b4-bilstm", "b2-lstm"),
            ("b4-bilstm-masked", "b2-lstm"),
            ("e3-bilstm", "e2-lstm"),
            ("b5-stacked-lstm", "b2-lstm"),
        ),
    ),
    "early-second-direction": Family(
        "Does a second direction, or a second layer, help when validation stops the training?",
        _each_against("early-b2-lstm", "early-b4-bilstm", "early-b5-stacked-lstm"),
    ),
    "long-reviews": Family("Do the three cells differ on 500 words?", _all_pairs("c2-rnn", "c2-lstm", "c2-gru")),
    "cells-or-layers": Family(
        "Does a cell in a loop differ from the layer of the same name?",
        (("d3-lstmcell", "d3-lstm"), ("d3-grucell", "d3-gru")),
    ),
    "cures": Family("Does a cure against overfitting help?", _each_against("cure-none", *CURES)),
    "padding-side": Family(
        "Do zeros behind differ from zeros in front, without a mask and with one?",
        tuple(
            (f"grid-post-{mask}-{kept}-{cell}", f"grid-pre-{mask}-{kept}-{cell}") for mask, kept, cell in GRID
        ),
    ),
    "sizes": Family(
        "Do the three cells differ, at each number of training reviews?",
        tuple(
            pair for n in SIZES for pair in _all_pairs(f"curve-rnn-{n}", f"curve-lstm-{n}", f"curve-gru-{n}")
        ),
    ),
    "word-vectors": Family(
        "Do ready-made vectors help, at each number of training reviews, and in which way are they used best?",
        tuple(
            (f"words-{one}-{n}", f"words-{other}-{n}")
            for n, (one, other) in product(
                SIZES,
                (
                    ("frozen", "scratch"), ("finetuned", "scratch"), ("finetuned", "frozen"),
                    ("twophase", "finetuned"), ("twophase", "frozen"), ("frozen", "random"),
                ),
            )
        ),
    ),
    "products": Family(
        "Does another cleaning, another length or another number of reviews change the project's model?",
        (*_each_against("b9-capstone", *(f"products-{one}" for one in PRODUCTS)), ("products-raw-200", "products-raw")),
    ),
    "transfer": Family(
        "Does a network lose where it is tested on the other kind of review?",
        (
            ("transfer-imdb-products", "transfer-products-products"),
            ("transfer-products-imdb", "transfer-imdb-imdb"),
        ),
    ),
    "domains": Family(
        "Are many reviews of other domains better than few of the domain itself?",
        tuple((f"domains-others-{one}", f"domains-own-{one}") for one in DOMAINS),
    ),
}  # fmt: skip


def planned(name: str) -> Family:
    """The family of that name. ValueError with the names there are when there is none."""
    if name not in PLANNED:
        raise ValueError(
            f"there is no family of comparisons {name!r}: use one of {', '.join(PLANNED)}, or add it to "
            "src/helpers/results/planned.py before you look at its results."
        )
    return PLANNED[name]
