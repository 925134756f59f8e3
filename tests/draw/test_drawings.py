"""The still pictures: files in sync, readable without a script, in any colours, on a phone, and used."""

import importlib
import re
import shutil
import sys
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from sphinx.application import Sphinx

from helpers import plotting
from tests.small_book import own_docutils
from tools.draw import __main__ as draw
from tools.draw.shapes import SMALL, WIDTH, Drawing, markup
from tools.export.syntax import walk, whole

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "book" / "drawings"
NAMES = sorted(draw.PICTURES)
KEPT_FOR_LATER = {"attention"}  # its chapter is not written yet
SVG = "{http://www.w3.org/2000/svg}"
# What is left for a picture on a phone of 360 pixels, between the margins of the theme.
ON_A_PHONE = 312 / WIDTH

sys.path.insert(0, str(ROOT / "book" / "_ext"))
inline = importlib.import_module("drawings").inline


def read(name: str) -> str:
    return (FOLDER / f"{name}.svg").read_text(encoding="utf-8")


def shown() -> dict[str, list]:
    """Name of a drawing → the figure directives that show it."""
    found: dict[str, list] = {}
    for page in [*(ROOT / "notebooks").glob("*.md"), *(ROOT / "book").rglob("*.md")]:
        for _, _, directive in walk(whole(page.read_text(encoding="utf-8"))):
            if directive and directive.name in ("figure", "image") and "drawings/" in directive.argument:
                found.setdefault(Path(directive.argument).stem, []).append((page, directive))
    return found


SHOWN = shown()


def test_the_files_are_what_the_pictures_say():
    assert draw.differing() == []
    assert draw.main(["--check"]) == 0


def test_drawing_twice_gives_the_same_text():
    assert draw.drawn() == draw.drawn()


def test_a_changed_a_missing_and_a_forgotten_file_are_named(tmp_path):
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    (tmp_path / "gru_cell.svg").write_text("<svg/>", encoding="utf-8")
    (tmp_path / "lstm_cell.png").unlink()
    shutil.copy(tmp_path / "two_layers.png", tmp_path / "attention.png")
    (tmp_path / "old.svg").write_text("<svg/>", encoding="utf-8")
    assert sorted(draw.differing(tmp_path)) == ["attention.png", "gru_cell.svg", "lstm_cell.png", "old.svg"]


def test_every_drawing_is_shown_or_kept_for_later():
    assert set(SHOWN) | KEPT_FOR_LATER == set(NAMES)
    assert not set(SHOWN) & KEPT_FOR_LATER


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_a_drawing_is_a_numbered_figure_that_the_text_speaks_of(name):
    for page, figure in SHOWN[name]:
        assert figure.name == "figure"
        assert figure.argument == f"/book/drawings/{name}.svg"
        # a label is unique in the book, and the introduction borrows a chapter's drawing
        place = "fig-intro-" if page.stem == "intro" else "fig-"
        assert figure.label == place + name.replace("_", "-")
        assert figure.body.text.strip(), "no caption"
        assert f"{{numref}}`{figure.label}`" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_the_alternative_text_is_the_description_in_the_file(name):
    description = ElementTree.fromstring(read(name)).findtext(f"{SVG}desc")
    for _, figure in SHOWN[name]:
        assert " ".join(figure.options["alt"].split()) == description


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_well_formed_and_described_and_asks_for_nothing(name):
    root = ElementTree.fromstring(read(name))
    assert root.get("role") == "img"
    assert len(root.findtext(f"{SVG}title")) > 5
    assert len(root.findtext(f"{SVG}desc")) > 150
    assert root.get("viewBox").split()[:3] == ["0", "0", str(WIDTH)]
    kinds = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert kinds <= {"svg", "title", "desc", "rect", "circle", "path", "text", "tspan"}
    for element in root.iter():
        assert not any("href" in key or key.startswith("on") or key == "id" for key in element.attrib)
        assert not any("url(" in value or "http" in value for value in element.attrib.values())


@pytest.mark.parametrize("name", NAMES)
def test_in_a_page_a_drawing_has_no_black_and_no_white_of_its_own(name):
    page = inline(read(name), 'A "cell" & more')
    root = ElementTree.fromstring(page)
    assert root.get("aria-label") == 'A "cell" & more'
    assert root.get("color") is None
    assert root.find(f"{SVG}rect[@class='card']") is None
    assert root.find(f"{SVG}title") is None, "it would pop up over the picture"
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', page))
    assert colours <= {"none", "currentColor", *plotting.COLOURS}
    assert {text.get("fill") for text in root.iter(f"{SVG}text")} == {"currentColor"}


