"""Exercises of chapter 17: analogies, the table of an embedding and its offset, and what a comparison supports."""

from __future__ import annotations

from typing import Any

import numpy as np

from helpers.checks.exercise import Wrong, close, exercise, expect, expect_array, expect_claims, expect_whole

WORDS = "ant bee cow dog eel fox gnu hen ibis jay".split()


def _vectors(random: np.random.Generator) -> tuple[dict[str, int], np.ndarray]:
    """Ten words in random rows, vectors of different lengths; the longest pulls plain products its way."""
    matrix = random.normal(size=(len(WORDS), 4)) * np.geomspace(0.2, 20, len(WORDS))[:, None]
    return dict(zip(WORDS, random.permutation(len(WORDS)).tolist(), strict=True)), matrix


def _unit(matrix: np.ndarray) -> np.ndarray:
    return matrix / np.linalg.norm(matrix, axis=1, keepdims=True)


@exercise(
    "glove-analogy",
    "Three steps: all lengths to 1, the sum, the best of the words that are allowed.",
    "unit = matrix / np.linalg.norm(matrix, axis=1, keepdims=True); a is the one that is taken away.",
    "score = unit @ (unit[row[b]] - unit[row[a]] + unit[row[c]]); the best allowed word by score[row[word]]",
)
def analogy(answer_of: Any) -> None:
    random = np.random.default_rng(15)
    seen_forbidden = False
    for _ in range(30):
        row, matrix = _vectors(random)
        a, b, c = random.permutation(WORDS)[:3].tolist()
        by_row, unit = sorted(row, key=row.__getitem__), _unit(matrix)

        def best(score: np.ndarray, leave_out: tuple[str, ...], by_row: list[str] = by_row) -> str:
            return next(by_row[i] for i in np.argsort(-score) if by_row[i] not in leave_out)

        score = unit @ (unit[row[b]] - unit[row[a]] + unit[row[c]])
        for restricted in (True, False):
            leave_out = (a, b, c) if restricted else ()
            right = best(score, leave_out)
            answer = answer_of(a, b, c, dict(row), matrix.copy(), restricted)
            expect(isinstance(answer, str), f"return one word, not {type(answer).__name__}.")
            expect(answer in row, f"return one of the words, not {answer!r}.")
            if restricted:
                expect(answer not in (a, b, c), f"restricted, and yet {answer!r} is a word of the question.")
            elif answer != right and right in (a, b, c):
                seen_forbidden |= answer == best(score, (a, b, c))
                if seen_forbidden:
                    raise Wrong(f"with restricted=False a word of the question may win; here it is {right!r}.")
            total = matrix[row[b]] - matrix[row[a]] + matrix[row[c]]
            if answer != right and answer in (best(matrix @ total, leave_out), best(unit @ total, leave_out)):
                raise Wrong("make every vector as long as 1 before you add: here a long one decides.")
            turned = unit @ (unit[row[a]] - unit[row[b]] + unit[row[c]])
            if answer != right and answer == best(turned, leave_out):
                raise Wrong("the sum is b − a + c: a is taken away, not b.")
            if answer != right:
                raise Wrong(f"{a} : {b} = {c} : … should be {right!r} with restricted={restricted}, not {answer!r}.")


