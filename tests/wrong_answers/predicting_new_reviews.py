"""Wrong answers to the exercises of chapter 18: (exercise, answer, what the check must say)."""

import numpy as np

from helpers import text


def encode(
    review, rank, num_words, length, *, start=True, shift=3, padding="pre", truncating="pre", tokens=text.tokenize
):
    codes = [rank.get(word, num_words) for word in tokens(review)]
    codes = [1] * start + [code + shift if code + 3 < num_words else 2 for code in codes]
    return text.pad([codes], length, padding=padding, truncating=truncating)[0]


def large_codes(review, rank, num_words, length):
    codes = [1] + [rank[word] + 3 if word in rank else 2 for word in text.tokenize(review)]
    return text.pad([codes], length, padding="pre", truncating="pre")[0]


def by_rank(review, rank, num_words, length):
    codes = [1] + [rank[w] + 3 if rank.get(w, num_words) < num_words else 2 for w in text.tokenize(review)]
    return text.pad([codes], length, padding="pre", truncating="pre")[0]


def up_to_num_words(review, rank, num_words, length):
    codes = [1] + [rank[w] + 3 if rank.get(w, num_words) <= num_words - 3 else 2 for w in text.tokenize(review)]
    return text.pad([codes], length, padding="pre", truncating="pre")[0]


def without_the_first(probability, label, bins):
    total = 0.0
    for b in range(bins):
        rows = (probability > b / bins) & (probability <= (b + 1) / bins)
        if rows.any():
            total += rows.mean() * abs(probability[rows].mean() - label[rows].mean())
    return total


def bins_of(probability, bins):
    return np.minimum((probability * bins).astype(int), bins - 1)


def unweighted(probability, label, bins):
    which = bins_of(probability, bins)
    inside = [which == b for b in range(bins) if (which == b).any()]
    return np.mean([abs(probability[rows].mean() - label[rows].mean()) for rows in inside])


def signed(probability, label, bins):
    return probability.mean() - label.mean()


def of_the_predicted_class(probability, label, bins):
    return weighted(np.maximum(probability, 1 - probability), (probability > 0.5) == label, bins)


def weighted(probability, label, bins):
    which = bins_of(probability, bins)
    inside = [which == b for b in range(bins) if (which == b).any()]
    return sum(rows.mean() * abs(probability[rows].mean() - label[rows].mean()) for rows in inside)


def open_at_one(probability, label, bins):
    which = (probability * bins).astype(int)
    inside = [which == b for b in range(bins) if (which == b).any()]
    return sum(rows.mean() * abs(probability[rows].mean() - label[rows].mean()) for rows in inside)


def with_empty_bins(probability, label, bins):
    which, total = bins_of(probability, bins), 0.0
    for b in range(bins):
        rows = probability[which == b]
        total += len(rows) / len(label) * abs(rows.sum() / np.float64(len(rows)) - label[which == b].mean())
    return total


def losses(logit, label, candidates):
    return [np.mean(np.logaddexp(0, logit / T) - label * logit / T) for T in candidates]


def upside_down(logit, label):
    candidates = np.geomspace(0.1, 10, 500)
    return 1 / candidates[np.argmin(losses(logit, label, candidates))]


def largest(logit, label):
    candidates = np.geomspace(0.1, 10, 500)
    return candidates[np.argmax(losses(logit, label, candidates))]


def by_squares(logit, label):
    candidates = np.geomspace(0.1, 10, 500)
    return min(candidates, key=lambda T: np.mean((1 / (1 + np.exp(-logit / T)) - label) ** 2))


def by_naive_loss(logit, label):
    candidates = np.geomspace(0.1, 10, 500)
    with np.errstate(all="ignore"):
        p = 1 / (1 + np.exp(-logit / candidates[:, None]))
        return candidates[np.argmin(-np.mean(label * np.log(p) + (1 - label) * np.log(1 - p), axis=1))]


def by_accuracy(logit, label):
    return max((1.0, 2.0, 4.0), key=lambda T: np.mean((logit / T > 0) == label))


def too_coarse(logit, label):
    candidates = np.array([0.5, 2.0, 3.0])
    return candidates[np.argmin(losses(logit, label, candidates))]


def first_change(probability):
    praise = np.asarray(probability) > 0.5
    changes = np.flatnonzero(praise[1:] != praise[:-1])
    return int(changes[0]) + 1 if len(changes) else 0


