"""A few words with their vectors, and files of them."""

import gzip
import zipfile

import numpy as np

WORDS = ["the", ",", "\u00a0", "…", "na\u00efve", "a\x85b", '"', "2014", "-0.5", "film"]
NUMBERS = np.random.default_rng(0).normal(size=(len(WORDS), 7)).round(5).astype("float32")


def as_text(words=WORDS, numbers=NUMBERS, *, header=False, end="\n") -> bytes:
    lines = [f"{word} {' '.join(map(str, row))}" for word, row in zip(words, numbers, strict=True)]
    return (f"{len(words)} {numbers.shape[1]}{end}" * header + "".join(line + end for line in lines)).encode()


def write(path, content: bytes):
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(content))
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("vec.txt", content)
    else:
        path.write_bytes(content)
    return path


def same(found, words=WORDS, numbers=NUMBERS):
    assert found.vocabulary == {word: row for row, word in enumerate(words)}
    assert found.matrix.dtype == np.float32
    np.testing.assert_array_equal(found.matrix, numbers)
