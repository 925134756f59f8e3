"""What was measured: one JSON file a run, one file of float16 weights an experiment.

``recorded/ID/seed-K.json`` holds the settings, versions, history and accuracies of one training. Where a chapter or a
figure loads it, ``recorded/ID/weights.npz`` holds the weights of the first seed, and where an experiment counts its own
words, ``recorded/ID/vocabulary.json`` what its codes mean. Nothing here is written by hand.

Networks also record which test reviews they had right: ``right``, one bit a review, packed and written in base64, in
the order in which the test set was read (Keras's coding: as ``load_imdb_sequences`` gives it; product reviews: as
``load_products``; raw-text IMDB: as TensorFlow Datasets has it, which the downloaded archive has not); and
``confusion``, whose entry ``[i][j]`` counts the reviews of label i that were called j. Raw-text networks have the same
for both ends of a review, below ``first`` and ``last``. Of a run that was recorded before there were answers, they were
found from the kept float16 weights, and ``right_accuracy`` differs from ``test_accuracy`` by that rounding.
"""

from __future__ import annotations

import base64
import json
import platform
from pathlib import Path
from typing import Any

import numpy as np

from helpers.arrays import Array, Integers, Mask
from helpers.files import atomically
from helpers.text import Vocabulary

FOLDER = Path(__file__).resolve().parent.parent / "recorded"

# What must be equal between your model and the recorded one for its weights to mean the same.
_TELLING = (
    "units input_dim output_dim activation recurrent_activation rate dropout recurrent_dropout use_bias reset_after "
    "return_sequences go_backwards merge_mode mask_zero"
).split()


def architecture(model: Any) -> list[dict[str, Any]]:
    """Layer by layer: its class, the settings that change what it computes, and the shapes of its weights."""
    return [
        {
            "layer": type(layer).__name__,
            "settings": _telling(layer.get_config()),
            "weights": [list(weight.shape) for weight in layer.weights],
        }
        for layer in model.layers
    ]


def _telling(config: dict[str, Any]) -> dict[str, Any]:
    kept = {key: config[key] for key in _TELLING if key in config}
    inner = config.get("layer") or config.get("cell")  # Bidirectional, TimeDistributed; RNN, HandUnrolled
    if isinstance(inner, dict):
        kept["layer"] = {"layer": inner["class_name"], "settings": _telling(inner["config"])}
    as_written: dict[str, Any] = json.loads(json.dumps(kept, default=str))
    return as_written


def check_architecture(model: Any, recorded: list[dict[str, Any]], name: str) -> None:
    """ValueError naming the first layer in which ``model`` is not the recorded model."""
    mine = architecture(model)
    if len(mine) != len(recorded):
        raise ValueError(
            f"this model has {len(mine)} layers and the recorded {name} has {len(recorded)} "
            f"({', '.join(layer['layer'] for layer in recorded)}): make them the same, or train in full mode."
        )
    for position, (here, there) in enumerate(zip(mine, recorded, strict=True), start=1):
        if here != there:
            raise ValueError(
                f"layer {position} of this model is {_describe(here)}, but the recorded {name} has {_describe(there)}: "
                "make them the same, or train in full mode."
            )


def _describe(layer: dict[str, Any]) -> str:
    settings = ", ".join(f"{key}={value}" for key, value in layer["settings"].items() if not isinstance(value, dict))
    return f"{layer['layer']}({settings}) with weights {layer['weights']}"


def save_record(name: str, record: dict[str, Any], weights: list[Array] | None = None, left_out: int = 0) -> Path:
    """Write one run, the weights first, so that a JSON file is always complete; both by rename.

    The first ``left_out`` of the weights are not written: :func:`load_weights` makes them again.
    """
    folder = FOLDER / name
    folder.mkdir(parents=True, exist_ok=True)
    if weights is not None:
        arrays = {f"{i:02d}": weight.astype("float16") for i, weight in enumerate(weights) if i >= left_out}
        with atomically(folder / "weights.npz") as part, part.open("xb") as file:
            np.savez_compressed(file, **arrays)
    path = folder / f"seed-{record['seed']}.json"
    with atomically(path) as part:
        part.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", encoding="utf-8", newline="\n")
    return path


