"""Exercises of chapter 23, the project on product reviews and what its ablations support."""

from __future__ import annotations

from typing import Any

import numpy as np

from helpers.checks.exercise import (
    Wrong,
    close,
    exercise,
    expect,
    expect_array,
    expect_claims,
    expect_number,
    expect_right,
    expect_several,
    expect_whole,
    shape_of,
)


@exercise(
    "capstone-copies",
    "Bring both sides to a form in which case and punctuation are gone. Then it is a question of membership.",
    "text.tokenize(review) gives the words. A list cannot stand in a set; a tuple, or the words joined, can.",
    'known = {" ".join(text.tokenize(t)) for t in train}; count the test reviews whose words are in known',
)
def copies(repeated: Any) -> None:
    def count(train: list[str], test: list[str]) -> int:
        return expect_whole(repeated(list(train), list(test)), "repeated(train_texts, test_texts)")

    train = ["It broke.", "Good pan", "good pan!", "It's fine"]
    answer = count(train, ["It broke!!", "Bad pan", "GOOD, pan", "good pan", "new"])
    expect(answer != 0, "case and punctuation still count: compare the words alone.")
    expect(answer != 1, "lower-casing is not enough: 'It broke.' and 'It broke!!' have the same words.")
    expect(answer != 2, "two test reviews that are alike are two: count reviews, not different texts.")
    expect(answer != 5, "each test review counts once, however many copies of it are in the training set.")
    expect(answer == 3, f"three of those five test reviews have the words of a training review, not {answer}.")
    expect(count(train, ["pan good", "good"]) == 0, "the same words in another order, or some of them, are no copy.")
    expect(count([], ["It broke."]) == 0, "without training reviews nothing is repeated.")
    expect(count(["its fine"], ["it s fine"]) == 0, "cut at the signs; 'its' and 'it s' are not the same words.")


@exercise(
    "capstone-clean",
    "Three things can happen to a token: it goes as a sign, goes as a stop word, or is stemmed and stays.",
    "any(character.isalnum() for character in token) is False for signs. Look for stop words before stemming.",
    "[stem(t) for t in tokens if any(c.isalnum() for c in t) and t not in stop_words]",
)
def clean(clean_review: Any) -> None:
    stop_words = frozenset({"this", "is", "not", "and", "a", "the"})
    cut_off: dict[str, str] = {"this": "thi", "lids": "lid", "closes": "close", "tightly": "tight"}

    def stem(word: str) -> str:
        return cut_off.get(word, word)

    tokens = "this kettle , is not tightly closed ... and the _ lids do n't fit ! 5 stars -- the best".split()
    right = "kettle tight closed lid do n't fit 5 stars best".split()

    def cleaned(tokens: list[str]) -> list[str]:
        answer = clean_review(list(tokens), stop_words, stem)
        expect(not isinstance(answer, str), "return a list of words, not one text.")
        expect(answer is not None, "it returned None: is the `return` missing?")
        expect(isinstance(answer, list | tuple | np.ndarray), f"return a list of words, not a {type(answer).__name__}.")
        return list(answer)

    answer = cleaned(tokens)
    expect("thi" not in answer, "look for stop words before you stem: 'this' is a stop word and 'thi' is not.")
    expect(not {"...", "--", ",", "!"} & set(answer), "tokens without a letter or a digit, such as '...', must go.")
    expect("_" not in answer, "'_' is neither a letter nor a digit: ask isalnum(), not for a list of signs.")
    expect("n't" in answer, '"n\'t" has letters: it is a word. str.isalpha() is too strict.')
    expect("5" in answer, "'5' is a digit and stays: five stars are not one star.")
    expect("tightly" not in answer, "the words are not stemmed: call stem(word).")
    expect(not stop_words & set(answer), "there are stop words left.")
    expect(answer == right, f"{' '.join(tokens)!r} should become {right}, not {answer}.")
    expect(cleaned(["a", "lids", "lids"]) == ["lid", "lid"], "a word said twice stays twice.")
    expect(cleaned([]) == [], "no tokens, no words: [].")


