"""Exercises of chapter 17: similarity, neighbours, analogies, the table of an embedding, GloVe's objective."""

from __future__ import annotations

from typing import Any

import numpy as np

from helpers.checks.exercise import Wrong, close, exercise, expect, expect_array, expect_number, expect_right

WORDS = "ant bee cow dog eel fox gnu hen ibis jay".split()


def _vectors(random: np.random.Generator) -> tuple[dict[str, int], np.ndarray]:
    """Ten words in random rows, vectors of different lengths; the longest pulls plain products its way."""
    matrix = random.normal(size=(len(WORDS), 4)) * np.geomspace(0.2, 20, len(WORDS))[:, None]
    return dict(zip(WORDS, random.permutation(len(WORDS)).tolist(), strict=True)), matrix


def _unit(matrix: np.ndarray) -> np.ndarray:
    return matrix / np.linalg.norm(matrix, axis=1, keepdims=True)


@exercise(
    "glove-cosine",
    "One product gives all n scalar products; then each is divided by two lengths.",
    "np.linalg.norm(matrix, axis=1) are the lengths of the rows.",
    "lengths = norm of each row times norm of vector; matrix @ vector / np.where(lengths == 0, 1, lengths)",
)
def cosine(answer_of: Any) -> None:
    random = np.random.default_rng(13)
    for n, d in ((5, 3), (1, 4), (8, 2)):
        vector, matrix = random.normal(size=d) * 3, random.normal(size=(n, d)) * 2
        right = _unit(matrix) @ vector / np.linalg.norm(vector)
        answer = expect_array(answer_of(vector.copy(), matrix.copy()), (n,), "similarities(vector, matrix)")
        slips = (
            (matrix @ vector, "those are the plain products: divide by both lengths."),
            (right * np.linalg.norm(vector), "divide by the length of `vector` too, not the rows' only."),
            (right * np.linalg.norm(matrix, axis=1), "divide by the length of each row of `matrix` too."),
            (1 - right, "that is the cosine distance, 1 minus the similarity."),
            (
                matrix @ vector / (np.linalg.norm(matrix) * np.linalg.norm(vector)),
                "np.linalg.norm without axis=1 is the length of the whole table; each row has its own.",
            ),
        )
        expect_right(answer, right, slips, f"the similarities should be {right.round(3)}, not {answer.round(3)}.")
    with np.errstate(invalid="ignore", divide="ignore"):
        answer = expect_array(answer_of(np.array([3.0, 4.0]), np.array([[0.0, 0.0], [3.0, 4.0]])), (2,), "similarities")
    expect(not np.isnan(answer).any(), "a row of zeros gives nan (0 / 0): its similarity should be 0.")
    expect(close(answer, [0, 1]), f"a row of zeros should give 0 and the vector itself 1, not {answer}.")


