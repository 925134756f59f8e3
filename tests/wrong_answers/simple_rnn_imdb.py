"""Wrong answers to the exercises of chapter 10: (exercise, answer, what the check must say)."""

import statistics


def last_best(history):
    curve = history["val_accuracy"]
    return len(curve) - curve[::-1].index(max(curve))


def between(*middle, last="sigmoid"):
    """The model with these layers between the embedding and the output neuron."""

    def build(num_words, units):
        from keras import Input, Sequential, layers

        found = [getattr(layers, name)(*more) for name, *more in middle]
        table = layers.Embedding(num_words, units)
        return Sequential([Input((None,)), table, *found, layers.Dense(1, activation=last)])

    return build


def of_the_codes(num_words, units):
    from keras import Input, Sequential, layers, ops

    mean = layers.Lambda(lambda codes: ops.mean(codes, axis=1, keepdims=True), output_shape=(1,))
    return Sequential([Input((None,)), mean, layers.Dense(1, activation="sigmoid")])


WRONG = [
    ("imdb-best-epoch", lambda h: str(h["val_accuracy"].index(max(h["val_accuracy"])) + 1), "one number"),
    ("imdb-best-epoch", last_best, "take the earlier one"),
    ("imdb-best-epoch", lambda h: h["accuracy"].index(max(h["accuracy"])) + 1, "best training accuracy"),
    ("imdb-best-epoch", lambda h: h["val_accuracy"].index(max(h["val_accuracy"])), "counted from 1"),
    ("imdb-best-epoch", lambda h: h["val_loss"].index(min(h["val_loss"])) + 1, "lowest validation loss"),
    ("imdb-mean-sd", lambda v: (statistics.fmean(v), statistics.pstdev(v)), "divide by n − 1"),
    ("imdb-mean-sd", lambda v: (statistics.fmean(v), statistics.variance(v)), "that is the variance"),
    ("imdb-mean-sd", lambda v: statistics.fmean(v), "2 things"),
    ("imdb-mean-sd", lambda v: (statistics.median(v), statistics.stdev(v)), "should be the mean"),
    ("imdb-no-order", of_the_codes, "no Embedding"),
    ("imdb-no-order", between(("SimpleRNN", 8)), "still knows the order"),
    ("imdb-no-order", between(("Conv1D", 4, 3, 1, "same"), ("GlobalMaxPooling1D",)), "still knows the order"),
    ("imdb-no-order", between(("GlobalAveragePooling1D",), last=None), "between 0 and 1"),
    ("imdb-no-order", between(), "shape (20, 1)"),
    ("imdb-supported", lambda letter: letter in "ABD", "has no pairs"),
    ("imdb-supported", lambda letter: letter in "BCD", "the interval of the difference"),
    ("imdb-supported", lambda letter: letter in "BDE", "what is impossible"),
    ("imdb-supported", lambda letter: letter in "D", "B is missing"),
    ("imdb-supported", lambda letter: letter in "B", "D is missing"),
    ("imdb-supported", lambda letter: "BD", "True or False"),
]
