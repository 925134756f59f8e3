"""What Python shows of a figure and knows of it, and what of it goes into a page."""

import base64
import html
import json
import multiprocessing
import os
import re
import subprocess
import sys
from pathlib import Path

import anywidget
import numpy as np
import pytest

from helpers import figures
from helpers.figures import Figure, compose
from helpers.figures.figure import BOOK

NAMES = sorted(set(figures.__all__) - {"Figure"})
DEFAULT = "export default { render };\n"


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
    write({"figure/view": DEFAULT})
    evil = '</script><!-- <script>alert(1)</script> & \u2028 "'
    shown = Figure("figure", evil, {"text": evil, "nested": [{"a": evil}]}).static(tmp_path)
    inside = re.search(r'<script type="application/json">(.*?)</script>', shown)[1]
    assert "<" not in inside
    assert json.loads(inside) == {"text": evil, "nested": [{"a": evil}]}
    assert "alert" in shown
    assert "<script>alert" not in shown


def test_a_number_that_json_does_not_know_is_refused(tmp_path, write):
    write({"figure/view": DEFAULT})
    with pytest.raises(ValueError, match="JSON"):
        Figure("figure", "A number.", {"x": float("nan")}).static(tmp_path)


def test_the_name_of_a_file_changes_with_its_content(tmp_path, write):
    def names(source, content):
        write({"figure/view": source})
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
    write({"figure/view": DEFAULT})
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
