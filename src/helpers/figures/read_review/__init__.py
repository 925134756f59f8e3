"""A review read by the recorded networks."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from helpers.figures.architecture import layers
from helpers.figures.figure import Figure, remembers_call

# Experiment → its name on the figure. Each is an embedding, one recurrent layer and one output neuron.
MODELS = {
    "b1-simplernn": "SimpleRNN",
    "b2-lstm": "LSTM",
    "b3-gru": "GRU",
    "b4-bilstm": "two-way LSTM",
    "b4-bilstm-masked": "two-way LSTM, masked",
}
_ALT = (
    "Type a film review, and a trained network reads it in the page. A curve shows the probability of praise after "
    "each word. A heat map, units down and words across, shows the state of each unit, what it adds to the verdict, or "
    "one of its gates; each cell gives its exact numbers. A second network can read the same words beside it. Strong "
    "words move the curve, and what they have done fades as others follow."
)


@remembers_call
def read_review(
    model: str = "b2-lstm",
    compare: str | Iterable[str] = (),
    text: str = "the lead is charming and the first hour is a joy but the ending is a lazy mess",
    show: str = "h",
) -> Figure:
    """Type a review and watch recorded networks read it: probabilities after each word, every state and gate.

    Parameters
    ----------
    model : the network that is shown at first: "b1-simplernn", "b2-lstm", "b3-gru", "b4-bilstm" or "b4-bilstm-masked".
    compare : another one that reads the same words beside it, or several to choose from; the first is shown at once.
    text : the review to start from.
    show : what the heat map shows at first: "h" (the state), "vote" (what a unit adds to the verdict), or one of the
        cell: "c", "f", "i", "g", "o" of an LSTM, "z", "r", "g" of a GRU.

    Raises
    ------
    ValueError
        For an experiment that is none of these, and for something to show that the cell does not have.

    Notes
    -----
    The weights are the recorded ones, which are stored as float16, bit by bit, and so are the words: a network without
    its vocabulary cannot read.
    """
    names = list(dict.fromkeys([model, *([compare] if isinstance(compare, str) else compare)]))
    for name in names:
        if name not in MODELS:
            raise ValueError(f"read_review does not show {name!r}, only {', '.join(MODELS)}.")
    models = {name: _description(name) for name in names}
    size = models[model]["words"]  # the same for all
    known = ["h", "vote", *{"SimpleRNN": "", "LSTM": "cfigo", "GRU": "zrg"}[models[model]["kind"]]]
    if show not in known:
        raise ValueError(f"{model} has no {show!r} to show: choose {', '.join(known)}.")
    state = {
        "text": text, "shown": model, "compare": next(iter(names[1:]), ""), "quantity": show, "place": -1, "row": 0,
        "size": size, "models": models,
    }  # fmt: skip
    files = {"words": lambda: "\n".join(_words(size)).encode()}
    files |= {_file(name): partial(_weights, name) for name in names}
    return Figure("read_review", _ALT, state, files, later=[_file(name) for name in names[2:]])


def _words(size: int) -> list[str]:
    """The words that have a code below ``size``, by rank."""
    from helpers.results import records

    return records.words()[: size - 4]


def _file(name: str) -> str:
    return "weights_" + name.replace("-", "_")


def _description(name: str) -> dict[str, Any]:
    embedding, recurrent, _ = layers(name)
    return {
        "label": MODELS[name], "kind": recurrent.kind, "bidirectional": recurrent.bidirectional,
        "masked": embedding.settings["mask_zero"], "words": embedding.settings["input_dim"],
        "features": embedding.settings["output_dim"], "units": recurrent.settings["units"], "file": _file(name),
    }  # fmt: skip


def _weights(name: str) -> bytes:
    """All weights, one after the other as ``get_weights`` orders them, in the float16 in which they are recorded."""
    from helpers.results import records

    weights = [weight for weight in records.load_weights(name) if weight is not None]  # none of them is frozen
    return b"".join(weight.astype("<f2").tobytes() for weight in weights)
