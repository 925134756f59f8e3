"""One line of pyproject.toml says where the repository and the book are."""

import pytest

from tools.addresses import addresses, pages


def project(folder, *urls: str):
    (folder / "pyproject.toml").write_text("[project]\n[project.urls]\n" + "\n".join(urls), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("repository", "homepage"),
    [
        ("https://github.com/owner/course", "https://owner.github.io/course"),
        ("https://github.com/Owner/Course", "https://owner.github.io/Course"),  # a path keeps its capitals
        ("https://github.com/Owner/owner.github.io", "https://owner.github.io"),
    ],
)
def test_github_publishes_a_repository_at(repository, homepage):
    assert pages(repository) == homepage


def test_slashes_and_git_at_the_end_are_left_out(tmp_path):
    root = project(tmp_path, 'Repository = "https://github.com/owner/course.git/"')
    assert addresses(root) == ("https://github.com/owner/course", "https://owner.github.io/course")


def test_a_domain_of_ones_own_is_written_down(tmp_path):
    root = project(tmp_path, 'Repository = "https://git.example/a/b"', 'Homepage = "https://rnn.example/"')
    assert addresses(root) == ("https://git.example/a/b", "https://rnn.example")


@pytest.mark.parametrize(
    "repository", ["https://git.example/a/b", "https://github.com/owner", "https://github.com/a/b/c"]
)
def test_an_address_without_a_rule_says_what_to_write(repository):
    with pytest.raises(ValueError, match="write Homepage beside it"):
        pages(repository)
