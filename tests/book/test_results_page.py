"""The page of results says what the records say, and the prose quotes nothing else."""

import re
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from helpers.experiments import EXPERIMENTS, REPEATED
from helpers.results import frame, mean_sd, quote
from helpers.results.records import load_records
from tests.prose import PAGES

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))

import results_table as results  # noqa: E402


def table(name):
    soup = BeautifulSoup(results.TABLES[name]()._repr_html_(), "html.parser")
    titles = [th.get_text() for th in soup.find("thead").find_all("th")]
    return [
        dict(zip(titles, row.find_all(["th", "td"]), strict=True))
        for row in soup.find("tbody").find_all("tr", recursive=False)
    ]


def test_every_experiment_has_a_row_with_its_mean():
    rows = {row["id"].get_text(): row for row in table("experiments")}
    assert list(rows) == REPEATED
    for name, row in rows.items():
        runs = load_records(name)
        assert row["seeds"].get_text() == str(len(runs))
        if len(runs) > 1:
            mean, sd = mean_sd([100 * run["test_accuracy"] for run in runs])
            assert row["ours"].get_text() == f"{mean:.1f} ± {sd:.1f}"
            assert float(row["ours"]["data-key"]) == pytest.approx(mean)
        elif not runs:
            assert row["ours"].get_text() == "not trained yet"


def test_difference_is_taken_on_the_reviews_of_the_source():
    rows = {row["id"].get_text(): row for row in table("experiments")}
    for name, quantity in (("b1-simplernn", "test_accuracy"), ("c2-lstm", "validation_accuracy")):
        runs = load_records(name)
        if runs:
            expected = 100 * (mean_sd([run[quantity] for run in runs])[0] - EXPERIMENTS[name].published.accuracy)
            assert float(rows[name]["difference"]["data-key"]) == pytest.approx(expected)


# The honest twin of a run as published → the run whose printed figure it is held against.
TWIN_OF = {
    "a1-simplernn-honest": "a1-simplernn",
    "a2-gru-honest": "a2-bigru",
    "a3-lstm-honest": "a3-bilstm",
    "d3-gru-honest": "d3-gru",
    "d3-lstm-honest": "d3-lstm",
}


def test_every_honest_mean_far_below_its_published_figure_is_explained():
    page = (ROOT / "book" / "results.md").read_text(encoding="utf-8")
    explained = page[page.index("## Where ours lie lower") : page.index("## Every run")]
    far = []
    for name in REPEATED:
        one = EXPERIMENTS[name]
        published, runs = EXPERIMENTS[TWIN_OF.get(name, name)].published, load_records(name)
        if one.protocol != "honest" or not runs or not published or not published.accuracy:
            continue
        measured = "validation_accuracy" if published.on == "validation set" else "test_accuracy"
        if mean_sd([run[measured] for run in runs])[0] < published.accuracy - 0.02:
            far.append(name)
    assert [name for name in far if f"`{name} test_accuracy`" not in explained] == []


def test_every_recorded_run_has_a_row_with_its_versions():
    rows = table("runs")
    runs = frame()
    assert [(row["id"].get_text(), row["seed"].get_text()) for row in rows] == [
        (run.experiment, str(run.seed)) for run in runs.itertuples()
    ]
    assert {row["id"].get_text() for row in rows} == set(EXPERIMENTS)
    assert [row["protocol"].get_text() for row in rows] == runs.protocol.tolist()
    assert [row["ended"].get_text() == "last epoch" for row in rows] == runs.capped.tolist()
    for row in rows:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", row["date"].get_text())
        assert re.fullmatch(r"[\d.]+, [\d.]+, [\d.]+, [\d.]+", row["TensorFlow, Keras, NumPy, Python"].get_text())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_number_that_a_page_quotes_can_be_quoted(path):
    for asked in re.findall(r"\{recorded\}`([^`]+)`", path.read_text(encoding="utf-8")):
        assert quote(asked)
