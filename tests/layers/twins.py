"""Two layers that should compute the same: equal random weights, and what both give for one input."""

import numpy as np
import tensorflow as tf


def give_equal_weights(theirs, ours, shape: tuple[int, int, int], draw: int) -> np.ndarray:
    """Build both for inputs ``(batch, time, features)``, draw one set of weights for both; return random inputs."""
    random = np.random.default_rng(draw)
    for layer in (theirs, ours):
        layer.build(shape)
    weights = [random.normal(size=weight.shape) for weight in theirs.get_weights()]
    for layer in (theirs, ours):
        layer.set_weights(weights)
    return random.normal(size=shape).astype("float32")


def assert_equal_gradients(x: np.ndarray, theirs, ours) -> None:
    """The gradients of one loss with respect to the inputs and to every weight."""
    x = tf.constant(x)
    found = []
    for layer in (theirs, ours):
        with tf.GradientTape() as tape:
            tape.watch(x)
            loss = tf.reduce_sum(tf.sin(layer(x)))
        found.append(tape.gradient(loss, [x, *layer.trainable_weights]))
    assert len(found[0]) == len(found[1]) > 2
    for expected, gradient in zip(*found, strict=True):
        np.testing.assert_allclose(gradient, expected, atol=1e-5)