@exercise(
    "capstone-ranks",
    "Two passes: first count over all texts, then write each text in numbers.",
    "collections.Counter keeps the order of first appearance, and most_common() keeps it among equals.",
    "{word: rank for rank, (word, _) in enumerate(Counter(' '.join(texts).split()).most_common(), start=1)}",
)
def ranks(number: Any) -> None:
    def numbered(texts: list[str]) -> list[list[int]]:
        rows = number(list(texts))
        if not isinstance(rows, list | tuple | np.ndarray) or not all(shape_of(row) not in (None, ()) for row in rows):
            raise Wrong("return a list of lists, one for each text.")
        return [[expect_whole(rank, "each rank") for rank in row] for row in rows]

    texts = ["good lid", "lid broke bad lid", "good kettle"]
    answer = numbered(texts)
    expect(min(map(min, filter(None, answer)), default=1) > 0, "ranks start at 1: 0 is kept for the padding.")
    if answer == [[1, 2], [2, 3, 4, 2], [1, 5]]:
        raise Wrong("ranks go by frequency, not by first appearance: 'lid' is said three times.")
    expect(answer != [[2, 1], [1, 4, 3, 1], [2, 5]], "of equally frequent words the one that comes first is first.")
    if answer != [[2, 1], [1, 3, 4, 1], [2, 5]]:
        raise Wrong(f"{texts} should become [[2, 1], [1, 3, 4, 1], [2, 5]], not {answer}.")
    if numbered(["a a b", "b b c c", "c d c"]) != [[3, 3, 2], [2, 2, 1, 1], [1, 4, 1]]:
        raise Wrong("count every time a word is said, in all texts together.")
    expect(numbered(["", "lid"]) == [[], [1]], "a text without words becomes an empty list.")


@exercise(
    "capstone-length",
    "Sort the lengths. Which of them must the length reach?",
    "Of n reviews, the first ⌈share · n⌉ in order of length must fit.",
    "sorted(lengths)[math.ceil(share * len(lengths) - 1e-9) - 1], where 1e-9 forgives rounding",
)
def length(shortest: Any) -> None:
    lengths = [3, 40, 12, 8, 25, 90, 17, 6, 31, 200]
    hundred = np.random.default_rng(20).permutation(np.arange(1, 101)).tolist()
    cases = [(lengths, share, right) for share, right in ((0.75, 40), (0.5, 17), (0.8, 40), (1.0, 200), (0.1, 3))]
    cases += [([7, 7, 7], 0.3, 7), ([5, 9, 9, 2], 0.6, 9)]
    cases += [(hundred, n / 100, n) for n in (7, 14, 28, 55, 56, 90, 99)]
    for given, share, right in cases:
        answer = shortest(list(given), share)
        expect(shape_of(answer) == () and answer is not None, "return one number.")
        number = expect_number(answer, "the length")
        expect(number == int(number), f"a length is a whole number, not {number:g}: do not interpolate.")
        fitting = np.mean(np.array(given) <= number)
        expect(number >= right, f"with {number:g} only {fitting:.0%} of the reviews fit, not {share:.0%}.")
        expect(
            number == right or number != right + 1 or len(given) < 100,
            f"{share} * 100 is a little more than {right} in floating point, and rounded up it is {right + 1}: take "
            "1e-9 off first.",
        )
        expect(number == right, f"{right} would be enough for {share:.0%} of them; {number:g} is longer than needed.")


