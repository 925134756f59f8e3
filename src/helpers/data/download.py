"""Downloads: fetched by pooch (temporary name, hash, rename), kept in one folder, safe with two processes.

The folder is the one that the environment variable ``RNN_CACHE`` names, or the system's folder for caches. The
archive's 100,000 small files are never unpacked: it is read once, as a stream, and what the course needs is
written to one file, so there is no half-extracted folder that could be taken for the whole.
"""

from __future__ import annotations

import contextlib
import functools
import os
import re
import tarfile
import tempfile
import uuid
import warnings
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from helpers.arrays import Integers
from helpers.data.sources import decode_reviews
from helpers.data.types import SourceUnavailable
from helpers.files import atomically

_KERAS = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"
ARCHIVE = "aclImdb_v1.tar.gz"
COMPACT = "aclImdb_v1-texts.npz"

# File name: (URL, hash). The archive's hash is the one TensorFlow Datasets lists, the others are Keras's.
FILES = {
    ARCHIVE: (
        "http://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz",
        "sha256:c40f74a18d3b61f90feba1e17730e0d38e8b97c05fde7008942e91923d1658fe",
    ),
    "imdb.npz": (
        _KERAS + "imdb.npz",
        "sha256:69664113be75683a8fe16e3ed0ab59fda8886cb3cd7ada244f7d9544e4676b9f",
    ),
    "imdb_word_index.json": (_KERAS + "imdb_word_index.json", "md5:bfafd718b763782e994055a2d397834f"),
}
REVIEWS_PER_LABEL = 12_500
TRIES_AGAIN = 2
TIMEOUT = (10, 60)  # seconds: to connect, and between two pieces

_MEMBER = re.compile(r"(?:\./)?aclImdb/(train|test)/(neg|pos)/[^/]+\.txt")


def cache_folder() -> Path:
    """The folder for downloads, made if need be; a temporary one, with a warning, if it cannot be written to.

    Raises
    ------
    OSError
        If not even a temporary folder can be made.
    """
    import pooch

    folder = Path(os.environ.get("RNN_CACHE") or pooch.os_cache("rnn-unrolled")).expanduser()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        try:
            temporary = Path(_temporary_folder().name)
        except OSError as second:
            raise OSError(
                f"neither the cache folder {folder} ({error.strerror}) nor a temporary one ({second.strerror}) can be "
                "written to: set RNN_CACHE to a folder that can."
            ) from second
        warnings.warn(
            f"The cache folder {folder} cannot be written to ({error.strerror}): downloads go to {temporary} and are "
            "gone when Python ends. Set RNN_CACHE to a folder of yours to keep them.",
            UserWarning,
            stacklevel=2,
        )
        return temporary
    return folder


@functools.cache  # one for the whole process, so that nothing is downloaded twice
def _temporary_folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="rnn-unrolled-")


def fetch(
    name: str,
    folder: Path,
    files: Mapping[str, tuple[str, str | None]] | None = None,
    downloader: Callable[[str, str, Any], None] | None = None,
) -> Path:
    """The path of a file of ``files`` (without any: ``FILES``) below ``folder``, downloaded unless it is there whole.

    A hash of None, for a file whose hash nobody publishes, takes the file as it comes: check its format.
    ``downloader`` fetches the file if not pooch's own shall (:func:`resume` for large files).

    Raises
    ------
    SourceUnavailable
        If the server cannot be reached.
    ValueError
        If what came has the wrong hash, also when tried again. Nothing of it is kept.
    """
    import pooch
    import requests

    url, known_hash = (files or FILES)[name]
    path = folder / name
    fetcher = pooch.create(
        folder, base_url="", registry={name: known_hash}, urls={name: url}, retry_if_failed=TRIES_AGAIN
    )
    downloader = downloader or pooch.HTTPDownloader(progressbar=True, chunk_size=2**16, timeout=TIMEOUT)
    try:
        fetcher.fetch(name, downloader=downloader)
    except requests.RequestException as error:
        reason = f"{url} cannot be reached ({type(error).__name__})"
        raise SourceUnavailable(reason) from error
    except ValueError as error:
        raise ValueError(
            f"{name}, downloaded from {url}, is not what was expected ({known_hash}). Check your connection, delete "
            f"{path} if it is there, and run again. ({error})"
        ) from error
    except RuntimeError as error:  # a sandbox that forbids connections: no network, said in another way
        raise SourceUnavailable(f"{url} cannot be reached ({error})") from error
    return path


def downloaded_reviews(split: str) -> tuple[list[str], Integers]:
    """Texts and labels of the original archive, ordered by label, then by file name."""
    folder = cache_folder()
    compact = folder / COMPACT
    if not compact.exists():
        _write_compact(fetch(ARCHIVE, folder), compact)
    try:
        return _read_compact(compact, split)
    except (zipfile.BadZipFile, zlib.error, ValueError, KeyError, EOFError):  # cut or damaged on the disk
        _write_compact(fetch(ARCHIVE, folder), compact)
        return _read_compact(compact, split)


