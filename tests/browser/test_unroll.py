"""The unrolled network in the page: its numbers are those of helpers.cells, there and back; keys step through it."""

import numpy as np
import pytest

from helpers import cells, figures

JOURNEY = """async ({ words, ...settings }) => {
    const { journey, soFar, wordsOf } = await import("/unroll/model.mjs");
    const trip = journey({ words: wordsOf(words), ...settings });
    const plain = (step) => ({ h: [...step.h], da: [...step.da], dh: [...step.dh], a: [...step.sum.a] });
    return {
        xs: trip.xs, steps: trip.steps.map(plain),
        sums: ["kernel", "recurrent", "bias"].map((name) => [...trip[name]]),
        soFar: trip.steps.map((_, t) => [...soFar(trip.steps, t, "recurrent")]),
    };
}"""
SENTENCES = ("good", "bad plot but really good music", "one two three four five six seven eight")


def random_weights(units, seed):
    random = np.random.default_rng(seed)
    return [random.uniform(-2, 2, size=shape) for shape in ((1, units), (units, units), (units,))]


def reference(xs, W, U, b, target=1.0):
    """States, and gradients of ½ ‖h_T − target‖²."""
    x = np.array(xs)[:, np.newaxis]
    h = cells.simple_rnn(x, W, U, b, return_sequences=True)
    return h, cells.simple_rnn_backward(h[-1] - target, x, W, U, b)


@pytest.mark.parametrize("units", [1, 2])
@pytest.mark.parametrize("words", SENTENCES)
def test_the_numbers_are_those_of_helpers_cells(javascript, units, words):
    for seed in range(5):
        W, U, b = random_weights(units, seed)
        flat = {"kernel": W.ravel().tolist(), "recurrent": U.ravel().tolist(), "bias": b.tolist()}
        trip = javascript(JOURNEY, {"words": words, "given": None, "target": [1.0] * units, **flat})
        assert len(trip["xs"]) == len(words.split())
        h, gradients = reference(trip["xs"], W, U, b)

        np.testing.assert_allclose([step["h"] for step in trip["steps"]], h, atol=1e-12)
        np.testing.assert_allclose([np.tanh(step["a"]) for step in trip["steps"]], h, atol=1e-12)
        np.testing.assert_allclose([step["dh"] for step in trip["steps"]], gradients.h, atol=1e-12)
        np.testing.assert_allclose([step["da"] for step in trip["steps"]], gradients.h * (1 - h**2), atol=1e-12)
        for ours, theirs in zip(
            trip["sums"], (gradients.kernel, gradients.recurrent_kernel, gradients.bias), strict=True
        ):
            np.testing.assert_allclose(ours, theirs.ravel(), atol=1e-12)

        # the sum as it grows: the terms of the steps from t to the end
        before = np.concatenate([np.zeros((1, units)), h[:-1]])
        terms = before[:, :, np.newaxis] * (gradients.h * (1 - h**2))[:, np.newaxis]
        grown = terms[::-1].cumsum(axis=0)[::-1].reshape(len(h), -1)
        np.testing.assert_allclose(trip["soFar"], grown, atol=1e-12)


def test_a_word_has_one_number(javascript):
    numbers = """async (words) => {
        const { numberOf } = await import("/unroll/model.mjs");
        return words.map((word) => [numberOf(word, null), numberOf(word, { good: 1, constructor: -1 })]);
    }"""
    words = ["Good", "good", "constructor", "toString", "Ärger", "😀", *(f"word{k}" for k in range(300))]
    hashed, given = np.array(javascript(numbers, words)).T
    assert hashed[0] == hashed[1]
    assert given[:4].tolist() == [1, 1, -1, 0]
    np.testing.assert_allclose(hashed, np.round(hashed, 1), atol=1e-12)
    assert set(np.round(hashed, 1) + 0.0) == set(np.round(np.arange(-10, 11) / 10, 1) + 0.0)


def numbers(texts):
    """−1.2·10⁻³ as a number, and so on."""
    plain = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")
    return [float(text.split("= ")[-1].translate(plain).replace("·10", "e")) for text in texts]


def in_the_picture(page, name):
    return numbers(page.locator(f"[data-name={name}]").all_text_contents())


def sums(page):
    """What stands at the weights: the gradients so far."""
    return numbers(page.locator(".rnn-gradient").all_text_contents())


