"""The book's directive that puts a figure into a page of prose."""

import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils.core import publish_doctree
from docutils.parsers.rst import directives
from docutils.utils import SystemMessage

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))

from interactive import FILES, Interactive  # noqa: E402


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