def _read_compact(path: Path, split: str) -> tuple[list[str], Integers]:
    with np.load(path) as file:
        joined, sizes, labels = (file[f"{split}_{part}"] for part in ("bytes", "sizes", "labels"))
    data = joined.tobytes()
    ends = np.cumsum(sizes).tolist()
    starts = [0, *ends[:-1]]
    return [data[start:end].decode("utf-8") for start, end in zip(starts, ends, strict=True)], labels


def _write_compact(archive: Path, compact: Path) -> None:
    """Write the texts of the archive to one file, under a temporary name until it is whole."""
    arrays = {}
    for split, raw in _read_archive(archive).items():
        names = sorted(raw["neg"]) + sorted(raw["pos"])
        encoded = [text.encode() for text in decode_reviews([*_in_order(raw["neg"]), *_in_order(raw["pos"])], names)]
        arrays[f"{split}_bytes"] = np.frombuffer(b"".join(encoded), dtype=np.uint8)
        arrays[f"{split}_sizes"] = np.array([len(text) for text in encoded], dtype=np.int64)
        arrays[f"{split}_labels"] = np.repeat([0, 1], [len(raw["neg"]), len(raw["pos"])])
    with atomically(compact) as part, part.open("xb") as file:
        np.savez_compressed(file, **arrays)


def _in_order(members: dict[str, bytes]) -> list[bytes]:
    return [members[name] for name in sorted(members)]


def _read_archive(archive: Path) -> dict[str, dict[str, dict[str, bytes]]]:
    """``{split: {"neg" or "pos": {member name: bytes}}}``, and each of the four complete."""
    from tqdm import tqdm

    found: dict[str, dict[str, dict[str, bytes]]] = {split: {"neg": {}, "pos": {}} for split in ("train", "test")}
    remedy = f"Delete {archive} and run again to download it afresh."
    try:
        with tarfile.open(archive, "r:gz") as tar:
            for member in tqdm(tar, desc=f"reading {archive.name}, once", unit=" files"):
                match = _MEMBER.fullmatch(member.name)
                if match and (file := tar.extractfile(member)):
                    found[match[1]][match[2]][member.name] = file.read()
    except (tarfile.TarError, EOFError, zlib.error, OSError) as error:
        raise ValueError(f"{archive} is cut or damaged ({error}). {remedy}") from error
    for split, by_label in found.items():
        for label, members in by_label.items():
            if len(members) != REVIEWS_PER_LABEL:
                raise ValueError(
                    f"{archive} holds {len(members):,} reviews below {split}/{label}, but {REVIEWS_PER_LABEL:,} were "
                    f"expected. {remedy}"
                )
    return found


# --- large files, piece by piece ---

PIECE = 2**16  # bytes


def resume(url: str, output_file: str, fetcher: Any) -> None:
    """Fetch ``url`` into ``output_file``, with size and progress shown; what arrived before a failure is not lost.

    A downloader for pooch, which names ``output_file`` anew each time and checks the hash afterwards. What has arrived
    stands beside it, in a ``.part`` file that one process at a time owns by renaming it.

    Raises
    ------
    requests.RequestException
        If the server cannot be reached or stops before the end.
    """
    import requests
    from tqdm import tqdm

    folder, name = Path(output_file).parent, url.rpartition("/")[2]
    waiting = folder / f"{name}.part"
    mine = folder / f"{name}.{uuid.uuid4().hex}.part"
    with contextlib.suppress(FileNotFoundError):  # nothing waits, or another process was sooner
        waiting.rename(mine)
    try:
        have = mine.stat().st_size if mine.exists() else 0
        headers = {"Range": f"bytes={have}-"} if have else {}
        with requests.get(url, headers=headers, stream=True, timeout=TIMEOUT) as answer:
            if answer.status_code == requests.codes.requested_range_not_satisfiable:
                mine.unlink()  # longer than the file: it was another one
            answer.raise_for_status()
            if answer.status_code != requests.codes.partial_content:
                have = 0  # the server sends all of it
            size = have + int(answer.headers.get("Content-Length", 0))
            with (
                mine.open("ab" if have else "wb") as file,
                tqdm(total=size or None, initial=have, unit="B", unit_scale=True, desc=name) as bar,
            ):
                for piece in answer.iter_content(PIECE):
                    file.write(piece)
                    bar.update(len(piece))
        arrived = mine.stat().st_size
        if arrived < size:
            raise requests.ConnectionError(f"{url} stopped after {arrived:,} of {size:,} bytes")
        mine.replace(output_file)
    finally:
        if mine.exists():
            mine.replace(waiting)