@pytest.mark.parametrize("width", [1300, 360])
@pytest.mark.parametrize("units", [1, 2])
def test_what_is_shown_is_what_helpers_cells_computes(figure_page, units, width):
    W, U, b = (weights.round(1) for weights in random_weights(units, seed=units))
    words = "fine cast but a dull long plot"
    figure = figures.unroll(words, W, U, b, numbers={"fine": 1, "dull": -0.8, "long": -0.3}, position=14)
    page = figure_page(figure, width=width).page
    h, gradients = reference([1, 0, 0, 0, -0.8, -0.3, 0], W, U, b)

    for t, (state, da) in enumerate(zip(h, gradients.h * (1 - h**2), strict=True), start=1):
        np.testing.assert_allclose(in_the_picture(page, f"h{t}"), state, atol=0.0051)
        np.testing.assert_allclose(in_the_picture(page, f"da{t}"), da, atol=0.00051)
    weights = np.concatenate([one.ravel() for one in (gradients.kernel, gradients.recurrent_kernel, gradients.bias)])
    np.testing.assert_allclose(sums(page), weights, atol=0.00051)


def test_keys_step_there_and_back(figure_page):
    page = figure_page(figures.unroll("not bad at all")).page
    facts, button = page.locator(".rnn-facts"), page.get_by_role("button", name="Step ▶")
    assert "loop" in facts.inner_text()
    button.focus()
    copies = []
    for _ in range(4):
        page.keyboard.press("Enter")
        copies.append(page.locator(".rnn-drawing rect.rnn-blue").count())
    assert copies == [1, 2, 3, 4]
    assert "Step 4, “all”" in facts.inner_text()
    assert sums(page) == [0, 0, 0]

    totals = []
    for step in (4, 3, 2, 1):
        page.keyboard.press("ArrowRight")
        assert f"Back in step {step}" in facts.inner_text()
        totals.append(tuple(sums(page)))
    assert len(set(totals)) >= 3
    assert totals[-1][1] == totals[-2][1]  # the first step adds nothing to du
    page.keyboard.press("ArrowRight")  # there is no further step
    assert page.evaluate("document.activeElement.textContent") == "Step ▶"
    assert button.get_attribute("aria-disabled") == "true"
    page.keyboard.press("ArrowLeft")
    assert "Back in step 2" in facts.inner_text()
    page.get_by_role("button", name="Start over").press("Enter")
    assert "loop" in facts.inner_text()


def test_it_plays_and_can_be_stopped(figure_page):
    page = figure_page(figures.unroll("not bad", backward=False)).page
    page.clock.install()
    page.get_by_role("button", name="Play").press("Enter")
    page.wait_for_function("document.querySelector('.rnn-facts').textContent.includes('Step 1')")
    page.get_by_role("button", name="Pause").press("Enter")
    assert page.get_by_role("button", name="Play").count() == 1
    page.clock.run_for(60_000)
    assert "Step 1" in page.locator(".rnn-facts").inner_text()
    page.get_by_role("button", name="Play").press("Enter")
    page.wait_for_function("document.querySelector('.rnn-facts').textContent.includes('Step 2')")
    page.wait_for_function("[...document.querySelectorAll('button')].some(one => one.textContent === 'Play')")
    assert "gradient" not in page.locator(".rnn-figure").inner_text()  # this one only goes there


def states(page):
    return [in_the_picture(page, f"h{t}") for t in range(1, 5)]


def test_one_slider_moves_all_steps(figure_page):
    page = figure_page(figures.unroll("bad plot good cast", position=4)).page
    before = states(page)
    assert page.locator("input[type=range]").count() == 3
    page.get_by_label("u =").press("ArrowRight")
    after = states(page)
    assert before[0] == after[0]  # no state came before the first word
    assert all(one != other for one, other in zip(before[1:], after[1:], strict=True))
    assert "u = 0.80" in page.locator(".rnn-weights").inner_text()


def test_the_question_reveals_what_to_do(figure_page):
    page = figure_page(figures.unroll()).page
    hint = page.get_by_text("Press Step and watch du grow")
    assert not hint.is_visible()
    page.get_by_label("one kernel and one gradient").press("Space")
    assert hint.is_visible()
    assert "✓" in page.locator(".rnn-verdict").inner_text()


def test_a_sentence_of_ones_own(figure_page):
    page = figure_page(figures.unroll(position=8)).page
    field = page.get_by_label("Your sentence")
    field.fill("one two three <b>four</b> five six seven eight nine ten")
    drawn = page.locator(".rnn-drawing").inner_html()
    assert "&lt;b&gt;four" in drawn
    assert "nine" not in drawn
    assert "The first 8 words are read" in page.locator(".rnn-figure").inner_text()
    field.fill("   ")
    assert "at least one word" in page.locator(".rnn-facts").inner_text()
    page.get_by_role("button", name="Step ▶").press("Enter")
    field.fill("back again")
    assert "Step 2, “again”" in page.locator(".rnn-facts").inner_text()
    field.fill("x" * 100_000)
    assert len(field.input_value()) <= 400
    assert page.evaluate("document.documentElement.scrollWidth") <= 1300
