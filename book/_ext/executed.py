"""The outputs of the chapters: taken from `notebooks/executed/`, never computed while the book is built.

myst-nb looks for a notebook's outputs in a jupyter-cache. Before the pages are read, the kept notebooks are put there,
under the code that the chapters have now. A page whose notebook is stale says so.
"""

from __future__ import annotations

import shutil
import sys
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
from docutils import nodes
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from myst_nb.core.read import read_myst_markdown_notebook
from sphinx.application import Sphinx
from sphinx.util import logging

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tools.execute.dependencies import reasons
from tools.execute.kept import executed_path, read_executed, read_source, with_outputs

_logger = logging.getLogger(__name__)


def own_cache(app: Sphinx) -> None:
    """A cache for each builder, whatever folder the build was started from."""
    env: Any = app.env  # MyST-NB puts its settings there
    env.mystnb_config = env.mystnb_config.copy(execution_cache_path=str(Path(app.doctreedir, ".jupyter_cache")))


def fill_cache(app: Sphinx, env: Any, docnames: list[str]) -> None:
    """Put the kept outputs of the chapters that will be read into the cache."""
    chapters = [name for name in docnames if name.startswith("notebooks/")]
    if not chapters:
        return
    folder = Path(env.mystnb_config.execution_cache_path)
    shutil.rmtree(folder, ignore_errors=True)  # nothing else is in it, and a stale entry would be found again
    cache = get_cache(str(folder))
    read = partial(read_myst_markdown_notebook, config=env.myst_config, add_source_map=True)
    for name in chapters:
        source = Path(env.doc2path(name))
        notebook = read(source.read_text(encoding="utf-8"), path=str(source))
        filled = with_outputs(nbformat.from_dict(notebook), read_executed(source))
        cache.cache_notebook_bundle(
            CacheBundleIn(filled, str(source), data={"execution_seconds": 0}), check_validity=False, overwrite=True
        )


def say_if_stale(app: Sphinx, doctree: nodes.document) -> None:
    """Put a note on top of a page whose code, helpers, records or data are not those that its outputs came from."""
    if not app.env.docname.startswith("notebooks/"):
        return
    source = Path(app.env.doc2path(app.env.docname))
    app.env.note_dependency(str(executed_path(source)))
    why = reasons(read_source(source), read_executed(source), Path(app.srcdir))
    if not why:
        return
    _logger.info("%s is stale: %s", source.stem, "; ".join(why))
    text = f"The results on this page are older than its code ({'; '.join(why[:3])}). Run make executed."
    note = nodes.warning("", nodes.paragraph("", text), classes=["rnn-stale"])
    section = next(doctree.findall(nodes.section), doctree)
    section.insert(1, note)


def one_picture_a_caption(app: Sphinx, doctree: nodes.document) -> None:
    """Warn where a caption does not stand below one picture: MyST-NB repeats it for each output."""
    for cell in doctree.findall(nodes.container):
        if not cell.get("cell_metadata", {}).get("mystnb", {}).get("figure"):
            continue
        count = len(list(cell.findall(nodes.figure)))
        if count != 1:
            text = "a cell with a caption shows one picture, and this one shows %d outputs"
            _logger.warning(text, count, location=cell, type="figures")


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("builder-inited", own_cache, priority=900)  # after myst-nb has read its configuration
    app.connect("env-before-read-docs", fill_cache)
    app.connect("doctree-read", say_if_stale)
    app.connect("doctree-read", one_picture_a_caption)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
