"""What the grammars of the sample reviews share: slots that are filled by chance, and sentences put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")

SLOTS = {
    "place": "Paris Italy London Spain Texas Canada Berlin Mexico Russia China".split(),
    "who": "sister brother uncle mother cousin daughter neighbor".split(),
    "day": "Friday Saturday Sunday".split(),
    "month": "April March June July October".split(),
    "drink": "tea coffee soup wine".split(),
    "vehicle": "bus train taxi car boat".split(),
}
SLOT = re.compile(r"\{(\w+)\}")


def fill_slots(rng: np.random.Generator, template: str) -> str:
    return SLOT.sub(lambda slot: pick(rng, SLOTS[slot[1]]), template)


def pick(rng: np.random.Generator, choices: Sequence[T]) -> T:
    return choices[rng.integers(len(choices))]


def join(sentences: list[str]) -> str:
    text = " ".join(f"{sentence[0].upper()}{sentence[1:]}." for sentence in sentences)
    return re.sub(r"\bi\b", "I", text)
