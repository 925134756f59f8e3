"""Exercises of chapter 7, counting parameters."""

from __future__ import annotations

from typing import Any

import numpy as np

from helpers import params
from helpers.checks.exercise import Wrong, exercise, expect, expect_array, expect_whole

Layer = dict[str, Any]


# --- layers and stacks drawn at random -------------------------------------------------------------------------------


def draw(seed: int) -> Layer:
    """Draw the description of one layer; the same seed draws the same layer.

    Parameters
    ----------
    seed : int
        Any number from 0 on.

    Returns
    -------
    dict
        ``layer`` ("SimpleRNN", "LSTM" or "GRU"), ``units``, ``input_dim``, ``use_bias``, ``reset_after`` (of a GRU;
        True for the others, where it means nothing) and ``bidirectional``.
    """
    random = np.random.default_rng(seed)
    layer = str(random.choice(["SimpleRNN", "LSTM", "GRU"]))
    return {
        "layer": layer,
        "units": int(random.integers(1, 257)),
        "input_dim": int(random.integers(1, 301)),
        "use_bias": bool(random.random() < 0.8),
        "reset_after": layer != "GRU" or bool(random.random() < 0.5),
        "bidirectional": bool(random.random() < 0.4),
    }


def draw_stack(seed: int) -> list[Layer]:
    """Draw a stack to be counted on paper: an Embedding, one to three recurrent layers, and a Dense layer on top.

    Parameters
    ----------
    seed : int
        Any number from 0 on; the same seed draws the same stack.

    Returns
    -------
    list of dicts
        The Embedding has ``num_words`` and ``output_dim``, a recurrent layer ``units`` and ``bidirectional``, the
        Dense layer ``units``. All have biases and Keras's defaults: every GRU has ``reset_after=True``, every
        Bidirectional joins its two outputs.
    """
    random = np.random.default_rng(seed)
    words, width = int(random.integers(1, 20)) * 500, int(random.choice([8, 16, 32, 50]))
    recurrent = [
        {
            "layer": str(random.choice(["SimpleRNN", "LSTM", "GRU"])),
            "units": int(random.choice([5, 8, 10, 16, 20, 32])),
            "bidirectional": bool(random.random() < 0.5),
        }
        for _ in range(random.integers(1, 4))
    ]
    return [
        {"layer": "Embedding", "num_words": words, "output_dim": width},
        *recurrent,
        {"layer": "Dense", "units": int(random.choice([1, 5]))},
    ]


def _count(layer: Layer) -> int:
    units, input_dim, use_bias = layer["units"], layer["input_dim"], layer["use_bias"]
    count = {
        "SimpleRNN": params.simple_rnn(units, input_dim, use_bias),
        "LSTM": params.lstm(units, input_dim, use_bias),
        "GRU": params.gru(units, input_dim, layer["reset_after"], use_bias),
    }[layer["layer"]]
    return params.bidirectional(count) if layer["bidirectional"] else count


def _count_stack(
    stack: list[Layer], embedding: bool = True, twice: bool = True, doubled: bool = True, **change: bool
) -> int:
    """Count a stack; with one of the switches off, count it as somebody who makes that mistake."""
    first, *recurrent, dense = stack
    total = embedding * params.embedding(first["num_words"], first["output_dim"])
    width = first["output_dim"]
    for layer in recurrent:
        both = layer["bidirectional"]
        options = {"use_bias": True, "reset_after": True} | change
        total += _count(layer | options | {"input_dim": width, "bidirectional": both and twice})
        width = layer["units"] * (2 if both and doubled else 1)
    return total + params.dense(dense["units"], width, change.get("use_bias", True))


# --- checks ----------------------------------------------------------------------------------------------------------


_LAYER_MISTAKES = (
    ({"use_bias": False}, "the biases are missing: this layer has use_bias=True."),
    ({"use_bias": True}, "there is a bias too many: this layer has use_bias=False."),
    ({"bidirectional": False}, "a bidirectional layer is two readers, each with weights of its own."),
    ({"bidirectional": True}, "it is counted twice, and this layer is not bidirectional."),
    ({"reset_after": False}, "a GRU with reset_after=True has two biases in each block."),
    ({"reset_after": True}, "a GRU with reset_after=False has one bias in each block, not two."),
    ({"layer": "SimpleRNN"}, "count the blocks: an LSTM has four of them and a GRU three, a SimpleRNN one."),
    ({"layer": "LSTM"}, "only an LSTM has four blocks; a GRU has three and a SimpleRNN one."),
)


@exercise(
    "count-layer",
    "Count one block first: n units, each with a number for every input, for every old state, and its biases.",
    "n·(d + n + biases), times 1, 3 or 4 blocks, times 2 if bidirectional. When are there 0, 1 or 2 biases?",
    "biases = use_bias * (2 if it is a GRU with reset_after else 1); then blocks * n * (d + n + biases) * ways",
)
def layer(count_layer: Any) -> None:
    for seed in range(300):
        described = draw(seed)
        answer, right = expect_whole(count_layer(dict(described)), "count_layer(layer)"), _count(described)
        for change, sentence in _LAYER_MISTAKES:
            expect(answer == right or answer != _count(described | change), f"draw({seed}): {sentence}")
        blocks = {"LSTM": 4, "SimpleRNN": 1}.get(described["layer"], 0)
        second_bias = blocks * described["units"] * (1 + described["bidirectional"]) * described["use_bias"]
        expect(
            not second_bias or answer != right + second_bias,
            f"draw({seed}): only a GRU has a second bias; reset_after means nothing for a {described['layer']}.",
        )
        expect(answer == right, f"draw({seed}) is {described}: it has {right:,} parameters, and you say {answer:,}.")


