"""What an executed notebook depended on, and whether that still holds.

Its code cells are compared with those of the chapter by their syntax trees, without comments, layout and docstrings.
``made_of`` in its metadata has four parts:

- ``helpers``: module → hash of its syntax tree without docstrings;
- ``files``: folder of the repository → hash and names of the files that were opened in it; ``folders``: folder → hash
  of the names of all its files, where the folder was listed;
- ``versions``: package → version;
- ``data``: data set → fingerprint of what was loaded.

Checking needs no data and none of the packages: versions are compared with those that ``requirements.txt`` names.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from tools.execute.kept import code_cells, made_of
from tools.execute.syntax import cell_key, digest, module_digest


def describe(notes: dict[str, Any], root: Path) -> dict[str, Any]:
    """``made_of`` for a chapter, from what its kernel noted (:class:`tools.execute.kernel.Notes`)."""
    by_folder: defaultdict[str, list[str]] = defaultdict(list)
    for name in notes["files"]:
        folder, _, file = name.rpartition("/")
        by_folder[folder].append(file)
    return {
        "helpers": {name: module_digest(root / path) for name, path in notes["modules"].items()},
        "files": {folder: f"{_files(root, folder, names)} {' '.join(names)}" for folder, names in by_folder.items()},
        "folders": {folder: _names(root, folder) for folder in notes["folders"]},
        "versions": notes["versions"],
        "data": {name: fingerprint for name, (_, fingerprint, _) in notes["data"].items()},
    }


def reasons(source: NotebookNode, executed: NotebookNode | None, root: Path) -> list[str]:
    """Why an executed notebook is stale; an empty list if it is not."""
    if executed is None:
        return ["never executed"]
    kept = made_of(executed)
    found = []
    now, before = ([cell_key(cell.source) for cell in code_cells(notebook)] for notebook in (source, executed))
    if now != before:
        common = sum((a == b) for a, b in zip(now, before, strict=False))
        changed = max(len(now), len(before)) - common
        found.append(
            f"{changed} of its {len(now)} code cells changed" if len(now) == len(before) else "other code cells"
        )
    for name, known in kept["helpers"].items():
        path = module_path(root, name)
        if path is None:
            found.append(f"{name} is gone")
        elif module_digest(path) != known:
            found.append(f"{name} changed")
    for folder, value in kept["files"].items():
        known, *names = value.split(" ")
        if missing := [name for name in names if not (root / folder / name).is_file()]:
            found.append(f"{folder}/{missing[0]} is gone")
        elif _files(root, folder, names) != known:
            found.append(f"{folder} changed ({', '.join(names[:3])}{' …' * (len(names) > 3)})")
    for folder, known in kept["folders"].items():
        if not (root / folder).is_dir() or _names(root, folder) != known:
            found.append(f"{folder} has other files")
    pinned = pins(root)
    for name, known in kept["versions"].items():
        if pinned.get(name) != known:
            found.append(f"{name} {known} → {pinned.get(name, 'not in requirements.txt')}")
    recorded = recorded_data(root)
    for name, known in kept["data"].items():
        if recorded.get(name) != known:
            found.append(f"made with other data ({name}) than the recorded runs")
    return found


def module_path(root: Path, name: str) -> Path | None:
    """The file of a module below ``src``."""
    path = root.joinpath("src", *name.split("."))
    return next((one for one in (path.with_suffix(".py"), path / "__init__.py") if one.is_file()), None)


@functools.cache
def pins(root: Path) -> dict[str, str]:
    """Package → the version that ``requirements.txt`` names."""
    text = (root / "requirements.txt").read_text(encoding="utf-8")
    return {name.lower().replace("_", "-"): version for name, version in re.findall(r"^([\w.-]+)==(\S+)", text, re.M)}


@functools.cache
def recorded_data(root: Path) -> dict[str, str]:
    """Data set → its fingerprint when the runs were recorded, read from the module that says so."""
    names: dict[str, Any] = {}
    path = root / "src" / "helpers" / "fingerprints.py"
    exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), names)
    return names["RECORDED"]


@functools.cache
def _digest(path: Path) -> str:
    return digest(path.read_bytes())


def _files(root: Path, folder: str, names: list[str]) -> str:
    return digest("\n".join(f"{name} {_digest(root / folder / name)}" for name in names).encode())


def _names(root: Path, folder: str) -> str:
    return digest("\n".join(sorted(path.name for path in (root / folder).iterdir())).encode())
