"""A review read in the page: Keras's recorded networks, number by number, and a reader's way through the figure."""

import base64
import re

import numpy as np
import pytest

from helpers import cells, data, figures, text
from helpers.data import SourceUnavailable
from helpers.results import records

MODELS = ["b1-simplernn", "b2-lstm", "b3-gru", "b4-bilstm", "b4-bilstm-masked"]
LENGTH = 200

# Networks by their names, and the reviews as strings, in one call
READ = """async ({ words, networks, reviews, states }) => {
    const { encode, tokenize, vocabulary } = await import("/shared/text.mjs");
    const { LENGTH, readReview, unpack } = await import("/read_review/model.mjs");
    const bytes = (base64) => new DataView(Uint8Array.from(atob(base64), (one) => one.charCodeAt(0)).buffer);
    const codes = vocabulary(words);
    const plain = (state) => Object.fromEntries(Object.entries(state).map(([name, values]) => [name, [...values]]));
    return Object.fromEntries(Object.entries(networks).map(([name, [weights, recorded]]) => {
        const net = unpack(bytes(weights), recorded);
        return [name, reviews.map((review) => {
            const read = readReview(net, encode(tokenize(review), codes).slice(-LENGTH));
            const all = states && read.readers.map((reader) => reader.states.map(plain));
            return { probability: read.probability, running: read.running, states: all };
        })];
    }));
}"""


@pytest.fixture(scope="module")
def recorded(rnn_data):
    """What the figure ships: the words, and of each model its weights and its description."""
    whole = figures.read_review(MODELS[0], compare=MODELS[1:])
    words = whole.files["words"]().decode().split("\n")
    described = whole.state["models"]
    weights = {name: base64.b64encode(whole.files[one["file"]]()).decode() for name, one in described.items()}
    return {"words": words, "networks": {name: [weights[name], described[name]] for name in MODELS}}


@pytest.fixture(scope="module")
def reviews(rnn_data):
    """220 test reviews: every hundredth, and the longest and shortest of all."""
    texts = data.load_imdb("test").texts
    by_length = sorted(texts, key=len)
    return [*texts[::125], *by_length[:10], *by_length[-10:]]


@pytest.fixture(scope="module")
def codes(rnn_data):
    return text.Vocabulary.from_word_index(data.load_imdb_word_index(), num_words=8_000)


def keras_model(name):
    from helpers.experiments import build

    model = build(name)
    model.set_weights(records.load_weights(name))
    return model


@pytest.mark.real_data
def test_probabilities_are_those_of_keras(javascript, recorded, reviews, codes):
    assert len(reviews) >= 200
    sentence = "the start is boring and a waste of time but the story is great"
    in_page = javascript(READ, recorded | {"reviews": [*reviews, sentence]})
    beginnings = [codes.encode(sentence)[:end] for end in range(1, len(codes.encode(sentence)) + 1)]
    for name in MODELS:
        side = "post" if name == "b4-bilstm-masked" else "pre"
        rows = [*map(codes.encode, reviews), *beginnings]
        theirs = keras_model(name).predict(text.pad(rows, LENGTH, padding=side, truncating="pre"), verbose=0)[:, 0]
        *whole, last = in_page[name]
        ours = [one["probability"] for one in whole]
        np.testing.assert_allclose(ours, theirs[: len(ours)], atol=1e-5, rtol=0, err_msg=name)
        # one reading of a sentence gives what a reading of every beginning gives, padded anew
        assert (last["running"] is None) == ("bilstm" in name)
        if last["running"]:
            np.testing.assert_allclose(last["running"], theirs[len(ours) :], atol=1e-5, rtol=0, err_msg=name)


