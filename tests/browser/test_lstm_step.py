"""One step of an LSTM: the same numbers as helpers.cells, in the picture, the equations and the trace."""

import numpy as np
from playwright.sync_api import expect

from helpers import cells, figures
from helpers.figures import compose
from tests.browser.pages import REPEAT, draw, results, slider


def test_the_lstm_takes_the_steps_of_helpers_cells(javascript):
    cases, expected = [], []
    for seed in range(20):
        kernel, recurrent, (bias, _) = draw(4, seed)
        x, h, c = np.random.default_rng(100 + seed).uniform(-1, 1, (3, 1))
        figure = figures.lstm_step(x[0], h[0], c[0], kernel[0], recurrent[0], bias)
        cases.append(figure.state)
        for _ in range(3):
            step = cells.lstm_step(x, h, c, kernel, recurrent, bias)
            h, c = step.h, step.c
        expected.append([h[0], c[0]])
    found = javascript(REPEAT, [compose.module("lstm_step"), cases, 3])
    np.testing.assert_allclose([[state["h"], state["c"]] for state in found], expected, atol=1e-12)
    assert [row["t"] for row in found[0]["trace"]] == [0, 1, 2, 3]


def lstm_results(state) -> list[float]:
    column = {letter: np.array([[state[f"{letter}_{block}"] for block in "ifco"]]) for letter in "wub"}
    h, c = np.array([state["h"]]), np.array([state["c"]])
    step = cells.lstm_step(np.array([state["x"]]), h, c, column["w"], column["u"], column["b"][0])
    return [float(value[0]) for value in (step.i, step.f, step.candidate, step.o, step.c, step.h)]


def test_the_equations_show_the_numbers_and_keys_move_them(figure_page):
    figure = figures.lstm_step()
    page = figure_page(figure).page
    state = figure.state
    np.testing.assert_allclose(results(page), lstm_results(state), atol=0.0051)
    for name, key, step in (("bias bf", "b_f", 0.1), ("input xt", "x", 0.1), ("old cell state", "c", 0.1)):
        slider(page, name).focus()
        for _ in range(5):
            page.keyboard.press("ArrowRight")
        state[key] += 5 * step
        np.testing.assert_allclose(results(page), lstm_results(state), atol=0.0051)
    label = page.locator("svg").first.get_attribute("aria-label")
    assert f"forget gate {lstm_results(state)[1]:.2f}" in label
    page.get_by_text("The weights").click()
    slider(page, "weight wi").focus()
    page.keyboard.press("End")
    state["w_i"] = 4
    np.testing.assert_allclose(results(page), lstm_results(state), atol=0.0051)
    # the announcer waits till the slider rests
    expect(page.locator(".rnn-live")).to_contain_text(f"Input gate {lstm_results(state)[0]:.2f}")


def test_every_equation_has_its_weights_as_numbers(figure_page):
    page = figure_page(figures.lstm_step(kernel=[1.5, -1, 2, 1])).page
    texts = page.locator(".rnn-equation").all_inner_texts()
    assert "σ(1.50·0.50 + 0.50·0.10 + 0.00)" in texts[0].replace("\n", "")
    assert "σ((−1.00)·0.50 + 0.50·0.10 + 1.00)" in texts[1].replace("\n", "")


def test_the_valves_are_open_by_their_gates(figure_page):
    page = figure_page(figures.lstm_step()).page
    plates = """() => [...document.querySelectorAll(".rnn-plate")]
        .map(({ height, width }) => Math.min(height.baseVal.value, width.baseVal.value) / 18)"""
    shut = page.evaluate(plates)
    i, f, _, o, *_ = lstm_results(figures.lstm_step().state)
    # the forget gate's plates close from above and below, the other two gates' from left and right
    np.testing.assert_allclose(shut, np.repeat([1 - f, 1 - i, 1 - o], 2), atol=1e-6)


def test_a_setting_the_trace_and_the_way_back(figure_page):
    page = figure_page(figures.lstm_step()).page
    start = results(page)
    assert not page.get_by_text("step", exact=True).is_visible()
    page.get_by_role("button", name="Add up").click()
    page.get_by_role("button", name="Ten steps").click()
    *_, c, h = results(page)
    assert c > 10
    assert abs(h) < 1
    trace = page.locator("svg").nth(1)
    assert trace.is_visible()
    assert "after step 10" in trace.get_attribute("aria-label")
    slider(page, "old cell state").focus()  # a state moved by hand begins a new line
    page.keyboard.press("ArrowLeft")
    assert not trace.is_visible()
    page.get_by_role("button", name="Back to the start").click()
    assert results(page) == start


def test_the_output_valve_changes_h_and_not_c(figure_page):
    page = figure_page(figures.lstm_step()).page
    *_, c, _ = results(page)
    assert not page.get_by_text("watch both states").is_visible()
    page.get_by_label("It does not change.").check()
    assert "✓ Right." in page.locator(".rnn-verdict").first.inner_text()
    assert page.get_by_text("watch both states").is_visible()
    slider(page, "bias bo").focus()
    page.keyboard.press("Home")
    *_, after, h = results(page)
    assert after == c
    assert abs(h) < 0.01
