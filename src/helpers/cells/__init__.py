"""Recurrent cells in plain NumPy, forward and backward, with the weights laid out as Keras lays them out.

``lstm(x, *layer.get_weights())`` equals ``layer(x)`` for a ``keras.layers.LSTM``, and likewise for the other cells;
``lstm_backward(grad_output, x, *layer.get_weights())`` equals what ``tf.GradientTape`` gives for it.

- one timestep: :func:`simple_rnn_step`, :func:`lstm_step`, :func:`gru_step`
- a whole sequence: :func:`simple_rnn`, :func:`lstm`, :func:`gru`; both ways: :func:`bidirectional`
- the gradients: :func:`simple_rnn_backward`, :func:`lstm_backward`, :func:`gru_backward`
- to start and to train: :func:`initial_weights`, :func:`clip_by_value`, :func:`clip_by_norm`,
  :func:`clip_by_global_norm`

The code is written to be read. Each step is its equation, with the letters of the book's notation page: ``W`` is the
kernel, ``U`` the recurrent kernel, ``b`` the bias. A backward pass is backpropagation through time, written out: it
walks the timesteps from last to first, holds ``dh``, the gradient of the loss with respect to the state after a
timestep, takes it through the equations of the step in reverse, and arrives at the ``dh`` of the timestep before. The
names are those of calculus: ``dW`` is the gradient of the loss with respect to ``W``, and ``da`` with respect to the
sum ``a`` inside an activation, all gates side by side. A slope is written with the output of its activation: that of
``tanh`` at ``h = tanh(a)`` is ``1 - h**2``.

Each cell has its file: the step, the layer, and the way back. What they share is in ``loop.py``.

For a shape that does not fit, and for an activation that is not known, every function here raises a ValueError; the
sentence names the array, its shape and the one expected, or the activations there are.
"""

from helpers.cells.activations import ACTIVATIONS, sigmoid
from helpers.cells.bidirectional import bidirectional
from helpers.cells.clipping import clip_by_global_norm, clip_by_norm, clip_by_value
from helpers.cells.gru import GRUStep, gru, gru_backward, gru_step
from helpers.cells.loop import Gradients
from helpers.cells.lstm import LSTMGradients, LSTMStep, lstm, lstm_backward, lstm_step
from helpers.cells.simple_rnn import simple_rnn, simple_rnn_backward, simple_rnn_step
from helpers.cells.weights import initial_weights

__all__ = [
    "ACTIVATIONS",
    "GRUStep",
    "Gradients",
    "LSTMGradients",
    "LSTMStep",
    "bidirectional",
    "clip_by_global_norm",
    "clip_by_norm",
    "clip_by_value",
    "gru",
    "gru_backward",
    "gru_step",
    "initial_weights",
    "lstm",
    "lstm_backward",
    "lstm_step",
    "sigmoid",
    "simple_rnn",
    "simple_rnn_backward",
    "simple_rnn_step",
]