@exercise(
    "glove-table",
    "Begin with zeros and go through the words.",
    "A word has a row if its code r + 3 is below num_words, and something to put there if it is in vector_of.",
    "if r + 3 < num_words and word in vector_of: table[r + 3] = vector_of[word]",
)
def table(answer_of: Any) -> None:
    random = np.random.default_rng(16)
    for num_words in (9, 13, 20):
        rank = {word: i for i, word in enumerate(random.permutation(WORDS).tolist(), start=1)}
        vector_of = {word: random.normal(size=3) for word in WORDS[::2] + WORDS[1:4:2]} | {"unranked": np.ones(3)}
        right = np.zeros((num_words, 3))
        unshifted = np.zeros((num_words, 3))
        for word, r in rank.items():
            for shift, one in ((3, right), (0, unshifted)):
                if r + shift < num_words and word in vector_of:
                    one[r + shift] = vector_of[word]
        try:
            answer = answer_of(dict(rank), dict(vector_of), num_words, 3)
        except IndexError:
            raise Wrong("a word whose code is not below num_words has no row: leave it out.") from None
        except KeyError as error:
            if error.args[:1] == ("unranked",):
                raise Wrong("'unranked' has a vector and no rank, and so no code: leave it out.") from None
            raise Wrong(f"not every word has a vector ({error} has none): its row stays zero.") from None
        array = expect_array(answer, (num_words, 3), "fill(rank, vector_of, num_words, d)")
        if close(array, right):
            continue
        expect(not close(array, unshifted), "every word is three places off: rank r has the code r + 3.")
        expect(not array[:4].any(), "codes 0 to 3 belong to no word (rank 1 has the code 4): their rows are zeros.")
        empty = ~right.any(axis=1)
        expect(not array[empty].any(), "a word without a vector gets a row of zeros, and no other word's vector.")
        if close(array[:-1], right[:-1]):
            raise Wrong("the last row, code num_words − 1, is still in the table: r + 3 < num_words.")
        raise Wrong("some row does not hold the vector of its word.")


@exercise(
    "glove-offset",
    "With the right offset, the row of a word is its vector. With a wrong one, hardly ever.",
    "For each offset from 0 to 9 count the words with np.allclose(table[rank[word] + offset], vector_of[word]).",
    "max(range(10), key=hits), where hits(offset) skips words without a vector and rows beyond the table",
)
def offset(answer_of: Any) -> None:
    random = np.random.default_rng(18)
    words = [f"word{i}" for i in range(40)]
    for right, num_words, kind in ((3, 60, "float64"), (0, 45, "float32"), (9, 30, "float64"), (1, 12, "float32")):
        rank = {word: i for i, word in enumerate(random.permutation(words).tolist(), start=1)}
        vector_of = {word: random.normal(size=4) for word in words[:30]} | {"unranked": np.ones(4)}
        table = np.zeros((num_words, 4), dtype=kind)
        for word, r in rank.items():
            if word in vector_of and r + right < num_words:
                table[r + right] = vector_of[word]
        spoilt = next(word for word, r in rank.items() if word in vector_of and r + right < num_words)
        table[rank[spoilt] + right] = 0.5  # for most of the words, not for all
        try:
            found = expect_whole(answer_of(table.copy(), dict(rank), dict(vector_of)), "the offset")
        except IndexError:
            raise Wrong("the table is short: words whose row would lie behind its end do not count.") from None
        except KeyError as error:
            raise Wrong(f"{error} has a vector or a rank, and not both: leave such words out.") from None
        expect(found != -right or not right, "that is the offset with the wrong sign: row = rank + offset.")
        expect(found == right, f"this table was filled with offset {right}, not {found}; one row of it is spoilt.")


# The sentences of the exercise that may not be written, and why.
@exercise(
    "glove-verdict",
    "For each sentence find its row. Does the interval contain 0? What is p after Holm? Was a run cut off?",
    "Not shown to differ is not shown to be equal; and a comparison of two gaps needs a test of its own.",
    "Three may be written. The others say equal, forget the limit of epochs, or compare gaps.",
)
def supported(answer: Any) -> None:
    expect(answer is not None, "put the letters into `supported`, such as {'A', 'B'}.")
    expect_claims(
        answer,
        "ADE",
        A="A may be written: its interval lies above 0, p after Holm is below 0.05, and no run was cut off.",
        B="B: an interval that contains 0 does not say that two things are equal; this one contains two points, too.",
        C="C: after Holm that difference does not stand, and all five frozen runs were cut off.",
        D="D may be written: all four intervals lie above three points, and it says which epochs are meant.",
        E="E may be written: the interval lies below 0, p after Holm is small, and no run was cut off.",
        F="F: no gap was compared with another, and with 500 reviews the interval of the gain contains 0.",
    )
