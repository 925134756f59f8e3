"""What an experiment learns from. Each recipe loads its own reviews and says which data sets they are of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from helpers import data, text
from helpers.arrays import Integers
from helpers.text.cleaning import Cleaning, clean, tools
from helpers.text.corpus import Corpus
from helpers.text.tokenizer import Tokenizer, as_str_of_bytes

POOL = "all but "  # "all but books": the training reviews of the thirteen other domains
N_POOL = 8_000  # of which so many are learned from, by networks and linear models alike
IMDB_TEXTS = ("IMDB train", "IMDB test")


class Arrays(NamedTuple):
    """What a network learns from and is tested on.

    Attributes
    ----------
    x_train, x_test : ndarray of int, shape (n, length)
        Codes of words. Validation takes the last training rows.
    y_train, y_test : ndarray of int, shape (n,)
    source : str
        Where the reviews came from: "folder", "tfds", "download" or "sample".
    vocabulary : Vocabulary or Tokenizer or None
        What the codes mean (``.codes``), where the words were counted in the training reviews; None where the codes
        are Keras's.
    """

    x_train: Integers
    y_train: Integers
    x_test: Integers
    y_test: Integers
    source: str
    vocabulary: text.Vocabulary | Tokenizer | None = None


class Labelled(NamedTuple):
    """What a linear model learns from and is tested on: documents are words with spaces between them."""

    train: list[str]
    y_train: Integers
    test: list[str]
    y_test: Integers
    source: str


@dataclass(frozen=True)
class Codes:
    """IMDB in Keras's integer coding, padded to ``length``; fields as in :func:`helpers.text.pad`."""

    num_words: int
    length: int
    padding: str = "pre"
    truncating: str = "pre"

    def load(self) -> Arrays:
        imdb = data.load_imdb_sequences(num_words=self.num_words)
        x_train, x_test = (
            text.pad(x, self.length, padding=self.padding, truncating=self.truncating)
            for x in (imdb.x_train, imdb.x_test)
        )
        return Arrays(x_train, imdb.y_train, x_test, imdb.y_test, imdb.source)

    def data_sets(self) -> tuple[str, ...]:
        return ("IMDB codes",)


@dataclass(frozen=True)
class Texts:
    """IMDB as text, coded with a vocabulary counted on the training reviews, padded to ``length``."""

    num_words: int
    length: int
    padding: str = "pre"
    truncating: str = "post"
    truncating_test: str = "post"  # group A let the test set be cut at the other end

    def load(self) -> Arrays:
        train, test = data.load_imdb("train"), data.load_imdb("test")
        corpus = Corpus(train.texts)
        vocabulary = corpus.vocabulary(self.num_words)
        x_train, x_test = (
            text.pad(one.encode(vocabulary), self.length, padding=self.padding, truncating=side)
            for one, side in ((corpus, self.truncating), (Corpus(test.texts), self.truncating_test))
        )
        order = np.random.default_rng(0).permutation(len(x_train))  # validation_split takes the last rows
        return Arrays(x_train[order], train.labels[order], x_test, test.labels, train.source, vocabulary)

    def data_sets(self) -> tuple[str, ...]:
        return IMDB_TEXTS


@dataclass(frozen=True)
class StrOfBytes:
    """IMDB as two sources took it: ``str()`` of each review's bytes, coded by Keras's classic ``Tokenizer``.

    Index 1 is its OOV token and "br" a word. Fields as in :class:`Texts`.
    """

    num_words: int
    length: int
    padding: str = "pre"
    truncating: str = "post"
    truncating_test: str = "post"

    def load(self) -> Arrays:
        train, test = data.load_imdb("train"), data.load_imdb("test")
        corpora = [Corpus([*map(as_str_of_bytes, one.texts)], line_breaks="keep") for one in (train, test)]
        tokenizer = Tokenizer(self.num_words)
        tokenizer.fit_on_texts(corpora[0])
        x_train, x_test = (
            text.pad(tokenizer.texts_to_sequences(one), self.length, padding=self.padding, truncating=side)
            for one, side in zip(corpora, (self.truncating, self.truncating_test), strict=True)
        )
        order = np.random.default_rng(0).permutation(len(x_train))  # that of `Texts`: a seed sees the same reviews
        return Arrays(x_train[order], train.labels[order], x_test, test.labels, train.source, tokenizer)

    def data_sets(self) -> tuple[str, ...]:
        return IMDB_TEXTS


