"""Exercises of chapter 11, overfitting."""

from __future__ import annotations

from typing import Any

import numpy as np

from helpers.checks.exercise import (
    Wrong,
    exercise,
    expect,
    expect_array,
    expect_number,
    expect_right,
    expect_whole,
)


@exercise(
    "fit-stop",
    "Go through the epochs and remember the best so far. When has it been the best for too long?",
    "After each epoch: if it is better, it is the new best; if epoch − best == patience, stop.",
    "for epoch, a in enumerate(validation, start=1): if a > validation[best - 1]: best = epoch; "
    "if epoch - best == patience: break",
)
def stop_(stop: Any) -> None:
    random = np.random.default_rng(17)
    cases = [
        ([0.7, 0.8, 0.85, 0.84, 0.83, 0.9], 2),  # what would have come is never seen
        ([0.6, 0.7, 0.8], 3),  # ends with the list
        ([0.8, 0.8, 0.8, 0.81], 2),  # equal is not better
        ([0.7, 0.72, 0.71, 0.73, 0.72, 0.74, 0.7, 0.7, 0.7], 3),
        ([0.9, 0.8], 1),
    ]
    cases += [((random.integers(70, 90, 12) / 100).tolist(), size) for size in (1, 2, 3)]
    for validation, size in cases:
        said = expect_array(stop(list(validation), size), (2,), "stop(validation, patience)")
        answer = [expect_whole(epoch, "each epoch") for epoch in said]
        end, best = _stop(validation, size)
        shown = f"stop({validation}, {size})"
        if answer == [end, best]:
            continue
        expect(answer != [best, end], f"{shown}: first the last epoch that was trained, then the one that is kept.")
        expect(answer != [end - 1, best - 1], f"{shown}: count the epochs from 1.")
        if tuple(answer) == _stop(validation, size, ties=True):
            raise Wrong(f"{shown}: an equal accuracy is not better; the earlier epoch stays the best.")
        expect(tuple(answer) != _stop(validation, size + 1), f"{shown}: one epoch too patient.")
        over_all = 1 + validation.index(max(validation))
        expect(
            over_all <= end or answer[1] != over_all,
            f"{shown}: epoch {over_all} comes after the end of training; nobody has seen it.",
        )
        expect(answer != [len(validation), best], f"{shown}: training ended before the list did, after epoch {end}.")
        expect(tuple(answer) != _stop(validation, size - 1), f"{shown}: one epoch too impatient.")
        expect(tuple(answer) != (end, end), f"{shown}: the last epoch is not the best; keep the weights of the best.")
        raise Wrong(f"{shown} should be {(end, best)}, not {tuple(answer)}.")


@exercise(
    "fit-price",
    "For each run you need two numbers of the first exercise: where it ends, and which epoch is kept.",
    "lost = max(validation) - validation[best - 1]: the best of the whole list, also of what was never trained.",
    "for validation in runs: last, best = stop(validation, patience); trained.append(last); "
    "lost.append(max(validation) - validation[best - 1])",
)
def price(price: Any) -> None:
    random = np.random.default_rng(11)
    cases = [
        ([[80.0, 85.0, 84.0, 83.0, 90.0], [70.0, 80.0, 81.0, 82.0, 83.0]], 2),  # one ends early, one never
        ([[80.0, 75.0, 88.0]], 1),
        ([[60.0, 61.0, 62.0]], 5),
    ]
    cases += [([(random.integers(700, 900, n) / 10).tolist() for n in (6, 8, 8)], size) for size in (1, 2, 3)]
    for curves, size in cases:
        answer = expect_array(price([list(one) for one in curves], size), (2,), "price(runs, patience)")
        ends = [_stop(one, size) for one in curves]
        trained = np.mean([end for end, _ in ends])
        kept = np.array([one[best - 1] for one, (_, best) in zip(curves, ends, strict=True)])
        most = np.array([max(one) for one in curves])
        seen = np.array([max(one[:end]) for one, (end, _) in zip(curves, ends, strict=True)])
        lasts = np.array([one[end - 1] for one, (end, _) in zip(curves, ends, strict=True)])
        shown = f"with {len(curves)} run(s) and a patience of {size}"
        slips = (
            ((np.mean(most - kept), trained), f"{shown}: first the epochs, then the accuracy."),
            ((sum(end for end, _ in ends), np.sum(most - kept)), f"{shown}: these are sums; the means are asked for."),
            (
                (trained, np.mean(seen - kept)),
                f"{shown}: the loss is measured against the whole list, also where nobody trained any more.",
            ),
            ((trained, np.mean(most - lasts)), f"{shown}: the best epoch is kept, not the last one that was trained."),
            ((np.mean([best for _, best in ends]), np.mean(most - kept)), f"{shown}: count the epochs trained."),
            ((trained, np.mean(kept - most)), f"{shown}: what is lost is a positive number: the best minus the kept."),
            ((trained, np.mean(kept)), f"{shown}: that is the accuracy kept; how much is lost against the best?"),
        )
        expect_right(
            answer,
            (trained, np.mean(most - kept)),
            slips,
            f"{shown} it should be {trained:.2f} epochs and {np.mean(most - kept):.2f} lost, not "
            f"{answer[0]:.2f} and {answer[1]:.2f}.",
        )


