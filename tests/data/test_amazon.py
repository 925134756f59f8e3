"""Product reviews: their sources, the split without copies, and every way in which a file can be broken."""

import csv
import gzip
import io
import tarfile

import numpy as np
import pytest

from helpers import data
from helpers.data import amazon, sample
from helpers.data.amazon import DOMAINS, DOMAINS_ARCHIVE
from helpers.data.sample import products
from tests.data.server import Server

WORDS = "kettle lid handle book plot page screen sound cable puzzle dice box good bad great poor it was and the".split()


def some_texts(n: int, seed: int = 0, words: int = 30) -> list[str]:
    random = np.random.default_rng(seed)
    return [" ".join(random.choice(WORDS, words)) for _ in range(n)]


# --- copies ---


def test_copies_are_found_whatever_their_case_punctuation_and_last_words():
    texts = some_texts(50, words=40)
    texts += [texts[3].upper() + "!", texts[7] + " one more word", texts[3].replace(" ", ", ", 3), texts[7][:-4]]
    first = data.copies(texts)
    assert first[:50].tolist() == list(range(50))
    assert first[50:].tolist() == [3, 7, 3, 7]


def test_other_texts_of_the_same_words_are_no_copies():
    text = some_texts(1, words=40)[0]
    backwards = " ".join(reversed(text.split()))
    assert data.copies([text, backwards, "", "", "short"]).tolist() == [0, 1, 2, 3, 4]
    assert data.copies([]).tolist() == []
    assert data.copies(["short", "Short."]).tolist() == [0, 0]


def test_copies_of_copies_are_one_group():
    text = some_texts(1, words=60)[0].split()
    chain = [" ".join(text[:60]), " ".join([*text[:57], "x", "y", "z"]), " ".join([*text[:54], *"uvwxyz"])]
    assert len(set(data.copies(chain).tolist())) == 1


# --- the sample ---


def test_the_sample_is_seeded_balanced_and_knows_its_domains():
    one, two = (data.load_products(source="sample") for _ in range(2))
    assert one.train.texts == two.train.texts
    assert one.train.source == one.test.source == "sample"
    assert 0.4 < one.train.labels.mean() < 0.6
    assert one.test.labels.mean() == 0.5
    assert not set(one.train.texts) & set(one.test.texts)
    assert set(one.train.labels[-50:].tolist()) == {0, 1}
    domains = data.load_product_domains(source="sample")
    assert list(domains) == sorted(products.DOMAINS)
    assert all(len(split.train.texts) > 300 and len(split.test.texts) > 80 for split in domains.values())
    with pytest.raises(ValueError, match="no domain 'cars'"):
        sample.product_reviews(3, seed=1, domain="cars")
    with pytest.raises(ValueError, match="at least one"):
        sample.product_reviews(0, seed=1)


# --- a folder ---


@pytest.fixture
def alone(alone, monkeypatch):
    """Nothing at the other end of the URLs of product reviews either."""
    monkeypatch.setattr(amazon, "POLARITY_URL", "http://127.0.0.1:9/polarity.tgz")
    monkeypatch.setattr(amazon, "DOMAINS_URL", f"http://127.0.0.1:9/{DOMAINS_ARCHIVE}")
    return alone


@pytest.fixture
def folder(alone, tmp_path, monkeypatch):
    monkeypatch.setenv("RNN_DATA", str(tmp_path / "data"))
    (tmp_path / "data/amazon").mkdir(parents=True)
    return tmp_path / "data"


def write(path, rows, header=("review_text", "label", "domain", "split")):
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def test_the_split_of_a_folder_has_no_copy_on_both_sides_and_does_not_hang_on_the_order(folder):
    texts = some_texts(80) + some_texts(1)  # the last is a copy of the first
    rows = [(text, index % 2) for index, text in enumerate(texts)]
    write(folder / amazon.POLARITY_FILE, rows, ("review_text", "label"))
    split = data.load_products()
    assert split.train.source == "folder"
    assert split.dropped == 1
    assert sorted(split.train.texts + split.test.texts) == sorted(texts[:80])
    assert split.test.labels.tolist().count(0) == split.test.labels.tolist().count(1) == 10
    labels = dict(rows[:80])
    assert all(labels[text] == label for side in split[:2] for text, label in zip(side.texts, side.labels, strict=True))
    write(folder / amazon.POLARITY_FILE, rows[79::-1], ("review_text", "label"))
    assert data.load_products().test.texts == split.test.texts


