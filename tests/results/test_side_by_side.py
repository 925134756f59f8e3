"""Tables of comparisons: what a chapter calls in one line."""

import pytest

from helpers.results import compare_all, comparisons, planned


def test_a_family_is_one_row_a_comparison():
    found = comparisons(family="early-cells")
    assert found.header == ("first against second", "gap", "95 % interval", "p", "test sample")
    assert [row[0] for row in found.rows] == [
        "LSTM(32) against SimpleRNN(32)", "GRU(32) against SimpleRNN(32)", "GRU(32) against LSTM(32)",
    ]  # fmt: skip
    assert [row[1].key for row in found.rows] == [one.gap for one in compare_all([], family="early-cells")]
    assert "p after Holm for 3 comparisons (no exact test of so few seeds gives a p below 0.063)" in found.caption
    assert "max" not in str(found)
    assert 'class="rnn-table rnn-sortable rnn-wrapped"' in found._repr_html_()


def test_some_pairs_of_a_family_keep_its_correction():
    pair = ("early-b2-lstm", "early-b1-simplernn")
    row = comparisons([pair], family="early").rows[0]
    assert row[3].key == compare_all([], family="early")[0].p
    assert "p of one comparison" in comparisons([pair]).caption


def test_it_says_what_else_differs_and_which_runs_ran_to_the_end():
    caption = comparisons([("b2-lstm", "b3-gru"), ("early-b4-bilstm", "early-b2-lstm")]).caption
    assert "Not trained alike: LSTM(32): 5 epochs; GRU(32): 4 epochs." in caption
    assert "Runs that ended at the last epoch they might have: 1 of 20." in caption


@pytest.mark.parametrize(
    ("pair", "text"),
    [
        (("early-b2-lstm", "b2-lstm"), "LSTM(32), 15 epochs at most, stopped by validation against 5 epochs"),
        (("curve-gru-500", "curve-rnn-500"), "GRU(32) against SimpleRNN(32), 500 training reviews"),
        (
            ("words-frozen-500", "words-scratch-500"),
            "LSTM(32), GloVe, frozen against trained from scratch, 500 training reviews",
        ),
        (("products-raw", "b9-capstone"), "two LSTM(64), product reviews, no cleaning against product reviews"),
    ],
)
def test_what_two_titles_share_is_said_once(pair, text):
    assert comparisons([pair]).rows[0][0] == text


def test_a_reader_may_name_the_models():
    names = {"cure-none": "no cure", "cure-early": "early stopping"}
    assert comparisons([("cure-early", "cure-none")], names=names).rows[0][0] == "early stopping against no cure"


def test_two_linear_models_have_no_interval():
    row = comparisons([("products-tfidf-raw", "products-tfidf-cleaned")]).rows[0]
    assert [row[1].shown, row[2], row[3]] == ["+2.5", "–", "–"]


def test_without_pairs_it_asks_for_them():
    with pytest.raises(ValueError, match="name the pairs to compare, or a family"):
        comparisons()
    assert len(comparisons(family="early").rows) == len(planned("early").pairs)
