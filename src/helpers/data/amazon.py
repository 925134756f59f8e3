"""Product reviews: a balanced set for one classifier, and a set sorted into product domains for transfer.

Neither comes clean. Both hold copies of reviews (one product sold under several numbers), and where a copy stands in
both training and test set, the test asks what was learned by heart. :func:`load_products` and
:func:`load_product_domains` keep one of each group of copies.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import re
import tarfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np

from helpers import fingerprints
from helpers.arrays import Integers
from helpers.data import download, sample
from helpers.data.duplicates import copies
from helpers.data.sources import REMEDY, first_source, folder_file
from helpers.data.types import Reviews, Row, SourceUnavailable, Split
from helpers.files import atomically

POLARITY_FILE = "amazon/amazon_polarity_16k.csv.gz"
DOMAINS_FILE = "amazon/fdu_mtl_amazon14.csv.gz"
POLARITY_URL = "https://s3.amazonaws.com/fast-ai-nlp/amazon_review_polarity_csv.tgz"
DOMAINS_ARCHIVE = "fudan-mtl-dataset.tar.gz"
DOMAINS_URL = f"https://github.com/FrankWork/fudan_mtl_reviews/raw/master/data/{DOMAINS_ARCHIVE}"
POLARITY_ROWS = 16_500  # so many of the archive's reviews are downloaded
TEST_PER_LABEL = 2_000

DOMAINS = (
    "apparel", "baby", "books", "camera_photo", "dvd", "electronics", "health_personal_care", "kitchen_housewares",
    "magazines", "music", "software", "sports_outdoors", "toys_games", "video",
)  # fmt: skip

_MEMBER = re.compile(rf"(?:.*/)?(?P<domain>{'|'.join(DOMAINS)})\.task\.(?P<split>train|test)")


def load_products(*, source: str = "auto") -> Split:
    """Amazon product reviews, title and text, half of them positive (4 or 5 stars) and half negative (1 or 2).

    The reviews are a small part of the Amazon polarity set of Zhang, Zhao and LeCun (2015). They have no split of their
    own, so one is made here that depends on nothing but the texts: of each group of copies
    (:func:`helpers.data.duplicates.copies`) the first is kept; each label's reviews are sorted by the SHA-256 hash of
    their text; the first 2,000 of each label are the test set, the others the training set, in the order of the
    hashes read backwards, so that the labels are mixed and ``validation_split`` may take the last rows. Reviews of one
    *product* may stand on both sides: the set does not say which review is of which product.

    Parameters
    ----------
    source : {"auto", "folder", "download", "sample"}
        "auto" takes the first that has the reviews. "folder": ``amazon/amazon_polarity_16k.csv.gz`` (16,459 reviews)
        below the folder that ``RNN_DATA`` names. "download": the first 16,500 reviews of the copy of the whole set that
        fast.ai keeps; the archive has 688 MB, of which the first few are read, so there is no hash to compare and the
        rows are checked one by one instead. They are *other* reviews of the same set than the folder's. "sample":
        2,000 made-up reviews, after a line that says so.

    Returns
    -------
    Split
        ``train`` and ``test`` (:class:`~helpers.data.sources.Reviews`), and how many copies were dropped.

    Raises
    ------
    ValueError
        If the source is unknown or a file is damaged; the message names the file and the remedy.
    SourceUnavailable
        If the one source you named does not have the reviews.
    FileNotFoundError
        If ``RNN_DATA`` names a folder that does not exist.
    """
    (texts, labels), found = first_source(
        {
            "folder": lambda: _read_polarity(folder_file(POLARITY_FILE), REMEDY),
            "download": _downloaded_polarity,
            "sample": lambda: sample.product_reviews(2_000, seed=1)[:2],
        },
        source,
        "the product reviews",
    )
    fingerprints.note("product reviews", found, fingerprints.of_reviews(texts, labels))
    return _split_by_hash(texts, labels, found)


def load_product_domains(*, source: str = "auto") -> dict[str, Split]:
    """Amazon reviews of 14 product domains, some 2,000 each: the product part of FDU-MTL (Liu, Qiu and Huang 2017).

    The texts are as that set has them: lower-cased and cut into words ("do n't"), most without their last character;
    one in a hundred has more than 700 words. The set has its own split, which is kept but for the copies: as published,
    two of five test reviews of magazines, one of four of videos and one of ten of all stand in a training set too. Of
    each group of copies one is kept, a test review if there is one; a domain's split is therefore smaller than
    published, and no review stands on both sides, of one domain or of two.

    Parameters
    ----------
    source : {"auto", "folder", "download", "sample"}
        "folder": ``amazon/fdu_mtl_amazon14.csv.gz`` below the folder of ``RNN_DATA``. "download": the archive in the
        repository of Frank Work's program, whose hash nobody publishes; every domain must be there and readable.
        "sample": made-up reviews of four domains.

    Returns
    -------
    dict from domain to Split
        In alphabetical order.

    Raises
    ------
    ValueError, SourceUnavailable, FileNotFoundError
        As in :func:`load_products`.
    """
    rows, found = first_source(
        {
            "folder": lambda: _read_domains(folder_file(DOMAINS_FILE)),
            "download": _downloaded_domains,
            "sample": lambda: list(sample.domain_rows()),
        },
        source,
        "the reviews by product domain",
    )
    belongs = [f"{row.domain} {row.split} {row.text}" for row in rows]
    fingerprints.note("product domains", found, fingerprints.of_reviews(belongs, [row.label for row in rows]))
    rows.sort(key=lambda row: row.split == "train")  # stable; test rows first, so that a group's first is one of them
    first = copies([row.text for row in rows])
    kept = [row for place, row in enumerate(rows) if first[place] == place]
    domains = {}
    for domain in sorted({row.domain for row in rows}):
        train, test = (
            _reviews((row for row in kept if (row.domain, row.split) == (domain, split)), _hash_of, found)
            for split in ("train", "test")
        )
        n = sum(row.domain == domain for row in rows)
        domains[domain] = Split(train, test, dropped=n - len(train.texts) - len(test.texts))
    return domains


def _split_by_hash(texts: list[str], labels: Integers, found: str) -> Split:
    first = copies(texts)
    kept = sorted(
        (Row(text, int(label)) for place, (text, label) in enumerate(zip(texts, labels, strict=True))
         if first[place] == place),
        key=_hash_of,
    )  # fmt: skip
    by_label = [[row for row in kept if row.label == label] for label in (0, 1)]
    n_test = min(TEST_PER_LABEL, min(map(len, by_label)) // 4)  # a quarter of a small set
    held_out = {id(row) for rows in by_label for row in rows[:n_test]}
    train, test = (
        # backwards, or one label would be in front: the two labels' test reviews end at two hashes
        _reviews((row for row in kept if (id(row) in held_out) == is_test), lambda row: _hash_of(row)[::-1], found)
        for is_test in (False, True)
    )
    return Split(train, test, dropped=len(texts) - len(kept))


def _reviews(rows: Iterable[Row], order: Callable[[Row], bytes], found: str) -> Reviews:
    chosen = sorted(rows, key=order)
    return Reviews([row.text for row in chosen], np.array([row.label for row in chosen], dtype=np.int64), found)


def _hash_of(row: Row) -> bytes:
    return hashlib.sha256(row.text.encode("utf-8", "surrogatepass")).digest()


# --- files ---


def _read_polarity(path: Path, remedy: str) -> tuple[list[str], Integers]:
    rows = list(_read_csv(path, ("review_text", "label"), remedy))
    return [row.text for row in rows], np.array([row.label for row in rows], dtype=np.int64)


def _read_domains(path: Path) -> list[Row]:
    rows = [row for row in _read_csv(path, ("review_text", "label", "domain", "split"), REMEDY) if row.text.strip()]
    _expect_every_domain(rows, path, REMEDY)
    return rows


def _read_csv(path: Path, columns: tuple[str, ...], remedy: str) -> Iterator[Row]:
    """The rows of a compressed CSV file with these columns; ValueError naming file, line and remedy if it is broken."""
    csv.field_size_limit(2**24)
    line = 1
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if missing := set(columns) - set(reader.fieldnames or ()):
                raise ValueError(f"it has no column {' and '.join(sorted(missing))}")
            for entry in reader:
                line = reader.line_num
                text, label, *place = (entry[column] for column in columns)
                if text is None or label not in ("0", "1"):
                    raise ValueError(f"the label is {label!r}, but must be 0 or 1")
                yield Row(text, int(label), *place)
    except (OSError, EOFError, zlib.error, csv.Error, ValueError) as error:
        raise ValueError(f"{path} is cut or damaged, about line {line} ({error}). {remedy}") from error
    if line == 1:
        raise ValueError(f"{path} holds no review. {remedy}")


def _expect_every_domain(rows: list[Row], path: Path, remedy: str) -> None:
    found = {(row.domain, row.split, row.label) for row in rows}
    wanted = {(domain, split, label) for domain in DOMAINS for split in ("train", "test") for label in (0, 1)}
    if missing := sorted(wanted - found):
        domain, split, label = missing[0]
        raise ValueError(f"{path} has no {split} review of {domain} with label {label}. {remedy}")


# --- downloads ---


def _downloaded_polarity() -> tuple[list[str], Integers]:
    """The start of the archive, written once to one small file in the folder for downloads."""
    path = download.cache_folder() / f"amazon-polarity-first-{POLARITY_ROWS}.csv.gz"
    if not path.exists():
        rows = _first_polarity_rows(POLARITY_URL, POLARITY_ROWS)
        with atomically(path) as part, gzip.open(part, "wt", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("review_text", "label"))
            writer.writerows((row.text, row.label) for row in rows)
    return _read_polarity(path, f"Delete {path} and run again to download it afresh.")


def _first_polarity_rows(url: str, n: int) -> list[Row]:
    """The first ``n`` reviews of the first CSV file of a ``.tgz`` archive, of which no more is transferred than that.

    A row is: class 1 (negative) or 2 (positive), title, text.
    """
    import requests

    rows: list[Row] = []
    try:
        with requests.get(url, stream=True, timeout=download.TIMEOUT) as response:
            response.raise_for_status()
            with tarfile.open(fileobj=response.raw, mode="r|gz") as tar:
                for member in tar:
                    name = member.name.rpartition("/")[2]
                    if not name.endswith(".csv") or name.startswith("._"):  # macOS leaves "._train.csv" beside the file
                        continue
                    lines = tar.extractfile(member) or ()
                    for entry in csv.reader(line.decode("utf-8") for line in lines):
                        if len(entry) != 3 or entry[0] not in ("1", "2"):
                            raise ValueError(f"row {len(rows) + 1} is not a class, a title and a text: {entry[:2]}")
                        rows.append(Row(f"{entry[1]}: {entry[2]}".replace("\\n", " "), int(entry[0] == "2")))
                        if len(rows) == n:
                            return rows
        raise ValueError(f"it ends after {len(rows):,} reviews")
    except ValueError as error:
        raise ValueError(
            f"{url} is not the Amazon polarity set ({error}). Check your connection and run again, or set RNN_DATA to "
            "a folder that has the reviews."
        ) from error
    except (requests.RequestException, tarfile.TarError, OSError, EOFError, zlib.error, RuntimeError) as error:
        raise SourceUnavailable(f"{url} cannot be read ({type(error).__name__})") from error
    except Exception as error:  # urllib3, below requests, says in its own way that the connection broke
        if type(error).__module__.startswith("urllib3"):
            raise SourceUnavailable(f"{url} cannot be read ({type(error).__name__})") from error
        raise


def _downloaded_domains() -> list[Row]:
    folder = download.cache_folder()
    path = download.fetch(DOMAINS_ARCHIVE, folder, {DOMAINS_ARCHIVE: (DOMAINS_URL, None)})
    remedy = f"Delete {path} and run again to download it afresh."
    rows: list[Row] = []
    try:
        with tarfile.open(path, "r:gz") as tar:
            for member in tar:
                match = _MEMBER.fullmatch(member.name)
                if match and (file := tar.extractfile(member)):
                    rows += _task_rows(file.read().decode("latin-1"), match["domain"], match["split"])
    except (tarfile.TarError, EOFError, zlib.error, OSError) as error:
        raise ValueError(f"{path} is cut or damaged ({error}). {remedy}") from error
    _expect_every_domain(rows, path, remedy)
    return rows


def _task_rows(content: str, domain: str, split: str) -> Iterator[Row]:
    """Lines of "label, tab, text"; the few that are not are left out, as that set's own programs do."""
    for line in content.split("\n"):
        label, tab, text = line.partition("\t")
        if tab and label.strip() in ("0", "1") and text.strip():
            yield Row(text.strip(), int(label), domain, split)
