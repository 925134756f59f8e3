"""Hold the Python in the chapters to the rules of `notebooks/ruff.toml`.

    python -m tools.chapter_code [--check] [CHAPTER.md …]

Without a chapter: all pages of `notebooks/`. The code cells are formatted by ruff in their source, and so are blocks
of Python that are only shown. Formatting changes no syntax tree, so that it makes no executed chapter stale; a cell
with IPython magics stays as it is. Then ruff looks at the cells of a chapter as one notebook, and what must be mended
by hand (a long string or comment, an unused name) is printed as `file:line: what`. With `--check` nothing is written.
"""

import argparse
import ast
import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ruff import find_ruff_bin

from tools.chapters import sources
from tools.execute.kept import ROOT
from tools.execute.syntax import cell_key
from tools.export.syntax import Problem, lines_of, walk, whole

RULES = ROOT / "notebooks" / "ruff.toml"


class Block(NamedTuple):
    """Some Python of a chapter, its lines in the file (from `start` to `end`, 0 is the first), and whether it runs."""

    source: str
    start: int
    end: int
    runs: bool


def blocks(text: str) -> list[Block]:
    """Return the Python of a chapter: its code cells, and the blocks that only show some."""
    lines = text.split("\n")
    found = []
    for token, place, directive in walk(whole(text)):
        if directive and (
            directive.name == "code-cell" or (directive.name, directive.argument) == ("code-block", "python")
        ):
            body = directive.body
        elif token.type == "fence" and not directive and token.info.strip() == "python":
            first = place.number(lines_of(token)[0]) + 1
            source = token.content.rstrip("\n")
            body = whole(source)._replace(numbers=range(first, first + source.count("\n") + 1))
        else:
            continue
        start, end = (body.numbers[0] - 1, body.numbers[-1]) if body.numbers else (0, 0)
        if body.text.strip() and lines[start:end] == body.text.split("\n"):  # not in a list or a quotation
            found.append(Block(body.text, start, end, bool(directive and directive.name == "code-cell")))
    return sorted(found, key=lambda block: block.start)


def _notebook(sources: Iterable[str]) -> str:
    empty: dict[str, Any] = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    cells = [empty | {"id": f"cell-{number}", "source": source} for number, source in enumerate(sources)]
    metadata = {"kernelspec": {"name": "python3", "display_name": "", "language": "python"}}
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def _ruff(arguments: Sequence[str], sources: Sequence[str]) -> Any:
    """Return what ruff writes about a notebook with these cells."""
    command = [find_ruff_bin(), *arguments, "--quiet", "--config", str(RULES), "--stdin-filename", "chapter.ipynb", "-"]
    done = subprocess.run(command, input=_notebook(sources), capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or not done.stdout:
        raise RuntimeError(f"ruff {arguments[0]} failed: {done.stderr.strip()}")
    return json.loads(done.stdout)


def _is_python(source: str) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


def formatted(text: str, file: str) -> tuple[str, list[Problem]]:
    """Return the chapter with its Python formatted, and a problem for each cell whose syntax tree that would change."""
    lines, problems = text.split("\n"), []
    plain = [block for block in blocks(text) if _is_python(block.source)]
    written = _ruff(["format"], [block.source for block in plain])["cells"] if plain else []
    for block, cell in reversed(list(zip(plain, written, strict=True))):
        new = "".join(cell["source"])
        if cell_key(new) != cell_key(block.source):
            what = "formatting would change more than layout: mend it by hand"
            problems.append(Problem(file, block.start + 1, what))
        elif new != block.source:
            lines[block.start : block.end] = new.split("\n")
    return "\n".join(lines), problems


def faults(text: str, file: str) -> list[Problem]:
    """Return what ruff finds in a chapter: in its cells by all rules, in blocks that only show Python by the width."""
    found = []
    for runs, rules in ((True, []), (False, ["--select", "E501"])):
        some = [block for block in blocks(text) if block.runs is runs and (runs or _is_python(block.source))]
        for fault in _ruff(["check", *rules, "--output-format", "json"], [block.source for block in some]):
            line = some[fault["cell"] - 1].start + fault["location"]["row"]
            found.append(Problem(file, line, f"{fault['code']} {fault['message']}"))
    return sorted(found)


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Run the command; return its exit status: 0, or 1 when something must be mended or (with --check) formatted."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.chapter_code", description="Format and check chapters' code."
    )
    parser.add_argument("chapters", metavar="CHAPTER.md", nargs="*", type=Path, help="default: all chapters")
    parser.add_argument("--check", action="store_true", help="write nothing; name each chapter that would change")
    options = parser.parse_args(arguments)
    problems: list[Problem] = []
    different = 0
    for source in options.chapters or sources(root):
        before = source.read_text(encoding="utf-8")
        text, unformatted = formatted(before, source.name)
        problems += unformatted
        if options.check:
            problems += faults(before, source.name)
            if text != before:
                print(f"{source.name}: its code is not formatted", file=sys.stderr)
                different += 1
            continue
        problems += faults(text, source.name)
        if text != before:
            source.write_text(text, encoding="utf-8", newline="\n")
            print(f"{source.name}: formatted")
    for problem in problems:
        print(problem, file=sys.stderr)
    if different:
        print("Run `make lint` and `make notebooks`, and commit what they write.", file=sys.stderr)
    return 1 if problems or different else 0


if __name__ == "__main__":
    sys.exit(main())
