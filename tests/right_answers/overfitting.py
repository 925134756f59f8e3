"""Right answers to the exercises of chapter 11, each in another way: (exercise, answer)."""

import math

import numpy as np


def stop_with_a_counter(validation, patience):
    best, kept, waited = -math.inf, 0, 0
    for epoch, accuracy in enumerate(validation, start=1):
        waited += 1
        if accuracy > best:
            best, kept, waited = accuracy, epoch, 0
        if waited == patience:
            return [epoch, kept]
    return [len(validation), kept]


def stop_by_slices(validation, patience):
    for last in range(1, len(validation) + 1):
        seen = validation[:last]
        if last - np.argmax(seen) - 1 >= patience:
            break
    return np.array([last, np.argmax(validation[:last]) + 1])


def price_in_columns(runs, patience):
    ends = np.array([stop_by_slices(run, patience) for run in runs])
    kept = [run[best - 1] for run, best in zip(runs, ends[:, 1], strict=True)]
    return np.float32(ends[:, 0].mean()), np.float32(np.mean([max(run) for run in runs]) - np.mean(kept))


def price_in_a_loop(runs, patience):
    epochs = lost = 0
    for run in runs:
        end, kept = stop_with_a_counter(run, patience)
        epochs += end / len(runs)
        lost += (np.max(run) - run[kept - 1]) / len(runs)
    return [epochs, lost]


def spoil_one(probability, label):
    """Make one mistake enormous; where there is none, all right ones timid."""
    probability = np.array(probability)
    wrong = (probability > 0.5) != (label == 1)
    if wrong.any():
        worst = np.flatnonzero(wrong)[0]
        probability[worst] = 1 - 1e-16 if probability[worst] > 0.5 else 1e-300
        if probability[worst] == 1:  # no float lies between
            probability[worst] = np.nextafter(1, 0)
        return probability
    return np.where(probability > 0.5, 0.5 + 1e-6, 0.5 - 1e-6)


def spoil_in_a_loop(probability, label):
    spoiled = []
    for p, y in zip(probability, label, strict=True):
        side = 1 if p > 0.5 else -1
        right = (side == 1) == (y == 1)
        spoiled.append(0.5 + side * (1e-7 if right else 0.5 - 1e-15))
    return spoiled


def guess_by_polyfit(sizes, accuracies, n):
    largest = np.argsort(sizes)[-2:]
    line = np.polyfit(np.log2(np.array(sizes)[largest]), np.array(accuracies)[largest], 1)
    return np.minimum(np.polyval(line, np.log2(n)), 100)


def guess_by_doublings(sizes, accuracies, n):
    by_size = dict(zip(sizes, accuracies, strict=True))
    few, many = sorted(by_size)[-2:]
    a_doubling = (by_size[many] - by_size[few]) / math.log2(many / few)
    return np.clip(by_size[many] + a_doubling * math.log2(n / many), 0, 100)


RIGHT = [
    ("fit-stop", stop_with_a_counter),
    ("fit-stop", stop_by_slices),
    ("fit-price", price_in_columns),
    ("fit-price", price_in_a_loop),
    ("fit-surer", spoil_one),
    ("fit-surer", spoil_in_a_loop),
    ("fit-doubling", guess_by_polyfit),
    ("fit-doubling", guess_by_doublings),
]
