"""Python code by what it does: comments, layout and docstrings leave its hash as it is, on every version of Python."""

from __future__ import annotations

import ast
import functools
import hashlib
from pathlib import Path
from typing import Any

_DEFINITIONS = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
_Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def digest(content: bytes) -> str:
    """A short hash."""
    return hashlib.sha256(content).hexdigest()[:16]


@functools.cache
def module_digest(path: Path) -> str:
    """The hash of a module by its syntax tree, without docstrings."""
    tree = ast.parse(path.read_bytes())
    return digest(_dump(_undocumented(tree, (ast.Module, *_DEFINITIONS))).encode())


@functools.cache
def cell_key(source: str) -> str:
    """The hash of a cell by its syntax tree, without docstrings; by its text where that is not plain Python."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return digest(source.encode())
    return digest(_dump(_undocumented(tree, _DEFINITIONS)).encode())  # a cell's own first text is what it shows


def _undocumented(tree: ast.Module, kinds: tuple[type[_Documented], ...]) -> ast.Module:
    """The tree without the docstrings of such nodes, in place."""
    for node in ast.walk(tree):
        if isinstance(node, kinds) and ast.get_docstring(node, clean=False) is not None:
            del node.body[0]
    return tree


def _dump(node: Any) -> str:
    """The tree as text. ``ast.dump`` would do, if it wrote the same in every version of Python."""
    if isinstance(node, ast.AST):
        fields = ((name, getattr(node, name, None)) for name in node._fields if name not in ("ctx", "kind"))
        shown = [f"{name}={_dump(value)}" for name, value in fields if value is not None and value != []]
        return f"{type(node).__name__}({','.join(shown)})"
    if isinstance(node, list):
        return f"[{','.join(map(_dump, node))}]"
    return repr(node)
