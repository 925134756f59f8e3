"""The NumPy cells say what Keras and TensorFlow's tape say, backwards."""

from functools import partial

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import cells
from tests.cells.test_keras import EVERY_CELL, assert_same, cases, new_weights

BACKWARD = {
    cells.simple_rnn: cells.simple_rnn_backward,
    cells.lstm: cells.lstm_backward,
    cells.gru: cells.gru_backward,
}
SOME_EXAMPLES = settings(max_examples=25, deadline=None)


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


def test_a_layer_that_reads_both_ways_is_two_backward_passes():
    rng = np.random.default_rng(0)
    x, grad_output = rng.normal(size=(3, 6, 5)), rng.normal(size=(3, 6, 8))
    mask = rng.random((3, 6)) < 0.7
    layer = keras.layers.Bidirectional(keras.layers.LSTM(4, return_sequences=True, dtype="float64"), dtype="float64")
    inputs = tf.constant(x)
    with tf.GradientTape() as recorded:
        recorded.watch(inputs)
        loss = tf.reduce_sum(layer(inputs, mask=mask) * grad_output)
    expected = recorded.gradient(loss, [inputs, *(variable.value for variable in layer.trainable_variables)])

    back = partial(cells.lstm_backward, x=x, mask=mask, zero_output_for_mask=True)
    names = ("kernel", "recurrent_kernel", "bias")
    first, second = (dict(zip(names, half, strict=True)) for half in np.split(np.array(layer.get_weights(), object), 2))
    forward = back(grad_output[..., :4], **first)
    backward = back(grad_output[:, ::-1, 4:], **second, go_backwards=True)
    np.testing.assert_allclose(forward.x + backward.x, expected[0], atol=1e-12)
    for ours, other in zip((*forward[1:4], *backward[1:4]), expected[1:], strict=True):
        np.testing.assert_allclose(ours, other, atol=1e-12)


@EVERY_CELL
def test_the_gradient_at_every_timestep_shows_how_far_it_reaches(cell):
    x, mask = np.random.default_rng(0).normal(size=(2, 5, 5)), np.array([[True] * 5, [True, True, False, False, False]])
    gradients = BACKWARD[cell](np.ones((2, 3)), x, *new_weights(cell), mask=mask)
    np.testing.assert_array_equal(gradients.h[:, -1], 1)
    # handed on without loss where nothing is read, and to the initial state last
    np.testing.assert_array_equal(gradients.h[1, 1:], 1)
    assert not np.allclose(gradients.h[0, -2], 1)
    assert not np.allclose(gradients.h0, gradients.h[:, 0])
    np.testing.assert_array_equal(gradients.x[1, 2:], 0)


def test_an_open_forget_gate_carries_the_gradient_of_the_cell_state_unchanged():
    units, time = 3, 40
    bias = np.repeat([0.0, 50.0, 0.0, 0.0], units)  # forget gate at 1
    weights = np.zeros((5, 4 * units)), np.zeros((units, 4 * units)), bias
    gradients = cells.lstm_backward(np.ones((1, units)), np.ones((1, time, 5)), *weights)
    np.testing.assert_allclose(gradients.c[0, 0], gradients.c[0, -1])
    np.testing.assert_allclose(gradients.c0[0], gradients.c[0, -1])


@EVERY_CELL
def test_where_every_timestep_is_masked_there_is_no_gradient(cell):
    gradients = BACKWARD[cell](np.ones((2, 4, 3)), np.ones((2, 4, 5)), *new_weights(cell), mask=np.zeros((2, 4)))
    assert not any(np.any(gradient) for gradient in gradients)


@EVERY_CELL
@pytest.mark.parametrize("go_backwards", [True, False])
@pytest.mark.parametrize("sequences", [True, False])
def test_one_sequence_without_a_batch_axis_is_a_batch_of_one(cell, go_backwards, sequences):
    rng = np.random.default_rng(0)
    x, mask = rng.normal(size=(9, 5)), rng.random(9) < 0.6
    grad_output = rng.normal(size=(9, 3) if sequences else 3)
    back = partial(BACKWARD[cell], go_backwards=go_backwards)
    one = back(grad_output, x, *new_weights(cell), mask=mask)
    batch = back(grad_output[None], x[None], *new_weights(cell), mask=mask[None])
    for name in one._fields:
        ours, expected = getattr(one, name), getattr(batch, name)
        np.testing.assert_array_equal(ours, expected if "kernel" in name or name == "bias" else expected[0])


@EVERY_CELL
def test_no_bias_no_gradient_of_it(cell):
    gradients = BACKWARD[cell](np.ones((2, 3)), np.ones((2, 4, 5)), *new_weights(cell, use_bias=False))
    assert gradients.bias is None


@EVERY_CELL
@pytest.mark.parametrize(
    ("shape", "expected"), [((2, 5, 3), r"\(2, 4, 3\)"), ((2, 4), r"\(2, 3\)"), ((3,), r"\(2, 3\)")], ids=str
)
def test_a_gradient_that_does_not_fit_the_output_is_named_with_both_shapes(cell, shape, expected):
    with pytest.raises(ValueError, match=rf"grad_output has shape .*, expected {expected}"):
        BACKWARD[cell](np.ones(shape), np.ones((2, 4, 5)), *new_weights(cell))
