"""Every cell says what Keras and TensorFlow's tape say, forwards and backwards."""

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from helpers import cells
from tests.cells.cases import BACKWARD, EVERY_CELL, SOME_EXAMPLES, assert_same, cases, new_weights


@EVERY_CELL
@given(data=st.data())
@SOME_EXAMPLES
def test_a_layer_equals_that_of_keras_with_every_option(cell, data):
    case = data.draw(cases(cell))
    assert_same(cell(case.x, *case.weights, return_state=True, **case.arguments), case.call(), 1e-6)


@EVERY_CELL
@given(data=st.data())
@SOME_EXAMPLES
def test_every_activation_equals_that_of_keras_in_float64(cell, data):
    case = data.draw(cases(cell, "float64", list(cells.ACTIVATIONS), ("sigmoid", "hard_sigmoid")))
    assert_same(cell(case.x, *case.weights, return_state=True, **case.arguments), case.call(), 1e-9)


@EVERY_CELL
def test_what_is_returned_has_the_form_that_keras_gives_it(cell):
    x = np.ones((2, 4, 5))
    weights = new_weights(cell)
    assert cell(x, *weights).shape == (2, 3)
    assert cell(x, *weights, return_sequences=True).shape == (2, 4, 3)
    output, *states = cell(x, *weights, return_state=True)
    assert len(states) == (2 if cell is cells.lstm else 1)
    np.testing.assert_array_equal(output, states[0])


def tape(case, grad_output) -> list[np.ndarray]:
    """Gradients of x, the weights and the initial states, as TensorFlow finds them."""
    x = tf.constant(case.x)
    states = None if case.initial_state is None else [tf.constant(state) for state in case.initial_state]
    with tf.GradientTape() as recorded:
        recorded.watch([x, *(states or [])])
        output, *_ = case.layer(x, initial_state=states, mask=case.mask)
        loss = tf.reduce_sum(output * grad_output)
    sources = [x, *(variable.value for variable in case.layer.trainable_variables), *(states or [])]
    return [np.asarray(gradient) for gradient in recorded.gradient(loss, sources, unconnected_gradients="zero")]


def compare(cell, case, seed, tolerance) -> None:
    options = case.arguments
    sequences = options.pop("return_sequences")
    output_shape = (*case.x.shape[: 2 if sequences else 1], case.layer.units)
    grad_output = np.random.default_rng(seed).normal(size=output_shape).astype(case.x.dtype)

    gradients = BACKWARD[cell](grad_output, case.x, *case.weights, **options)
    ours = [gradients.x, gradients.kernel, gradients.recurrent_kernel]
    ours += [gradients.bias] if len(case.weights) == 3 else []
    if case.initial_state:
        ours += [gradients.h0, gradients.c0] if cell is cells.lstm else [gradients.h0]

    assert_same(ours, tape(case, grad_output), tolerance)


@EVERY_CELL
@given(data=st.data(), seed=st.integers(0, 1000))
@SOME_EXAMPLES
def test_gradients_equal_those_of_the_tape_with_every_option(cell, data, seed):
    compare(cell, data.draw(cases(cell)), seed, 1e-5)


@EVERY_CELL
@given(data=st.data(), seed=st.integers(0, 1000))
@SOME_EXAMPLES
def test_gradients_of_every_activation_equal_those_of_the_tape_in_float64(cell, data, seed):
    case = data.draw(cases(cell, "float64", list(cells.ACTIVATIONS), ("sigmoid", "hard_sigmoid")))
    compare(cell, case, seed, 1e-9)


@EVERY_CELL
def test_gradients_equal_slopes_measured_by_hand(cell):
    rng = np.random.default_rng(0)
    x, grad_output = rng.normal(size=(2, 4, 5)), rng.normal(size=(2, 3))
    weights = new_weights(cell)
    gradients = BACKWARD[cell](grad_output, x, *weights)

    def loss(x, *weights):
        return np.sum(grad_output * cell(x, *weights))

    for place, gradient in enumerate(gradients[:4]):
        index = tuple(rng.integers(gradient.shape))
        moved = []
        for nudge in (1e-6, -1e-6):
            arrays = [array.copy() for array in (x, *weights)]
            arrays[place][index] += nudge
            moved.append(loss(*arrays))
        assert gradient[index] == pytest.approx((moved[0] - moved[1]) / 2e-6, abs=1e-8)
