"""What only a browser can see: every page of the book, light and dark, wide and narrow.

Opening a page takes longer than looking at it, so one visit serves many checks; each reports for itself.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.pages import HTML, ROOT, Visit, cut_off

PAGES = sorted(
    page
    for folder in ("notebooks", "book")
    for source in (ROOT / folder).glob("*.md")
    if (
        HTML / (page := f"{folder}/{source.stem}.html")
    ).exists()  # an older build may hold pages of sources that are gone
) or ["index.html"]
# The gallery and the appendices have a notebook, and neither a quiz nor exercises.
CHAPTERS = [page for page in PAGES if page.startswith("notebooks/") and page[len("notebooks/")].isdigit()]
NOT_DESCRIBED = """() => [
    ...[...document.images].filter(image => !image.hasAttribute("alt")),
    ...[...document.querySelectorAll("article svg[viewBox]")].filter(
        svg => !svg.closest("[aria-hidden=true], button") && !(svg.getAttribute("role") === "img"
               && svg.getAttribute("aria-label"))),
].map(element => element.outerHTML.slice(0, 200))"""


def assert_quiet(seen: Visit) -> None:
    """No error, no request to another machine, nothing missing."""
    assert seen.console == []
    assert seen.outside == []
    assert seen.failed == []


def assert_accessible(seen: Visit) -> None:
    # else a colour is measured half-way: what is unfolded fades in
    seen.page.wait_for_function("document.getAnimations().every(one => one.playState === 'finished')")
    results = Axe().run(seen.page)
    assert results.violations_count == 0, results.generate_report()


def ink(seen: Visit) -> str:
    picture = seen.page.locator(".rnn-picture svg text").first
    return picture.evaluate("text => getComputedStyle(text).fill")


@pytest.mark.parametrize("page", PAGES)
def test_page_in_the_light(visit, subtests, page):
    seen = visit(page)
    with subtests.test("loads without an error or an outside request"):
        assert_quiet(seen)
    with subtests.test("every image is described"):
        assert seen.page.evaluate(NOT_DESCRIBED) == []
    if page in CHAPTERS:
        look_at_chapter(seen, subtests, page)
    with subtests.test("is accessible"):  # last: axe itself asks for files that are not there
        assert seen.page.evaluate("document.documentElement.dataset.theme") == "light"
        assert_accessible(seen)


def look_at_chapter(seen: Visit, subtests: pytest.Subtests, page: str) -> None:
    with subtests.test("formulas are typeset without the network"):
        seen.page.wait_for_selector("mjx-container", state="attached")
        assert seen.page.locator("mjx-merror").count() == 0
    with subtests.test("the chapter offers Colab"):
        link = seen.page.locator("a[href*='colab.research.google.com']").first
        name = page.removeprefix("notebooks/").removesuffix(".html")
        assert link.get_attribute("href").endswith(f"/blob/main/notebooks/{name}.ipynb")
    with subtests.test("the quiz answers to the keyboard"):
        quiz = seen.page.locator(".quiz fieldset").first
        radios = quiz.locator("input[type=radio]")
        radios.first.focus()
        seen.page.keyboard.press("Space")
        feedback = quiz.locator("[aria-live]")
        first = feedback.inner_text()
        assert first.strip()
        seen.page.keyboard.press("ArrowDown")
        assert radios.nth(1).is_checked()
        assert feedback.inner_text() != first
    with subtests.test("the solution is folded and opens"):
        solution = seen.page.locator("details.hide").last
        code = solution.locator("pre").first
        assert not code.is_visible()
        solution.locator("summary").focus()
        seen.page.keyboard.press("Enter")
        assert code.is_visible()
    with subtests.test("nothing of this made a noise"):
        assert_quiet(seen)


@pytest.mark.parametrize("page", PAGES)
def test_page_in_the_dark(visit, subtests, page):
    seen = visit(page, scheme="dark")
    with subtests.test("is accessible"):
        assert seen.page.evaluate("document.documentElement.dataset.theme") == "dark"
        assert_accessible(seen)
    if seen.page.locator(".rnn-picture svg text").count():  # not every page has a chart
        with subtests.test("figures take the colour of the page"):
            dark = ink(seen)
            # the visitor changes the scheme while the page is open
            seen.page.emulate_media(color_scheme="light")
            seen.page.wait_for_function("document.documentElement.dataset.theme === 'light'")  # the theme hears of it
            seen.page.wait_for_function("document.getAnimations().every(one => one.playState === 'finished')")
            assert ink(seen) != dark


@pytest.mark.parametrize("page", PAGES)
def test_page_fits_a_phone(visit, page):
    seen = visit(page, width=360)
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("page", [page for page in PAGES if page != "book/results.html"])  # whose tables scroll
def test_nothing_is_cut_off_in_a_window_of_1200_pixels(visit, page):
    found = cut_off(visit(page, width=1200).page)
    assert not found, "\n".join([f"{page}: {len(found)} are cut off", *found])


def test_eighty_columns_of_code_fit_into_1200_pixels_and_more_are_found(visit):
    page = visit("notebooks/01_why_recurrence.html", width=1200).page
    code = page.locator("article .cell_input pre").first

    def found_with(columns: int) -> list[str]:
        code.evaluate("(code, columns) => { code.textContent = 'x'.repeat(columns); }", columns)
        return [line for line in cut_off(page) if "xxxx" in line]

    assert found_with(80) == []
    assert len(found_with(100)) == 1


@pytest.mark.parametrize("page", CHAPTERS)
def test_quiz_can_be_read_without_javascript(visit, page):
    seen = visit(page, javascript=False)
    assert seen.page.locator(".quiz details").first.is_visible()


@pytest.mark.parametrize("page", ["index.html", "search.html?q=hidden+state"])
def test_other_page_is_quiet(visit, page):
    assert_quiet(visit(page))


def test_the_table_of_results_shows_five_real_runs(visit):
    table = visit("book/results.html").page.locator(".rnn-table table").first
    row = table.locator("tr", has_text="b1-simplernn").first.inner_text()
    assert "\t5\t" in row
    assert "±" in row


def test_tables_of_results_sort_by_mouse_and_keyboard(visit):
    table = visit("book/results.html").page.locator(".rnn-sortable table").first
    header = table.locator("th", has_text="parameters")

    def parameters() -> list[int]:
        return [
            int(text.replace(",", "")) for text in table.locator("td:nth-child(8)").all_inner_texts() if text != "–"
        ]

    header.locator("button").click()
    assert header.get_attribute("aria-sort") == "ascending"
    assert parameters() == sorted(parameters())
    header.locator("button").press("Enter")
    assert header.get_attribute("aria-sort") == "descending"
    assert parameters() == sorted(parameters(), reverse=True)

    difference = table.locator("th", has_text="difference")  # where nothing was published there is none
    for order in ("ascending", "descending"):
        difference.locator("button").click()
        assert difference.get_attribute("aria-sort") == order
        shown = table.locator("td:nth-child(6)").all_inner_texts()
        numbers = [float(text.replace("−", "-")) for text in shown if text != "–"]
        assert numbers == sorted(numbers, reverse=order == "descending")
        assert shown[len(numbers) :] == ["–"] * (len(shown) - len(numbers)) != []
