"""Wrong answers to the exercises of chapter 12: (exercise, answer, what the check must say)."""

import numpy as np


def cut(lengths, size):
    return np.split(lengths, range(size, len(lengths), size))


def places(lengths, size):
    return sum(len(batch) * batch.max() for batch in cut(lengths, size))


def shared(histories):
    return min(len(history["val_accuracy"]) for history in histories.values())


WRONG = [
    ("gated-equal-epochs", lambda h: {k: v["val_accuracy"][-1] for k, v in h.items()}, "last epochs of each model"),
    ("gated-equal-epochs", lambda h: {k: max(v["val_accuracy"]) for k, v in h.items()}, "best epochs of each model"),
    ("gated-equal-epochs", lambda h: {k: v["val_accuracy"][shared(h) - 2] for k, v in h.items()}, "one epoch too"),
    ("gated-equal-epochs", lambda h: {k: v["accuracy"][shared(h) - 1] for k, v in h.items()}, "training accuracy"),
    ("gated-equal-epochs", lambda h: {k: v["val_accuracy"][2] for k, v in h.items()}, "IndexError"),
    ("gated-equal-epochs", lambda h: {k.upper(): v["val_accuracy"][shared(h) - 1] for k, v in h.items()}, "the names"),
    ("gated-equal-epochs", lambda h: [v["val_accuracy"][shared(h) - 1] for v in h.values()], "should return a dict"),
    ("gated-wins", lambda a, b: np.mean([x > y for x in a for y in b]), "a tie counts as half a win"),
    ("gated-wins", lambda a, b: np.mean([x >= y for x in a for y in b]), "not as a whole one"),
    ("gated-wins", lambda a, b: np.mean([(x < y) + (x == y) / 2 for x in a for y in b]), "second model is better"),
    ("gated-wins", lambda a, b: sum((x > y) + (x == y) / 2 for x in a for y in b), "divide by the number of all pairs"),
    (
        "gated-wins",
        lambda a, b: np.mean([(x > y) + (x == y) / 2 for x, y in zip(a, b, strict=False)]),
        "seed 1 need not meet",
    ),
    ("gated-ratio", lambda d, n: (4, 3, 3), "second bias for each unit"),
    ("gated-ratio", lambda d, n: (4, 3 * (d + n + 2) / (d + n + 1), 3), "have changed places"),
    ("gated-ratio", lambda d, n: (1 / 4, 1 / 3, (d + n + 1) / (d + n + 2) / 3), "wrong way round"),
    ("gated-ratio", lambda d, n: (4 * n * (d + n + 1), 3 * n * (d + n + 1), 3 * n * (d + n + 2)), "divide them by"),
    ("gated-padding", lambda x, size: x.sum() / places(x, size), "that is the share of words"),
    ("gated-padding", lambda x, size: 1 - x.mean() / x.max(), "longest review of all"),
    ("gated-padding", lambda x, size: np.mean([1 - b.mean() / b.max() for b in cut(x, size)]), "mean of the batches"),
    ("gated-padding", lambda x, size: 1 - x.sum() / sum(size * b.max() for b in cut(x, size)), "last batch has fewer"),
    ("gated-padding", lambda x, size: 1 - x.sum() / places(np.sort(x), size), "sorted first"),
    ("gated-wins", lambda a, b: np.mean(a) - np.mean(b), "difference of the means"),
    ("gated-half", lambda x: int(np.argmax(np.cumsum(x[::-1]) > x.sum() / 2)) + 1, "at least half"),
    ("gated-half", lambda x: int(np.argmax(np.cumsum(x[::-1]) >= x.sum() / 2)), "one too few"),
    ("gated-half", lambda x: int(np.argmax(np.cumsum(x) >= x.sum() / 2)) + 1, "counted from the first word"),
    ("gated-half", lambda x: float((x[::-1] * np.arange(len(x))).sum() / x.sum()), "mean distance"),
]
