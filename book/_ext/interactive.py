"""Interactive figures in the built book, in chapters and by the `{interactive}` directive in pages of prose.

A chapter shows a figure from a code cell. What is kept of it is the call that made it; here it is made again, and the
files that the page fetches are written into ``_static/figures/``.
"""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from helpers import figures
from helpers.figures.compose import FOLDER

FILES = Path("_static", "figures")  # below the built book
_CALL = re.compile(r'<div class="rnn-figure-place" data-call="([^"]*)"></div>')
_logger = logging.getLogger(__name__)


def make(name: str, arguments: dict[str, Any], folder: Path) -> str:
    """Make a figure by its name and write its files into ``folder``; return its place in a page.

    Raises
    ------
    ValueError
        With a sentence for an unknown figure and for arguments that it refuses.
    """
    if name not in figures.__all__ or name == "Figure":
        known = ", ".join(one for one in figures.__all__ if one != "Figure")
        raise ValueError(f"there is no interactive figure {name!r}; there are {known}.")
    try:
        return getattr(figures, name)(**arguments).static(folder)
    except (OSError, TypeError, ValueError) as error:
        raise ValueError(f"{name}: {error}") from error


class Interactive(SphinxDirective):
    """A figure by its name; the body holds its arguments, one ``name: value`` a line."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        try:
            arguments = yaml.safe_load("\n".join(self.content)) or {}
        except yaml.YAMLError:
            arguments = None
        if not isinstance(arguments, dict):
            raise self.error(f"{name}: write its arguments as `name: value`, one a line.")
        try:
            shown = make(name, arguments, Path(self.env.app.outdir, FILES))
        except ValueError as error:
            raise self.error(str(error)) from error
        note_sources(self.env)
        return [nodes.raw("", shown, format="html")]


def note_sources(env: Any) -> None:
    """Read the page again when a figure's code has changed."""
    for path in FOLDER.rglob("*.mjs"):
        env.note_dependency(str(path))


def fill_places(app: Sphinx, doctree: nodes.document) -> None:
    """Make the figures of a chapter's cells again, from the calls that its executed notebook holds."""

    def made(match: re.Match[str]) -> str:
        call = json.loads(unescape(match[1]))
        return make(call["function"], call["arguments"], Path(app.outdir, FILES))

    for node in doctree.findall(nodes.raw):
        if "data-call=" not in node.astext():
            continue
        try:
            shown = _CALL.sub(made, node.astext())
        except ValueError as error:
            _logger.warning(str(error), location=node, type="figures")
            continue
        node.children = [nodes.Text(shown)]
        node.rawsource = shown
        note_sources(app.env)


def only_where_needed(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """A page without a figure loads neither the script nor the style."""
    if 'class="rnn-figure-place"' in context.get("body", ""):
        app.add_js_file("figures.js", loading_method="defer")
        app.add_css_file("figures.css")


def setup(app: Sphinx) -> dict[str, Any]:
    app.config.html_static_path.append(str(FOLDER / "figures.css"))
    app.add_directive("interactive", Interactive)
    app.connect("doctree-read", fill_places)
    app.connect("html-page-context", only_where_needed)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
