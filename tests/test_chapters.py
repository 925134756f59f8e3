"""What holds for the chapters as texts and as programs, beyond running from top to bottom."""

import os
import re
import subprocess
import sys
from pathlib import Path

import jupytext
import pytest

from tests.prose import PAGES, typed_results

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
CHAPTERS = sorted(NOTEBOOKS.glob("[0-9][0-9]_*.md"))
MECHANICS = [
    path
    for path in CHAPTERS
    if path.stem[3:] in ("simple_rnn", "gradients_through_time", "lstm", "gru", "counting_parameters")
]
PARTS = ["**You will learn**", "**Before you start.**", "## Take-away", "## Exercises"]
PARTS += ["## Check yourself", "## Further reading"]


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_chapter_has_every_part_in_order(path):
    text = path.read_text(encoding="utf-8")
    places = [text.find(part) for part in PARTS]
    assert -1 not in places, f"{PARTS[places.index(-1)]} is missing"
    assert places == sorted(places)
    assert re.search(r"\{predict\}|\*\*Predict\.\*\*", text[: text.index("## Take-away")])
    assert text.count("```{exercise}") == text.count("```{solution}") >= 4
    assert f"```{{quiz}} {path.stem}\n" in text


@pytest.mark.parametrize("path", MECHANICS, ids=lambda path: path.stem)
def test_no_tensorflow_before_the_same_in_keras(path):
    text = path.read_text(encoding="utf-8")
    before, heading, _ = text.partition("\n## The same in Keras\n")
    assert heading, "the chapter has no section “The same in Keras”"
    code = "\n".join(cell.source for cell in jupytext.reads(before, fmt="md:myst").cells if cell.cell_type == "code")
    probe = "\nimport sys\nassert not {'tensorflow', 'keras'} & set(sys.modules)\n"
    environment = os.environ | {"RNN_MODE": "quick"}
    done = subprocess.run([sys.executable, "-c", code + probe], capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_result_is_typed_into_the_text(path):
    """A percentage with a decimal, an accuracy, a deviation, a gap: each comes from a record or from a cell."""
    assert typed_results(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The LSTM reached 87.3 % on the test set.",
        "Its accuracy is 0.871, and that of the GRU .864 only.",
        "It is ahead by 1.6 points (± 0.4).",
        "```{note}\nThe mean is 84.1 %.\n```",
        "- after four epochs: 79.92%",
    ],
)
def test_an_invented_number_is_found(sentence):
    assert typed_results(sentence)
    assert typed_results("# Title\n\n```{code-cell} python\nx = 0.871  # 87.1 %\n```\n\n" + sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "It has {recorded}`b2-lstm test_accuracy`, {recorded}`b2-lstm minus b3-gru test_accuracy` points more.",
        "A rate of $0.95$, `learning_rate=0.001`, version 2.20, 256 units, half of 100 %, 10 points.",
        "```{code-cell} python\nx = 0.871  # 87.1 %\n```",
    ],
)
def test_roles_formulas_and_code_are_no_typed_results(sentence):
    assert typed_results(sentence) == []
