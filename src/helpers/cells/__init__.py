"""Recurrent cells in plain NumPy, forward and backward, with the weights laid out as Keras lays them out.

``lstm(x, *layer.get_weights())`` equals ``layer(x)`` for a ``keras.layers.LSTM``, and likewise for the other cells.

- one timestep: :func:`simple_rnn_step`, :func:`lstm_step`, :func:`gru_step`
- a whole sequence: :func:`simple_rnn`, :func:`lstm`, :func:`gru`; both ways: :func:`bidirectional`
- the gradients: :func:`simple_rnn_backward`, :func:`lstm_backward`, :func:`gru_backward`
- to start and to train: :func:`initial_weights`, :func:`clip_by_value`, :func:`clip_by_norm`,
  :func:`clip_by_global_norm`

The code is written to be read. Each step is its equation, with the letters of the book's notation page: ``W`` is the
kernel, ``U`` the recurrent kernel, ``b`` the bias.
"""

from helpers.cells.bidirectional import bidirectional
from helpers.cells.gru import (
    GRUGradients,
    LSTMGradients,
    SimpleRNNGradients,
    gru_backward,
    lstm_backward,
    simple_rnn_backward,
)
from helpers.cells.loop import ACTIVATIONS, hard_sigmoid, linear, relu, sigmoid
from helpers.cells.lstm import GRUStep, LSTMStep, gru, gru_step, lstm, lstm_step, simple_rnn, simple_rnn_step
from helpers.cells.weights import clip_by_global_norm, clip_by_norm, clip_by_value, initial_weights

__all__ = [
    "ACTIVATIONS",
    "GRUGradients",
    "GRUStep",
    "LSTMGradients",
    "LSTMStep",
    "SimpleRNNGradients",
    "bidirectional",
    "clip_by_global_norm",
    "clip_by_norm",
    "clip_by_value",
    "gru",
    "gru_backward",
    "gru_step",
    "hard_sigmoid",
    "initial_weights",
    "linear",
    "lstm",
    "lstm_backward",
    "lstm_step",
    "relu",
    "sigmoid",
    "simple_rnn",
    "simple_rnn_backward",
    "simple_rnn_step",
]
