"""Exercises of chapter 18, predicting new reviews."""

from __future__ import annotations

from typing import Any

import numpy as np

from helpers import text
from helpers.checks.exercise import (
    Wrong,
    close,
    exercise,
    expect,
    expect_array,
    expect_number,
    expect_right,
    expect_whole,
)

RANK = {
    "the": 1, "film": 2, "was": 3, "good": 4, "not": 5, "slow": 6, "don't": 7,
    "dull": 8, "loud": 9, "bright": 10, "late": 11, "long": 12, "masterpiece": 40,
}  # fmt: skip


def _encoded(review: str, num_words: int, length: int, *, start: bool = True, shift: int = 3) -> list[int]:
    ranks = [RANK.get(word, num_words) for word in text.tokenize(review)]
    codes = [rank + shift if rank + 3 < num_words else 2 for rank in ranks]
    kept = ([1] * start + codes)[-length:]
    return [0] * (length - len(kept)) + kept


@exercise(
    "predict-encode",
    "Four steps in their order: words, codes, start, then cut and fill in front.",
    "rank.get(word, num_words) + 3 is too large for a word that is unknown, so one test finds both kinds of 2.",
    "codes = [1] + [...]; kept = codes[-length:]; return [0] * (length - len(kept)) + kept",
)
def encode(answer_of: Any) -> None:
    num_words = 12
    cases = (
        ("the film was slow", 8),
        ("The FILM was slow, don't!", 8),
        ("the film was a masterpiece", 8),
        ("good<br /><br />slow", 6),
        ("", 4),
        ("dull, loud, bright, late, long", 9),  # with codes 11 to 15, around num_words
        ("the film was good " * 3 + "not slow", 5),
    )
    for review, length in cases:
        answer = answer_of(review, dict(RANK), num_words, length)
        what = f"encode({review!r}, rank, {num_words}, {length})"
        codes = [expect_whole(code, "each code") for code in expect_array(answer, (length,), what)]
        right = _encoded(review, num_words, length)
        if codes == right:
            continue
        tokens = text.tokenize(review)
        whole = [1] + [RANK.get(word, num_words) + 3 for word in tokens]
        whole = [code if code < num_words else 2 for code in whole]
        zeros = [0] * max(length - len(whole), 0)
        expect(codes != _encoded(review, num_words, length, start=False), "the start code 1 is missing.")
        if codes == _encoded(review, num_words, length, shift=0):
            raise Wrong("every word is three places off: the word of rank r has the code r + 3.")
        expect(codes != whole[:length] + zeros or not zeros, "the zeros belong in front of the words.")
        expect(codes != whole[:length], "a long review keeps its last codes, not its first.")
        largest = max(codes)
        expect(
            largest < num_words,
            f"a word whose code is not below num_words is unknown: {largest} should be 2 with num_words {num_words}.",
        )
        if review != review.lower():
            raise Wrong(
                f"capitals and punctuation have to go first, see text.tokenize: {review!r} should give {right}."
            )
        raise Wrong(f"{what} should be {right}, not {codes}.")


@exercise(
    "predict-ece",
    "First find the bin of every probability, then go through the bins.",
    "(probability * bins).astype(int) is the bin, except for a probability of 1: np.minimum(…, bins - 1).",
    "for each bin that is not empty: inside.mean() * abs(probability[inside].mean() - label[inside].mean())",
)
def ece(answer_of: Any) -> None:
    random = np.random.default_rng(15)
    for n, bins, top in ((400, 10, 1.0), (90, 5, 1.0), (60, 10, 0.45)):
        probability = random.uniform(0, top, n)
        label = (random.uniform(size=n) < 0.5 + 0.4 * (probability - 0.5)).astype(int)  # too sure on both sides
        answer = expect_number(answer_of(probability.copy(), label.copy(), bins), "ece(probability, label, bins)")
        right, unweighted, signed = _calibration_errors(probability, label, bins)
        expect(not np.isnan(answer), "an empty bin has no mean (it gives nan): leave it out.")
        confidence = np.maximum(probability, 1 - probability)
        correct = (probability > 0.5) == label
        cancel = "take the absolute difference in each bin first: differences of opposite sign must not cancel."
        slips = (
            (unweighted, "that is the plain mean over the bins: weigh each by its share of the reviews."),
            (signed, cancel),
            (abs(signed), cancel),
            (
                _calibration_errors(confidence, correct, bins)[0],
                "that is the version for the probability of the predicted class; here bin the probability of praise.",
            ),
            (100 * right, "give a fraction, not points: do not multiply by 100."),
        )
        expect_right(answer, right, slips, f"{n} reviews in {bins} bins should give {right:.4f}, not {answer:.4f}.")
    for at, beside, called, which in ((1.0, 0.92, 0, "last"), (0.0, 0.08, 1, "first")):
        edge = expect_number(answer_of(np.array([at, beside]), np.array([called, 1 - called]), 10), "ece")
        expect(close(edge, 0.46), f"a probability of exactly {at:g} belongs to the {which} bin.")


