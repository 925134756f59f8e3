"""A SimpleRNN whose numbers are known beforehand."""

import numpy as np

from helpers import cells


def test_a_linear_one_adds_up_what_it_reads_and_hands_every_input_the_same_gradient():
    x, one = np.array([[3.0], [-1.0], [0.5]]), np.ones((1, 1))
    states = cells.simple_rnn(x, one, one, activation="linear", return_sequences=True)
    np.testing.assert_array_equal(states, [[3.0], [2.0], [2.5]])
    gradients = cells.simple_rnn_backward([2.0], x, one, one, activation="linear")
    np.testing.assert_array_equal(gradients.x, [[2.0], [2.0], [2.0]])
    np.testing.assert_array_equal(gradients.kernel, [[2 * 2.5]])
    np.testing.assert_array_equal(gradients.recurrent_kernel, [[2 * (0 + 3 + 2)]])
