"""What was measured: one JSON file a run, one file of float16 weights an experiment.

``recorded/ID/seed-K.json`` holds the settings, versions, history and accuracies of one training;
``recorded/ID/weights.npz`` the weights of the first seed. Nothing here is written by hand.
"""

from __future__ import annotations

import json
import statistics
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

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
    return json.loads(json.dumps(kept, default=str))


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


def save_record(name: str, record: dict[str, Any], weights: list[np.ndarray] | None = None, left_out: int = 0) -> Path:
    """Write one run, the weights first, so that a JSON file is always complete; both by rename.

    The first ``left_out`` of the weights are not written: :func:`load_weights` makes them again.
    """
    folder = FOLDER / name
    folder.mkdir(parents=True, exist_ok=True)
    if weights is not None:
        arrays = {f"{i:02d}": weight.astype("float16") for i, weight in enumerate(weights) if i >= left_out}
        _replace(folder / "weights.npz", lambda file: np.savez_compressed(file, **arrays))
    path = folder / f"seed-{record['seed']}.json"
    text = json.dumps(record, indent=1, sort_keys=True) + "\n"
    _replace(path, lambda file: file.write(text.encode()))
    return path


def _replace(path: Path, write: Any) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".part-", delete=False) as file:
        try:
            write(file)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)


def load_records(name: str) -> list[dict[str, Any]]:
    """Every recorded run of an experiment, by seed; an empty list when there is none."""
    return sorted((_read(path) for path in (FOLDER / name).glob("seed-*.json")), key=lambda record: record["seed"])


def _read(path: Path) -> dict[str, Any]:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise ValueError(f"{path} is not valid JSON ({error}): restore it or train that seed again.") from error


def load_weights(name: str) -> list[np.ndarray]:
    """The float16 weights of the first recorded seed, as float32, in the order of ``model.get_weights()``.

    A frozen embedding is not among them: it is made again from GloVe's vectors, wherever they are to be had here.

    Raises
    ------
    ValueError
        If no weights are recorded, or a frozen embedding cannot be made again because its vectors are not to be had.
    """
    path = FOLDER / name / "weights.npz"
    if not path.exists():
        raise ValueError(f"no weights are recorded for {name}: train it with `python -m helpers.runs train {name}`.")
    with np.load(path) as arrays:
        weights = [arrays[key].astype("float32") for key in sorted(arrays.files)]
        complete = "00" in arrays.files
    if complete:
        return weights
    from helpers.runs.experiments import experiment
    from helpers.runs.word_vectors import embedding

    matrix, coverage = embedding(experiment(name))
    recorded = load_records(name)[0]["coverage"]
    if coverage["source"] == "sample" or coverage["words"] != recorded["words"]:
        raise ValueError(
            f"the recorded {name} needs GloVe's vectors for its frozen embedding, and they are not to be had here: "
            "go online and run again, or set RNN_DATA to a folder with glove/glove.6B.100d.txt."
        )
    return [matrix, *weights]


def words() -> list[str]:
    """The most frequent words of Keras's IMDB index, by rank from 1: the vocabulary of every recorded network on codes.

    Word ``words()[k]`` has the rank ``k + 1`` and the code ``k + 4``.
    """
    text = (FOLDER / "words.txt").read_text(encoding="utf-8")
    return text.removesuffix("\n").split("\n")  # one word is U+0085, at which splitlines would cut


def mean_sd(values: list[float]) -> tuple[float, float]:
    """Mean and sample standard deviation (n − 1); the deviation of a single value is 0."""
    return statistics.fmean(values), statistics.stdev(values) if len(values) > 1 else 0.0
