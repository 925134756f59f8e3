"""A question to predict, on a page of its own: the answer opens by keyboard, and on paper it is open."""

import sys
from pathlib import Path

import pytest

from tests.browser.conftest import serve
from tests.browser.pages import ROOT
from tests.browser.test_pages import assert_accessible, assert_quiet
from tests.small_book import own_docutils

PAGE = """\
# Page

:::{predict}
Which of two cells with as many units needs *fewer* weights?

- A. The one with three gates, as in a sentence so long that on a phone it must be broken into several lines.
- B. The one with two.

---

B. It has `3 * (n + m + 1)` rows, as {doc}`this page <index>` says.
:::
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """The address of a book of that one page."""
    from sphinx.application import Sphinx

    folder = tmp_path_factory.mktemp("prediction")
    (folder / "index.md").write_text(PAGE, encoding="utf-8")
    config = {
        "extensions": ["myst_parser", "predict"],
        "myst_enable_extensions": ["colon_fence"],
        "html_theme": "sphinx_book_theme",
        "html_static_path": [str(ROOT / "book" / "_static")],
        "html_css_files": ["book.css"],
        "html_favicon": str(ROOT / "book" / "_static" / "favicon.svg"),
        "html_context": {"default_mode": "auto"},
        "html_sidebars": {"**": []},
    }
    sys.path.insert(0, str(ROOT / "book" / "_ext"))
    try:
        with own_docutils():
            Sphinx(folder, None, folder / "out", folder / "doctrees", "html", config, status=None).build()
    finally:
        sys.path.remove(str(ROOT / "book" / "_ext"))
    server = serve(Path(folder, "out"))
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_answer_opens_by_keyboard(base, open_page, scheme):
    seen = open_page(base, "index.html", scheme=scheme)
    answer = seen.page.locator(".prediction-answer")
    words = answer.locator("p")
    assert not words.is_visible()
    assert_accessible(seen)
    for key, shown in (("Enter", True), ("Space", False), ("Space", True)):
        answer.locator("summary").press(key)
        assert words.is_visible() == shown
    assert_accessible(seen)
    told = answer.aria_snapshot()  # to a screen reader
    assert told.startswith("- group:\n  - text: Answer\n")
    assert "this page" in told


def test_it_fits_a_phone_and_needs_no_script(base, open_page):
    seen = open_page(base, "index.html", width=360, javascript=False)
    seen.page.locator(".prediction-answer summary").click()
    assert seen.page.locator(".prediction-answer p").is_visible()
    seen = open_page(base, "index.html", width=360)
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert_quiet(seen)


def test_on_paper_the_answer_is_open(base, open_page):
    page = open_page(base, "index.html").page
    words = page.locator(".prediction-answer p")
    assert not words.evaluate("words => words.checkVisibility()")
    page.emulate_media(media="print")
    assert words.evaluate("words => words.checkVisibility()")