@pytest.mark.parametrize("name", NAMES)
def test_in_a_file_of_its_own_a_drawing_is_dark_on_a_light_card(name):
    root = ElementTree.fromstring(read(name))
    card = root.find(f"{SVG}rect")
    assert (card.get("class"), card.get("fill")) == ("card", "#fff")
    assert card.get("height") == root.get("viewBox").split()[3]
    assert root.get("color") == "#1b1f24"
    with Image.open(FOLDER / f"{name}.png") as picture:
        pixels = picture.convert("RGBA")
        assert pixels.width == draw.PIXELS
        assert abs(pixels.height - draw.PIXELS / WIDTH * float(card.get("height"))) <= 2
        assert pixels.getpixel((0, 0))[3] == 0  # a round corner
        assert min(pixels.getpixel((pixels.width // 2, 4))) > 245
    assert (FOLDER / f"{name}.png").stat().st_size < 60_000


@pytest.mark.parametrize("name", NAMES)
def test_letters_are_large_enough_on_a_phone(name):
    root = ElementTree.fromstring(read(name))
    for text in root.iter(f"{SVG}text"):
        assert float(text.get("font-size")) >= SMALL
        assert float(text.get("font-size")) * ON_A_PHONE >= 11
        for part in text.iter(f"{SVG}tspan"):  # indices
            assert float(part.get("font-size", SMALL)) * ON_A_PHONE >= 11


@pytest.mark.parametrize("name", NAMES)
def test_everything_lies_on_the_card(name):
    root = ElementTree.fromstring(read(name))
    height = float(root.get("viewBox").split()[3])
    for element in root.iter():
        x, y = (element.get(key, element.get(f"c{key}")) for key in "xy")
        if x is not None and y is not None:
            assert 0 <= float(x) <= WIDTH
            assert 0 <= float(y) <= height
            assert float(x) + float(element.get("width", 0)) <= WIDTH
    for d in (path.get("d") for path in root.iter(f"{SVG}path")):
        for x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", d):
            assert float(x) <= WIDTH
            assert float(y) <= height


def build(folder: Path, builder: str) -> tuple[Path, str]:
    """Build a book of an index and two chapters that show a drawing; return its folder and what Sphinx warned of."""
    source = folder / "source"
    shutil.copytree(FOLDER, source / "book" / "drawings", dirs_exist_ok=True)
    figure = '```{{figure}} /book/drawings/gru_cell.svg\n:name: fig-{0}\n:alt: A "cell"\n\nCaption {0}.\n```\n\n'
    pages = {
        "index": "# Book\n\nSee {numref}`fig-c`.\n\n```{toctree}\nfour\nnine\nplain\n```\n",
        "four": "# 4. The four\n\n" + figure.format("a") + figure.format("b") + "{numref}`fig-b`, {numref}`fig-c`",
        "nine": "# 9. The nine\n\n" + figure.format("c"),
        "plain": "# Plain\n\n" + figure.format("d"),
    }
    for name, text in pages.items():
        (source / f"{name}.md").write_text(text, encoding="utf-8")
    config = {
        "extensions": ["myst_parser", "drawings"],
        "html_theme": "basic",
        "numfig": True,
        "numfig_format": {"figure": "Figure %s"},
    }
    warnings = StringIO()
    with own_docutils():
        out = folder / builder
        app = Sphinx(source, None, out, folder / "doctrees", builder, config, status=None, warning=warnings)
        app.build(force_all=True)
    assert "book/drawings/gru_cell.svg" in app.env.dependencies["nine"]
    return out, warnings.getvalue()


def test_the_book_holds_the_drawing_itself_and_counts_by_chapter(tmp_path):
    out, warnings = build(tmp_path, "html")
    assert warnings == ""
    pages = {name: (out / f"{name}.html").read_text(encoding="utf-8") for name in ("index", "four", "nine", "plain")}
    numbers = {name: re.findall(r'caption-number">(.*?) ?</span>', page) for name, page in pages.items()}
    assert numbers == {
        "index": [],
        "four": ["Figure 4.1", "Figure 4.2"],
        "nine": ["Figure 9.1"],
        "plain": ["Figure 1"],
    }
    assert re.findall(r'std-numref">(.*?)</span>', pages["four"]) == ["Figure 4.2", "Figure 9.1"]
    assert re.findall(r'std-numref">(.*?)</span>', pages["index"]) == ["Figure 9.1"]
    for name in ("four", "nine", "plain"):
        assert pages[name].count('aria-label="A &quot;cell&quot;"') == len(numbers[name])
        assert "<img" not in pages[name]
        assert "card" not in pages[name]


def test_a_format_without_svg_takes_the_png(tmp_path):
    out, _ = build(tmp_path, "pseudoxml")
    page = (out / "nine.pseudoxml").read_text(encoding="utf-8")
    assert 'uri="book/drawings/gru_cell.png"' in page


def test_formulas_are_italic_in_their_letters_only():
    letter, low = '<tspan font-style="italic">h</tspan>', 'font-size="13" dy="3.96">t</tspan>'
    assert markup("h_{t−1}", 18, True) == (f'{letter}<tspan font-style="italic" {low}<tspan font-size="13">−1</tspan>')
    assert markup("tanh", 17, True) == "tanh"
    assert markup("U^⊤ x", 18, True).endswith('<tspan dy="6.84"> </tspan><tspan font-style="italic">x</tspan>')
    assert markup("a < b", 14, False) == "a &lt; b"


def test_a_line_with_a_head_ends_at_its_tip_and_hops():
    d = Drawing("Title", "Words", 100)
    d.line([(10, 10), (10, 50), (90, 50)], hops=[(40, 50)])
    line, head = d.parts
    assert 'd="M10 10L10 42Q10 50 18 50L34 50A6 6 0 0 1 46 50L83 50"' in line
    assert 'd="M90 50L' in head
