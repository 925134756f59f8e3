"""Exercises of chapter 2, the simple recurrent network."""

from __future__ import annotations

import math
import weakref
from collections.abc import Iterator
from typing import Any

import numpy as np

from helpers.cells import simple_rnn
from helpers.checks.exercise import (
    Wrong,
    close,
    exercise,
    expect,
    expect_array,
    expect_claims,
    expect_right,
    expect_several,
    shape_of,
)


@exercise(
    "rnn-forward",
    "Time is the second axis now, and the state has one row for each sequence.",
    "Start from np.zeros((batch, units)); in turn t the input is x[:, t].",
    "h = np.tanh(x[:, t] @ kernel + h @ recurrent_kernel + bias); collect; np.stack(states, axis=1)",
)
def forward(answer: Any) -> None:
    random = np.random.default_rng(0)
    for batch, time, features, units in ((3, 5, 2, 4), (1, 1, 1, 1), (4, 6, 3, 2)):
        x = random.normal(size=(batch, time, features))
        W, U = random.normal(size=(features, units)), random.normal(size=(units, units))
        b = random.normal(size=units)
        right = np.asarray(simple_rnn(x, W, U, b, return_sequences=True))
        states = answer(x.copy(), W.copy(), U.copy(), b.copy())
        expect(shape_of(states) != (batch, units), "that is the last state only; collect the state of every timestep.")
        expect(
            batch == time or shape_of(states) != (time, batch, units),
            f"the axes are (time, batch, units); put the batch first, ({batch}, {time}, {units}): np.stack(…, axis=1).",
        )
        states = expect_array(states, (batch, time, units), "forward(x, kernel, recurrent_kernel, bias)")
        h, over_batch = np.zeros((time, units)), []
        for rows in x:
            h = np.tanh(rows @ W + h @ U + b)
            over_batch.append(h)
        slips = (
            (
                over_batch,
                "`for x_t in x` goes over the batch: each sequence gets the states of the one before. Go over x[:, t].",
            ),
            (np.tanh(x @ W + b), "every timestep starts from zero: hand the old state on."),
            (
                simple_rnn(x, W, U.T, b, return_sequences=True),
                "the recurrent kernel is transposed: it is h @ recurrent_kernel.",
            ),
            (simple_rnn(x, W, U, return_sequences=True), "the bias is missing from the sum."),
        )
        first_right = close(states[:, 0], right[:, 0])
        drift = "the states drift away from the right ones: use the newest state in every step."
        start = "the first timestep should start from a state of zeros."
        expect_right(states, right, slips, drift if first_right else start)


@exercise(
    "rnn-pieces",
    "All that a recurrent network knows about the past is its state.",
    "Go through them with `for`. Begin with h = None and give every piece the state after the piece before it.",
    "h = cells.simple_rnn(piece, kernel, recurrent_kernel, bias, initial_state=h) for every piece",
)
def pieces(answer: Any) -> None:
    random = np.random.default_rng(1)
    features, units = 3, 4
    for cuts in ([5], [2, 3, 9], [], list(range(1, 12))):
        x = random.normal(size=(12, features))
        W, U = random.normal(size=(features, units)), random.normal(size=(units, units))
        b = random.normal(size=units)
        parts = np.split(x, cuts)
        kept: list[int] = []
        try:
            state = answer(_one_by_one(parts, kept), W.copy(), U.copy(), b.copy())
        except TypeError as error:
            if "generator" in str(error):  # not subscriptable; has no len()
                raise Wrong("the pieces come one by one, and only once: go through them with `for`.") from None
            raise
        expect(
            max(kept, default=0) <= 2,
            f"{max(kept, default=0)} pieces are there at once, and the text is too long to hold in memory: read each "
            "piece when it comes, then let it go.",
        )
        if shape_of(state) == (len(parts), units) and len(parts) != 1:
            raise Wrong("that is a state for each piece; return the last one only.")
        state = expect_array(state, (units,), "read_in_pieces(pieces, …)")
        slips = (
            (
                simple_rnn(parts[-1], W, U, b),
                "the last piece was read from a state of zeros: hand it the state after the piece before.",
            ),
            (simple_rnn(parts[0], W, U, b), "only the first piece was read."),
        )
        expect_right(state, simple_rnn(x, W, U, b), slips, "the result should be the state after the whole sequence.")


