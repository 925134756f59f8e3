"""GloVe: reading word vectors, finding GloVe's, and laying them out as the weights of an ``Embedding`` layer."""

from helpers.vectors.embedding import Embedding, embedding_matrix
from helpers.vectors.glove import DIMENSION, Glove, load_glove, sample_vectors
from helpers.vectors.reading import Vectors, load_vectors

__all__ = [
    "DIMENSION",
    "Embedding",
    "Glove",
    "Vectors",
    "embedding_matrix",
    "load_glove",
    "load_vectors",
    "sample_vectors",
]
