"""Which test reviews a recorded network has right, found from the weights that are kept, and stored in its record.

The vocabulary is stored beside it where the experiment counts its own.

    python -m tools.train.record_right [ID …]

Only the first seed of an experiment keeps its weights, rounded to float16. An experiment whose accuracy with them
is more than 0.2 points from the recorded one is refused: then these are not the answers of the recorded network.
A new training stores its answers itself.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from typing import Any

import numpy as np

from helpers import data
from helpers.experiments import Experiment, build, experiment
from helpers.experiments.recipes import Arrays, Texts
from helpers.results import records
from helpers.runs import load_weights
from helpers.text import Vocabulary
from tools.train.batches import batches

MOST = 0.002  # accuracy that float16 may change


ENDS = {"first": "post", "last": "pre"}  # which words are kept: which are cut off


def answers(name: str, chosen: Experiment) -> dict[str, Any]:
    """What the kept weights have right of the test reviews that ``chosen`` prepares, as the record keeps it."""
    model = build(name)
    records.check_architecture(model, records.load_records(name)[0]["architecture"], name)
    arrays = chosen.data.load()
    weights = load_weights(name)
    if not isinstance(arrays, Arrays):
        raise ValueError(f"{name} is no network: it has no weights to be asked.")
    if arrays.source == "sample" or not data.are_recorded():
        raise ValueError("these are not the reviews of the recorded runs: set RNN_DATA to the folder that has them.")
    model.set_weights(weights)
    probability = model.predict(batches(arrays.x_test, arrays.y_test, batch_size=512), verbose=0)[:, 0]
    return records.answered(np.asarray(arrays.y_test), (probability > 0.5).astype(int))


def store(name: str) -> float:
    """Write the answers into the record of the first seed; how far the accuracy is from the recorded one."""
    record = records.load_records(name)[0]
    chosen = experiment(name)
    found = answers(name, chosen)
    difference = found["right_accuracy"] - record["test_accuracy"]
    if abs(difference) > MOST:
        raise ValueError(
            f"{name}: the kept weights are right on {found['right_accuracy']:.4f} of the test reviews and the record "
            f"says {record['test_accuracy']:.4f}: train seed {record['seed']} again."
        )
    if isinstance(chosen.data, Texts):  # chapter 14 asks what either end of a review is worth
        for kept, cut in ENDS.items():
            found[kept] = answers(name, replace(chosen, data=replace(chosen.data, truncating_test=cut)))
    records.save_record(name, record | found)
    arrays = chosen.data.load()
    if isinstance(arrays, Arrays) and isinstance(arrays.vocabulary, Vocabulary):
        records.save_vocabulary(name, arrays.vocabulary)
    return difference


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="ID", help="without one: every experiment that keeps its weights")
    names = parser.parse_args(arguments).names
    refused = 0
    for name in names or sorted(path.parent.name for path in records.FOLDER.glob("*/weights.npz")):
        try:
            print(f"{name}: {100 * store(name):+.3f} points from the recorded accuracy", flush=True)
        except ValueError as error:
            refused += 1
            print(error, file=sys.stderr, flush=True)
    return min(refused, 1)


if __name__ == "__main__":
    sys.exit(main())
