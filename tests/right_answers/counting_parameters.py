"""Right answers to the exercises of chapter 7, each in another way: (exercise, answer)."""

import math

import numpy as np

from helpers.checks.counting_parameters import draw_stack

BLOCKS = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}


def layer_of_arrays(layer):
    n, d, blocks = layer["units"], layer["input_dim"], BLOCKS[layer["layer"]]
    sizes = [np.empty((d, blocks * n)).size, np.empty((n, blocks * n)).size]
    if layer["use_bias"]:
        sizes.append(blocks * n)
        if layer["layer"] == "GRU" and layer["reset_after"]:
            sizes.append(blocks * n)
    return np.sum(sizes) * (1 + layer["bidirectional"])


def layer_case_by_case(layer):
    n, column = float(layer["units"]), layer["input_dim"] + layer["units"] + layer["use_bias"]
    if layer["layer"] == "LSTM":
        count = 4 * n * column
    elif layer["layer"] == "GRU":
        count = 3 * n * (column + (layer["use_bias"] and layer["reset_after"]))
    else:
        count = n * column
    return 2 * count if layer["bidirectional"] else count


def stack_by_widths(stack):
    first, *recurrent, dense = stack
    outputs = [first["output_dim"], *(one["units"] * (1 + one["bidirectional"]) for one in recurrent)]
    total = first["num_words"] * first["output_dim"] + dense["units"] * (outputs[-1] + 1)
    for d, one in zip(outputs, recurrent, strict=False):
        n, biases = one["units"], 2 if one["layer"] == "GRU" else 1
        total += (1 + one["bidirectional"]) * BLOCKS[one["layer"]] * n * (d + n + biases)
    return total


def stack_of_keras_rules(stack):
    width, total = None, np.int64(0)
    for one in stack:
        if one["layer"] == "Embedding":
            width, total = one["output_dim"], total + one["num_words"] * one["output_dim"]
        elif one["layer"] == "Dense":
            total += one["units"] * width + one["units"]
        else:
            layer = {**one, "input_dim": width, "use_bias": True, "reset_after": True}
            total += layer_of_arrays(layer)
            width = 2 * one["units"] if one["bidirectional"] else one["units"]
    return total


def name_by_a_table(shapes):
    (_, columns), (units, _), bias = shapes
    found = {(1, 1): "SimpleRNN", (4, 1): "LSTM", (3, 1): "GRU, reset_after=False", (3, 2): "GRU, reset_after=True"}
    return found[columns // units, len(bias)]


def name_case_by_case(shapes):
    kernel, recurrent, bias = map(tuple, shapes)
    if recurrent[1] == recurrent[0]:
        return np.str_("SimpleRNN")
    if kernel[1] == 4 * recurrent[0]:
        return np.str_("LSTM")
    return np.str_(f"GRU, reset_after={bias == (2, 3 * recurrent[0])}")


def budget_by_formula(parameters, d):
    """The larger root of n² + (d + 1) n − parameters / 4 = 0, rounded down; then put right if the root was inexact."""
    n = int((-(d + 1) + math.sqrt((d + 1) ** 2 + parameters)) / 2)
    while 4 * n * (n + d + 1) > parameters:
        n -= 1
    while 4 * (n + 1) * (n + d + 2) <= parameters:
        n += 1
    return n


def budget_by_trial(parameters, d):
    n = np.arange(1000)
    return np.flatnonzero(4 * n * (n + d + 1) <= parameters)[-1]


RIGHT = [
    ("count-layer", layer_of_arrays),
    ("count-layer", layer_case_by_case),
    ("count-on-paper", [2025, 243_675]),
    ("count-on-paper", np.array([2024, stack_by_widths(draw_stack(2024))])),
    ("count-on-paper", (0.0, stack_by_widths(draw_stack(0)))),
    ("count-stack", stack_by_widths),
    ("count-stack", stack_of_keras_rules),
    ("count-name", name_by_a_table),
    ("count-name", name_case_by_case),
    ("count-budget", budget_by_formula),
    ("count-budget", budget_by_trial),
    ("count-budget", lambda parameters, d: float(budget_by_formula(parameters, d))),
]
