"""Two readings, merged, are what Keras makes of them."""

from functools import partial

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from helpers import cells
from tests.cells.cases import EVERY_CELL, SOME_EXAMPLES, assert_same, cases, new_weights


@EVERY_CELL
@given(data=st.data())
@SOME_EXAMPLES
def test_reading_both_ways_equals_that_of_keras(cell, data):
    case = data.draw(cases(cell, both_ways=("concat", "sum", "mul", "ave", None)))
    ours = cells.bidirectional(
        cell, case.x, *case.weights, merge_mode=case.layer.merge_mode, return_state=True, **case.arguments
    )
    assert_same(ours, case.call(), 1e-6)


@EVERY_CELL
def test_what_both_readings_return_has_the_form_that_keras_gives_it(cell):
    x = np.ones((2, 4, 5))
    weights = new_weights(cell)
    states = 2 if cell is cells.lstm else 1
    both = partial(cells.bidirectional, cell, x, *weights, *weights)
    assert both().shape == (2, 6)
    assert both(return_sequences=True, merge_mode="ave").shape == (2, 4, 3)
    assert [array.shape for array in both(merge_mode=None)] == [(2, 3)] * 2
    assert [array.shape for array in both(return_state=True)] == [(2, 6)] + [(2, 3)] * 2 * states


def test_last_states_of_both_readings_stand_at_the_two_ends_of_the_sequence():
    x = np.random.default_rng(1).normal(size=(2, 4, 5))
    weights = new_weights(cells.lstm, seed=1) + new_weights(cells.lstm, seed=2)
    outputs, h_forward, _, h_backward, _ = cells.bidirectional(
        cells.lstm, x, *weights, return_sequences=True, return_state=True
    )
    np.testing.assert_array_equal(outputs[:, -1, :3], h_forward)
    np.testing.assert_array_equal(outputs[:, 0, 3:], h_backward)


def test_layers_stack_by_calling_one_on_the_output_of_another():
    x = np.random.default_rng(0).normal(size=(3, 7, 5)).astype("float32")
    mask = np.arange(7) < np.array([[7], [4], [1]])
    model = [
        keras.layers.SimpleRNN(4, return_sequences=True),
        keras.layers.Bidirectional(keras.layers.LSTM(3, return_sequences=True)),
        keras.layers.GRU(2),
    ]
    expected = x
    for layer in model:
        expected = layer(expected, mask=mask)

    first, second, third = (layer.get_weights() for layer in model)
    ours = cells.simple_rnn(x, *first, mask=mask, return_sequences=True)
    ours = cells.bidirectional(cells.lstm, ours, *second, mask=mask, return_sequences=True)
    ours = cells.gru(ours, *third, mask=mask)
    np.testing.assert_allclose(ours, expected, atol=1e-6)


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


def test_both_ways_wants_two_sets_of_weights_and_a_merge_mode_it_knows():
    x, weights = np.ones((2, 4, 5)), new_weights(cells.lstm)
    with pytest.raises(ValueError, match="weights holds 3 arrays, expected as many for each"):
        cells.bidirectional(cells.lstm, x, *weights)
    with pytest.raises(ValueError, match="no merge mode 'add': choose one of concat, sum, mul, ave or None"):
        cells.bidirectional(cells.lstm, x, *weights, *weights, merge_mode="add")
