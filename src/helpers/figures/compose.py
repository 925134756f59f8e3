"""One text out of a figure's ``view.mjs`` and what it imports.

A figure is written as ES modules that import from each other: ``import { svg } from "../shared/dom.mjs";``, or from a
file beside them: ``import { journey } from "./model.mjs";``. A browser would follow that import, anywidget cannot: it
hands the module over as text. So every imported module becomes a constant that stands before the view, and the import
takes its names out of it. No bundler is needed.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

FOLDER = Path(__file__).parent
_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.|\.\./shared)/(\w+)\.mjs";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:const|class|(?:async )?function\*?) (\w+))", re.MULTILINE)
_DEFAULT = re.compile(r"^export default \{ render \};\n*\Z", re.MULTILINE)
# JupyterLab's own shortcuts take the arrow keys from a slider and the space bar from a checkbox, unless the element
# with the focus says otherwise.
_NOTEBOOK = """export default {
  render(context) {
    context.el.addEventListener("focusin", ({ target }) => target.setAttribute("data-lm-suppress-shortcuts", "true"));
    return render(context);
  },
};
"""


def module(name: str) -> str:
    """The figure as one ES module without imports: what anywidget runs in JupyterLab and Colab."""
    return _DEFAULT.sub(_NOTEBOOK, _composed(name))


def script(name: str) -> str:
    """The figure as a classic script, which a page may load from anywhere, a disk included.

    It hands itself to ``_static/figures.js``, the part of the book that mounts figures.
    """
    text = _DEFAULT.sub("return { render };\n", _composed(name))
    return f'rnnFigure(() => {{\n"use strict";\n{text}}});\n'


def data_script(content: bytes) -> str:
    """Bytes as such a script: a page from a disk may load a script, and may not fetch anything else."""
    return f'rnnFigure(() => "{base64.b64encode(content).decode()}");\n'


def version(text: str) -> str:
    """A short hash of what a file holds. It stands in the file's name, so no browser shows an old one."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _composed(name: str) -> str:
    view = f"{name}/view.mjs"
    imported: dict[str, str] = {}
    text = _without_imports(view, imported)
    if not _DEFAULT.search(text) or len(re.findall(r"^export\b", text, re.MULTILINE)) != 1:
        raise ValueError(f"{view} must end with `export default {{ render }};` and export nothing else.")
    return "".join(imported.values()) + text


def _without_imports(path: str, imported: dict[str, str]) -> str:
    """The text of a file whose imports take their names out of constants; these go into ``imported``, by path."""

    def use(found: re.Match[str]) -> str:
        names, place, stem = found.groups()
        library = f"{path.split('/')[0] if place == '.' else 'shared'}/{stem}.mjs"
        if not (FOLDER / library).is_file():
            raise ValueError(f"{path} imports from {library}, and there is no such file.")
        exported = _EXPORT.findall(_read(library))
        for one in filter(None, (one.split(" as ")[0].strip() for one in names.split(","))):
            if one not in exported:
                raise ValueError(f"{path} imports {one} from {library}, which exports {', '.join(exported)}.")
        constant = "_" + library.removesuffix(".mjs").replace("/", "_")
        if library not in imported:
            inner = _EXPORT.sub("", _without_imports(library, imported))
            if re.search(r"^export\b", inner, re.MULTILINE):
                raise ValueError(f"{library}: write an export as `export const`, `export function` or `export class`.")
            imported[library] = f"const {constant} = (() => {{\n{inner}return {{ {', '.join(exported)} }};\n}})();\n"
        return f"const {{{names.replace(' as ', ': ')}}} = {constant};\n"

    text = _IMPORT.sub(use, _read(path))
    if re.search(r"^\s*import\b", text, re.MULTILINE):
        raise ValueError(
            f'{path}: an import is written `import {{ a, b }} from "./file.mjs";` or `… from "../shared/file.mjs";`, '
            "at the top."
        )
    return text


def _read(path: str) -> str:
    return (FOLDER / path).read_text(encoding="utf-8")
