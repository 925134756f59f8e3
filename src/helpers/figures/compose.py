"""One text out of a figure's file and the shared files that it imports.

A figure is written as an ES module that imports from the shared ones: ``import { svg } from "./dom.mjs";``. A browser
would follow that import, anywidget cannot: it hands the module over as text. So every shared module becomes a constant
that stands before the figure, and the import takes its names out of it. No bundler is needed.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

FOLDER = Path(__file__).parent
_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.mjs";\n', re.MULTILINE)
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
    shared: dict[str, str] = {}
    text = _without_imports(name, shared)
    if not _DEFAULT.search(text) or len(re.findall(r"^export\b", text, re.MULTILINE)) != 1:
        raise ValueError(f"{name}.mjs must end with `export default {{ render }};` and export nothing else.")
    return "".join(shared.values()) + text


def _without_imports(name: str, shared: dict[str, str]) -> str:
    text = _read(name)

    def use(found: re.Match[str]) -> str:
        names, library = found.groups()
        exported = _EXPORT.findall(_read(library))
        for one in filter(None, (one.split(" as ")[0].strip() for one in names.split(","))):
            if one not in exported:
                raise ValueError(f"{name}.mjs imports {one} from {library}.mjs, which exports {', '.join(exported)}.")
        if library not in shared:
            inner = _EXPORT.sub("", _without_imports(library, shared))
            if re.search(r"^export\b", inner, re.MULTILINE):
                raise ValueError(
                    f"{library}.mjs: write an export as `export const`, `export function` or `export class`."
                )
            shared[library] = f"const _{library} = (() => {{\n{inner}return {{ {', '.join(exported)} }};\n}})();\n"
        return f"const {{{names.replace(' as ', ': ')}}} = _{library};\n"

    text = _IMPORT.sub(use, text)
    if re.search(r"^\s*import\b", text, re.MULTILINE):
        raise ValueError(f'{name}.mjs: an import is written `import {{ a, b }} from "./file.mjs";`, at the top.')
    return text


def _read(name: str) -> str:
    return (FOLDER / f"{name}.mjs").read_text(encoding="utf-8")
