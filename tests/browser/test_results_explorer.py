"""The results explorer in the page: its numbers are those of the records, and a reader's way through it."""

import re

import pytest

from helpers import figures
from helpers.results import mean_sd
from helpers.results.records import load_records

UPSETS = "async (experiments) => (await import('/results_explorer/model.mjs')).upsets(experiments)"
TICKS = "async ([low, high, count]) => (await import('/results_explorer/model.mjs')).ticks(low, high, count)"
CURVE = "async ([run, over]) => (await import('/results_explorer/model.mjs')).meanCurve({ runs: run }, 'loss', over)"


def percent(values):
    mean, sd = mean_sd([100 * value for value in values])
    return f"{mean:.1f} ± {sd:.1f} %"


def models(*tests):
    return [{"title": str(place), "runs": [{"test": one} for one in some]} for place, some in enumerate(tests)]


def test_pairs_of_runs_are_counted(javascript):
    found = javascript(UPSETS, models([0.8, 0.9], [0.7, 0.85]))
    assert (found["better"]["title"], found["worse"]["title"]) == ("0", "1")
    assert (found["pairs"], found["won"]) == (4, 1)
    assert found["ahead"] == pytest.approx(0.075)
    assert javascript(UPSETS, models([0.8, 0.9], [0.8, 0.9]))["won"] == 1  # equal runs: nobody wins
    assert javascript(UPSETS, models([0.8, 0.9], [0.7])) is None


def test_the_mean_goes_as_far_as_every_run(javascript):
    runs = [{"loss": [1, 0.5, 0.2], "seconds": [1, 1, 1]}, {"loss": [2, 0.7], "seconds": [3, 3]}]
    by_epoch, by_seconds = javascript(CURVE, [runs, "epoch"]), javascript(CURVE, [runs, "seconds"])
    assert [(one["x"], one["y"]) for one in by_epoch] == [(1, 1.5), (2, pytest.approx(0.6))]
    assert [one["sd"] for one in by_epoch] == [pytest.approx(0.70710678), pytest.approx(0.1414213562)]
    assert [one["x"] for one in by_seconds] == [2, 4]


@pytest.mark.parametrize(("low", "high"), [(0.668, 0.883), (1, 30), (0, 7321), (0.2, 0.2004)])
def test_ticks_are_round_and_lie_inside(javascript, low, high):
    found = javascript(TICKS, [low, high, 5])
    values = found["values"]
    assert 2 <= len(values) <= 7
    assert low - 1e-9 <= values[0] < values[-1] <= high + 1e-9
    assert all(float(f"{value:.{found['decimals']}f}") == pytest.approx(value) for value in values)


def test_it_shows_the_records(figure_page):
    ids = ["b1-simplernn", "b2-lstm"]
    if not all(len(load_records(name)) > 1 for name in ids):
        pytest.skip("its two experiments are not recorded")
    page = figure_page(figures.results_explorer(ids)).page
    rows = page.locator(".rnn-numbers tbody tr")
    epochs = min(len(run["history"]["loss"]) for name in ids for run in load_records(name))
    for row, name in enumerate(ids):
        reached = [run["history"]["val_accuracy"][epochs - 1] for run in load_records(name)]
        assert percent(reached) in rows.nth(row).inner_text()

    # the keys of the slider read off another epoch, and it is said
    page.get_by_label("Read off after epoch").focus()
    page.keyboard.press("Home")
    reached = percent([run["history"]["val_accuracy"][0] for run in load_records(ids[0])])
    assert reached in rows.first.inner_text()
    page.wait_for_function("text => document.querySelector('.rnn-live').textContent.includes(text)", arg=reached)
    assert reached in page.locator("svg[aria-label^=Curves]").get_attribute("aria-label")

    # so does the mouse
    box = page.locator("svg[aria-label^=Curves]").bounding_box()
    page.mouse.move(box["x"] + box["width"] - 20, box["y"] + 100)
    assert page.locator(".rnn-numbers caption").inner_text().startswith("After epoch 10:")

    # the accuracies on the test set wait for an answer
    tests = page.locator("svg[aria-label^='Accuracy on the test set']")
    assert not tests.is_visible()
    page.locator(".rnn-predict input").first.check()
    assert tests.is_visible()
    for name in ids:
        assert percent([run["test_accuracy"] for run in load_records(name)]) in tests.get_attribute("aria-label")
    low, high = ([run["test_accuracy"] for run in load_records(name)] for name in ids)
    won = sum(one > other for one in low for other in high)
    assert f" in {won} of the {len(low) * len(high)} pairs" in page.locator(".rnn-verdict").inner_text()


