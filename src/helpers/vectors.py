"""Word vectors in the text format, read fast and checked line by line.

One word a line: the word, then its numbers, single spaces between. GloVe (Pennington et al. 2014) publishes its
vectors so, and so does word2vec, with a first line that says how many there are and how long.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import math
import re
import uuid
import warnings
import zipfile
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, NamedTuple

import numpy as np

from helpers.data import cache

BLOCK = 2**20  # bytes read at a time: besides the result, a few blocks are held
REMEDY = "Copy or download the file again."
_HEADER = re.compile(rb"(\d+) (\d+)[ \r]*")


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


def load_vectors(
    path: str | Path, words: Collection[str] | None = None, *, member: str | None = None, keep: bool = True
) -> Vectors:
    """Read word vectors in the text format: plain, ``.gz`` or ``.zip``, with or without word2vec's first line.

    Parameters
    ----------
    path : str or Path
    words : collection of str or None
        Read the vectors of these words only (those the file has); None reads all.
    member : str or None
        Which file of a ``.zip`` that holds several.
    keep : bool
        Keep what was read, when all words were asked for, as ``.npy`` under the source's SHA-256 in the folder for
        downloads (:func:`helpers.data.cache.cache_folder`), and read it from there the next time.

    Returns
    -------
    Vectors
        ``vocabulary, matrix = load_vectors(path)``; the rows in the order of the file.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If the file is empty, cut or damaged, or a line is not a word and its numbers: too few or too many, a tab, a
        byte that is not UTF-8, a word for the second time. The message names the line and the remedy.

    Notes
    -----
    A word may hold spaces (". . ." in GloVe's 840B): the last ``dimension`` fields are the numbers. Only the space
    and the line feed separate; "\\u00a0" and "\\x85" are letters of a word here, at which ``str.split`` would cut.
    The dimension is that of line 1. Lines of words that you did not ask for are only counted.

    The numbers are read by Arrow (the package ``pyarrow``) where it is installed, else by NumPy.
    """
    path = Path(path)
    if not path.is_file():
        raise FileNotFoundError(f"there is no file {path}: correct the path, or let load_glove fetch one.")
    kept = _kept_name(path, member) if keep else None
    if kept and (found := _read_kept(kept, words)):
        return found
    vectors = _read(path, member, None if words is None else frozenset(word.encode() for word in words))
    if kept and words is None:
        _write_kept(kept, vectors)
    return vectors


# --- the text ---


def _read(path: Path, member: str | None, wanted: frozenset[bytes] | None) -> Vectors:
    vocabulary: dict[str, int] = {}
    matrix = np.empty((0, 0), dtype="float32")
    announced, dimension, number = None, 0, 1  # number: of the block's first line
    waiting: list[tuple[int, bytes, bytes]] = []  # line number, word, numbers: parsed some at a time
    try:
        for block in _blocks(path, member):
            if number == 1:
                announced, dimension = _shape(_first_line(block), path)
                matrix = np.empty((0, dimension), dtype="float32")
                if announced is not None:
                    block = block.partition(b"\n")[2]
                    number += 1
            lines, taken = _cut(block, dimension, wanted, path, number)
            _enter(taken, vocabulary, path)
            waiting += taken
            number += lines
            if 2 * len(waiting) * len(block) > BLOCK * lines:  # half a block, about
                matrix = _appended(matrix, waiting, path)
                waiting = []
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
        raise ValueError(f"{path} is cut or damaged after line {number - 1:,} ({error}). {REMEDY}") from error
    if number == 1:
        raise ValueError(f"{path} is empty: it has no line 1. {REMEDY}")
    matrix = _appended(matrix, waiting, path)
    held = number - 1 - (announced is not None)
    if announced is not None and held != announced:
        raise ValueError(f"{path}, line 1 announces {announced:,} vectors, but {held:,} follow. {REMEDY}")
    return Vectors(vocabulary, matrix)


def _blocks(path: Path, member: str | None) -> Iterator[bytes]:
    """Whole lines, some thousand at a time; only the last line of the file may lack its line feed."""
    with _open(path, member) as file:
        while block := file.read(BLOCK):
            yield _trimmed(block + file.readline())


def _trimmed(block: bytes) -> bytes:
    """Without the carriage returns of Windows and the space that word2vec leaves at the end of a line."""
    if _first_line(block)[-1:] not in (b" ", b"\r"):
        return block
    return b"\n".join(line.rstrip(b" \r") for line in block.split(b"\n"))


def _first_line(block: bytes) -> bytes:
    end = block.find(b"\n")
    return block if end < 0 else block[:end]


@contextlib.contextmanager
def _open(path: Path, member: str | None) -> Iterator[IO[bytes]]:
    if path.suffix == ".gz":
        with gzip.open(path, "rb") as file:
            yield file
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            name = names[0] if member is None and len(names) == 1 else member
            if name not in names:
                raise ValueError(f"{path} holds {', '.join(names) or 'no file'}: name the one you want as `member`.")
            with archive.open(name) as file:
                yield file
    else:
        with path.open("rb") as file:
            yield file


def _shape(first: bytes, path: Path) -> tuple[int | None, int]:
    """How many vectors line 1 announces (None if it is a vector itself), and their dimension."""
    header = _HEADER.fullmatch(first)
    if header and int(header[2]):
        return int(header[1]), int(header[2])
    fields, dimension = first.split(b" "), 0
    while dimension < len(fields) - 1 and _is_number(fields[-1 - dimension]):
        dimension += 1
    if not dimension:
        raise ValueError(_wrong(first, 0, path, 1))
    return None, dimension


def _cut(
    block: bytes, dimension: int, wanted: frozenset[bytes] | None, path: Path, number: int
) -> tuple[int, list[tuple[int, bytes, bytes]]]:
    """How many lines the block has, and line number, word and numbers of those wanted, each with as many fields."""
    characters = np.frombuffer(block, np.uint8)
    ends = np.flatnonzero(characters == ord("\n"))
    whole = block[-1:] in (b"\n", b"")
    if not whole:
        ends = np.append(ends, len(block))
    starts = np.append(0, ends[:-1] + 1).tolist() if len(ends) else []
    find = block.find
    stops = [find(b" ", start) for start in starts]  # where the word ends
    spaces = np.count_nonzero(characters == ord(" "))
    if spaces != dimension * len(starts) or b"\t" in block or (np.array(stops, dtype=int) > ends).any():
        lines = [block[start:end] for start, end in zip(starts, ends.tolist(), strict=True)]
        for row, (line, start) in enumerate(zip(lines, starts, strict=True)):  # look at each
            word, *fields = line.rsplit(b" ", dimension)
            surplus = b" " in word and _is_number(word.rpartition(b" ")[2])
            if b"\t" in line or len(fields) != dimension or surplus:
                raise ValueError(_wrong(line, dimension, path, number + row, whole or row < len(lines) - 1))
            stops[row] = start + len(word)
    words = [block[start:stop] for start, stop in zip(starts, stops, strict=True)]
    rows = range(len(words)) if wanted is None else [row for row, word in enumerate(words) if word in wanted]
    ends = ends.tolist()
    return len(words), [(number + row, words[row], block[stops[row] + 1 : ends[row]]) for row in rows]


def _enter(taken: list[tuple[int, bytes, bytes]], vocabulary: dict[str, int], path: Path) -> None:
    """Give each word its row."""
    try:
        words = b"\n".join([word for _, word, _ in taken]).decode().split("\n") if taken else []
    except UnicodeDecodeError:
        for at, word, _ in taken:
            try:
                word.decode()
            except UnicodeDecodeError as error:
                raise ValueError(
                    f"{path}, line {at:,}: the word {word!r} is not UTF-8 (byte 0x{word[error.start]:02x}). {REMEDY} "
                    "If it is your own, save it as UTF-8."
                ) from error
        raise
    start = len(vocabulary)
    fresh = dict(zip(words, range(start, start + len(words)), strict=True))
    if len(fresh) < len(words) or not vocabulary.keys().isdisjoint(fresh):
        seen = set(vocabulary)
        for (at, _, _), word in zip(taken, words, strict=True):
            if word in seen:
                raise ValueError(f"{path}, line {at:,}: the word {word!r} has a vector already. Remove one of the two.")
            seen.add(word)
    vocabulary |= fresh


def _appended(matrix: np.ndarray, waiting: list[tuple[int, bytes, bytes]], path: Path) -> np.ndarray:
    if not waiting:
        return matrix
    start, dimension = matrix.shape
    try:
        numbers = _numbers([numbers for _, _, numbers in waiting], dimension)
    except ValueError:
        for at, word, raw in waiting:
            if len(raw.split(b" ")) != dimension or not all(map(_is_number, raw.split(b" "))):
                raise ValueError(_wrong(word + b" " + raw, dimension, path, at)) from None
        raise
    matrix.resize((start + len(waiting), dimension), refcheck=False)  # in place: it is never held twice
    matrix[start:] = numbers
    return matrix


def _wrong(line: bytes, dimension: int, path: Path, number: int, whole: bool = True) -> str:
    """The sentence for a line that is not a word and ``dimension`` numbers."""
    shown = line[:40].decode(errors="replace") + "…" * (len(line) > 40)
    where = f"{path}, line {number:,} ({shown!r})"
    if b"\t" in line:
        return f"{where} holds a tab, but a word and its numbers are parted by single spaces: replace the tabs."
    if not dimension:
        return f"{where} is not a word and its numbers: give a file of word vectors in the text format."
    fields = line.split(b" ")[1:]
    if not whole:
        return f"{where} is cut: the file ends in the middle of a line. {REMEDY}"
    if len(fields) != dimension:
        return f"{where} has {len(fields)} numbers, but the lines before have {dimension}. {REMEDY}"
    bad = next((field for field in fields if not _is_number(field)), b"")
    return f"{where}: {bad.decode(errors='replace')!r} is not a finite number. {REMEDY}"


def _is_number(field: bytes) -> bool:
    try:
        return math.isfinite(float(field)) and b"_" not in field
    except ValueError:
        return False


# --- the numbers ---


def _numbers(rows: list[bytes], dimension: int) -> np.ndarray:
    """Rows of numbers as float32 ``(rows, dimension)``. ValueError if one is no number, or a row has not as many."""
    if not rows:
        return np.empty((0, dimension), dtype="float32")
    try:
        numbers = _by_arrow(rows, dimension)
    except ImportError:
        numbers = _by_numpy(rows, dimension)
    if not np.isfinite(numbers).all():
        raise ValueError("a number is not finite")
    return numbers


def _by_arrow(rows: list[bytes], dimension: int) -> np.ndarray:
    import pyarrow
    from pyarrow import csv

    names, text = [str(column) for column in range(dimension)], b"\n".join(rows)
    table = csv.read_csv(  # what it raises, ArrowInvalid, is a ValueError
        pyarrow.BufferReader(text),
        read_options=csv.ReadOptions(column_names=names, block_size=len(text) + 1),
        parse_options=csv.ParseOptions(delimiter=" ", quote_char=False, ignore_empty_lines=False),
        convert_options=csv.ConvertOptions(column_types=dict.fromkeys(names, pyarrow.float32()), null_values=[]),
        memory_pool=pyarrow.system_memory_pool(),  # gives back at once what it no longer needs
    )
    return np.stack([column.to_numpy() for column in table.columns], axis=1)


def _by_numpy(rows: list[bytes], dimension: int) -> np.ndarray:
    if any(row.count(b" ") != dimension - 1 for row in rows):
        raise ValueError("a row has not as many numbers")
    with warnings.catch_warnings():
        warnings.simplefilter("error", DeprecationWarning)  # NumPy's way to say that it met something else
        try:
            return np.fromstring(b" ".join(rows), dtype="float32", sep=" ").reshape(-1, dimension)
        except DeprecationWarning as error:
            raise ValueError(str(error)) from error


# --- kept as .npy ---


def _kept_name(path: Path, member: str | None) -> Path:
    """Where what is read from these very bytes is kept, without its ending."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    digest.update((member or "").encode())
    return cache.cache_folder() / "vectors" / digest.hexdigest()


def _read_kept(name: Path, words: Collection[str] | None) -> Vectors | None:
    """What was kept, or None if it was not, or is not whole. The numbers are read from the disk when they are used."""
    try:
        text = name.with_suffix(".txt").read_bytes().decode()
        matrix = np.asarray(np.load(name.with_suffix(".npy"), mmap_mode="c"))
    except (OSError, ValueError, EOFError):
        return None
    order = text.split("\n")
    if len(order) != len(matrix):
        return None
    if words is not None:
        asked = frozenset(words)
        rows = [row for row, word in enumerate(order) if word in asked]
        order, matrix = [order[row] for row in rows], matrix[rows]
    return Vectors(dict(zip(order, range(len(order)), strict=True)), matrix)


def _write_kept(name: Path, vectors: Vectors) -> None:
    """Both files by rename, the numbers last: where they are, the words are too."""
    part = name.with_name(f"{name.name}.{uuid.uuid4().hex}.part")
    try:
        name.parent.mkdir(exist_ok=True)
        part.write_bytes("\n".join(vectors.vocabulary).encode())
        part.replace(name.with_suffix(".txt"))
        with part.open("xb") as file:
            np.save(file, vectors.matrix)
        part.replace(name.with_suffix(".npy"))
    except OSError as error:  # a full disk is no reason to go without the vectors
        warnings.warn(f"the vectors could not be kept for the next time ({error}).", UserWarning, stacklevel=3)
    finally:
        part.unlink(missing_ok=True)
