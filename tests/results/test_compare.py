"""The one inference: paired by seed, with an interval, corrected for how many; judged by SciPy and by hand."""

import numpy as np
import pytest
from scipy import stats

from helpers import plotting, results
from helpers.experiments import EXPERIMENTS
from helpers.results import PLANNED, compare, compare_all, curves, frame, holm, mean_sd, planned, points, spread

A, B = [84.0, 86.0, 85.0, 88.0, 83.0], [83.0, 84.5, 85.5, 86.0, 82.0]


def test_shared_seeds_are_compared_seed_by_seed(record):
    record("b2-lstm", A), record("b3-gru", B)
    found = compare("b2-lstm", "b3-gru")
    judged = stats.ttest_rel(A, B)
    assert found.paired
    assert found.n == 5
    assert found.gap == pytest.approx(np.mean(A) - np.mean(B))
    assert found.p == pytest.approx(judged.pvalue)
    assert (found.low, found.high) == pytest.approx(tuple(judged.confidence_interval(0.95)))
    assert found.smallest_p == 2 / 2**5
    assert str(found).startswith("+1.0 points (95 % interval ")
    back = compare("b3-gru", "b2-lstm")
    assert (back.gap, back.low, back.high) == pytest.approx((-found.gap, -found.high, -found.low))


def test_other_seeds_are_compared_as_two_samples(record):
    record("b2-lstm", A), record("b3-gru", B, first_seed=11)
    found = compare("b2-lstm", "b3-gru")
    assert not found.paired
    assert found.smallest_p == pytest.approx(2 / 252)  # ways to deal ten runs to two recipes
    assert found.p == pytest.approx(stats.ttest_ind(A, B, equal_var=False).pvalue)


def test_the_seeds_that_both_have_are_paired_and_the_others_left_out(record):
    record("b2-lstm", A), record("b3-gru", B[:3])
    found = compare("b2-lstm", "b3-gru")
    assert found.paired
    assert (found.n, found.wins) == (3, 2)
    assert found.gap == pytest.approx(np.mean(A[:3]) - np.mean(B[:3]))
    assert found.p == pytest.approx(stats.ttest_rel(A[:3], B[:3]).pvalue)


def test_a_linear_model_is_one_number_against_the_seeds(record):
    record("baseline-tfidf", [90.0], epochs=[0]), record("b2-lstm", A)
    found = compare("baseline-tfidf", "b2-lstm")
    judged = stats.ttest_1samp(90.0 - np.array(A), 0.0)
    assert (found.gap, found.p, found.n) == pytest.approx((90 - np.mean(A), judged.pvalue, 5))
    assert (found.low, found.high) == pytest.approx(tuple(judged.confidence_interval(0.95)))
    assert compare("b2-lstm", "baseline-tfidf").gap == pytest.approx(-found.gap)
    record("baseline-tfidf-short", [89.0], epochs=[0])
    both = compare("baseline-tfidf", "baseline-tfidf-short")
    assert both.gap == pytest.approx(1.0)
    assert np.isnan([both.low, both.high, both.p, both.smallest_p]).all()


def test_it_says_what_else_differs(record):
    for name in ("b2-lstm", "b3-gru", "early-b2-lstm", "d3-lstm", "d3-lstm-honest"):
        record(name, A)
    assert compare("b2-lstm", "b3-gru").unlike == ("5 epochs against 4 epochs",)
    assert compare("early-b2-lstm", "b2-lstm").unlike == ("15 epochs at most, stopped by validation against 5 epochs",)
    assert compare("d3-lstm", "d3-lstm-honest").unlike == ("decoded against honest",)


def test_a_family_is_corrected_as_a_whole_whatever_is_shown(record):
    for k, name in enumerate(("early-b1-simplernn", "early-b2-lstm", "early-b3-gru")):
        record(name, np.array(A) + k * np.array([1, 0, 1, 0, 1]))
    shown = compare_all([("early-b1-simplernn", "early-b3-gru")], family="early-cells")
    every = compare_all([], family="early-cells")
    assert [(one.first, one.second) for one in every] == list(planned("early-cells").pairs)
    assert shown[0].p == pytest.approx(every[1].p)
    assert shown[0].gap == pytest.approx(-every[1].gap)
    assert every[1].p > compare("early-b1-simplernn", "early-b3-gru").p
    with pytest.raises(ValueError, match="b2-lstm against b3-gru is no comparison of the family 'early-cells'"):
        compare_all([("b2-lstm", "b3-gru")], family="early-cells")
    with pytest.raises(ValueError, match=r"no family of comparisons 'early-'.*before you look at its results"):
        planned("early-")


@pytest.mark.parametrize("name", PLANNED)
def test_a_planned_family_names_experiments_and_each_pair_once(name):
    family = PLANNED[name]
    assert family.question.endswith("?")
    assert len({frozenset(pair) for pair in family.pairs}) == len(family.pairs)
    assert all(one.low < one.gap < one.high and 0 <= one.p <= 1 for one in compare_all([], family=name))


