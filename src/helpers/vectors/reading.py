"""Reading word vectors in the text format: on each line a word and its numbers, with single spaces between.

So GloVe, fastText and others publish theirs; so does word2vec, with a first line that says how many there are and how
long.
"""

from __future__ import annotations

import contextlib
import gzip
import math
import re
import zipfile
import zlib
from array import array
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, NamedTuple, cast

import numpy as np

REMEDY = "Copy or download the file again."
DAMAGE = (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile)
_HEADER = re.compile(rb"(\d+) (\d+)")
_DECIMAL_COMMA = re.compile(rb"[-+]?\d*,\d+(e[-+]?\d+)?", re.IGNORECASE)


class Vectors(NamedTuple):
    """Word vectors.

    Attributes
    ----------
    vocabulary : dict
        The row of each word, in the order of the file.
    matrix : ndarray of float32, shape (words, dimension)
    """

    vocabulary: dict[str, int]
    matrix: np.ndarray


def load_vectors(path: str | Path, words: Collection[str] | None = None, *, member: str | None = None) -> Vectors:
    """Read word vectors in the text format: plain, ``.gz`` or ``.zip``, with or without word2vec's first line.

    Parameters
    ----------
    path : str or Path
    words : collection of str or None
        Read the vectors of these words only (those the file has); None reads all.
    member : str or None
        Which file of a ``.zip`` that holds several.

    Returns
    -------
    Vectors
        ``vocabulary, matrix = load_vectors(path)``; the rows in the order of the file. Each number is
        ``float32(float(text))``.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If the file is empty, cut or damaged, or a line is not a word and its numbers: too few or too many, a tab, a
        decimal comma, a byte that is not UTF-8, a word for the second time. The message names the line and the
        remedy.
    TypeError
        If ``words`` is one string.

    Notes
    -----
    A word may hold spaces (". . ." in GloVe's 840B): the last ``dimension`` fields are the numbers. Only the space
    and the line feed separate; "\\u00a0" and "\\x85" are letters of a word here, at which ``str.split`` would cut.
    The dimension is that of line 1, whose word holds none. On the line of a word that you did not ask for the fields
    are counted but no number is read, and such a word may come twice.
    """
    path, wanted = Path(path), word_set(words)
    if not path.is_file():
        raise FileNotFoundError(f"there is no file {path}: correct the path, or let load_glove fetch one.")
    beginnings = {word.encode(errors="surrogatepass").partition(b" ")[0] for word in wanted or ()}
    vocabulary: dict[str, int] = {}
    numbers = array("f")
    number, announced, dimension = 0, None, 0
    try:
        with _open(path, member) as file:
            for number, line in enumerate(file, start=1):
                text = line.rstrip(b" \r\n")
                if number == 1:
                    header = _HEADER.fullmatch(text)
                    if header and int(header[2]):
                        announced, dimension = int(header[1]), int(header[2])
                        continue
                    dimension = text.count(b" ")
                plain = text.count(b" ") == dimension and text.isascii() and b"\t" not in text
                if plain and wanted is not None and text.partition(b" ")[0] not in beginnings:
                    continue
                try:
                    word, values = _vector(text, dimension)
                    if wanted is not None and word not in wanted:
                        continue
                    if word in vocabulary:
                        raise ValueError(f": the word {word!r} has a vector already. Remove one of the two.")
                except ValueError as error:
                    wrong = (
                        error if line.endswith(b"\n") else f" is cut: the file ends in the middle of a line. {REMEDY}"
                    )
                    shown = text[:40].decode(errors="replace") + "…" * (len(text) > 40)
                    raise ValueError(f"{path}, line {number:,} ({shown!r}){wrong}") from error
                vocabulary[word] = len(vocabulary)
                numbers.extend(values)
    except DAMAGE as error:
        raise ValueError(f"{path} is cut or damaged after line {number:,} ({error}). {REMEDY}") from error
    if not number:
        raise ValueError(f"{path} is empty: it has no line 1. {REMEDY}")
    if announced is not None and number - 1 != announced:
        raise ValueError(f"{path}, line 1 announces {announced:,} vectors, but {number - 1:,} follow. {REMEDY}")
    return Vectors(vocabulary, np.asarray(numbers).reshape(len(vocabulary), dimension))


def word_set(words: Collection[str] | None) -> frozenset[str] | None:
    """The words asked for, None for all. TypeError for one string, of which the letters would be looked up."""
    if isinstance(words, str):
        raise TypeError(f"words={words!r} is one string and not a collection of words: write [{words!r}].")
    return None if words is None else frozenset(words)


@contextlib.contextmanager
def _open(path: Path, member: str | None) -> Iterator[IO[bytes]]:
    """The file, or the one in the archive, as bytes."""
    with contextlib.ExitStack() as stack:
        if path.suffix == ".gz":
            with gzip.open(path, "rb") as file:
                yield cast(IO[bytes], file)
        elif path.suffix == ".zip":
            archive = stack.enter_context(zipfile.ZipFile(path))
            names = archive.namelist()
            name = names[0] if member is None and len(names) == 1 else member
            if name not in names:
                raise ValueError(f"{path} holds {', '.join(names) or 'no file'}: name the one you want as `member`.")
            yield stack.enter_context(archive.open(name))
        else:
            yield stack.enter_context(path.open("rb"))


def _vector(text: bytes, dimension: int) -> tuple[str, array]:
    """The word of a line and its numbers. ValueError with what follows the line's name in the sentence about it."""
    if b"\t" in text:
        raise ValueError(" holds a tab, but a word and its numbers are parted by single spaces: replace the tabs.")
    if not dimension:
        raise ValueError(" is not a word and its numbers: give a file of word vectors in the text format.")
    word, *fields = text.rsplit(b" ", dimension)
    if len(fields) != dimension or (b" " in word and _is_number(word.rpartition(b" ")[2])):
        raise ValueError(f" has {text.count(b' ')} numbers, but the lines before have {dimension}. {REMEDY}")
    try:
        values = array("f", map(float, fields))
        good = math.isfinite(sum(values)) and b"_" not in text[len(word) :]
    except ValueError:
        good = False
    if not good:
        bad = next(field for field in fields if not _is_number(field))
        if _DECIMAL_COMMA.fullmatch(bad):
            raise ValueError(f": {bad.decode()!r} has a decimal comma. Write the file's numbers with a point.")
        raise ValueError(f": {bad.decode(errors='replace')!r} is not a finite number. {REMEDY}")
    try:
        return word.decode(), values
    except UnicodeDecodeError as error:
        raise ValueError(
            f": the word {word!r} is not UTF-8 (byte 0x{word[error.start]:02x}). {REMEDY} "
            "If it is your own, save it as UTF-8."
        ) from error


def _is_number(field: bytes) -> bool:
    """Whether it is a finite number in float32."""
    try:
        return math.isfinite(array("f", [float(field)])[0]) and b"_" not in field
    except ValueError:
        return False
