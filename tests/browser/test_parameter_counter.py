"""Counting parameters in the page: totals, formulas, what a wrong guess is told, silly numbers, the keyboard."""

import re

import pytest

from helpers import figures, params
from tests.closed_forms import total

COUNT = """async ([models]) => {
    const { count, total } = await import("/parameter_counter/model.mjs");
    return models.map((layers) => [total(count(layers, 32)), ...count(layers, 32).map((row) => row.parameters)]);
}"""
EXPLAIN = """async ([layers, guess]) => {
    const { count, explain } = await import("/parameter_counter/model.mjs");
    return explain(count(layers, 32), guess);
}"""
PRESETS = figures.parameter_counter().state["presets"]
LAYERS = {name: layers for name, _, layers in PRESETS}
WHOLE = """async ([typed, what]) => (await import("/parameter_counter/model.mjs")).whole(typed, what)"""


def recurrent(kind, units=32, **options):
    return {
        "kind": kind,
        "units": units,
        "bidirectional": False,
        "reset_after": True,
        "return_sequences": False,
    } | options


def embedding(num_words, output_dim):
    return {"kind": "Embedding", "num_words": num_words, "output_dim": output_dim}


def dense(units):
    return {"kind": "Dense", "units": units}


def shown_total(page) -> int:
    return int(re.search(r"Total: ([\d,]+)", page.locator(".rnn-total").inner_text())[1].replace(",", ""))


def field(page, layer, words):
    return page.get_by_role("group", name=f"layer {layer}", exact=True).get_by_label(words, exact=True)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


# --- counting --------------------------------------------------------------------------------------------------------


def test_every_model_of_the_course_has_its_count(figure_page):
    page = figure_page(figures.parameter_counter()).page
    for name, title, layers in PRESETS:
        page.get_by_label("A model of the course").select_option(f"{name}: {title}")
        assert shown_total(page) == total(layers), name


def test_counts_equal_the_closed_forms(javascript):
    stacks = [
        [
            embedding(500 * k, k),
            recurrent(kind, k + 3, bidirectional=both, reset_after=after),
            recurrent("GRU", 7),
            dense(k),
        ]
        for k in (1, 17, 300)
        for kind in ("SimpleRNN", "LSTM", "GRU")
        for both in (False, True)
        for after in (False, True)
    ]
    for stack, (found, *each) in zip(stacks, javascript(COUNT, [stacks]), strict=True):
        assert found == total(stack) == sum(each)


def test_without_an_embedding_the_input_has_features(javascript):
    assert javascript(COUNT, [[[recurrent("LSTM")], [dense(4)]]]) == [[8320, 8320], [132, 132]]


def test_formulas_and_numbers_are_written_as_params_writes_them(figure_page):
    import keras
    from keras import layers

    model = keras.Sequential(
        [
            keras.Input((None,)),
            layers.Embedding(8_000, 32),
            layers.Bidirectional(layers.GRU(32, return_sequences=True)),
            layers.GRU(8, reset_after=False, return_sequences=True),
            layers.LSTM(4, return_sequences=True),
            layers.SimpleRNN(3),
            layers.Dense(1),
        ]
    )
    figure = figures.parameter_counter()
    figure._start["layers"] = [
        embedding(8_000, 32),
        recurrent("GRU", bidirectional=True),
        recurrent("GRU", 8, reset_after=False),
        recurrent("LSTM", 4),
        recurrent("SimpleRNN", 3),
        dense(1),
    ]
    page = figure_page(figure).page
    lines = page.locator(".rnn-layer .rnn-equation").all_inner_texts()
    for line, row in zip(lines, params.explain(model).rows, strict=True):
        assert line.replace("\n", " ").startswith(f"{row.formula} = {row.numbers} = {row.parameters:,}")
    code = page.locator(".rnn-layer code").all_inner_texts()
    assert code[1] == "Bidirectional(GRU(32, return_sequences=True))"
    assert code[2] == "GRU(8, reset_after=False, return_sequences=True)"
    assert code[4] == "SimpleRNN(3)"


# --- the list --------------------------------------------------------------------------------------------------------


