"""Many texts at once: the words of :func:`helpers.text.tokenize`, found in compiled code instead of a Python loop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from helpers.arrays import Integers
from helpers.text.words import FILTERS, LINE_BREAK, OOV, Vocabulary, check_num_words

# Arrow cuts at any ASCII white space. Three of its characters are no end of a word here: they travel as bytes that
# UTF-8 never uses.
_HIDDEN, _SHOWN = b"\xff\xfe\xfd", b"\r\v\f"
_TO_SPACE = bytes.maketrans(FILTERS.encode() + _SHOWN, b" " * len(FILTERS) + _HIDDEN)
_SHOW = bytes.maketrans(_HIDDEN, _SHOWN)


class Corpus:
    """Texts cut into words once, to be counted and coded as often as you like.

    ``Corpus(texts).vocabulary(n)`` is ``Vocabulary.from_texts(texts, n)``, and ``Corpus(texts).encode(vocabulary)``
    what ``vocabulary.encode`` gives for each text, several times sooner. The cutting is done by Arrow (the package
    ``pyarrow``) where it is installed, else by Python.

    Parameters
    ----------
    texts : list of str. TypeError, naming the place, if one of them is no string.
    line_breaks : "drop" the HTML line breaks, as :func:`helpers.text.tokenize` does, or "keep" what is left of each
        when the punctuation is gone: a word "br".

    Attributes
    ----------
    words : list of str, each different word once, in the order of first appearance.
    word_ids : int array, the place in ``words`` of every word of every text, one text after the other.
    ends : int array ``(n,)``, where in ``word_ids`` each text ends.
    """

    def __init__(self, texts: Sequence[str], line_breaks: Literal["drop", "keep"] = "drop") -> None:
        if isinstance(texts, str | bytes):
            raise TypeError("Corpus wants a list of texts but got a single one: put it into a list.")
        plain = [_plain(text, place, line_breaks == "drop") for place, text in enumerate(texts)]
        try:
            self.words, self.word_ids, self.ends = _by_arrow(plain)
        except ImportError:
            self.words, self.word_ids, self.ends = _by_python(plain)

    def __len__(self) -> int:
        return len(self.ends)

    def vocabulary(self, num_words: int | None = 10_000) -> Vocabulary:
        """The most frequent words, coded as :meth:`helpers.text.Vocabulary.from_texts` does, with the same errors."""
        check_num_words(num_words)
        counts = np.bincount(self.word_ids, minlength=len(self.words))
        order = np.argsort(-counts, kind="stable")  # of equally frequent words the one that comes first
        if num_words is not None:
            order = order[: num_words - 4]  # codes 0 to 3 belong to no word
        return Vocabulary.from_word_index({self.words[i]: rank for rank, i in enumerate(order, start=1)}, num_words)

    def encode(self, vocabulary: Vocabulary) -> list[Integers]:
        """The codes of each text, without a start token: ``n`` int32 arrays."""
        codes = np.array([vocabulary.codes.get(word, OOV) for word in self.words], dtype="int32")
        return np.split(codes[self.word_ids], self.ends[:-1]) if len(self) else []


def _plain(text: str, place: int, drop_breaks: bool) -> bytes:
    """Lower case, punctuation (and line breaks) as spaces; UTF-8, in which punctuation is single bytes, and no ends."""
    if not isinstance(text, str):
        raise TypeError(f"texts[{place}] is of type {type(text).__name__}, but a corpus is made of strings.")
    lowered = text.lower()
    if drop_breaks and "<br" in lowered:
        lowered = LINE_BREAK.sub(" ", lowered)
    return lowered.encode("utf-8", "surrogatepass").translate(_TO_SPACE).strip(b" ")


def _decode(word: bytes) -> str:
    return word.translate(_SHOW).decode("utf-8", "surrogatepass")


def _by_arrow(plain: list[bytes]) -> tuple[list[str], Integers, Integers]:
    import pyarrow
    import pyarrow.compute

    binary, string = pyarrow.large_binary(), pyarrow.large_string()  # Arrow cuts strings only, whatever they hold
    cut = pyarrow.compute.ascii_split_whitespace(pyarrow.array(plain, binary).view(string))
    found = cut.flatten().dictionary_encode()
    words = [_decode(word) for word in found.dictionary.view(binary).to_pylist()]
    return _without_empty(words, found.indices.to_numpy(), np.asarray(cut.offsets)[1:])


def _by_python(plain: list[bytes]) -> tuple[list[str], Integers, Integers]:
    places: dict[bytes, int] = {}
    ids: list[int] = []
    ends = []
    for one in plain:
        ids += [places.setdefault(word, len(places)) for word in one.split(b" ")]
        ends.append(len(ids))
    words = [_decode(word) for word in places]
    return _without_empty(words, np.array(ids, dtype="int32"), np.array(ends, dtype="int64"))


def _without_empty(words: list[str], ids: Integers, ends: Integers) -> tuple[list[str], Integers, Integers]:
    """Drop the "words" of no letters: an empty text has one, and so have two spaces in a row, cut by Python."""
    if "" not in words:
        return words, ids, ends
    empty = words.index("")
    kept = ids != empty
    counted = np.concatenate([[0], np.cumsum(kept)])
    ids = ids[kept]
    return words[:empty] + words[empty + 1 :], ids - (ids > empty), counted[ends]
