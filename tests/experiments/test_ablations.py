"""What is taken apart changes one thing at a time."""

from itertools import product

import pytest

from helpers.experiments import EXPERIMENTS, FAMILIES, build, experiment, family
from helpers.experiments.ablations import CURES, GRID


def test_every_experiment_is_of_one_family():
    assert sum(map(len, FAMILIES.values())) == len(EXPERIMENTS)
    assert family("b9-capstone") == "products"
    with pytest.raises(ValueError, match="there is no experiment 'b2-lstn'; did you mean b2-lstm"):
        family("b2-lstn")


def test_a_linear_model_cannot_be_built():
    with pytest.raises(ValueError, match="baseline-tfidf is a linear model, not a network"):
        build("baseline-tfidf")


@pytest.mark.parametrize(
    ("padding", "mask", "kept", "cell"),
    product(("pre", "post"), ("mask", "none"), ("first", "last"), ("rnn", "lstm", "gru")),
)
def test_the_grid_changes_padding_mask_and_which_words_are_kept(padding, mask, kept, cell):
    one = GRID[f"grid-{padding}-{mask}-{kept}-{cell}"]
    assert (one.data.padding, one.data.truncating) == (padding, {"first": "post", "last": "pre"}[kept])
    assert one.fit == experiment("b3-gru").fit
    embedding, recurrent = (build(f"grid-{padding}-{mask}-{kept}-{cell}").layers[i] for i in (0, 2))
    assert embedding.mask_zero == (mask == "mask")
    assert type(recurrent).__name__ == {"rnn": "SimpleRNN", "lstm": "LSTM", "gru": "GRU"}[cell]


def test_each_cure_changes_one_thing():
    kinds = {name: [type(layer).__name__ for layer in build(f"cure-{name}").layers] for name in CURES}
    assert kinds["none"] == ["Embedding", "LSTM", "Dense"]
    assert kinds["spatial"] == ["Embedding", "SpatialDropout1D", "LSTM", "Dense"]
    assert kinds["output"] == ["Embedding", "LSTM", "Dropout", "Dense"]
    assert build("cure-decay").optimizer.weight_decay == 0.01
    assert build("cure-strong").optimizer.weight_decay == 1.0
    assert build("cure-none").optimizer.weight_decay is None
