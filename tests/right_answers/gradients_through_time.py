"""Right answers to the exercises of chapter 3, each in another way: (exercise, answer)."""

import math

import numpy as np

from helpers import cells


def step_by_einsum(dh, h, U):
    return np.einsum("bj,ij->bi", dh * (1 - h * h), U)


def step_in_loops(dh, h, U):
    batch, units = dh.shape
    return [
        [sum(dh[row, j] * (1 - h[row, j] ** 2) * U[i, j] for j in range(units)) for i in range(units)]
        for row in range(batch)
    ]


def step_float32(dh, h, U):
    dh, h, U = (one.astype("float32") for one in (dh, h, U))
    return (U @ (dh * (1 - h**2)).T).T


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


def radius_float32(U, radius):
    values = np.linalg.eigvals(U.astype("float32"))
    return (U * (radius / max(abs(value) for value in values))).tolist()


def radius_after_the_fact(U, radius):
    small = U / 1000
    return small * (radius / np.max(np.hypot(np.linalg.eigvals(small).real, np.linalg.eigvals(small).imag)))


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
    ("grad-step", step_by_einsum),
    ("grad-step", step_in_loops),
    ("grad-step", step_float32),
    ("grad-bptt", bptt_of_the_helper),
    ("grad-bptt", bptt_by_recursion),
    ("grad-bptt", bptt_of_tensorflow),
    ("grad-radius", radius_float32),
    ("grad-radius", radius_after_the_fact),
    ("grad-clip", clip_with_an_if),
    ("grad-clip", clip_as_one_vector),
    ("grad-clip", clip_of_tensorflow),
    ("grad-forget-bias", lambda steps, share: -np.log(share ** (-1 / steps) - 1)),
    ("grad-forget-bias", lambda steps, share: -math.log(math.expm1(-math.log(share) / steps))),
    ("grad-forget-bias", lambda steps, share: np.float32(2 * np.arctanh(2 * share ** (1 / steps) - 1))),
]
