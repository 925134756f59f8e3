"""The NumPy cells say what Keras says, forwards."""

import warnings
from functools import partial
from typing import NamedTuple

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import cells

LAYERS = {
    cells.simple_rnn: keras.layers.SimpleRNN,
    cells.lstm: keras.layers.LSTM,
    cells.gru: keras.layers.GRU,
}
EVERY_CELL = pytest.mark.parametrize("cell", list(LAYERS), ids=lambda cell: cell.__name__)
SOME_EXAMPLES = settings(max_examples=25, deadline=None)


class Case(NamedTuple):
    """A Keras layer, what it is called with, and the options both sides get."""

    layer: keras.layers.Layer
    x: np.ndarray
    initial_state: list[np.ndarray] | None
    mask: np.ndarray | None
    options: dict

    @property
    def weights(self) -> list[np.ndarray]:
        return self.layer.get_weights()

    @property
    def arguments(self) -> dict:
        return {"initial_state": self.initial_state, "mask": self.mask, **self.options}

    def call(self) -> list[np.ndarray]:
        """Return the output and the states as Keras has them."""
        return [np.asarray(array) for array in self.layer(self.x, initial_state=self.initial_state, mask=self.mask)]


def masks(rng: np.random.Generator, kind: str, batch: int, time: int) -> np.ndarray | None:
    """Padding before, padding behind, or holes anywhere; the first row of "empty" has nothing at all."""
    if kind == "none":
        return None
    length = rng.integers(0, time + 1, size=(batch, 1))
    mask = {
        "pre": np.arange(time) >= time - length,
        "post": np.arange(time) < length,
        "holes": rng.random((batch, time)) < rng.random(),
        "empty": rng.random((batch, time)) < 0.5,
    }[kind]
    if kind == "empty":
        mask[0] = False
    return mask


@st.composite
def cases(draw, cell, dtype="float32", activations=("tanh",), gates=("sigmoid",), both_ways=False) -> Case:
    """Draw shapes, options and a mask; the numbers come from a seeded generator, which is faster."""
    batch, time = draw(st.integers(1, 4)), draw(st.integers(1, 20 if both_ways else 50))
    features, units = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))

    options = {"activation": draw(st.sampled_from(activations))}
    if cell is not cells.simple_rnn:
        options["recurrent_activation"] = draw(st.sampled_from(gates))
    if cell is cells.gru:
        options["reset_after"] = draw(st.booleans())
    if not both_ways:
        options |= {"go_backwards": draw(st.booleans()), "zero_output_for_mask": draw(st.booleans())}
    options["return_sequences"] = draw(st.booleans())

    layer = LAYERS[cell](units, use_bias=draw(st.booleans()), return_state=True, dtype=dtype, **options)
    if both_ways:
        layer = keras.layers.Bidirectional(layer, merge_mode=draw(st.sampled_from(both_ways)), dtype=dtype)
    layer.build((None, time, features))
    for variable in layer.variables:
        # Biases are drawn: Keras's zeros would hide a mistake. Kernels stay as Keras draws them in float32, because
        # stretched ones make rounding errors grow from step to step, for Keras as for us; float64 has room for that.
        if variable.name == "bias" or dtype == "float64":
            variable.assign_add(0.3 * rng.normal(size=variable.shape))

    states = (2 if cell is cells.lstm else 1) * (2 if both_ways else 1)
    initial_state = [rng.normal(size=(batch, units)).astype(dtype) for _ in range(states)]
    return Case(
        layer,
        rng.normal(size=(batch, time, features)).astype(dtype),
        initial_state if draw(st.booleans()) else None,
        masks(rng, draw(st.sampled_from(["none", "pre", "post", "holes", "empty"])), batch, time),
        options,
    )


def assert_same(ours, keras_own, tolerance: float) -> None:
    """Compare arrays in number, type, shape and value; the tolerance is of 1, or of the largest number if that is more.

    Where a linear or relu layer grows from step to step, the rounding errors of small numbers come from the large ones.
    """
    for one, other in zip(ours, keras_own, strict=True):
        assert one.dtype == other.dtype
        assert one.shape == other.shape
        np.testing.assert_allclose(one, other, rtol=0, atol=tolerance * max(1, np.abs(other).max()))


