"""Words to numbers: cut a text into words, give each word a code, pad the codes to one length.

The coding is that of Keras's IMDB data: 0 pads, 1 starts a review, 2 stands for every word that is out of the
vocabulary, and the word of rank ``r`` (1 = most frequent) has code ``r + 3``. NumPy is all this module needs.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from helpers.files import atomically

PAD, START, OOV = 0, 1, 2
SPECIAL = {PAD: "[PAD]", START: "[START]", OOV: "[OOV]"}

# The characters at which Keras's classic Tokenizer cuts. The apostrophe is not among them: "don't" is one word.
FILTERS = '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n'
_TO_SPACE = str.maketrans(dict.fromkeys(FILTERS, " "))
LINE_BREAK = re.compile(r"<br\s*/?>")


def tokenize(text: str) -> list[str]:
    """Cut a text into lower-case words.

    Parameters
    ----------
    text : str
        Any text. HTML line breaks (``<br />``) are dropped.

    Returns
    -------
    list of str
        The words, apostrophes kept. No text, no words: ``[]``.

    Raises
    ------
    TypeError
        If ``text`` is not a string.

    Notes
    -----
    The same words as Keras's classic ``Tokenizer``, but for the line breaks: Keras leaves a word "br" where each
    one stood, which is why "br" is the seventh most frequent word of Keras's IMDB index.
    """
    if not isinstance(text, str):
        raise TypeError(f"tokenize wants a string but got {kind_of(text)}.")
    lowered = text.lower()
    if "<br" in lowered:
        lowered = LINE_BREAK.sub(" ", lowered)
    return [word for word in lowered.translate(_TO_SPACE).split(" ") if word]


class Vocabulary:
    """The words of a vocabulary and their codes.

    Make one with :meth:`from_texts`, :meth:`from_word_index` or :meth:`load`.

    Attributes
    ----------
    codes : dict
        From word to code, lowest code first.
    words : dict
        From code to word, the specials left out.
    """

    def __init__(self, codes: Mapping[str, int]) -> None:
        self.codes: dict[str, int] = dict(sorted(codes.items(), key=lambda item: item[1]))
        self.words: dict[int, str] = {code: word for word, code in self.codes.items()}
        if len(self.words) != len(self.codes):
            twice = next(word for word, code in self.codes.items() if self.words[code] != word)
            raise ValueError(f"'{twice}' and '{self.words[self.codes[twice]]}' have the same code.")
        if self.words and min(self.words) <= OOV:
            word, code = next(iter(self.codes.items()))
            raise ValueError(f"'{word}' would have code {code}, but 0, 1 and 2 are kept for [PAD], [START], [OOV].")

    @classmethod
    def from_texts(cls, texts: Iterable[str | Sequence[str]], num_words: int | None = 10_000) -> Vocabulary:
        """Count the words of some texts and code the most frequent ones.

        Parameters
        ----------
        texts : iterable of str or of lists of words
            Training texts. Words of equal frequency keep the order in which they first appear.
        num_words : int or None
            The number of codes, specials included, as Keras's ``num_words`` counts: every code is below it, so
            ``Embedding(num_words, …)`` fits. None, or more than there are words, keeps every word.

        Raises
        ------
        TypeError
            If ``texts`` is one string, or one of the texts is not a string; the message says which. If ``num_words`` is
            no whole number.
        ValueError
            If ``num_words`` is below 4.
        """
        check_num_words(num_words)
        if isinstance(texts, str | bytes):
            raise TypeError(f"from_texts wants a list of texts but got {kind_of(texts)}: put the text into a list.")
        counts: Counter[str] = Counter()
        for index, text in enumerate(texts):
            counts.update(_tokens(text, f"texts[{index}]"))
        ranked = {word: rank for rank, (word, _) in enumerate(counts.most_common(), start=1)}
        return cls.from_word_index(ranked, num_words)

    @classmethod
    def from_word_index(
        cls, word_index: Mapping[str, int], num_words: int | None = None, index_from: int = 3
    ) -> Vocabulary:
        """Take the words and ranks of an index such as Keras's for IMDB.

        Parameters
        ----------
        word_index : mapping from str to int
            The rank of each word, from 1, most frequent first.
        num_words : int or None
            Words whose code is ``num_words`` or higher are left out, as ``keras.datasets.imdb.load_data`` does.
        index_from : int
            The word of rank ``r`` gets code ``r + index_from``.

        Raises
        ------
        TypeError
            If ``num_words`` is no whole number.
        ValueError
            If ``num_words`` is below 4, a code falls on a special one, or two words share a rank.
        """
        check_num_words(num_words)
        codes = {word: rank + index_from for word, rank in word_index.items()}
        return cls({word: code for word, code in codes.items() if num_words is None or code < num_words})

    def encode(self, text: str | Sequence[str], add_start: bool = True) -> list[int]:
        """Code a text, or a list of words: ``[START]`` first if ``add_start``, unknown words as ``[OOV]``.

        Raises
        ------
        TypeError
            If ``text`` is neither a string nor a list of strings.
        """
        get = self.codes.get
        return [START] * add_start + [get(word, OOV) for word in _tokens(text, "the text")]

    def decode(self, codes: Iterable[int], show_special: bool = True) -> str:
        """Write codes as words, a space between two.

        ``[PAD]``, ``[START]`` and ``[OOV]`` are written, or left out if not ``show_special``. A code that no word
        has is ``[OOV]``.

        Raises
        ------
        ValueError
            If a code is negative or no integer.
        """
        written = []
        for code in codes:
            if not isinstance(code, int | np.integer) or code < 0:
                raise ValueError(f"{code!r} is no code: codes are integers from 0.")
            word = self.words.get(int(code))
            if word is not None:
                written.append(word)
            elif show_special:
                written.append(SPECIAL.get(int(code), SPECIAL[OOV]))
        return " ".join(written)

    def save(self, path: str | Path) -> None:
        """Write the vocabulary as JSON; ``path`` holds the old file or the whole new one, never a part."""
        with atomically(Path(path)) as part:
            part.write_text(json.dumps({"codes": self.codes}), encoding="utf-8")

    @classmethod
    def load(cls, path: str | Path) -> Vocabulary:
        """Read what :meth:`save` wrote.

        Raises
        ------
        ValueError
            If the file is not a saved vocabulary.
        """
        try:
            codes = json.loads(Path(path).read_text(encoding="utf-8"))["codes"]
            return cls({str(word): int(code) for word, code in codes.items()})
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(
                f"{path} is not a vocabulary that Vocabulary.save wrote ({error}): make it again from the texts."
            ) from error

    def __len__(self) -> int:
        """How many codes there are, specials included: the ``input_dim`` of an ``Embedding``."""
        return max(self.words, default=OOV) + 1

    def __contains__(self, word: object) -> bool:
        return word in self.codes

    def __iter__(self) -> Iterator[str]:
        return iter(self.codes)

    def __getitem__(self, word: str) -> int:
        """The code of a word; ``OOV`` if it is not in the vocabulary."""
        if not isinstance(word, str):
            raise TypeError(f"vocabulary[word] wants a string but got {kind_of(word)}; codes to words is decode().")
        return self.codes.get(word, OOV)

    def __eq__(self, other: object) -> bool:
        return self.codes == other.codes if isinstance(other, Vocabulary) else NotImplemented

    def __repr__(self) -> str:
        first = ", ".join(f"{word!r}: {code}" for word, code in list(self.codes.items())[:3])
        return (
            f"Vocabulary({len(self.codes):,} words, codes below {len(self):,}; {first}{', …' * (len(self.codes) > 3)})"
        )


def _tokens(text: str | Sequence[str], name: str) -> Sequence[str]:
    """The words of a text, or the list of words itself once its items are known to be strings."""
    if isinstance(text, str):
        return tokenize(text)
    if not isinstance(text, list | tuple):
        raise TypeError(f"{name} must be a string or a list of words but is {kind_of(text)}.")
    for index, word in enumerate(text):
        if not isinstance(word, str):
            raise TypeError(f"{name} must hold words but its item {index} is {kind_of(word)}.")
    return text


def check_num_words(num_words: object, least: int = 4) -> None:
    """Refuse a ``num_words`` that is neither None nor a whole number from ``least`` on.

    Raises
    ------
    TypeError, ValueError
        With a sentence that says what it may be.
    """
    if num_words is None:
        return
    if isinstance(num_words, bool) or not isinstance(num_words, int | np.integer):
        raise TypeError(
            f"num_words is {num_words!r}, but it must be a whole number, such as 10_000, or None for every word."
        )
    if num_words < least:
        why = " (codes 0 to 3 belong to no word)" if least == 4 else ""
        raise ValueError(f"num_words is {num_words}, but it must be {least} or more{why}, or None for every word.")


def kind_of(thing: object) -> str:
    """What a thing is, for an error message, with the remedy where one is known."""
    if isinstance(thing, bytes):
        return "bytes: decode it first, text.decode('utf-8')"
    return "None" if thing is None else f"a {type(thing).__name__}"
