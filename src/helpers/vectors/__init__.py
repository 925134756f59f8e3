"""Word vectors: reading them, finding GloVe's, and laying them out as the weights of an ``Embedding`` layer."""

from helpers.vectors.embedding import EmbeddingWeights, embedding_matrix
from helpers.vectors.glove import DIMENSION, Glove, load_glove, sample_vectors
from helpers.vectors.reading import Vectors, load_vectors

__all__ = [
    "DIMENSION",
    "EmbeddingWeights",
    "Glove",
    "Vectors",
    "embedding_matrix",
    "load_glove",
    "load_vectors",
    "sample_vectors",
]