def new_weights(cell, features=5, units=3, seed=0, **options):
    return cells.initial_weights(cell, features, units, np.random.default_rng(seed), dtype="float64", **options)


# --- equal to Keras --------------------------------------------------------------------------------------------------


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
@given(data=st.data())
@SOME_EXAMPLES
def test_reading_both_ways_equals_that_of_keras(cell, data):
    case = data.draw(cases(cell, both_ways=("concat", "sum", "mul", "ave", None)))
    ours = cells.bidirectional(
        cell, case.x, *case.weights, merge_mode=case.layer.merge_mode, return_state=True, **case.arguments
    )
    assert_same(ours, case.call(), 1e-6)


@EVERY_CELL
def test_what_is_returned_has_the_form_that_keras_gives_it(cell):
    x = np.ones((2, 4, 5))
    weights = new_weights(cell)
    assert cell(x, *weights).shape == (2, 3)
    assert cell(x, *weights, return_sequences=True).shape == (2, 4, 3)
    output, *states = cell(x, *weights, return_state=True)
    assert len(states) == (2 if cell is cells.lstm else 1)
    np.testing.assert_array_equal(output, states[0])

    both = partial(cells.bidirectional, cell, x, *weights, *weights)
    assert both().shape == (2, 6)
    assert both(return_sequences=True, merge_mode="ave").shape == (2, 4, 3)
    assert [array.shape for array in both(merge_mode=None)] == [(2, 3)] * 2
    assert [array.shape for array in both(return_state=True)] == [(2, 6)] + [(2, 3)] * 2 * len(states)


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


# --- one timestep ----------------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("reset_after", [True, False])
def test_an_update_gate_of_one_keeps_the_state_of_a_gru(reset_after):
    bias = np.zeros((2, 6) if reset_after else 6)
    bias[..., :2] = 50
    h = np.array([[0.3, -0.7]])
    step = cells.gru_step(np.ones((1, 1)), h, np.ones((1, 6)), np.ones((2, 6)), bias, reset_after=reset_after)
    np.testing.assert_allclose(step.z, 1)
    np.testing.assert_allclose(step.h, h)


@EVERY_CELL
@pytest.mark.parametrize("shape", [(5,), (2, 5)], ids=["one example", "batch"])
def test_a_sequence_is_its_steps_one_after_another(cell, shape):
    time = 6
    x = np.random.default_rng(0).normal(size=(*shape[:-1], time, 5))
    weights = new_weights(cell)
    h = c = np.zeros((*shape[:-1], 3))
    for t in range(time):
        if cell is cells.simple_rnn:
            h = cells.simple_rnn_step(x[..., t, :], h, *weights)
        elif cell is cells.lstm:
            *_, c, h = cells.lstm_step(x[..., t, :], h, c, *weights)
        else:
            *_, h = cells.gru_step(x[..., t, :], h, *weights)
    np.testing.assert_allclose(cell(x, *weights), h)


# --- forms of input --------------------------------------------------------------------------------------------------


@EVERY_CELL
@pytest.mark.parametrize("go_backwards", [True, False])
def test_one_sequence_without_a_batch_axis_is_a_batch_of_one(cell, go_backwards):
    rng = np.random.default_rng(0)
    x, mask = rng.normal(size=(9, 5)), rng.random(9) < 0.6
    states = list(rng.normal(size=(2 if cell is cells.lstm else 1, 3)))
    both = partial(cell, return_sequences=True, return_state=True, go_backwards=go_backwards)
    one = both(x, *new_weights(cell), mask=mask, initial_state=states)
    batch = both(x[None], *new_weights(cell), mask=mask[None], initial_state=[state[None] for state in states])
    for ours, expected in zip(one, batch, strict=True):
        np.testing.assert_array_equal(ours, expected[0])


@pytest.mark.parametrize("cell", [cells.simple_rnn, cells.gru])
def test_one_initial_state_may_stand_in_a_list_or_not(cell):
    x, h = np.ones((2, 4, 5)), np.full((2, 3), 0.5)
    np.testing.assert_array_equal(
        cell(x, *new_weights(cell), initial_state=h), cell(x, *new_weights(cell), initial_state=[h])
    )