def test_experiments_are_chosen_and_found(figure_page):
    page = figure_page(figures.results_explorer(["b1-simplernn"])).page
    title = page.locator(".rnn-chooser > summary")
    boxes = page.locator(".rnn-group input[type=checkbox]")
    field = page.get_by_label("Only those with")
    assert title.inner_text() == "Choose experiments: 1 of at most 8"

    field.fill("STACKED b5")
    shown = [label for label in page.locator(".rnn-group label").all() if label.is_visible()]
    assert shown
    assert [text for text in (label.inner_text() for label in shown) if "b5-stacked" not in text] == []
    shown[0].locator("input").press("Space")
    assert page.locator(".rnn-numbers tbody tr").count() == 2
    field.fill("no such thing")
    assert "No experiment matches." in page.locator(".rnn-chooser").inner_text()
    field.fill("")

    page.locator(".rnn-group").evaluate_all("groups => groups.forEach(one => { one.open = true; })")
    for box in boxes.all():
        if box.is_enabled() and title.inner_text() != "Choose experiments: 8 of at most 8":
            box.check()
    rows = page.locator(".rnn-numbers tbody tr")
    looks = [re.sub(r"\s+", " ", row.locator("svg").inner_html()) for row in rows.all()]
    assert len(set(looks)) == len(looks)  # no two look the same
    assert [box.is_enabled() for box in boxes.all() if not box.is_checked()].count(True) == 0

    # what is left of the choice keeps its look
    rows_left = looks[:2] + looks[3:]
    page.locator(".rnn-group input:checked").first.uncheck()  # the third of the rows: the first box of the list
    assert [re.sub(r"\s+", " ", row.locator("svg").inner_html()) for row in rows.all()] == rows_left


def test_a_validation_on_the_test_set_is_marked(figure_page):
    if not load_records("d3-lstm"):
        pytest.skip("d3-lstm is not recorded")
    page = figure_page(figures.results_explorer(["d3-lstm", "b1-simplernn"])).page
    marked, unmarked = page.locator(".rnn-numbers tbody th").all_inner_texts()
    assert marked.rstrip().endswith("†")
    assert "†" not in unmarked
    assert "the validation reviews are the test set" in page.locator(".rnn-figure").inner_text()


def test_no_line_is_filled_and_the_axis_fits_a_phone(figure_page):
    ids = [f"early-{name}" for name in ("b1-simplernn", "b2-lstm", "b3-gru", "b4-bilstm", "b5-stacked-lstm")]
    ids += ["b1-simplernn", "b2-lstm", "b3-gru"]
    if not all(load_records(name) for name in ids):
        pytest.skip("its eight experiments are not recorded")
    page = figure_page(figures.results_explorer(ids, mean=True)).page
    page.set_viewport_size({"width": 360, "height": 800})
    lines = page.locator(".rnn-drawing .rnn-line")
    lines.first.wait_for(state="attached")
    assert set(lines.evaluate_all("all => all.map(one => getComputedStyle(one).fill)")) == {"none"}
    page.wait_for_function("document.querySelector('svg[aria-label^=Curves]').getBoundingClientRect().right <= 360")
    name, drawing = page.locator("svg[aria-label^=Curves] .rnn-axis-name"), page.locator("svg[aria-label^=Curves]")
    right = [box["x"] + box["width"] for box in (name.first.bounding_box(), drawing.bounding_box())]
    assert right[0] <= right[1]
