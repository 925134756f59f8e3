"""The results explorer: every recorded training, curve by curve, beside its accuracy on the test set."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from helpers.figures.figure import Figure, remembers_call

QUANTITIES = ("val_accuracy", "accuracy", "val_loss", "loss")
MOST = 8  # lines at once: so many styles can be told apart

# A family of experiments → what those experiments have in common.
GROUPS = {
    "baseline": "Baselines without a network, film reviews",
    "b": "Group B, a textbook chapter: 200 words of a film review",
    "a": "Group A: raw text of film reviews",
    "c": "Group C, book notes: 500 words of a film review",
    "d": "Group D, an LSTM and GRU tutorial: 80 words of a film review",
    "e": "Group E, from SimpleRNN to BiLSTM: 500 words of a film review",
    "early": "Group B, stopped by validation",
    "curve": "Group B with fewer training reviews",
    "cure": "Against overfitting: group B's LSTM",
    "grid": "Padding, masking and cutting: group B's models",
    "words": "Word vectors: scratch or GloVe",
    "products": "Product reviews: cleaning, length and number",
    "transfer": "Trained here, tested there",
    "domains": "Product reviews, domain by domain",
}
# What is worth comparing: the text of a button → experiments. Only those whose experiments are all recorded are shown.
SUGGESTIONS = {
    "Simple or gated": ("b1-simplernn", "b2-lstm", "b3-gru"),
    "Stop by validation": ("b5-stacked-lstm", "early-b5-stacked-lstm"),
    "Choose on the test set": ("d3-lstm", "d3-lstm-honest"),
    "Do without a network": ("baseline-tfidf-short", "b1-simplernn", "b4-bilstm"),
    "Hide the zeros": ("grid-post-none-last-lstm", "grid-post-mask-last-lstm"),
    "Begin with word vectors": ("words-scratch-2000", "words-frozen-2000", "words-finetuned-2000"),
    "Clean the reviews": ("b9-capstone", "products-raw"),
}


@remembers_call
def results_explorer(
    experiments: Sequence[str] = ("b1-simplernn", "b2-lstm"),
    quantity: str = "val_accuracy",
    over: str = "epoch",
    mean: bool = False,
) -> Figure:
    """Every recorded training: curves over the epochs or the seconds, and the accuracy on the test set.

    Parameters
    ----------
    experiments : ids that are chosen at the start, at most 8; what is not recorded yet is left out.
    quantity : ``"val_accuracy"``, ``"accuracy"``, ``"val_loss"`` or ``"loss"``.
    over : ``"epoch"`` or ``"seconds"``.
    mean : the mean of the seeds and a band of one standard deviation, and not a line a seed.

    Raises
    ------
    ValueError
        For an unknown quantity or id, too many ids, and where nothing is recorded.
    """
    from helpers.experiments import experiment

    if quantity not in QUANTITIES:
        raise ValueError(f"quantity is one of {', '.join(QUANTITIES)}, not {quantity!r}.")
    if over not in ("epoch", "seconds"):
        raise ValueError(f"over is 'epoch' or 'seconds', not {over!r}.")
    if len(experiments) > MOST:
        raise ValueError(f"at most {MOST} experiments can be chosen at once, not {len(experiments)}.")
    for name in experiments:
        experiment(name)
    recorded = gather()
    if not recorded:
        raise ValueError("no run is recorded yet: train one with `python -m tools.train b1-simplernn`.")
    ids = {one["id"]: one for one in recorded}
    chosen = [name for name in dict.fromkeys(experiments) if name in ids] or list(ids)[:2]
    epochs = [len(run["loss"]) for name in chosen for run in ids[name]["runs"] if run["loss"]]
    suggestions = {text: names for text, names in SUGGESTIONS.items() if set(names) <= set(ids)}
    everything = {"groups": GROUPS, "suggestions": suggestions, "experiments": recorded}
    written = json.dumps(everything, ensure_ascii=False, separators=(",", ":"))
    return Figure(
        "results_explorer",
        f"Curves of {sum(len(one['runs']) for one in recorded)} recorded trainings of {len(recorded)} experiments, "
        "each with its own colour, dashes and marker: accuracy or loss, of the training or the validation reviews, "
        "after each epoch. You choose the experiments from a list, and whether each seed has a line or their mean has "
        "one. Below, a dot for each seed shows its accuracy on the test set. A table gives the numbers at an epoch. "
        "The dots of two models often overlap: one training of each does not tell which is the better.",
        {
            "chosen": chosen, "quantity": quantity, "over": over, "mean": mean,
            "at": min(epochs, default=1), "filter": "", "most": MOST,
        },
        {"records": written.encode},
    )  # fmt: skip


def gather() -> list[dict[str, Any]]:
    """What the curves need of every experiment with a record, in the order of :data:`GROUPS`; numbers rounded."""
    from helpers.experiments import FAMILIES
    from helpers.results.records import load_records

    found = []
    for group in GROUPS:
        for name, one in sorted(FAMILIES[group].items()):
            if runs := [_run(record) for record in load_records(name)]:
                found.append(
                    {
                        "id": name, "title": one.title, "group": group, "flatters": one.validates_on_test, "runs": runs,
                    }
                )  # fmt: skip
    return found


def _run(record: dict[str, Any]) -> dict[str, Any]:
    history = record["history"]  # a linear model has no epochs
    return {
        "seed": record["seed"],
        "test": round(record["test_accuracy"], 5),
        "seconds": [round(second, 1) for second in record["seconds_per_epoch"]] if history else [],
        **{name: [round(value, 4) for value in history.get(name, [])] for name in QUANTITIES},
    }