@exercise(
    "glove-nearest",
    "Which word belongs to row i? The dict goes the other way, so turn it round first.",
    "words = sorted(row, key=row.__getitem__) are the words in the order of the rows.",
    "order = np.argsort(-unit @ unit[row[word]]); return [words[i] for i in order if words[i] != word][:k]",
)
def nearest(answer_of: Any) -> None:
    random = np.random.default_rng(14)
    for _ in range(12):
        row, matrix = _vectors(random)
        word, k = WORDS[random.integers(len(WORDS))], int(random.integers(1, 6))
        by_row = sorted(row, key=row.__getitem__)
        unit = _unit(matrix)

        def ranked(score: np.ndarray, by_row: list[str] = by_row) -> list[str]:
            return [by_row[i] for i in np.argsort(-score)]

        right = [one for one in ranked(unit @ unit[row[word]]) if one != word][:k]
        answer = answer_of(word, dict(row), matrix.copy(), k)
        expect(answer is not None, "neighbours returned None: is the `return` missing?")
        expect(isinstance(answer, list | tuple | np.ndarray), f"return a list of words, not {type(answer).__name__}.")
        answer = [str(one) for one in answer]
        expect(all(one in row for one in answer), f"return words, such as {right}, not {answer}.")
        expect(word not in answer, f"{word!r} itself is not its own neighbour: leave it out.")
        expect(len(answer) == k, f"asked for {k} neighbours, and got {len(answer)}.")
        plain = [one for one in ranked(matrix @ matrix[row[word]]) if one != word][:k]
        expect(answer == right or answer != plain, "long vectors win here: divide by the lengths before the product.")
        shortest = [one for one in ranked(-np.linalg.norm(matrix - matrix[row[word]], axis=1)) if one != word][:k]
        expect(answer == right or answer != shortest, "that is the order by distance; the cosine is asked for.")
        furthest = ranked(-(unit @ unit[row[word]]))[:k]
        expect(answer == right or answer != furthest, "those are the least similar: sort the other way round.")
        inserted = [one for one in [list(row)[i] for i in np.argsort(-(unit @ unit[row[word]]))] if one != word][:k]
        if answer != right and answer == inserted:
            raise Wrong("the order of the dict is not the order of the rows: look up which word each row belongs to.")
        expect(answer == right or sorted(answer) != sorted(right), "the right words, but not with the nearest first.")
        expect(answer == right, f"the {k} neighbours of {word!r} should be {right}, not {answer}.")


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
    "glove-objective",
    "Four parts: the prediction, the logarithm, the weight, the sum. Shapes tell where each bias goes.",
    "np.where(X > 0, X, 1) keeps the logarithm quiet where the weight is 0 anyway.",
    "error = w @ w_near.T + b[:, None] + b_near - np.log(…); np.sum(np.where(X > 0, …, 0) * error**2)",
)
def objective(answer_of: Any) -> None:
    random = np.random.default_rng(17)
    for n, d in ((4, 2), (7, 3)):
        X = np.where(random.uniform(size=(n, n)) < 0.6, random.uniform(0.5, 400, (n, n)), 0)
        w, w_near, b, b_near = (random.normal(size=shape) for shape in ((n, d), (n, d), n, n))
        seen, safe = X > 0, np.where(X > 0, X, 1)
        f = np.where(seen, np.minimum(1, (X / 100) ** 0.75), 0)
        error = w @ w_near.T + b[:, None] + b_near - np.log(safe)
        right = float(np.sum(f * error**2))
        with np.errstate(divide="ignore", invalid="ignore"):
            answer = answer_of(X.copy(), w.copy(), w_near.copy(), b.copy(), b_near.copy())
        answer = expect_number(answer, "glove_objective(…)")
        expect(np.isfinite(answer), "log 0 is not a number: pairs that never meet have the weight 0, leave them out.")
        without_cap = np.where(seen, (safe / 100) ** 0.75, 0)
        swapped = w @ w_near.T + b + b_near[:, None] - np.log(safe)
        slips = (
            (np.sum(seen * error**2), "the pairs are not weighted: multiply each square by f."),
            (np.sum(without_cap * error**2), "f is at most 1: np.minimum(1, …)."),
            (np.sum(f * swapped**2), "the biases have changed places: b belongs to the rows, b_near to the columns."),
            (np.sum((f * error) ** 2), "weight the squares, not the errors: f stands outside the square."),
            (np.mean(f * error**2), "that is the mean; the sum is asked for."),
            (right / 2, "there is no factor 1/2 in this J."),
            (np.sum(f * (w @ w_near.T + b[:, None] + b_near - safe) ** 2), "take the logarithm of the counts."),
            (np.sum(f * (w @ w_near.T - np.log(safe)) ** 2), "the two biases are missing."),
            (np.sum(np.minimum(1, (safe / 100) ** 0.75) * error**2), "a pair that never meets has the weight 0."),
        )
        expect_right(answer, right, slips, f"J should be {right:.4f}, not {answer:.4f}.")
