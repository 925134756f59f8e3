"""Right answers to the exercises of chapter 3, each in another way: (exercise, answer)."""

import math

import numpy as np

from helpers import cells


def bptt_of_the_helper(dh_last, x, W, U, b):
    return cells.simple_rnn_backward(dh_last, x, W, U, b).kernel


def bptt_by_recursion(dh_last, x, W, U, b):
    if len(x) == 0:
        return np.zeros_like(W)
    da = dh_last * (1 - cells.simple_rnn(x, W, U, b) ** 2)
    return np.outer(x[-1], da) + bptt_by_recursion(U @ da, x[:-1], W, U, b)


def bptt_of_tensorflow(dh_last, x, W, U, b):
    import tensorflow as tf

    W = tf.Variable(W, dtype="float32")
    x, U, b, dh_last = (tf.constant(one, dtype="float32") for one in (x, U, b, dh_last))
    with tf.GradientTape() as tape:
        h = tf.zeros_like(b)[None]
        for t in range(len(x)):
            h = tf.tanh(x[t][None] @ W + h @ U + b)
        loss = tf.reduce_sum(h * dh_last)
    return tape.gradient(loss, W)


def clip_with_an_if(gradients, limit):
    length = math.sqrt(sum(np.sum(np.square(one)) for one in gradients))
    if length <= limit:
        return tuple(gradients)
    return tuple(limit / length * one for one in gradients)


def clip_as_one_vector(gradients, limit):
    length = np.linalg.norm(np.concatenate([one.ravel() for one in gradients]))
    return [(one / max(1.0, length / limit)).tolist() for one in gradients]


def clip_of_tensorflow(gradients, limit):
    import tensorflow as tf

    return tf.clip_by_global_norm([tf.constant(one, dtype="float32") for one in gradients], limit)[0]


RIGHT = [
    ("grad-bptt", bptt_of_the_helper),
    ("grad-bptt", bptt_by_recursion),
    ("grad-bptt", bptt_of_tensorflow),
    ("grad-clip", clip_with_an_if),
    ("grad-clip", clip_as_one_vector),
    ("grad-clip", clip_of_tensorflow),
    ("grad-transient", [[0, 0], [-100, 0]]),
    ("grad-transient", np.array([[0.9, 10.0], [0.0, -0.9]], dtype="float32")),
    ("grad-transient", 4 * np.array([[1.0, -1.0], [1.0, -1.0]]) * 2),
    ("grad-claims", ("A", "E", "C")),
    ("grad-claims", "ace"),
]
