"""The helpers as a package: light to import, and no burden on Colab."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def pinned(path: Path) -> dict[str, str]:
    """name → version of every ``name==version`` line."""
    lines = (line.split("==") for line in path.read_text(encoding="utf-8").splitlines() if "==" in line)
    return {canonicalize_name(name): version.strip() for name, version, *_ in lines if not name.startswith("#")}


@pytest.mark.real_data
@pytest.mark.parametrize("freeze", ["pip-freeze.txt", "pip-freeze.gpu.txt"])
def test_installing_on_colab_changes_none_of_its_packages(freeze, rnn_data):
    colab = pinned(rnn_data / "colab" / freeze)
    for line in PROJECT["dependencies"]:
        requirement = Requirement(line)
        have = colab.get(canonicalize_name(requirement.name))
        assert have is not None, f"Colab has no {requirement.name}: pip would install it"
        assert requirement.specifier.contains(have), f"Colab has {requirement.name} {have}, and {line} asks for another"


@pytest.mark.real_data
def test_the_book_is_built_with_colabs_versions(rnn_data):
    ours, colab = pinned(ROOT / "requirements.txt"), pinned(rnn_data / "colab" / "pip-freeze.txt")
    for name in ("tensorflow", "keras", "numpy", "matplotlib", "tensorflow-datasets", "protobuf", "scikit-learn"):
        assert ours[name] == colab[name]


def test_what_is_installed_satisfies_our_own_bounds():
    ours = pinned(ROOT / "requirements.txt")
    for line in PROJECT["dependencies"]:
        requirement = Requirement(line)
        assert requirement.specifier.contains(ours[canonicalize_name(requirement.name)])


ROOMS = [
    "helpers",
    "helpers.cells",
    "helpers.params",
    "helpers.text",
    "helpers.cleaning",
    "helpers.data",
    "helpers.figures",
    "helpers.glove",
    "helpers.runs",
    "helpers.plotting",
    "helpers.checks",
]


@pytest.mark.parametrize("room", ROOMS)
def test_importing_a_room_loads_nothing_heavy(room):
    heavy = ("tensorflow", "keras", "sklearn", "matplotlib")
    code = f"import sys, {room}; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_repository_address_stands_in_one_place():
    address = PROJECT["urls"]["Repository"].removeprefix("https://")
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    holders = [
        name
        for name in tracked
        if not name.endswith(".ipynb") and (ROOT / name).is_file() and address.encode() in (ROOT / name).read_bytes()
    ]
    assert holders == ["pyproject.toml"]
