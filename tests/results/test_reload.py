"""The recorded weights are the recorded models: on the real test set they are as right as the record says."""

import pytest

from helpers.experiments import EXPERIMENTS, build
from helpers.results import records
from helpers.runs import load_weights
from tools.train.batches import batches

RECORDED = [name for name in EXPERIMENTS if (records.FOLDER / name / "weights.npz").exists()]
_LOADED: dict = {}  # the padded reviews, shared by the models of one group


def reviews(name):
    recipe = EXPERIMENTS[name].data
    if recipe not in _LOADED:
        _LOADED.clear()  # one group at a time stays in memory
        _LOADED[recipe] = recipe.load()
    return _LOADED[recipe]


@pytest.mark.real_data
@pytest.mark.parametrize("name", RECORDED)
def test_reloaded_model_is_as_right_on_the_test_set_as_recorded(name, rnn_data):
    record = records.load_records(name)[0]
    model = build(name)
    records.check_architecture(model, record["architecture"], name)
    model.set_weights(load_weights(name))
    _, _, x_test, y_test, source, _ = reviews(name)
    assert source == "folder"
    accuracy = model.evaluate(batches(x_test, y_test, batch_size=512), verbose=0, return_dict=True)["accuracy"]
    assert accuracy == pytest.approx(record["test_accuracy"], abs=0.001)
