"""What chapters 1 to 3 conclude from the numbers that their own cells computed."""

import json
import re

import pytest

from tests.claims import claim
from tests.prose import ROOT
from tools.export.values import glued


def executed(stem):
    return ROOT / "notebooks" / "executed" / f"{stem}.ipynb"


def printed(stem):
    """All that the cells of an executed chapter printed."""
    cells = json.loads(executed(stem).read_text(encoding="utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", []) if output["output_type"] == "stream"]
    return "".join("".join(output["text"]) for output in outputs)


def numbers(text):
    return [float(number) for number in text.split()]


@pytest.fixture(scope="module")
def readers():
    """(world, model) → accuracies on short and on long sentences, one a seed, as chapter 1 prints them."""
    rows = re.findall(r"^(near|far ) (.*?) +short (.*)\n +long (.*)$", printed("01_why_recurrence"), re.MULTILINE)
    found = {(world.strip(), kind): (numbers(short), numbers(long)) for world, kind, short, long in rows}
    assert len(found) == 8
    return found


def test_pairs_win_in_the_near_world(readers):
    claim("why_recurrence", "They make no mistake on either length, and they are simple and trained in a moment.")
    assert readers["near", "counts pairs"] == ([100.0], [100.0])


def test_the_loop_reads_every_short_sentence_of_the_near_world(readers):
    claim("why_recurrence", "The loop reads every short sentence and between")
    assert set(readers["near", "reads"][0]) == {100.0}


def test_slots_read_short_sentences_only(readers):
    claim("why_recurrence", "The slots read short sentences, but get no more than")
    for world in ("near", "far"):
        short, long = readers[world, "a weight for each place"]
        assert min(short) > 90
        assert max(long) < 75


def test_the_worst_run_of_the_loop_is_better_than_the_best_of_the_others(readers):
    claim("why_recurrence", "The worst of them is better than the best of the others.")
    others = [max(long) for (world, kind), (_, long) in readers.items() if world == "far" and kind != "reads"]
    assert min(readers["far", "reads"][1]) > max(others) + 5


def test_the_loop_reads_short_sentences_of_the_far_world(readers):
    claim("why_recurrence", "reads the short sentences almost without a mistake.")
    assert min(readers["far", "reads"][0]) > 99


def test_the_loop_is_not_perfect(readers):
    claim("why_recurrence", "not every run found one that lasts so long.")
    assert min(readers["near", "reads"][1]) < 95
    assert min(readers["far", "reads"][1]) < 95


def test_no_unit_comes_near_the_weighted_sum():
    values = glued(executed("02_simple_rnn"))
    claim("simple_rnn", "No unit comes near the weighted sum")
    best, least = (float(values[name].rstrip(" %")) for name in ("best_unit", "least_sum"))
    assert least - best > 5
    assert values["rnn_kept"] >= 2


def test_told_at_the_last_word_only_no_network_learns():
    values = glued(executed("02_simple_rnn"))
    claim("simple_rnn", "Told at the last word only, {glue:text}`rnn_last_learned` of {glue:text}`rnn_seeds` learn it")
    assert values["rnn_last_learned"] == 0
    assert values["rnn_kept"] <= values["rnn_learned"] < values["rnn_seeds"]


def test_the_worst_network_is_a_coin_on_long_sentences():
    claim("simple_rnn", "about what a coin gets.")
    values = glued(executed("02_simple_rnn"))
    assert abs(float(values["rnn_worst"].rstrip(" %")) - 50) < 5
    assert float(values["rnn_worst_short"].rstrip(" %")) > 75


@pytest.fixture(scope="module")
def fading():
    """Activation → share of the gradient that is left after 49 steps, by the radius."""
    text = printed("03_gradients_through_time")
    rows = re.findall(r"^(linear|tanh) +after 49 steps: (.*)$", text, re.MULTILINE)
    return {name: dict(zip((0.5, 1.0, 1.5, 2.0, 3.0), numbers(row), strict=True)) for name, row in rows}


def test_what_the_radius_decides_with_and_without_tanh(fading):
    claim("gradients_through_time", "With tanh it vanishes at 1 and at 1.5, too, and explodes at 3.")
    linear, tanh = fading["linear"], fading["tanh"]
    assert linear[0.5] < 1e-10
    assert linear[1.5] > 1e4
    assert max(tanh[1.0], tanh[1.5]) < 0.01
    assert tanh[3.0] > 100


def test_larger_radius_leaves_more(fading):
    claim("gradients_through_time", "In these networks with tanh, a larger radius left more of the gradient")
    assert sorted(fading["tanh"].values()) == list(fading["tanh"].values())


def test_how_many_clipped_trainings_are_of_use():
    claim("gradients_through_time", "Both keep the training from flying apart, and neither makes up for the bad start")
    values = glued(executed("03_gradients_through_time"))
    assert values["flew_apart"] >= 3
    assert values["useful_norm"] <= values["useful_value"]


def test_two_of_four_starts_keep_a_good_part():
    claim("gradients_through_time", "Two of the four do")
    text = printed("03_gradients_through_time")
    left = dict(re.findall(r"^(\w.*?) +10 back .*49 back (\S+)$", text, re.MULTILINE))
    assert len(left) == 4
    assert [name for name, share in left.items() if float(share) > 0.1] == [
        "orthogonal U, inputs × 0.1",
        "identity and ReLU",
    ]
    assert float(left["orthogonal U"]) < 1e-5
