"""The LSTM that is one operation computes what Keras's LSTM computes, forward and backward."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import layers

from helpers.layers import FusedLSTM
from tests.layers.twins import assert_equal_gradients, give_equal_weights


def pair(shape: tuple[int, int, int], units: int, draw: int, **options) -> tuple:
    """Inputs ``(batch, time, features)``, Keras's layer and ours, with equal random weights."""
    both = layers.LSTM(units, **options), FusedLSTM(units, **options)
    return give_equal_weights(*both, shape, draw), *both


@given(
    shape=st.tuples(st.integers(1, 5), st.integers(1, 7), st.integers(1, 5)),
    units=st.integers(1, 5),
    sequences=st.booleans(),
    draw=st.integers(0, 10_000),
)
@settings(max_examples=25, deadline=None)
def test_it_equals_the_layer(shape, units, sequences, draw):
    x, theirs, ours = pair(shape, units, draw, return_sequences=sequences)
    np.testing.assert_allclose(ours(x), theirs(x), atol=1e-6)


def test_its_gradients_equal_the_layers():
    assert_equal_gradients(*pair((3, 6, 4), 3, draw=0))


def test_a_training_takes_the_same_course_and_its_weights_move_to_keras():
    random = np.random.default_rng(0)
    x, y = random.integers(1, 50, (64, 9)), random.integers(0, 2, 64)
    losses, models = [], []
    for layer in (layers.LSTM(4), FusedLSTM(4)):
        keras.utils.set_random_seed(1)
        model = keras.Sequential(
            [keras.Input((None,), dtype="int32"), layers.Embedding(50, 3), layer, layers.Dense(1, activation="sigmoid")]
        )
        model.set_weights([random_weight(i, w) for i, w in enumerate(model.get_weights())])
        model.compile("rmsprop", "binary_crossentropy")
        losses.append(model.fit(x, y, batch_size=16, epochs=3, shuffle=False, verbose=0).history["loss"])
        models.append(model)
    np.testing.assert_allclose(losses[1], losses[0], atol=1e-5)
    models[0].set_weights(models[1].get_weights())
    np.testing.assert_allclose(models[0](x), models[1](x), atol=1e-6)


def random_weight(i: int, weight: np.ndarray) -> np.ndarray:
    return 0.5 * np.random.default_rng(i).normal(size=weight.shape)


@pytest.mark.parametrize(
    "option",
    [
        {"activation": "relu"},
        {"recurrent_activation": "hard_sigmoid"},
        {"dropout": 0.2},
        {"recurrent_dropout": 0.2},
        {"use_bias": False},
        {"go_backwards": True},
        {"return_state": True},
        {"stateful": True},
    ],
    ids=lambda option: next(iter(option)),
)
def test_what_it_cannot_do_is_named(option):
    with pytest.raises(ValueError, match=next(iter(option))):
        FusedLSTM(3, **option)


def test_a_mask_is_refused():
    model = keras.Sequential([keras.Input((5,)), layers.Embedding(9, 2, mask_zero=True), FusedLSTM(3)])
    with pytest.raises(ValueError, match="no mask"):
        model(np.ones((1, 5)))


def test_it_survives_being_saved(tmp_path):
    model = keras.Sequential([keras.Input((None, 2)), FusedLSTM(3)])
    model.save(tmp_path / "fused.keras")
    again = keras.models.load_model(tmp_path / "fused.keras", custom_objects={"FusedLSTM": FusedLSTM})
    x = np.ones((2, 4, 2), "float32")
    np.testing.assert_allclose(again(x), model(x))
