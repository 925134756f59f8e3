"""An LSTM whose whole loop is one operation of TensorFlow: the sums of ``keras.layers.LSTM``, with less ado.

On a CPU, ``keras.layers.LSTM`` is a loop of some thirty small operations a time step, and each costs its start, however
little it computes. TensorFlow has the loop as one operation, ``BlockLSTM``, with a gradient of its own.
"""

from __future__ import annotations

from typing import Any

import keras


class FusedLSTM(keras.layers.LSTM):
    """``keras.layers.LSTM`` for inputs ``(batch, time, features)``, without masks; same weights, same outputs, sooner.

    Takes ``units``, ``return_sequences`` and what concerns the weights. ValueError for what the one operation cannot
    do: other activations, dropout, going backwards, states that are handed out or kept, masked inputs.
    """

    def __init__(self, units: int, **kwargs: Any) -> None:
        super().__init__(units, **kwargs)
        asked = {
            "activation": self.activation is not keras.activations.tanh,
            "recurrent_activation": self.recurrent_activation is not keras.activations.sigmoid,
            "dropout": self.dropout > 0,
            "recurrent_dropout": self.recurrent_dropout > 0,
            "use_bias": not self.use_bias,
            "go_backwards": self.go_backwards,
            "return_state": self.return_state,
            "stateful": self.stateful,
        }
        wrong = [name for name, is_asked in asked.items() if is_asked]
        if wrong:
            raise ValueError(
                f"FusedLSTM leaves {', '.join(wrong)} as keras.layers.LSTM has it; use that layer instead."
            )
        if keras.backend.backend() != "tensorflow":
            raise ValueError("FusedLSTM is an operation of TensorFlow: set KERAS_BACKEND=tensorflow, or use LSTM.")

    def call(self, sequences: Any, initial_state: Any = None, mask: Any = None, training: bool = False) -> Any:
        import tensorflow as tf

        if mask is not None or initial_state is not None:
            raise ValueError("FusedLSTM reads no mask and no initial state: set mask_zero=False, or use LSTM.")
        x = tf.transpose(sequences, [1, 0, 2])  # (time, batch, features)
        time, batch = tf.unstack(tf.shape(x))[:2]
        zeros, no_peephole = tf.zeros([batch, self.units]), tf.zeros([self.units])
        cell = self.cell
        states = tf.raw_ops.BlockLSTM(
            seq_len_max=tf.cast(time, tf.int64),
            x=x,
            cs_prev=zeros,
            h_prev=zeros,
            w=_icfo(tf.concat([cell.kernel, cell.recurrent_kernel], axis=0)),
            wci=no_peephole,
            wcf=no_peephole,
            wco=no_peephole,
            b=_icfo(cell.bias),
            forget_bias=0.0,  # Keras has it in the bias already
            cell_clip=-1.0,  # none
            use_peephole=False,
        ).h
        return tf.transpose(states, [1, 0, 2]) if self.return_sequences else states[-1]


def _icfo(weight: Any) -> Any:
    """Keras orders the gates input, forget, candidate, output; the operation input, candidate, forget, output."""
    import tensorflow as tf

    i, f, c, o = tf.split(weight, 4, axis=-1)
    return tf.concat([i, c, f, o], axis=-1)
