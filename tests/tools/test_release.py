"""What a release holds, and what it refuses."""

import subprocess
import zipfile

from tools import release

LOG = """# Changelog

## Unreleased

- Not yet.

## 0.2.0 - 2026-12-24

### Added

- A chapter.

## 0.1.0 - 2026-11-24

- The first.
"""


def test_the_notes_are_the_section_of_that_version():
    assert release.notes(LOG, "0.2.0") == "### Added\n\n- A chapter."
    assert release.notes(LOG, "0.1.0") == "- The first."
    assert release.notes(LOG, "0.1") == ""  # a part of a version is none


def test_a_tag_must_name_the_version_and_the_changelog_must_know_it():
    assert release.complaint("v0.2.0", "0.2.0", LOG) is None
    assert release.complaint("", "0.2.0", LOG) is None
    assert "does not name" in release.complaint("v0.2.1", "0.2.0", LOG)
    assert "CHANGELOG.md" in release.complaint("v0.3.0", "0.3.0", LOG)


def test_the_command_compares_the_tag_with_this_repository(monkeypatch, capsys):
    monkeypatch.setenv("TAG", "v0.0.0")
    assert release.main(["--check"]) == 1
    assert "does not name" in capsys.readouterr().err
    monkeypatch.delenv("TAG")
    assert release.main(["--check"]) == 0


def test_the_same_files_give_the_same_zip(tmp_path):
    names = ["b.txt", "sub/a.txt"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    files = [(name, tmp_path / name) for name in names]
    release.pack(tmp_path / "one.zip", "course", files, 1_700_000_000)
    (tmp_path / "b.txt").touch()
    release.pack(tmp_path / "two.zip", "course", reversed(files), 1_700_000_000)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.namelist() == ["course/b.txt", "course/sub/a.txt"]


def test_the_sums_are_what_sha256sum_reads(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"a")
    (tmp_path / "SHA256SUMS").write_text(release.sums(tmp_path), encoding="utf-8")
    assert release.sums(tmp_path).splitlines()[0].endswith("  a.txt")
    assert len(release.sums(tmp_path).splitlines()) == 1
    subprocess.run(["sha256sum", "--check", "--status", "SHA256SUMS"], cwd=tmp_path, check=True)
