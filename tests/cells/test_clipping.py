"""Clipping equals TensorFlow's."""

import numpy as np
import pytest
import tensorflow as tf

from helpers import cells


@pytest.mark.parametrize("limit", [0.5, 3.0, 1000.0])
def test_clipping_equals_that_of_tensorflow(limit):
    rng = np.random.default_rng(0)
    gradients = [rng.normal(size=(4, 3)), None, rng.normal(size=5)]
    ours, norm = cells.clip_by_global_norm(gradients, limit)
    expected, expected_norm = tf.clip_by_global_norm(gradients, limit)
    assert norm == pytest.approx(float(expected_norm))
    assert ours[1] is None
    np.testing.assert_allclose(ours[0], expected[0])
    np.testing.assert_allclose(ours[2], expected[2])
    np.testing.assert_allclose(cells.clip_by_norm(gradients[0], limit), tf.clip_by_norm(gradients[0], limit))
    np.testing.assert_array_equal(
        cells.clip_by_value(gradients[0], limit), tf.clip_by_value(gradients[0], -limit, limit)
    )


def test_clipping_survives_a_gradient_whose_square_is_too_large():
    clipped = cells.clip_by_norm(np.full(4, 1e30, "float32"), 2)
    np.testing.assert_allclose(clipped, 1)
    assert clipped.dtype == np.float32


@pytest.mark.parametrize("clip", [cells.clip_by_value, cells.clip_by_norm])
def test_a_limit_is_positive(clip):
    with pytest.raises(ValueError, match="limit is 0, expected a positive number"):
        clip(np.ones(2), 0)
