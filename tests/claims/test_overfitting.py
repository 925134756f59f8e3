"""Chapter 11: what the text says in words about the recorded runs."""

import pytest

from helpers.results import compare, compare_all, curves, frame
from tests.claims import claim

PAGE = "overfitting"


def wide(*names, quantity):
    """One row a seed, one column an experiment."""
    return frame(*names).pivot(index="seed", columns="experiment", values=quantity)


def test_validation_is_ahead_of_training_after_the_first_epoch():
    for name in ("b1-simplernn", "cure-none"):
        first = curves(name).query("epoch == 1")
        assert (first.val_accuracy > first.accuracy).all()


def test_the_loss_triples_while_the_accuracy_hardly_moves():
    claim(PAGE, "At the end it is three times as high.")
    claim(PAGE, "between epochs 10 and 30 it hardly moves")
    mean = curves("a3-lstm-honest").groupby("epoch").mean(numeric_only=True)
    assert mean.val_loss[30] > 0.69  # worse than an untrained network, at …
    assert mean.val_accuracy[30] > 79  # … four verdicts of five right
    assert 2.9 < mean.val_loss[30] / mean.val_loss.min() < 3.3
    assert mean.val_loss[30] / mean.val_loss[10] == pytest.approx(1.5, abs=0.1)
    assert abs(mean.val_accuracy[30] - mean.val_accuracy[10]) < 1
    wrong = 1 - mean.val_accuracy[30] / 100
    assert wrong == pytest.approx(0.2, abs=0.01)
    assert mean.val_loss[30] == pytest.approx(1.2, abs=0.05)


def test_the_loss_is_lowest_earlier_than_the_accuracy_is_highest():
    claim(PAGE, "it was lowest after epoch 2 or 3 in every seed, and the accuracy was highest after epochs 3 to 5")
    for _, one in curves("a3-lstm-honest").groupby("seed"):
        assert one.epoch[one.val_loss.idxmin()] in (2, 3)
        assert one.epoch[one.val_accuracy.idxmax()] in (3, 4, 5)


def test_in_four_of_five_seeds_the_accuracy_falls_by_more_than_seven_points_and_comes_back():
    claim(PAGE, "In four of the five seeds the accuracy falls by more than seven points from one epoch to the next")
    falls = [one.val_accuracy.diff().min() for _, one in curves("cure-none").groupby("seed")]
    assert sum(fall <= -7 for fall in falls) == 4


def test_early_stopping_repeats_the_training_without_a_cure_up_to_where_it_stops():
    claim(PAGE, "the second is the first, weight for weight, up to where it stops")
    for (_, whole), (_, part) in zip(
        curves("cure-none").groupby("seed"), curves("cure-early").groupby("seed"), strict=True
    ):
        assert whole.loss.tolist()[: len(part)] == part.loss.tolist()


def test_nearly_all_that_stopping_gains_comes_from_two_seeds():
    claim(PAGE, "nearly all of that comes from the two seeds whose last epoch was a bad one")
    test = wide("cure-none", "cure-early", quantity="test")
    gains = (test["cure-early"] - test["cure-none"]).sort_values()
    assert gains.iloc[-2:].sum() > 0.9 * gains.sum() > 0


def test_no_cure_is_ahead_in_all_seeds_and_three_are_in_four():
    claim(PAGE, "Three come close, with four of five: spatial dropout, input dropout and the smaller cell.")
    names = [f"cure-{one}" for one in "spatial inputs output recurrent decay strong small early".split()]
    best = wide("cure-none", *names, quantity="best_validation")
    ahead = {name: int((best[name] > best["cure-none"]).sum()) for name in names}
    assert sorted(name for name, count in ahead.items() if count >= 4) == ["cure-inputs", "cure-small", "cure-spatial"]
    assert 5 not in ahead.values()
    assert ahead["cure-recurrent"] == 0


def test_of_eight_cures_only_recurrent_dropout_differs_and_does_harm():
    claim(PAGE, "**One cure of the eight stands out, and it does harm.**")
    claim(PAGE, "**Six others cannot be told from no cure, and early stopping cannot be judged by this table.**")
    found = {one.first: one for one in compare_all(quantity="best_validation", family="cures", pairs=())}
    assert [name for name, one in found.items() if one.p < 0.05] == ["cure-recurrent"]
    assert found["cure-recurrent"].high < 0
    assert all(one.low < 0 < one.high for name, one in found.items() if name != "cure-recurrent")
    assert all(0.4 < found[f"cure-{one}"].gap < 0.7 for one in ("spatial", "inputs", "output"))
    train = frame("cure-none", "cure-recurrent").groupby("experiment").train.mean()
    assert train["cure-recurrent"] < train["cure-none"] - 2


def test_the_placebo_differs_at_the_last_epoch_and_not_at_the_best():
    claim(PAGE, "**The placebo shows where to look.**")
    assert abs(compare("cure-inputs", "cure-spatial", "best_validation").gap) < 0.1
    last = compare("cure-inputs", "cure-spatial")
    assert abs(last.gap) > 3
    assert last.low < 0 < last.high


def test_more_reviews_narrow_the_gap():
    claim(PAGE, "With 500 reviews all five seeds are guessing.")

    def gap(name):
        runs = frame(name)
        return (runs.train - runs.validation).mean()

    assert gap("curve-lstm-500") > 15
    assert gap("curve-lstm-20000") < 4
    assert (frame("curve-rnn-500").test < 53).all()
    assert frame("curve-rnn-20000").capped.sum() == 4
    assert frame("curve-lstm-20000").capped.sum() == 3
