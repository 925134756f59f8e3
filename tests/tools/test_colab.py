"""Colab's package list as constraints."""

from tools import colab

FREEZE = """\
# Do not modify this file directly
keras==3.13.2

Jinja2==3.1.6
typing_extensions==4.15.0
pytz==2025.2
epoch==1!2.0
google-colab @ file:///colabtools/dist/google_colab-1.0.0.tar.gz
jupyter_kernel_gateway @ git+https://github.com/owner/kernel_gateway@b134e99
-e git+https://github.com/owner/tool@b134e99#egg=tool
torch==2.11.0+cu128
torch @ https://download.example/torch-2.11.0%2Bcpu-cp313-cp313-linux_x86_64.whl
"""


def test_only_published_versions_are_constraints():
    usable, unusable = colab.constraints(FREEZE)
    assert usable == [
        "keras==3.13.2",
        "Jinja2==3.1.6",
        "typing_extensions==4.15.0",
        "pytz==2025.2",
        "epoch==1!2.0",
    ]
    assert [line.split()[0] for line in unusable] == [
        "google-colab",
        "jupyter_kernel_gateway",
        "-e",
        "torch==2.11.0+cu128",
        "torch",
    ]


def test_the_command_prints_constraints_and_names_the_rest(tmp_path, capsys):
    (tmp_path / "freeze.txt").write_text(FREEZE, encoding="utf-8")
    assert colab.main([str(tmp_path / "freeze.txt")]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines()[0] == "keras==3.13.2"
    assert "left out: torch==2.11.0+cu128" in said.err


def test_a_list_that_is_none_fails_with_a_sentence(tmp_path, capsys):
    assert colab.main([str(tmp_path / "missing.txt")]) == 1
    (tmp_path / "page.txt").write_text("<html>not found</html>", encoding="utf-8")
    assert colab.main([str(tmp_path / "page.txt")]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "could not be read" in said.err
    assert "holds no line" in said.err
