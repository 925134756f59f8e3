"""Where the repository and the published book are: both follow from one line of `pyproject.toml`."""

import tomllib
from pathlib import Path
from typing import NamedTuple

GITHUB = "https://github.com/"


class Addresses(NamedTuple):
    """Both without a slash at the end."""

    repository: str
    homepage: str


def addresses(root: Path) -> Addresses:
    """Return the addresses that `[project.urls]` in `root/pyproject.toml` gives.

    `Repository` must be there. `Homepage` is for a book on a domain of its own; without it, the book is where GitHub
    Pages puts it.

    Raises
    ------
    ValueError
        If there is no `Homepage` and GitHub's rule cannot say where the book is.
    """
    urls = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["urls"]
    repository = urls["Repository"].rstrip("/").removesuffix(".git")
    homepage = urls.get("Homepage", "").rstrip("/") or pages(repository)
    return Addresses(repository, homepage)


def pages(repository: str) -> str:
    """Return where GitHub Pages publishes a repository."""
    owner, _, name = repository.removeprefix(GITHUB).partition("/")
    if not repository.startswith(GITHUB) or not owner or not name or "/" in name:
        raise ValueError(
            f"Repository = {repository!r} is no address like {GITHUB}owner/name: "
            "change it in pyproject.toml, or write Homepage beside it"
        )
    site = f"https://{owner.lower()}.github.io"
    return site if name.lower() == f"{owner.lower()}.github.io" else f"{site}/{name}"
