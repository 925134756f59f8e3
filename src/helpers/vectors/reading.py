"""Word vectors in the text format, read fast and checked line by line.

One word a line: the word, then its numbers, single spaces between. GloVe (Pennington et al. 2014) publishes its
vectors so, and so does word2vec, with a first line that says how many there are and how long.
"""

from __future__ import annotations

import collections
import contextlib
import functools
import gzip
import itertools
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import IO, NamedTuple

import numpy as np

from helpers.vectors import keeping

BLOCK = 2**20  # bytes read at a time: besides the result, a few blocks are held
SMALL = 2**18  # a smaller block is read line by line: starting Numba would take longer
AHEAD = min(4, os.cpu_count() or 1)  # threads that read, and blocks that they are ahead
PADDING = 32  # bytes behind a block: a line feed, and what the kernel looks ahead
LARGEST = float(np.finfo(np.float32).max)
REMEDY = "Copy or download the file again."
DAMAGE = (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile)
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
    The dimension is that of line 1. A word that you did not ask for may come twice.

    Blocks of plain lines are read by machine code (:mod:`helpers.vectors.kernel`) where Numba is installed; others, and
    the block with a mistake in it, line by line.
    """
    path = Path(path)
    if not path.is_file():
        raise FileNotFoundError(f"there is no file {path}: correct the path, or let load_glove fetch one.")
    kept = keeping.kept_name(path, member) if keep else None
    if kept and (found := keeping.read_kept(kept, words)):
        return Vectors(*found)
    vectors = _read(path, member, None if words is None else frozenset(words))
    if kept and words is None:
        keeping.write_kept(kept, *vectors)
    return vectors


# --- from the file to blocks of whole lines ---


def _read(path: Path, member: str | None, wanted: frozenset[str] | None) -> Vectors:
    vocabulary: dict[str, int] = {}
    number = 1  # of the block's first line
    try:
        blocks = _blocks(path, member)
        first = next(blocks, None)
        if first is None:
            raise ValueError(f"{path} is empty: it has no line 1. {REMEDY}")
        line = first.lines().partition(b"\n")[0]
        announced, dimension = _shape(line, path)
        if announced is not None:
            first = first._replace(start=len(line) + 1)
            number += 1
        expected = int(1.01 * _size(path, member) * first.lines().count(b"\n") / first.end) + 1
        expected = expected if wanted is None else min(expected, len(wanted))
        matrix = np.empty((expected, dimension), dtype="float32")  # memory is taken up as it is filled
        for block, plain in _parsed(itertools.chain([first], blocks), dimension):
            joined, numbers = plain or _line_by_line(block, dimension, path, number)
            words = _decoded(joined, path, number)
            lines: Sequence[int] = range(number, number + len(words))
            number += len(words)
            if wanted is not None:
                rows = [row for row, word in enumerate(words) if word in wanted]
                words, numbers, lines = [words[row] for row in rows], numbers[rows], [lines[row] for row in rows]
            _enter(words, lines, vocabulary, path)
            if len(vocabulary) > len(matrix):
                matrix.resize((len(vocabulary) + expected // 20, dimension), refcheck=False)
            matrix[len(vocabulary) - len(words) : len(vocabulary)] = numbers
        matrix.resize((len(vocabulary), dimension), refcheck=False)  # in place: it is never held twice
    except DAMAGE as error:
        raise ValueError(f"{path} is cut or damaged after line {number - 1:,} ({error}). {REMEDY}") from error
    held = number - 1 - (announced is not None)
    if announced is not None and held != announced:
        raise ValueError(f"{path}, line 1 announces {announced:,} vectors, but {held:,} follow. {REMEDY}")
    return Vectors(vocabulary, matrix)


class _Scratch:
    """Arrays for one block. They serve many, in turn: fresh memory costs more time than what is done with it."""

    def __init__(self) -> None:
        self.text = self.words = np.empty(0, dtype=np.uint8)
        self.numbers = np.empty((0, 0), dtype="float32")

    def hold(self, size: int) -> None:
        if len(self.text) < size + PADDING:
            self.text = np.empty(size + PADDING, dtype=np.uint8)

    def results(self, dimension: int) -> tuple[np.ndarray, np.ndarray]:
        """Room for the words of all its lines, and for the numbers of as many lines as there can be."""
        if len(self.words) < len(self.text):
            self.words = np.empty_like(self.text)
            self.numbers = np.empty((len(self.text) // (2 * dimension + 1), dimension), dtype="float32")
        return self.words, self.numbers


class _Block(NamedTuple):
    """Whole lines ``scratch.text[start:end]``, each with its line feed; ``whole`` if the file gave the last one too."""

    scratch: _Scratch
    start: int
    end: int
    whole: bool = True

    def lines(self) -> bytes:
        return self.scratch.text[self.start : self.end].tobytes()


def _blocks(path: Path, member: str | None) -> Iterator[_Block]:
    """All lines of the file. A block is good until ``AHEAD + 2`` more have been asked for."""
    rest = np.empty(0, dtype=np.uint8)  # of a line that is not whole yet
    with _open(path, member) as file:
        for scratch in itertools.cycle([_Scratch() for _ in range(AHEAD + 3)]):
            room = len(rest) + BLOCK
            scratch.hold(room)
            scratch.text[: len(rest)] = rest
            held = len(rest) + file.readinto(memoryview(scratch.text)[len(rest) : room])
            if held == len(rest):
                break
            end = 1 + _last_line_feed(scratch.text[:held])
            rest = scratch.text[end:held].copy()
            if end:
                yield _Block(scratch, 0, end)
    if held:
        scratch.text[held] = ord("\n")
        yield _Block(scratch, 0, held + 1, whole=False)


def _last_line_feed(text: np.ndarray) -> int:
    """Where it is; -1 if there is none."""
    for start in range(len(text) - 1, -1, -4096):
        found = np.flatnonzero(text[max(0, start - 4095) : start + 1] == ord("\n"))
        if len(found):
            return max(0, start - 4095) + int(found[-1])
    return -1


def _size(path: Path, member: str | None) -> int:
    """Bytes of the text, about; more than there are cost nothing, fewer some time."""
    if path.suffix == ".gz":
        with path.open("rb") as file:
            file.seek(-4, os.SEEK_END)
            said = int.from_bytes(file.read(4), "little")  # where gzip puts it, up to 4 GiB
        return min(said, 20 * path.stat().st_size)  # if the file was cut, those bytes are anything
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            return archive.getinfo(member or archive.namelist()[0]).file_size
    return path.stat().st_size


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
    fields, dimension = first.rstrip(b" \r").split(b" "), 0
    while dimension < len(fields) - 1 and _is_number(fields[-1 - dimension]):
        dimension += 1
    if not dimension:
        raise ValueError(_wrong(first, 0, path, 1))
    return None, dimension


# --- from a block to words and numbers ---


@functools.cache
def _kernel() -> Callable[..., tuple[int, int]] | None:
    """The compiled loop; None where Numba is not installed."""
    try:
        from helpers.vectors import kernel
    except ImportError:
        return None
    return kernel.parse


def _parsed(blocks: Iterator[_Block], dimension: int) -> Iterator[tuple[_Block, tuple[bytes, np.ndarray] | None]]:
    """Each block and what the kernel makes of it, in order; other threads are a few blocks ahead."""
    waiting: collections.deque[tuple[_Block, Future]] = collections.deque()
    damage = None
    with ThreadPoolExecutor(AHEAD) as pool:
        while True:
            try:
                block = next(blocks, None)
            except DAMAGE as error:  # told when the lines before it have been read
                block, damage = None, error
            if block is None:
                break
            waiting.append((block, pool.submit(_plain_lines, block, dimension)))
            if len(waiting) > AHEAD:
                block, future = waiting.popleft()
                yield block, future.result()
        for block, future in waiting:
            yield block, future.result()
    if damage:
        raise damage


def _plain_lines(block: _Block, dimension: int) -> tuple[bytes, np.ndarray] | None:
    """The words, one a line, and their numbers, float32 ``(lines, dimension)``; None if the kernel cannot do it."""
    size = block.end - block.start
    parse = _kernel() if size >= SMALL and block.whole else None
    if parse is None:
        return None
    words, numbers = block.scratch.results(dimension)
    rows, filled = parse(block.scratch.text, np.uint64(block.start), np.uint64(block.end), words, numbers)
    return None if rows < 0 else (words[:filled].tobytes(), numbers[:rows])


def _line_by_line(block: _Block, dimension: int, path: Path, number: int) -> tuple[bytes, np.ndarray]:
    lines = block.lines().split(b"\n")[:-1]
    words, numbers = [], np.empty((len(lines), dimension), dtype="float32")
    for row, line in enumerate(lines):
        word, *fields = line.rstrip(b" \r").rsplit(b" ", dimension)
        surplus = b" " in word and _is_number(word.rpartition(b" ")[2])
        if b"\t" in line or len(fields) != dimension or surplus or not all(map(_is_number, fields)):
            raise ValueError(_wrong(line, dimension, path, number + row, block.whole or row < len(lines) - 1))
        words.append(word + b"\n")
        numbers[row] = [float(field) for field in fields]
    return b"".join(words), numbers


def _decoded(joined: bytes, path: Path, number: int) -> list[str]:
    """The words, of which each has a line; ``number`` is that of the first."""
    try:
        return joined.decode().split("\n")[:-1]
    except UnicodeDecodeError as error:
        rest = joined[: error.start].rpartition(b"\n")[2]
        word = (rest + joined[error.start :]).partition(b"\n")[0]
        line = number + joined[: error.start].count(b"\n")
        raise ValueError(
            f"{path}, line {line:,}: the word {word!r} is not UTF-8 (byte 0x{joined[error.start]:02x}). {REMEDY} "
            "If it is your own, save it as UTF-8."
        ) from error


def _enter(words: list[str], lines: Sequence[int], vocabulary: dict[str, int], path: Path) -> None:
    """Give each word its row."""
    start, rows = len(vocabulary), len(vocabulary) + len(words)
    vocabulary.update(zip(words, range(start, rows), strict=True))
    if len(vocabulary) < rows:
        seen = set(itertools.islice(vocabulary, start))  # a word that comes again keeps its place in the order
        for line, word in zip(lines, words, strict=True):
            if word in seen:
                raise ValueError(
                    f"{path}, line {line:,}: the word {word!r} has a vector already. Remove one of the two."
                )
            seen.add(word)


def _wrong(line: bytes, dimension: int, path: Path, number: int, whole: bool = True) -> str:
    """The sentence for a line that is not a word and ``dimension`` numbers."""
    shown = line[:40].decode(errors="replace") + "…" * (len(line) > 40)
    where = f"{path}, line {number:,} ({shown!r})"
    if b"\t" in line:
        return f"{where} holds a tab, but a word and its numbers are parted by single spaces: replace the tabs."
    if not dimension:
        return f"{where} is not a word and its numbers: give a file of word vectors in the text format."
    fields = line.rstrip(b" \r").split(b" ")[1:]
    if not whole:
        return f"{where} is cut: the file ends in the middle of a line. {REMEDY}"
    if len(fields) != dimension:
        return f"{where} has {len(fields)} numbers, but the lines before have {dimension}. {REMEDY}"
    bad = next((field for field in fields if not _is_number(field)), b"")
    return f"{where}: {bad.decode(errors='replace')!r} is not a finite number. {REMEDY}"


def _is_number(field: bytes) -> bool:
    try:
        return abs(float(field)) <= LARGEST and b"_" not in field
    except ValueError:
        return False
