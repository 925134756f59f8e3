"""What the book needs from Sphinx beyond Jupyter Book: recorded results, no outside request, one repository address."""

from __future__ import annotations

import re
import shutil
import sys
from importlib.metadata import files
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.domains.math import MathDomain
from sphinx.util.docutils import SphinxRole

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tools.addresses import addresses
from tools.chapters import chapter_named
from tools.reading_time import in_words

ROOT = Path(__file__).resolve().parents[2]


class Recorded(SphinxRole):
    """``{recorded}`b1-simplernn test_accuracy``` puts a number of the recorded runs into the text."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        from helpers.results import quote, quoted_files

        try:
            for path in quoted_files(self.text):
                self.env.note_dependency(str(path))
            return [nodes.inline(self.text, quote(self.text), classes=["recorded"])], []
        except ValueError as error:
            message = self.inliner.reporter.error(str(error), line=self.lineno)
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]


class ChapterNumber(SphinxRole):
    """``chapter {chapter}`lstm``` puts the number of the chapter with this name into the text, with a link to it."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        try:
            document, number = chapter_named(ROOT, self.text.strip())
        except ValueError as error:
            message = self.inliner.reporter.error(str(error), line=self.lineno)
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]
        shown = nodes.inline("", str(number))
        if document == self.env.docname:
            return [shown], []
        target = {"reftarget": f"/{document}", "refdoc": self.env.docname, "refwarn": True}
        return [pending_xref("", shown, refdomain="std", reftype="doc", refexplicit=True, **target)], []


class Time(SphinxRole):
    """``{time}`lstm gru``` puts into the text how long these chapters take, exercises included."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        try:
            shown = in_words(self.text.split(), ROOT)
        except ValueError as error:
            message = self.inliner.reporter.error(str(error), line=self.lineno)
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]
        for slug in self.text.split():
            self.env.note_dependency(str(ROOT / f"{chapter_named(ROOT, slug)[0]}.md"))
        return [nodes.Text(shown)], []


def use_repository(app: Sphinx, config: Any) -> None:
    """Hand the repository's address, which stands in pyproject.toml alone, to the theme."""
    repository, homepage = addresses(ROOT)
    config.html_theme_options |= {
        "repository_url": repository,
        "repository_branch": "main",
        "use_repository_button": True,
        "use_issues_button": True,
        "use_edit_page_button": True,
    }
    config.html_baseurl = homepage + "/"


def titles_changed(app: Sphinx, env: Any) -> list[str]:
    """Write every page again when a title or the order of the pages changed: all show the table of contents."""
    contents = {name: (env.titles[name].astext(), env.toctree_includes.get(name)) for name in sorted(env.titles)}
    changed = getattr(env, "rnn_contents", contents) != contents
    env.rnn_contents = contents
    return sorted(env.found_docs) if changed else []


def fewer_scripts(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Leave out the scripts that a page has no use for: thebe (there is no server), MathJax where nothing is typeset.

    sphinx-thebe also writes its inline script twice, which is an error in the browser's console.
    """
    math = cast(MathDomain, app.env.get_domain("math")).has_equations(pagename)

    def wanted(script: Any) -> bool:
        text = str(getattr(script, "filename", script)) + str(getattr(script, "attributes", {}).get("body") or "")
        return "thebe" not in text.lower() and (math or "mathjax" not in text.lower())

    context["script_files"] = [script for script in context.get("script_files", []) if wanted(script)]


def list_items(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Call the entries of the bibliography list items: docutils' own role is deprecated and not allowed in a list."""
    if "body" in context:
        context["body"] = context["body"].replace('role="doc-biblioentry"', 'role="listitem"')


def copy_mathjax(app: Sphinx, exception: Exception | None) -> None:
    """Put MathJax and its fonts into the built book, so that no page asks another machine for them."""
    if exception or app.builder.format != "html":
        return
    for file in files("sphinx-mathjax-offline") or []:
        parts = file.parts
        if "mathjax" in parts and (file.name == "tex-mml-chtml.js" or "woff-v2" in parts):
            target = Path(app.outdir, "vendor", *parts[parts.index("mathjax") :])
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file.locate(), target)


def icons_from_the_font(app: Sphinx, exception: Exception | None) -> None:
    """Drop the theme's 1.5 MB icon script: its style sheet, which is loaded too, draws the same icons from a font."""
    if exception or app.builder.format != "html":
        return
    script = re.compile(r'\s*<script src="[^"]*/fontawesome/[^"]*"></script>')
    for page in Path(app.outdir).rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        lighter = script.sub("", text)
        if lighter != text:
            page.write_text(lighter, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_css_file("book.css")
    app.add_role("recorded", Recorded())
    app.add_role("chapter", ChapterNumber())
    app.add_role("time", Time())
    app.connect("config-inited", use_repository, priority=100)
    app.connect("env-updated", titles_changed)
    app.connect("html-page-context", fewer_scripts, priority=999)
    app.connect("html-page-context", list_items)
    app.connect("build-finished", copy_mathjax)
    app.connect("build-finished", icons_from_the_font)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
