"""Activations by Keras's names for them, and their slopes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from helpers.arrays import Array


def sigmoid(a: Array) -> Array:
    """Squash numbers into 0 to 1: ``1 / (1 + exp(-a))``."""
    with np.errstate(over="ignore"):  # exp(-a) may reach infinity, and 1 / infinity is the right answer: 0
        y: Array = 1 / (1 + np.exp(-a))
    return y


def relu(a: Array) -> Array:
    """Keep what is positive: ``max(a, 0)``."""
    return np.maximum(a, 0)


def linear(a: Array) -> Array:
    """Change nothing."""
    return a


def hard_sigmoid(a: Array) -> Array:
    """Do what a sigmoid does with straight lines: 0 up to −3, 1 from 3 on (Keras 3; Keras 2 had another slope).

    References
    ----------
    Howard et al. (2019), Searching for MobileNetV3, arXiv:1905.02244, section 5.2.
    """
    return np.clip(a + 3, 0, 6) / 6


ACTIVATIONS: dict[str, Callable[[Array], Array]] = {
    "tanh": np.tanh,
    "sigmoid": sigmoid,
    "relu": relu,
    "linear": linear,
    "hard_sigmoid": hard_sigmoid,
}

# The slope of each activation, written with its own output y: that is what the backward pass has at hand.
_SLOPES: dict[str, Callable[[Array], Array]] = {
    "tanh": lambda y: 1 - y**2,
    "sigmoid": lambda y: y * (1 - y),
    "relu": lambda y: (y > 0).astype(y.dtype),
    "linear": np.ones_like,
    "hard_sigmoid": lambda y: ((y > 0) & (y < 1)).astype(y.dtype) / 6,
}


def activation_named(name: str | None) -> Callable[[Array], Array]:
    """Find an activation by Keras's name for it; None is linear, as in Keras."""
    return ACTIVATIONS[_known(name)]


def slope_named(name: str | None) -> Callable[[Array], Array]:
    """Find the slope of an activation, as a function of the activation's output."""
    return _SLOPES[_known(name)]


def _known(name: str | None) -> str:
    name = "linear" if name is None else name
    if name not in ACTIVATIONS:
        raise ValueError(f"there is no activation {name!r} here: choose one of {', '.join(ACTIVATIONS)}.")
    return name
