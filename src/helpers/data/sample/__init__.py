"""Made-up reviews from seeded grammars, for work offline: of films and of products, the same on every computer."""

from helpers.data.sample.films import SEEDS, sample_reviews, sample_split
from helpers.data.sample.products import domain_rows, product_reviews
from helpers.data.sample.ranks import RANKS

__all__ = [
    "RANKS",
    "SEEDS",
    "domain_rows",
    "product_reviews",
    "sample_reviews",
    "sample_split",
]
