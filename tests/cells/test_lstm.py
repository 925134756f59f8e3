"""What an LSTM is for: a cell state that carries, forwards and backwards."""

import numpy as np
import pytest

from helpers import cells


def test_the_cell_state_of_an_lstm_is_a_conveyor():
    # one unit that sees nothing: the biases alone set the gates
    forget_half, let_all_in, candidate, show_all = 0.0, 50.0, np.arctanh(-0.8), 50.0
    step = cells.lstm_step(
        x=np.zeros(1),
        h=np.zeros(1),
        c=np.array([5.0]),
        kernel=np.zeros((1, 4)),
        recurrent_kernel=np.zeros((1, 4)),
        bias=np.array([let_all_in, forget_half, candidate, show_all]),
    )
    assert step.f == pytest.approx(0.5)
    assert step.i * step.candidate == pytest.approx(-0.8)
    assert step.c == pytest.approx(1.7)
    assert step.h == pytest.approx(np.tanh(1.7))


def test_an_open_forget_gate_carries_the_gradient_of_the_cell_state_unchanged():
    units, time = 3, 40
    bias = np.repeat([0.0, 50.0, 0.0, 0.0], units)  # forget gate at 1
    weights = np.zeros((5, 4 * units)), np.zeros((units, 4 * units)), bias
    gradients = cells.lstm_backward(np.ones((1, units)), np.ones((1, time, 5)), *weights)
    np.testing.assert_allclose(gradients.c[0, 0], gradients.c[0, -1])
    np.testing.assert_allclose(gradients.c0[0], gradients.c[0, -1])
