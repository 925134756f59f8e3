"""Made-up product reviews: a small seeded grammar for offline work, beside the film reviews of :mod:`.films`.

Each review gives opinions on parts of a product, with filler between them; the *last* opinion decides the label, and
"not" or "never" turns an opinion round. Some adjectives praise in every domain, others in one only: a book is gripping,
a kettle is sturdy. So a model that learned on books knows half of the words for kitchens.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from helpers.data.sample.grammar import fill_slots, join, pick
from helpers.data.types import Reviews, Row

GOOD = "great excellent perfect wonderful lovely".split()
BAD = "terrible awful useless poor disappointing".split()

# domain: parts, praise, blame, filler
DOMAINS = {
    "books": (
        "the plot,the author,the last chapter,the style,this novel".split(","),
        "gripping witty moving thoughtful".split(),
        "tedious shallow rambling predictable".split(),
        ("I read it on the {vehicle} to {place}", "it has four hundred pages", "my {who} lent me her copy"),
    ),
    "electronics": (
        "the battery,the screen,the sound,the remote control,this player".split(","),
        "crisp responsive reliable powerful".split(),
        "dead laggy noisy faulty".split(),
        ("it came with two cables", "I plugged it in on {day}", "my {who} has the one before this"),
    ),
    "kitchen_housewares": (
        "the handle,the lid,the blade,the coating,this kettle".split(","),
        "sturdy sharp handy spotless".split(),
        "rusty leaky flimsy dented".split(),
        ("it holds two litres of {drink}", "I keep it beside the stove", "my {who} uses it on {day}"),
    ),
    "toys_games": (
        "the puzzle,the box,the dice,the doll,this game".split(","),
        "fun colourful clever engaging".split(),
        "boring broken dangerous confusing".split(),
        ("my {who} is six years old", "it takes an hour to play", "we played it on the {vehicle} to {place}"),
    ),
}
OPINIONS = (
    "{part} is{negation} {adjective}",
    "I would{negation} call {part} {adjective}",
    "most people will{negation} find that {part} is {adjective}",
)
NEGATIONS = (" not", " never", " not, whatever the seller says,")
FILLER = (
    "it came by {vehicle} in a brown box",
    "the parcel did not come on {day}",
    "I bought it for my {who} in {place}",
    "it was on sale last {month}",
    "my {who} wanted the same one",
    "it comes in three colours",
    "shipping from {place} took a week",
    "we ordered it on a {day} in {month}",
)
MARKERS = ("in the end", "all in all", "to sum up", "after three weeks")


def product_reviews(n: int, *, seed: int, domain: str | None = None) -> Reviews:
    """Made-up reviews, half of them positive, in random order; of all domains, or of one.

    Raises
    ------
    ValueError
        If the domain is unknown or ``n`` below 1.
    """
    if n < 1:
        raise ValueError(f"n is {n}, but at least one review must be made.")
    if domain is not None and domain not in DOMAINS:
        raise ValueError(f"the sample has no domain {domain!r}: choose {', '.join(DOMAINS)}.")
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(n) % 2)
    names = list(DOMAINS) if domain is None else [domain]
    return Reviews([_review(rng, int(label), pick(rng, names)) for label in labels], labels, "sample")


def domain_rows() -> Iterator[Row]:
    """The sample of :func:`helpers.data.load_product_domains`: 400 training and 100 test reviews of each domain."""
    for number, domain in enumerate(DOMAINS):
        for split, n, seed in (("train", 400, 10 + number), ("test", 100, 20 + number)):
            reviews = product_reviews(n, seed=seed, domain=domain)
            for text, label in zip(reviews.texts, reviews.labels, strict=True):
                yield Row(text, int(label), domain, split)


def _review(rng: np.random.Generator, label: int, domain: str) -> str:
    parts, good, bad, about = DOMAINS[domain]
    stance = rng.integers(4)  # earlier opinions: 0 the opposite, 1 this and that, 2 and 3 the same as the last
    body = [fill_slots(rng, pick(rng, (*FILLER, *about))) for _ in range(2 + rng.integers(6))]
    for part in rng.permutation(len(parts))[: rng.integers(3)]:
        said = (1 - label, int(rng.integers(2)), label, label)[stance]
        body.append(_opinion(rng, parts[part], said, good, bad))
    body = [body[place] for place in rng.permutation(len(body))]
    title = _opinion(rng, parts[-1], label, good, bad)
    verdict = f"{pick(rng, MARKERS)}, {_opinion(rng, parts[-1], label, good, bad)}"
    return f"{title[0].upper()}{title[1:]}: {join([*body, verdict])}"


def _opinion(rng: np.random.Generator, part: str, label: int, good: list[str], bad: list[str]) -> str:
    negated = rng.integers(4) == 0
    words = (GOOD, good) if (label == 1) != negated else (BAD, bad)
    adjective = pick(rng, words[rng.integers(2)])
    negation = pick(rng, NEGATIONS) if negated else ""
    return pick(rng, OPINIONS).format(part=part, adjective=adjective, negation=negation)
