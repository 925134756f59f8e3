"""The gates of a GRU, and its two kinds of bias."""

import numpy as np
import pytest

from helpers import cells
from tests.cells.cases import new_weights


@pytest.mark.parametrize("reset_after", [True, False])
def test_an_update_gate_of_one_keeps_the_state_of_a_gru(reset_after):
    bias = np.zeros((2, 6) if reset_after else 6)
    bias[..., :2] = 50
    h = np.array([[0.3, -0.7]])
    step = cells.gru_step(np.ones((1, 1)), h, np.ones((1, 6)), np.ones((2, 6)), bias, reset_after=reset_after)
    np.testing.assert_allclose(step.z, 1)
    np.testing.assert_allclose(step.h, h)


@pytest.mark.parametrize("reset_after", [True, False])
def test_a_bias_of_the_other_gru_says_which_one_it_belongs_to(reset_after):
    weights = new_weights(cells.gru, reset_after=not reset_after)
    with pytest.raises(ValueError, match=f"belongs to reset_after={not reset_after}"):
        cells.gru(np.ones((2, 4, 5)), *weights, reset_after=reset_after)
