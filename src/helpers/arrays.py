"""What the arrays of the helpers hold, as types, in one place. A shape is said in words, where it matters."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
Integers = NDArray[np.integer[Any]]
"""codes of words, labels, lengths, places"""
Mask = NDArray[np.bool_]
Rows = NDArray[np.object_]
"""shape (n,): a list of codes for each text"""
Anything = NDArray[Any]
"""of a type that the caller chose"""
