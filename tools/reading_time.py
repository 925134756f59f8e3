"""How long a chapter takes an honest learner: computed from its text, so that no page has to guess.

200 words a minute, nine seconds for a line of code in sight, eight minutes for an exercise. What lies after the heading
*Exercises* counts as exercises alone.
"""

from __future__ import annotations

import re
from pathlib import Path

from tools.chapters import chapter_named

WORDS_A_MINUTE = 200
MINUTES_A_LINE = 0.15
MINUTES_AN_EXERCISE = 8
HIDDEN = ("hide-input", "hide-cell", "remove-cell", "remove-input")

_CELL = re.compile(r"^```\{code-cell\}.*?^```$", re.MULTILINE | re.DOTALL)


def parts(text: str) -> tuple[int, int, int]:
    """Words of prose and visible lines of code before the exercises, and the number of exercises."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    exercises = text.count("```{exercise}")
    body = re.split(r"^## Exercises$", text, maxsplit=1, flags=re.MULTILINE)[0]
    lines = 0
    for cell in _CELL.findall(body):
        code = cell.partition("\n")[2]
        if not any(tag in cell[: cell.find("\n\n")] for tag in HIDDEN):
            lines += sum(1 for line in code.split("\n")[:-1] if line.strip() and not line.startswith((":tags:", "---")))
    prose = re.sub(r"^(`{3,}|:{3,}).*$|^:\w[\w-]*:.*$|^\([\w-]+\)=$", "", _CELL.sub("", body), flags=re.MULTILINE)
    return len(prose.split()), lines, exercises


def minutes(text: str) -> float:
    """Minutes that a chapter with this source takes, exercises included."""
    words, lines, exercises = parts(text)
    return words / WORDS_A_MINUTE + MINUTES_A_LINE * lines + MINUTES_AN_EXERCISE * exercises


def in_words(slugs: list[str], root: Path) -> str:
    """The time that the chapters take together: ``55 minutes``, or ``7 hours`` from two hours on.

    Raises
    ------
    ValueError
        For a chapter that there is not.
    """
    documents = [chapter_named(root, slug)[0] for slug in slugs]
    if not documents:
        raise ValueError("name a chapter, or several")
    total = sum(minutes((root / f"{document}.md").read_text(encoding="utf-8")) for document in documents)
    return f"{max(5, 5 * round(total / 5))} minutes" if total < 120 else f"{round(total / 60)} hours"
