"""Word vectors laid out as the weights of an ``Embedding`` layer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from helpers.text.words import check_num_words
from helpers.vectors.glove import Glove
from helpers.vectors.reading import Vectors


class EmbeddingWeights(NamedTuple):
    """The weights of an ``Embedding`` layer, and how many of its words have a vector.

    Attributes
    ----------
    matrix : ndarray of float32, shape (num_words, dimension)
        Row = code of a word. Codes without a vector (padding, start, unknown, words not covered) are zeros.
    covered, words : int
        Words that have a vector, and words in all.
    missing : tuple of str
        The words that have none, most frequent first.
    """

    matrix: np.ndarray
    covered: int
    words: int
    missing: tuple[str, ...]

    def report(self, most: int = 10) -> str:
        """How many words are covered, and which are the most frequent that are not."""
        share = f"{self.covered:,} of {self.words:,} words ({100 * self.covered / self.words:.1f} %) have a vector"
        shown = [word if word.isprintable() else repr(word) for word in self.missing[:most]]
        return f"{share}; the most frequent without: {', '.join(shown) or 'none'}."


def embedding_matrix(
    vocabulary: Mapping[str, int], vectors: Vectors | Glove, *, index_offset: int, num_words: int | None = None
) -> EmbeddingWeights:
    """The weights of an ``Embedding`` layer: row ``vocabulary[word] + index_offset`` is the vector of ``word``.

    Parameters
    ----------
    vocabulary : mapping from word to rank or code, lower for more frequent words
    vectors : Vectors or Glove
    index_offset : int
        What to add to get a word's code. **3 for the ranks of Keras's IMDB index** (codes 0 to 2 are padding, start,
        unknown), 0 for the codes of :class:`helpers.text.Vocabulary`. There is no default: a wrong offset gives every
        word another word's vector, and the coverage does not show it.
    num_words : int or None
        Rows, for the codes 0 to ``num_words - 1``; None for as many as the vocabulary needs.

    Raises
    ------
    TypeError
        If ``num_words`` is no whole number.
    ValueError
        If no word is left, a code is below 0, or ``num_words`` is below 1.
    """
    check_num_words(num_words, least=1)
    codes = {word: rank + index_offset for word, rank in vocabulary.items()}
    if min(codes.values(), default=0) < 0:
        raise ValueError(f"index_offset={index_offset} makes a code negative; Keras's IMDB has 3, a Vocabulary 0.")
    rows = 1 + max(codes.values(), default=-1) if num_words is None else num_words
    codes = {word: code for word, code in codes.items() if code < rows}
    if not codes:
        raise ValueError(f"no word of the vocabulary has a code below {rows}: raise num_words.")
    found = {word: code for word, code in codes.items() if word in vectors.vocabulary}
    matrix = np.zeros((rows, vectors.matrix.shape[1]), dtype="float32")
    matrix[list(found.values())] = vectors.matrix[[vectors.vocabulary[word] for word in found]]
    missing = sorted(codes.keys() - found.keys(), key=codes.__getitem__)
    return EmbeddingWeights(matrix, len(found), len(codes), tuple(missing))
