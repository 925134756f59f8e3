"""Every experiment of the course: its data, its model, how it is trained, and what was published for it.

``EXPERIMENTS`` is one dict from id to :class:`~helpers.experiments.spec.Experiment`; ``FAMILIES`` says which belong
together. A family has a file of its own, or a part of one.
"""

from __future__ import annotations

import difflib
from typing import Any

from helpers.experiments import ablations, capstone, published, word_vectors
from helpers.experiments.spec import Experiment, Published

FAMILIES: dict[str, dict[str, Experiment]] = {
    "baseline": published.BASELINES,
    "a": published.GROUP_A,
    "b": published.GROUP_B,
    "c": published.GROUP_C,
    "d": published.GROUP_D,
    "e": published.GROUP_E,
    "early": ablations.EARLY,
    "curve": ablations.CURVES,
    "cure": ablations.CURES_TRIED,
    "grid": ablations.GRID,
    "words": word_vectors.WORDS,
    "products": published.CAPSTONE | capstone.PRODUCTS,
    "transfer": capstone.TRANSFER,
    "domains": capstone.DOMAINS,
}
EXPERIMENTS: dict[str, Experiment] = {name: one for family in FAMILIES.values() for name, one in family.items()}
# What stands in the table of published against ours: the repeated tutorials and the baselines beside them.
THREE_WAYS = published.THREE_WAYS
REPEATED = [name for family in ("baseline", *"abcde") for name in FAMILIES[family]] + list(published.CAPSTONE)

__all__ = [
    "EXPERIMENTS",
    "FAMILIES",
    "REPEATED",
    "THREE_WAYS",
    "Experiment",
    "Published",
    "build",
    "experiment",
    "family",
]


def experiment(name: str) -> Experiment:
    """The experiment of that id. ValueError with the nearest ids when there is none."""
    if name not in EXPERIMENTS:
        near = difflib.get_close_matches(name, EXPERIMENTS, n=3, cutoff=0.4) or REPEATED
        raise ValueError(f"there is no experiment {name!r}; did you mean {', '.join(near)}?")
    return EXPERIMENTS[name]


def family(name: str) -> str:
    """The family that an experiment belongs to, a key of :data:`FAMILIES`."""
    experiment(name)
    return next(key for key, members in FAMILIES.items() if name in members)


def build(name: str) -> Any:
    """The compiled, untrained network of an experiment. ValueError where it is none."""
    chosen = experiment(name)
    if chosen.build is None:
        raise ValueError(f"{name} is a linear model, not a network: `python -m tools.train {name}` fits it.")
    import keras

    return chosen.build(keras.layers)
