"""The layers of a recorded network, as the figures have them."""

import pytest

from helpers.figures.architecture import layers
from helpers.results import records


def test_layers_without_weights_are_left_out_and_two_readers_are_one_layer():
    found = layers("b4-bilstm")
    assert [(layer.kind, layer.bidirectional) for layer in found] == [
        ("Embedding", False),
        ("LSTM", True),
        ("Dense", False),
    ]
    assert found[1].settings["units"] == 32


def test_without_a_record_it_says_how_to_make_one(tmp_path, monkeypatch):
    monkeypatch.setattr(records, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match="b2-lstm has no recorded run: train it with"):
        layers("b2-lstm")