# What each layer of the model of step 5 is, in the names of Keras's settings; all else is as Keras has it by default.
_LAYERS: list[tuple[str, dict[str, Any]]] = [
    ("Embedding", {"input_dim": 10_000, "output_dim": 32}),
    ("SpatialDropout1D", {"rate": 0.4}),
    ("LSTM", {"units": 64, "return_sequences": True}),
    ("LSTM", {"units": 64}),
    ("Dropout", {"rate": 0.4}),
    ("Dense", {"units": 32, "activation": "relu"}),
    ("Dropout", {"rate": 0.5}),
    ("Dense", {"units": 32, "activation": "relu"}),
    ("Dropout", {"rate": 0.5}),
    ("Dense", {"units": 1, "activation": "sigmoid"}),
]
_DEFAULTS: dict[str, dict[str, Any]] = {
    "Embedding": {"mask_zero": False},
    "LSTM": {
        "return_sequences": False,
        "go_backwards": False,
        "activation": "tanh",
        "recurrent_activation": "sigmoid",
        "use_bias": True,
        "dropout": 0.0,
        "recurrent_dropout": 0.0,
    },
    "Dense": {"use_bias": True},
}


def _parts(model: Any) -> list[tuple[str, dict[str, Any]]]:
    """The layers of a model, one after the other, whichever way it was built."""
    import keras

    parts: list[tuple[str, dict[str, Any]]] = []
    for layer in model.layers:
        config = layer.get_config()
        if isinstance(layer, keras.layers.InputLayer):
            continue
        if isinstance(layer, keras.Model):
            parts += _parts(layer)
        elif isinstance(layer, keras.layers.Activation | keras.layers.ReLU):
            name = config.get("activation", "relu")
            if parts and parts[-1][1].get("activation") == "linear":
                parts[-1][1]["activation"] = name
            else:
                parts.append((f"Activation({name})", {}))
        elif isinstance(layer, keras.layers.LSTM):
            parts.append(("LSTM", config))
        elif type(layer) is keras.layers.RNN and isinstance(layer.cell, keras.layers.LSTMCell):
            parts.append(("LSTM", config | layer.cell.get_config()))
        else:
            parts.append((type(layer).__name__, config))
    return parts


@exercise(
    "capstone-model",
    "Read the list of layers from the top; each line is one layer of keras.layers.",
    "The first LSTM must hand on its state at every word: return_sequences=True. Then come Dropout and Dense.",
    "Embedding(10_000, 32), SpatialDropout1D(0.4), LSTM(64, return_sequences=True), LSTM(64), Dropout(0.4), …",
)
def model(build_model: Any) -> None:
    import keras

    answer = build_model()
    expect(isinstance(answer, keras.Model), f"return a Keras model, not {type(answer).__name__}.")
    expect(answer.built, "the model does not know its input yet: begin with keras.Input((None,), dtype='int32').")
    parts = _parts(answer)
    kinds = [kind for kind, _ in parts]
    expect(kinds.count("LSTM") == 2, f"the model has {kinds.count('LSTM')} LSTM layers and should have two.")
    for place, ((kind, config), (right_kind, right)) in enumerate(zip(parts, _LAYERS, strict=False), start=1):
        right = _DEFAULTS.get(right_kind, {}) | right
        expect(kind == right_kind, f"layer {place} is a {kind}, and should be a {right_kind}.")
        wrong = [key for key in right if key in config and config[key] != right[key]]
        here, there = (", ".join(f"{key}={one[key]}" for key in wrong) for one in (config, right))
        expect(not wrong, f"layer {place} is {kind}({here}), and should be {kind}({there}).")
    expect(len(parts) == len(_LAYERS), f"the model has {len(parts)} layers ({', '.join(kinds)}), and should have ten.")
    _compiled(answer)