def test_a_copy_in_two_domains_stays_in_the_test_set_only(folder):
    texts = iter(some_texts(4 * len(DOMAINS)))
    rows = [
        (next(texts), label, domain, split) for domain in DOMAINS for split in ("train", "test") for label in (0, 1)
    ]
    copied = rows[2][0]  # a test review of apparel
    rows += [(copied + " !", 0, "video", "train"), (copied, 0, "apparel", "train"), ("", 1, "video", "train")]
    write(folder / amazon.DOMAINS_FILE, rows)
    domains = data.load_product_domains()
    assert list(domains) == list(DOMAINS)
    assert copied in domains["apparel"].test.texts
    assert not any(text.startswith(copied) for split in domains.values() for text in split.train.texts)
    assert domains["video"].dropped == domains["apparel"].dropped == 1


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("fine", "1"), ("what", "2")], "line 3 .*label is '2', but must be 0 or 1"),
        ([("fine",)], "label is None"),
        ([], "holds no review"),
    ],
)
def test_a_broken_row_is_named_with_its_line_and_the_remedy(folder, rows, sentence):
    write(folder / amazon.POLARITY_FILE, rows, ("review_text", "label"))
    with pytest.raises(ValueError, match=f"amazon_polarity_16k.*{sentence}.*unset RNN_DATA"):
        data.load_products()


@pytest.mark.parametrize("keep", [0, 30, -9])
def test_a_cut_file_is_named(folder, keep):
    path = folder / amazon.POLARITY_FILE
    write(path, [(text, "1") for text in some_texts(200)], ("review_text", "label"))
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(ValueError, match=r"amazon_polarity_16k\.csv\.gz.*unset RNN_DATA"):
        data.load_products()


def test_a_missing_column_or_domain_is_named(folder):
    write(folder / amazon.POLARITY_FILE, [("fine", "1")], ("text", "label"))
    with pytest.raises(ValueError, match="no column review_text"):
        data.load_products()
    write(folder / amazon.DOMAINS_FILE, [("fine", "1", "books", "train")])
    with pytest.raises(ValueError, match="no test review of apparel with label 0"):
        data.load_product_domains()


def test_unknown_source_and_no_network(alone, capsys):
    with pytest.raises(ValueError, match=r"'tfds' here: choose 'auto', 'folder', 'download', 'sample'"):
        data.load_products(source="tfds")
    assert data.load_products().train.source == "sample"
    assert (
        "made-up reviews stand in for the product reviews, because RNN_DATA names no folder" in capsys.readouterr().out
    )
    assert data.load_product_domains()["books"].train.source == "sample"
    with pytest.raises(data.SourceUnavailable, match="cannot be read"):
        data.load_products(source="download")


# --- downloads ---


@pytest.fixture
def server(alone, monkeypatch, socket_enabled):
    running = Server({})
    monkeypatch.setattr(amazon, "POLARITY_URL", running.url + "polarity.tgz")
    monkeypatch.setattr(amazon, "DOMAINS_URL", running.url + DOMAINS_ARCHIVE)
    monkeypatch.setattr(amazon, "POLARITY_ROWS", 40)
    yield running
    running.http.shutdown()
    running.http.server_close()


