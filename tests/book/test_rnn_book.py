"""What the extension makes of a page, each hook by itself: a new theme that breaks one is seen here first."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "book" / "_ext"))

import rnn_book

ICONS = '<script src="../_static/scripts/fontawesome/js/all.min.js?digest=8d27b9de"></script>'


@pytest.fixture
def app(tmp_path):
    return SimpleNamespace(outdir=str(tmp_path), builder=SimpleNamespace(format="html"))


def page(app, body: str, name: str = "notebooks/01_a.html") -> Path:
    path = Path(app.outdir, name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"<html><head>{body}</head></html>", encoding="utf-8")
    return path


def test_the_icon_script_goes_and_every_other_stays(app):
    others = '<script src="../_static/quiz.js"></script>\n<link href="../_static/vendor/fontawesome/css/all.min.css">'
    path = page(app, f"{others}\n  {ICONS}\n")
    rnn_book.icons_from_the_font(app, None)
    assert path.read_text(encoding="utf-8") == f"<html><head>{others}\n</head></html>"


@pytest.mark.parametrize(("format_", "exception"), [("latex", None), ("html", ValueError("the build failed"))])
def test_a_build_that_failed_or_makes_no_pages_is_left_alone(app, format_, exception):
    app.builder.format = format_
    path = page(app, ICONS)
    rnn_book.icons_from_the_font(app, exception)
    rnn_book.copy_mathjax(app, exception)
    assert ICONS in path.read_text(encoding="utf-8")
    assert not Path(app.outdir, "vendor").exists()


def test_entries_of_the_bibliography_are_list_items(app):
    context = {"body": '<div role="list"><div class="citation" role="doc-biblioentry">Elman</div></div>'}
    rnn_book.list_items(app, "book/bibliography", "page.html", context, None)
    assert context == {"body": '<div role="list"><div class="citation" role="listitem">Elman</div></div>'}
    nothing: dict = {}
    rnn_book.list_items(app, "search", "search.html", nothing, None)
    assert nothing == {}


def test_mathjax_comes_with_its_fonts_and_without_what_no_page_asks_for(app):
    rnn_book.copy_mathjax(app, None)
    copied = {path.relative_to(app.outdir).as_posix() for path in Path(app.outdir).rglob("*") if path.is_file()}
    assert "vendor/mathjax/tex-mml-chtml.js" in copied
    fonts = {name for name in copied if name.endswith(".woff")}
    assert fonts
    assert copied == fonts | {"vendor/mathjax/tex-mml-chtml.js"}


@pytest.mark.parametrize(("math", "kept"), [(True, ["mathjax.js", "quiz.js"]), (False, ["quiz.js"])])
def test_a_page_has_no_script_that_it_has_no_use_for(app, math, kept):
    app.env = SimpleNamespace(get_domain=lambda name: SimpleNamespace(has_equations=lambda page: math))
    scripts = [SimpleNamespace(filename=name, attributes={}) for name in ("mathjax.js", "sphinx-thebe.js", "quiz.js")]
    scripts.append(SimpleNamespace(filename=None, attributes={"body": "var thebeConfig = {}"}))
    context = {"script_files": scripts}
    rnn_book.fewer_scripts(app, "notebooks/01_a", "page.html", context, None)
    assert [script.filename for script in context["script_files"]] == kept


def test_all_pages_are_written_again_when_a_title_changes():
    env = SimpleNamespace(titles={"a": SimpleNamespace(astext=lambda: "A")}, toctree_includes={}, found_docs={"b", "a"})
    assert rnn_book.titles_changed(None, env) == []  # the first build writes everything anyway
    assert rnn_book.titles_changed(None, env) == []
    env.titles["a"] = SimpleNamespace(astext=lambda: "Another")
    assert rnn_book.titles_changed(None, env) == ["a", "b"]
