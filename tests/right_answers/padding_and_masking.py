"""Right answers to the exercises of chapter 13, each in another way: (exercise, answer)."""

import numpy as np


def keeper_of_keras(factor):
    import keras

    return keras.layers.Rescaling(factor)


def keeper_of_my_own(factor):
    import keras

    class Times(keras.layers.Layer):
        def call(self, x):
            return x * factor

        def compute_mask(self, x, mask=None):
            return mask

    layer = Times()
    layer.supports_masking = True
    return layer


def keeper_in_a_lambda(factor):
    import keras

    layer = keras.layers.Lambda(lambda x: factor * x, mask=lambda x, mask: mask)
    layer.supports_masking = True
    return layer


def max_row_by_row(values, mask):
    return [
        row[real].max(axis=0) if real.any() else np.zeros(row.shape[1]) for row, real in zip(values, mask, strict=True)
    ]


def max_of_a_masked_array(values, mask):
    gone = np.broadcast_to(~mask[..., None], values.shape)
    return np.ma.masked_array(values, gone).max(axis=1).filled(0)


def max_float32(values, mask):
    words = np.float32(values) + np.where(mask, 0, -np.inf).astype("float32")[..., None]
    largest = words.max(axis=1)
    largest[~mask.any(axis=1)] = 0
    return largest


def batches_by_sorting(lengths, size):
    places = sorted(range(len(lengths)), key=lambda place: -lengths[place])
    found = []
    while places:
        found.append(tuple(places[:size]))
        places = places[size:]
    return found


def batches_from_the_shortest(lengths, size):
    """Rising, with the smaller batch first."""
    order, rest = np.argsort(lengths), len(lengths) % size
    found = [order[:rest]] if rest else []
    return found + [order[i : i + size] for i in range(rest, len(lengths), size)]


RIGHT = [
    ("mask-keeper", keeper_of_keras),
    ("mask-keeper", keeper_of_my_own),
    ("mask-keeper", keeper_in_a_lambda),
    ("mask-max", max_row_by_row),
    ("mask-max", max_of_a_masked_array),
    ("mask-max", max_float32),
    ("mask-batches", batches_by_sorting),
    ("mask-batches", batches_from_the_shortest),
    ("mask-blind", lambda accuracy, share: 50 + (accuracy - 50) / (1 - share)),
    ("mask-blind", lambda accuracy, share: np.float32(100 * (accuracy / 100 - share / 2) / (1 - share))),
]
