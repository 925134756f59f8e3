"""The models that the counting figure offers are those of the course."""

import pytest

from helpers import figures, params
from helpers.figures.counter import MODELS
from helpers.runs.experiments import EXPERIMENTS, build

RECURRENT = {"SimpleRNN": params.simple_rnn, "LSTM": params.lstm, "GRU": params.gru}


def total(layers) -> int:
    """The parameters of a list of layers, by the closed forms."""
    parameters, width = 0, 0
    for layer in layers:
        if layer["kind"] == "Embedding":
            width = layer["output_dim"]
            parameters += params.embedding(layer["num_words"], width)
        elif layer["kind"] == "Dense":
            parameters += params.dense(layer["units"], width)
            width = layer["units"]
        else:
            options = {"reset_after": layer["reset_after"]} if layer["kind"] == "GRU" else {}
            ways = 1 + layer["bidirectional"]
            parameters += ways * RECURRENT[layer["kind"]](layer["units"], width, **options)
            width = ways * layer["units"]
    return parameters


@pytest.mark.parametrize("name", MODELS)
def test_a_model_has_the_count_of_the_experiment(name):
    _, layers = MODELS[name]
    assert total(layers) == build(name).count_params()
    published = EXPERIMENTS[name].published
    if published is not None and published.parameters is not None:
        assert total(layers) == published.parameters


def test_every_published_count_is_among_them():
    counted = {name for name, one in EXPERIMENTS.items() if one.published and one.published.parameters}
    assert counted <= set(MODELS)


def test_the_figure_starts_from_a_model():
    figure = figures.parameter_counter("b4-bilstm", guess_first=True)
    assert figure.state["layers"] == MODELS["b4-bilstm"][1]
    assert figure.state["guessing"] is True


@pytest.mark.parametrize("name", ["b4", "", None, "B4-BiLSTM"])
def test_a_model_that_is_not_there_is_named(name):
    with pytest.raises(ValueError, match=r"there is no model .* to count; did you mean .*b"):
        figures.parameter_counter(name)
