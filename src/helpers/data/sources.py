"""Which source has the data: first the folder that ``RNN_DATA`` names, then TensorFlow Datasets, then the net."""

from __future__ import annotations

import json
import os
import warnings
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from helpers.arrays import Integers
from helpers.data.types import Codes, SourceUnavailable

TFDS_FOLDER = "tfds/imdb_reviews/plain_text/1.0.0"
REMEDY = "Copy it again, or unset RNN_DATA to have the reviews downloaded."


def data_folder() -> Path:
    """The folder that ``RNN_DATA`` names.

    Raises
    ------
    SourceUnavailable
        If ``RNN_DATA`` is not set.
    FileNotFoundError
        If it is set but names no folder: a slip, which must not end in sample data unseen.
    """
    named = os.environ.get("RNN_DATA")
    if not named:
        raise SourceUnavailable("RNN_DATA names no folder")
    folder = Path(named).expanduser()
    if not folder.is_dir():
        raise FileNotFoundError(
            f"RNN_DATA names the folder {folder.absolute()}, which does not exist: correct it or unset it."
        )
    return folder


def folder_file(name: str) -> Path:
    """A file below ``RNN_DATA``, or :class:`SourceUnavailable` if the folder does not have it."""
    path = data_folder() / name
    if not path.is_file():
        raise SourceUnavailable(f"the folder of RNN_DATA has no {name}")
    return path


def folder_reviews(split: str) -> tuple[list[str], Integers]:
    """Texts and labels from the TFRecord files that TensorFlow Datasets prepared, in their order.

    Read with TensorFlow alone, so that it works where ``tensorflow_datasets`` does not import.
    """
    info = folder_file(f"{TFDS_FOLDER}/dataset_info.json")
    try:
        splits = {entry["name"]: entry for entry in json.loads(info.read_text(encoding="utf-8"))["splits"]}
        shard_lengths = [int(length) for length in splits[split]["shardLengths"]]
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{info} does not say how many reviews '{split}' has ({error!r}). {REMEDY}") from error
    texts: list[str] = []
    labels: list[Integers] = []
    for number, expected in enumerate(shard_lengths):
        name = f"imdb_reviews-{split}.tfrecord-{number:05d}-of-{len(shard_lengths):05d}"
        path = folder_file(f"{TFDS_FOLDER}/{name}")
        raw, shard_labels = _read_tfrecord(path)
        if len(raw) != expected:
            raise ValueError(f"{path} holds {len(raw):,} reviews, but {expected:,} were expected. {REMEDY}")
        texts += decode_reviews(raw, [f"review {index} of {path.name}" for index in range(len(raw))])
        labels.append(shard_labels)
    return texts, np.concatenate(labels)


def _read_tfrecord(path: Path) -> tuple[list[bytes], Integers]:
    import tensorflow as tf

    features = {"text": tf.io.FixedLenFeature([], tf.string), "label": tf.io.FixedLenFeature([], tf.int64)}
    texts: list[bytes] = []
    labels = [np.empty(0, np.int64)]
    try:
        for batch in tf.data.TFRecordDataset(str(path)).batch(1000):
            parsed = tf.io.parse_example(batch, features)
            texts += parsed["text"].numpy().tolist()
            labels.append(parsed["label"].numpy())
    except tf.errors.OpError as error:
        raise ValueError(f"{path} is cut or damaged ({type(error).__name__}). {REMEDY}") from error
    return texts, np.concatenate(labels)


def decode_reviews(raw: list[bytes], names: list[str]) -> list[str]:
    """Bytes to text. Bytes that are not UTF-8 become U+FFFD, with one warning that names the first review."""
    texts = [data.decode("utf-8", errors="replace") for data in raw]
    bad = [
        name
        for name, data, text in zip(names, raw, texts, strict=True)
        if "\ufffd" in text and text.encode("utf-8") != data
    ]
    if bad:
        more = f" and {len(bad) - 1} more are" if len(bad) > 1 else " is"
        warnings.warn(f"{bad[0]}{more} not UTF-8: what cannot be read became '\ufffd'.", UserWarning, stacklevel=2)
    return texts


def tfds_reviews(split: str, download: bool) -> tuple[list[str], Integers]:
    """Texts and labels from ``tensorflow_datasets`` and its own cache, in its own order.

    Parameters
    ----------
    split : {"train", "test"}
    download : bool
        Whether TFDS may fetch and prepare the data set. Without a network it tries for minutes.
    """
    try:
        import tensorflow_datasets as tfds
    except Exception as error:  # with a protobuf that does not match, importing it ends in a TypeError
        raise SourceUnavailable(f"tensorflow_datasets does not import ({type(error).__name__})") from error
    try:
        loaded = tfds.load("imdb_reviews", split=split, as_supervised=True, batch_size=-1, download=download)
        raw, labels = tfds.as_numpy(loaded)
    except Exception as error:  # TFDS has no exception of its own for "not here and not to be had"
        reason = f"tensorflow_datasets has no prepared imdb_reviews ({type(error).__name__})"
        raise SourceUnavailable(reason) from error
    names = [f"review {index} of TFDS's {split} split" for index in range(len(raw))]
    return decode_reviews(list(raw), names), np.asarray(labels, dtype=np.int64)


def read_npz(path: Path, remedy: str = REMEDY) -> Codes:
    """Keras's ``imdb.npz``. It holds pickled lists: only for a file that you or its hash vouch for."""
    try:
        with np.load(path, allow_pickle=True) as file:
            codes = Codes(*(file[name] for name in Codes._fields))
    except (zipfile.BadZipFile, zlib.error, ValueError, KeyError, EOFError, OSError, TypeError) as error:
        raise ValueError(f"{path} is cut or damaged, or not Keras's imdb.npz ({error}). {remedy}") from error
    if len(codes.x_train) != len(codes.y_train) or len(codes.x_test) != len(codes.y_test):
        raise ValueError(f"{path} has not one label for each review. {remedy}")
    return codes


def read_word_index(path: Path, remedy: str = REMEDY) -> dict[str, int]:
    """Keras's ``imdb_word_index.json``: the rank of each word, from 1."""
    try:
        word_index = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path} is cut or damaged ({error}). {remedy}") from error
    if not isinstance(word_index, dict) or not all(isinstance(rank, int) for rank in word_index.values()):
        raise ValueError(f"{path} is not a word index, which maps words to whole numbers. {remedy}")
    return word_index


def first_source(readers: Mapping[str, Callable[[], Any]], source: str, replaced: str = "IMDB") -> tuple[Any, str]:
    """What the first reader that has the data gives, and its name; or the one that ``source`` names.

    ``replaced`` is what sample data stand in for, as the notice says it.
    """
    if source != "auto":
        if source not in readers:
            raise ValueError(f"there is no source {source!r} here: choose 'auto', {', '.join(map(repr, readers))}.")
        return readers[source](), source
    reasons: list[str] = []
    for name, read in readers.items():
        if name == "sample":
            print(
                f"sample data: made-up reviews stand in for {replaced}, because {'; '.join(reasons)}. "
                "For the real ones go online and run again, or set RNN_DATA to a folder that has them."
            )
        try:
            return read(), name
        except SourceUnavailable as error:
            reasons.append(str(error))
    raise AssertionError("the sample is always there")
