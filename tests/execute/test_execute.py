"""Executing a chapter and knowing when what came out is old: on a small repository, with a real kernel."""

import json
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from tests.small_course import change, clear, make, why_stale
from tools.execute import __main__ as command
from tools.execute import syntax
from tools.execute.kept import dumps, executed_path, made_of, read_executed, with_outputs
from tools.execute.normalise import normalise
from tools.execute.run import Failed, execute


@pytest.fixture
def small(tmp_path):
    """A repository with one chapter."""
    return make(tmp_path)


@pytest.fixture
def executed(small, socket_enabled):
    """The small repository with its chapter executed."""
    source = small / "notebooks" / "01_a.md"
    executed_path(source).write_text(dumps(execute(source, small).notebook), encoding="utf-8")
    return small


def test_an_executed_chapter_holds_its_outputs_and_what_it_is_made_of(executed):
    notebook = read_executed(executed / "notebooks" / "01_a.md")
    first, second = notebook.cells
    assert first.outputs[0].text == "42 {\"a\": 1}\n['a.json']\n"
    assert [output.output_type for output in first.outputs] == ["stream"], "what goes to stderr is not kept"
    assert second.outputs[0].data["text/plain"] == "<object at 0x…>"
    made = made_of(notebook)
    assert set(made["helpers"]) == {"helpers", "helpers.sums", "helpers.data", "helpers.fingerprints"}
    assert made["files"]["src/helpers/recorded"].endswith(" a.json")
    assert list(made["folders"]) == ["src/helpers/recorded"]
    assert made["data"] == {"reviews": "abc"}
    assert why_stale(executed) == []


def test_executed_twice_no_byte_differs(executed, socket_enabled):
    source = executed / "notebooks" / "01_a.md"
    assert dumps(execute(source, executed).notebook) == executed_path(source).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("notebooks/01_a.md", "A sentence.", "Another sentence.", None),
        ("notebooks/01_a.md", "load()\n", "load()  # the reviews\n", None),
        ("notebooks/01_a.md", "double(21)", "double(22)", "1 of its 2 code cells changed"),
        ("notebooks/01_a.md", "A sentence.", "```{code-cell} python\n1\n```", "other code cells"),
        ("src/helpers/sums.py", "# twice", "# two times", None),
        ("src/helpers/sums.py", "Twice.", "Two times.", None),
        ("src/helpers/sums.py", "2 * x", "x  * 2", "helpers.sums changed"),
        ("src/helpers/recorded/a.json", "1", "2", "src/helpers/recorded changed (a.json)"),
        ("src/helpers/fingerprints.py", '"abc"}', '"abd"}', "made with other data (reviews) than the recorded"),
    ],
)
def test_a_chapter_is_stale_when_what_it_is_made_of_changed(executed, name, old, new, reason):
    change(executed, name, old, new)
    found = why_stale(executed)
    assert not found if reason is None else any(one.startswith(reason) for one in found), found


def test_a_new_file_in_a_folder_that_was_listed_makes_it_stale(executed):
    (executed / "src" / "helpers" / "recorded" / "b.json").write_text("{}")
    assert why_stale(executed) == ["src/helpers/recorded has other files"]
    (executed / "src" / "helpers" / "recorded" / "b.json").unlink()
    (executed / "src" / "helpers" / "recorded" / "a.json").unlink()
    assert "src/helpers/recorded/a.json is gone" in why_stale(executed)


def test_a_version_that_requirements_does_not_name_makes_it_stale(executed):
    path = executed_path(executed / "notebooks" / "01_a.md")
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata["made_of"]["versions"] = {"numpy": "0.9"}
    path.write_text(dumps(notebook), encoding="utf-8")
    assert why_stale(executed) == ["numpy 0.9 → 1.0"]


def test_other_data_than_the_recorded_ones_are_refused(small, socket_enabled):
    change(small, "src/helpers/data/__init__.py", "'abc'", "'sample'")
    with pytest.raises(Failed, match=r"01_a: not made with the data of the recorded runs: reviews \(folder\)"):
        execute(small / "notebooks" / "01_a.md", small)


def test_a_cell_that_fails_is_named(small, socket_enabled):
    change(small, "notebooks/01_a.md", "object()", "1 / 0")
    with pytest.raises(Failed, match=r"01_a, code cell .*(?s:.*)ZeroDivisionError"):
        execute(small / "notebooks" / "01_a.md", small)


def test_a_damaged_notebook_is_named(executed):
    path = executed_path(executed / "notebooks" / "01_a.md")
    path.write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match=r"01_a.ipynb is damaged .*run `make executed`"):
        read_executed(executed / "notebooks" / "01_a.md")


def again(root, capsys):
    """Execute the chapter again and compare; return the exit status and what is said."""
    status = command.run([root / "notebooks" / "01_a.md"], jobs=1, keep=False)
    return status, "".join(capsys.readouterr())