def test_layers_are_added_changed_moved_and_removed_by_keyboard(figure_page):
    page = figure_page(figures.parameter_counter("b2-lstm")).page
    page.get_by_role("button", name="Add a layer").focus()
    page.keyboard.press("Enter")  # an LSTM, before the Dense layer
    assert shown_total(page) == total(LAYERS["b5-stacked-lstm"])
    assert field(page, 2, "return_sequences").is_checked()
    assert field(page, 2, "return_sequences").is_disabled()
    assert "set for you" in page.locator(".rnn-layer").nth(1).inner_text()

    field(page, 3, "units").fill("8")
    assert shown_total(page) == 256_000 + params.lstm(32, 32) + params.lstm(8, 32) + params.dense(1, 8)
    page.get_by_role("button", name="move up layer 3").focus()
    page.keyboard.press("Enter")
    assert field(page, 2, "units").input_value() == "8"
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "move up layer 2"
    page.get_by_role("combobox", name="kind of layer 3").select_option("GRU")
    field(page, 3, "reset_after").uncheck()
    gru = params.gru(32, 8, reset_after=False)
    assert shown_total(page) == 256_000 + params.lstm(8, 32) + gru + params.dense(1, 32)

    for _ in range(4):
        page.get_by_role("button", name=re.compile("remove layer")).first.focus()
        page.keyboard.press("Enter")
    assert "without layers" in page.locator(".rnn-total").inner_text()
    assert page.evaluate("document.activeElement.textContent") == "Add a layer"


def test_what_cannot_stand_there_is_said(figure_page):
    page = figure_page(figures.parameter_counter()).page
    page.get_by_role("button", name="move down layer 1").click()
    assert "can only come first" in page.locator(".rnn-layer").nth(1).inner_text()
    assert "none yet" in page.locator(".rnn-total").inner_text()
    page.get_by_role("button", name="move up layer 2").click()
    assert shown_total(page) == total(LAYERS["b2-lstm"])
    for _ in range(20):
        if page.get_by_role("button", name="Add a layer").is_enabled():
            press(page, "Add a layer")
    assert page.locator(".rnn-layer").count() == 12


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("0", "units: 0 is too few"),
        ("-3", "units: -3 is too few"),
        (
            "1000000000",
            "1000000000 is too many for this figure, which counts up to 1,000,000. With so many units U alone",
        ),
        ("9e99", "9e99 is too many"),
        ("9" * 400, "is too many"),
        ("12.5", "12.5 is not whole"),
        ("eight", "“eight” is not a number"),
        ("", "type a whole number"),
        ("0x10", "“0x10” is not a number"),
        ("Infinity", "“Infinity” is not a number"),
        ("<b>4</b>", "“<b>4</b>” is not a number"),
    ],
)
def test_silly_numbers_get_a_sentence(javascript, typed, sentence):
    found = javascript(WHOLE, [typed, "units"])
    assert sentence in found["error"]
    assert len(found["error"]) < 200


@pytest.mark.parametrize("typed", ["32", " 32 ", "+32", "0032", "32.0", "3.2e1"])
def test_a_number_may_be_typed_in_several_ways(javascript, typed):
    assert javascript(WHOLE, [typed, "units"]) == {"value": 32}
    assert javascript(WHOLE, ["8,000", "words"]) == {"value": 8000}


def test_a_silly_number_in_the_page_stays_where_it_is(figure_page):
    seen = figure_page(figures.parameter_counter())
    page = seen.page
    field(page, 2, "units").fill("many")
    assert field(page, 2, "units").input_value() == "many"
    assert field(page, 2, "units").get_attribute("aria-invalid") == "true"
    assert "“many” is not a number" in page.locator(".rnn-layer").nth(1).inner_text()
    field(page, 2, "units").fill("16")
    assert shown_total(page) == 256_000 + params.lstm(16, 32) + params.dense(1, 16)
    assert seen.console == []


# --- guessing --------------------------------------------------------------------------------------------------------


