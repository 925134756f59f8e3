"""What only a browser can see: every page of the book, light and dark, wide and narrow."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import HTML

PAGES = sorted(
    str(path.relative_to(HTML)) for folder in ("notebooks", "book") for path in (HTML / folder).glob("*.html")
) or ["index.html"]
CHAPTERS = [page for page in PAGES if page.startswith("notebooks/")]


@pytest.mark.parametrize("page", [*PAGES, "index.html", "search.html?q=hidden+state"])
def test_page_loads_without_an_error_or_an_outside_request(visit, page):
    seen = visit(page)
    assert seen.console == []
    assert seen.outside == []
    assert seen.failed == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_page_is_accessible(visit, page, scheme):
    seen = visit(page, scheme=scheme)
    assert seen.page.evaluate("document.documentElement.dataset.theme") == scheme
    results = Axe().run(seen.page)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("page", PAGES)
def test_page_fits_a_phone(visit, page):
    seen = visit(page, width=360)
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("page", PAGES)
def test_every_image_is_described(visit, page):
    missing = visit(page).page.evaluate(
        """() => [
            ...[...document.images].filter(image => !image.hasAttribute("alt")),
            ...[...document.querySelectorAll("article svg[viewBox]")].filter(
                svg => !svg.closest("[aria-hidden=true], button") && !(svg.getAttribute("role") === "img"
                       && svg.getAttribute("aria-label"))),
        ].map(element => element.outerHTML.slice(0, 200))"""
    )
    assert missing == []


@pytest.mark.parametrize("page", CHAPTERS)
def test_figures_take_the_colour_of_the_page(visit, page):
    def ink(scheme: str) -> str:
        picture = visit(page, scheme=scheme).page.locator(".rnn-picture svg text").first
        return picture.evaluate("text => getComputedStyle(text).fill")

    assert ink("light") != ink("dark")


@pytest.mark.parametrize("page", CHAPTERS)
def test_formulas_are_typeset_without_the_network(visit, page):
    seen = visit(page)
    seen.page.wait_for_selector("mjx-container", state="attached")
    assert seen.page.locator("mjx-merror").count() == 0
    assert seen.outside == []


@pytest.mark.parametrize("page", CHAPTERS)
def test_chapter_offers_colab(visit, page):
    link = visit(page).page.locator("a[href*='colab.research.google.com']").first
    name = page.removeprefix("notebooks/").removesuffix(".html")
    assert link.get_attribute("href").endswith(f"/blob/main/notebooks/{name}.ipynb")


@pytest.mark.parametrize("page", CHAPTERS)
def test_quiz_answers_to_the_keyboard(visit, page):
    seen = visit(page)
    quiz = seen.page.locator("fieldset").first
    radios = quiz.locator("input[type=radio]")
    radios.first.focus()
    seen.page.keyboard.press("Space")
    feedback = quiz.locator("[aria-live]")
    first = feedback.inner_text()
    assert first.strip()
    seen.page.keyboard.press("ArrowDown")
    assert radios.nth(1).is_checked()
    assert feedback.inner_text() != first


@pytest.mark.parametrize("page", CHAPTERS)
def test_quiz_can_be_read_without_javascript(visit, page):
    seen = visit(page, javascript=False)
    assert seen.page.locator(".quiz details").first.is_visible()


@pytest.mark.parametrize("page", CHAPTERS)
def test_solution_is_folded_and_opens(visit, page):
    solution = visit(page).page.locator("details.hide").last
    code = solution.locator("pre").first
    assert not code.is_visible()
    solution.locator("summary").focus()
    solution.page.keyboard.press("Enter")
    assert code.is_visible()


def test_training_page_shows_five_real_runs(visit):
    table = visit("notebooks/09_simple_rnn_imdb.html").page.locator(".rnn-table table")
    row = table.locator("tr", has_text="b1-simplernn").inner_text()
    assert "1, 2, 3, 4, 5" in row
    assert "±" in row


def test_tables_of_results_sort_by_mouse_and_keyboard(visit):
    table = visit("book/results.html").page.locator(".rnn-sortable table").first
    header = table.locator("th", has_text="parameters")

    def parameters() -> list[int]:
        return [
            int(text.replace(",", "")) for text in table.locator("td:nth-child(9)").all_inner_texts() if text != "–"
        ]

    header.locator("button").click()
    assert header.get_attribute("aria-sort") == "ascending"
    assert parameters() == sorted(parameters())
    header.locator("button").press("Enter")
    assert header.get_attribute("aria-sort") == "descending"
    assert parameters() == sorted(parameters(), reverse=True)
    assert table.locator("tbody tr").last.locator("td").nth(8).inner_text() == "–"
