"""One step of a GRU: what it refuses, and that it starts from what it is given."""

import pytest

from helpers import figures


def test_a_gru_step_has_three_blocks():
    with pytest.raises(ValueError, match="recurrent_bias has 4 numbers, expected 3, in the order z, r, h"):
        figures.gru_step(recurrent_bias=[0, 0, 0, 0])


def test_the_arguments_are_in_the_order_of_keras():
    state = figures.gru_step(reset_after=False, bias=[1, 2, 3], recurrent_bias=[4, 5, 6]).state
    assert state["reset_after"] is False
    assert [state[f"{letter}_{block}"] for letter in "bv" for block in "zrh"] == [1, 2, 3, 4, 5, 6]
