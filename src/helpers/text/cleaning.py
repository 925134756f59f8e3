"""The classic cleaning of a text: cut into words, drop stop words and punctuation, stem.

The words of NLTK (Bird, Klein and Loper 2009) where it and its data can be had: ``word_tokenize``, its list of English
stop words, and the stemmer of Porter (1980). Without NLTK's data the first two are replaced, and a line says so.
"""

from __future__ import annotations

import functools
import io
import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from helpers import fingerprints

# Stop words that turn a statement round. NLTK's tokenizer cuts "don't" into "do" and "n't"; its list has "don't" whole.
NEGATIONS = frozenset({"no", "nor", "not", "never", "cannot", "n't"})
NLTK_NEEDS = {"punkt_tab": "tokenizers/punkt_tab/english", "stopwords": "corpora/stopwords"}
_HAS_LETTER = re.compile(r"\w")
STOP_WORD_CHOICES = ("drop", "keep", "keep negations")


@dataclass(frozen=True)
class Cleaning:
    """What is done to the words of a text, in this order. Lower case always; punctuation is always dropped.

    ``stop_words``: "drop", "keep", or "keep negations" (drop all others). ``stem``: cut endings off, as Porter does.
    """

    stop_words: str = "drop"
    stem: bool = True

    def __post_init__(self) -> None:
        if self.stop_words not in STOP_WORD_CHOICES:
            raise ValueError(f"stop_words is {self.stop_words!r}; choose {', '.join(map(repr, STOP_WORD_CHOICES))}.")


@dataclass(frozen=True)
class Tools:
    """What cleans: ``tokenize`` cuts lower-case text into words and signs; ``name`` says whose it is."""

    name: str
    tokenize: Callable[[str], list[str]]
    stop_words: frozenset[str]
    stem: Callable[[str], str]


@functools.cache  # the notice once, and no second try to download
def tools() -> Tools:
    """NLTK's tokenizer and stop words if their data can be had, else plain ones that need none.

    The data are looked for in ``nltk/nltk_data`` below the folder that ``RNN_DATA`` names, where NLTK itself looks
    (``NLTK_DATA`` among other places), and then downloaded by ``nltk.download``. With none of it a line says so, and
    the words are those of ``nltk.wordpunct_tokenize`` (it cuts "don't" into three) and scikit-learn's stop words.

    Raises
    ------
    ImportError
        If NLTK itself is not installed.
    """
    try:
        import nltk
    except ImportError as error:
        raise ImportError("NLTK is not installed: run `pip install nltk`, or `%pip install nltk` in a cell.") from error
    from nltk.stem import PorterStemmer

    stem = functools.cache(PorterStemmer().stem)  # a review repeats words, and so do reviews
    missing = _find_nltk_data(nltk)
    if not missing:
        from nltk.corpus import stopwords

        return _noted(Tools("NLTK", nltk.word_tokenize, frozenset(stopwords.words("english")), stem), "folder")
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    print(
        f"NLTK's data ({', '.join(missing)}) are not here and cannot be downloaded: words are cut by "
        "wordpunct_tokenize and stop words are scikit-learn's, so results differ from NLTK's. To mend it go online "
        "and restart, or set NLTK_DATA to a folder that has them."
    )
    return _noted(
        Tools("wordpunct_tokenize and scikit-learn", nltk.wordpunct_tokenize, ENGLISH_STOP_WORDS, stem), "sample"
    )


def _noted(chosen: Tools, source: str) -> Tools:
    """Note the fingerprint of what cleans: its words and how it cuts one sentence that has everything."""
    cut = chosen.tokenize("i can't say they didn't try: it's mr. smith's 3rd-best film...")
    fingerprint = fingerprints.of_rows(" ".join(row).encode() for row in (cut, sorted(chosen.stop_words)))
    fingerprints.note("NLTK", source, fingerprint)
    return chosen


def _find_nltk_data(nltk: ModuleType) -> list[str]:
    """Make NLTK's data findable; the names of those that are nowhere."""
    if named := os.environ.get("RNN_DATA"):
        folder = str(Path(named).expanduser() / "nltk" / "nltk_data")
        if Path(folder).is_dir() and folder not in nltk.data.path:
            nltk.data.path.insert(0, folder)
    return [name for name, place in NLTK_NEEDS.items() if not (_has(nltk, place) or _download(nltk, name, place))]


def _has(nltk: ModuleType, place: str) -> bool:
    for found in (place, f"{place.removesuffix('/english')}.zip"):
        try:
            nltk.data.find(found)
        except (LookupError, OSError):
            continue
        return True
    return False


def _download(nltk: ModuleType, name: str, place: str) -> bool:
    try:
        nltk.download(name, quiet=True, print_error_to=io.StringIO())  # the line of tools() says it shorter
    except Exception:  # no network, a sandbox that forbids it, a folder that cannot be written: not to be had
        return False
    return _has(nltk, place)


def clean_words(text: str, cleaning: Cleaning = Cleaning()) -> list[str]:
    """The words of one text after cleaning.

    >>> clean_words("The lid does NOT close, and I was disappointed.")
    ['lid', 'close', 'disappoint']
    >>> clean_words("The lid does NOT close, and I was disappointed.", Cleaning("keep negations", stem=False))
    ['lid', 'not', 'close', 'disappointed']
    """
    if not isinstance(text, str):
        raise TypeError(f"clean_words wants a text but got a {type(text).__name__}.")
    by = tools()
    words: Sequence[str] = _words(text)
    if cleaning.stop_words != "keep":
        dropped = by.stop_words if cleaning.stop_words == "drop" else by.stop_words - NEGATIONS
        words = [word for word in words if word not in dropped]
    return [by.stem(word) for word in words] if cleaning.stem else list(words)


@functools.lru_cache(maxsize=2**15)  # cutting takes nearly all the time; another cleaning of the same text is cheap
def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in tools().tokenize(text.lower()) if _HAS_LETTER.search(word))


def clean(texts: Iterable[str], cleaning: Cleaning = Cleaning()) -> list[str]:
    """Each text cleaned, its words joined by spaces: ready for a vocabulary or a TF-IDF. A second for 700 reviews."""
    return [" ".join(clean_words(text, cleaning)) for text in texts]