def test_the_error_of_the_test_set_stands_beside(record):
    record("b2-lstm", [80.0, 80.0]), record("b3-gru", [50.0, 50.0])
    found = compare("b2-lstm", "b3-gru")
    assert found.sampling_error == pytest.approx(100 * np.sqrt(0.8 * 0.2 / 400 + 0.5 * 0.5 / 400))
    assert (found.gap, found.low, found.high, found.p) == pytest.approx((30, 30, 30, 0))  # no spread over two seeds


def test_one_run_is_no_comparison(record):
    record("b2-lstm", A), record("b3-gru", [85.0])
    with pytest.raises(ValueError, match=r"b3-gru has 1 recorded seed\(s\); a comparison needs at least 2"):
        compare("b2-lstm", "b3-gru")


def test_several_comparisons_are_corrected_together(record):
    record("b2-lstm", A), record("b3-gru", B), record("b1-simplernn", [80.0, 81.0, 79.0, 82.0, 80.5])
    pairs = [("b2-lstm", "b3-gru"), ("b2-lstm", "b1-simplernn")]
    alone = [compare(*pair).p for pair in pairs]
    assert [one.p for one in compare_all(pairs)] == pytest.approx(holm(alone))
    assert all(corrected >= p for corrected, p in zip(holm(alone), alone, strict=True))


@pytest.mark.parametrize(
    ("raw", "corrected"),
    [
        ([0.01, 0.04, 0.03], [0.03, 0.06, 0.06]),  # worked by hand
        ([0.5], [0.5]),
        ([0.9, 0.8], [1.0, 1.0]),
        ([0.02, 0.02], [0.04, 0.04]),
    ],
)
def test_holm(raw, corrected):
    assert holm(raw) == pytest.approx(corrected)


def test_the_deviation_of_one_value_is_unknown():
    assert np.isnan(mean_sd([0.9])[1])
    assert spread([90.0]) == "90.0 %"
    assert spread([90.0, 92.0], "s") == "91.0 ± 1.4 s"
    assert (points(-0.04), points(1.25), points(-3)) == ("−0.0", "+1.2", "−3.0")


def test_the_frame_has_a_row_a_seed_and_says_which_run_hit_its_cap(record):
    record("early-b2-lstm", A[:2], epochs=[3, 15])
    found = frame("early-b2-lstm")
    assert found.seed.tolist() == [1, 2]
    assert found.test.tolist() == pytest.approx(A[:2])
    assert found.capped.tolist() == [False, True]
    assert found.family.tolist() == ["early", "early"]
    assert len(curves("early-b2-lstm")) == 18
    assert curves("early-b2-lstm").groupby("seed").seconds.last().tolist() == [6.0, 30.0]
    assert frame("b2-lstm").empty
    with pytest.raises(ValueError, match="there is no experiment 'b2'"):
        frame("b2")


def test_every_record_of_the_course_fits_the_frame():
    found = frame()
    assert set(found.experiment) == set(EXPERIMENTS)
    needed = found.drop(columns=["epochs", "chosen_epoch", "best_epoch", "train", "seconds_per_epoch", "load"])
    assert not needed.isna().any().any()
    assert found.test.between(45, 100).all()
    assert set(curves().experiment) == set(found.experiment[found.epochs.notna()])


def test_charts_draw_runs_of_unequal_length_and_up_to_ten_of_them(record):
    names = [f"early-{name}" for name in ("b1-simplernn", "b2-lstm", "b3-gru", "b4-bilstm", "b5-stacked-lstm")]
    names += ["cure-none"]
    for name in names:
        record(name, A[:2], epochs=[3, 5])
    picture = plotting.compare(*names)
    for name in names:
        assert f"{name} goes from 0.600 to 0.8" in picture.alt
        assert "in 3 epochs" in picture.alt  # as far as both seeds went
    record("b2-lstm", A + B[:1])
    assert "6 seeds" in plotting.seeds("b2-lstm").alt
    with pytest.raises(ValueError, match="a chart can show 10 lines, and 11 were asked for"):
        plotting.compare(*names[:1] * 11)
    with pytest.raises(ValueError, match="metric is 'acc'; choose 'accuracy', 'loss'"):
        plotting.compare("b2-lstm", metric="acc")


def test_a_single_run_is_described_without_a_deviation():
    alt = plotting.spread("baseline-tfidf-short", "b2-lstm").alt
    assert "baseline-tfidf-short 89.4 %;" in alt
    assert "b2-lstm 85.7 ± 1.6 %" in alt
    with pytest.raises(ValueError, match="baseline-tfidf is a linear model, which is not trained in epochs"):
        plotting.compare("baseline-tfidf", "b2-lstm")


def test_a_table_is_text_and_html():
    table = results.Table(["model", "test"], [["a < b", results.Cell("90.0 ± 1.0", 90.0)]], "A caption & more.")
    assert str(table).splitlines() == ["model  test", "a < b  90.0 ± 1.0", "A caption & more."]
    shown = table._repr_html_()
    assert '<th scope="row">a &lt; b</th><td class="rnn-number" data-key="90.0">90.0 ± 1.0</td>' in shown
    assert "<caption>A caption &amp; more.</caption>" in shown
    assert "rnn-sortable" not in shown
