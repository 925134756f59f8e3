"""The grammar of the ``{recorded}`` role: every kind of expression, on records whose numbers are plain; the errors."""

import json

import numpy as np
import pytest
from scipy import stats

from helpers.results import benchmarks, formats, quote, quoted_experiments, quoted_files

LSTM, GRU, RNN = [84.0, 86.0, 85.0, 88.0, 87.0], [83.0, 84.5, 85.5, 86.0, 86.0], [80.0, 82.0]


@pytest.fixture
def some(record):
    record("b2-lstm", LSTM, validation=[[80, 84, 83]] * 4 + [[82, 85, 86]], seconds=3.0)
    record("b3-gru", GRU, validation=[[81, 82]] * 5, seconds=2.0)
    record("b1-simplernn", RNN)
    record("early-b2-lstm", [88.0, 89.0], epochs=[9, 15], seconds=60.0)
    record("early-b3-gru", [87.0, 86.0], epochs=[4, 6], seconds=60.0)
    record("baseline-tfidf", [86.5], epochs=[0])


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("b2-lstm test_accuracy", "86.0 ± 1.6 %"),
        ("b2-lstm test_accuracy mean", "86.0 %"),
        ("b2-lstm test_accuracy median", "86.0 %"),
        ("b2-lstm test_accuracy sd", "1.6"),
        ("b2-lstm test_accuracy min", "84.0 %"),
        ("b2-lstm test_accuracy range", "4.0"),
        ("b2-lstm test_accuracy span", "84.0 to 88.0 %"),
        ("b2-lstm test_accuracy list", "84.0, 86.0, 85.0, 88.0, 87.0 %"),
        ("b2-lstm test_accuracy seed 4", "88.0 %"),
        ("b2-lstm test_accuracy error", "1.7"),  # √(.86 · .14 / 400)
        ("b2-lstm test_accuracy above 86", "2 of 5"),
        ("b2-lstm test_accuracy reaching 86", "3 of 5"),
        ("b2-lstm test_accuracy below b3-gru", "1 of 5"),  # whose mean is 85.0: 85 is not below
        ("b2-lstm test_accuracy above baseline-tfidf", "2 of 5"),
        ("b2-lstm,b3-gru test_accuracy above published", "1 of 10"),  # 87.03 and 87.16
        ("b2-lstm validation_accuracy mean", "83.6 %"),
        ("b2-lstm validation_accuracy@1 mean", "80.4 %"),
        ("b2-lstm best_validation_accuracy@2 max", "85.0 %"),
        ("b2-lstm best_validation_accuracy min", "84.0 %"),
        ("b2-lstm best_epoch list", "2, 2, 2, 2, 3"),
        ("b2-lstm epochs", "3"),
        ("early-b2-lstm epochs", "12 ± 4.2"),
        ("early-b2-lstm epochs mean", "12"),
        ("early-b2-lstm chosen_epoch span", "9 to 15"),
        ("early-b2-lstm capped", "1 of 2"),
        ("early-b2*,early-b3*,b2-lstm capped", "1 of 4"),  # the last has a fixed number of epochs
        ("early-b2*,early-b3* seeds", "4"),
        ("early-b2*,early-b3* experiments", "2"),
        ("early-b2*,early-b3* minutes sum", "34.0 minutes"),
        ("early-b2*,early-b3* hours sum", "0.6 hours"),
        ("early-b2-lstm seconds max", "900 s"),
        ("b2-lstm seconds_per_epoch mean", "3.0 s"),
        ("b2-lstm parameters", "10,000"),
        ("b2-lstm,b3-gru parameters", "10,000"),
        ("b2-lstm,b3-gru test_accuracy max", "86.0 %"),  # of the means
        ("b2-lstm,b3-gru test_accuracy range", "1.0"),
        ("b2-lstm,b3-gru test_accuracy span sd", "1.3 to 1.6"),
        ("b2-lstm,b3-gru test_accuracy list", "86.0, 85.0 %"),
        ("b2-lstm published", "87.0 %"),
        ("b2-lstm published_parameters", "264,353"),
        ("b2-lstm minus b3-gru test_accuracy", "1.0"),
        ("b3-gru minus b2-lstm test_accuracy", "−1.0"),
        ("b2-lstm minus b3-gru test_accuracy gap", "+1.0"),
        ("b3-gru minus b2-lstm test_accuracy size", "1.0"),
        ("b2-lstm minus b3-gru test_accuracy wins", "4 of 5"),
        ("b2-lstm minus b3-gru test_accuracy seeds", "5"),
        ("b2-lstm minus b3-gru test_accuracy list", "+1.0, +1.5, −0.5, +2.0, +1.0"),
        ("b2-lstm minus b3-gru test_accuracy smallest_p", "0.063"),
        ("b2-lstm minus b3-gru test_accuracy error", "2.5"),
        ("b2-lstm minus b3-gru validation_accuracy@2 gap", "+2.2"),
        ("b2-lstm minus b1-simplernn test_accuracy seeds", "2"),  # those that both have
        ("b2-lstm minus b1-simplernn test_accuracy", "4.0"),
        ("baseline-tfidf minus b3-gru test_accuracy gap", "+1.5"),
        ("b2-lstm best_validation_accuracy minus validation_accuracy", "0.8"),
        ("b2-lstm validation_accuracy@3 minus validation_accuracy@1 gap", "+3.2"),
        ("b2-lstm validation_accuracy@3 minus b3-gru validation_accuracy@2 gap", "+1.6"),
        ("b2-lstm test_accuracy minus published", "−1.0"),
        ("b2-lstm test_accuracy minus published wins", "1 of 5"),
        ("b2-lstm published minus b3-gru published gap", "−0.1"),
        ("b2-lstm over b3-gru seconds_per_epoch", "1.5"),
        ("b2-lstm   minus\nb3-gru test_accuracy", "1.0"),  # as a paragraph may break it
    ],
)
def test_quote(some, expression, text):
    assert quote(expression) == text


