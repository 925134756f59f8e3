"""Figures: described in words, readable in light and in dark, harmless side by side on a page."""

import re
from xml.etree import ElementTree

import pytest

from helpers import experiments, plotting, results
from helpers.runs import Run

RUN = Run(
    experiment="b1-simplernn",
    mode="quick",
    seed=4,
    n=800,
    source="sample",
    device="CPU",
    date="2026-01-02",
    seconds=3.0,
    history={
        "accuracy": [0.6, 0.8, 0.9],
        "val_accuracy": [0.62, 0.83, 0.81],
        "loss": [0.7, 0.5, 0.3],
        "val_loss": [0.68, 0.4, 0.5],
    },
)


def line_chart():
    figure, axes = plotting.subplots()
    axes.plot([1, 2, 3])
    return figure


def contrast(colour: str, background: str) -> float:
    """WCAG's contrast ratio of two #rrggbb colours."""

    def luminance(code: str) -> float:
        channels = [int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(colour), luminance(background)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", plotting.COLOURS)
@pytest.mark.parametrize("background", ["#ffffff", "#14181e"])
def test_every_colour_stands_out_in_light_and_in_dark(colour, background):
    assert contrast(colour, background) >= 3


def test_history_describes_what_it_shows():
    picture = plotting.history(RUN)
    assert "training accuracy goes from 0.600 to 0.900 in 3 epochs" in picture.alt
    assert "best 0.830 after epoch 2" in picture.alt
    assert "best 0.400 after epoch 2" in picture.alt
    for part in ("quick mode", "seed 4", "n = 800", "CPU", "2026-01-02", "sample data"):
        assert part in picture._repr_html_()


def test_history_without_validation_has_no_best_epoch():
    from dataclasses import replace

    run = replace(RUN, history={"accuracy": [0.6], "loss": [0.7]})
    assert "best" not in plotting.history(run).alt


def test_svg_is_described_takes_the_colour_of_the_page_and_scales():
    picture = plotting.show(line_chart(), alt='A line <rising> from 1 to 3 & "on"')
    root = ElementTree.fromstring(picture.parts[0][0])
    assert root.get("role") == "img"
    assert root.get("aria-label") == 'A line <rising> from 1 to 3 & "on"'
    assert root.get("width") is None
    svg = picture.parts[0][0]
    assert "currentColor" in svg
    assert "#010203" not in svg
    assert "#000000" not in svg


def test_text_and_legends_added_later_take_the_colour_of_the_page_too():
    figure, axes = plotting.subplots()
    axes.plot([1, 2], label="line")
    axes.text(1, 1, "a word")
    axes.annotate("a note", (0, 1))
    figure.legend()
    svg = plotting.show(figure, alt="A line.").parts[0][0]
    for word in ("a word", "a note", "line"):
        drawn = next(text for text in ElementTree.fromstring(svg).iter() if text.text == word)
        assert "fill: currentColor" in drawn.get("style", "")
    assert "#ffffff" not in svg


def test_two_figures_on_one_page_share_no_id():
    first = plotting.show(line_chart(), alt="first").parts[0][0]
    second = plotting.show(line_chart(), alt="second").parts[0][0]
    ids = [set(re.findall(r' id="([^"]+)"', svg)) for svg in (first, second)]
    assert not ids[0] & ids[1]
    for svg, own in zip((first, second), ids, strict=True):
        assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= own


def test_same_figure_gives_the_same_bytes():
    assert plotting.show(line_chart(), alt="a").parts == plotting.show(line_chart(), alt="a").parts


@pytest.mark.parametrize("alt", ["", "   ", ["one", "two"]])
def test_a_figure_without_its_description_is_refused(alt):
    with pytest.raises(ValueError, match=r"1 figure\(s\) need as many descriptions"):
        plotting.show(line_chart(), alt=alt)


def test_data_stamp_says_whether_the_reviews_are_real():
    assert plotting.data_stamp("sample", 2_000) == "n = 2,000 · sample data"
    assert "sample" not in plotting.data_stamp("tfds", 25_000)


def test_style_leaves_matplotlib_as_it_was():
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    with plotting.style():
        assert mpl.rcParams["axes.spines.top"] is False
    assert dict(mpl.rcParams) == before


def test_glue_prints_the_value(capsys):
    plotting.glue("median_length", 174)
    assert capsys.readouterr().out == "here: median_length = 174\n"


def test_training_curves_of_every_seed_are_told_in_words_with_the_published_figure():
    picture = plotting.training("b1-simplernn")
    found = results.curves("b1-simplernn")
    last = found[found.epoch == found.epoch.max()]
    accuracy, loss = (alt for _, alt in picture.parts)
    assert f"to {last.val_accuracy.mean() / 100:.3f} in {found.epoch.max()} epochs" in accuracy
    assert f"published: {experiments.experiment('b1-simplernn').published.accuracy:.3f} on the test set" in accuracy
    assert f"to {last.val_loss.mean():.3f} in" in loss
    assert "published" not in loss


def test_mean_goes_as_far_as_every_seed_trained():
    found = results.curves("early-b2-lstm")
    shared = int(found.groupby("seed").epoch.max().min())
    assert f"in {shared} epochs" in plotting.training("early-b2-lstm").alt


def test_training_of_a_linear_model_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match="baseline-tfidf is a linear model"):
        plotting.training("baseline-tfidf")