def _one_by_one(parts: list[np.ndarray], kept: list[int]) -> Iterator[np.ndarray]:
    """Hand out the pieces, and note each time how many of them somebody still holds."""
    given: list[weakref.ref] = []
    for part in parts:
        piece = part.copy()
        given.append(weakref.ref(piece))
        yield piece
        del piece
        kept.append(sum(one() is not None for one in given))


MANY = 10_000  # so many plain words a latch must hold


@exercise(
    "rnn-latch",
    "Three things must hold: low without a mark, up at a mark, and up for good after it.",
    "The bias pulls the state down from its start at 0. u must be large enough for two resting points.",
    "u = 4 and b = −2 rest near −1 and near 0.95. Which w throws the state from the one to the other?",
)
def latch(answer: Any) -> None:
    w, u, b = expect_array(answer, (3,), "(w, u, b)").tolist()
    random = np.random.default_rng(3)
    h = 0.0
    for _ in range(MANY):
        h = math.tanh(u * h + b)
        expect(h <= -0.5, f"without any mark the state should stay at −0.5 or below; it came to {h:.2f}.")
    for before, name in ((0.0, "the first word"), (h, "a later word")):
        h = math.tanh(w + u * before + b)
        expect(h >= 0.5, f"at the mark the state should jump to 0.5 or more; it is {h:.2f} ({name}). Make w larger.")
        for word in range(1, MANY + 1):
            h = math.tanh(u * h + b)
            expect(h >= 0.5, f"the mark is forgotten: {word} words after it the state is {h:.2f}. Look at u.")
        for mark in random.random(200) < 0.3:
            h = math.tanh(w * mark + u * h + b)
            expect(h >= 0.5, f"a second mark brought the state to {h:.2f}; it should stay at 0.5 or above.")


@exercise(
    "rnn-two-in-a-row",
    "Let unit 1 say whether this word is a mark. Unit 2 finds what unit 1 said one word ago.",
    "Unit 2 adds up x and the old unit 1, and its bias asks for both. At the start the old state is 0.",
    "kernel [[4, 4]], bias [−2, −5], and one number in the recurrent kernel: from unit 1 to unit 2, 2.",
)
def two_in_a_row(answer: Any) -> None:
    answer = expect_several(answer, 3, "(kernel, recurrent_kernel, bias)")
    W = expect_array(answer[0], (1, 2), "kernel")
    U = expect_array(answer[1], (2, 2), "recurrent_kernel")
    b = expect_array(answer[2], (2,), "bias")
    x = (np.random.default_rng(2).random(size=(20, 40, 1)) < 0.5).astype("float64")
    x[:2, :2, 0] = [[1, 0], [1, 1]]
    before = np.concatenate([np.zeros((20, 1)), x[:, :-1, 0]], axis=1)
    right = (x[..., 0] == 1) & (before == 1)

    def wrong(recurrent: np.ndarray) -> np.ndarray:
        return (np.asarray(simple_rnn(x, W, recurrent, b, return_sequences=True))[..., 1] > 0) != right

    expect(U.any(), "with a recurrent kernel of zeros nothing is remembered from one word to the next.")
    if wrong(U).any() and not wrong(U.T).any():
        raise Wrong("the recurrent kernel is transposed: row j, column k leads from old unit j to new unit k.")
    row, t = np.argwhere(wrong(U))[0] if wrong(U).any() else (0, 0)
    expect(
        not wrong(U).any(),
        f"with {before[row, t]:.0f} before and {x[row, t, 0]:.0f} now, after {t} earlier words, "
        f"the second unit has the wrong sign.",
    )


@exercise(
    "rnn-claims",
    "Which of the five compare what was measured, and which say more than that?",
    "B is about every training there might be, and E about a cause. Look at the scores for C.",
    "{'A', 'D'}",
)
def claims(supported: Any) -> None:
    expect_claims(
        supported,
        "AD",
        A="A is supported: count the scores above 99 in the first and in the third row.",
        B="B is about every training; the chapter tried one optimiser, one learning rate and twenty epochs.",
        C="C is contradicted: compare the first two rows of scores, seed by seed.",
        D="D is supported: in each row of the figure all circles lie to the left of the square.",
        E="E names a cause, and nothing in the chapter tests it.",
    )