_STACK_MISTAKES = (
    ({"use_bias": False}, "the biases are missing."),
    ({"embedding": False}, "the embedding is missing."),
    ({"doubled": False}, "a Bidirectional hands on twice its units: the layer above it has more inputs than you say."),
    ({"twice": False}, "a Bidirectional is two readers, each with weights of its own."),
    ({"twice": False, "doubled": False}, "a Bidirectional is two readers, and it hands on twice its units."),
    ({"reset_after": False}, "Keras's GRU has two biases in each block, since reset_after is True by default."),
)


def _compare(answer: int, stack: list[Layer], what: str) -> None:
    right = _count_stack(stack)
    for change, sentence in _STACK_MISTAKES:
        expect(answer == right or answer != _count_stack(stack, **change), f"{what}: {sentence}")
    # the right number would end the exercise, so it is not given away
    expect(answer == right, f"{what}: {answer:,} is too {'many' if answer > right else 'few'}.")


@exercise(
    "count-stack",
    "You need a variable for the width: how many numbers a timestep has below the layer you count.",
    "After each layer set the width: output_dim, units, or 2 * units after a Bidirectional.",
    "for layer in stack: add its formula with d = width, then width = layer['units'] * (2 if both ways else 1)",
)
def stack(count_stack: Any) -> None:
    for seed in range(100):
        layers = draw_stack(seed)
        answer = expect_whole(count_stack([dict(one) for one in layers]), "count_stack(stack)")
        _compare(answer, layers, f"draw_stack({seed})")


@exercise(
    "count-on-paper",
    "Go from the bottom to the top, and write at each layer how many numbers a timestep leaves it with.",
    "An Embedding hands on its output_dim, a recurrent layer its units, a Bidirectional twice its units.",
    "V·d for the embedding; blocks·n·(d + n + 1) for SimpleRNN and LSTM, 3·n·(d + n + 2) for the GRU, twice "
    "that for a Bidirectional; n·(d + 1) for the Dense layer.",
)
def paper(on_paper: Any) -> None:
    seed, answer = expect_array(on_paper, (2,), "on_paper = (seed, your count)")
    expect(seed >= 0 and seed == int(seed), "the first number is the seed: 0, 1, 2, …")
    _compare(expect_whole(answer, "your count"), draw_stack(int(seed)), f"draw_stack({int(seed)})")


@exercise(
    "count-name",
    "The recurrent kernel has n rows and one block of n columns for each gate or candidate.",
    "Columns of the recurrent kernel divided by its rows: 1, 3 or 4. And a GRU shows its version in its bias.",
    "blocks = shapes[1][1] // shapes[1][0]; for 3 blocks look whether len(shapes[2]) is 2",
)
def name(name_layer: Any) -> None:
    random = np.random.default_rng(0)
    cases = [("SimpleRNN", 1, 1), ("LSTM", 4, 1), ("GRU, reset_after=False", 3, 1), ("GRU, reset_after=True", 3, 2)]
    for d, n in [(12, 4), (4, 4), (3, 1), *random.integers(1, 60, size=(30, 2)).tolist()]:
        for right, blocks, biases in cases:
            width = blocks * n
            shapes = [(d, width), (n, width), (2, width) if biases == 2 else (width,)]
            answer = name_layer(shapes)
            expect(isinstance(answer, str), "name_layer(shapes) should return a text such as 'LSTM'.")
            expect(any(answer == one for one, *_ in cases), f"{answer!r} is none of the four names.")
            if answer != right and "GRU" in right and "GRU" in answer:
                raise Wrong(f"{shapes}: it is a GRU, and the shape of its bias tells which: {right!r}, not {answer!r}.")
            expect(
                answer == right,
                f"{shapes} belong to {right!r}, and you say {answer!r}. Divide by the units, which are the rows of the "
                "recurrent kernel.",
            )


@exercise(
    "count-budget",
    "The count grows with every unit, so try one unit more until it no longer fits.",
    "Start with n = 0. While an LSTM with n + 1 units fits into the budget, add one.",
    "while 4 * (n + 1) * (d + n + 2) <= parameters: n += 1",
)
def budget(most_units: Any) -> None:
    random = np.random.default_rng(1)
    budgets = [(2_080, 32), (8_320, 32), (8_319, 32), *random.integers([100, 1], [200_000, 300], size=(40, 2)).tolist()]
    for parameters, d in budgets:
        n, case = (
            expect_whole(most_units(parameters, d), "most_units(parameters, input_dim)"),
            f"most_units({parameters}, {d})",
        )
        expect(n >= 0, f"{case}: there cannot be {n} units.")
        used, more = params.lstm(n, d), params.lstm(n + 1, d)
        expect(used <= parameters, f"{case}: LSTM({n}) has {used:,} parameters, which is more than the budget.")
        expect(more > parameters, f"{case}: there is room for more: LSTM({n + 1}) has {more:,} parameters.")
