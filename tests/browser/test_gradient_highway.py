"""Gradients that run back through three cells in the page: equal to helpers.cells, quick, and moved by keys."""

import numpy as np
import pytest

from helpers import cells, figures

BACK = {"SimpleRNN": cells.simple_rnn_backward, "LSTM": cells.lstm_backward, "GRU": cells.gru_backward}
BLOCKS = {"SimpleRNN": 1, "LSTM": 4, "GRU": 3}

MEASURE = """async (settings) => {
    const { KINDS, UNITS, data, measure, weightsOf } = await import("/gradient_highway/model.mjs");
    const { sequences, last } = data(settings);
    return {
        units: UNITS, x: sequences.map((inputs) => inputs.map((x) => [...x])), last: last.map((g) => [...g]),
        cells: Object.fromEntries(KINDS.map((kind) => {
            const { kernel, recurrent, bias } = weightsOf(kind, settings), { left, norm } = measure(kind, settings);
            return [kind, { weights: [[...kernel], [...recurrent], [...bias]], left: [...left], norm }];
        })),
    };
}"""
THROUGH = """async ({ kind, weights, x, last, units }) => {
    const { throughTime } = await import("/shared/backward.mjs");
    const [kernel, recurrent, bias] = weights.map((one) => Float64Array.from(one));
    const back = throughTime(kind, { kernel, recurrent, bias, units, resetAfter: true }, x, last);
    return {
        sums: [back.kernel, back.recurrent, back.bias].map((one) => [...one]),
        dh: back.steps.map(({ dh }) => [...dh]), dc: back.steps.map(({ dc }) => [...(dc ?? [])]),
    };
}"""


def named(radius, steps, forget, update, seed):
    return {"radius": radius, "steps": steps, "forget": forget, "update": update, "seed": seed}


def shaped(weights, kind, units):
    """Flat weights in Keras's shapes."""
    kernel, recurrent, bias = (np.array(array) for array in weights)
    width = BLOCKS[kind] * units
    return kernel.reshape(-1, width), recurrent.reshape(units, width), bias.reshape(2, -1) if kind == "GRU" else bias


@pytest.mark.parametrize("kind", list(BACK))
def test_the_way_back_is_that_of_helpers_cells(javascript, kind):
    for seed in range(4):
        random = np.random.default_rng(seed)
        units, features, width = 5, 3, 5 * BLOCKS[kind]
        shapes = ((features, width), (units, width), (2, width) if kind == "GRU" else (width,))
        weights = [random.normal(size=shape) for shape in shapes]
        x, last = random.normal(size=(9, features)), random.normal(size=units)
        flat = [array.ravel().tolist() for array in weights]
        ours = javascript(
            THROUGH, {"kind": kind, "weights": flat, "x": x.tolist(), "last": last.tolist(), "units": units}
        )
        theirs = BACK[kind](last, x, *weights)
        np.testing.assert_allclose(ours["dh"], theirs.h, atol=1e-12)
        if kind == "LSTM":
            np.testing.assert_allclose(ours["dc"], theirs.c, atol=1e-12)
        for mine, other in zip(ours["sums"], (theirs.kernel, theirs.recurrent_kernel, theirs.bias), strict=True):
            np.testing.assert_allclose(mine, other.ravel(), atol=1e-12)


@pytest.mark.parametrize(
    "settings", [(0.5, 200, 1, 0, 5), (0.9, 100, 1, 0, 5), (1.5, 60, 4, 4, 1), (3.0, 120, -2, 6, 2)]
)
def test_what_is_left_is_what_helpers_cells_measures(javascript, settings):
    settings = named(*settings)
    found = javascript(MEASURE, settings)
    units, x, last = found["units"], np.array(found["x"]), np.array(found["last"])
    assert x.shape[1] == settings["steps"] + 1
    for kind, cell in found["cells"].items():
        weights = shaped(cell["weights"], kind, units)
        for kernel in np.split(weights[1], BLOCKS[kind], axis=1):
            radius = np.abs(np.linalg.eigvals(kernel)).max()
            np.testing.assert_allclose(radius, settings["radius"], rtol=1e-8)
        gradients = BACK[kind](last, x, *weights)
        both = np.concatenate([gradients.h, gradients.c], axis=-1) if kind == "LSTM" else gradients.h
        lengths = np.linalg.norm(both, axis=-1)[:, ::-1]
        left = np.exp(np.log(lengths / lengths[:, :1]).mean(axis=0))
        np.testing.assert_allclose(cell["left"], left, rtol=1e-4)  # chaos at radius 3 enlarges each rounding error
        _, norm = cells.clip_by_global_norm([gradients.kernel, gradients.recurrent_kernel, gradients.bias], 1.0)
        np.testing.assert_allclose(cell["norm"], norm, rtol=1e-4)


