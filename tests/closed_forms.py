"""The parameters of a stack as the counting figure describes it."""

from helpers import params

RECURRENT = {"SimpleRNN": params.simple_rnn, "LSTM": params.lstm, "GRU": params.gru}


def total(layers) -> int:
    """The parameters of a list of layers, by the closed forms."""
    parameters, width = 0, 0
    for layer in layers:
        if layer["kind"] == "Embedding":
            width = layer["output_dim"]
            parameters += params.embedding(layer["num_words"], width)
        elif layer["kind"] == "Dense":
            parameters += params.dense(layer["units"], width)
            width = layer["units"]
        else:
            options = {"reset_after": layer["reset_after"]} if layer["kind"] == "GRU" else {}
            ways = 1 + layer["bidirectional"]
            parameters += ways * RECURRENT[layer["kind"]](layer["units"], width, **options)
            width = ways * layer["units"]
    return parameters