def load_records(name: str) -> list[dict[str, Any]]:
    """Every recorded run of an experiment, by seed; an empty list when there is none."""
    return sorted((_read(path) for path in (FOLDER / name).glob("seed-*.json")), key=lambda record: record["seed"])


def _read(path: Path) -> dict[str, Any]:
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise ValueError(f"{path} is not valid JSON ({error}): restore it or train that seed again.") from error
    return record


def answered(labels: Integers, called: Integers) -> dict[str, Any]:
    """What a record keeps of a network's answers to the test reviews; both ``(n,)`` of 0 and 1."""
    right = labels == called
    return {
        "right": base64.b64encode(np.packbits(right).tobytes()).decode("ascii"),
        "right_accuracy": round(float(right.mean()), 6),
        "confusion": [[int(np.sum((labels == i) & (called == j))) for j in (0, 1)] for i in (0, 1)],
    }


def right(name: str, seed: int | None = None, kept: str = "") -> Mask:
    """Which test reviews a recorded network has right: bool ``(n_test,)``; of the first seed that says, or of one.

    ``kept`` is "first" or "last" for a raw-text network that read that end of each review, whichever it was tested on.

    Raises
    ------
    ValueError
        If no such seed is recorded, or it was recorded without its answers.
    """
    having = {record["seed"]: record for record in load_records(name) if "right" in record}
    if not having or seed not in (None, *having):
        which = "any seed" if seed is None else f"seed {seed}"
        raise ValueError(
            f"the record of {name} does not say which test reviews {which} had right: train it again, or, where its "
            "weights are kept, run `python -m tools.train.record_right`."
        )
    record = having[next(iter(having)) if seed is None else seed]
    if kept and kept not in record:
        raise ValueError(f"the record of {name} does not say what it made of the {kept} words of the test reviews.")
    packed = np.frombuffer(base64.b64decode((record[kept] if kept else record)["right"]), dtype=np.uint8)
    return np.unpackbits(packed, count=record["n_test"]).astype(bool)


def save_vocabulary(name: str, vocabulary: Vocabulary) -> None:
    """Keep what the codes mean that a recorded network reads: other reviews would give the words other codes."""
    (FOLDER / name).mkdir(parents=True, exist_ok=True)
    vocabulary.save(FOLDER / name / "vocabulary.json")


def load_vocabulary(name: str) -> Vocabulary:
    """The vocabulary that a recorded network was trained with. ValueError where none is kept."""
    path = FOLDER / name / "vocabulary.json"
    if not path.exists():
        raise ValueError(
            f"no vocabulary is kept for {name}: it reads Keras's codes, or none of its weights are kept either."
        )
    return Vocabulary.load(path)


def load_weights(name: str) -> list[Array | None]:
    """The float16 weights of the first recorded seed, as float32, in the order of ``model.get_weights()``.

    None stands for a frozen embedding, which is not kept: :func:`helpers.runs.load_weights` makes it again.
    """
    path = FOLDER / name / "weights.npz"
    if not path.exists():
        raise ValueError(
            f"no weights are recorded for {name}: set keep_weights in its entry, then `python -m tools.train {name}`."
        )
    with np.load(path) as arrays:
        count = 1 + max(map(int, arrays.files))
        return [arrays[key].astype("float32") if (key := f"{i:02d}") in arrays.files else None for i in range(count)]


def words() -> list[str]:
    """The most frequent words of Keras's IMDB index, by rank from 1: the vocabulary of every recorded network on codes.

    Word ``words()[k]`` has the rank ``k + 1`` and the code ``k + 4``.
    """
    text = (FOLDER / "words.txt").read_text(encoding="utf-8")
    return text.removesuffix("\n").split("\n")  # one word is U+0085, at which splitlines would cut


def versions() -> dict[str, str]:
    """Of what a number depends on: Python, TensorFlow, Keras, NumPy."""
    import keras
    import tensorflow as tf

    return {
        "python": platform.python_version(),
        "tensorflow": tf.__version__,
        "keras": keras.__version__,
        "numpy": np.__version__,
    }
