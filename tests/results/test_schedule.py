"""The simulated cluster: worked by hand, and between the bounds that no order can leave."""

import numpy as np
import pytest

from helpers.results import frame, quote
from helpers.results.schedule import makespan


@pytest.mark.parametrize(
    ("seconds", "workers", "expected"),
    [
        ([3, 1, 2], 1, 6),
        ([3, 1, 2], 2, 3),
        ([5, 4, 3, 3, 3], 2, 10),  # 5 + 3, 4 + 3 + 3: longest first is not always best (9 is)
        ([7, 1, 1], 3, 7),
        ([2, 2], 8, 2),
        ([], 2, 0),
    ],
)
def test_whoever_is_free_takes_the_longest_that_is_left(seconds, workers, expected):
    assert makespan(seconds, workers) == expected


def test_it_lies_between_the_bounds():
    generator = np.random.default_rng(0)
    for workers in (2, 7, 32):
        seconds = generator.exponential(60, 200)
        least = max(seconds.sum() / workers, seconds.max())
        assert least <= makespan(seconds, workers) <= 4 / 3 * least + 1e-9


def test_no_worker_is_refused():
    with pytest.raises(ValueError, match="0 workers train nothing"):
        makespan([1.0], 0)


def test_it_can_be_quoted():
    every = frame().seconds
    assert quote("* hours on 1 worker") == f"{every.sum() / 3600:.1f} hours"
    assert quote("* minutes on 32 workers") == f"{makespan(every, 32) / 60:.1f} minutes"
    assert quote("b2-lstm seconds on 5 workers") == quote("b2-lstm seconds max")
    with pytest.raises(ValueError, match="write seconds, minutes or hours on N workers"):
        quote("b2-lstm test_accuracy on 5 workers")
