"""One step of an LSTM: what it refuses, and that it starts from what it is given."""

import numpy as np
import pytest

from helpers import figures


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"x": "0.5"}, "x is '0.5', expected a number from −3 to 3"),
        ({"h": 2}, "h is 2, expected a number from −1 to 1"),
        ({"c": float("nan")}, "c is nan, expected a number"),
        ({"c": True}, "c is True, expected a number"),
        ({"kernel": [1, 2, 3]}, "kernel has 3 numbers, expected 4, in the order i, f, c, o"),
        ({"bias": [0, 90, 0, 0]}, "bias is 90, expected a number from −8 to 8"),
    ],
)
def test_an_lstm_step_refuses_what_it_cannot_show(arguments, message):
    with pytest.raises(ValueError) as error:
        figures.lstm_step(**arguments)
    assert message in str(error.value)


def test_the_arguments_are_in_the_order_of_keras():
    state = figures.lstm_step(x=np.float32(0.25), bias=np.array([0, 1, 2, 3])).state
    assert state["x"] == 0.25
    assert [state[f"b_{block}"] for block in "ifco"] == [0, 1, 2, 3]
    assert {type(value) for key, value in state.items() if key != "trace"} == {float}
