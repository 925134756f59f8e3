"""Records that a test writes itself."""

import numpy as np
import pytest

from helpers.results import records


@pytest.fixture
def record(tmp_path, monkeypatch):
    """Write records: ``record("b2-lstm", [84.0, 86.0], epochs=[3, 5])``; ``validation`` are curves, in per cent."""
    monkeypatch.setattr(records, "FOLDER", tmp_path)

    def write(name, test, epochs=None, first_seed=1, validation=None, seconds=2.0):
        for k, accuracy in enumerate(test):
            n = len(validation[k]) if validation else epochs[k] if epochs else 2
            curve = np.linspace(0.6, 0.9, n).tolist()
            validated = [value / 100 for value in validation[k]] if validation else curve
            records.save_record(
                name,
                {
                    "seed": first_seed + k, "experiment": name, "source": "folder", "parameters": 10_000,
                    "test_accuracy": accuracy / 100, "validation_accuracy": validated[-1] if n else 0.9,
                    "n_train": 1_000, "n_validation": 50, "n_test": 400, "device": "CPU", "date": "2026-01-02",
                    "seconds_per_epoch": [seconds] * max(n, 1), "chosen_epoch": n,
                    "history": dict.fromkeys(("accuracy", "loss"), curve)
                    | dict.fromkeys(("val_accuracy", "val_loss"), validated) if n else {},
                },
            )  # fmt: skip

    return write
