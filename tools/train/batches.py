"""Batches for training: the same reviews as ``model.fit(x, y)``, with less waiting.

:func:`batches` feeds padded arrays. :func:`length_buckets` feeds reviews of like length together, so that a batch is
hardly padded at all. Both give a ``tf.data.Dataset`` for ``model.fit``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Sized
from typing import TYPE_CHECKING

import numpy as np

from helpers.text import pad

if TYPE_CHECKING:
    import tensorflow as tf


def batches(
    x: np.ndarray, y: np.ndarray, *, batch_size: int, shuffle_seed: int | None = None, drop_remainder: bool = False
) -> tf.data.Dataset:
    """What ``fit(x, y, batch_size=…)`` draws, without the pause that TensorFlow's input pipeline adds to an epoch.

    ``tf.data`` tunes itself in a thread that sleeps 10 ms, then 20, 40, 80 …, and the end of an epoch waits until that
    thread has slept out: an epoch of 21 s takes 41. Switched off here; on a handful of arrays there is nothing to tune.

    Parameters
    ----------
    x, y : inputs ``(n, …)`` and labels ``(n,)``.
    batch_size : reviews in a batch; the last batch holds what is left.
    shuffle_seed : None keeps the order (validation, test); a number draws a new order each epoch.
    drop_remainder : leave out a last batch that is not full, of each epoch other reviews where they are shuffled.
    """
    import tensorflow as tf

    _check(x, y, batch_size)
    order = tf.data.Dataset.range(len(x))
    if shuffle_seed is not None:
        order = order.shuffle(len(x), seed=shuffle_seed, reshuffle_each_iteration=True)
    x, y = tf.constant(x), tf.constant(y)
    order = order.batch(batch_size, drop_remainder=drop_remainder)
    return _without_pause(order.map(lambda rows: (tf.gather(x, rows), tf.gather(y, rows))))


def length_buckets(
    sequences: Sequence[Sequence[int]],
    y: np.ndarray,
    *,
    batch_size: int,
    length: int,
    padding: str = "pre",
    truncating: str = "pre",
    pool: int = 40,
    shuffle_seed: int | None = None,
) -> tf.data.Dataset:
    """Batches of reviews of like length, each padded to its own longest review only.

    Every epoch shuffles all reviews, cuts them into pools of ``pool`` batches, sorts each pool by length, cuts it
    into batches and shuffles the batches: which reviews meet is still chance, and a batch is hardly padded.

    Parameters
    ----------
    sequences : reviews as lists of word indices.
    y : labels ``(n,)``.
    batch_size, length : reviews in a batch; longer reviews are cut to ``length``.
    padding, truncating : "pre" or "post", as in :func:`helpers.text.pad`.
    pool : batches in a pool. 1 is no sorting at all; the more, the less padding and the less chance.
    shuffle_seed : None sorts everything and keeps that order (validation, test: a mean does not mind).
    """
    import tensorflow as tf

    _check(sequences, y, batch_size)
    if pool < 1:
        raise ValueError(f"pool is {pool}; a pool holds at least 1 batch.")
    y = np.asarray(y)
    sizes = np.minimum([len(one) for one in sequences], length)
    generator = None if shuffle_seed is None else np.random.default_rng(shuffle_seed)

    def draw() -> Iterator[tuple[np.ndarray, np.ndarray]]:
        for rows in bucket_rows(sizes, batch_size, pool, generator):
            longest = max(1, int(sizes[rows].max()))
            yield pad([sequences[row] for row in rows], longest, padding=padding, truncating=truncating), y[rows]

    signature = (tf.TensorSpec((None, None), tf.int32), tf.TensorSpec((None,), y.dtype))
    dataset = tf.data.Dataset.from_generator(draw, output_signature=signature)
    n_batches = len(bucket_rows(sizes, batch_size, pool, None))
    return _without_pause(dataset.apply(tf.data.experimental.assert_cardinality(n_batches)))


def bucket_rows(
    sizes: np.ndarray, batch_size: int, pool: int = 40, generator: np.random.Generator | None = None
) -> list[np.ndarray]:
    """The rows of each batch of one epoch: every row once, rows of like size together.

    ``sizes (n,)`` are the lengths. Without a ``generator`` all rows are sorted, shortest first.
    """
    n = len(sizes)
    if generator is None:
        rows = np.argsort(sizes, kind="stable")
        return [rows[start : start + batch_size] for start in range(0, n, batch_size)]
    rows, found = generator.permutation(n), []
    for start in range(0, n, pool * batch_size):
        one = rows[start : start + pool * batch_size]
        one = one[np.argsort(sizes[one], kind="stable")]
        found += [one[i : i + batch_size] for i in range(0, len(one), batch_size)]
    return [found[i] for i in generator.permutation(len(found))]


def _check(x: Sized, y: np.ndarray, batch_size: int) -> None:
    if len(x) != len(y) or len(x) == 0:
        raise ValueError(f"there are {len(x)} inputs and {len(y)} labels; they must be as many, and not none.")
    if batch_size < 1:
        raise ValueError(f"batch_size is {batch_size}; a batch holds at least 1 review.")


def _without_pause(dataset: tf.data.Dataset) -> tf.data.Dataset:
    import tensorflow as tf

    options = tf.data.Options()
    options.autotune.enabled = False
    return dataset.prefetch(2).with_options(options)
