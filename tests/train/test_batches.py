"""Batches: every review once an epoch, of like length together, and the same sums as ``fit`` on arrays."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import text
from tools.train.batches import batches, bucket_rows, length_buckets


def reviews(n, seed=0):
    generator = np.random.default_rng(seed)
    sizes = generator.integers(1, 60, n)
    return [[int(code) for code in generator.integers(4, 100, size)] for size in sizes], np.arange(n)


@given(
    st.lists(st.integers(0, 500), min_size=1, max_size=300),
    st.integers(1, 40),
    st.integers(1, 5),
    st.one_of(st.none(), st.integers(0, 100)),
)
def test_every_row_comes_once_and_no_batch_is_too_large(sizes, batch_size, pool, seed):
    generator = None if seed is None else np.random.default_rng(seed)
    found = bucket_rows(np.array(sizes), batch_size, pool, generator)
    assert sorted(np.concatenate(found).tolist()) == list(range(len(sizes)))
    assert all(1 <= len(rows) <= batch_size for rows in found)


def test_buckets_hold_reviews_of_like_length_and_meet_by_chance():
    sizes = np.random.default_rng(1).integers(1, 500, 4_000)

    def padding(found):
        longest = sum(sizes[rows].max() * len(rows) for rows in found)
        return 1 - sizes.sum() / longest

    generator = np.random.default_rng(0)
    first, second = (bucket_rows(sizes, 32, 40, generator) for _ in range(2))
    unsorted = bucket_rows(sizes, 32, 1, generator)
    assert padding(first) < 0.05 < 0.4 < padding(unsorted)
    assert {frozenset(rows.tolist()) for rows in first}.isdisjoint({frozenset(rows.tolist()) for rows in second})


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 50), st.integers(1, 20), st.sampled_from(["pre", "post"]), st.integers(5, 80))
def test_length_buckets_pad_to_the_longest_of_the_batch(n, batch_size, side, length):
    sequences, labels = reviews(n)
    seen = []
    for x, y in length_buckets(
        sequences, labels, batch_size=batch_size, length=length, padding=side, truncating=side, shuffle_seed=3
    ):
        longest = max(min(len(sequences[i]), length) for i in y.numpy())
        expected = text.pad([sequences[i] for i in y.numpy()], longest, padding=side, truncating=side)
        np.testing.assert_array_equal(x.numpy(), expected)
        seen += y.numpy().tolist()
    assert sorted(seen) == list(range(n))


def test_epochs_differ_and_a_seed_repeats_them():
    sequences, labels = reviews(64)

    def epochs(make):
        dataset = make()
        return [np.concatenate([y.numpy() for _, y in dataset]).tolist() for _ in range(2)]

    for make in (
        lambda: length_buckets(sequences, labels, batch_size=8, length=40, pool=2, shuffle_seed=5),
        lambda: batches(text.pad(sequences, 9, padding="pre", truncating="pre"), labels, batch_size=8, shuffle_seed=5),
    ):
        first, second = epochs(make)
        assert sorted(first) == sorted(second) == list(range(64))
        assert first != second
        assert epochs(make) == [first, second]


def test_validation_batches_keep_the_order():
    x = np.arange(20).reshape(10, 2)
    rows = [y.numpy().tolist() for _, y in batches(x, np.arange(10), batch_size=4)]
    assert rows == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]]


def test_a_remainder_is_dropped_when_asked_other_reviews_each_epoch():
    dropped = batches(np.arange(10), np.arange(10), batch_size=4, shuffle_seed=1, drop_remainder=True)
    epochs = [[y.numpy().tolist() for _, y in dropped] for _ in range(2)]
    assert [[len(rows) for rows in epoch] for epoch in epochs] == [[4, 4]] * 2
    first, second = ({code for rows in epoch for code in rows} for epoch in epochs)
    assert len(first) == len(second) == 8
    assert first != second


def test_model_is_trained_and_evaluated_as_on_arrays():
    import keras

    sequences, _ = reviews(48)
    x, y = text.pad(sequences, 12, padding="pre", truncating="pre"), np.arange(48) % 2

    def trained(feed):
        keras.utils.set_random_seed(1)
        model = keras.Sequential([keras.Input((None,)), keras.layers.Embedding(100, 4), keras.layers.LSTM(3)])
        model.add(keras.layers.Dense(1, activation="sigmoid"))
        model.compile("rmsprop", "binary_crossentropy", metrics=["accuracy"])
        feed(model)
        return model

    by_arrays = trained(lambda model: model.fit(x, y, batch_size=16, epochs=2, shuffle=False, verbose=0))
    by_batches = trained(lambda model: model.fit(batches(x, y, batch_size=16), epochs=2, verbose=0))
    for one, other in zip(by_arrays.get_weights(), by_batches.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-6)
    expected = by_arrays.evaluate(x, y, verbose=0)
    np.testing.assert_allclose(by_batches.evaluate(batches(x, y, batch_size=7), verbose=0), expected, atol=1e-5)


def test_bad_settings_are_named():
    with pytest.raises(ValueError, match="there are 3 inputs and 2 labels"):
        batches(np.zeros((3, 2)), np.zeros(2), batch_size=2)
    with pytest.raises(ValueError, match="not none"):
        length_buckets([], np.zeros(0), batch_size=2, length=5)
    with pytest.raises(ValueError, match="batch_size is 0"):
        length_buckets([[1]], np.zeros(1), batch_size=0, length=5)
    with pytest.raises(ValueError, match="pool is 0"):
        length_buckets([[1]], np.zeros(1), batch_size=1, length=5, pool=0)