def first_time(probability):
    praise = np.asarray(probability) > 0.5
    return int(np.flatnonzero(praise == praise[-1])[0])


def one_too_early(probability):
    praise = np.asarray(probability) > 0.5
    other = np.flatnonzero(praise != praise[-1])
    return int(other[-1]) if len(other) else 0


def one_too_late_without_change(probability):
    praise = np.asarray(probability) > 0.5
    other = np.flatnonzero(praise != praise[-1])
    return int(other[-1]) + 1 if len(other) else len(praise)


def careless(model, review):
    return float(model([review])[0])


def safely(
    cut=lambda words: " ".join(words[-200:]), ask=lambda model, review: float(model([review])[0]), bytes_too=False
):
    def answer(model, review):
        if bytes_too and isinstance(review, bytes):
            review = review.decode()
        if not isinstance(review, str):
            raise TypeError("please decode the review to one string")
        words = text.tokenize(review)
        if not words:
            raise ValueError("there are no words to judge")
        return ask(model, cut(words))

    return answer


def no_word_about_bytes(model, review):
    if not isinstance(review, str):
        raise TypeError("the review must be a string")
    return safely()(model, review)


def blank_is_a_half(model, review):
    if isinstance(review, str) and not text.tokenize(review):
        return 0.5
    return safely()(model, review)


def settled_with_halves(probability):
    praise = np.asarray(probability) >= 0.5
    other = np.flatnonzero(praise != praise[-1])
    return int(other[-1]) + 1 if len(other) else 0


WRONG = [
    ("predict-encode", lambda *a: encode(*a, start=False), "start code 1 is missing"),
    ("predict-encode", lambda *a: encode(*a, shift=0), "three places off"),
    ("predict-encode", lambda *a: encode(*a, padding="post"), "zeros belong in front"),
    ("predict-encode", lambda *a: encode(*a, truncating="post"), "keeps its last codes"),
    ("predict-encode", lambda *a: encode(*a, tokens=str.split), "capitals and punctuation"),
    ("predict-encode", large_codes, "not below num_words is unknown"),
    ("predict-encode", by_rank, "is unknown"),
    ("predict-encode", up_to_num_words, "is unknown"),
    ("predict-encode", lambda *a: encode(*a) + 0.5, "a whole number"),
    ("predict-ece", without_the_first, "belongs to the first bin"),
    ("predict-ece", unweighted, "plain mean over the bins"),
    ("predict-ece", signed, "absolute difference in each bin first"),
    ("predict-ece", of_the_predicted_class, "predicted class"),
    ("predict-ece", with_empty_bins, "empty bin has no mean"),
    ("predict-ece", lambda *a: 100 * weighted(*a), "a fraction, not points"),
    ("predict-ece", open_at_one, "belongs to the last bin"),
    ("predict-temperature", upside_down, "that is 1/T"),
    ("predict-temperature", by_squares, "squared error"),
    ("predict-temperature", by_naive_loss, "nan"),
    ("predict-temperature", largest, "a limit of the range"),
    ("predict-temperature", by_accuracy, "Accuracy cannot choose T"),
    ("predict-temperature", too_coarse, "should give about"),
    ("predict-settled", settled_with_halves, "is not above one half"),
    ("predict-settled", lambda p: None, "is the `return` missing"),
    ("predict-settled", first_change, "look for the last change"),
    ("predict-settled", first_time, "for the first time"),
    ("predict-settled", one_too_early, "the word after it settles it"),
    ("predict-settled", one_too_late_without_change, "never changes"),
    ("predict-safe", safely(ask=lambda model, review: model([review])[0]), "return a float"),
    ("predict-safe", careless, "list of strings"),
    ("predict-safe", safely(bytes_too=True), "type bytes should raise a TypeError"),
    ("predict-safe", no_word_about_bytes, "name the remedy"),
    ("predict-safe", blank_is_a_half, "should raise a ValueError"),
    ("predict-safe", safely(cut=" ".join), "keep 200"),
    ("predict-safe", safely(cut=lambda words: " ".join(words[:200])), "not the first"),
    ("predict-safe", safely(cut=lambda words: " ".join(words)[-200:]), "cut at words"),
    ("predict-safe", safely(ask=lambda model, review: model([review])), "return one number"),
    ("predict-safe", safely(ask=lambda model, review: model(review)), "put the one review into a list"),
]
