"""What chapter 15 says about recorded runs."""

from helpers.results import compare, frame
from helpers.results.records import load_records
from tests.claims import claim

PAIRS = (("d3-lstmcell", "d3-lstm"), ("d3-grucell", "d3-gru"))


def test_the_means_are_not_told_apart():
    claim("cells_and_custom_loops", "The means are not told apart.")
    assert all(found.low < 0 < found.high for found in (compare(*pair) for pair in PAIRS))


def test_they_begin_alike():
    claim(
        "cells_and_custom_loops",
        "After the first epoch the training losses of cells and layers agree to six decimals in 7 of 10 pairs",
    )
    first = {name: [one["history"]["loss"][0] for one in load_records(name)] for pair in PAIRS for name in pair}
    apart = [abs(a - b) for pair in PAIRS for a, b in zip(first[pair[0]], first[pair[1]], strict=True)]
    assert len(apart) == 10
    assert sum(one < 5e-7 for one in apart) == 7


def test_one_pair_ends_far_apart():
    claim("cells_and_custom_loops", "They begin alike, and one pair ends more than two and a half points apart.")
    apart = [
        abs(frame(a).set_index("seed").test - frame(b).set_index("seed").test).sort_values(ascending=False)
        for a, b in PAIRS
    ]
    assert sum(float(one.iloc[0]) > 2.5 for one in apart) == 1


def test_ours_are_higher_than_seeds_explain():
    claim("cells_and_custom_loops", "points, more than seeds explain.")
    from helpers.experiments import experiment

    for name in ("d3-grucell", "d3-gru"):
        assert frame(name).test.min() > 100 * experiment(name).published.accuracy


def test_the_loops_were_no_slower():
    claim("cells_and_custom_loops", "an epoch of the loops was shorter than one of the layers.")
    for loop, layers in PAIRS:
        assert frame(loop).seconds_per_epoch.median() < frame(layers).seconds_per_epoch.median()