def _compiled(answer: Any) -> None:
    import keras

    expect(getattr(answer, "compiled", False), "compile the model: optimizer, loss and metrics are missing.")
    optimizer = type(answer.optimizer).__name__
    expect(optimizer == "Adam", f"the optimiser is {answer.optimizer.name}, and not Adam.")
    truth, predicted = np.array([[1.0], [0.0], [1.0], [1.0]]), np.array([[0.8], [0.3], [0.4], [0.9]])
    loss = answer.loss
    while isinstance(loss, list | tuple | dict) and len(loss) == 1:
        (loss,) = loss.values() if isinstance(loss, dict) else loss
    given = float(np.mean(keras.losses.get(loss)(truth, predicted)))
    logits = keras.losses.BinaryCrossentropy(from_logits=True)(truth, predicted)
    expect(not close(given, logits), "the loss has from_logits=True, and the last neuron has a sigmoid already.")
    shown = repr(loss) if isinstance(loss, str) else getattr(loss, "name", type(loss).__name__)
    right = keras.losses.BinaryCrossentropy()(truth, predicted)
    expect(close(given, right), f"the loss is {shown}: two classes want binary_crossentropy.")
    found = answer.compute_metrics(truth, truth, predicted, sample_weight=np.ones(4))
    right = any(close(value, 0.75) for name, value in found.items() if name != "loss")
    expect(right, "three of four verdicts right make 0.75, and no metric says so: compile with accuracy as the metric.")


@exercise(
    "capstone-confusion",
    "Each review falls into one of four boxes, by what is true and what was predicted.",
    "matrix[i, j] = np.sum((truth == i) & (predicted == j)). Precision divides by a column, recall by a row.",
    "precision = matrix[1, 1] / matrix[:, 1].sum(), recall = matrix[1, 1] / matrix[1].sum(); 0 if a sum is 0",
)
def confusion(judge: Any) -> None:
    random = np.random.default_rng(19)
    cases = []
    for n, positive in ((10, 0.5), (60, 0.8), (200, 0.3)):
        truth = (random.random(n) < positive).astype(int)
        predicted = np.where(random.random(n) < 0.3, 1 - truth, truth)
        predicted[0], truth[0] = 1, 0  # so that no two of the numbers are equal by chance
        cases.append((truth, predicted))
    cases += [
        (np.array(one), np.array(other)) for one, other in (([0, 1, 1], [0] * 3), ([0] * 3, [0, 1, 0]), ([0], [0]))
    ]
    for truth, predicted in cases:
        right = np.array([[np.sum((truth == i) & (predicted == j)) for j in (0, 1)] for i in (0, 1)])
        called, real = right[:, 1].sum(), right[1].sum()
        answer = expect_several(judge(truth.copy(), predicted.copy()), 3, "judge(truth, predicted)")
        matrix = expect_array(answer[0], (2, 2), "the matrix")
        slips = (
            (right.T, "rows are what is true and columns what was predicted; yours is the other way round."),
            (right[::-1, ::-1], "class 0, complaint, comes first: row 0 and column 0."),
            (right / right.sum(), "the matrix holds numbers of reviews, not shares."),
        )
        expect_right(matrix, right, slips, "the counts are not right: row i, column j counts truth i predicted as j.")
        precision, recall = expect_number(answer[1], "the precision"), expect_number(answer[2], "the recall")
        nothing = ": a share of nothing is 0, by custom."
        expect(called or close(precision, 0), f"when nothing is predicted as praise, precision is 0{nothing}")
        expect(real or close(recall, 0), f"when nothing is praise, recall is 0{nothing}")
        if not called or not real:
            continue
        looked_down, looked_along = right[1, 1] / called, right[1, 1] / real
        swapped = [
            (looked_along, "precision and recall are swapped: precision looks down a column, recall along a row.")
        ]
        sentence = "precision: of the reviews predicted as praise, the share that is praise."
        expect_right(precision, looked_down, swapped if close(recall, looked_down) else [], sentence)
        sentence = "recall: of the reviews that are praise, the share predicted as praise."
        expect_right(recall, looked_along, [], sentence)


