"""The bench of two reviews: the matrix is that of helpers.text, and what is lost is marked."""

import itertools

import pytest

from helpers import figures, text

FIRST, SECOND = "Don't go: the start is slow, the end is<br />slower & I left.", "İt was ΑΣ the end"


def matrix(page):
    """Code, meaning and mask of every place, as they stand in the table."""
    rows = page.locator(".rnn-matrix tr").all()
    return [[cell.inner_text().split("\n") for cell in row.locator("td").all()] for row in rows]


def expected(size, length, padding, truncating):
    vocabulary = text.Vocabulary.from_texts([FIRST, SECOND], num_words=size + 4)
    codes = [vocabulary.encode(one) for one in (FIRST, SECOND)]
    return text.pad(codes, length, padding=padding, truncating=truncating), vocabulary


@pytest.mark.parametrize(("size", "length"), [(9, 7), (0, 1), (40, 30)])
def test_the_matrix_is_that_of_pad_on_all_sides(figure_page, size, length):
    page = figure_page(figures.padding_bench(FIRST, SECOND, size=size, length=length, mask=True)).page
    for padding, truncating in itertools.product(("pre", "post"), repeat=2):
        page.locator("fieldset", has_text="Put the zeros").get_by_label(f"({padding})").check()
        page.locator("fieldset", has_text="Cut a long review").get_by_label(f"({truncating})").check()
        x, vocabulary = expected(size, length, padding, truncating)
        shown = matrix(page)
        assert [[int(cell[0]) for cell in row] for row in shown] == x.tolist()
        assert [[cell[1] for cell in row] for row in shown] == [
            [vocabulary.words.get(int(code), text.SPECIAL.get(int(code))) for code in row] for row in x
        ]
        assert [[cell[2] for cell in row] for row in shown] == text.mask(x).astype(str).tolist()
        assert f'padding="{padding}", truncating="{truncating}"' in page.inner_text("code")


def test_what_is_lost_is_marked_and_counted(figure_page):
    page = figure_page(figures.padding_bench("one two three four five", "one two", size=2, length=4)).page
    assert page.locator("s.rnn-lost").all_inner_texts() == ["[START]", "one"]
    assert page.locator("span.rnn-lost").all_inner_texts() == ["[three]", "[four]", "[five]"]
    facts = page.inner_text(".rnn-facts")
    assert "2 of 5 different words" in facts
    assert "Review 1 loses 2 codes at the beginning and 3 unknown words, and it gets no zeros." in facts
    assert "Review 2 loses nothing, and it gets 1 zero. Of 7 words 3 arrive." in facts
    assert "reads the zero like a word" in facts
    page.get_by_label("mask the zeros").check()
    assert "skips the zeros" in page.inner_text(".rnn-facts")


def test_type_and_slide(figure_page):
    seen = figure_page(figures.padding_bench())
    page = seen.page
    page.get_by_label("Review 1").fill("rain rain snow")
    page.wait_for_function("document.querySelector('.rnn-words').textContent.includes('snow')")
    size = page.get_by_label("words in the vocabulary")
    assert size.get_attribute("max") == "6"  # rain, the, end, was, snow, great
    size.focus()
    page.keyboard.press("Home")
    assert [[cell[0] for cell in row] for row in matrix(page)] == [
        ["0"] * 4 + ["1", "2", "2", "2"],
        ["0"] * 3 + ["1"] + ["2"] * 4,
    ]
    page.keyboard.press("ArrowRight")
    assert "rain" in [cell[1] for cell in matrix(page)[0]]
    page.get_by_label("Review 1").fill("<script>window.harmed = 1</script>" + "x" * 100_000)
    page.wait_for_selector("text=longer than 600 characters")
    page.wait_for_function("document.querySelector('.rnn-words').textContent.includes('harmed')")
    assert page.evaluate("window.harmed") is None
    assert page.evaluate("document.documentElement.scrollWidth") <= 1300
    assert seen.console == []


def test_the_question(figure_page):
    page = figure_page(figures.padding_bench()).page
    page.get_by_label("was a total mess").check()
    assert page.inner_text(".rnn-verdict").startswith("✓")
