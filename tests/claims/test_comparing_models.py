"""Chapter 16: what the text says in words about the recorded runs."""

import numpy as np
from scipy import stats

from helpers.experiments import experiment
from helpers.results import compare, compare_all, frame
from tests.claims import claim

PAGE = "comparing_models"
MODELS = ("b1-simplernn", "b2-lstm", "b3-gru", "b4-bilstm", "b5-stacked-lstm")
EARLY = tuple(f"early-{name}" for name in MODELS)


def test_the_linear_model_is_ahead_of_all_and_the_means_lie_close():
    claim(
        PAGE,
        "The linear model is ahead of all 25 networks. The five means lie less than two points apart, and the "
        "SimpleRNN's is the lowest.",
    )
    runs = frame(*EARLY)
    means = runs.groupby("experiment").test.mean()
    assert len(runs) == 25
    linear = frame("baseline-nb-short", "baseline-tfidf-short", "baseline-words-short").set_index("experiment")
    assert linear.validation.idxmax() == "baseline-nb-short"
    assert runs.test.max() < linear.test["baseline-nb-short"]
    claim(PAGE, "would have let some of them pass")
    assert (runs.test > linear.test["baseline-words-short"]).any()
    assert means.max() - means.min() < 2
    assert means.idxmin() == "early-b1-simplernn"


def test_none_of_the_ten_pairs_stands():
    claim(PAGE, "**None of the ten stands.**")
    claim(PAGE, "the intervals are one to four points wide")
    found = compare_all((), family="early")
    assert len(found) == 10
    assert all(one.p > 0.05 for one in found)
    assert all(1 < one.high - one.low < 4 for one in found)


def test_the_lstm_is_ahead_of_the_simplernn_twice():
    claim(PAGE, "That it came out again under another rule of training counts for more than the one p.")
    assert compare("early-b2-lstm", "early-b1-simplernn").wins == 5
    again = {(one.first, one.second): one for one in compare_all((), family="sizes")}
    assert len(again) == 12
    one = again["curve-lstm-20000", "curve-rnn-20000"]
    assert one.low > 0
    assert one.p < 0.05


def test_welch_would_give_a_smaller_p():
    claim(PAGE, "would give a smaller one")
    runs = frame("early-b2-lstm", "early-b1-simplernn")
    groups = [one.test for _, one in runs.groupby("experiment")]
    assert stats.ttest_ind(*groups, equal_var=False).pvalue < compare("early-b2-lstm", "early-b1-simplernn").p


def test_a_second_direction_is_not_worth_a_point():
    claim(PAGE, "the interval is narrow enough to rule out a gain of one point")
    assert compare("early-b4-bilstm", "early-b2-lstm").high < 1


def test_gru_or_lstm_depends_on_the_number_of_reviews():
    claim(PAGE, "With few reviews the LSTM is ahead, with 20,000 the GRU")
    claim(PAGE, "would be about −1 and would describe none of them")
    found = {(one.first, one.second): one for one in compare_all((), family="sizes")}
    few, many = (found[f"curve-gru-{n}", f"curve-lstm-{n}"] for n in (500, 20_000))
    assert few.high < 0 < many.low
    assert max(few.p, many.p) < 0.05
    gaps = [compare(f"curve-gru-{n}", f"curve-lstm-{n}").gap for n in (500, 2_000, 8_000, 20_000)]
    assert -1.1 < np.mean(gaps) < -0.7
    assert all(abs(gap - np.mean(gaps)) > 0.7 for gap in gaps)
    ladder = compare("early-b3-gru", "early-b2-lstm")
    assert ladder.gap < 0
    assert ladder.low < 0 < ladder.high
    assert frame("curve-gru-20000").capped.all()


def test_the_means_lie_below_the_published_figures_for_all_five():
    claim(PAGE, "Our means with the textbook's epochs lie below its figures for all five models")
    for name in MODELS:
        assert frame(name).test.mean() < 100 * experiment(name).published.accuracy


def test_the_solutions_read_the_records_rightly():
    values = {}
    for n in (500, 20_000):
        gru, lstm = (frame(f"curve-{cell}-{n}").set_index("seed").test for cell in ("gru", "lstm"))
        values[n] = gru - lstm
    assert stats.ttest_1samp(values[20_000] - values[500], 0).confidence_interval(0.95).low > 1
    stack, lstm = (frame(name).set_index("seed").test for name in ("early-b5-stacked-lstm", "early-b2-lstm"))
    assert np.ceil(8 * (stack - lstm).var() / 0.25) == 72
    assert stack.sort_values().diff().iloc[1] > 2  # one of the five far below the others


def test_no_gain_by_stopping_stands_alone_though_all_are_gains():
    claim(PAGE, "the scatter is too large for any of the five to stand alone")
    found = compare_all((), family="stopping")
    assert all(one.gap > 0 for one in found)
    assert all(one.p > 0.05 for one in found)
    assert min(found, key=lambda one: one.gap).second == "b1-simplernn"
    assert max(found, key=lambda one: one.gap).second == "b5-stacked-lstm"


def test_one_stack_of_the_ladder_lies_far_below_the_others():
    claim(PAGE, "The two LSTMs of the ladder are such a case.")
    test = frame("early-b5-stacked-lstm").test.sort_values()
    assert test.iloc[1] - test.iloc[0] > 2
    assert test.iloc[-1] - test.iloc[1] < 1
