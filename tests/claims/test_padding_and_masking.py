"""Chapter 13: what the text says in words about the recorded runs."""

import itertools

import numpy as np

from helpers.results import compare, compare_all, frame
from tests.claims import claim

PAGE = "padding_and_masking"
CELLS = ("rnn", "lstm", "gru")
KEPT = ("last", "first")


def field(padding, mask, kept, cell):
    return f"grid-{padding}-{mask}-{kept}-{cell}"


def test_zeros_behind_without_a_mask_are_a_disaster_but_for_the_lstm():
    claim(PAGE, "**Zeros behind without a mask: stay away.**")
    claim(PAGE, "Three of the four differences stand after the correction for twelve comparisons.")
    found = {one.first: one for one in compare_all((), family="padding-side")}
    stands = {name for name, one in found.items() if one.p < 0.05}
    assert stands == {field("post", "none", *which) for which in (("last", "gru"), ("first", "gru"), ("first", "rnn"))}
    disaster = [found[field("post", "none", kept, cell)] for kept in KEPT for cell in ("rnn", "gru")]
    assert all(one.gap < -15 for one in disaster)
    assert found[field("post", "none", "last", "rnn")].wins == 0  # each of the five is worse than its partner
    lstm = [found[field("post", "none", kept, "lstm")] for kept in KEPT]
    assert all(one.low < 0 < one.high for one in lstm)
    assert (frame(field("post", "none", "first", "rnn")).test < 52).all()


def test_the_lstm_pays_at_its_best_epoch():
    claim(PAGE, "So our LSTM is not at guessing, as theirs was, and it probably pays, on the first words at least.")
    for kept in KEPT:
        one = compare(field("post", "none", kept, "lstm"), field("pre", "none", kept, "lstm"), "best_validation")
        assert one.high < 0
    assert (frame(field("post", "none", "last", "lstm")).test > 70).all()  # not at guessing


def test_with_a_mask_the_side_makes_a_placebo():
    gaps = [
        compare(field("post", "mask", kept, cell), field("pre", "mask", kept, cell)).gap
        for kept in KEPT
        for cell in CELLS
    ]
    assert max(np.abs(gaps)) == gaps[1]  # the LSTM on the last words, which the text quotes


def test_a_mask_is_worth_nothing_that_shows_with_zeros_in_front():
    claim(PAGE, "**Is a mask worth having with zeros in front?** Nothing here shows it.")
    found = {
        (kept, cell): compare(field("pre", "mask", kept, cell), field("pre", "none", kept, cell))
        for kept in KEPT
        for cell in CELLS
    }
    assert all(one.low < 0 < one.high for one in found.values())
    assert min(found, key=lambda which: found[which].gap) == ("first", "gru")
    assert max(found, key=lambda which: found[which].gap) == ("first", "rnn")
    assert max(abs(one.gap) for one in found.values()) < 3.1


def test_the_last_words_did_better_in_all_nine_fields_outside_the_disaster():
    claim(PAGE, "In all nine pairs of fields outside the disaster the last words did better")
    claim(PAGE, "None of these could stand alone")
    sides = (("pre", "none"), ("pre", "mask"), ("post", "mask"))
    found = {
        (*side, cell): compare(field(*side, "last", cell), field(*side, "first", cell))
        for side, cell in itertools.product(sides, CELLS)
    }
    assert all(one.gap > 0 for one in found.values())
    assert min(found, key=lambda which: found[which].gap) == ("pre", "none", "gru")
    assert max(found, key=lambda which: found[which].gap) == ("pre", "none", "rnn")
    pairs = [(one.first, one.second) for one in found.values()]
    assert all(one.p > 0.05 for one in compare_all(pairs))


def test_what_the_solution_says_of_the_networks_that_may_be_blind():
    share = 0.587

    def others(kept, cell):
        return (frame(field("post", "none", kept, cell)).test.mean() - 50 * share) / (1 - share)

    best_rnn = max(
        frame(field(padding, mask, kept, "rnn")).test.mean()
        for padding, mask, kept in itertools.product(("pre", "post"), ("none", "mask"), KEPT)
    )
    assert 77 < others("last", "gru") < 80
    assert others("first", "gru") < 60
    assert others("first", "rnn") < 60
    assert min(others("last", "lstm"), others("first", "lstm")) > 100
    assert others("last", "rnn") > best_rnn
