"""The recorded weights are the recorded models: on the real test set they are as right as the record says."""

import pytest

from helpers.runs import EXPERIMENTS, records
from helpers.runs.experiments import build
from helpers.runs.pipeline import batches

RECORDED = [name for name, one in EXPERIMENTS.items() if one.build and records.load_records(name)]
_PREPARED: dict = {}  # the padded reviews, shared by the models of one group


def reviews(name):
    from helpers.runs.training import prepare

    wanted = EXPERIMENTS[name].data
    if wanted not in _PREPARED:
        _PREPARED.clear()  # one group at a time stays in memory
        _PREPARED[wanted] = prepare(EXPERIMENTS[name])
    return _PREPARED[wanted]


@pytest.mark.real_data
@pytest.mark.parametrize("name", RECORDED)
def test_reloaded_model_is_as_right_on_the_test_set_as_recorded(name, rnn_data):
    record = records.load_records(name)[0]
    model = build(name)
    records.check_architecture(model, record["architecture"], name)
    model.set_weights(records.load_weights(name))
    _, _, x_test, y_test, source = reviews(name)
    assert source == "folder"
    accuracy = model.evaluate(batches(x_test, y_test, batch_size=512), verbose=0, return_dict=True)["accuracy"]
    assert accuracy == pytest.approx(record["test_accuracy"], abs=0.001)
