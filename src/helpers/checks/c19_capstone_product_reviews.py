"""Exercises of chapter 19, the project on product reviews."""

from __future__ import annotations

from typing import Any

import numpy as np

from helpers.checks._exercise import Exercise, Wrong, close, expect, expect_array


def copies(repeated: Any) -> None:
    train = ["It broke.", "Good pan", "good pan!", "It's fine"]
    answer = repeated(train, ["It broke!!", "Bad pan", "GOOD, pan", "good pan", "new"])
    expect(isinstance(answer, int | np.integer), f"return a whole number, not {type(answer).__name__}.")
    expect(answer != 0, "case and punctuation still count: compare the words alone.")
    expect(answer != 1, "lower-casing is not enough: 'It broke.' and 'It broke!!' have the same words.")
    expect(answer != 2, "two test reviews that are alike are two: count reviews, not different texts.")
    expect(answer != 5, "each test review counts once, however many copies of it are in the training set.")
    expect(answer == 3, f"three of those five test reviews have the words of a training review, not {answer}.")
    expect(repeated(train, ["pan good", "good"]) == 0, "the same words in another order, or some of them, are no copy.")
    expect(repeated([], ["It broke."]) == 0, "without training reviews nothing is repeated.")
    expect(repeated(["its fine"], ["it s fine"]) == 0, "cut at the signs; 'its' and 'it s' are not the same words.")


def clean(clean_review: Any) -> None:
    stop_words = frozenset({"this", "is", "not", "and", "a", "the"})
    cut_off: dict[str, str] = {"this": "thi", "lids": "lid", "closes": "close", "tightly": "tight"}

    def stem(word: str) -> str:
        return cut_off.get(word, word)

    tokens = "this kettle , is not tightly closed ... and the lids do n't fit ! 5 stars -- the best".split()
    right = "kettle tight closed lid do n't fit 5 stars best".split()
    answer = clean_review(tokens, stop_words, stem)
    expect(not isinstance(answer, str), "return a list of words, not one text.")
    expect(answer is not None, "it returned None: is the `return` missing?")
    expect(isinstance(answer, list), f"return a list of words, not a {type(answer).__name__}.")
    expect("thi" not in answer, "look for stop words before you stem: 'this' is a stop word and 'thi' is not.")
    expect(not {"...", "--", ",", "!"} & set(answer), "tokens without a letter or a digit, such as '...', must go.")
    expect("n't" in answer, '"n\'t" has letters: it is a word. str.isalpha() is too strict.')
    expect("5" in answer, "'5' is a digit and stays: five stars are not one star.")
    expect("tightly" not in answer, "the words are not stemmed: call stem(word).")
    expect(not stop_words & set(answer), "there are stop words left.")
    expect(answer == right, f"{' '.join(tokens)!r} should become {right}, not {answer}.")
    expect(clean_review(["a", "lids", "lids"], stop_words, stem) == ["lid", "lid"], "a word said twice stays twice.")
    expect(clean_review([], stop_words, stem) == [], "no tokens, no words: [].")


def ranks(number: Any) -> None:
    texts = ["good lid", "lid broke bad lid", "good kettle"]
    answer = number(texts)
    expect(
        isinstance(answer, list | tuple) and all(isinstance(row, list | tuple) for row in answer),
        "return a list of lists, one for each text.",
    )
    answer = [[int(rank) for rank in row] for row in answer]
    expect(min(map(min, filter(None, answer)), default=1) > 0, "ranks start at 1: 0 is kept for the padding.")
    expect(
        answer != [[1, 2], [2, 3, 4, 2], [1, 5]],
        "ranks go by frequency, not by first appearance: 'lid' is said three times.",
    )
    expect(answer != [[2, 1], [1, 4, 3, 1], [2, 5]], "of equally frequent words the one that comes first is first.")
    expect(
        answer == [[2, 1], [1, 3, 4, 1], [2, 5]], f"{texts} should become [[2, 1], [1, 3, 4, 1], [2, 5]], not {answer}."
    )
    expect(
        list(map(list, number(["a a b", "b b c c", "c d c"]))) == [[3, 3, 2], [2, 2, 1, 1], [1, 4, 1]],
        "count every time a word is said, in all texts together.",
    )
    expect(list(map(list, number(["", "lid"]))) == [[], [1]], "a text without words becomes an empty list.")


def length(shortest: Any) -> None:
    lengths = [3, 40, 12, 8, 25, 90, 17, 6, 31, 200]
    for share, right in ((0.75, 40), (0.5, 17), (0.8, 40), (1.0, 200), (0.1, 3)):
        answer = shortest(lengths, share)
        expect(np.ndim(answer) == 0 and answer is not None, "return one number.")
        expect(float(answer) == int(answer), f"a length is a whole number, not {answer}: do not interpolate.")
        expect(
            np.mean(np.array(lengths) <= answer) >= share,
            f"with {answer} only {np.mean(np.array(lengths) <= answer):.0%} of the reviews fit, not {share:.0%}.",
        )
        expect(answer == right, f"{right} would be enough for {share:.0%} of them; {answer} is longer than needed.")
    expect(shortest([7, 7, 7], 0.3) == 7, "three reviews of 7 words need a length of 7.")


