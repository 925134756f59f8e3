"""What git may run before a commit is valid and needs nothing but the virtual environment."""

import re
from pathlib import Path

import pytest
from pre_commit.clientlib import load_config

ROOT = Path(__file__).resolve().parent.parent
HOOKS = [hook for repo in load_config(ROOT / ".pre-commit-config.yaml")["repos"] for hook in repo["hooks"]]
# program → the package of requirements.in that brings it
BROUGHT_BY = {
    "ruff": "ruff",
    "python": None,
    "end-of-file-fixer": "pre-commit-hooks",
    "check-added-large-files": "pre-commit-hooks",
}


def test_it_is_checked_by_pre_commits_own_rules_and_everything_is_local():
    assert {hook["id"] for hook in HOOKS} >= {
        "ruff",
        "ruff-format",
        "chapters",
        "notebooks",
        "end-of-file",
        "large-files",
    }
    assert "repo: http" not in (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_every_program_is_one_of_the_virtual_environment(hook):
    folder, _, program = hook["entry"].split()[0].rpartition("/")
    assert folder == ".venv/bin"
    package = BROUGHT_BY[program]
    assert package is None or re.search(rf"^{package}==", (ROOT / "requirements.in").read_text(encoding="utf-8"), re.M)


@pytest.mark.parametrize(
    ("hook", "path", "meant"),
    [
        ("chapters", "notebooks/04_lstm.md", True),
        ("chapters", "notebooks/executed/04_lstm.ipynb", False),
        ("chapters", "book/glossary.md", False),
        ("notebooks", "notebooks/04_lstm.md", True),
        ("notebooks", "notebooks/executed/04_lstm.ipynb", True),
        ("notebooks", "book/glossary.md", True),
        ("notebooks", "tools/links.py", False),
    ],
)
def test_a_hook_runs_for_the_files_it_is_about(hook, path, meant):
    (files,) = (one["files"] for one in HOOKS if one["id"] == hook)
    assert bool(re.search(files, path)) == meant