@pytest.mark.real_data
def test_states_and_gates_are_those_of_the_cells(javascript, recorded, reviews, codes):
    """Against NumPy in float64, and NumPy's cells are tested against Keras."""
    some = [reviews[-11], reviews[-1], "not a single dull minute"]
    in_page = javascript(READ, recorded | {"reviews": some, "states": True})
    for name in ("b1-simplernn", "b2-lstm", "b3-gru", "b4-bilstm"):
        embedding, *loop, dense_kernel, dense_bias = (one.astype("float64") for one in records.load_weights(name))
        for review, found in zip(some, in_page[name], strict=True):
            row = text.pad([codes.encode(review)], LENGTH, padding="pre", truncating="pre")[0]
            n = min(LENGTH, len(codes.encode(review)))
            for which, got in enumerate(found["states"]):
                rows = row[::-1] if which else row
                states = list(walk(name, embedding[rows], loop[3 * which : 3 * which + 3]))
                states = states[:n][::-1] if which else states[-n:]
                for ours, theirs in zip(got, states, strict=True):
                    assert ours.keys() == theirs.keys()
                    for quantity, values in ours.items():
                        np.testing.assert_allclose(values, theirs[quantity], atol=1e-9, err_msg=quantity)
                if found["running"]:
                    logits = np.array([state["h"] for state in states]) @ dense_kernel[:, 0] + dense_bias
                    np.testing.assert_allclose(found["running"], cells.sigmoid(logits), atol=1e-9)


def walk(name, inputs, weights):
    """The states and gates after each step, by the names that the figure has for them."""
    state = {"h": np.zeros(32), "c": np.zeros(32)}
    for x_t in inputs:
        if name == "b1-simplernn":
            state = {"h": cells.simple_rnn_step(x_t, state["h"], *weights)}
        elif name == "b3-gru":
            state = cells.gru_step(x_t, state["h"], *weights, reset_after=False)._asdict()
        else:
            state = cells.lstm_step(x_t, state["h"], state["c"], *weights)._asdict()
        if "candidate" in state:
            state["g"] = state.pop("candidate")
        yield state


# --- what a reader does ---------------------------------------------------------------------------------------------


def says(page):
    """The probabilities on the figure, by network."""
    lines = page.locator(".rnn-facts:not(.rnn-cell) strong").all_inner_texts()
    return {name: float(value) for name, value in (line.split(": ") for line in lines)}


