"""Interactive figures in the built book: the `{interactive}` directive for prose pages, and the files that pages fetch.

A chapter shows a figure from a code cell. The kernels of the build write what the page needs into `_static/figures/`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from helpers import figures
from helpers.figures.compose import FOLDER
from helpers.figures.figure import STATIC


class Interactive(SphinxDirective):
    """A figure by its name; the body holds its arguments, one ``name: value`` a line."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        if name not in figures.__all__ or name == "Figure":
            known = ", ".join(one for one in figures.__all__ if one != "Figure")
            raise self.error(f"there is no interactive figure {name!r}; there are {known}.")
        try:
            arguments = yaml.safe_load("\n".join(self.content)) or {}
        except yaml.YAMLError:
            arguments = None
        if not isinstance(arguments, dict):
            raise self.error(f"{name}: write its arguments as `name: value`, one a line.")
        try:
            shown = getattr(figures, name)(**arguments).static(Path(os.environ[STATIC]))
        except (OSError, TypeError, ValueError) as error:
            raise self.error(f"{name}: {error}") from error
        self.note_sources()
        return [nodes.raw("", shown, format="html")]

    def note_sources(self) -> None:
        """Read the page again when a figure's code has changed."""
        for path in FOLDER.iterdir():
            self.env.note_dependency(str(path))


def only_where_needed(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """A page without a figure loads neither the script nor the style."""
    if 'class="rnn-figure-place"' in context.get("body", ""):
        app.add_js_file("figures.js", loading_method="defer")
        app.add_css_file("figures.css")


def setup(app: Sphinx) -> dict[str, Any]:
    os.environ[STATIC] = str(Path(app.outdir, "_static", "figures"))  # the kernels of this build inherit it
    app.config.html_static_path.append(str(FOLDER / "figures.css"))
    app.add_directive("interactive", Interactive)
    app.connect("html-page-context", only_where_needed)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
