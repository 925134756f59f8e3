"""Keras's classic ``Tokenizer``, which the tutorials of groups A and D used, and the texts that they gave it.

``keras.preprocessing.text.Tokenizer`` is out of Keras's documentation since Keras 3. Its rule, several times as fast:
lower case, cut at punctuation, count; the out-of-vocabulary token has index 1, the most frequent word 2, and so on.
What stands for no word of its own, ``<br />``, is a word "br" here.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from helpers.arrays import Integers
from helpers.text.corpus import Corpus

OOV_INDEX = 1


def as_str_of_bytes(text: str) -> str:
    """What ``str()`` makes of the bytes of a text, and what a tutorial fed to its network unawares.

    TensorFlow Datasets hands out bytes. ``str`` of them is not the text but how Python writes bytes down: ``b'`` in
    front, ``'`` behind, a backslash before an apostrophe in a text with both quotes, and ``\\xc3\\xa9`` for an é.

    >>> print(as_str_of_bytes("It's a cliché"))
    b"It's a clich\\xc3\\xa9"
    """
    return str(text.encode("utf-8"))


class Tokenizer:
    """``keras.preprocessing.text.Tokenizer(num_words, oov_token=…)`` with its default filters.

    Attributes
    ----------
    word_index : dict
        From every word that was counted to its index, most frequent first; the OOV token at 1. ``num_words`` does not
        shorten it.
    codes : dict
        The part of it that is used: indices below ``num_words``, the OOV token left out.
    """

    def __init__(self, num_words: int | None = None, oov_token: str = "<OOV>") -> None:
        self.num_words, self.oov_token = num_words, oov_token
        self.word_index: dict[str, int] = {}
        self.codes: dict[str, int] = {}

    def fit_on_texts(self, texts: Sequence[str] | Corpus) -> None:
        """Count the words of some texts. Of equally frequent words the one that came first has the lower index."""
        corpus = _corpus(texts)
        counts = np.bincount(corpus.word_ids, minlength=len(corpus.words))
        ranked = (corpus.words[i] for i in np.argsort(-counts, kind="stable"))
        self.word_index = {self.oov_token: OOV_INDEX}
        self.word_index |= {word: index for index, word in enumerate(ranked, start=OOV_INDEX + 1)}
        end = len(self.word_index) + 1 if self.num_words is None else self.num_words
        self.codes = {word: index for word, index in self.word_index.items() if OOV_INDEX < index < end}

    def texts_to_sequences(self, texts: Sequence[str] | Corpus) -> list[Integers]:
        """The indices of each text's words, 1 for a word that is unknown or too rare: ``n`` int32 arrays."""
        corpus = _corpus(texts)
        indices = np.array([self.codes.get(word, OOV_INDEX) for word in corpus.words], dtype="int32")
        return np.split(indices[corpus.word_ids], corpus.ends[:-1]) if len(corpus) else []


def _corpus(texts: Sequence[str] | Corpus) -> Corpus:
    return texts if isinstance(texts, Corpus) else Corpus(texts, line_breaks="keep")