@pytest.mark.real_data
def test_type_compare_and_look_into_a_cell(figure_page, codes):
    figure = figures.read_review("b2-lstm", compare=["b1-simplernn", "b4-bilstm"], show="c")
    seen = figure_page(figure)
    page = seen.page
    assert says(page).keys() == {"LSTM", "SimpleRNN"}

    review = "It was <br/> blorple, and NOT a single dull minute!"
    page.get_by_label("Your review").fill(review)
    page.wait_for_function("document.querySelector('.rnn-words').textContent.includes('[blorple]')")
    x = text.pad([codes.encode(review)], LENGTH, padding="pre", truncating="pre")
    expected = {"LSTM": "b2-lstm", "SimpleRNN": "b1-simplernn"}
    expected = {label: keras_model(name).predict(x, verbose=0)[0, 0] for label, name in expected.items()}
    assert says(page) == pytest.approx(expected, abs=0.0051)
    chart = page.locator("svg[role=img]").get_attribute("aria-label")
    assert chart.count("[blorple]") == 2
    assert re.search(r"LSTM: \(start\) 0\.\d\d, it 0\.\d\d", chart)
    assert page.locator("svg circle").count() == page.locator("svg rect").count() == 10

    heat = page.get_by_role("application")
    assert "c, the cell state" in heat.get_attribute("aria-label")
    assert "“minute”, word 9" in page.inner_text(".rnn-cell")
    heat.focus()
    for key in ("Home", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowLeft", "End", "ArrowLeft"):
        page.keyboard.press(key)
    cell = page.inner_text(".rnn-cell")
    assert "“dull”, word 8" in cell
    assert "new c = f · old c + i · g = " in cell
    f, old, i, g, new = (float(one.replace("−", "-")) for one in re.findall(r"−?\d\.\d{3}", cell.split("new h")[0]))
    assert f * old + i * g == pytest.approx(new, abs=2e-3)
    page.wait_for_function("[...document.querySelectorAll('.rnn-live')].some(one => one.textContent.includes('dull'))")

    page.locator(".rnn-heat canvas").hover(position={"x": 3, "y": 3})
    assert page.inner_text(".rnn-cell").startswith("The start, ")

    page.get_by_label("Colours show").locator("visible=true").select_option("f")
    assert "f, the forget gate" in heat.get_attribute("aria-label")
    assert seen.console == []


def test_a_further_network_is_fetched_when_it_is_chosen(figure_page):
    seen = figure_page(figures.read_review("b2-lstm", compare=["b1-simplernn", "b4-bilstm"], text="a fine film"))
    asked = []
    seen.page.on("request", lambda request: asked.append(request.url))
    fetched = "[...document.scripts].map(one => one.src).filter(one => one.includes('weights')).length"
    assert seen.page.evaluate(fetched) == 2
    seen.page.get_by_label("Network").select_option("b4-bilstm")
    seen.page.wait_for_function("document.querySelector('.rnn-facts').textContent.includes('two-way LSTM')")
    assert len(asked) == 1
    # the curve comes a little later, and its last point is the verdict
    seen.page.wait_for_function("document.querySelectorAll('svg circle').length === 4")
    last = seen.page.locator("svg[role=img]").get_attribute("aria-label").split(" SimpleRNN:")[0]
    assert float(last.removesuffix(".").split()[-1]) == says(seen.page)["two-way LSTM"]
    assert "64 units down, 4 words across" in seen.page.get_by_role("application").get_attribute("aria-label")


def test_the_weights_that_do_not_come_are_named(figure_page):
    seen = figure_page(figures.read_review(compare=["b1-simplernn", "b3-gru"]), refuse="**/weights_b3_gru*")
    seen.page.get_by_label("Compare with").select_option("b3-gru")
    seen.page.wait_for_selector("text=The weights of the GRU could not be fetched.")
    assert says(seen.page).keys() == {"LSTM"}


@pytest.mark.real_data
def test_the_question_is_answered_by_the_network_itself(figure_page, codes):
    seen = figure_page(figures.read_review("b3-gru"))
    seen.page.locator("input[type=radio]").first.check()
    verdict = seen.page.inner_text(".rnn-verdict")
    pair = ["not a single dull minute", "a single dull minute"]
    x = text.pad([codes.encode(one) for one in pair], LENGTH, padding="pre", truncating="pre")
    with_not, without = keras_model("b3-gru").predict(x, verbose=0)[:, 0]
    assert f"It says {with_not:.2f}." in verdict
    assert f"gets {without:.2f}" in verdict
    assert verdict.startswith("✓") == (with_not < 0.4)
    seen.page.get_by_role("button", name="Watch it read").click()
    assert says(seen.page) == {"GRU": pytest.approx(with_not, abs=0.0051)}


def test_long_and_hostile_texts(figure_page):
    seen = figure_page(figures.read_review(compare="b4-bilstm"))
    page = seen.page
    box = page.get_by_label("Your review")
    harm = "<script>window.harmed = 1</script><img src=x onerror='window.harmed = 1'>"
    box.fill("good " * 20_000 + harm)
    page.wait_for_selector("text=longer than 20,000 characters")
    page.wait_for_function("document.querySelector('.rnn-words').textContent.includes('only the last 200 count')")
    assert len(box.input_value()) == 20_000
    assert "200 words across" in page.get_by_role("application").get_attribute("aria-label")
    page.get_by_label("Your review").fill(harm)
    page.wait_for_function("document.querySelector('.rnn-words').textContent.includes('script window')")
    box.fill("w" * 5_000)
    page.wait_for_function("document.querySelector('.rnn-words').textContent.includes('www')")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1300
    box.fill("")  # nothing but zeros and the start: it answers all the same
    page.wait_for_function("!document.querySelector('.rnn-words').textContent.includes('www')")
    assert set(says(page)) == {"LSTM", "two-way LSTM"}
    assert page.evaluate("window.harmed") is None
    assert seen.console == []


def test_it_reads_without_the_real_reviews(figure_page, monkeypatch):
    def unavailable(source):
        raise SourceUnavailable("no network")

    monkeypatch.setattr(data, "load_imdb_word_index", unavailable)
    seen = figure_page(figures.read_review(compare="b3-gru"))
    assert says(seen.page).keys() == {"LSTM", "GRU"}
    assert seen.console == []
