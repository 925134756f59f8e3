"""Weights to start from are laid out and spread as Keras's."""

from functools import partial

import numpy as np
import pytest

from helpers import cells
from tests.cells.cases import EVERY_CELL, LAYERS, new_weights


@EVERY_CELL
@pytest.mark.parametrize("options", [{}, {"use_bias": False}], ids=str)
def test_initial_weights_are_laid_out_and_spread_as_those_of_keras(cell, options):
    layer = LAYERS[cell](16, **options)
    layer.build((None, None, 9))
    ours = cells.initial_weights(cell, 9, 16, np.random.default_rng(0), **options)
    assert [array.shape for array in ours] == [array.shape for array in layer.get_weights()]
    assert {array.dtype for array in ours} == {np.dtype("float32")}
    kernel, recurrent_kernel, *bias = ours
    limit = np.sqrt(6 / sum(kernel.shape))
    assert np.abs(kernel).max() <= limit
    assert kernel.std() == pytest.approx(limit / np.sqrt(3), rel=0.2)
    np.testing.assert_allclose(recurrent_kernel @ recurrent_kernel.T, np.eye(16), atol=1e-6)
    for one, other in zip(bias, layer.get_weights()[2:], strict=True):
        np.testing.assert_array_equal(one, other)


def test_initial_weights_of_the_two_kinds_of_bias():
    draw = partial(new_weights, units=2)
    np.testing.assert_array_equal(draw(cells.lstm)[2], [0, 0, 1, 1, 0, 0, 0, 0])
    assert not draw(cells.lstm, unit_forget_bias=False)[2].any()
    assert draw(cells.gru)[2].shape == (2, 6)
    assert draw(cells.gru, reset_after=False)[2].shape == (6,)
    with pytest.raises(ValueError, match="expected one of the functions simple_rnn, lstm and gru"):
        draw("lstm")
