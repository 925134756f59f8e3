"""Right answers to the exercises of chapter 8, each in another way: (exercise, answer)."""

import numpy as np


def shapes_as_tuples(layer, batch, time):
    n, ways = layer["units"], 1 + layer["bidirectional"]
    shapes = ((batch, time, n * ways),) if layer["return_sequences"] else ((batch, n * ways),)
    if layer["return_state"]:
        for _ in range(ways):
            shapes += ((batch, n), (batch, n)) if layer["layer"] == "LSTM" else ((batch, n),)
    return shapes


def shapes_as_lists(layer, batch, time):
    return [[np.int64(size) for size in shape] for shape in shapes_as_tuples(layer, batch, time)]


def shapes_asked_of_keras(layer, batch, time):
    from keras import layers

    one = getattr(layers, layer["layer"])(
        layer["units"], return_sequences=layer["return_sequences"], return_state=layer["return_state"]
    )
    if layer["bidirectional"]:
        one = layers.Bidirectional(one)
    given = one(np.zeros((batch, time, 2), dtype="float32"))
    return [array.shape for array in (given if isinstance(given, list | tuple) else [given])]


def ends_of_halves(sequence):
    forward, backward = np.split(np.float32(sequence), 2, axis=-1)
    return [forward[:, -1], backward[:, 0]]


def ends_stacked(sequence):
    n = sequence.shape[2] // 2
    return np.stack([sequence[:, -1, :n], sequence[:, 0, n:]])


def pieces_in_a_while(read, x, state, length):
    while x.shape[1]:
        state, x = read(x[:, :length], state), x[:, length:]
    return state


def pieces_by_split(read, x, state, length):
    for piece in np.split(x, range(length, x.shape[1], length), axis=1):
        state = read(piece, state)
    return state.astype("float32")


def pieces_recursive(read, x, state, length):
    state = read(x[:, :length], state)
    return state if x.shape[1] <= length else pieces_recursive(read, x[:, length:], state, length)


def max_row_by_row(sequence, mask):
    return [sequence[row][mask[row]].max(axis=0).tolist() for row in range(len(sequence))]


def max_of_a_masked_array(sequence, mask):
    return np.ma.array(sequence, mask=np.repeat(~mask[..., None], sequence.shape[2], axis=2)).max(axis=1)


def max_float32(sequence, mask):
    sequence = sequence.astype("float32")
    sequence[~mask] = np.finfo("float32").min
    return sequence.max(axis=1)


def drop_in_a_loop(x, rate, random):
    dropped = np.empty_like(x)
    for row, sequence in enumerate(x):
        keep = random.uniform(size=x.shape[-1]) > rate
        dropped[row] = np.where(keep, sequence / (1 - rate), 0)
    return dropped


def drop_by_binomial(x, rate, random):
    keep = random.binomial(1, 1 - rate, size=(len(x), x.shape[2]))
    return (np.float32(x) * np.repeat(keep[:, None], x.shape[1], axis=1) / (1 - rate)).astype("float32")


def drop_by_choice(x, rate, random):
    factors = random.choice([0.0, 1 / (1 - rate)], p=[rate, 1 - rate], size=(len(x), 1, x.shape[2]))
    return (x * factors).tolist()


RIGHT = [
    ("keras-shapes", shapes_as_tuples),
    ("keras-shapes", shapes_as_lists),
    ("keras-shapes", shapes_asked_of_keras),
    ("keras-both-ends", ends_of_halves),
    ("keras-both-ends", ends_stacked),
    ("keras-pieces", pieces_in_a_while),
    ("keras-pieces", pieces_by_split),
    ("keras-pieces", pieces_recursive),
    ("keras-same-mask", drop_in_a_loop),
    ("keras-same-mask", drop_by_binomial),
    ("keras-same-mask", drop_by_choice),
]
