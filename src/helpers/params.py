"""How many parameters a layer has, in closed form, and where the number comes from.

Each function is the formula of one layer; its arguments are named as Keras names them. ``explain(model)`` writes the
formula, the numbers that go into it and the result for every layer of a model. No Keras is needed for any of it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

# --- closed forms ----------------------------------------------------------------------------------------------------


def embedding(num_words: int, output_dim: int) -> int:
    """Count the parameters of ``Embedding(num_words, output_dim)``: one vector for every word."""
    return num_words * output_dim


def dense(units: int, input_dim: int, use_bias: bool = True) -> int:
    """Count the parameters of ``Dense(units)`` on ``input_dim`` features: every unit has a weight for every feature."""
    return units * (input_dim + use_bias)


def simple_rnn(units: int, input_dim: int, use_bias: bool = True) -> int:
    """Count the parameters of ``SimpleRNN(units)``: every unit sees the input, the old state and a bias."""
    return units * (input_dim + units + use_bias)


def lstm(units: int, input_dim: int, use_bias: bool = True) -> int:
    """Count the parameters of ``LSTM(units)``: three gates and a candidate, each as large as a SimpleRNN."""
    return 4 * simple_rnn(units, input_dim, use_bias)


def gru(units: int, input_dim: int, reset_after: bool = True, use_bias: bool = True) -> int:
    """Count the parameters of ``GRU(units)``: two gates and a candidate; with ``reset_after`` each has two biases."""
    biases = use_bias * (1 + reset_after)
    return 3 * units * (input_dim + units + biases)


def bidirectional(count: int) -> int:
    """Count the parameters of ``Bidirectional(layer)``: those of the layer, once for each direction."""
    return 2 * count


def additive_attention(units: int, query_dim: int, value_dim: int, use_bias: bool = False) -> int:
    """Count the parameters of additive attention, ``v · tanh(query W + value U)``.

    Parameters
    ----------
    units : int
        Width of the hidden layer that scores a pair.
    query_dim, value_dim : int
        Features of the query (the decoder's state) and of the values (the encoder's outputs).
    use_bias : bool
        Whether all three maps have a bias: it is then three Dense layers. The paper has none.

    Returns
    -------
    int
        ``W``, (query_dim, units); ``U``, (value_dim, units); ``v``, (units, 1).

    References
    ----------
    Bahdanau, Cho & Bengio (2015), arXiv:1409.0473, section A.1.2.
    """
    return dense(units, query_dim, use_bias) + dense(units, value_dim, use_bias) + dense(1, units, use_bias)


def multi_head_attention(
    num_heads: int,
    key_dim: int,
    query_features: int,
    value_features: int | None = None,
    key_features: int | None = None,
    *,
    value_dim: int | None = None,
    output_dim: int | None = None,
    use_bias: bool = True,
) -> int:
    """Count the parameters of ``MultiHeadAttention(num_heads, key_dim)``: four Dense layers.

    Parameters
    ----------
    num_heads, key_dim : int
        Number of heads, and width of query and key in each.
    query_features : int
        Features of the query sequence.
    value_features, key_features : int, optional
        Features of the value sequence (those of the query if not given: self-attention) and of the key sequence
        (those of the value).
    value_dim : int, optional
        Width of the value in each head (``key_dim`` if not given).
    output_dim : int, optional
        Features of the output, Keras's ``output_shape`` (those of the query if not given).
    use_bias : bool
        Whether the four maps have a bias.

    References
    ----------
    Vaswani et al. (2017), arXiv:1706.03762, section 3.2.2.
    """
    value_features = value_features or query_features
    key_features = key_features or value_features
    value_dim = value_dim or key_dim
    output_dim = output_dim or query_features
    return (
        dense(num_heads * key_dim, query_features, use_bias)
        + dense(num_heads * key_dim, key_features, use_bias)
        + dense(num_heads * value_dim, value_features, use_bias)
        + dense(output_dim, num_heads * value_dim, use_bias)
    )


# --- a model explained -----------------------------------------------------------------------------------------------

_MEANINGS = {
    "V": "words",
    "d": "features",
    "n": "units",
    "H": "heads",
    "q": "features of the query",
    "s": "features of the key",
    "t": "features of the value",
    "k": "width of the key",
    "v": "width of the value",
    "o": "features of the output",
}
_WRAPPERS = {"Bidirectional": "forward_layer", "TimeDistributed": "layer"}  # and where each keeps what it wraps


class Row(NamedTuple):
    """One layer: its formula, the formula with the numbers put in, and what that makes."""

    layer: str
    type: str
    formula: str
    numbers: str
    parameters: int


@dataclass(frozen=True)
class Explanation:
    """The parameters of a model, layer by layer; prints as text, shows as a table in a notebook."""

    rows: tuple[Row, ...]
    total: int

    @property
    def legend(self) -> str:
        """What the letters of the formulas stand for."""
        formulas = "".join(row.formula for row in self.rows)
        return ", ".join(f"{letter} {meaning}" for letter, meaning in _MEANINGS.items() if letter in formulas)

    def _lines(self) -> list[tuple[str, ...]]:
        body = [(*row[:4], f"{row.parameters:,}") for row in self.rows]
        return [Row._fields, *body, ("total", "", "", "", f"{self.total:,}")]

    def __str__(self) -> str:
        lines = self._lines()
        *widths, last = [max(map(len, column)) for column in zip(*lines, strict=True)]
        texts = ["  ".join([*map(str.ljust, texts, widths), number.rjust(last)]) for *texts, number in lines]
        return "\n".join([*texts, self.legend]).rstrip()

    __repr__ = __str__

    def _repr_html_(self) -> str:
        from helpers.results.table import Table

        header, *body = self._lines()
        return Table(header, body, self.legend, "Parameters of each layer")._repr_html_()


def explain(model: Any) -> Explanation:
    """Write out where the parameters of a Keras model come from.

    Parameters
    ----------
    model : keras.Model
        A model that is built: it starts with a ``keras.Input``, or has been called once. Of a model inside it, every
        layer has its row.

    Returns
    -------
    Explanation
        ``rows`` with ``layer``, ``type``, ``formula``, ``numbers`` and ``parameters``, and the ``total``. The number of
        parameters is always that of ``layer.count_params()``; a layer whose formula is not known here, or does not
        give that number, is marked "counted by Keras".

    Raises
    ------
    ValueError
        If a layer is not built yet, and so has no parameters to count.
    """
    return Explanation(tuple(_row(layer) for layer in _layers(model)), model.count_params())


def _layers(model: Any) -> Iterator[Any]:
    for layer in model.layers:
        if hasattr(layer, "layers"):  # a model inside the model
            yield from _layers(layer)
        else:
            yield layer


def _row(layer: Any) -> Row:
    if not layer.built:
        raise ValueError(f"layer {layer.name!r} is not built yet: start the model with a keras.Input, or call it once.")
    parameters = layer.count_params()
    closed = _closed_form(layer)
    if parameters == 0:
        formula, numbers = "–", "no weights"
    elif closed is None or closed.parameters != parameters:
        formula, numbers = "–", "counted by Keras"
    else:
        formula = closed.formula
        numbers = re.sub("[a-zA-Z]", lambda letter: f"{closed.values[letter[0]]:,}", formula)
    return Row(layer.name, _type(layer), formula, numbers, parameters)


def _type(layer: Any) -> str:
    """Name the type of a layer, with that of the layer it wraps: ``Bidirectional(LSTM)``."""
    name = type(layer).__name__
    return f"{name}({_type(_wrapped(layer))})" if name in _WRAPPERS else name


def _wrapped(layer: Any) -> Any:
    return getattr(layer, _WRAPPERS[type(layer).__name__])


class _ClosedForm(NamedTuple):
    formula: str
    values: dict[str, int]
    parameters: int


def _closed_form(layer: Any) -> _ClosedForm | None:
    """Return the formula of a layer, what its letters stand for and what it makes; None where it is not known."""
    kind, shapes = type(layer).__name__, [tuple(weight.shape) for weight in layer.weights]
    if kind in _WRAPPERS:
        inner = _closed_form(_wrapped(layer))
        if inner is None or kind == "TimeDistributed":
            return inner
        return _ClosedForm(f"2·{inner.formula}", inner.values, bidirectional(inner.parameters))
    if kind == "Embedding":
        num_words, output_dim = shapes[0]
        return _ClosedForm("V·d", {"V": num_words, "d": output_dim}, embedding(num_words, output_dim))
    if kind not in ("Dense", "SimpleRNN", "LSTM", "GRU", "MultiHeadAttention"):
        return None

    bias = " + 1" if layer.use_bias else ""
    if kind == "MultiHeadAttention":
        return _attention(layer, shapes, bias)
    units, input_dim = layer.units, shapes[0][0]
    values = {"n": units, "d": input_dim}
    if kind == "Dense":
        return _ClosedForm(f"n·(d{bias})" if bias else "n·d", values, dense(units, input_dim, layer.use_bias))
    if kind == "SimpleRNN":
        return _ClosedForm(f"n·(d + n{bias})", values, simple_rnn(units, input_dim, layer.use_bias))
    if kind == "LSTM":
        return _ClosedForm(f"4·n·(d + n{bias})", values, lstm(units, input_dim, layer.use_bias))
    if bias and layer.reset_after:
        bias = " + 2"
    return _ClosedForm(f"3·n·(d + n{bias})", values, gru(units, input_dim, layer.reset_after, layer.use_bias))


def _attention(layer: Any, shapes: list[tuple[int, ...]], bias: str) -> _ClosedForm:
    query, key, value, output = shapes[:: 2 if layer.use_bias else 1]  # every kernel is followed by its bias
    (q, H, k), (s, _, _), (t, _, v), o = query, key, value, math.prod(output[2:])
    return _ClosedForm(
        f"H·k·(q{bias}) + H·k·(s{bias}) + H·v·(t{bias}) + o·(H·v{bias})",
        {"H": H, "q": q, "s": s, "t": t, "k": k, "v": v, "o": o},
        multi_head_attention(H, k, q, t, s, value_dim=v, output_dim=o, use_bias=layer.use_bias),
    )