def archive(members: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return written.getvalue()


def polarity(rows: int, broken: bool = False) -> bytes:
    lines = io.StringIO()
    writer = csv.writer(lines, quoting=csv.QUOTE_ALL)
    for index, text in enumerate(some_texts(rows)):
        writer.writerow((1 + index % 2, 'He said "hm"', text + r"\nsecond line"))
    if broken:
        writer.writerow(("3", "no"))
    name = "amazon_review_polarity_csv/"
    return archive(
        {name + "readme.txt": b"x", name + "._train.csv": b"\0", name + "train.csv": lines.getvalue().encode()}
    )


def test_the_first_reviews_of_the_polarity_archive_are_downloaded_once(server, alone):
    server.files["polarity.tgz"] = polarity(50)
    split = data.load_products()
    assert split.train.source == "download"
    texts = split.train.texts + split.test.texts
    assert len(texts) == 40
    assert all(text.startswith('He said "hm": ') and text.endswith(" second line") for text in texts)
    labels = [*split.train.labels, *split.test.labels]
    assert dict(zip(texts, labels, strict=True))[f'He said "hm": {some_texts(2)[1]} second line'] == 1
    assert data.load_products().test.texts == split.test.texts
    assert server.asked == ["polarity.tgz"]
    (kept,) = alone.iterdir()
    kept.write_bytes(kept.read_bytes()[:60])
    with pytest.raises(ValueError, match=r"amazon-polarity-first-40\.csv\.gz is cut.*Delete"):
        data.load_products()


@pytest.mark.parametrize(("rows", "broken", "sentence"), [(20, False, "ends after 20"), (20, True, "row 21 is not")])
def test_an_archive_of_something_else_is_refused_and_leaves_nothing(server, alone, rows, broken, sentence):
    server.files["polarity.tgz"] = polarity(rows, broken)
    with pytest.raises(ValueError, match=sentence):
        data.load_products()
    assert list(alone.iterdir()) == []


def test_a_download_that_breaks_off_leaves_nothing(server, alone, capsys):
    server.files["polarity.tgz"] = polarity(50)
    server.cut.add("polarity.tgz")
    assert data.load_products().train.source == "sample"
    assert "cannot be read" in capsys.readouterr().out
    assert list(alone.iterdir()) == []


def tasks(leave_out: str = "") -> bytes:
    texts = iter(some_texts(4 * len(DOMAINS)))
    members = {}
    for domain in DOMAINS:
        for split in ("train", "test"):
            lines = f"0\t{next(texts)}\nno label\n1\t{next(texts)} caf\xe9\n"
            members[f"mtl-dataset/{domain}.task.{split}"] = lines.encode("latin-1")
    members.pop(f"mtl-dataset/{leave_out}", None)
    return archive({**members, "mtl-dataset/imdb.task.train": b"0\tfilm"})


def test_the_archive_of_domains(server):
    server.files[DOMAINS_ARCHIVE] = tasks()
    domains = data.load_product_domains()
    assert domains["music"].train.source == "download"
    assert all(len(split.train.texts) == len(split.test.texts) == 2 for split in domains.values())
    assert any(text.endswith("café") for text in domains["music"].test.texts)


def test_an_archive_without_a_domain_or_cut_is_named_with_the_remedy(server, alone):
    server.files[DOMAINS_ARCHIVE] = tasks(leave_out="dvd.task.test")
    with pytest.raises(ValueError, match=r"no test review of dvd.*Delete .*fudan-mtl-dataset"):
        data.load_product_domains()
    (alone / DOMAINS_ARCHIVE).write_bytes(tasks()[:200])
    with pytest.raises(ValueError, match=r"fudan-mtl-dataset\.tar\.gz is cut or damaged.*Delete"):
        data.load_product_domains()


# --- the real files ---


@pytest.mark.real_data
def test_the_real_reviews_are_split_as_documented(rnn_data):
    split = data.load_products(source="folder")
    assert (len(split.train.texts), len(split.test.texts), split.dropped) == (12_420, 4_000, 39)
    assert split.test.labels.sum() == 2_000
    assert abs(split.train.labels.mean() - 0.5) < 0.005


@pytest.mark.real_data
def test_no_real_review_of_a_domain_stands_on_both_sides(rnn_data):
    domains = data.load_product_domains(source="folder")
    assert list(domains) == list(DOMAINS)
    texts = [text for split in domains.values() for side in split[:2] for text in side.texts]
    assert data.copies(texts).tolist() == list(range(len(texts)))
    assert all(len(split.test.texts) > 350 for split in domains.values())
