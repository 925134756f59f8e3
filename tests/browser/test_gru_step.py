"""One step of a GRU: the same numbers as helpers.cells, in the picture, the equations and the trace."""

import re

import numpy as np
import pytest

from helpers import cells, figures
from helpers.figures import compose
from tests.browser.pages import REPEAT, draw, results, slider


@pytest.mark.parametrize("reset_after", [True, False])
def test_the_gru_takes_the_steps_of_helpers_cells(javascript, reset_after):
    cases, expected = [], []
    for seed in range(20):
        kernel, recurrent, bias = draw(3, seed)
        x, h = np.random.default_rng(100 + seed).uniform(-1, 1, (2, 1))
        cases.append(figures.gru_step(x[0], h[0], reset_after, kernel[0], recurrent[0], *bias).state)
        for _ in range(3):
            one_or_two = bias if reset_after else bias[0]
            h = cells.gru_step(x, h, kernel, recurrent, one_or_two, reset_after=reset_after).h
        expected.append(h[0])
    found = javascript(REPEAT, [compose.module("gru_step"), cases, 3])
    np.testing.assert_allclose([state["h"] for state in found], expected, atol=1e-12)


def test_the_switch_of_the_gru_and_its_second_biases(figure_page):
    figure = figures.gru_step()
    page = figure_page(figure).page
    after = results(page)
    assert slider(page, "second bias b′h").is_visible()
    page.get_by_label("before the product").check()
    before = results(page)
    assert not slider(page, "second bias b′h").is_visible()
    assert after != before
    assert "b′" not in "".join(page.locator(".rnn-equation").all_inner_texts())
    page.get_by_label("after the product").check()
    slider(page, "second bias b′h").focus()
    for _ in range(10):
        page.keyboard.press("ArrowLeft")  # to 0: with one unit the two are the same then
    facts = re.findall(r"(−?\d\.\d+)", page.locator(".rnn-facts").inner_text())
    assert facts[0] == facts[1]


def test_z_keeps_the_old_state(figure_page):
    page = figure_page(figures.gru_step(h=-0.8)).page
    page.get_by_label("The old state.").check()
    page.get_by_role("button", name="Keep").click()
    z, *_, h = results(page)
    assert z > 0.99
    assert h == pytest.approx(-0.8, abs=0.01)
    page.get_by_role("button", name="Replace").click()
    _, _, candidate, h = results(page)
    assert h == pytest.approx(candidate, abs=0.01)
