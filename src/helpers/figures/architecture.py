"""The layers of the recorded networks, as the figures on them need them."""

from __future__ import annotations

from typing import Any, NamedTuple


class Layer(NamedTuple):
    """One layer: its Keras class (of the cell that a ``Bidirectional`` wraps) and the settings in its record."""

    kind: str
    settings: dict[str, Any]
    bidirectional: bool = False


def layers(name: str) -> list[Layer]:
    """The layers of a recorded network that have weights, from the input up.

    Raises
    ------
    ValueError
        If no run of that experiment is recorded.
    """
    from helpers.results.records import load_records

    runs = load_records(name)
    if not runs:
        raise ValueError(f"{name} has no recorded run: train it with `python -m tools.train {name}`.")
    found = []
    for layer in runs[0]["architecture"]:
        if layer["weights"]:
            inner = layer["settings"].get("layer", layer)
            found.append(Layer(inner["layer"], inner["settings"], inner is not layer))
    return found