def model(build_model: Any) -> None:
    import keras

    from helpers.experiments import build
    from helpers.results import records

    answer = build_model()
    expect(isinstance(answer, keras.Model), f"return a Keras model, not {type(answer).__name__}.")
    right = build("b9-capstone")
    recurrent = [layer for layer in answer.layers if isinstance(layer, keras.layers.LSTM)]
    expect(len(recurrent) == 2, f"the model has {len(recurrent)} LSTM layers and should have two.")
    expect(answer.built, "the model does not know its input yet: begin with keras.Input((None,), dtype='int32').")
    try:
        records.check_architecture(answer, records.architecture(right), "model")
    except ValueError as error:
        raise Wrong(str(error).replace("recorded model", "model of the step").split(": make them")[0] + ".") from None
    expect(answer.optimizer is not None, "compile the model: optimizer, loss and metrics are missing.")
    expect(
        type(answer.optimizer).__name__.lower() == "adam", f"the optimiser is {answer.optimizer.name}, and not Adam."
    )
    expect(answer.loss == "binary_crossentropy", f"the loss is {answer.loss!r}: two classes want binary_crossentropy.")


def confusion(judge: Any) -> None:
    random = np.random.default_rng(19)
    for n, positive in ((10, 0.5), (60, 0.8), (200, 0.3)):
        truth = (random.random(n) < positive).astype(int)
        predicted = np.where(random.random(n) < 0.3, 1 - truth, truth)
        predicted[0], truth[0] = 1, 0  # so that no two of the numbers are equal by chance
        right = np.array([[np.sum((truth == i) & (predicted == j)) for j in (0, 1)] for i in (0, 1)])
        precision, recall = right[1, 1] / right[:, 1].sum(), right[1, 1] / right[1].sum()
        answer = judge(truth, predicted)
        expect(isinstance(answer, tuple) and len(answer) == 3, "return three things: matrix, precision, recall.")
        matrix = expect_array(answer[0], (2, 2), "the matrix")
        expect(
            close(matrix, right.T) <= close(right, right.T),
            "rows are what is true and columns what was predicted; yours is the other way round.",
        )
        expect(
            not close(matrix, right[::-1, ::-1]) or close(right, right[::-1, ::-1]),
            "class 0, complaint, comes first: row 0 and column 0.",
        )
        expect(close(matrix, right), "the counts are not right: row i, column j counts truth i predicted as j.")
        swapped = close(answer[1], recall) and close(answer[2], precision) and not close(precision, recall)
        expect(not swapped, "precision and recall are swapped: precision looks down a column, recall along a row.")
        expect(close(answer[1], precision), "precision: of the reviews predicted as praise, the share that is praise.")
        expect(close(answer[2], recall), "recall: of the reviews that are praise, the share predicted as praise.")
    never = judge(np.array([0, 1, 1]), np.array([0, 0, 0]))
    expect(close(never[1], 0) and close(never[2], 0), "when nothing is predicted as praise, precision is 0 by custom.")


EXERCISES = {
    "capstone-copies": Exercise(
        copies,
        (
            "Bring both sides to a form in which case and punctuation are gone. Then it is a question of membership.",
            "text.tokenize(review) gives the words. A list cannot stand in a set; a tuple, or the words joined, can.",
            'known = {" ".join(text.tokenize(t)) for t in train}; count the test reviews whose words are in known',
        ),
    ),
    "capstone-clean": Exercise(
        clean,
        (
            "Three things can happen to a token: it goes as a sign, goes as a stop word, or is stemmed and stays.",
            "any(character.isalnum() for character in token) is False for signs. Look for stop words before stemming.",
            "[stem(t) for t in tokens if any(c.isalnum() for c in t) and t not in stop_words]",
        ),
    ),
    "capstone-ranks": Exercise(
        ranks,
        (
            "Two passes: first count over all texts, then write each text in numbers.",
            "collections.Counter keeps the order of first appearance, and most_common() keeps it among equals.",
            "{word: rank for rank, (word, _) in enumerate(Counter(' '.join(texts).split()).most_common(), start=1)}",
        ),
    ),
    "capstone-length": Exercise(
        length,
        (
            "Sort the lengths. Which of them must the length reach?",
            "Of n reviews, the first ⌈share · n⌉ in order of length must fit.",
            "sorted(lengths)[math.ceil(share * len(lengths)) - 1]",
        ),
    ),
    "capstone-model": Exercise(
        model,
        (
            "Read the list of layers from the top; each line is one layer of keras.layers.",
            "The first LSTM must hand on its state at every word: return_sequences=True. Then come Dropout and Dense.",
            "Embedding(10_000, 32), SpatialDropout1D(0.4), LSTM(64, return_sequences=True), LSTM(64), Dropout(0.4), …",
        ),
    ),
    "capstone-confusion": Exercise(
        confusion,
        (
            "Each review falls into one of four boxes, by what is true and what was predicted.",
            "matrix[i, j] = np.sum((truth == i) & (predicted == j)). Precision divides by a column, recall by a row.",
            "precision = matrix[1, 1] / matrix[:, 1].sum(), recall = matrix[1, 1] / matrix[1].sum(); 0 if a sum is 0",
        ),
    ),
}
