"""The data sets of the course: real reviews where they can be had, made-up ones otherwise, and it says which.

``load_imdb`` gives texts, ``load_imdb_sequences`` Keras's integer coding of them. Both look, in this order, in the
folder that the environment variable ``RNN_DATA`` names, in ``tensorflow_datasets`` (texts only), and on the net;
where none of these has the reviews they print one line and give sample reviews of a small grammar. The field
``source`` of the result says where it came from: "folder", "tfds", "download" or "sample".

``are_recorded`` says whether what was loaded is what the recorded runs were made with.

``load_products`` and ``load_product_domains`` give product reviews in the same way, without copies among them.
"""

from helpers.data.amazon import load_product_domains, load_products
from helpers.data.duplicates import copies
from helpers.data.imdb import Sequences, load_imdb, load_imdb_sequences, load_imdb_word_index
from helpers.data.sample import sample_reviews
from helpers.data.types import Reviews, SourceUnavailable, Split
from helpers.fingerprints import are_recorded, loaded

__all__ = [
    "Reviews",
    "Sequences",
    "SourceUnavailable",
    "Split",
    "are_recorded",
    "copies",
    "load_imdb",
    "load_imdb_sequences",
    "load_imdb_word_index",
    "load_product_domains",
    "load_products",
    "loaded",
    "sample_reviews",
]
