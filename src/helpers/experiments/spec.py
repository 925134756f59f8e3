"""What an experiment is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from helpers.experiments.recipes import CodedDocuments, Codes, Documents, DomainPairs, Products, StrOfBytes, Texts

Recipe = Codes | Texts | StrOfBytes | Products | CodedDocuments | Documents | DomainPairs
HONEST = {"validation_split": 0.2}


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
    """One row of the results: a network that ``build(keras.layers)`` gives compiled, or linear ``candidates``.

    ``protocol`` is "honest" (validation reviews come from the training set), "as-published" (the source's texts, coding
    and validation, which is on the test set, slips and all) or "decoded" (the same but for the texts: what the reviews
    say, and not ``str()`` of their bytes).
    """

    title: str  # what a reader calls the model
    data: Recipe
    build: Callable[[Any], Any] | None = None
    candidates: Callable[[], list[Any]] | None = None  # no network: the best of these by validation
    fit: dict[str, Any] = field(default_factory=dict)  # goes to ``model.fit``
    published: Published | None = None
    protocol: str = "honest"  # or one of those that validate on the test set, as the source did: see the class
    jit_compile: bool = False  # XLA: the same sums, sooner where a step is small (short batches, GRU, SimpleRNN)
    n_train: int | None = None  # train on the first so many training reviews only
    patience: int | None = None  # stop when validation has not improved for so many epochs; keep the best epoch
    keep_weights: bool = False  # only where a chapter or a figure loads them
    vectors: str = ""  # what the embedding begins with: "glove", or "shuffled", each word with another word's vector
    second_rate: float | None = None  # thaw the embedding when validation stops improving, at this part of the rate
    drop_remainder: bool = False  # the last batch of an epoch, which is smaller, is left out, of validation too

    @property
    def validates_on_test(self) -> bool:
        """Whether the test set is the validation set."""
        return self.protocol != "honest"

    def data_sets(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What it is made of, as :mod:`helpers.fingerprints` names it: its reviews; its word vectors."""
        return self.data.data_sets(), ("GloVe",) if self.vectors else ()
