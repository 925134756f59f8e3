"""Sample reviews: a small seeded grammar whose reviews a person can label without fail and a bag of words cannot.

A review gives opinions on parts of a film, with filler between them (seats, weather, the way home), and its *last*
opinion decides the label. "Not" and "never" turn an opinion round from several words away: "it is not, as my
sister said on the way home, dull". Earlier opinions may say the opposite of the last one. All words stand in Keras's
IMDB index (:data:`RANKS`), so a model trained on the real reviews can read these.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from helpers.data.sample.grammar import fill_slots, join, pick
from helpers.data.sample.ranks import RANKS
from helpers.data.types import Reviews
from helpers.text import tokenize

__all__ = ["BAD", "GOOD", "NEGATIONS", "RANKS", "sample_reviews", "sample_split"]

REVIEWS_PER_SPLIT = 2_000
SEEDS = {"train": 1, "test": 2}

GOOD = tuple(
    "wonderful moving brilliant funny clever gripping beautiful charming superb warm convincing delightful".split()
)
BAD = tuple("dull boring awful weak clumsy flat tedious silly predictable annoying bland dreadful".split())
NEGATIONS = ("not", "never")

# Each template takes a negation or none, and ends in the adjective.
OPINIONS = (
    "{subject} is{negation} {adjective}",
    "{subject} can{negation} be said to be {adjective}",
    "i would{negation} call {subject} {adjective}",
    "i can{negation} say that {subject} is {adjective}",
    "{subject} will{negation} be remembered as {adjective}",
    "most people will{negation} tell you that {subject} is {adjective}",
)
PARTS = (
    "the story",
    "the music",
    "the script",
    "the dialogue",
    "the camera work",
    "the acting",
    "the first hour",
    "the cast as a whole",
    "the love story",
    "the opening",
)
WHOLE = ("the film", "the whole thing", "this movie", "it")
MARKERS = ("in the end", "all in all", "looking back", "now that a week is over", "to put it in one line")
ASIDES = (
    "with a hand on my heart",
    "as my {who} said on the way home",
    "whatever the papers in our town wrote",
    "even after a second look with the same friends",
    "and i say this after a long night of thinking about it",
    "if you ask me",
)
FILLER = (
    "anyway",
    "last {month}",
    "it was {day}",
    "we came by {vehicle}",
    "my {who} came along",
    "the seats were quite hard",
    "there was rain the whole day",
    "we sat in the third row",
    "the ticket office was still open",
    "my {who} used to live in {place}",
    "it was a cold {day} night in {month}",
    "it runs for two hours and ten minutes",
    "we had bread and {drink} before the show",
    "there was a short film first, about horses",
    "somebody in the back row was eating the whole time",
    "the story takes place in {place}, just after the war",
    "the man in front of us wore a red hat",
    "the house was half full, mostly students and a few families",
    "i was there with my {who} and two people from the office",
    "the lead actor was born in {place} and now lives in {place}",
    "on the way home the {vehicle} was late, and we talked about work",
    "we had seen the poster at the station every morning for a month",
    "my {who} wanted to sit close to the door because of the heat",
    "the director has made nine films before this one, most of them in {place}",
)
NEGATED_FILLER = (  # a "not" that turns no opinion
    "it did not rain",
    "my {who} could not come",
    "the {vehicle} never comes on time in {month}",
    "the window behind us would not close",
)
# A slot is one word, so a template has one length. Lengths 1 to 4 and some above: every number is a sum of them.
_FILLER_LENGTHS = {template: len(tokenize(template)) for template in FILLER}
SENTENCES = tuple(template for template, length in _FILLER_LENGTHS.items() if length >= 4) + NEGATED_FILLER


class _Opinion(NamedTuple):
    template: str
    subject: str
    adjective: str
    negation: str  # "" or " not, as I said before,"

    def write(self) -> str:
        return self.template.format(**self._asdict())


def sample_reviews(n: int, *, seed: int, distance: int | None = None) -> Reviews:
    """Made-up film reviews from a seeded grammar.

    Parameters
    ----------
    n : int
        How many. Half of them positive (of an odd number, one more is negative), in random order.
    seed : int
        The same seed gives the same reviews.
    distance : int or None
        None gives full reviews of some ten to a few hundred words. A number makes each review a probe of memory:
        filler, one plain opinion whose last word, one of ``GOOD`` or ``BAD``, decides the label, and then exactly
        ``distance`` words of filler up to the end.

    Returns
    -------
    Reviews
        ``source`` is "sample".

    Raises
    ------
    ValueError
        If ``n`` is below 1 or ``distance`` below 0.
    """
    if n < 1:
        raise ValueError(f"n is {n}, but at least one review must be made.")
    if distance is not None and distance < 0:
        raise ValueError(f"distance is {distance}, but it is a number of words, 0 or more.")
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(n) % 2)
    if distance is None:
        texts = [_review(rng, int(label)) for label in labels]
    else:
        texts = [_probe(rng, int(label), distance) for label in labels]
    return Reviews(texts, labels, "sample")


def sample_split(split: str) -> Reviews:
    """The sample reviews that stand in for a split of IMDB: "train" or "test", 2,000 each."""
    return sample_reviews(REVIEWS_PER_SPLIT, seed=SEEDS[split])


def _review(rng: np.random.Generator, label: int) -> str:
    stance = rng.integers(4)  # earlier opinions: 0 the opposite, 1 this and that, 2 and 3 the same as the last
    earlier = []
    for part in rng.permutation(len(PARTS))[: 1 + rng.integers(4)]:
        said = (1 - label, int(rng.integers(2)), label, label)[stance]
        earlier.append(_opinion(rng, PARTS[part], said).write())
    filler = [fill_slots(rng, SENTENCES[index]) for index in rng.permutation(len(SENTENCES))]
    # Products of small whole numbers: many short reviews and a few long ones, the same on every computer.
    n_before, n_after = int(rng.integers(6) * rng.integers(5)), int(rng.integers(3) * rng.integers(3))
    body = earlier + filler[:n_before]
    body = [body[index] for index in rng.permutation(len(body))]
    verdict = f"{pick(rng, MARKERS)}, {_opinion(rng, pick(rng, WHOLE), label).write()}"
    return join([*body, verdict, *filler[n_before : n_before + n_after]])


def _probe(rng: np.random.Generator, label: int, distance: int) -> str:
    verdict = f"{pick(rng, MARKERS)}, {_opinion(rng, pick(rng, WHOLE), label, negated=False).write()}"
    return join([*_filler(rng, int(rng.integers(12))), verdict, *_filler(rng, distance)])


def _opinion(rng: np.random.Generator, subject: str, label: int, negated: bool | None = None) -> _Opinion:
    """An opinion of polarity ``label``; negated or not as said, else one time in four."""
    if negated is None:
        negated = bool(rng.integers(4) == 0)
    adjective = pick(rng, GOOD if (label == 1) != negated else BAD)
    return _Opinion(pick(rng, OPINIONS), subject, adjective, _negation(rng) if negated else "")


def _negation(rng: np.random.Generator) -> str:
    return f" {pick(rng, NEGATIONS)}, {fill_slots(rng, pick(rng, ASIDES))},"


def _filler(rng: np.random.Generator, words: int) -> list[str]:
    """Filler sentences of ``words`` words in all, without a negation."""
    sentences = []
    while words:
        shortest = min(words, 4)  # scraps of one to three words only for a rest that no sentence fits
        template = pick(rng, [filler for filler, length in _FILLER_LENGTHS.items() if shortest <= length <= words])
        sentences.append(fill_slots(rng, template))
        words -= _FILLER_LENGTHS[template]
    return sentences