@dataclass(frozen=True)
class CodedDocuments:
    """The very reviews that the networks on :class:`Codes` read, as documents: the last ``length`` codes, or all."""

    num_words: int | None = None
    length: int | None = None

    def load(self) -> Labelled:
        imdb = data.load_imdb_sequences(num_words=self.num_words)
        start = -self.length if self.length else 0  # as truncating="pre" keeps them
        train, test = (
            [" ".join(map(str, review[start:])) for review in reviews] for reviews in (imdb.x_train, imdb.x_test)
        )
        return Labelled(train, imdb.y_train, test, imdb.y_test, imdb.source)

    def data_sets(self) -> tuple[str, ...]:
        return ("IMDB codes",)


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

    def load(self) -> Arrays:
        train, y_train, test, y_test, source = _cleaned(self.cleaning, self.train_on, self.test_on)
        corpus = Corpus(train)
        vocabulary = corpus.vocabulary(self.num_words)
        x_train, x_test = (
            text.pad(one.encode(vocabulary), self.length, padding="pre", truncating="pre")
            for one in (corpus, Corpus(test))
        )
        return Arrays(x_train, y_train, x_test, y_test, source, vocabulary)

    def data_sets(self) -> tuple[str, ...]:
        return _sets(self.train_on, self.test_on)


@dataclass(frozen=True)
class Documents:
    """The same reviews in full length, for the linear model."""

    cleaning: Cleaning | None = None
    train_on: str = "products"
    test_on: str = ""

    def load(self) -> Labelled:
        train, y_train, test, y_test, source = _cleaned(self.cleaning, self.train_on, self.test_on)
        return Labelled(as_words(train), y_train, as_words(test), y_test, source)

    def data_sets(self) -> tuple[str, ...]:
        return _sets(self.train_on, self.test_on)


@dataclass(frozen=True)
class DomainPairs:
    """A linear model for each product domain, tested on every domain; and one for the pool of all other domains."""

    def load(self) -> dict[str, data.Split]:
        return _domains()

    def data_sets(self) -> tuple[str, ...]:
        return ("product domains",)


def as_words(texts: list[str]) -> list[str]:
    """Words with spaces between them, as the linear model's documents are."""
    return [" ".join(text.tokenize(one)) for one in texts]


def pool(out: str, domains: dict[str, data.Split]) -> data.Reviews:
    """The training reviews of every domain but ``out``."""
    _known(out, domains)
    sides = [split.train for domain, split in domains.items() if domain != out]
    texts = [one for side in sides for one in side.texts]
    return _mixed(data.Reviews(texts, np.concatenate([side.labels for side in sides]), sides[0].source))


def _sets(train_on: str, test_on: str) -> tuple[str, ...]:
    """The data sets that reviews of these names are of."""
    kinds = {"products": ("product reviews",), "imdb": IMDB_TEXTS}
    return tuple(name for side in (train_on, test_on or train_on) for name in kinds.get(side, ("product domains",)))


def _cleaned(cleaning: Cleaning | None, train_on: str, test_on: str) -> Labelled:
    """Training and test texts, each cleaned as asked. ValueError if NLTK's data, which should clean, are missing."""
    train, test = _train(train_on), _test(test_on or train_on)
    source = "sample" if "sample" in (train.source, test.source) else train.source
    if cleaning is None:
        return Labelled(train.texts, train.labels, test.texts, test.labels, source)
    if source != "sample" and tools().name != "NLTK":
        raise ValueError("a run is recorded on texts cleaned by NLTK, and its data are not here: set NLTK_DATA.")
    return Labelled(clean(train.texts, cleaning), train.labels, clean(test.texts, cleaning), test.labels, source)


def _train(name: str) -> data.Reviews:
    if name == "products":
        return data.load_products().train
    if name == "imdb":
        return _mixed(data.load_imdb("train"))
    domains = _domains()
    if name.startswith(POOL):
        return pool(name.removeprefix(POOL), domains)
    _known(name, domains)
    return domains[name].train


def _test(name: str) -> data.Reviews:
    if name == "products":
        return data.load_products().test
    if name == "imdb":
        return data.load_imdb("test")
    _known(name, _domains())
    return _domains()[name].test


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
