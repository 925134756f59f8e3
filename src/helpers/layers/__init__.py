"""Keras layers of our own that more than one place needs. TensorFlow is imported when the first is asked for."""

from typing import Any

_MODULES = {"FusedLSTM": "fused_lstm", "HandUnrolled": "hand_unrolled"}
__all__ = ["FusedLSTM", "HandUnrolled"]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"helpers.layers has {' and '.join(__all__)}, not {name!r}.")
    from importlib import import_module

    return getattr(import_module(f"helpers.layers.{_MODULES[name]}"), name)
