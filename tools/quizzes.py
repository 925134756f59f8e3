"""Read and check a quiz: `book/quizzes/NN_slug.yml`, shown by the book and by the notebooks."""

from pathlib import Path
from typing import Any, NamedTuple

import yaml


class Answer(NamedTuple):
    """One answer to choose from. `text` and `feedback` are one paragraph of Markdown each."""

    text: str
    correct: bool
    feedback: str


class Question(NamedTuple):
    """A question with its answers, of which exactly one is correct. `question` is Markdown."""

    question: str
    answers: list[Answer]


def load_quiz(path: Path) -> list[Question]:
    """Return the questions of a quiz file.

    Parameters
    ----------
    path : Path
        A YAML file: a list of `{question, answers: [{text, correct, feedback}]}`.

    Returns
    -------
    list of Question

    Raises
    ------
    FileNotFoundError
        When there is no such file.
    ValueError
        When the file breaks the rules: two to five answers, exactly one of them correct, each with a
        feedback. The sentence names the file and the question.
    """
    if not path.is_file():
        raise FileNotFoundError(f"there is no quiz file {path.name}")
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark else ""
        raise ValueError(f"{path.name} is no valid YAML{where}: put texts that hold ': ' in quotes") from error
    if not isinstance(data, list) or not data:
        raise ValueError(f"{path.name} must be a list of at least one question")
    return [_question(item, f"{path.name}: question {number}") for number, item in enumerate(data, 1)]


def _text(item: dict[str, Any], key: str, where: str, one_paragraph: bool = True) -> str:
    value = item.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{where}: {key} must be a text that is not empty (put numbers in quotes)")
    value = value.strip()
    if one_paragraph and any(not line.strip() for line in value.split("\n")):
        raise ValueError(f"{where}: {key} must be one paragraph, without a blank line")
    return value


def _keys(item: Any, keys: set[str], where: str) -> dict[str, Any]:
    if not isinstance(item, dict) or set(item) != keys:
        raise ValueError(f"{where}: must have exactly the keys {', '.join(sorted(keys))}")
    return item


def _question(item: Any, where: str) -> Question:
    item = _keys(item, {"question", "answers"}, where)
    question = _text(item, "question", where, one_paragraph=False)
    if not isinstance(item["answers"], list) or not 2 <= len(item["answers"]) <= 5:
        raise ValueError(f"{where}: must have two to five answers")
    answers = []
    for number, answer in enumerate(item["answers"], 1):
        place = f"{where}, answer {number}"
        answer = _keys(answer, {"text", "correct", "feedback"}, place)
        if not isinstance(answer["correct"], bool):
            raise ValueError(f"{place}: correct must be true or false")
        answers.append(Answer(_text(answer, "text", place), answer["correct"], _text(answer, "feedback", place)))
    right = sum(answer.correct for answer in answers)
    if right != 1:
        raise ValueError(f"{where}: exactly one answer must be correct, not {right}")
    if len({answer.text for answer in answers}) < len(answers):
        raise ValueError(f"{where}: two answers read the same")
    return Question(question, answers)
