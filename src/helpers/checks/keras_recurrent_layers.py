"""Exercises of chapter 8, Keras's recurrent layers."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np

from helpers import cells
from helpers.checks.exercise import (
    Wrong,
    close,
    exercise,
    expect,
    expect_array,
    expect_independent,
    expect_right,
    expect_several,
    shape_of,
)


@exercise(
    "keras-shapes",
    "One array is always there: the output. Everything else is states, and they come only if asked for.",
    "The output is (batch, width) or (batch, time, width). A state is (batch, units). How many are there?",
    "width = units * ways; states = [(batch, units)] * (2 if LSTM else 1) * ways, if return_state",
)
def shapes(output_shapes: Any) -> None:
    options = product(("SimpleRNN", "LSTM", "GRU"), (False, True), (False, True), (False, True))
    for (name, sequences, state, both), (batch, time, n) in zip(options, _sizes(), strict=False):
        layer = {"layer": name, "units": n, "return_sequences": sequences, "return_state": state, "bidirectional": both}
        answer = output_shapes(dict(layer), batch, time)
        if not isinstance(answer, list | tuple | np.ndarray):
            raise Wrong("output_shapes should return a list of shapes, such as [(10, 12)].")
        if any(np.ndim(shape) != 1 for shape in answer):
            raise Wrong("return a list, also of one shape: [(10, 12)], not (10, 12).")
        answer = [tuple(shape) for shape in answer]

        width, ways = n * (1 + both), 1 + both
        output = (batch, time, width) if sequences else (batch, width)
        states = [(batch, n)] * ((2 if name == "LSTM" else 1) * ways * state)
        case = f"{layer} on a batch of {batch} with {time} timesteps"
        expect(len(answer) > 0, f"{case}: the output is missing.")
        if answer[0] == (output[0], output[-1]) and sequences:
            raise Wrong(f"{case}: with return_sequences=True the output has a time axis.")
        expect(answer[0] != (*output[:-1], n) or not both, f"{case}: a bidirectional layer joins two outputs.")
        expect(answer[0] == output, f"{case}: the output has the shape {output}, and you say {answer[0]}.")
        expect(
            len(answer) == 1 + len(states),
            f"{case}: it returns {1 + len(states)} array(s), and you say {len(answer)}. An LSTM has two states, the "
            "others one, each direction has its own, and states come only with return_state=True.",
        )
        for shape in answer[1:]:
            expect(len(shape) != 3, f"{case}: a state is that of the last step only; it has no time axis.")
            expect(shape == (batch, n), f"{case}: a state has the shape {(batch, n)}, and you say {shape}.")


def _sizes() -> list[tuple[int, int, int]]:
    random = np.random.default_rng(0)
    return [(10, 20, 12), *map(tuple, random.integers(2, 40, size=(23, 3)).tolist())]


@exercise(
    "keras-both-ends",
    "Ask where each reader is when it has read everything.",
    "The forward reader ends at the last timestep, the backward reader at the first.",
    "n = sequence.shape[-1] // 2; return sequence[:, -1, :n], sequence[:, 0, n:]",
)
def both_ends(final_states: Any) -> None:
    random = np.random.default_rng(1)
    for batch, time, n in [(10, 20, 12), (1, 2, 1), (3, 7, 5), (4, 1, 2)]:
        sequence = random.normal(size=(batch, time, 2 * n))
        answer = final_states(sequence.copy())
        if shape_of(answer) in ((batch, n), (batch, 2 * n)):
            raise Wrong("final_states(sequence) should return two arrays: the forward state, then the backward one.")
        answer = expect_several(answer, 2, "final_states(sequence)")
        forward, backward = (expect_array(one, (batch, n), "each state") for one in answer)
        swapped = (sequence[:, 0, n:], "forward first, then backward: you return them swapped.")
        slips = (swapped, (sequence[:, 0, :n], "the forward reader ends at the last timestep."))
        expect_right(forward, sequence[:, -1, :n], slips, "the forward state is the first half of the last timestep.")
        begun = (sequence[:, -1, n:], "at the last timestep the backward reader has only begun; it ends at the first.")
        expect_right(
            backward, sequence[:, 0, n:], [begun], "the backward state is the second half of the first timestep."
        )


@exercise(
    "keras-pieces",
    "This is the loop of chapter 1, with a piece in place of a word.",
    "Go through the starts 0, length, 2 · length, …; read x[:, start : start + length] and keep the state.",
    "for start in range(0, x.shape[1], length): state = read(x[:, start : start + length], state)",
)
def pieces(read_in_pieces: Any) -> None:
    random = np.random.default_rng(2)
    weights = cells.initial_weights(cells.simple_rnn, 3, 4, random, dtype="float64")
    zeros = np.zeros((2, 4))

    def whole(x: Any, state: Any) -> Any:
        return cells.simple_rnn(x, *weights, initial_state=state)

    seen: list[int] = []  # the length of every piece that was read

    def read(piece: Any, state: Any) -> Any:
        seen.append(piece.shape[1])
        expect(seen[-1] > 0, "one piece is empty: stop when all timesteps have been read.")
        return whole(piece, state)

    for time, length in [(12, 4), (10, 4), (5, 9), (7, 1), (6, 2)]:
        x, start = random.normal(size=(2, time, 3)), zeros if time != 6 else np.ones((2, 4))
        seen.clear()
        what = "read_in_pieces(read, x, state, length)"
        answer = expect_array(read_in_pieces(read, x.copy(), start.copy(), length), (2, 4), what)
        longest = max(seen, default=0)
        expect(longest <= length, f"a piece may have at most {length} timesteps, and you read {longest} at once.")
        slips = (
            (
                whole(x[:, (time - 1) // length * length :], zeros),
                "every piece starts from zeros: hand the state of one piece to the next.",
            ),
            (
                whole(x[:, : time // length * length], start) if time > length else np.nan,
                f"with {time} timesteps and pieces of {length} the last piece is shorter, and you leave it out.",
            ),
            (whole(x, zeros), "the first piece should start from the state that is handed in."),
        )
        expect_right(
            answer, whole(x, start), slips, f"{time} timesteps in pieces of {length} should end as if read in one go."
        )
        short = min(seen[:-1], default=length)
        expect(short == length, f"read {time} timesteps in pieces of {length}, and you read pieces of {short}.")


@exercise(
    "keras-same-mask",
    "How many random numbers do you need? Not one for each timestep.",
    "Draw an array of the shape (batch, 1, features): broadcasting then uses it at every timestep.",
    "keep = random.random((batch, 1, features)) >= rate; return x * keep / (1 - rate)",
)
def same_mask(drop: Any) -> None:
    x = np.random.default_rng(4).normal(size=(300, 7, 20)) + 5  # no zeros of its own

    def dropped(rate: float, seed: int) -> np.ndarray:
        given = drop(x.copy(), rate, np.random.default_rng(seed))
        return expect_array(given, x.shape, "drop_features(x, rate, random)")

    for rate in (0.5, 0.2):
        answer = dropped(rate, 5)
        gone = np.isclose(answer, 0)
        expect(gone.any(), "nothing is dropped.")
        expect(
            (gone == gone[:, :1]).all(),
            "each timestep has other features dropped; draw one mask for a sequence and use it at every timestep.",
        )
        gone = gone[:, 0]
        if (gone == gone[:1]).all():
            raise Wrong("every sequence of the batch has the same features dropped; draw for each.")
        if (gone == gone[:, :1]).all():
            raise Wrong("all features of a sequence are dropped or none: draw for each feature.")
        share = gone.mean()
        expect(
            not abs(share - (1 - rate)) < 0.05 or rate == 0.5,
            f"with rate={rate} a share of {share:.2f} is dropped: rate is the share that goes, not the one that stays.",
        )
        expect(abs(share - rate) < 0.05, f"with rate={rate} a share of {share:.2f} is dropped.")
        expect_independent(gone, rate, "feature")
        kept = (answer / x)[~np.isclose(answer, 0)]
        expect(not close(kept, 1), "what is kept should be divided by 1 − rate, so that the mean stays the same.")
        expect(close(kept, 1 / (1 - rate)), f"what is kept should be multiplied by {1 / (1 - rate):g}.")
    repeated, other = dropped(0.2, 5), dropped(0.2, 6)
    if not close(answer, repeated) or close(answer, other):
        raise Wrong("draw from `random`: the same generator should drop the same features, another one others.")
    expect(close(dropped(0.0, 6), x), "with rate=0 nothing changes.")
