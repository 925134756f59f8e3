"""Wrong answers to the exercises of chapter 7: (exercise, answer, what the check must say)."""

BLOCKS = {"SimpleRNN": 1, "LSTM": 4, "GRU": 3}


def one_layer(layer, biases=lambda layer: layer["use_bias"] * (1 + (layer["layer"] == "GRU" and layer["reset_after"]))):
    n, d = layer["units"], layer["input_dim"]
    return BLOCKS[layer["layer"]] * n * (d + n + biases(layer))


def both_ways(layer, **options):
    return one_layer(layer, **options) * (2 if layer["bidirectional"] else 1)


def stack(layers, doubled=2, gru_biases=2, embedding=1, bias=1):
    first, *recurrent, dense = layers
    total, width = embedding * first["num_words"] * first["output_dim"], first["output_dim"]
    for layer in recurrent:
        n, ways = layer["units"], 1 + layer["bidirectional"]
        biases = bias * (gru_biases if layer["layer"] == "GRU" else 1)
        total += ways * BLOCKS[layer["layer"]] * n * (width + n + biases)
        width = n * (doubled if layer["bidirectional"] else 1)
    return total + dense["units"] * (width + bias)


def name_by_ratio(shapes):
    """Divides by the rows of the kernel, which are the features, not the units."""
    blocks = shapes[0][1] / shapes[0][0]
    return {1: "SimpleRNN", 4: "LSTM", 3: "GRU, reset_after=True"}.get(blocks, "LSTM")


def name_without_bias(shapes):
    return {1: "SimpleRNN", 4: "LSTM", 3: "GRU, reset_after=True"}[shapes[1][1] // shapes[1][0]]


def two_biases_by_the_flag(layer):
    blocks = {"LSTM": 4, "GRU": 3, "SimpleRNN": 1}[layer["layer"]]
    biases = layer["use_bias"] * (2 if layer["reset_after"] else 1)
    return blocks * layer["units"] * (layer["input_dim"] + layer["units"] + biases) * (1 + layer["bidirectional"])


WRONG = [
    ("count-layer", two_biases_by_the_flag, "only a GRU has a second bias"),
    ("count-layer", lambda layer: both_ways(layer, biases=lambda _: 0), "biases are missing"),
    ("count-layer", lambda layer: both_ways(layer, biases=lambda one: one["use_bias"]), "two biases in each block"),
    ("count-layer", one_layer, "two readers"),
    ("count-layer", lambda layer: layer["units"] * (layer["input_dim"] + layer["units"] + 1), "count the blocks"),
    ("count-layer", lambda layer: str(both_ways(layer)), "one number"),
    ("count-layer", lambda layer: both_ways(layer) + 0.5, "a whole number"),
    ("count-stack", lambda layers: stack(layers, doubled=1), "hands on twice its units"),
    ("count-stack", lambda layers: stack(layers, gru_biases=1), "reset_after is True by default"),
    ("count-stack", lambda layers: stack(layers, embedding=0), "embedding is missing"),
    ("count-stack", lambda layers: stack(layers, bias=0), "biases are missing"),
    ("count-on-paper", (2024, 0), "too few"),
    ("count-on-paper", (2024, 10**9), "too many"),
    ("count-on-paper", (-1, 5), "first number is the seed"),
    ("count-on-paper", ("2025", "243675"), "an array of numbers"),
    ("count-on-paper", (0.5, 1), "first number is the seed"),
    ("count-on-paper", 12_345, "should have the shape (2,)"),
    ("count-name", name_by_ratio, "Divide by the units"),
    ("count-name", name_without_bias, "shape of its bias tells which"),
    ("count-budget", lambda parameters, d: int((parameters / 4) ** 0.5), "more than the budget"),
    ("count-name", lambda shapes: "GRU", "none of the four names"),
    ("count-name", lambda shapes: 4, "return a text"),
    ("count-budget", lambda parameters, d: 1, "room for more"),
    ("count-budget", lambda parameters, d: (parameters / 4) ** 0.5, "a whole number"),
]