def test_a_guess_comes_before_the_count(figure_page):
    page = figure_page(figures.parameter_counter("b3-gru", guess_first=True)).page
    right = total(LAYERS["b3-gru"])
    assert "?" in page.locator(".rnn-total").inner_text()
    assert f"{right:,}" not in page.inner_text("main")
    assert "256,000" not in page.inner_text("main")
    guess = page.get_by_label("Your guess of the total")
    guess.fill("none")
    guess.press("Enter")
    assert "“none” is not a number" in page.inner_text("main")
    guess.fill(str(right + 3 * 32))
    guess.press("Enter")
    assert "layer 2 is counted with two biases in each block (reset_after=False has one)" in page.inner_text("main")
    assert f"{right:,}" not in page.inner_text("main")
    guess.fill(f"{right:,}")
    guess.press("Enter")
    assert "✓" in page.inner_text("main")
    assert shown_total(page) == right
    page.get_by_label("A model of the course").select_option(index=2)  # another model, another guess
    assert "?" in page.locator(".rnn-total").inner_text()
    assert guess.input_value() == ""
    press(page, "Show the count")
    assert shown_total(page) == total(LAYERS["a2-bigru"])


STACK = [embedding(1_000, 50), recurrent("LSTM", 20, bidirectional=True), recurrent("GRU", 12), dense(3)]
BELOW, LSTM, GRU = 1_000 * 50, 2 * params.lstm(20, 50), params.gru(12, 40)


@pytest.mark.parametrize(
    ("guess", "sentence"),
    [
        (BELOW + LSTM // 2 + GRU + 39, "layer 2 is counted in one direction only (forgotten: ×2)"),
        (BELOW + LSTM // 4 + GRU + 39, "layer 2 is counted as a single block (forgotten: ×4)"),
        (BELOW + 2 * params.lstm(20, 50, use_bias=False) + GRU + 39, "layer 2 is counted without its biases"),
        (BELOW + LSTM + params.gru(12, 40, reset_after=False) + 39, "layer 3 is counted with one bias in each block"),
        (BELOW + LSTM + params.gru(12, 20) + 39, "layer 3 is counted as if it read 20 numbers"),
        (BELOW + LSTM + 4 * 12 * 54 + 39, "layer 3 is counted with four blocks"),
        (BELOW + LSTM + GRU, "layer 4 is counted not at all (left out)"),
        (BELOW + LSTM + GRU + 36, "layer 4 is counted without its biases"),
        (BELOW + 50 + LSTM + GRU + 39, "layer 1 is counted with a bias or a row too many"),
        (LSTM, "this is layer 2 alone"),
        (
            BELOW + 2 * params.lstm(20, 50, False) + params.gru(12, 40, True, False) + 36,
            "the same slip in layers 2, 3, 4",
        ),
        (BELOW + LSTM // 2 + GRU + 36, "layer 2 is counted in one direction only (forgotten: ×2), and layer 4"),
        (BELOW + LSTM // 8 + GRU + 39, "(forgotten: ×2) and as a single block (forgotten: ×4)"),
    ],
)
def test_a_wrong_guess_is_told_its_slip(javascript, guess, sentence):
    found = javascript(EXPLAIN, [STACK, guess])
    assert any(sentence in one for one in found), found
    assert len(found) <= 3


def test_a_guess_out_of_the_blue_is_not_explained(javascript):
    assert javascript(EXPLAIN, [STACK, 77_777]) == []


def test_the_question_reveals(figure_page):
    page = figure_page(figures.parameter_counter()).page
    assert not page.get_by_text("Tick Bidirectional").is_visible()
    page.get_by_label("The LSTM and the Dense layer.").check()
    assert page.get_by_text("Tick Bidirectional").is_visible()
    before = page.locator(".rnn-layer").nth(2).inner_text()
    field(page, 2, "Bidirectional").check()
    assert page.locator(".rnn-layer").nth(2).inner_text() != before
    assert shown_total(page) == total(LAYERS["b4-bilstm"])


def test_a_model_that_is_drawn_can_be_counted(figure_page):
    page = figure_page(figures.parameter_counter()).page
    for _ in range(10):
        press(page, "Draw one for me")
        assert shown_total(page) > 1_000
        assert "✗" not in page.locator(".rnn-layers").inner_text()
