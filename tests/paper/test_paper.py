"""The book on paper and on an e-reader: what is done to its pages, and the PDF if it was printed."""

import re
from pathlib import Path

import pytest

from tools.paper import compose
from tools.paper.compose import Page, parse
from tools.paper.pages import order

ROOT = Path(__file__).resolve().parents[2]
PDF = ROOT / "_build" / "pdf" / "rnn-unrolled.pdf"
HOME = "https://example.org/book"
NAMES = {"notebooks/01_one": "01_one", "book/glossary": "glossary"}

EXERCISE = """
<div class="exercise admonition" id="ex-a"><p>Do it.</p></div>
<div class="cell tag_exercise"><pre>raise NotImplementedError</pre></div>
<div class="solution dropdown admonition" id="notebooks/01_one-solution-1"><p>So.</p></div>
<div class="cell tag_solution tag_hide-cell"><details><summary>Show</summary><pre>done</pre></details></div>
<p>After it.</p>"""
QUIZ = """
<div class="quiz"><fieldset><legend><strong>1. </strong>Which?</legend>
<label><input type="radio" name="q"><span>This</span></label>
<label><input type="radio" name="q"><span>That</span></label>
<p class="quiz-feedback"></p><details class="quiz-answers"><summary>Answers</summary><ul>
<li><span class="quiz-again">This</span> <span class="quiz-verdict"><strong>✗ Not right.</strong> No.</span></li>
<li><span class="quiz-again">That</span> <span class="quiz-verdict"><strong>✓ Right.</strong> Yes.</span></li>
</ul></details></fieldset></div>"""


def page(inner: str, name: str = "notebooks/01_one") -> Page:
    html = (
        f'<article><section id="one"><h1>1. One<a class="headerlink" href="#one">#</a></h1>{inner}</section></article>'
    )
    made = Page(name, parse(html).article)
    compose.drop_controls(made)
    return made


def test_no_script_button_or_fold_is_left():
    one = page("<script>x()</script><button>Press</button><details><summary>More</summary><p>All</p></details>" + QUIZ)
    compose.for_reading(one)
    assert not one.article.select("script, button, input, details, summary, fieldset, label, .headerlink")
    assert "All" in one.article.get_text()
    assert one.title == "1. One"


def test_solutions_stand_at_the_end_and_the_exercise_names_them():
    one = page(EXERCISE)
    compose.for_reading(one)
    last = one.article.find("section", id="solutions")
    assert [part.get_text(strip=True) for part in last.find_all("div", recursive=False)] == ["So.", "done"]
    link = one.article.select_one("#ex-a ~ .paper-see a")
    assert link["href"] == "#notebooks/01_one-solution-1"
    assert one.article.get_text().index("After it.") < one.article.get_text().index("So.")
    assert [title for _, title in one.sections()] == ["Solutions"]


def test_hidden_input_goes_and_what_it_shows_stays():
    shown = '<div class="cell_output">a picture</div>'
    cell = '<div class="cell tag_hide-input"><details>code</details>{}</div>'
    one = page(cell.format(shown) + cell.format(""))
    compose.drop_hidden_input(one)
    assert one.article.get_text(strip=True) == "1. Onea picture"
    assert len(one.article.select(".cell")) == 1


def test_a_quiz_is_text_and_its_answers_stand_at_the_end():
    one = page(QUIZ)
    compose.quizzes_as_text(one)
    assert [item.get_text() for item in one.article.select(".paper-question > ol > li")] == ["This", "That"]
    answers = one.article.select("#answers li")
    assert [item.get_text() for item in answers] == ["✗ Not right. No.", "✓ Right. Yes."]


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("#part", "#01_one--part"),
        ("../book/glossary.html#term-a/b", "#glossary--term-a-b"),
        ("01_one.html", "#01_one"),
        ("../genindex.html#A", f"{HOME}/genindex.html#A"),
        ("https://example.com/x#y", "https://example.com/x#y"),
        ("mailto:a@example.com", "mailto:a@example.com"),
    ],
)
def test_links_lead_to_places_in_the_document_or_out_of_it(address, leads_to):
    assert compose.target(page(""), address, NAMES, HOME) == leads_to


