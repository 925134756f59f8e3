"""Interactive figures: how their code is composed, what Python shows and knows of them, and the book's directive."""

import base64
import html
import json
import multiprocessing
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import anywidget
import numpy as np
import pytest
from docutils.core import publish_doctree
from docutils.parsers.rst import directives
from docutils.utils import SystemMessage

from helpers import figures
from helpers.figures import Figure, compose
from helpers.figures.figure import BOOK

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "book" / "_ext"))

from interactive import FILES, Interactive  # noqa: E402

NAMES = sorted(set(figures.__all__) - {"Figure"})
DEFAULT = "export default { render };\n"


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write modules into a folder that stands for the package's own: ``write(figure="…", dom="…")``."""
    monkeypatch.setattr(compose, "FOLDER", tmp_path)

    def write_them(**sources):
        for name, text in sources.items():
            (tmp_path / f"{name}.mjs").write_text(text, encoding="utf-8")

    return write_them


# --- composing ---------------------------------------------------------------------------------------------------


def test_a_module_has_no_imports_and_one_default_export(write):
    write(
        dom="export const html = 1;\nexport function svg() {}\nconst own = 2;\n",
        figure='import { html, svg } from "./dom.mjs";\nfunction render() { html; }\n' + DEFAULT,
    )
    text = compose.module("figure")
    assert not re.search(r"^\s*import", text, re.MULTILINE)
    assert re.findall(r"^export.*", text, re.MULTILINE) == ["export default {"]
    assert "return render(context);" in text
    assert "return { html, svg };" in text
    assert "const { html, svg } = _dom;" in text


def test_a_name_may_be_changed_and_an_import_may_have_several_lines(write):
    write(
        cells="export const sigmoid = 1;\nexport class Cell {}\n",
        figure='import {\n  sigmoid as gate,\n  Cell,\n} from "./cells.mjs";\nconst render = gate;\n' + DEFAULT,
    )
    assert "sigmoid: gate" in compose.module("figure")


def test_what_a_shared_module_imports_stands_before_it_and_once(write):
    write(
        dom="export const html = 1;\n",
        text='import { html } from "./dom.mjs";\nexport const words = html;\n',
        figure='import { words } from "./text.mjs";\nimport { html } from "./dom.mjs";\nconst render = words;\n'
        + DEFAULT,
    )
    text = compose.module("figure")
    assert text.count("const _dom =") == text.count("const _text =") == 1
    assert text.index("const _dom =") < text.index("const _text =")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('import { nothing } from "./dom.mjs";\n' + DEFAULT, "imports nothing from dom.mjs, which exports html"),
        ('import * as dom from "./dom.mjs";\n' + DEFAULT, "an import is written"),
        ('import { html } from "https://example.org/dom.mjs";\n' + DEFAULT, "an import is written"),
        ('import { html } from "./dom.mjs";\n', "figure.mjs must end with"),
        ("export const render = 1;\n" + DEFAULT, "export nothing else"),
        (DEFAULT + DEFAULT, "export nothing else"),
        (DEFAULT + "const more = 1;\n", "must end with"),
        ('import { fine } from "./odd.mjs";\n' + DEFAULT, "odd.mjs: write an export as"),
    ],
)
def test_a_module_that_cannot_be_composed_is_named(write, source, message):
    write(dom="export const html = 1;\n", odd="export const fine = 1;\nexport let odd = 1;\n", figure=source)
    with pytest.raises(ValueError, match="mjs") as error:
        compose.module("figure")
    assert message in str(error.value)


def test_a_script_hands_over_a_function(write):
    write(figure="const render = 1;\n" + DEFAULT)
    assert compose.script("figure") == 'rnnFigure(() => {\n"use strict";\nconst render = 1;\nreturn { render };\n});\n'


def test_a_data_script_holds_the_bytes():
    content = bytes(range(256))
    found = re.fullmatch(r'rnnFigure\(\(\) => "(.*)"\);\n', compose.data_script(content))
    assert base64.b64decode(found[1]) == content


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_can_be_composed(name):
    figure = getattr(figures, name)()
    assert figure.name == name
    assert "export default" not in compose.script(figure.name)


# --- figures -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_describes_itself_and_is_a_widget(name, tmp_path):
    figure = getattr(figures, name)()
    assert len(figure.alt) > 60
    assert figure.alt.rstrip()[-1] in ".?!"
    shown = figure.static(tmp_path)
    state = json.loads(re.search(r'<script type="application/json">(.*)</script>', shown)[1])
    assert {key: state[key] for key in figure.state} == json.loads(json.dumps(figure.state))
    assert sorted(set(state) - set(figure.state)) == sorted(figure.files)
    # a trait of that name would hide what a widget needs
    assert [key for key in state if hasattr(anywidget.AnyWidget, key)] == []
    data, _ = figure._repr_mimebundle_()
    assert data["text/plain"] == f"Interactive figure: {figure.alt}" == repr(figure)
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == figure.widget.model_id


def test_state_follows_the_widget():
    figure = figures.half_life(bias=2)
    assert figure.state == {"bias": 2, "steps": 100}
    figure.widget.bias = 3.5
    assert figure.state == {"bias": 3.5, "steps": 100}


def test_a_figure_made_twice_is_two():
    first, second = figures.half_life(), figures.half_life()
    first.widget.bias = 5
    assert second.widget.bias == 0