def table(page, column):
    """Numbers of one column of the table, by cell."""
    plain = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--", ",")
    texts = {kind: page.locator(f"[data-{column}={kind}]").inner_text().translate(plain) for kind in BACK}
    return {kind: float(text.replace("·10", "e")) for kind, text in texts.items()}


def test_the_page_shows_what_it_measures(figure_page, javascript):
    start = named(1.2, 40, 1, 0, 3)
    found = javascript(MEASURE, start)["cells"]
    page = figure_page(figures.gradient_highway(radius=1.2, steps=40, seed=3, clip=True)).page
    for column, value in (
        ("left", lambda cell: cell["left"][-1]),
        ("norm", lambda cell: cell["norm"]),
        ("clipped", lambda cell: min(1, cell["norm"])),
    ):
        for kind, number in table(page, column).items():
            np.testing.assert_allclose(
                number, value(found[kind]), rtol=0.05, atol=0.005 if column != "left" else 0.0005
            )


def test_the_question_and_its_button(figure_page):
    page = figure_page(figures.gradient_highway()).page
    show = page.get_by_role("button", name="Show radius 0.9 and 100 steps")
    assert not show.is_visible()
    page.get_by_label("about a tenth").press("Space")
    show.press("Enter")
    assert "ρ = 0.90" in page.locator(".rnn-controls").inner_text()
    left = table(page, "left")
    assert left["GRU"] < left["SimpleRNN"] < 1e-4  # as the answer and the description say

    for _ in range(8):
        page.get_by_label("GRU: update-gate bias").press("ArrowRight")  # from 0 to 4
    assert 0.1 < table(page, "left")["GRU"] < 0.25
    assert table(page, "left")["LSTM"] == left["LSTM"]


def test_the_claims_hold_for_other_weights(javascript):
    for seed in range(1, 11):
        left = javascript(MEASURE, named(0.9, 100, 1, 0, seed))["cells"]
        assert left["GRU"]["left"][-1] < left["SimpleRNN"]["left"][-1] < 1e-4


def test_clipping_moves_a_line_as_a_whole(figure_page):
    page = figure_page(figures.gradient_highway(radius=3, steps=100)).page
    lines = "[...document.querySelectorAll('[data-kind=SimpleRNN]')].map(one => one.getAttribute('points'))"

    def heights():
        (points,) = page.evaluate(lines)
        return np.array([float(point.split(",")[1]) for point in points.split()])

    before = heights()
    page.get_by_label("clip the gradient").press("Space")
    moved = heights() - before
    assert moved.min() > 10
    np.testing.assert_allclose(moved, moved[0], atol=0.02)
    assert table(page, "clipped")["SimpleRNN"] == 1
    assert "its slope stays" in page.locator(".rnn-facts").inner_text()


def test_it_answers_at_once_at_200_steps(figure_page):
    page = figure_page(figures.gradient_highway(steps=200)).page
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})  # other programs on this machine do not count

    def spent():
        metrics = devtools.send("Performance.getMetrics")["metrics"]
        return {one["name"]: one["value"] for one in metrics}["TaskDuration"]

    page.get_by_label("spectral radius").focus()
    times = []
    for _ in range(8):
        before = spent()
        page.keyboard.press("ArrowRight")
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")  # when it is drawn
        times.append(spent() - before)
    assert sorted(times)[len(times) // 2] < 0.1, times


def test_other_weights_give_another_picture(figure_page):
    page = figure_page(figures.gradient_highway()).page
    before = table(page, "left")
    page.get_by_role("button", name="Other random weights").press("Enter")
    assert table(page, "left") != before
