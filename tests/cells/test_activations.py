"""Activations at the ends of the number line."""

import warnings

import numpy as np

from helpers import cells


def test_large_sums_do_not_overflow():
    with warnings.catch_warnings(action="error"):
        np.testing.assert_array_equal(cells.sigmoid(np.array([-1000.0, 0, 1000])), [0, 0.5, 1])