@exercise(
    "capstone-gap",
    "Subtract seed by seed. What is left is one sample of differences, with a mean and a standard deviation.",
    "Seeds: first.keys() & second.keys(). The error of the mean is the deviation (ddof=1) over the root of n.",
    "gaps.mean() ± stats.t.ppf(0.975, n - 1) * gaps.std(ddof=1) / np.sqrt(n)",
)
def gap(answer_of: Any) -> None:
    from scipy import stats

    random = np.random.default_rng(23)
    for n, extra in ((5, 0), (3, 2), (8, 1)):
        seeds = random.permutation(np.arange(1, n + extra + 1)).tolist()
        luck = dict(zip(seeds, random.normal(80, 3, n + extra), strict=True))
        first = {seed: luck[seed] + random.normal(1, 0.5) for seed in seeds[: n + extra // 2]}
        second = {seed: luck[seed] for seed in reversed(seeds[extra // 2 :])}
        shared = sorted(first.keys() & second.keys())
        gaps = np.array([first[seed] - second[seed] for seed in shared])
        mean, error = gaps.mean(), gaps.std(ddof=1) / np.sqrt(len(gaps))
        reach = stats.t.ppf(0.975, len(gaps) - 1) * error
        a, b = np.array(list(first.values())), np.array(list(second.values()))
        answer = expect_several(answer_of(dict(first), dict(second)), 3, "paired_gap(first, second)")
        middle, low, high = (expect_number(one, "each of the three") for one in answer)
        slips = [
            (-mean, "first less second, not the other way round."),
            (a.mean() - b.mean(), "only the seeds that both have count; the others are no pairs."),
            ((a[: len(shared)] - b[: len(shared)]).mean(), "pair by seed: the dicts are in different orders."),
        ]
        expect_right(middle, mean, slips, f"the mean of the differences should be {mean:.3f}, not {middle:.3f}.")
        expect(low <= high, "the lower end of the interval comes before the upper one.")
        unpaired = np.sqrt(a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b))
        slips = [
            (1.96 * error, "1.96 is for a known deviation; so few differences need the factor of t."),
            (2 * error, "two standard errors are too few for so few differences: take the factor of t."),
            (reach * np.sqrt(len(gaps)), "the error of a mean is the deviation divided by the root of n."),
            (reach * np.sqrt(1 - 1 / len(gaps)), "take the deviation with ddof=1, of a sample."),
            (stats.t.ppf(0.95, len(gaps) - 1) * error, "an interval of 95 % has 2.5 % on each side: ppf(0.975)."),
            (stats.t.ppf(0.975, len(gaps)) * error, "n differences have n - 1 degrees of freedom."),
            (stats.t.ppf(0.975, len(gaps) - 1) * unpaired, "that ignores the pairs: take the deviation of the gaps."),
        ]
        expect_right((high - low) / 2, reach, slips, f"the interval should reach {reach:.3f} up and down.")
        expect(close((high + low) / 2, mean), "the interval should lie around the mean of the differences.")


# The sentences of the exercise that may not be written, and those that may, and why.
@exercise(
    "capstone-verdict",
    "For each sentence find its row. Does the interval contain 0? Does one thing differ, or two?",
    "Not shown to differ is not shown to be equal. And what else differs where text is not cleaned?",
    "Three may be written. The others say equal, compare two things at once, or count seeds.",
)
def supported(answer: Any) -> None:
    expect(answer is not None, "put the letters into `supported`, such as {'A', 'B'}.")
    expect_claims(
        answer,
        "ACE",
        A="A may be written: it says how the network was trained, and p after Holm is below 0.05.",
        B="B: the interval contains 0 and also gains and losses that would matter: not shown is not none.",
        C="C may be written: the interval lies below 0, and p after Holm is small.",
        D="D: at 100 words much of the raw text is cut off, so that row compares cleaning and cutting at once.",
        E="E may be written: the interval lies above 0, and even 400 test reviews are enough for such a gap.",
        F="F: four of five is what luck often does, and the interval of that gap contains 0.",
    )
