"""What chapter 12 and the appendix on training say about recorded runs."""

import numpy as np
import pytest

from helpers.results import benchmarks, compare, compare_all, curves, frame
from helpers.results.compare import Comparison
from tests.claims import claim

CELLS = ("b1-simplernn", "b2-lstm", "b3-gru")
EARLY = tuple(f"early-{name}" for name in CELLS)


def includes_zero(found: Comparison) -> bool:
    return found.low < 0 < found.high


def last_less_best(name: str) -> float:
    """How far the last epoch is below the best, in points, mean over the seeds."""
    by_seed = curves(name).groupby("seed").val_accuracy
    return float((by_seed.max() - by_seed.last()).mean())


def test_the_lstm_wins():
    claim("gated_rnns_imdb", "The LSTM wins. With every one of the five seeds it is ahead of the SimpleRNN")
    found = compare("early-b2-lstm", "early-b1-simplernn")
    assert found.low > 0
    assert (found.wins, found.n) == (5, 5)
    assert compare_all([(found.first, found.second)], family="early-cells")[0].p < 0.05


def test_the_gru_lies_between_and_is_told_from_neither():
    claim(
        "gated_rnns_imdb",
        "The GRU lies between the two, and five seeds do not decide which of them it resembles more.",
    )
    simple, lstm, gru = (frame(name).test.mean() for name in EARLY)
    assert simple < gru < lstm
    assert all(includes_zero(compare("early-b3-gru", other)) for other in EARLY[:2])


def test_none_reaches_the_linear_model():
    claim("gated_rnns_imdb", "None of the three reaches the linear model")
    assert all(compare("baseline-tfidf-short", name).low > 0 for name in EARLY)
    assert frame(*EARLY).test.max() < frame("baseline-tfidf-short").test.max()


def test_fixed_epochs_show_nothing():
    claim("gated_rnns_imdb", "From these runs you could not conclude which cell is better.")
    pairs = [("b2-lstm", "b1-simplernn"), ("b3-gru", "b1-simplernn"), ("b3-gru", "b2-lstm")]
    assert all(includes_zero(one) for one in compare_all(pairs, family="group-b"))


def test_the_same_gap_with_twice_the_width():
    claim(
        "gated_rnns_imdb",
        "The gap between LSTM and SimpleRNN is about the same, but its interval is twice as wide and includes zero. "
        "And the GRU now looks worst.",
    )
    fixed, early = compare("b2-lstm", "b1-simplernn"), compare("early-b2-lstm", "early-b1-simplernn")
    assert abs(fixed.gap - early.gap) < 0.3
    assert 1.7 < (fixed.high - fixed.low) / (early.high - early.low) < 2.3
    assert includes_zero(fixed)
    assert frame(*CELLS).groupby("experiment").test.mean().idxmin() == "b3-gru"


def test_the_budget_adds_for_two_of_three():
    claim("gated_rnns_imdb", "points more, and nothing for the SimpleRNN, which had ten epochs before.")
    gained = [frame(f"early-{name}").best_validation.mean() - frame(name).best_validation.mean() for name in CELLS]
    assert gained[0] < 0.2
    assert min(gained[1:]) > 0.5


def test_stopped_by_validation_within_a_point_of_the_source():
    claim("gated_rnns_imdb", "within a point of what was published.")
    from helpers.experiments import experiment

    for name in CELLS:
        assert abs(frame(f"early-{name}").test.mean() - 100 * experiment(name).published.accuracy) < 1


def test_the_gru_of_seed_1_is_the_lowest():
    claim("gated_rnns_imdb", "The GRU that you trained, seed 1, has the lowest test accuracy of the fifteen fixed runs")
    runs = frame(*CELLS)
    assert len(runs) == 15
    lowest = runs.loc[runs.test.idxmin()]
    assert (lowest.experiment, lowest.seed) == ("b3-gru", 1)


def test_long_reviews_tell_both_from_the_simple_rnn_and_not_from_each_other():
    claim(
        "gated_rnns_imdb",
        "On 500 words both gated layers win clearly, with every seed, and they cannot be told from each other.",
    )
    lstm, gru, between = (
        compare(*pair) for pair in (("c2-lstm", "c2-rnn"), ("c2-gru", "c2-rnn"), ("c2-gru", "c2-lstm"))
    )
    assert min(lstm.low, gru.low) > 0
    assert lstm.wins == gru.wins == lstm.n
    assert includes_zero(between)


