"""The cells stand on NumPy, on the types of arrays and on one another alone, by public names."""

import ast
import sys
from pathlib import Path

import pytest

from helpers import cells

FILES = sorted(Path(cells.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_cell_imports_numpy_and_public_names_of_its_neighbours(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert {alias.name for alias in node.names} == {"numpy"}
        elif isinstance(node, ast.ImportFrom):
            room = node.module.split(".")[0]
            ours = node.module == "helpers.arrays" or node.module.startswith("helpers.cells.")
            assert room == "numpy" or room in sys.stdlib_module_names or ours
            assert not [alias.name for alias in node.names if alias.name.startswith("_")]
