"""Weights are large: those that no page loads are not kept."""

from pathlib import Path

from helpers.experiments import EXPERIMENTS
from helpers.figures.read_review import MODELS
from helpers.results import records
from tools.chapters import sources
from tools.execute.kept import made_of, read_executed

ROOT = Path(__file__).resolve().parents[2]
# Loaded once chapter 14 can show all three protocols of group A, when the published one has five seeds.
KEPT_FOR_LATER = {"a2-bigru"}
KEPT = {path.parent.name for path in records.FOLDER.glob("*/weights.npz")}


def opened(name):
    """The experiments of whose records some chapter opened this file when it was executed."""
    return {
        folder.rpartition("/")[2]
        for chapter in sources(ROOT)
        for folder, value in made_of(read_executed(chapter))["files"].items()
        if name in value.split(" ")[1:]
    }


def test_weights_are_kept_where_a_chapter_or_a_figure_loads_them():
    loaded = opened("weights.npz") | set(MODELS)
    assert loaded | KEPT_FOR_LATER == KEPT
    assert not loaded & KEPT_FOR_LATER


def test_an_entry_says_whether_its_weights_are_kept():
    assert {name for name, one in EXPERIMENTS.items() if one.keep_weights} == KEPT


def test_a_vocabulary_is_kept_beside_weights_only():
    assert {path.parent.name for path in records.FOLDER.glob("*/vocabulary.json")} <= KEPT
