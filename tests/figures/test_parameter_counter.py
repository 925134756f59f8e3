"""The models that the counting figure offers are those of the course."""

import math

import pytest

from helpers import figures
from helpers.experiments import EXPERIMENTS, THREE_WAYS
from helpers.figures.parameter_counter import MODELS
from helpers.results.records import load_records
from tests.closed_forms import total

LAYERS = {name: layers for name, _, layers in figures.parameter_counter().state["presets"]}


@pytest.mark.parametrize("name", MODELS)
def test_a_model_has_the_count_of_the_experiment(name):
    recorded = load_records(name)[0]["architecture"]
    assert total(LAYERS[name]) == sum(math.prod(shape) for layer in recorded for shape in layer["weights"])
    published = EXPERIMENTS[name].published
    if published is not None and published.parameters is not None:
        assert total(LAYERS[name]) == published.parameters


def test_every_published_count_is_among_them():
    counted = {name for name, one in EXPERIMENTS.items() if one.published and one.published.parameters}
    same = {again: name for name, three in THREE_WAYS.items() for again in three}  # one model, trained three ways
    assert {same.get(name, name) for name in counted} <= set(MODELS)


def test_the_figure_starts_from_a_model():
    figure = figures.parameter_counter("b4-bilstm", guess_first=True)
    assert figure.state["layers"] == LAYERS["b4-bilstm"]
    assert figure.state["guessing"] is True


@pytest.mark.parametrize("name", ["b4", "", None, "B4-BiLSTM"])
def test_a_model_that_is_not_there_is_named(name):
    with pytest.raises(ValueError, match=r"there is no model .* to count; did you mean .*b"):
        figures.parameter_counter(name)
