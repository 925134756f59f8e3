"""The figure that counts parameters, and the models of the course as lists of layers."""

from __future__ import annotations

import difflib
from typing import Any

from helpers.figures.architecture import Layer, layers
from helpers.figures.figure import Figure, remembers_call

# Experiment → what it is called.
MODELS = {
    "a1-simplernn": "SimpleRNN",
    "a2-bigru": "bidirectional GRU",
    "a3-bilstm": "bidirectional LSTM",
    "b1-simplernn": "SimpleRNN",
    "b2-lstm": "LSTM",
    "b3-gru": "GRU, reset before",
    "b4-bilstm": "bidirectional LSTM",
    "b5-stacked-lstm": "two LSTMs",
    "b9-capstone": "two LSTMs, product reviews",
    "c2-rnn": "SimpleRNN",
    "c2-lstm": "LSTM",
    "c2-gru": "GRU",
    "d3-gru": "two GRUs",
    "d3-lstm": "two LSTMs",
    "e2-lstm": "LSTM, wide head",
    "e3-bilstm": "bidirectional LSTM, wide head",
}


def _counted(layer: Layer) -> dict[str, Any]:
    """A recorded layer as the figure has it."""
    if layer.kind == "Embedding":
        return {
            "kind": "Embedding",
            "num_words": layer.settings["input_dim"],
            "output_dim": layer.settings["output_dim"],
        }
    if layer.kind == "Dense":
        return {"kind": "Dense", "units": layer.settings["units"]}
    return {
        "kind": layer.kind,
        "units": layer.settings["units"],
        "bidirectional": layer.bidirectional,
        "reset_after": layer.settings.get("reset_after", True),
        "return_sequences": False,  # the figure sets it where a recurrent layer follows
    }


@remembers_call
def parameter_counter(model: str = "b2-lstm", guess_first: bool = False) -> Figure:
    """Build a model from layers and watch its parameters being counted, or guess the total first.

    Parameters
    ----------
    model : what it starts from, an experiment of the course such as "b4-bilstm".
    guess_first : whether the counts are hidden until a guess is right; the reader may switch.

    Raises
    ------
    ValueError
        For a model that is none of ``MODELS``, and where one of these is not recorded.
    """
    if model not in MODELS:
        near = difflib.get_close_matches(str(model), MODELS, n=3, cutoff=0.3) or list(MODELS)
        raise ValueError(f"there is no model {model!r} to count; did you mean {', '.join(near)}?")
    presets = {name: [_counted(layer) for layer in layers(name)] for name in MODELS}
    return Figure(
        "parameter_counter",
        "A list of layers that you add to, remove from and put in another order: Embedding, SimpleRNN, LSTM, GRU, "
        "Dense, each recurrent one in one direction or in both. Beside each layer stands the formula of its "
        "parameters, the numbers put in, the result and its share of the total. In a second mode the counts are "
        "hidden: you type a guess, and a wrong one is answered by the slip that leads to it, such as a forgotten "
        "bias.",
        {
            "layers": presets[model],
            "features": 32,
            "guessing": guess_first,
            "guess": "",
            "revealed": False,
            "presets": [[name, title, presets[name]] for name, title in MODELS.items()],
        },
    )
