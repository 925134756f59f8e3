"""The helpers as a package (light to import, no burden on Colab), and what stands in one place only."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tools import export_notebooks
from tools.addresses import addresses

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
    "helpers.text.cleaning",
    "helpers.data",
    "helpers.vectors",
    "helpers.layers",
    "helpers.experiments",
    "helpers.results",
    "helpers.runs",
    "helpers.plotting",
    "helpers.figures",
    "helpers.checks",
]


@pytest.mark.parametrize("room", ROOMS)
def test_importing_a_room_loads_nothing_heavy(room):
    heavy = ("tensorflow", "keras", "sklearn", "matplotlib", "pandas", "scipy")
    code = f"import sys, {room}; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def tracked() -> list[str]:
    """The files of the repository, as git names them; without those that are deleted and not yet committed."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in done.stdout.split("\0") if (ROOT / name).is_file()]


def holders(root: Path, names: list[str], words: list[str]) -> list[str]:
    """The files in which one of the words stands, in capital or small letters."""
    return [
        name for name in names if any(word.lower().encode() in (root / name).read_bytes().lower() for word in words)
    ]


def test_the_repository_address_stands_in_one_place():
    repository, homepage = (address.removeprefix("https://") for address in addresses(ROOT))
    sources = [name for name in tracked() if not name.endswith(".ipynb")]
    assert holders(ROOT, sources, [repository]) == ["pyproject.toml"]
    assert holders(ROOT, sources, [homepage]) == []


def test_one_line_and_an_export_make_the_course_somebody_elses(tmp_path):
    old = addresses(ROOT)
    names = tracked()
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / name)
    project = tmp_path / "pyproject.toml"
    line = f'Repository = "{old.repository}"'
    assert project.read_text(encoding="utf-8").count(line) == 1
    mine = 'Repository = "https://github.com/Somebody/their-course"'
    project.write_text(project.read_text(encoding="utf-8").replace(line, mine), encoding="utf-8")

    assert export_notebooks.main([], root=tmp_path) == 0

    assert addresses(tmp_path).homepage == "https://somebody.github.io/their-course"
    parts = [old.repository.removeprefix("https://github.com/"), old.homepage.removeprefix("https://")]
    assert holders(tmp_path, names, parts) == []
    notebook = (tmp_path / "notebooks" / "01_why_recurrence.ipynb").read_text(encoding="utf-8")
    assert "colab.research.google.com/github/Somebody/their-course/blob/main/notebooks/01" in notebook


def test_one_version_everywhere():
    version = PROJECT["version"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == version
    log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    released = re.findall(r"^## (?!Unreleased$)(\S+)", log, flags=re.MULTILINE)
    assert released[0] == version, "the newest release in CHANGELOG.md is not the version in pyproject.toml"
    assert released == sorted(released, key=Version, reverse=True)
