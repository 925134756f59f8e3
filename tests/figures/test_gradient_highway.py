"""Gradients through three cells: what Python checks and hands over."""

import pytest

from helpers import figures


def test_its_start_is_what_was_asked_for():
    state = figures.gradient_highway(0.9, 100, forget_bias=4, clip=True).state
    assert state == {"radius": 0.9, "steps": 100, "forget": 4, "update": 0.0, "clip": True, "seed": 5}


@pytest.mark.parametrize(
    "arguments", [{"radius": 0.1}, {"steps": 201}, {"forget_bias": 9}, {"update_bias": -3}, {"seed": -1}]
)
def test_a_value_out_of_bounds_is_named(arguments):
    (name,) = arguments
    with pytest.raises(ValueError, match=f"^{name} is "):
        figures.gradient_highway(**arguments)
