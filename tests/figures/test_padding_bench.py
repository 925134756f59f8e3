"""Two reviews and one matrix: what the bench refuses."""

import pytest

from helpers import figures


def test_padding_bench_refuses_what_cannot_be():
    with pytest.raises(ValueError, match="padding is 'left'"):
        figures.padding_bench(padding="left")
    with pytest.raises(ValueError, match="truncating is 'end'"):
        figures.padding_bench(truncating="end")
    with pytest.raises(ValueError, match="size is -1"):
        figures.padding_bench(size=-1)
    with pytest.raises(ValueError, match="length is 0"):
        figures.padding_bench(length=0)
