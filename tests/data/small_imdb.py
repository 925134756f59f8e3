"""The files of the IMDB reviews in small: what :mod:`helpers.data` downloads or finds in a folder."""

import hashlib
import io
import json
import tarfile

import numpy as np

from helpers.data import download

PER_LABEL = 3
LONG = "word " * 1_000_000
TRAIN_TEXTS = ["", "one", "n two", LONG, "p one <br /> two", "ends in \ufffd"]
TEST_TEXTS = [f"test {number}" for number in range(6)]
LABELS = [0, 0, 0, 1, 1, 1]


def make_archive(leave_out: str = "") -> bytes:
    """As aclImdb_v1.tar.gz, with three reviews per label, in no order, and other files among them."""
    members = {"aclImdb/README": b"read me", "aclImdb/train/unsup/0_0.txt": b"no label", "aclImdb/imdb.vocab": b"the"}
    for split, texts in (("train", TRAIN_TEXTS), ("test", TEST_TEXTS)):
        for number, text in enumerate(texts):
            content = b"ends in \xff" if text.endswith("\ufffd") else text.encode()
            members[f"aclImdb/{split}/{'neg' if number < 3 else 'pos'}/{number}_7.txt"] = content
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as tar:
        for name in reversed(members):
            if name != leave_out:
                member = tarfile.TarInfo(name)
                member.size = len(members[name])
                tar.addfile(member, io.BytesIO(members[name]))
    return written.getvalue()


def make_codes() -> bytes:
    """As imdb.npz, with a few short reviews of ranks."""
    rng = np.random.default_rng(0)
    arrays = {}
    for split, n in (("train", 8), ("test", 6)):
        rows = [rng.integers(1, 40, size=rng.integers(2, 9)).tolist() for _ in range(n)]
        arrays[f"x_{split}"] = np.fromiter(rows, dtype=object, count=n)
        arrays[f"y_{split}"] = np.arange(n) % 2
    written = io.BytesIO()
    np.savez(written, **arrays)
    return written.getvalue()


ARCHIVE = make_archive()
CODES = make_codes()
WORD_INDEX = json.dumps({f"word{rank}": rank for rank in range(1, 40)}).encode()
FILES = {download.ARCHIVE: ARCHIVE, "imdb.npz": CODES, "imdb_word_index.json": WORD_INDEX}


def sha256(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()


def same(one, other) -> bool:
    """Two results of load_imdb_sequences, compared number by number."""
    # tolist(), since of reviews that all have one length Keras makes a table in place of lists
    return all(ours.tolist() == theirs.tolist() for ours, theirs in zip(one[:4], other[:4], strict=True))
