"""Write the chapters' notebooks from their MyST sources.

    python tools/export_notebooks.py [--edition colab|student|instructor] [--check] [--out DIR] [CHAPTER.md …]

Without a chapter: all of `notebooks/*.md`. The colab edition stands beside its source and is committed;
the others go to `_build/<edition>`. What a chapter may hold is a fixed list (`tools/export/`); anything else
stops the export with `file:line: what`.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from nbformat import NotebookNode

from tools.chapters import sources
from tools.export.notebook import Edition, build, dumps
from tools.export.project import load_project
from tools.export.syntax import ExportError, Problem

ROOT = Path(__file__).resolve().parent.parent


def export(source: Path, edition: Edition = "colab", root: Path = ROOT) -> NotebookNode:
    """Return one chapter as a notebook.

    Parameters
    ----------
    source : Path
        The chapter, a MyST-NB file below `root`.
    edition : {"colab", "student", "instructor"}
        colab: solutions folded; student: no solutions; instructor: solutions open, their code as code cells.
    root : Path
        The repository: its `pyproject.toml` has the addresses, `book/` the bibliography and glossary.

    Raises
    ------
    ExportError
        With every problem found; its text has one line `file:line: what` for each.
    """
    return build(load_project(root.resolve()), source.resolve(), edition)


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Run the command; return its exit status: 0, or 1 when a chapter has a problem or a notebook differs."""
    parser = argparse.ArgumentParser(description="Write the chapters' notebooks from their MyST sources.")
    parser.add_argument("chapters", metavar="CHAPTER.md", nargs="*", type=Path, help="default: all chapters")
    parser.add_argument("--edition", choices=["colab", "student", "instructor"], default="colab")
    parser.add_argument("--check", action="store_true", help="write nothing; name each notebook that differs")
    parser.add_argument("--out", metavar="DIR", type=Path, help="where the notebooks go")
    options = parser.parse_args(arguments)
    root = root.resolve()
    chapters = sources(root)
    out = options.out or (None if options.edition == "colab" else root / "_build" / options.edition)

    try:
        project = load_project(root)
    except ExportError as error:
        print(error, file=sys.stderr)
        return 1
    problems: list[Problem] = []
    different: list[str] = []
    for source in [path.resolve() for path in options.chapters] or chapters:
        notebook = (out or source.parent) / f"{source.stem}.ipynb"
        try:
            text = dumps(build(project, source, options.edition))
        except ExportError as error:
            problems += error.problems
            continue
        if options.check:
            if not notebook.exists() or notebook.read_text(encoding="utf-8") != text:
                different.append(f"{notebook.name} differs from what {source.name} gives")
        else:
            notebook.parent.mkdir(parents=True, exist_ok=True)
            notebook.write_text(text, encoding="utf-8", newline="\n")
    if options.check and not options.chapters and out is None:
        for notebook in sorted((root / "notebooks").glob("*.ipynb")):
            if notebook.with_suffix(".md") not in chapters:
                different.append(f"{notebook.name} has no source {notebook.stem}.md")
    for line in [*map(str, problems), *different]:
        print(line, file=sys.stderr)
    if different:
        print("Run `make notebooks` and commit what it writes.", file=sys.stderr)
    return 1 if problems or different else 0


if __name__ == "__main__":
    sys.exit(main())
