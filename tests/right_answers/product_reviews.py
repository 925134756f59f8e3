"""Right answers to the exercises of chapter 23, each in another way: (exercise, answer)."""

import re
from collections import Counter

import numpy as np

from helpers.text import tokenize


def copies_by_joining(train, test):
    known = {" ".join(tokenize(review)) for review in train}
    return len([review for review in test if " ".join(tokenize(review)) in known])


def copies_by_counting(train, test):
    counts = Counter(tuple(tokenize(review)) for review in test)
    return np.sum([counts[words] for words in {tuple(tokenize(review)) for review in train}], dtype="float64")


def clean_in_a_loop(tokens, stop_words, stem):
    kept = []
    for token in tokens:
        if token in stop_words or not re.search(r"[^\W_]", token):
            continue
        kept.append(stem(token))
    return tuple(kept)


def clean_by_filters(tokens, stop_words, stem):
    words = filter(lambda token: not all(not c.isalpha() and not c.isdigit() for c in token), tokens)
    return list(map(stem, (word for word in words if word not in stop_words)))


def ranks_by_sorting(texts):
    words = [word for one in texts for word in one.split()]
    order = sorted(dict.fromkeys(words), key=lambda word: (-words.count(word), words.index(word)))
    return tuple(tuple(order.index(word) + 1 for word in one.split()) for one in texts)


def ranks_of_arrays(texts):
    counts = Counter()
    for one in texts:
        counts.update(one.split())
    rank = {word: np.int32(place) for place, (word, _) in enumerate(counts.most_common(), start=1)}
    return [np.array([rank[word] for word in one.split()], dtype="float32") for one in texts]


def length_by_quantile(lengths, share):
    return np.quantile(lengths, share - 1e-9, method="inverted_cdf")


def length_by_trial(lengths, share):
    lengths = np.asarray(lengths)
    return min(length for length in lengths.tolist() if np.mean(lengths <= length) >= share)


def length_by_steps(lengths, share):
    ordered = sorted(lengths)
    fitting = np.arange(1, len(ordered) + 1) / len(ordered)
    return float(ordered[int(np.argmax(fitting >= share - 1e-12))])


def functional_model():
    import keras
    from keras import layers

    inputs = keras.Input((None,), dtype="int32", name="codes")
    x = layers.SpatialDropout1D(0.4)(layers.Embedding(10_000, 32, name="words")(inputs))
    x = layers.LSTM(64)(layers.LSTM(64, return_sequences=True)(x))
    x = layers.Dropout(0.4)(x)
    for _ in range(2):
        x = layers.Dropout(0.5)(layers.Dense(32, activation=keras.activations.relu)(x))
    model = keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
    model.compile(keras.optimizers.Adam(), keras.losses.BinaryCrossentropy(), metrics=[keras.metrics.BinaryAccuracy()])
    return model


def model_of_added_layers():
    import keras
    from keras import layers

    model = keras.Sequential()
    model.add(keras.Input(shape=(100,)))
    model.add(layers.Embedding(input_dim=10_000, output_dim=32))
    model.add(layers.SpatialDropout1D(0.4))
    model.add(layers.LSTM(64, return_sequences=True))
    model.add(layers.LSTM(64))
    model.add(layers.Dropout(0.4))
    for _ in range(2):
        model.add(layers.Dense(32))
        model.add(layers.ReLU())
        model.add(layers.Dropout(0.5))
    model.add(layers.Dense(1))
    model.add(layers.Activation("sigmoid"))
    model.compile("adam", loss=keras.losses.binary_crossentropy, metrics=["acc"])
    return model


def model_with_cells():
    import keras
    from keras import layers

    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            layers.Embedding(10_000, 32),
            layers.SpatialDropout1D(0.4),
            layers.RNN(layers.LSTMCell(64), return_sequences=True),
            layers.RNN(layers.LSTMCell(64)),
            layers.Dropout(0.4),
            *(layer for _ in range(2) for layer in (layers.Dense(32, "relu"), layers.Dropout(0.5))),
            layers.Dense(1, "sigmoid"),
        ]
    )
    model.compile(optimizer="Adam", loss="binary_crossentropy", weighted_metrics=["accuracy"])
    return model


def judge_of_sklearn(truth, predicted):
    from sklearn.metrics import confusion_matrix, precision_score, recall_score

    return (
        confusion_matrix(truth, predicted, labels=[0, 1]),
        precision_score(truth, predicted, zero_division=0),
        recall_score(truth, predicted, zero_division=0),
    )


def judge_in_a_loop(truth, predicted):
    matrix = [[0, 0], [0, 0]]
    for is_, called in zip(truth, predicted, strict=True):
        matrix[is_][called] += 1
    (_, false_praise), (false_complaint, praise) = matrix
    return [matrix, praise / max(1, praise + false_praise), praise / max(1, praise + false_complaint)]


def judge_by_counts(truth, predicted):
    matrix = np.bincount(2 * truth + predicted, minlength=4).reshape(2, 2).astype("float32")
    hits = matrix[1, 1]
    precision, recall = (hits / total if total > 0 else 0 for total in (predicted.sum(), truth.sum()))
    return matrix, precision, recall


def gap_of_scipy(first, second):
    from scipy import stats

    shared = [seed for seed in first if seed in second]
    found = stats.ttest_rel([first[seed] for seed in shared], [second[seed] for seed in shared])
    interval = found.confidence_interval(0.95)
    return (interval.low + interval.high) / 2, interval.low, interval.high


def gap_by_hand(first, second):
    from scipy import stats

    gaps = [first[seed] - second[seed] for seed in set(first) & set(second)]
    n = len(gaps)
    mean = sum(gaps) / n
    error = (sum((one - mean) ** 2 for one in gaps) / (n - 1) / n) ** 0.5
    return [np.float32(mean), *(mean + stats.t.ppf(share, n - 1) * error for share in (0.025, 0.975))]


RIGHT = [
    ("capstone-copies", copies_by_joining),
    ("capstone-copies", copies_by_counting),
    ("capstone-clean", clean_in_a_loop),
    ("capstone-clean", clean_by_filters),
    ("capstone-ranks", ranks_by_sorting),
    ("capstone-ranks", ranks_of_arrays),
    ("capstone-length", length_by_quantile),
    ("capstone-length", length_by_trial),
    ("capstone-length", length_by_steps),
    ("capstone-model", functional_model),
    ("capstone-model", model_of_added_layers),
    ("capstone-model", model_with_cells),
    ("capstone-confusion", judge_of_sklearn),
    ("capstone-confusion", judge_in_a_loop),
    ("capstone-confusion", judge_by_counts),
    ("capstone-gap", gap_of_scipy),
    ("capstone-gap", gap_by_hand),
    ("capstone-verdict", ["E", "C", "A"]),
    ("capstone-verdict", "ace"),
]
