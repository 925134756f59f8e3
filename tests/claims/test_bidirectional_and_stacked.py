"""What chapter 14 says about recorded runs."""

import pytest

from helpers.results import compare, compare_all, frame, records
from tests.claims import claim

EARLY = ("early-b2-lstm", "early-b4-bilstm", "early-b5-stacked-lstm")
TWINS = {"a1-simplernn": "a1-simplernn-honest", "a2-bigru": "a2-gru-honest", "a3-bilstm": "a3-lstm-honest"}


def on_the(end, name):
    """Accuracy of seed 1 on that end of the test reviews, in per cent."""
    return 100 * records.right(name, kept=end).mean()


def test_nothing_was_shown_to_help():
    claim("bidirectional_and_stacked", "Neither a second direction nor a second layer was shown to help.")
    pairs = [(EARLY[1], EARLY[0]), (EARLY[2], EARLY[0]), (EARLY[2], EARLY[1])]
    assert all(one.low < 0 < one.high for one in compare_all(pairs, family="early"))


def test_the_second_direction_is_pinned_down():
    claim(
        "bidirectional_and_stacked",
        "The second direction is pinned down well: whatever it does, it is less than a point either way.",
    )
    found = compare("early-b4-bilstm", "early-b2-lstm")
    assert -1 < found.low < found.high < 1


def test_one_low_run_of_the_stack():
    claim("bidirectional_and_stacked", "four of its seeds agree with the others, and one, which kept its second epoch,")
    runs = frame("early-b5-stacked-lstm").sort_values("test")
    assert runs.chosen_epoch.iloc[0] == 2
    assert 2.5 < runs.test.iloc[1:].mean() - runs.test.iloc[0] < 3
    others = frame(*EARLY[:2]).test
    assert runs.test.iloc[1:].between(others.min(), others.max() + 0.2).all()


def test_the_masked_network_was_not_shown_to_be_better():
    claim("bidirectional_and_stacked", "Is the network better for it? That was not shown")
    found = compare("b4-bilstm-masked", "b4-bilstm")
    assert found.low < 0 < found.high
    assert found.gap < 0  # the exercise says that the means point the other way


def test_the_network_looked_into_is_the_weakest():
    claim("bidirectional_and_stacked", "This network is seed 1, the weakest of five")
    runs = frame("b4-bilstm").set_index("seed").test
    assert len(runs) == 5
    assert runs.idxmin() == 1


def test_published_above_the_plain_lstm_and_ours_as_if_the_stack_did_harm():
    claim("bidirectional_and_stacked", "Two of its five seeds were caught at 76 to 78 %.")
    stack = frame("b5-stacked-lstm").test
    assert stack.between(76, 78).sum() == 2
    assert stack.mean() < frame("b2-lstm").test.mean() - 2


def test_the_conclusion_survives():
    claim(
        "bidirectional_and_stacked",
        "The conclusion survives: one-way GRU and LSTM beat the SimpleRNN by more than ten points too.",
    )
    for name in ("a2-gru-honest", "a3-lstm-honest"):
        found = compare(name, "a1-simplernn-honest")
        assert found.low > 0
        assert found.gap > 10


def test_the_lead_is_no_smaller():
    claim("bidirectional_and_stacked", "No smaller:")
    for published, honest in list(TWINS.items())[1:]:
        assert compare(honest, "a1-simplernn-honest").gap > compare(published, "a1-simplernn").gap


def test_all_six_do_better_on_the_ends():
    claim(
        "bidirectional_and_stacked", "All six do better on the last 120 words, although all were trained on the first."
    )
    for name in (*TWINS, *TWINS.values()):
        assert on_the("last", name) > on_the("first", name) + 1


def test_what_is_left_on_the_same_end():
    claim(
        "bidirectional_and_stacked",
        "judged on the same end, about half of that is left for the SimpleRNN and less than a point for the other two.",
    )
    for published, honest in TWINS.items():
        whole = on_the("last", published) - on_the("first", honest)
        left = [on_the(end, published) - on_the(end, honest) for end in ("first", "last")]
        if published == "a1-simplernn":
            assert whole > 5
            assert [one / whole for one in left] == pytest.approx([0.5, 0.5], abs=0.1)
        else:
            assert max(map(abs, left)) < 1