@exercise(
    "fit-surer",
    "Which verdicts raise the loss when they get surer, and which when they get less sure?",
    "Wrong verdicts to nearly 0 or 1 on their side; right ones to just beyond one half on theirs.",
    "right = (p > 0.5) == (label == 1); np.where(right, just beyond one half, nearly 0 or 1), each on the side of p",
)
def surer(spoil: Any) -> None:
    random = np.random.default_rng(12)
    cases = [
        ([0.9, 0.8, 0.2, 0.3], [1, 0, 0, 1]),
        ([0.97, 0.9, 0.05], [1, 1, 0]),  # no mistake to make worse
        ([0.02, 0.9], [1, 0]),  # nothing but mistakes, one of them a sure one
    ]
    cases += [(random.uniform(0.02, 0.98, n).tolist(), random.integers(0, 2, n).tolist()) for n in (10, 40)]
    for probability, label in ((np.array(p), np.array(y)) for p, y in cases):
        answer = expect_array(spoil(probability.copy(), label.copy()), probability.shape, "spoil(probability, label)")
        shown = f"for the probabilities {np.round(probability[:4], 2).tolist()}{' …' * (len(label) > 4)}"
        expect(np.isfinite(answer).all(), f"{shown} there is a number in the answer that is not finite.")
        expect((answer > 0).all() and (answer < 1).all(), f"{shown}: probabilities must lie strictly between 0 and 1.")
        expect((answer != 0.5).all(), f"{shown}: a probability of exactly one half is no verdict.")
        changed = (answer > 0.5) != (probability > 0.5)
        expect(not changed.any(), f"{shown}: {changed.sum()} verdict(s) changed sides; all must stay where they were.")
        before, after = (_cross_entropy(one, label) for one in (probability, answer))
        expect(after > before, f"{shown} the loss did not rise: it was {before:.2f} and is {after:.2f}.")
        expect(after >= 2 * before, f"{shown} the loss went from {before:.2f} to {after:.2f}, which is not twice.")


@exercise(
    "fit-doubling",
    "Sort by size first, and keep the two largest. Only they decide.",
    "slope = (high − low) / log(many / few); from the larger point on, go slope · log(n / many).",
    "(few, low), (many, high) = sorted(zip(sizes, accuracies))[-2:]; min(100, high + slope * log(n / many))",
)
def doubling(guess: Any) -> None:
    cases = [
        ([500, 2_000, 8_000], [76.0, 82.0, 86.0], 32_000),
        ([8_000, 500, 2_000], [86.0, 76.0, 82.0], 20_000),  # not in order
        ([1_000, 100], [80.0, 60.0], 500),  # between the two
        ([1_000, 2_000], [90.0, 97.0], 16_000),  # beyond 100
        ([1_000, 4_000], [85.0, 84.0], 16_000),  # falling
    ]
    for sizes, accuracies, n in cases:
        answer = expect_number(guess(list(sizes), list(accuracies), n), "guess(sizes, accuracies, n)")
        points = sorted(zip(sizes, accuracies, strict=True))
        free = _line(points[-2], points[-1], n, np.log)
        unsorted = list(zip(sizes, accuracies, strict=True))[-2:]
        every = np.polyval(np.polyfit(np.log(sizes), accuracies, 1), np.log(n))
        shown = f"guess({sizes}, {accuracies}, {n})"
        slips = (
            (free, f"{shown}: an accuracy above 100 is none; cut at 100."),
            (
                min(100.0, _line(points[-2], points[-1], n, float)),
                f"{shown}: the line runs over the logarithm of the size.",
            ),
            (
                min(100.0, _line(unsorted[0], unsorted[1], n, np.log)),
                f"{shown}: the two largest sizes need not come last; sort first.",
            ),
            (min(100.0, _line(points[0], points[1], n, np.log)), f"{shown}: those are the two smallest sizes."),
            (min(100.0, every), f"{shown}: a line through all points was asked for by nobody; take the two largest."),
        )
        expect_right(answer, min(100.0, free), slips, f"{shown} should be {min(100.0, free):.2f}, not {answer:.2f}.")


def _stop(validation: list[float], size: int, ties: bool = False) -> tuple[int, int]:
    """Last epoch trained and epoch kept, from 1; with ``ties`` an equal accuracy counts as better."""
    best = 1
    for epoch, accuracy in enumerate(validation, start=1):
        if accuracy > validation[best - 1] or (ties and accuracy == validation[best - 1]):
            best = epoch
        if epoch - best >= size:
            return epoch, best
    return len(validation), best


def _cross_entropy(probability: np.ndarray, label: np.ndarray) -> float:
    return float(-np.log(np.where(label == 1, probability, 1 - probability)).mean())


def _line(low: tuple[float, float], high: tuple[float, float], n: float, scale: Any) -> float:
    """The straight line through two points, over ``scale`` of the size, at ``n``."""
    (few, below), (many, above) = low, high
    return float(above + (above - below) * (scale(n) - scale(many)) / (scale(many) - scale(few)))
