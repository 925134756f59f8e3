"""The loop written out by hand computes what Keras's layers compute."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import layers

from helpers.layers import HandUnrolled
from tests.layers.twins import assert_equal_gradients, give_equal_weights

KINDS = ("SimpleRNN", "LSTM", "GRU")


def pair(kind: str, shape: tuple[int, int, int], units: int, draw: int = 0, **options) -> tuple:
    """Inputs ``(batch, time, features)``, a layer of Keras and its twin by hand, with equal random weights."""
    sequences = options.pop("return_sequences", False)
    layer = getattr(layers, kind)(units, return_sequences=sequences, **options)
    by_hand = HandUnrolled(getattr(layers, f"{kind}Cell")(units, **options), return_sequences=sequences)
    return give_equal_weights(layer, by_hand, shape, draw), layer, by_hand


@pytest.mark.parametrize("kind", KINDS)
@given(
    shape=st.tuples(st.integers(1, 4), st.integers(1, 6), st.integers(1, 5)),
    units=st.integers(1, 5),
    sequences=st.booleans(),
    draw=st.integers(0, 10_000),
)
@settings(max_examples=15, deadline=None)
def test_it_equals_the_layer(kind, shape, units, sequences, draw):
    x, layer, by_hand = pair(kind, shape, units, draw, return_sequences=sequences)
    np.testing.assert_allclose(by_hand(x), layer(x), atol=1e-6)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("options", [{}, {"use_bias": False}, {"activation": "relu"}], ids=str)
def test_its_gradients_equal_the_layers(kind, options):
    assert_equal_gradients(*pair(kind, (3, 5, 4), 3, **options))


def test_the_other_kind_of_gru():
    x, layer, by_hand = pair("GRU", (2, 4, 3), 5, reset_after=False)
    np.testing.assert_allclose(by_hand(x), layer(x), atol=1e-6)


def test_the_last_batch_may_be_smaller():
    x, layer, by_hand = pair("LSTM", (23, 4, 3), 2)
    model = keras.Sequential([keras.Input((4, 3)), by_hand])
    model.compile("sgd", "mse")
    np.testing.assert_allclose(model.predict(x, batch_size=10, verbose=0), layer(x), atol=1e-6)
    assert model.predict(x[:21], batch_size=10, verbose=0).shape == (21, 2)  # a batch of one
    history = model.fit(x, np.zeros((23, 2)), batch_size=10, epochs=2, verbose=0).history
    assert np.isfinite(history["loss"]).all()


def reader(**options) -> HandUnrolled:
    """A layer that hands each input straight to the output, so that its dropout mask can be seen."""
    cell = layers.SimpleRNNCell(
        6, activation="linear", use_bias=False, kernel_initializer="identity", recurrent_initializer="zeros", **options
    )
    return HandUnrolled(cell, return_sequences=True)


def test_one_dropout_mask_for_all_steps_of_a_batch_and_a_new_one_for_the_next():
    layer, ones = reader(dropout=0.5, seed=1), np.ones((8, 5, 6), "float32")
    first, second = (np.asarray(layer(ones, training=True)) for _ in range(2))
    for seen in (first, second):
        assert set(np.unique(seen)) == {0.0, 2.0}
        np.testing.assert_array_equal(seen, np.repeat(seen[:, :1], 5, axis=1))
        assert (seen[:, 0] != seen[:1, 0]).any()  # each review has a mask of its own
    assert (first != second).any()
    np.testing.assert_array_equal(layer(ones), ones)  # no dropout outside training
    assert layer(ones[:3], training=True).shape == (3, 5, 6)  # nor does a smaller batch meet an old mask


@pytest.mark.parametrize("kind", KINDS)
def test_with_the_same_seed_dropout_equals_the_layers(kind):
    x, layer, by_hand = pair(kind, (4, 5, 6), 3, dropout=0.4, recurrent_dropout=0.3, seed=7)
    for _ in range(2):
        np.testing.assert_allclose(by_hand(x, training=True), layer(x, training=True), atol=1e-6)


def test_in_a_graph_each_batch_has_a_new_mask_and_none_is_left_behind():
    layer, ones = reader(dropout=0.5), np.ones((8, 5, 6), "float32")
    step = tf.function(lambda x: layer(x, training=True))
    first, second = step(ones), step(ones)
    assert (np.asarray(first) != np.asarray(second)).any()
    assert step(ones[:3]).shape == (3, 5, 6)
    output, _ = layer.cell(ones[:, 0], layer.cell.get_initial_state(batch_size=8), training=True)
    assert output.shape == (8, 6)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_saved_and_loaded(kind, tmp_path):
    x, _, by_hand = pair(kind, (3, 4, 5), 2, return_sequences=True, dropout=0.25)
    model = keras.Sequential([keras.Input((4, 5)), by_hand])
    model.save(tmp_path / "model.keras")
    again = keras.saving.load_model(tmp_path / "model.keras", custom_objects={"HandUnrolled": HandUnrolled})
    np.testing.assert_array_equal(model(x), again(x))
    assert again.layers[0].return_sequences
    assert again.layers[0].cell.dropout == 0.25


def test_its_config_names_the_cell():
    config = HandUnrolled(layers.GRUCell(3), return_sequences=True, name="loop").get_config()
    assert {"cell", "return_sequences", "name"} <= set(config)
    twin = HandUnrolled.from_config(config)
    assert isinstance(twin.cell, layers.GRUCell)
    assert (twin.cell.units, twin.return_sequences, twin.name) == (3, True, "loop")


@pytest.mark.parametrize("shape", [(None, None, 3), (None, 4), (2, 3, 4, 5)], ids=str)
def test_an_unknown_length_is_refused_with_the_remedy(shape):
    with pytest.raises(ValueError, match=r"known number of time steps.*name the length in keras\.Input"):
        HandUnrolled(layers.GRUCell(3)).build(shape)


def test_a_model_without_a_length_is_refused():
    with pytest.raises(ValueError, match="known number of time steps"):
        keras.Sequential([keras.Input((None, 3)), HandUnrolled(layers.LSTMCell(2))])


def test_a_cell_without_dropout_masks_may_be_looped_over():
    class Sum(layers.Layer):
        state_size = output_size = 3

        def get_initial_state(self, batch_size=None):
            return [keras.ops.zeros((batch_size, 3))]

        def call(self, x, states, training=False):
            return x + states[0], [x + states[0]]

    x = np.random.default_rng(0).normal(size=(2, 4, 3)).astype("float32")
    layer = HandUnrolled(Sum())
    layer.build(x.shape)
    np.testing.assert_allclose(layer(x), x.sum(axis=1), atol=1e-6)
