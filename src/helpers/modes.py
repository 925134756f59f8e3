"""Three ways to run a training cell, and the one switch between them.

``quick``     a slice of the data and few epochs: seconds. The default without a GPU.
``full``      the chapter's own settings. The default with a GPU.
``recorded``  no training: the weights and the history of the recorded run are loaded into your model.
"""

from __future__ import annotations

import os

MODES = ("quick", "full", "recorded")
QUICK_REVIEWS = 1_000
QUICK_EPOCHS = 2

_chosen = "auto"


def use_mode(mode: str) -> None:
    """Choose the mode of every following training cell: "auto", "quick", "full" or "recorded".

    "auto" is ``full`` with a GPU and ``quick`` without. The environment variable ``RNN_MODE`` overrides this.
    ValueError on any other word.
    """
    global _chosen
    _chosen = _valid(mode, "the mode")


def current_mode() -> str:
    """The mode that training cells run in now: "quick", "full" or "recorded"."""
    mode = _valid(os.environ.get("RNN_MODE") or _chosen, "RNN_MODE" if os.environ.get("RNN_MODE") else "the mode")
    if mode != "auto":
        return mode
    return "full" if device() == "GPU" else "quick"


def device() -> str:
    """Where Keras trains: "GPU" or "CPU"."""
    import tensorflow as tf

    return "GPU" if tf.config.list_physical_devices("GPU") else "CPU"


def set_seed(seed: int, *, deterministic_kernels: bool = True) -> None:
    """Make the next model and its training repeatable: on a CPU the same seed gives the same bits.

    Seeds Python, NumPy and Keras, and asks TensorFlow for its deterministic kernels. They rule out XLA
    (``jit_compile=True``), which on a CPU repeats itself without them: ``deterministic_kernels=False`` leaves them out.
    """
    import keras
    import tensorflow as tf

    keras.utils.set_random_seed(seed)
    if deterministic_kernels and device() == "CPU":
        tf.config.experimental.enable_op_determinism()


def _valid(mode: str, where: str) -> str:
    if mode not in (*MODES, "auto"):
        raise ValueError(f'{where} is {mode!r}; choose "auto", "quick", "full" or "recorded".')
    return mode