def test_the_book_keeps_the_call_and_no_widget(monkeypatch):
    monkeypatch.setenv(BOOK, "1")
    figure = figures.unroll("not bad", np.array([[0.5]]), numbers={"bad": -1.0})
    data = figure._repr_mimebundle_()
    assert sorted(data) == ["text/html", "text/plain"]
    assert figure._widget is None
    call = json.loads(html.unescape(re.search('data-call="(.*?)"', data["text/html"])[1]))
    assert call == {
        "function": "unroll",
        "arguments": {"words": "not bad", "kernel": [[0.5]], "numbers": {"bad": -1.0}},
    }
    again = getattr(figures, call["function"])(**call["arguments"])
    assert (again.state, again.alt) == (figure.state, figure.alt)


def test_a_figure_that_no_function_made_has_no_call():
    with pytest.raises(ValueError, match="'half_life' was not made by a function"):
        Figure("half_life", "A slider.", {}).place()


def test_nothing_in_the_state_or_the_description_can_end_its_element(tmp_path, write):
    write(figure=DEFAULT)
    evil = '</script><!-- <script>alert(1)</script> & \u2028 "'
    shown = Figure("figure", evil, {"text": evil, "nested": [{"a": evil}]}).static(tmp_path)
    inside = re.search(r'<script type="application/json">(.*?)</script>', shown)[1]
    assert "<" not in inside
    assert json.loads(inside) == {"text": evil, "nested": [{"a": evil}]}
    assert "alert" in shown
    assert "<script>alert" not in shown


def test_a_number_that_json_does_not_know_is_refused(tmp_path, write):
    write(figure=DEFAULT)
    with pytest.raises(ValueError, match="JSON"):
        Figure("figure", "A number.", {"x": float("nan")}).static(tmp_path)


def test_the_name_of_a_file_changes_with_its_content(tmp_path, write):
    def names(source, content):
        write(figure=source)
        shown = Figure("figure", "Weights.", {}, {"weights": lambda: content}).static(tmp_path)
        return re.search(r'data-code="(.*?)"', shown)[1], re.search(r'"\$file": "(.*?)"', shown)[1]

    longer = "const x = 1;\n" + DEFAULT
    code, weights = names(DEFAULT, b"12")
    assert names(DEFAULT, b"12") == (code, weights)
    assert names(longer, b"12")[0] != code
    assert names(longer, b"12")[1] == weights
    assert names(DEFAULT, b"3")[0] == code
    assert names(DEFAULT, b"3")[1] != weights
    assert len(list(tmp_path.glob("*.js"))) == 4


def test_large_data_is_fetched_and_not_in_the_page(tmp_path, write):
    write(figure=DEFAULT)
    content = os.urandom(200_000)
    shown = Figure("figure", "Weights.", {"a": 1}, {"weights": lambda: content}).static(tmp_path)
    assert len(shown) < 1000
    assert any(base64.b64encode(content).decode() in path.read_text() for path in tmp_path.glob("weights-*.js"))


def _write_often(folder, barrier):
    barrier.wait()
    for _ in range(20):
        Figure("half_life", "Weights.", {}, {"weights": lambda: bytes(300_000)}).static(Path(folder))


def test_two_processes_may_write_at_once(tmp_path):
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(2)
    both = [context.Process(target=_write_often, args=(str(tmp_path), barrier)) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
    assert [one.exitcode for one in both] == [0, 0]
    assert not list(tmp_path.glob("*.part"))
    for path in tmp_path.iterdir():
        assert path.stem.endswith(compose.version(path.read_text(encoding="utf-8")))


COLAB = """
import sys, types
calls = []
output = types.ModuleType("google.colab.output")
output.enable_custom_widget_manager = lambda: calls.append(1)
output._widgets = types.SimpleNamespace(_installed_url="https://example.org/manager.js")
sys.modules |= {"google.colab": types.ModuleType("google.colab"), "google.colab.output": output}
from helpers import figures
for figure in (figures.half_life(), figures.half_life(2)):
    data, metadata = figure._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert "https://example.org/manager.js" in str(metadata), metadata
print(len(calls))
"""


def test_colab_is_asked_for_its_widget_manager_once():
    environment = {key: value for key, value in os.environ.items() if key != BOOK}
    done = subprocess.run([sys.executable, "-c", COLAB], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.strip() == "1"


# --- the directive -----------------------------------------------------------------------------------------------


@pytest.fixture
def prose(monkeypatch, tmp_path):
    """Read a page with the directive; the file system is the page's only other output."""
    environment = SimpleNamespace(app=SimpleNamespace(outdir=tmp_path), note_dependency=lambda path: None)
    monkeypatch.setattr(Interactive, "env", environment)
    monkeypatch.setitem(directives._directives, "interactive", Interactive)
    return lambda text: publish_doctree(text, settings_overrides={"halt_level": 3, "report_level": 5})


def test_a_page_of_prose_can_hold_a_figure(prose, tmp_path):
    raw = prose(".. interactive:: half_life\n\n   bias: 1.5\n   steps: 40\n").next_node()
    assert raw["format"] == "html"
    assert '{"bias": 1.5, "steps": 40}' in raw.astext()
    assert [path.name for path in (tmp_path / FILES).iterdir()] == re.findall(r'data-code="(.*?)"', raw.astext())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (".. interactive:: half_live\n", "there is no interactive figure 'half_live'; there are "),
        (".. interactive:: Figure\n", "there is no interactive figure 'Figure'"),
        (".. interactive:: half_life\n\n   speed: 3\n", "unexpected keyword argument 'speed'"),
        (".. interactive:: half_life\n\n   bias\n", "half_life: write its arguments as `name: value`"),
        (".. interactive:: half_life\n\n   bias: [1\n", "half_life: write its arguments as `name: value`"),
    ],
)
def test_a_wrong_use_of_the_directive_is_named(prose, text, message):
    with pytest.raises(SystemMessage) as error:
        prose(text)
    assert message in str(error.value)
