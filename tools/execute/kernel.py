"""What a kernel notes while it executes a chapter. Executed inside the kernel, before the first cell."""

from __future__ import annotations

import json
import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

# What an output can depend on beyond our own code; the versions are those that requirements.txt names.
PACKAGES = ("keras", "matplotlib", "numpy", "scikit-learn", "scipy", "tensorflow")


class Notes:
    """The files below ``root`` that were opened, the folders that were listed, and what was imported."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.opened: set[str] = set()
        self.listed: set[str] = set()
        self.hearing = True
        sys.addaudithook(self.hear)

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """The audit hook: remember, and ask no questions, for it may not fail."""
        if not self.hearing:
            return
        if event == "open" and isinstance(arguments[0], str) and not (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR):
            self.opened.add(os.path.abspath(arguments[0]))  # noqa: PTH100 (a Path would open files of its own)
        elif event in ("os.scandir", "os.listdir") and isinstance(arguments[0], str):
            self.listed.add(os.path.abspath(arguments[0]))  # noqa: PTH100

    def write(self, path: str) -> None:
        """Write everything that the notebook depended on, as JSON, and hear no more: an audit hook stays for ever."""
        self.hearing = False
        modules = {
            name: Path(file).relative_to(self.root).as_posix()
            for name, module in sorted(sys.modules.items())
            if name.partition(".")[0] == "helpers"
            and (file := getattr(module, "__file__", None))
            and Path(file).is_relative_to(self.root)
        }
        fingerprints = sys.modules.get("helpers.fingerprints")
        loaded = fingerprints.loaded() if fingerprints else {}
        used = {name.partition(".")[0] for name in sys.modules}
        notes = {
            "modules": modules,
            "files": sorted(name for path in self.opened if (name := self._ours(Path(path)))),
            "folders": sorted(name for path in self.listed if (name := self._folder(Path(path)))),
            "versions": {
                name: version(name) for name in PACKAGES if {"scikit-learn": "sklearn"}.get(name, name) in used
            },
            "data": {name: list(one) for name, one in loaded.items()},
        }
        Path(path).write_text(json.dumps(notes), encoding="utf-8")

    def _ours(self, path: Path) -> str | None:
        """A file of the repository that is no Python module, by its name from the root."""
        if not path.is_relative_to(self.root) or not path.is_file() or path.suffix in (".py", ".pyc"):
            return None
        name = path.relative_to(self.root)
        return None if name.parts[0].startswith((".", "_build")) or ".egg-info" in str(name) else name.as_posix()

    def _folder(self, path: Path) -> str | None:
        """A folder of the repository that holds data: Python itself lists those with modules."""
        if not path.is_relative_to(self.root / "src" / "helpers") or not path.is_dir():
            return None
        return None if any(path.glob("*.py")) else path.relative_to(self.root).as_posix()
