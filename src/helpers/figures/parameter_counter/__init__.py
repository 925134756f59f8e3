"""The figure that counts parameters, and the models of the course as lists of layers."""

from __future__ import annotations

import difflib
from typing import Any

from helpers.figures.figure import Figure, remembers_call

Layer = dict[str, Any]


def _embedding(num_words: int, output_dim: int) -> Layer:
    return {"kind": "Embedding", "num_words": num_words, "output_dim": output_dim}


def _recurrent(kind: str, units: int = 32, bidirectional: bool = False, reset_after: bool = True) -> Layer:
    options = {"bidirectional": bidirectional, "reset_after": reset_after, "return_sequences": False}
    return {"kind": kind, "units": units, **options}


def _dense(*units: int) -> list[Layer]:
    return [{"kind": "Dense", "units": one} for one in units]


_RNN, _LSTM, _GRU = (_recurrent(kind) for kind in ("SimpleRNN", "LSTM", "GRU"))
_A, _B, _C, _D = _embedding(10_000, 16), _embedding(8_000, 32), _embedding(10_000, 32), _embedding(10_000, 100)

# Experiment → what it is called and its layers. Dropout has no parameters, so it is left out.
MODELS: dict[str, tuple[str, list[Layer]]] = {
    "a1-simplernn": ("SimpleRNN", [_A, _RNN, *_dense(10, 1)]),
    "a2-bigru": ("bidirectional GRU", [_A, _recurrent("GRU", bidirectional=True), *_dense(10, 1)]),
    "a3-bilstm": ("bidirectional LSTM", [_A, _recurrent("LSTM", bidirectional=True), *_dense(10, 1)]),
    "b1-simplernn": ("SimpleRNN", [_B, _RNN, *_dense(1)]),
    "b2-lstm": ("LSTM", [_B, _LSTM, *_dense(1)]),
    "b3-gru": ("GRU, reset before", [_B, _recurrent("GRU", reset_after=False), *_dense(1)]),
    "b4-bilstm": ("bidirectional LSTM", [_B, _recurrent("LSTM", bidirectional=True), *_dense(1)]),
    "b5-stacked-lstm": ("two LSTMs", [_B, _LSTM, _LSTM, *_dense(1)]),
    "b9-capstone": ("two LSTMs, product reviews", [_C, *2 * [_recurrent("LSTM", 64)], *_dense(32, 32, 1)]),
    "c2-rnn": ("SimpleRNN", [_C, _RNN, *_dense(1)]),
    "c2-lstm": ("LSTM", [_C, _LSTM, *_dense(1)]),
    "c2-gru": ("GRU", [_C, _GRU, *_dense(1)]),
    "d3-gru": ("two GRUs", [_D, *2 * [_recurrent("GRU", 64)], *_dense(64, 1)]),
    "d3-lstm": ("two LSTMs", [_D, *2 * [_recurrent("LSTM", 64)], *_dense(64, 1)]),
    "e2-lstm": ("LSTM, wide head", [_C, _LSTM, *_dense(256, 1)]),
    "e3-bilstm": ("bidirectional LSTM, wide head", [_C, _recurrent("LSTM", bidirectional=True), *_dense(256, 1)]),
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
        For a model that is none of ``MODELS``.
    """
    if model not in MODELS:
        near = difflib.get_close_matches(str(model), MODELS, n=3, cutoff=0.3) or list(MODELS)
        raise ValueError(f"there is no model {model!r} to count; did you mean {', '.join(near)}?")
    return Figure(
        "parameter_counter",
        "A list of layers that you add to, remove from and put in another order: Embedding, SimpleRNN, LSTM, GRU, "
        "Dense, each recurrent one in one direction or in both. Beside each layer stands the formula of its "
        "parameters, the numbers put in, the result and its share of the total. In a second mode the counts are "
        "hidden: you type a guess, and a wrong one is answered by the slip that leads to it, such as a forgotten "
        "bias.",
        {
            "layers": MODELS[model][1],
            "features": 32,
            "guessing": guess_first,
            "guess": "",
            "revealed": False,
            "presets": [[name, title, layers] for name, (title, layers) in MODELS.items()],
        },
    )
