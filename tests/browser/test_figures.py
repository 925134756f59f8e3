"""What every interactive figure must keep, looked at in Chromium: one visit a figure serves most of it."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from helpers import figures
from helpers.figures import Figure, compose
from tests.browser.pages import FIGURE_PAGE, operate

NAMES = sorted(set(figures.__all__) - {"Figure"})
HARM = "<script>window.harmed = 1</script><img src=missing onerror='window.harmed = 1'>"

# Everything in the first figure that a keyboard must reach, one entry for a group of radio buttons; named by its place
# in the page, which stays the same while the figure redraws itself.
CONTROLS = """() => {
    const figure = document.querySelector(".rnn-figure-place");
    const all = [...figure.querySelectorAll("button, input, select, textarea, summary, a[href], [tabindex]")];
    const seen = new Set();
    return all.map((one, place) => ({
        place, tag: one.localName, type: one.type ?? "", group: one.type === "radio" ? one.name : "",
        here: one.checkVisibility() && !one.disabled && one.tabIndex >= 0,
    })).filter(({ here, group }) => here && !(group && seen.size === seen.add(group).size));
}"""
FOCUSED = """() => {
    const figure = document.querySelector(".rnn-figure-place"), one = document.activeElement;
    if (!figure.contains(one)) return null;
    const all = [...figure.querySelectorAll("button, input, select, textarea, summary, a[href], [tabindex]")];
    const style = getComputedStyle(one);
    return {
        place: all.indexOf(one), group: one.type === "radio" ? one.name : "",
        outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        name: [...(one.labels ?? [])].map(label => label.textContent).join(" ").trim()
            || one.getAttribute("aria-label") || (one.localName !== "select" && one.textContent.trim()),
    };
}"""
# The second copy, without what is its own: the ids.
SECOND = (
    """() => document.querySelectorAll(".rnn-figure-place")[1].innerHTML.replaceAll(/rnn-[\\w-]+-\\d+-\\w+/g, "id")"""
)


def walk(page):
    """Tab through the first figure: what has had the focus, in order."""
    page.evaluate("document.activeElement.blur()")
    page.evaluate("getSelection().collapse(document.querySelector('h1'), 0)")
    reached = []
    for _ in range(400):
        page.keyboard.press("Tab")
        one = page.evaluate(FOCUSED)
        if one is None:
            break
        reached.append(one)
    return reached


def paste(page):
    """100,000 words and a script into every field for text."""
    place = page.locator(".rnn-figure-place").first
    for field in place.locator("textarea, input[type=text], input[type=search]").all():
        if field.is_visible() and field.is_editable():
            field.fill("not bad at all, " * 25_000 + HARM)
            field.fill(HARM)


@pytest.mark.parametrize("name", NAMES)
def test_figure(figure_page, name):
    figure = getattr(figures, name)()
    seen = figure_page(figure, copies=2)
    page = seen.page
    assert page.locator(".rnn-figure-place[data-mounted=yes]").count() == 2, seen.console
    page.clock.install()  # whatever a figure starts from now on is done when the clock is put forward
    second = page.evaluate(SECOND)

    # every control is reached by keyboard, can be seen to have the focus, and has a name
    reached = walk(page)
    places, groups = {stop["place"] for stop in reached}, {stop["group"] for stop in reached} - {""}
    missed = [one for one in page.evaluate(CONTROLS) if one["place"] not in places and one["group"] not in groups]
    assert missed == []
    assert [one for one in reached if not one["outline"]] == []
    assert [one for one in reached if not one["name"]] == []

    # keys move it, and only it
    operate(page, page.locator(".rnn-figure-place").first)
    paste(page)
    page.clock.run_for(1_000)
    assert page.evaluate("window.harmed") is None
    assert page.evaluate(SECOND) == second

    # every picture says what it shows, now that everything has been touched
    assert page.locator(".rnn-figure-place svg[role=img]:not([aria-label])").count() == 0
    for scheme, width, part in (("light", 1300, "main"), ("dark", 360, ".rnn-figure-place:first-of-type")):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        results = Axe().run(page, context=part)
        assert results.violations_count == 0, f"{scheme}, {width} px: {results.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    assert seen.console == []
    assert seen.outside == []
    assert seen.failed == []


@pytest.mark.parametrize("name", NAMES)
def test_figure_fits_a_phone(figure_page, name):
    seen = figure_page(getattr(figures, name)(), width=360, scheme="dark")
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert seen.console == []


def test_without_javascript_the_description_stays(figure_page):
    figure = figures.half_life()
    text = figure_page(figure, javascript=False).page.inner_text("main")
    assert figure.alt in text
    assert "JavaScript" in text


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A figure that says how many bytes it was given."""
    source = (
        "function render({ model, el }) {\n"
        '  el.textContent = `${model.get("data").byteLength} bytes, the last is ${model.get("data").getUint8(255)}`;\n'
        "}\nexport default { render };\n"
    )
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "view.mjs").write_text(source, encoding="utf-8")
    monkeypatch.setattr(compose, "FOLDER", tmp_path)
    return Figure("small", "A count of bytes.", {}, {"data": lambda: bytes(range(256))})


def test_large_data_comes_beside_the_page(figure_page, small):
    seen = figure_page(small)
    assert seen.page.inner_text(".rnn-figure-place") == "256 bytes, the last is 255"
    assert seen.console == []


def test_a_page_from_a_disk_shows_its_figures(open_page, figures_folder, small):
    folder, _ = figures_folder
    page = FIGURE_PAGE.format(name="small", place=small.static(folder / "figures"))
    (folder / "disk.html").write_text(page, encoding="utf-8")
    seen = open_page(f"{folder.as_uri()}/", "disk.html", until="load")
    seen.page.wait_for_selector("[data-mounted]")
    assert seen.page.inner_text(".rnn-figure-place") == "256 bytes, the last is 255"
    assert seen.console == []


@pytest.mark.parametrize("refuse", ["**/small-*.js", "**/data-*.js"])
def test_when_a_file_does_not_come_the_description_stays(figure_page, small, refuse):
    seen = figure_page(small, refuse=refuse)
    text = seen.page.inner_text("main")
    assert small.alt in text
    assert "could not be fetched" in text
    assert Axe().run(seen.page).violations_count == 0


def test_when_a_figure_fails_the_description_stays(figure_page, small, monkeypatch):
    path = compose.FOLDER / "small" / "view.mjs"
    path.write_text(path.read_text().replace("el.textContent", "el.nothing.here"), encoding="utf-8")
    seen = figure_page(small)
    assert small.alt in seen.page.inner_text("main")
    assert "cannot move here" in seen.page.inner_text("main")
