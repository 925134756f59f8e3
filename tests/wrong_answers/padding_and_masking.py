"""Wrong answers to the exercises of chapter 13: (exercise, answer, what the check must say)."""

import numpy as np


def layer_that(computes, keeps=True):
    """An answer whose layer computes this of its factor and its input."""

    def scaled(factor):
        import keras

        class Own(keras.layers.Layer):
            def call(self, x):
                return computes(factor, x)

        layer = Own()
        layer.supports_masking = keeps
        return layer

    return scaled


def mended(values, mask, largest):
    return np.where(mask.any(axis=1)[:, None], largest, 0)


def pieces(order, size):
    return [list(order[i : i + size]) for i in range(0, len(order), size)]


def blind(accuracy, share):
    return (accuracy - 50 * share) / (1 - share)


WRONG = [
    ("mask-keeper", lambda factor: lambda x: factor * x, "should return a Keras layer"),
    ("mask-keeper", layer_that(lambda factor, x: factor * x, keeps=False), "the mask ends at your layer"),
    ("mask-keeper", layer_that(lambda factor, x: x), "leaves its input"),
    ("mask-keeper", layer_that(lambda factor, x: x + factor), "adds its factor"),
    ("mask-max", lambda v, m: mended(v, m, v.max(axis=1)), "mask has no effect"),
    ("mask-max", lambda v, m: (v * m[..., None]).max(axis=1), "becomes 0"),
    ("mask-max", lambda v, m: mended(v, m, np.where(m[..., None], v, -10).max(axis=1)), "−10 is larger"),
    ("mask-max", lambda v, m: mended(v, m, np.where(m[..., None], v, -1e9).max(axis=1)), "is larger"),
    ("mask-max", lambda v, m: mended(v, m, np.where(m[..., None], -np.inf, v).max(axis=1)), "the others"),
    ("mask-max", lambda v, m: np.where(m[..., None], v, -np.inf).max(axis=1), "a row without a word"),
    ("mask-batches", lambda lengths, size: pieces(range(len(lengths)), size), "sorted by length there would be"),
    ("mask-batches", lambda lengths, size: pieces(np.argsort(lengths), size), "has the longest texts"),
    ("mask-batches", lambda lengths, size: pieces(sorted(lengths), size), "the lengths themselves"),
    ("mask-batches", lambda lengths, size: pieces(np.argsort(lengths), 1), "only one may"),
    ("mask-batches", lambda lengths, size: pieces(np.argsort(lengths), len(lengths)), "more than"),
    ("mask-batches", lambda lengths, size: pieces(np.argsort(lengths), size)[:1], "exactly once"),
    ("mask-blind", lambda accuracy, share: blind(accuracy, share) / 100, "in per cent"),
    ("mask-blind", lambda accuracy, share: min(100, blind(accuracy, share)), "do not cut at 100"),
    ("mask-blind", lambda accuracy, share: accuracy / (1 - share), "not never"),
    ("mask-blind", lambda accuracy, share: (accuracy - 50 * (1 - share)) / share, "that of the padded"),
    ("mask-blind", lambda accuracy, share: (accuracy - 0.5 * share) / (1 - share), "50 per cent"),
]
