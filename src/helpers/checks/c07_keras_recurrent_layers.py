"""Exercises of chapter 7, Keras's recurrent layers."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np

from helpers import cells
from helpers.checks._exercise import Exercise, close, expect, expect_array


def shapes(output_shapes: Any) -> None:
    options = product(("SimpleRNN", "LSTM", "GRU"), *[(False, True)] * 3)
    for (name, sequences, state, both), (batch, time, n) in zip(options, _sizes(), strict=False):
        layer = {
            "layer": name,
            "units": n,
            "return_sequences": sequences,
            "return_state": state,
            "bidirectional": both,
        }
        answer = output_shapes(dict(layer), batch, time)
        expect(isinstance(answer, list | tuple), "output_shapes should return a list of shapes, such as [(10, 12)].")
        answer = [tuple(shape) for shape in answer]

        width, ways = n * (1 + both), 1 + both
        output = (batch, time, width) if sequences else (batch, width)
        states = [(batch, n)] * ((2 if name == "LSTM" else 1) * ways * state)
        case = f"{layer} on a batch of {batch} with {time} timesteps"
        expect(len(answer) > 0, f"{case}: the output is missing.")
        expect(
            answer[0] != (output[0], output[-1]) or not sequences,
            f"{case}: with return_sequences=True the output has a time axis.",
        )
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


def both_ends(final_states: Any) -> None:
    random = np.random.default_rng(1)
    for batch, time, n in [(10, 20, 12), (1, 2, 1), (3, 7, 5)]:
        sequence = random.normal(size=(batch, time, 2 * n))
        answer = final_states(sequence.copy())
        expect(answer is not None, "final_states(sequence) returned None: is the `return` missing?")
        expect(
            isinstance(answer, list | tuple) and len(answer) == 2,
            "final_states(sequence) should return two arrays: the forward state, then the backward one.",
        )
        forward, backward = (expect_array(one, (batch, n), "each state") for one in answer)
        expect(
            not close(backward, sequence[:, -1, n:]),
            "at the last timestep the backward reader has only begun; it ends at the first.",
        )
        expect(not close(forward, sequence[:, 0, :n]), "the forward reader ends at the last timestep.")
        expect(not close(forward, sequence[:, 0, n:]), "forward first, then backward: you return them swapped.")
        expect(close(forward, sequence[:, -1, :n]), "the forward state is the first half of the last timestep.")
        expect(close(backward, sequence[:, 0, n:]), "the backward state is the second half of the first timestep.")


def pieces(read_in_pieces: Any) -> None:
    random = np.random.default_rng(2)
    weights = cells.initial_weights(cells.simple_rnn, 3, 4, random, dtype="float64")

    seen: list[int] = []  # the length of every piece that was read

    def read(piece: Any, state: Any) -> Any:
        seen.append(piece.shape[1])
        return cells.simple_rnn(piece, *weights, initial_state=state)

    for time, length in [(12, 4), (10, 4), (5, 9)]:
        x = random.normal(size=(2, time, 3))
        seen.clear()
        answer = expect_array(
            read_in_pieces(read, x, np.zeros((2, 4)), length), (2, 4), "read_in_pieces(read, x, state, length)"
        )
        longest = max(seen, default=0)
        expect(longest <= length, f"a piece may have at most {length} timesteps, and you read {longest} at once.")
        right = read(x, np.zeros((2, 4)))
        last = x[:, (time - 1) // length * length :]
        expect(
            length >= time or not close(answer, read(last, np.zeros((2, 4)))),
            "every piece starts from zeros: hand the state of one piece to the next.",
        )
        whole = x[:, : time // length * length]
        expect(
            time % length == 0 or whole.shape[1] == 0 or not close(answer, read(whole, np.zeros((2, 4)))),
            f"with {time} timesteps and pieces of {length} the last piece is shorter, and you leave it out.",
        )
        expect(close(answer, right), f"{time} timesteps in pieces of {length} should end as if read in one go.")
    x, start = random.normal(size=(2, 6, 3)), np.ones((2, 4))
    answer = expect_array(read_in_pieces(read, x, start, 2), (2, 4), "read_in_pieces(read, x, state, length)")
    expect(close(answer, read(x, start)), "the first piece should start from the state that is handed in.")


def masked_max(pool: Any) -> None:
    random = np.random.default_rng(3)
    for batch, time, n in [(4, 6, 3), (2, 1, 5), (8, 12, 2)]:
        sequence = random.normal(size=(batch, time, n)) - 3  # nearly all negative, so that a 0 would win
        real = random.integers(1, time + 1, size=(batch, 1))
        mask = np.arange(time) < real
        if batch == 8:
            mask = mask[:, ::-1]  # padding in front
        sequence[~mask] += 6  # and what stands at the padding would win
        answer = expect_array(pool(sequence.copy(), mask.copy()), (batch, n), "masked_max(sequence, mask)")
        right = np.where(mask[..., None], sequence, -np.inf).max(axis=1)
        if not mask.all():
            expect(not close(answer, sequence.max(axis=1)), "the padded timesteps take part: the mask has no effect.")
            expect(
                not close(answer, (sequence * mask[..., None]).max(axis=1)),
                "a padded timestep becomes 0, and 0 is larger than a negative number; it should never win.",
            )
            expect(
                not close(answer, np.where(mask[..., None], -np.inf, sequence).max(axis=1)),
                "the mask is True where a timestep is real; you look at the others.",
            )
        expect(close(answer, right), "that is not the largest value among the real timesteps.")


def same_mask(drop: Any) -> None:
    x = np.random.default_rng(4).normal(size=(300, 7, 20)) + 5  # no zeros of its own
    for rate in (0.5, 0.2):
        answer = expect_array(drop(x.copy(), rate, np.random.default_rng(5)), x.shape, "drop_features(x, rate, random)")
        gone = np.isclose(answer, 0)
        expect(gone.any(), "nothing is dropped.")
        expect(
            (gone == gone[:, :1]).all(),
            "each timestep has other features dropped; draw one mask for a sequence and use it at every timestep.",
        )
        expect(
            not (gone == gone[:1]).all(), "every sequence of the batch has the same features dropped; draw for each."
        )
        share = gone[:, 0].mean()
        expect(
            not abs(share - (1 - rate)) < 0.05 or rate == 0.5,
            f"with rate={rate} a share of {share:.2f} is dropped: rate is the share that goes, not the one that stays.",
        )
        expect(abs(share - rate) < 0.05, f"with rate={rate} a share of {share:.2f} is dropped.")
        kept = (answer / x)[~gone]
        expect(not close(kept, 1), "what is kept should be divided by 1 − rate, so that the mean stays the same.")
        expect(close(kept, 1 / (1 - rate)), f"what is kept should be multiplied by {1 / (1 - rate):g}.")
    whole = expect_array(drop(x.copy(), 0.0, np.random.default_rng(6)), x.shape, "drop_features(x, rate, random)")
    expect(close(whole, x), "with rate=0 nothing changes.")


EXERCISES = {
    "keras-shapes": Exercise(
        shapes,
        (
            "One array is always there: the output. Everything else is states, and they come only if asked for.",
            "The output is (batch, width) or (batch, time, width). A state is (batch, units). How many are there?",
            "width = units * ways; states = [(batch, units)] * (2 if LSTM else 1) * ways, if return_state",
        ),
    ),
    "keras-both-ends": Exercise(
        both_ends,
        (
            "Ask where each reader is when it has read everything.",
            "The forward reader ends at the last timestep, the backward reader at the first.",
            "n = sequence.shape[-1] // 2; return sequence[:, -1, :n], sequence[:, 0, n:]",
        ),
    ),
    "keras-pieces": Exercise(
        pieces,
        (
            "This is the loop of chapter 1, with a piece in place of a word.",
            "Go through the starts 0, length, 2 · length, …; read x[:, start : start + length] and keep the state.",
            "for start in range(0, x.shape[1], length): state = read(x[:, start : start + length], state)",
        ),
    ),
    "keras-masked-max": Exercise(
        masked_max,
        (
            "Which number can never be the largest?",
            "Put minus infinity at the padded timesteps, then take the maximum over the time axis.",
            "np.where(mask[..., None], sequence, -np.inf).max(axis=1)",
        ),
    ),
    "keras-same-mask": Exercise(
        same_mask,
        (
            "How many random numbers do you need? Not one for each timestep.",
            "Draw an array of the shape (batch, 1, features): broadcasting then uses it at every timestep.",
            "keep = random.random((batch, 1, features)) >= rate; return x * keep / (1 - rate)",
        ),
    ),
}