def test_links_to_other_sites_are_numbered_once_each():
    far, doi = "https://example.com/far", "https://doi.org/10.1/x"
    one = page(
        f'<p><a href="{far}">far</a> <a href="{far}">again</a> <a href="https://example.com/b">b</a> '
        f'<a href="{far}">{far}</a> <a href="{doi}">doi:10.1/x</a> <a href="#one">here</a></p>'
    )
    compose.for_one_document(one, NAMES, HOME)
    assert [mark.get_text() for mark in one.article.select("sup")] == ["1", "1", "2"]
    listed = one.article.select("section.paper-links li")
    assert [item.get_text() for item in listed] == [far, "https://example.com/b"]
    assert {mark["href"] for mark in one.article.select("sup a")} == {f"#{item['id']}" for item in listed}


def test_ids_and_all_that_names_them_are_prefixed():
    one = page(
        '<label for="a">x</label><svg aria-labelledby="a b"><style>.l{fill:url(#g)}</style><defs id="g"></defs>'
        '<use xlink:href="#g"></use><path clip-path="url(#g)"></path></svg>'
    )
    compose.prefix_ids(one)
    text = str(one.article)
    assert 'for="01_one--a"' in text
    assert 'aria-labelledby="01_one--a 01_one--b"' in text
    assert text.count("url(#01_one--g)") == 2
    assert 'xlink:href="#01_one--g"' in text


def test_pictures_are_found_from_where_the_document_stands():
    one = page('<img src="../_images/a.png"><img src="data:image/png;base64,x">')
    compose.move_files(one, "../html")
    assert [image["src"] for image in one.article.select("img")] == ["../html/_images/a.png", "data:image/png;base64,x"]


def test_a_figure_that_stands_still_is_described():
    place = (
        '<div class="rnn-figure-place"><p class="rnn-figure-alt">A loop.</p><script type="application/json">{}</script>'
    )
    one = page(place + "</div>")
    compose.describe_figures(one)
    assert one.article.select_one(".rnn-figure-place").get_text() == "A loop."
    assert not one.article.find("script")


def test_pages_come_in_the_order_of_the_contents():
    toc = {"root": "book/intro", "parts": [{"caption": "I", "chapters": [{"file": "b"}, {"file": "a"}]}]}
    assert order(toc) == [("book/intro", ""), ("b", "I"), ("a", "I")]


def test_a_drawing_stands_alone():
    epub = pytest.importorskip("tools.paper.sphinx_epub", reason="latex2mathml is not installed")
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10" role="img" '
        'aria-label="A &lt; B" style="width:100%">'
        '<path id="1" clip-path="url(#2)"/><use xlink:href="#1"/></svg>'
    )
    drawing, alt = epub.standing_alone(svg)
    assert alt == "A < B"
    assert 'width="20" height="10"' in drawing
    assert not re.search(r'id="\d|#\d|style=', drawing.replace("#fff", ""))


def test_a_formula_is_mathml_with_its_tex():
    epub = pytest.importorskip("tools.paper.sphinx_epub", reason="latex2mathml is not installed")
    made = epub.mathml(epub.aligned(r"a &= \tilde{b} \\ c &< d"), "block")
    assert made.count("<mtr>") == 2
    assert "<mo>=</mo>" in made
    assert "<mo>&lt;</mo>" in made
    assert "&amp;" not in made.split(">", 1)[1]
    assert 'alttext="\\begin{aligned}a &amp;=' in made
    assert epub.aligned("a = b") == "a = b"


@pytest.mark.book
def test_the_printed_book():
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
    if not PDF.is_file():
        pytest.skip("the book was not printed: make pdf")
    reader = pypdf.PdfReader(PDF)
    assert len(reader.pages) > 100
    bookmarks = [(one.title, reader.get_destination_page_number(one) + 1) for one in flat(reader.outline)]
    assert bookmarks[0] == ("Contents", 2)
    chapters = [(title, number) for title, number in bookmarks if re.match(r"\d+\. ", title)]
    assert len(chapters) >= 16
    contents = "".join(words(reader, number) for number in range(2, bookmarks[1][1]))
    for title, number in chapters:
        assert f"{squeezed(title)}{number}" in contents
        assert squeezed(title) in words(reader, number)
    fonts = [font.get_object() for one in reader.pages[:30] for font in one["/Resources"].get("/Font", {}).values()]
    assert fonts
    assert all(embedded(font) for font in fonts)


def flat(outline: list) -> list:
    return [one for item in outline for one in (flat(item) if isinstance(item, list) else [item])]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def words(reader, number: int) -> str:
    return squeezed(reader.pages[number - 1].extract_text())


def embedded(font) -> bool:
    """Tell whether the file carries the shapes of a font."""
    if font["/Subtype"] == "/Type3":
        return "/CharProcs" in font
    descendant = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
    return any(name.startswith("/FontFile") for name in descendant["/FontDescriptor"])
