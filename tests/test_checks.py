"""Exercises: the stub is unanswered, right answers of every style accepted, common wrong ones told what is wrong."""

import functools
import importlib
import itertools
import pkgutil
from collections import Counter
from pathlib import Path
from types import ModuleType

import jupytext
import numpy as np
import pytest

from helpers import checks
from tests import right_answers, wrong_answers

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"


def cells(tag: str) -> list[tuple[str, str]]:
    """(chapter, code) of every code cell with that tag."""
    return [
        (path.stem, cell.source)
        for path in sorted(NOTEBOOKS.glob("[0-9][0-9]_*.md"))
        for cell in jupytext.read(path).cells
        if cell.cell_type == "code" and tag in cell.metadata.get("tags", [])
    ]


@functools.cache
def imports(chapter: str) -> str:
    """The first code cell of a chapter: what its exercises may use."""
    return next(cell.source for cell in jupytext.read(NOTEBOOKS / f"{chapter}.md").cells if cell.cell_type == "code")


def run(chapter: str, *sources: str) -> None:
    scope: dict = {}
    for source in (imports(chapter), *sources):
        exec(source, scope)


def answers(package: ModuleType, name: str) -> list:
    """The entries of the list called ``name`` in every module of the package, each with an id for pytest."""
    modules = [
        importlib.import_module(f"{package.__name__}.{one.name}") for one in pkgutil.iter_modules(package.__path__)
    ]
    found, seen = [], Counter()
    for entry in itertools.chain.from_iterable(getattr(module, name) for module in modules):
        seen[entry[0]] += 1
        found.append(pytest.param(*entry, id=f"{entry[0]}-{seen[entry[0]]}"))
    return found


RIGHT, WRONG = answers(right_answers, "RIGHT"), answers(wrong_answers, "WRONG")


@pytest.mark.parametrize(("name", "answer"), RIGHT)
def test_a_right_answer_is_accepted_in_whatever_style(name, answer):
    right, said = checks.verdict(name, answer)
    assert right, said


@pytest.mark.parametrize(("name", "answer", "sentence"), WRONG)
def test_a_common_wrong_answer_is_told_what_is_wrong(name, answer, sentence):
    right, said = checks.verdict(name, answer)
    assert not right
    assert sentence in said


def test_every_exercise_has_two_answers_of_both_kinds_and_three_hints():
    for name, exercise in checks.exercises().items():
        assert sum(right.values[0] == name for right in RIGHT) >= 2, name
        assert sum(wrong.values[0] == name for wrong in WRONG) >= 2, name
        assert len(set(exercise.hints)) == 3
        assert all(hint.strip() for hint in exercise.hints)


def test_every_exercise_stands_in_a_chapter():
    checked = "\n".join(source for _, source in cells("check"))
    assert all(f'check("{name}"' in checked for name in checks.exercises())


@pytest.mark.parametrize(("chapter", "solution"), cells("solution"))
def test_the_solution_of_the_chapter_is_right(chapter, solution, capsys):
    run(chapter, solution)
    assert capsys.readouterr().out.startswith("✓")


@pytest.mark.parametrize(
    ("chapter", "stub", "check"),
    [(chapter, stub, check) for (chapter, stub), (_, check) in zip(cells("exercise"), cells("check"), strict=True)],
)
def test_the_stub_runs_and_is_not_right(chapter, stub, check, capsys):
    run(chapter, stub, check)
    assert capsys.readouterr().out.startswith("✗")


def test_an_answer_that_raises_is_told_so_and_raises_nothing():
    right, said = checks.verdict("why-loop", lambda *arguments: 1 / 0)
    assert not right
    assert "ZeroDivisionError" in said


@pytest.mark.parametrize("answer", [None, "words", lambda *a: None, lambda *a: "text", lambda *a: [[1], [2, 3]]])
@pytest.mark.parametrize("name", checks.exercises())
def test_nonsense_is_refused_without_an_exception(name, answer):
    right, said = checks.verdict(name, answer)
    assert not right
    assert name in said


def test_require_raises_what_check_prints():
    checks.require("why-memory", 2.0)
    with pytest.raises(ValueError, match=r"why-memory: with u = 0\.5"):
        checks.require("why-memory", 0.5)


def converted(result, number, several):
    """The same result, with its numbers as ``number`` makes them and its lists and tuples as ``several`` does."""
    if isinstance(result, dict):
        return {key: converted(value, number, several) for key, value in result.items()}
    if isinstance(result, list | tuple):
        return several(converted(value, number, several) for value in result)
    is_number = isinstance(result, np.ndarray | np.number | int | float) and not isinstance(result, bool)
    return number(result) if is_number else result


def in_other_types(answer, number, several):
    """The answer, a value or a function, with its result converted; a class is what it is."""
    if isinstance(answer, type):
        return answer
    if callable(answer):
        return lambda *arguments: converted(answer(*arguments), number, several)
    return converted(answer, number, several)


@functools.cache
def solutions() -> dict:
    """The answers that the solutions of the chapters hand to the check."""
    answers: dict = {}
    for chapter, solution in cells("solution"):
        scope: dict = {}
        exec(imports(chapter), scope)
        scope["check"] = answers.__setitem__
        exec(solution, scope)
    return answers


CONVERSIONS = {
    "float32": (np.float32, list),
    "lists": (lambda number: np.asarray(number).tolist(), list),
    "tuples": (lambda number: np.asarray(number, dtype="float64")[()], tuple),
}


@pytest.mark.parametrize("conversion", CONVERSIONS)
@pytest.mark.parametrize("name", checks.exercises())
def test_the_solution_is_right_in_other_types(name, conversion):
    if (name, conversion) == ("predict-safe", "float32"):
        pytest.skip("this exercise asks for a float, and NumPy's float32 is none")
    right, said = checks.verdict(name, in_other_types(solutions()[name], *CONVERSIONS[conversion]))
    assert right, said


@pytest.mark.parametrize("name", [name for name in checks.exercises() if name != "capstone-model"])
def test_the_first_result_handed_out_again_and_again_is_not_right(name):
    answer = solutions()[name]
    if isinstance(answer, type) or not callable(answer):
        pytest.skip("the answer is no function")
    results: list = []

    def always_the_first(*arguments):
        if not results:
            results.append(answer(*arguments))
        return results[0]

    assert not checks.verdict(name, always_the_first)[0]


def test_hints_come_in_three_levels(capsys):
    for level in (1, 2, 3):
        checks.hint("why-loop", level)
    assert [line[:13] for line in capsys.readouterr().out.splitlines()] == [f"Hint {n} of 3: "[:13] for n in (1, 2, 3)]
    with pytest.raises(ValueError, match="levels 1, 2 and 3"):
        checks.hint("why-loop", 4)


def test_unknown_exercise_lists_the_known_ones():
    with pytest.raises(ValueError, match=r"no exercise 'why-loops'.*why-loop"):
        checks.check("why-loops", None)
