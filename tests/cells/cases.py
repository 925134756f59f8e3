"""Cells beside the layers of Keras that they must equal: what the tests of the cells draw and compare."""

from typing import NamedTuple

import keras
import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st

from helpers import cells

LAYERS = {
    cells.simple_rnn: keras.layers.SimpleRNN,
    cells.lstm: keras.layers.LSTM,
    cells.gru: keras.layers.GRU,
}
BACKWARD = {
    cells.simple_rnn: cells.simple_rnn_backward,
    cells.lstm: cells.lstm_backward,
    cells.gru: cells.gru_backward,
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
