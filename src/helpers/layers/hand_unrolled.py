"""Recurrent cells looped over by hand, as a Keras layer.

``HandUnrolled(LSTMCell(64))`` computes what ``LSTM(64)`` computes, by a Python loop over time, there to be read.
"""

from __future__ import annotations

from typing import Any

import keras


class HandUnrolled(keras.layers.Layer):
    """Call ``cell`` once for every time step: ``(batch, time, features)`` to ``(batch, units)``.

    Parameters
    ----------
    cell : a Keras cell (``SimpleRNNCell``, ``LSTMCell``, ``GRUCell``).
    return_sequences : give every output, ``(batch, time, units)``, and not the last alone.

    The states start at zero for each batch and take its size, so a last, smaller batch is no special case. The
    number of time steps must be known when the model is built: the loop is written out into the graph. Masks are not
    heeded.
    """

    def __init__(self, cell: keras.Layer, return_sequences: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.cell = cell
        self.return_sequences = return_sequences

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        if len(input_shape) != 3 or input_shape[1] is None:
            raise ValueError(
                "HandUnrolled wants inputs (batch, time, features) with a known number of time steps, "
                f"not {input_shape}: name the length in keras.Input((length,))."
            )
        if not self.cell.built:  # a cell that was loaded from a file is
            self.cell.build((input_shape[0], input_shape[2]))
        super().build(input_shape)

    def call(self, inputs: Any, training: bool = False) -> Any:
        # One dropout mask for all time steps of this batch, and a new one for the next batch: the cell keeps its mask
        # until it is told to forget it.
        self._forget_masks()
        states = self.cell.get_initial_state(batch_size=keras.ops.shape(inputs)[0])
        outputs = []
        # unstack, not inputs[:, step]: the gradient of each slice would be an array as large as all the inputs.
        for x in keras.ops.unstack(inputs, axis=1):
            output, states = self.cell(x, states, training=training)
            outputs.append(output)
        self._forget_masks()  # a mask drawn inside a graph is of no use outside it
        return keras.ops.stack(outputs, axis=1) if self.return_sequences else output

    def _forget_masks(self) -> None:
        if hasattr(self.cell, "reset_dropout_mask"):
            self.cell.reset_dropout_mask()
            self.cell.reset_recurrent_dropout_mask()

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | {
            "cell": keras.saving.serialize_keras_object(self.cell),
            "return_sequences": self.return_sequences,
        }

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> HandUnrolled:
        return cls(**config | {"cell": keras.saving.deserialize_keras_object(config["cell"])})