def test_intervals_and_p_are_those_of_scipy(some):
    judged = stats.ttest_rel(LSTM, GRU)
    low, high = judged.confidence_interval(0.95)
    assert quote("b2-lstm minus b3-gru test_accuracy interval") == formats.interval(low, high)
    assert quote("b2-lstm minus b3-gru test_accuracy p") == formats.p_value(judged.pvalue)
    low, high = stats.ttest_1samp(LSTM, 0.0).confidence_interval(0.95)
    assert quote("b2-lstm test_accuracy interval") == f"{low:.1f} to {high:.1f} %"
    apart = np.subtract.outer(LSTM, GRU)
    chance = (apart > 0).mean() + (apart == 0).mean() / 2
    assert quote("b2-lstm minus b3-gru test_accuracy chance") == f"{100 * chance:.0f} %"


def test_a_benchmark_can_be_quoted(tmp_path, monkeypatch):
    monkeypatch.setattr(benchmarks, "BENCH", tmp_path)
    measured = {"runs": 4, "seconds_alone": 61.25, "times_sooner": 1.84, "experiment": "curve-rnn-500"}
    (tmp_path / "cluster.json").write_text(json.dumps(measured))
    asked = [quote(f"bench cluster {key}") for key in measured]
    assert asked == ["4", "61.2 s", "1.8", "curve-rnn-500"]
    assert quoted_files("bench cluster runs") == [tmp_path / "cluster.json"]
    with pytest.raises(ValueError, match="the benchmark cluster has no 'speed'; it has runs, seconds_alone"):
        quote("bench cluster speed")
    with pytest.raises(ValueError, match="no benchmark 'other' is recorded"):
        quote("bench other runs")
    with pytest.raises(ValueError, match="write bench NAME KEY"):
        quote("bench cluster")


def test_p_in_a_family_is_holms():
    pair = "early-b2-lstm minus early-b1-simplernn test_accuracy p"
    alone, few, many = (float(quote(pair + where)) for where in ("", " in early-cells", " in early"))
    assert few == pytest.approx(3 * alone, abs=0.002)
    assert alone < few < many <= 10 * alone + 0.006


