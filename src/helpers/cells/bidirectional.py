"""Reading both ways."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from helpers.arrays import Array

_MERGE: dict[str, Callable[[Array, Array], Array]] = {
    "concat": lambda forward, backward: np.concatenate([forward, backward], axis=-1),
    "sum": lambda forward, backward: forward + backward,
    "mul": lambda forward, backward: forward * backward,
    "ave": lambda forward, backward: (forward + backward) / 2,
}


def bidirectional(
    cell: Callable[..., Any],
    x: ArrayLike,
    *weights: ArrayLike,
    merge_mode: str | None = "concat",
    initial_state: Sequence[ArrayLike] | None = None,
    return_sequences: bool = False,
    return_state: bool = False,
    mask: ArrayLike | None = None,
    **options: Any,
) -> Array | tuple[Array, ...]:
    """Read sequences forwards and backwards with two sets of weights, and merge what comes out.

    ``bidirectional(lstm, x, *layer.get_weights())`` equals ``layer(x)`` of
    ``keras.layers.Bidirectional(keras.layers.LSTM(…))``.

    Parameters
    ----------
    cell : function
        :func:`simple_rnn`, :func:`lstm` or :func:`gru`.
    x : array, (batch, time, features) or (time, features)
        The inputs.
    *weights : arrays
        The weights of the forward reading, then those of the backward reading.
    merge_mode : "concat", "sum", "mul", "ave" or None
        How the two outputs become one; None returns both.
    initial_state : sequence of arrays or None
        The states of the forward reading, then those of the backward reading.
    return_sequences, return_state, mask
        As in :func:`simple_rnn`, but that with ``return_sequences`` the output of a skipped timestep is zero.
    **options
        Handed to both readings: ``activation``, ``recurrent_activation``, ``reset_after``.

    Returns
    -------
    array or tuple of arrays
        The merged output, (batch, 2 * units) or (batch, time, 2 * units) for "concat", half as wide for the others;
        for None the two outputs, forward first. With ``return_state`` the states follow: forward, then backward. In a
        sequence each timestep pairs what the two readings have made of *that* timestep, so the last state of the
        backward reading is found at the first timestep.

    Raises
    ------
    ValueError
        For an unknown merge mode, or an odd number of weights or states.

    References
    ----------
    Schuster & Paliwal (1997), Bidirectional recurrent neural networks.
    """
    if merge_mode is not None and merge_mode not in _MERGE:
        raise ValueError(f"there is no merge mode {merge_mode!r}: choose one of {', '.join(_MERGE)} or None.")
    options |= {
        "return_sequences": return_sequences,
        "return_state": True,
        "mask": mask,
        "zero_output_for_mask": return_sequences,
    }
    forward_weights, backward_weights = _halves("weights", weights)
    forward_state, backward_state = (None, None) if initial_state is None else _halves("initial_state", initial_state)

    forward, *forward_states = cell(x, *forward_weights, initial_state=forward_state, **options)
    backward, *backward_states = cell(x, *backward_weights, initial_state=backward_state, go_backwards=True, **options)
    if return_sequences:
        backward = np.flip(backward, axis=-2)  # from the order of reading to the order of x

    outputs = (forward, backward) if merge_mode is None else (_MERGE[merge_mode](forward, backward),)
    result = (*outputs, *forward_states, *backward_states) if return_state else outputs
    return result if len(result) > 1 else result[0]


def _halves(name: str, arrays: Sequence[ArrayLike]) -> tuple[list[ArrayLike], list[ArrayLike]]:
    if len(arrays) % 2:
        raise ValueError(f"{name} holds {len(arrays)} arrays, expected as many for each of the two directions.")
    half = len(arrays) // 2
    return list(arrays[:half]), list(arrays[half:])