def test_about_seven_points():
    claim("gated_rnns_imdb", "On 500 words LSTM and GRU are about seven points ahead after ten epochs")
    assert all(6.5 < compare(name, "c2-rnn").gap < 7.5 for name in ("c2-lstm", "c2-gru"))


def test_part_of_the_gap_is_the_last_epoch():
    claim("gated_rnns_imdb", "Part of the gap is the last epoch.")
    claim("gated_rnns_imdb", "validation loss, which rises after the third epoch, while the LSTM's goes on falling.")
    loss = {name: curves(name).groupby("epoch").val_loss.mean() for name in ("c2-rnn", "c2-lstm")}
    assert loss["c2-rnn"].idxmin() == 3
    assert loss["c2-lstm"].idxmin() == 10
    assert last_less_best("c2-rnn") > 3
    assert last_less_best("c2-lstm") < 1
    assert compare("c2-lstm", "c2-rnn", "best_validation").gap < compare("c2-lstm", "c2-rnn").gap


def test_three_changes_cannot_be_parted_at_one_epoch():
    claim("gated_rnns_imdb", "Both intervals include zero. One of the five seeds of `c2-lstm` stands at")
    claim("gated_rnns_imdb", "and it moves the two steps by about two and three points, in opposite directions.")
    first, middle, last = (
        curves(name).query("epoch == 5").set_index("seed").val_accuracy
        for name in ("e1-simplernn", "c2-lstm", "e2-lstm")
    )
    assert sum(middle < 85) == 1
    low = middle.idxmin()
    for step, moved in (middle - first, 1.7), (last - middle, -2.9):
        assert abs(step.mean()) < step.std() / np.sqrt(5) * 2.776  # the t interval of five includes zero
        assert step.drop(low).mean() - step.mean() == pytest.approx(moved, abs=0.3)


def test_no_cell_was_clearly_worse_than_the_simple_one():
    claim(
        "gated_rnns_imdb",
        "here they were never clearly worse than the SimpleRNN, and on 500 words clearly better. Between the two, let "
        "validation decide, with several seeds; in this chapter no comparison told them apart.",
    )
    for names in CELLS, EARLY, ("c2-rnn", "c2-lstm", "c2-gru"):
        assert all(compare(name, names[0]).high > 0 for name in names[1:])
        assert includes_zero(compare(names[2], names[1]))


# The appendix


@pytest.fixture(scope="module")
def ways():
    return benchmarks.compare(benchmarks.load_trainings())


def test_buckets_and_one_operation(ways):
    claim(
        "training_faster",
        "Buckets make an epoch more than twice as fast, and with the loop as one operation nearly four times.",
    )
    plain = ways["plain"]["seconds_per_epoch"]
    assert 2 < plain / ways["buckets"]["seconds_per_epoch"] < 3
    assert 3.5 < plain / ways["buckets, fused"]["seconds_per_epoch"] < 4
    for way in ("buckets", "buckets, fused"):
        assert np.mean(ways[way]["last"]) > np.mean(ways["plain"]["last"]) - 0.01


def test_averaged_weights_do_not_zigzag(ways):
    claim("training_faster", "An average of the weights removes the zigzag.")
    averaged, alone = ways["fused, averaged"], ways["buckets, fused"]
    assert np.std(averaged["shared"], ddof=1) < 0.005
    assert 0.055 < np.std(alone["shared"], ddof=1) < 0.07
    assert np.mean(averaged["shared"]) == pytest.approx(np.mean(ways["plain"]["last"]), abs=0.005)
    assert averaged["seconds_per_epoch"] == pytest.approx(alone["seconds_per_epoch"], rel=0.05)


def test_large_batches_did_not_pay(ways):
    claim("training_faster", "Batches of 512 did not pay.")
    for way in ("fused, batch of 512", "fused, batch of 512, rate × 4"):
        assert ways[way]["seconds_per_epoch"] > 0.9 * ways["buckets, fused"]["seconds_per_epoch"]
        assert max(ways[way]["last"]) < min(ways["buckets, fused"]["last"])
        assert ways[way]["epochs"] == ways["buckets, fused"]["epochs"]


def test_what_the_bench_leaves_open(ways):
    claim("training_faster", "Some ways were trained with five seeds and some with two, for 10, 6 or 5 epochs")
    assert {one["seeds"] for one in ways.values()} == {2, 5}
    assert {one["epochs"] for one in ways.values()} == {5, 6, 10}
    claim("training_faster", "After five epochs its two networks are no worse than the others")
    assert np.mean(ways["buckets, masked"]["shared"]) > np.mean(ways["buckets"]["shared"])
    assert {run["cores"] for run in benchmarks.load_trainings()} == {1}
