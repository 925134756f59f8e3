"""Word vectors as the weights of an embedding: which row belongs to a word, and how many have one."""

import numpy as np
import pytest

from helpers import data, vectors
from helpers.text import Vocabulary


def test_the_offset_trap():
    """Keras codes the word of rank r as r + 3. With another offset every word gets another word's vector."""
    imdb = data.load_imdb_sequences(num_words=1_000, source="sample")
    words = sorted(imdb.word_index, key=imdb.word_index.get)
    made = vectors.Vectors({word: row for row, word in enumerate(words)}, np.eye(len(words), dtype="float32"))
    right = vectors.embedding_matrix(imdb.word_index, made, index_offset=3, num_words=1_000)
    wrong = vectors.embedding_matrix(imdb.word_index, made, index_offset=0, num_words=1_000)

    def read(matrix, codes):
        return [words[matrix[code].argmax()] if matrix[code].any() else None for code in codes]

    by_rank = {rank: word for word, rank in imdb.word_index.items()}
    for review in imdb.x_train[:20]:
        codes = [code for code in review if code > 3]  # without padding, start and unknown
        assert read(right.matrix, codes) == [by_rank[code - 3] for code in codes]
        assert read(wrong.matrix, codes) == [by_rank.get(code) for code in codes]  # three places off
    assert not right.matrix[:4].any()
    assert right.covered / right.words == wrong.covered / wrong.words == 1  # coverage cannot tell


def test_the_offset_must_be_said():
    made = vectors.Vectors({"the": 0}, np.ones((1, 2), dtype="float32"))
    with pytest.raises(TypeError, match="index_offset"):
        vectors.embedding_matrix({"the": 1}, made)
    with pytest.raises(ValueError, match=r"makes a code negative; Keras's IMDB has 3"):
        vectors.embedding_matrix({"the": 1}, made, index_offset=-3)
    with pytest.raises(ValueError, match=r"no word of the vocabulary has a code below 4: raise num_words"):
        vectors.embedding_matrix({"the": 1}, made, index_offset=3, num_words=4)


def test_coverage_and_the_most_frequent_words_without_a_vector():
    made = vectors.Vectors({"the": 0, "film": 1}, np.array([[1, 2], [3, 4]], dtype="float32"))
    found = vectors.embedding_matrix({"don't": 2, "film": 3, "the": 1, "rare": 9, "it's": 4}, made, index_offset=3)
    assert found.matrix.tolist() == [[0, 0]] * 4 + [[1, 2], [0, 0], [3, 4]] + [[0, 0]] * 6
    assert (found.covered, found.words, found.missing) == (2, 5, ("don't", "it's", "rare"))
    assert found.report(2) == "2 of 5 words (40.0 %) have a vector; the most frequent without: don't, it's."
    few = vectors.embedding_matrix({"film": 3, "the": 1, "rare": 9}, made, index_offset=3, num_words=7)
    assert (few.covered, few.words, few.missing) == (2, 2, ())
    assert few.report().endswith("the most frequent without: none.")


def test_codes_of_our_own_vocabulary_have_no_offset():
    vocabulary = Vocabulary.from_texts(["the film", "the end"])
    made = vectors.Vectors({"the": 0}, np.ones((1, 2), dtype="float32"))
    found = vectors.embedding_matrix(vocabulary.codes, made, index_offset=0)
    assert np.flatnonzero(found.matrix.any(axis=1)).tolist() == [vocabulary.codes["the"]]


@pytest.mark.parametrize(("num_words", "error"), [(0, ValueError), (-1, ValueError), ("x", TypeError)])
def test_a_matrix_has_a_whole_number_of_rows(num_words, error):
    made = vectors.Vectors({"film": 0}, np.ones((1, 2), "float32"))
    with pytest.raises(error, match=rf"^num_words is {num_words!r}, but it must be .*, or None for every word\.$"):
        vectors.embedding_matrix({"film": 1}, made, index_offset=3, num_words=num_words)
