"""Time steps, masks, forms of input, and what does not fit: the same for every cell."""

from functools import partial

import numpy as np
import pytest

from helpers import cells
from tests.cells.cases import BACKWARD, EVERY_CELL, new_weights

# --- forwards -------------------------------------------------------------------------------------------------------


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


# --- backwards -------------------------------------------------------------------------------------------------------


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


@EVERY_CELL
def test_where_every_timestep_is_masked_there_is_no_gradient(cell):
    gradients = BACKWARD[cell](np.ones((2, 4, 3)), np.ones((2, 4, 5)), *new_weights(cell), mask=np.zeros((2, 4)))
    assert not any(np.any(gradient) for gradient in gradients)


@EVERY_CELL
@pytest.mark.parametrize("go_backwards", [True, False])
@pytest.mark.parametrize("sequences", [True, False])
def test_the_gradient_of_one_sequence_is_that_of_a_batch_of_one(cell, go_backwards, sequences):
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


def test_shapes_of_one_timestep_are_checked_too():
    weights = new_weights(cells.gru)
    with pytest.raises(ValueError, match=r"h has shape \(1, 3\), expected \(2, 3\)"):
        cells.gru_step(np.ones((2, 5)), np.ones((1, 3)), *weights)
    with pytest.raises(ValueError, match=r"x has shape \(4,\), expected \(5,\)"):
        cells.gru_step(np.ones(4), np.ones(3), *weights)


@EVERY_CELL
@pytest.mark.parametrize(
    ("shape", "expected"), [((2, 5, 3), r"\(2, 4, 3\)"), ((2, 4), r"\(2, 3\)"), ((3,), r"\(2, 3\)")], ids=str
)
def test_a_gradient_that_does_not_fit_the_output_is_named_with_both_shapes(cell, shape, expected):
    with pytest.raises(ValueError, match=rf"grad_output has shape .*, expected {expected}"):
        BACKWARD[cell](np.ones(shape), np.ones((2, 4, 5)), *new_weights(cell))