def test_executed_again_layout_does_not_count_and_outputs_do(executed, capsys, monkeypatch, socket_enabled):
    class Here(ThreadPoolExecutor):
        """In this process, so that the chapter is executed in its own repository."""

        def __init__(self, jobs, mp_context):
            super().__init__(jobs)

        def submit(self, function, source):
            return super().submit(function, source, executed)

    monkeypatch.setattr(command, "ProcessPoolExecutor", Here)
    change(executed, "notebooks/01_a.md", "load()\n", "(load( ))  # the reviews\n")
    status, said = again(executed, capsys)
    assert (status, "the same bytes again" in said) == (0, True), said
    change(executed, "src/helpers/sums.py", "2 * x", "3 * x")
    clear()
    status, said = again(executed, capsys)
    assert (status, "01_a: DIFFERS" in said) == (1, True), said
    assert "63" in said


def of_cells(*cells: tuple[str, str]):
    return new_notebook(cells=[new_code_cell(code, outputs=[new_output("stream", text=out)]) for code, out in cells])


def shown(notebook):
    return [[output.text for output in cell.outputs] for cell in notebook.cells]


def test_outputs_go_to_the_cells_with_the_same_code():
    kept = of_cells(("a = 1", "one"), ("b", "two"), ("c", "three"))
    assert shown(with_outputs(of_cells(("a = 1  # why", ""), ("c", "")), kept)) == [["one"], ["three"]]
    assert shown(with_outputs(of_cells(("a = 1", ""), ("changed", ""), ("c", "")), kept)) == [
        ["one"],
        ["two"],
        ["three"],
    ]
    assert shown(with_outputs(of_cells(("a = 1", ""), ("b", ""), ("new", ""), ("c", "")), kept))[2] == []
    assert shown(with_outputs(of_cells(("a", "")), None)) == [[]]


def test_progress_that_is_written_over_leaves_its_last_version():
    notebook = of_cells(("a", "10 %\r50 %\rdone\nnext\n"), ("a", "at 0x7f00aa11bb22"))
    normalise(notebook)
    assert shown(notebook) == [["done\nnext\n"], ["at 0x…"]]
    assert [cell.id[-2:] for cell in notebook.cells] == ["-1", "-2"]


def test_a_hash_is_that_of_what_code_does(tmp_path):
    one, other = tmp_path / "one.py", tmp_path / "other.py"
    one.write_text('"""A."""\ndef f(x):\n    "doc"\n    return f"{x!r:>5}" if x else [*x, None]\n')
    other.write_text("def f(x):  # comment\n\n    return (f'{x!r:>5}'\n      if x else [*x, None])\n")
    assert syntax.module_digest(one) == syntax.module_digest(other)
    assert syntax.cell_key("%pip install x") != syntax.cell_key("%pip install y")
    documented = 'def f(x):\n    """{}"""\n    return x'
    assert syntax.cell_key(documented.format("One.")) == syntax.cell_key(documented.format("Two."))
    assert syntax.cell_key("'text'") != syntax.cell_key("'other'"), "a cell may show its only text"


def test_chapters_are_chosen_by_number_or_name(small, monkeypatch):
    source = small / "notebooks" / "01_a.md"
    assert command.choose(["01"], small) == command.choose(["notebooks/01_a.md"], small) == [source]
    with pytest.raises(ValueError, match="there is no chapter '02'; there are 01_a"):
        command.choose(["02"], small)


def test_the_chapters_that_are_executed_again_depend_on_the_commit():
    sources = command.choose([])
    assert command.some(sources, 2, "a") == command.some(sources, 2, "a")
    assert len({tuple(command.some(sources, 2, salt)) for salt in "abcdefgh"}) > 3


def test_notes_leave_out_modules_and_what_is_written(tmp_path):
    from tools.execute.kernel import Notes

    (tmp_path / "src" / "helpers" / "room").mkdir(parents=True)
    (tmp_path / "src" / "helpers" / "room" / "module.py").touch()
    (tmp_path / "read.txt").write_text("a")
    notes = Notes(tmp_path)
    (tmp_path / "read.txt").read_text()
    (tmp_path / "written.txt").write_text("b")
    list((tmp_path / "src" / "helpers" / "room").iterdir())
    notes.write(str(tmp_path / "notes.json"))
    found = json.loads((tmp_path / "notes.json").read_text())
    assert found["files"] == ["read.txt"]
    assert found["folders"] == []


def test_the_message_of_the_stale_command_names_the_chapter(executed, monkeypatch, capsys):
    change(executed, "src/helpers/sums.py", "2 * x", "x + x")
    clear()
    found = command.stale([executed / "notebooks" / "01_a.md"], executed)
    assert {path.stem: why for path, why in found.items()} == {"01_a": ["helpers.sums changed"]}
