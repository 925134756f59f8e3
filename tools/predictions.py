"""A question to predict: how its text and its answer are told apart, in the book and in the notebooks."""

from collections.abc import Sequence

PARTING = "---"


def parting_line(lines: Sequence[str]) -> int:
    """Return the index of the line that parts a question from its answer: the only one that is `---`.

    Raises
    ------
    ValueError
        Without that line, with more than one, and where there is nothing before or after it.
    """
    found = [i for i, line in enumerate(lines) if line.rstrip() == PARTING]
    if len(found) != 1:
        raise ValueError(f"{{predict}} needs one line {PARTING} between question and answer, and has {len(found)}")
    index = found[0]
    for what, text in (("question", lines[:index]), ("answer", lines[index + 1 :])):
        if not any(line.strip() for line in text):
            raise ValueError(f"{{predict}} has no {what}")
    return index