@EVERY_CELL
def test_a_batch_with_no_sequence_in_it_has_no_output(cell):
    assert cell(np.zeros((0, 4, 5)), *new_weights(cell)).shape == (0, 3)


@EVERY_CELL
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_precision_is_kept(cell, dtype):
    weights = [array.astype(dtype) for array in new_weights(cell)]
    results = cell(np.ones((2, 4, 5), dtype), *weights, mask=np.eye(2, 4), return_state=True)
    assert {array.dtype for array in results} == {np.dtype(dtype)}


def test_large_sums_do_not_overflow():
    with warnings.catch_warnings(action="error"):
        np.testing.assert_array_equal(cells.sigmoid(np.array([-1000.0, 0, 1000])), [0, 0.5, 1])


# --- what does not fit -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"x": np.ones((2, 4, 6))}, r"x has shape \(2, 4, 6\), expected \(batch, time, 5\)"),
        ({"x": np.ones(5)}, r"x has shape \(5,\), expected \(batch, time, 5\)"),
        ({"x": np.ones((2, 0, 5))}, r"x has shape \(2, 0, 5\), expected at least one timestep"),
        ({"kernel": np.ones((5, 9))}, r"kernel has shape \(5, 9\), expected \(features, 12\)"),
        ({"recurrent_kernel": np.ones((3, 9))}, r"recurrent_kernel has shape \(3, 9\), expected \(3, 12\)"),
        ({"recurrent_kernel": np.ones(12)}, r"recurrent_kernel has shape \(12,\), expected \(units, 4 \* units\)"),
        ({"bias": np.ones(3)}, r"bias has shape \(3,\), expected \(12,\)"),
        ({"mask": np.ones((2, 5))}, r"mask has shape \(2, 5\), expected \(2, 4\)"),
        ({"initial_state": [np.ones((2, 3))]}, r"initial_state holds 1 arrays, expected \(h, c\)"),
        (
            {"initial_state": [np.ones((2, 3)), np.ones((1, 3))]},
            r"initial_state c has shape \(1, 3\), expected \(2, 3\)",
        ),
        ({"activation": "softmax"}, "no activation 'softmax' here: choose one of tanh, sigmoid"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_does_not_fit_is_named_with_both_shapes(changed, sentence):
    kernel, recurrent_kernel, bias = new_weights(cells.lstm)
    fitting = {"x": np.ones((2, 4, 5)), "kernel": kernel, "recurrent_kernel": recurrent_kernel, "bias": bias}
    with pytest.raises(ValueError, match=sentence):
        cells.lstm(**fitting | changed)


@pytest.mark.parametrize("reset_after", [True, False])
def test_a_bias_of_the_other_gru_says_which_one_it_belongs_to(reset_after):
    weights = new_weights(cells.gru, reset_after=not reset_after)
    with pytest.raises(ValueError, match=f"belongs to reset_after={not reset_after}"):
        cells.gru(np.ones((2, 4, 5)), *weights, reset_after=reset_after)


def test_shapes_of_one_timestep_are_checked_too():
    weights = new_weights(cells.gru)
    with pytest.raises(ValueError, match=r"h has shape \(1, 3\), expected \(2, 3\)"):
        cells.gru_step(np.ones((2, 5)), np.ones((1, 3)), *weights)
    with pytest.raises(ValueError, match=r"x has shape \(4,\), expected \(5,\)"):
        cells.gru_step(np.ones(4), np.ones(3), *weights)


def test_both_ways_wants_two_sets_of_weights_and_a_merge_mode_it_knows():
    x, weights = np.ones((2, 4, 5)), new_weights(cells.lstm)
    with pytest.raises(ValueError, match="weights holds 3 arrays, expected as many for each"):
        cells.bidirectional(cells.lstm, x, *weights)
    with pytest.raises(ValueError, match="no merge mode 'add': choose one of concat, sum, mul, ave or None"):
        cells.bidirectional(cells.lstm, x, *weights, *weights, merge_mode="add")


# --- weights to start from, gradients in bounds ----------------------------------------------------------------------


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
