"""The unrolled network: what Python checks and hands over."""

import pytest

from helpers import figures


def test_its_start_is_what_was_asked_for():
    figure = figures.unroll("Good film", 4, 2, 0.5, numbers={"Good": 1}, backward=False)
    assert figure.state["kernel"] == [4.0]
    assert figure.state["recurrent"] == [2.0]
    assert figure.state["numbers"] == {"good": 1.0}
    assert "gradient" not in figure.alt
    two = figures.unroll("a b", [[1, 2]], [[1, 2], [3, 4]], [0, 1])
    assert two.state["recurrent"] == [1.0, 2.0, 3.0, 4.0]
    assert two.state["target"] == [1.0, 1.0]
    assert "2 units" in two.alt
    assert "dU" in two.alt


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"words": " "}, "words has 0 words, expected 1 to 8"),
        ({"words": "a b c d e f g h i"}, "words has 9 words"),
        ({"bias": [0, 0, 0]}, "bias is for 3 units"),
        ({"bias": [0, 0]}, r"kernel has the shape \(1, 1\), expected \(1, 2\) for 2 units"),
        ({"kernel": [[1, 2]]}, r"kernel has the shape \(1, 2\), expected \(1, 1\)"),
        ({"recurrent_kernel": 6}, "recurrent_kernel has a number outside −5 to 5"),
        ({"kernel": float("nan")}, "kernel has a number outside"),
    ],
)
def test_a_wrong_argument_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        figures.unroll(**arguments)
