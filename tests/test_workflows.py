"""The workflows call make and nothing else, and run only actions that are fixed to a commit."""

import json
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def jobs(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]


def test_there_are_workflows():
    assert [path.stem for path in WORKFLOWS] == ["book", "check", "nightly", "release"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_step_is_an_action_or_one_make_target(path):
    for job in jobs(path).values():
        for step in job["steps"]:
            if "run" in step:
                command, target = step["run"].split()
                assert command == "make"
                assert target in TARGETS
            else:
                assert "uses" in step


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_action_is_fixed_to_a_commit_and_says_its_version(path):
    for line in re.findall(r"uses: (.*)", path.read_text(encoding="utf-8")):
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_job_may_do_only_what_it_names_and_ends_in_time(path):
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["permissions"] == {}
    for job in jobs(path).values():
        assert job["permissions"]
        assert job["timeout-minutes"] <= 60


def test_the_container_is_set_up_by_a_make_target():
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    command, target = container["postCreateCommand"].split()
    assert command == "make"
    assert target in TARGETS
