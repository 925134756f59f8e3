"""Write notebooks from the chapters' MyST sources; `tools/export_notebooks.py` is the command.

What a chapter may hold:

- the directives and roles of the table in CONTRIBUTING.md, nested as MyST nests them; `code-cell` at the top level
  only. Anything else stops the export with one line `file:line: what` for each problem of the chapter;
- values that its own code cells glue, in words (headings, tables, captions and titles too), not in a formula.

What each edition does with it:

- *colab*: solutions folded, their code as text; links to Colab and to the book;
- *student*: no solution anywhere; a chapter in which one can be read all the same is refused;
- *instructor*: solutions open, their code as code cells;
- all of them: a set-up cell follows the title; cells tagged `book-only` are left out; code that the book hides
  (`remove-cell`, `hide-input`, `hide-cell`) stays, folded, because later cells may use its variables.

What is guaranteed:

- a text cell is CommonMark, `$math$` and `<details>`: no directive, no role, no name of a glued value;
- a glued value reads as in the book: taken from `notebooks/executed/`, with the same format, letter by letter.
  One that is not there stops the export. Straight quotes stay straight, as in the rest of a notebook's text;
- a notebook that quotes glued or recorded values says where they come from;
- the set-up cell installs the tag of the version in `pyproject.toml` where the helpers are missing, and changes
  nothing where they are installed; whatever goes wrong in it is one sentence with the remedy;
- pictures travel inside the notebook, references lead to the published book, no code cell has outputs;
- the same sources give the same bytes, and a cell's id depends on nothing but its own kind and text.
"""