def _calibration_errors(probability: np.ndarray, label: np.ndarray, bins: int) -> tuple[float, float, float]:
    """The error, its unweighted and its signed version."""
    bin_of = np.minimum((probability * bins).astype(int), bins - 1)
    inside = [bin_of == b for b in range(bins) if (bin_of == b).any()]
    gaps = np.array([probability[rows].mean() - label[rows].mean() for rows in inside])
    weights = np.array([rows.mean() for rows in inside])
    return float(weights @ np.abs(gaps)), float(np.abs(gaps).mean()), float(weights @ gaps)


@exercise(
    "predict-temperature",
    "There is one unknown between known limits. How many values can you afford to try?",
    "np.geomspace(0.1, 10, 500) has steps of one per cent. For each T compute the cross-entropy of logit / T.",
    "np.mean(np.logaddexp(0, logit / T) - label * logit / T), then the T at np.argmin of the losses",
)
def temperature(answer_of: Any) -> None:
    random = np.random.default_rng(16)
    for true in (2.5, 0.4, 1.3):
        logit = random.normal(0, 3, 4000)
        label = (random.uniform(size=4000) < 1 / (1 + np.exp(-logit))).astype(int)
        label = np.where(random.uniform(size=4000) < 0.06, 1 - label, label)  # some are sure and wrong, as in life
        logit = logit * true
        answer = expect_number(answer_of(logit.copy(), label.copy()), "temperature(logit, label)")
        expect(answer > 0, "a temperature is positive.")
        best, by_squares = _best_temperature(logit, label)
        if abs(answer / best - 1) < 0.025:
            continue
        expect(abs(answer * best - 1) > 0.02, "that is 1/T: the logit is divided by the temperature, not multiplied.")
        expect(
            abs(answer - 1) > 1e-9,
            "T = 1 changes nothing. Accuracy cannot choose T, for no verdict changes: use the cross-entropy.",
        )
        expect(
            min(abs(answer - 0.1), abs(answer - 10)) > 1e-6,
            "that is a limit of the range: are you looking for the largest loss instead of the smallest, or is the "
            "loss nan there, because the logarithm of 0 was taken?",
        )
        expect(
            abs(answer / by_squares - 1) > 0.01,
            "that is the temperature with the smallest squared error; the cross-entropy is asked for.",
        )
        raise Wrong(f"such logits, {true} times too large, should give about {best:.2f}, not {answer:.2f}.")


def _best_temperature(logit: np.ndarray, label: np.ndarray) -> tuple[float, float]:
    """The temperatures with the smallest cross-entropy and with the smallest squared error."""
    candidates = np.geomspace(0.1, 10, 1500)
    losses = [np.mean(np.logaddexp(0, logit / T) - label * logit / T) for T in candidates]
    squares = [np.mean(((1 + np.tanh(logit / T / 2)) / 2 - label) ** 2) for T in candidates]
    return float(candidates[np.argmin(losses)]), float(candidates[np.argmin(squares)])


