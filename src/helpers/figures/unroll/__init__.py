"""The figure in which a loop is laid out in time, and gone through backwards."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from helpers.figures.figure import Figure, remembers_call

MOST_WORDS, LARGEST = 8, 5.0


@remembers_call
def unroll(
    words: str = "this film was not bad either",
    kernel: ArrayLike = 0.9,
    recurrent_kernel: ArrayLike = 0.7,
    bias: ArrayLike = 0.0,
    *,
    numbers: Mapping[str, float] | None = None,
    target: float = 1.0,
    backward: bool = True,
    position: int = 0,
) -> Figure:
    """A SimpleRNN reads a sentence: first a loop, then laid out in time; every step uses the one set of weights.

    Parameters
    ----------
    words : the sentence, one to eight words.
    kernel, recurrent_kernel, bias : the weights of one unit (numbers) or of two: (1, 2), (2, 2) and (2,), as in Keras;
        between −5 and 5.
    numbers : the number that stands for a word, and 0 for every word that is not there. Without it each word gets a
        number between −1 and 1, made of its letters.
    target : what every unit should be after the last word: the loss is half the square of what is missing.
    backward : whether the figure goes back through the steps as well and adds the gradients up.
    position : how many presses of Step are done: 0 is the loop, 6 a sentence of six words read, 12 the way back done.

    Raises
    ------
    ValueError
        For no word or too many, more than two units, shapes that do not fit together, or a weight out of bounds.
    """
    count = len(words.split())
    if not 1 <= count <= MOST_WORDS:
        raise ValueError(f"words has {count} words, expected 1 to {MOST_WORDS}.")
    biases = np.atleast_1d(np.asarray(bias, dtype=float))
    units = biases.size
    if units > 2:
        raise ValueError(f"bias is for {units} units, expected 1 or 2.")
    weights = {"bias": biases}
    for name, array, shape in (("kernel", kernel, (1, units)), ("recurrent_kernel", recurrent_kernel, (units, units))):
        table = np.atleast_2d(np.asarray(array, dtype=float))
        if table.shape != shape:
            raise ValueError(f"{name} has the shape {table.shape}, expected {shape} for {units} units.")
        weights[name] = table
    for name, table in weights.items():
        if not (np.abs(table) <= LARGEST).all():
            raise ValueError(f"{name} has a number outside −{LARGEST:g} to {LARGEST:g}.")
    u, w = ("u", "w") if units == 1 else ("U", "W")
    description = (
        f"A recurrent network of {units} unit{'s' * (units > 1)} reads “{words}”. First it is drawn as a loop. Each "
        "press of Step lays out one more copy of the cell, with the state it computes. From every copy a line leads to "
        f"one and the same box with the weights {w}, {u} and b; when one of them is moved, all steps change at once."
    )
    if backward:
        description += (
            " After the last word the gradient goes back from copy to copy. Each step adds a term to the one "
            f"gradient d{u} in the box."
        )
    return Figure(
        "unroll",
        description,
        {
            "words": words,
            "numbers": None if numbers is None else {word.lower(): float(number) for word, number in numbers.items()},
            "kernel": weights["kernel"].ravel().tolist(),
            "recurrent": weights["recurrent_kernel"].ravel().tolist(),
            "bias": biases.tolist(),
            "target": [float(target)] * units,
            "backward": backward,
            "position": position,
        },
    )