@pytest.mark.parametrize(
    ("expression", "sentence"),
    [
        ("", "write ID QUANTITY"),
        ("b2-lstm", r"cannot quote 'b2-lstm': write ID QUANTITY \[STATISTIC\], QUANTITY one of test_accuracy"),
        ("b2-lstm speed", "'speed' is no quantity; write ID QUANTITY"),
        ("b2-lstm test_accuracy mode", "'mode' is no statistic; the statistics are mean, "),
        ("b2-lstm test_accuracy seed", "write ID QUANTITY seed K"),
        ("b2-lstm test_accuracy seed 9", "b2-lstm has no recorded seed 9"),
        ("z9 test_accuracy", "there is no experiment 'z9'"),
        ("z9* test_accuracy mean", "no recorded experiment is called like 'z9\\*'"),
        ("c2-lstm test_accuracy", r"no recorded run to quote: train it with `python -m tools\.train c2-lstm`"),
        ("e2-lstm published", "nothing was published for e2-lstm"),
        ("baseline-tfidf epochs", "baseline-tfidf has no epochs: it is a linear model"),
        ("baseline-tfidf test_accuracy sd", "one run has no standard deviation"),
        ("b2-lstm,b3-gru test_accuracy", "of several experiments one asks for the mean, median"),
        ("b2-lstm validation_accuracy@4", "not every run was trained for 4 epochs"),
        ("b2-lstm test_accuracy@2", "test_accuracy@2: a number of an epoch follows validation_accuracy"),
        ("b2-lstm minus b3-gru", "write ID minus ID QUANTITY"),
        ("b2-lstm minus b3-gru test_accuracy verdict", "'verdict' is no statistic of a pair; they are gap"),
        ("b2-lstm minus b3-gru test_accuracy p in nowhere", "no family of comparisons 'nowhere'"),
        ("b2-lstm minus b3-gru test_accuracy p in cures", "is no comparison of the family 'cures'"),
        ("b2-lstm minus b3-gru test_accuracy gap in group-b", "a family stands at the end, after p"),
        ("b2-lstm minus b3-gru seconds p", "only accuracies are compared"),
        ("b2-lstm,b3-gru minus b1-simplernn test_accuracy", "a difference is one of two single experiments"),
        ("b2-lstm test_accuracy minus b3-gru epochs", "have not the same unit"),
        ("b2-lstm test_accuracy above", "write ID QUANTITY above X"),
        ("b2-lstm above 3", "write ID QUANTITY above X"),
        ("b2-lstm test_accuracy mean above 3", "write ID QUANTITY above X"),
        ("b2-lstm capped", "none of these is stopped by validation"),
        ("b2-lstm seeds mean", "seeds is a count and has no statistic"),
    ],
)
def test_a_sentence_names_what_is_wrong(some, expression, sentence):
    with pytest.raises(ValueError, match=sentence) as found:
        quote(expression)
    assert str(found.value).startswith(f"cannot quote {expression!r}: ")


def test_a_published_validation_accuracy_is_held_against_ours(record):
    record("c2-lstm", [87.0, 88.0])
    with pytest.raises(ValueError, match="is one of the validation set: compare validation_accuracy with it"):
        quote("c2-lstm test_accuracy minus published")
    assert quote("c2-lstm validation_accuracy minus published") == "3.9"  # 90.0 less 86.14


def test_a_page_depends_on_all_that_an_expression_reads():
    found = quoted_experiments("b2-lstm,b3-gru test_accuracy above baseline-tfidf")
    assert found == ["b2-lstm", "b3-gru", "baseline-tfidf"]
    assert len(quoted_experiments("early-* capped")) == 5
    assert len(quoted_experiments("early-b2-lstm minus early-b1-simplernn test_accuracy p in early")) == 5


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0004, "below 0.001"), (0.03124, "0.031"), (0.0625, "0.063"), (0.0996, "0.10"), (0.42, "0.42"), (1.0, "1.00")],
)
def test_p_values_are_written_with_as_many_digits_as_tell(value, text):
    assert formats.p_value(value) == text