@exercise(
    "predict-settled",
    "Start from the end: what is the verdict there, and where was it last another one?",
    "praise = np.asarray(probability) > 0.5; then np.flatnonzero(praise != praise[-1]).",
    "other = np.flatnonzero(praise != praise[-1]); return int(other[-1]) + 1 if len(other) else 0",
)
def settled(answer_of: Any) -> None:
    random = np.random.default_rng(17)
    fixed = [[0.7, 0.4, 0.3, 0.6, 0.8], [0.2, 0.6, 0.7, 0.3, 0.1], [0.6, 0.7, 0.8], [0.4], [0.9, 0.9, 0.2]]
    halves = [[0.5], [0.7, 0.2, 0.5, 0.4], [0.4, 0.5, 0.6, 0.5, 0.9]]
    drawn = [random.uniform(size=random.integers(2, 12)).tolist() for _ in range(40)]
    for curve in map(np.array, fixed + drawn + halves):
        answer = expect_whole(answer_of(curve.copy()), "settled(probability)")
        praise = curve > 0.5
        changes = np.flatnonzero(praise[1:] != praise[:-1])
        right = _settled(praise)
        shown = np.array2string(curve.round(2), separator=", ")
        if answer != right:
            if not (curve != 0.5).all() and answer == _settled(curve >= 0.5):
                raise Wrong(f"exactly one half is not above one half: {shown}.")
            if len(changes) and answer == right - 1:
                raise Wrong(f"{answer} is the last word with the other verdict; the word after it settles it: {shown}.")
            if len(changes) > 1 and answer == changes[0] + 1:
                raise Wrong(f"the verdict changes once more after word {answer}: look for the last change: {shown}.")
            expect(
                not (len(changes) > 1 and answer == int(np.flatnonzero(praise == praise[-1])[0])),
                f"at word {answer} it has the final verdict for the first time, and loses it again: {shown}.",
            )
            expect(len(changes) > 0, f"the verdict never changes in {shown}: it was settled at word 0.")
            raise Wrong(f"{shown} is settled at word {right}, not {answer}.")


def _settled(praise: np.ndarray) -> int:
    """The place behind the last other verdict."""
    other = np.flatnonzero(praise != praise[-1])
    return int(other[-1]) + 1 if len(other) else 0


@exercise(
    "predict-safe",
    "Three questions before you ask the model: is it a string, has it words, has it too many?",
    "isinstance(review, bytes) first, then not isinstance(review, str); then words = text.tokenize(review).",
    'if not words: raise ValueError(…); return float(model([" ".join(words[-200:])])[0])',
)
def safe(answer_of: Any) -> None:
    asked: list[list[str]] = []

    def model(reviews: list[str]) -> np.ndarray:
        if isinstance(reviews, str) or not all(isinstance(review, str) for review in reviews):
            raise Wrong("the model wants a list of strings: put the one review into a list.")
        asked.append(list(reviews))
        return np.array([0.25 + 0.5 * ("good" in text.tokenize(review)) for review in reviews], dtype="float32")

    for review, right in (("A good film.", 0.75), ("A film.", 0.25)):
        answer = answer_of(model, review)
        expect(answer is not None, "predict_safely returned None: is the `return` missing?")
        expect(np.ndim(answer) == 0, "return one number, not the model's list: take its first item.")
        expect(isinstance(answer, float), "return a float: float(…).")
        expect(answer == right, f"the model says {right} of {review!r}, and you return {answer}.")

    for wrong in (b"A good film.", None, ["A good film."], 7):
        name = type(wrong).__name__
        try:
            answer_of(model, wrong)
        except TypeError as error:
            if isinstance(wrong, bytes) and "decode" not in str(error).lower():
                raise Wrong("the message for bytes should name the remedy: decode.") from None
        except (AttributeError, ValueError, KeyError, IndexError) as error:
            raise Wrong(f"for {name} a TypeError is asked for, and it raised {type(error).__name__}.") from None
        else:
            raise Wrong(f"a review of type {name} should raise a TypeError, and got an answer.")

    for blank in ("", "   ", "...", "<br /><br />"):
        try:
            answer_of(model, blank)
        except ValueError as error:
            expect(len(str(error)) > 10, "the ValueError should say in a sentence what is wrong.")
        else:
            raise Wrong(f"{blank!r} has no word, and should raise a ValueError.")

    asked.clear()
    answer_of(model, "word " * 5_000 + "last " * 200)
    (sent,) = asked[-1]
    tokens = text.tokenize(sent)
    expect(len(tokens) <= 200, f"of 5,200 words {len(tokens):,} went to the model: keep 200.")
    expect(tokens[:1] != ["word"], "keep the last 200 words, as in training, not the first.")
    expect(len(sent) > 250, "cut at words, not at characters.")
    expect(len(tokens) == 200, f"the last 200 words should reach the model, not {len(tokens)}.")
