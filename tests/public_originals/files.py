"""Makes the public originals, in their real formats, out of the files below ``RNN_DATA``."""

from __future__ import annotations

import csv
import gzip
import io
import re
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.sax.saxutils import quoteattr

from helpers.data import amazon, download, sources
from helpers.vectors import glove

POLARITY = "amazon_review_polarity_csv.tgz"
NLTK = {"punkt_tab": "tokenizers", "stopwords": "corpora"}  # package → its folder in NLTK's data


def make_all(folder: Path) -> None:
    """Write every original that does not stand in ``folder`` yet."""
    for name, write in WRITERS.items():
        path = folder / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f"{path.name}.part")
            write(part)
            part.replace(path)


def _archive(path: Path) -> None:
    """aclImdb_v1.tar.gz: a file a review, such as ``aclImdb/train/neg/0_3.txt``, label by label."""
    with tarfile.open(path, "w:gz", compresslevel=1) as tar:
        for split in ("test", "train"):
            texts, labels = sources.folder_reviews(split)
            for label, name, stars in ((0, "neg", 3), (1, "pos", 8)):
                chosen = [text for text, one in zip(texts, labels, strict=True) if one == label]
                for number, text in enumerate(chosen):
                    _add(tar, f"aclImdb/{split}/{name}/{number}_{stars}.txt", text.encode())
            _add(tar, f"aclImdb/{split}/labeledBow.feat", b"0 9:1\n")
        _add(tar, "aclImdb/train/unsup/0_0.txt", b"A review without a label.")


def _copy(name: str) -> bytes:
    return sources.folder_file(f"keras/{name}").read_bytes()


def _glove(path: Path) -> None:
    """glove.6B.100d.zip with its one member: line by line a word and its numbers."""
    place = glove._folder_file()
    content = place.read_bytes()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("vec.txt", gzip.decompress(content) if place.suffix == ".gz" else content)


def _other_reviews() -> Iterator[tuple[int, str, str]]:
    """Class, title and text of product reviews that the recorded runs have not seen: those sorted by domain."""
    for row in amazon._read_domains(sources.folder_file(amazon.DOMAINS_FILE)):
        words = row.text.split()
        yield 1 + row.label, " ".join(words[:4]), " ".join(words[4:]).replace("\n", "\\n")


def _polarity(path: Path) -> None:
    """amazon_review_polarity_csv.tgz, and in train.csv somewhat more rows than are read, the domains mixed."""
    rows = sorted(_other_reviews(), key=lambda row: row[2][::-1])[: amazon.POLARITY_ROWS + 500]
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows(rows)
    with tarfile.open(path, "w:gz", compresslevel=1) as tar:
        _add(tar, "amazon_review_polarity_csv/readme.txt", b"Amazon Review Polarity Dataset")
        _add(tar, "amazon_review_polarity_csv/._train.csv", b"\0 what macOS leaves beside a file")
        _add(tar, "amazon_review_polarity_csv/train.csv", written.getvalue().encode())


def _domains(path: Path) -> None:
    """fudan-mtl-dataset.tar.gz: ``books.task.train`` with lines of label, tab, text."""
    lines: dict[str, list[str]] = {}
    for row in amazon._read_domains(sources.folder_file(amazon.DOMAINS_FILE)):
        text = re.sub(r"\s+", " ", row.text)
        lines.setdefault(f"{row.domain}.task.{row.split}", []).append(f"{row.label}\t{text}\n")
    with tarfile.open(path, "w:gz", compresslevel=1) as tar:
        for name, content in lines.items():
            _add(tar, f"mtl-dataset/{name}", "".join(content).encode("latin-1", "replace"))


def _nltk_package(name: str, path: Path) -> None:
    """A package of NLTK's data, zipped with its folder, as NLTK's server has it."""
    place = sources.data_folder() / "nltk" / "nltk_data" / NLTK[name]
    zipped = place / f"{name}.zip"
    if zipped.exists():
        path.write_bytes(zipped.read_bytes())
        return
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted((place / name).rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(place))


def nltk_index(folder: Path, url: str) -> bytes:
    """NLTK's index.xml for the packages that were made."""
    import hashlib

    packages = []
    for name, kind in NLTK.items():
        content = (folder / f"{name}.zip").read_bytes()
        told = {
            "id": name, "name": name, "subdir": kind, "unzip": "1", "url": f"{url}{name}.zip",
            "size": str(len(content)), "unzipped_size": str(len(content)),
            "checksum": hashlib.md5(content).hexdigest(), "sha256_checksum": hashlib.sha256(content).hexdigest(),
        }  # fmt: skip
        packages.append("<package " + " ".join(f"{key}={quoteattr(value)}" for key, value in told.items()) + "/>")
    return f"<nltk_data><packages>{''.join(packages)}</packages><collections/></nltk_data>".encode()


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    tar.addfile(member, io.BytesIO(content))


def names() -> Iterable[str]:
    return WRITERS


WRITERS = {
    download.ARCHIVE: _archive,
    "imdb.npz": lambda path: path.write_bytes(_copy("imdb.npz")),
    "imdb_word_index.json": lambda path: path.write_bytes(_copy("imdb_word_index.json")),
    "glove.6B.100d.zip": _glove,
    POLARITY: _polarity,
    amazon.DOMAINS_ARCHIVE: _domains,
    **{f"{name}.zip": (lambda path, name=name: _nltk_package(name, path)) for name in NLTK},
}
