"""Make the files of a release in `_build/release`: package, book, notebooks and their checksums.

    python tools/release.py --check     only compare: does the tag in the variable TAG name the version?
    python tools/release.py             wheel, sdist, book.zip (of `_build/html`), notebooks.zip, SHA256SUMS

The notes of the release, its section of CHANGELOG.md, go to `_build/release-notes.md`. What is zipped carries the date
of the commit, in a fixed order: the same commit gives the same zip files.
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
import zipfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = 315532800  # 1980: a zip file knows no earlier date


def complaint(tag: str, version: str, changelog: str) -> str | None:
    """Return what keeps this version from being released under that tag (if there is one), or None."""
    if tag and tag != f"v{version}":
        return f"The tag {tag} does not name the version {version} that stands in pyproject.toml."
    if not notes(changelog, version):
        return f"CHANGELOG.md has nothing to say under a heading `## {version}`."
    return None


def notes(changelog: str, version: str) -> str:
    """Return the text below a version's heading, without the heading."""
    section = re.search(rf"^## {re.escape(version)}(?: [^\n]*)?\n(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    return section[1].strip() if section else ""


def pack(target: Path, folder: str, files: Iterable[tuple[str, Path]], moment: int) -> None:
    """Write a zip file in which all files, given as (name, path), lie in one folder and carry one date."""
    date = time.gmtime(max(moment, OLDEST))[:6]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{name}", date)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())


def sums(folder: Path) -> str:
    """Return the checksums of a folder's files as `sha256sum --check` reads them."""
    files = sorted(path for path in folder.iterdir() if path.name != "SHA256SUMS")
    return "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)


def commit_time(root: Path) -> int:
    """Return when the commit was made, in seconds."""
    done = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=root, capture_output=True, text=True, check=True)
    return int(done.stdout)


def make(root: Path, version: str) -> Path:
    """Make all files of the release and return their folder."""
    html = root / "_build" / "html"
    if not (html / "index.html").is_file():
        raise FileNotFoundError("There is no built book: run `make book` first.")
    release = root / "_build" / "release"
    shutil.rmtree(release, ignore_errors=True)
    release.mkdir(parents=True)
    moment = int(os.environ.get("SOURCE_DATE_EPOCH") or commit_time(root))
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(release), str(root)]
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(moment)}
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    pages = (path for path in html.rglob("*") if path.is_file() and path.name != ".buildinfo")
    book = [(path.relative_to(html).as_posix(), path) for path in pages]
    notebooks = [(path.name, path) for path in (root / "notebooks").glob("[0-9][0-9]_*.ipynb")]
    licences = [(path.name, path) for path in root.glob("LICENSE*")]
    pack(release / "book.zip", f"rnn-unrolled-{version}-book", book + licences, moment)
    pack(release / "notebooks.zip", f"rnn-unrolled-{version}-notebooks", notebooks + licences, moment)
    (release / "SHA256SUMS").write_text(sums(release), encoding="utf-8", newline="\n")
    return release


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(description="Make the files of a release.")
    parser.add_argument("--check", action="store_true", help="only compare the tag in TAG, the version, the changelog")
    options = parser.parse_args(arguments)
    version = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    problem = complaint(os.environ.get("TAG", ""), version, changelog)
    if problem:
        print(problem, file=sys.stderr)
        return 1
    if options.check:
        return 0
    try:
        release = make(root, version)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    (root / "_build" / "release-notes.md").write_text(notes(changelog, version) + "\n", encoding="utf-8")
    for path in sorted(release.iterdir()):
        print(f"{path.stat().st_size:>12,}  {path.relative_to(root)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
