"""What a chapter can point at: labels, glossary terms, the bibliography, the published book."""

import itertools
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from docutils.nodes import fully_normalize_name, make_id
from jupytext.myst import MystMetadataParsingError, parse_directive_options
from markdown_it.token import Token
from pybtex.database import Entry, parse_file
from sphinx.util.docutils import ReferenceRole
from sphinx.util.nodes import _make_id

from tools.addresses import addresses
from tools.chapters import chapter_number
from tools.export.syntax import Directive, ExportError, Problem, Text, lines_of, parse, parse_inline, walk, whole
from tools.export.values import Value, format_value, glued

EXPLICIT_TITLE = ReferenceRole.explicit_title_re


class Target(NamedTuple):
    """Where a label stands: the document (its path without `.md`), the HTML id, the title and a figure's number."""

    document: str
    anchor: str
    title: str | None
    number: str = ""


class Project(NamedTuple):
    """The book as an exported chapter sees it."""

    root: Path
    distribution: str  # the helpers' name and version, as the package index of a machine knows them
    version: str
    repository: str
    homepage: str
    labels: dict[str, Target]
    titles: dict[str, str]
    figures: dict[str, dict[int, str]]  # of each document: the line of a figure → its number
    terms: dict[str, str] | None
    bibliography: dict[str, Entry]
    values: dict[str, dict[str, Value]]  # what the executed notebook of each document glues

    def page(self, document: str, anchor: str = "") -> str:
        """Return the address of a document in the published book."""
        return f"{self.homepage}/{document}.html" + (f"#{anchor}" if anchor else "")


def load_project(root: Path) -> Project:
    """Read the addresses, the labels of all documents, the glossary and the bibliography below `root`."""
    package = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    repository, homepage = addresses(root)
    values = executed_values(root)
    labels: dict[str, Target] = {}
    titles: dict[str, str] = {}
    figures: dict[str, dict[int, str]] = {}
    for path in sorted([*(root / "notebooks").glob("*.md"), *(root / "book").rglob("*.md")]):
        document = path.relative_to(root).with_suffix("").as_posix()
        text = whole(path.read_text(encoding="utf-8"))
        glue = values.get(document, {})
        title = next(headings(text, glue), None)
        titles[document] = title or document
        figures[document] = figure_numbers(text, titles[document])
        for label, target in document_labels(document, text, glue, figures[document]):
            labels.setdefault(label, target)
    references = root / "book" / "references.bib"
    return Project(
        root=root,
        distribution=package["name"],
        version=package["version"],
        repository=repository,
        homepage=homepage,
        labels=labels,
        titles=titles,
        figures=figures,
        terms=glossary_terms(root / "book" / "glossary.md"),
        bibliography=dict(parse_file(references, "bibtex").entries.items()) if references.exists() else {},
        values=values,
    )


def executed_path(document: str) -> str:
    """Return where a chapter's executed notebook stands, from the root."""
    folder, _, name = document.rpartition("/")
    return f"{folder}/executed/{name}.ipynb"


def executed_values(root: Path) -> dict[str, dict[str, Value]]:
    """Return the glued values of every chapter that has an executed notebook."""
    values = {}
    for path in sorted((root / "notebooks" / "executed").glob("*.ipynb")):
        try:
            values[f"notebooks/{path.stem}"] = glued(path)
        except ValueError as error:
            raise ExportError([Problem(path.relative_to(root).as_posix(), 1, str(error))]) from error
    return values


def split_glue(content: str) -> tuple[str, str]:
    """Return name and format of a `glue:text` role's content, split as MyST-NB splits it."""
    name, colon, spec = content.rpartition(":")
    return (name, spec) if colon else (content, "s")


def escape(text: str) -> str:
    """Return the text so that CommonMark (and `$math$`) shows it letter by letter."""
    # GitHub's strike-through counts (`~5 % or ~6 %`), and so does what HTML would take for a character's name.
    return re.sub(r"([\\`*_\[\]<$~]|&(?=#?\w+;))", r"\\\1", text)


def code_span(text: str) -> str:
    """Return the text as a code span, whatever backticks it holds."""
    ticks = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    space = " " if len(ticks) > 1 else ""
    return f"{ticks}{space}{text}{space}{ticks}"


def split_title(content: str) -> tuple[str | None, str]:
    """Return text and target of `text <target>`; the text is None for a bare target."""
    match = EXPLICIT_TITLE.match(content)
    return (match.group(1).strip(), match.group(2).strip()) if match else (None, content.strip())


def short_text(inline: Token, glue: Mapping[str, Value] | None = None) -> str:
    """Return an inline token as Markdown without links, emphasis, pictures and roles: fit to be a link's text.

    A glued value that `glue` does not have is left to the export of its chapter, which names the line.
    """
    parts = []
    for child in inline.children or []:
        if child.type == "text":
            parts.append(escape(child.content))
        elif child.type == "code_inline":
            parts.append(code_span(child.content))
        elif child.type == "math_inline":
            parts.append(f"${child.content}$")
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type == "myst_role" and child.meta["name"] == "glue:text":
            name, spec = split_glue(child.content)
            parts.append(escape(format_value(glue[name], spec) if glue and name in glue else name))
        elif child.type == "myst_role":
            text, target = split_title(child.content)
            parts.append(f"${child.content}$" if child.meta["name"] == "math" else escape(text or target))
    return "".join(parts).strip()


def headings(text: Text, glue: Mapping[str, Value]) -> Iterator[str]:
    """Yield the top-level headings of a document."""
    tokens, _ = parse(text)
    for token, inline in itertools.pairwise(tokens):
        if token.type == "heading_open" and token.level == 0:
            yield short_text(inline, glue)


def directive_title(directive: Directive, glue: Mapping[str, Value]) -> str | None:
    """Return what a reference to this directive reads; None when it has no title of its own."""
    inline = None
    if directive.name == "figure":
        inline = next((token for token in parse(directive.body)[0] if token.type == "inline"), None)
    elif directive.name in ("exercise", "admonition", "dropdown"):
        inline = parse_inline(directive.title)
    title = short_text(inline, glue) if inline else ""
    if directive.name == "figure":  # a caption's first sentence
        title = re.split(r"(?<=[.?!])\s", title)[0].removesuffix(".")
    return f"Exercise: {title}" if title and directive.name == "exercise" else title or None


def cell_figure(token: Token) -> dict[str, str]:
    """Return name and caption that MyST-NB gives to the output of a code cell (`mystnb: figure:`), if any."""
    try:
        _, options = parse_directive_options(token.content, "")
        figure = options["mystnb"]["figure"]
    except (MystMetadataParsingError, KeyError, TypeError):
        return {}
    caption = " ".join(str(figure.get("caption", "")).split()).removesuffix(".")
    return {"name": str(figure.get("name", ""))} | ({"caption": caption} if caption else {})


def figure_numbers(text: Text, title: str) -> dict[int, str]:
    """Return the line of each figure with a caption → its number, as the book counts: 9.1, 9.2, … in chapter 9."""
    lines = []
    for token, source, directive in walk(text):
        if directive and directive.name == "figure" and directive.body.text.strip():
            lines.append(directive.line)
        elif directive and directive.name == "code-cell" and "caption" in cell_figure(token):
            lines.append(source.number(lines_of(token)[0]))
    before = chapter_number(title)
    return {line: ".".join(map(str, (*before, i))) for i, line in enumerate(lines, 1)}


def document_labels(
    document: str, text: Text, glue: Mapping[str, Value], figures: Mapping[int, str]
) -> Iterator[tuple[str, Target]]:
    """Yield every label of a document (equations aside, which have names of their own) with its target."""
    waiting: list[str] = []  # labels `(…)=` still without what they name
    heading = False
    for token, _, directive in walk(text):
        title = None
        number = figures.get(directive.line, "") if directive else ""
        if token.type == "myst_target":
            waiting.append(token.content)
            continue
        if token.type in ("heading_open", "myst_line_comment", "definition"):
            heading = token.type == "heading_open"
            continue
        if heading and token.type == "inline":
            title = short_text(token, glue)
        elif directive and directive.name == "code-cell":
            figure = cell_figure(token)
            title = figure.get("caption")
            if figure.get("name"):
                yield fully_normalize_name(figure["name"]), Target(document, make_id(figure["name"]), title, number)
        elif directive:
            title = directive_title(directive, glue)
            if directive.label and directive.name != "math":
                # sphinx-exercise keeps the label as it is; docutils makes an id of it.
                own = directive.name in ("exercise", "solution")
                anchor = directive.label if own else make_id(directive.label)
                yield fully_normalize_name(directive.label), Target(document, anchor, title, number)
        for label in waiting:
            yield fully_normalize_name(label), Target(document, make_id(label), title, number)
        waiting, heading = [], False


def equation_numbers(text: Text) -> dict[str, int]:
    """Return the number of each labelled equation of a document, counted from 1."""
    numbers: dict[str, int] = {}
    for token, _, directive in walk(text):
        label = token.info if token.type == "math_block_label" else ""
        if directive and directive.name == "math":
            label = directive.label
        if label:
            numbers.setdefault(label, len(numbers) + 1)
    return numbers


def glossary_terms(path: Path) -> dict[str, str] | None:
    """Return each glossary term, as it stands and in lower case, with its HTML id; None without a glossary."""
    if not path.exists():
        return None
    terms: dict[str, str] = {}
    for _, _, directive in walk(whole(path.read_text(encoding="utf-8"))):
        if directive and directive.name == "glossary":
            for line in directive.body.text.split("\n"):
                if line.strip() and not line[0].isspace() and not line.startswith(".. "):
                    term = line.split(" : ")[0].strip()  # what follows is a sorting key
                    terms[term] = term_id(term)
    return {term.lower(): anchor for term, anchor in terms.items()} | terms


def term_id(term: str) -> str:
    """Return the HTML id that Sphinx gives a glossary term."""
    return _make_id(f"term-{term}")


def cite_parts(entry: Entry) -> tuple[str, str, str | None]:
    """Return authors, year and address of a bibliography entry, ready to be shown."""
    persons = entry.persons.get("author") or entry.persons.get("editor") or []
    names = []
    for person in persons:
        parts = [part.render_as("text") for part in person.rich_prelast_names + person.rich_last_names]
        names.append(escape(" ".join(parts)))
    if len(names) > 2 or "others" in names[1:]:
        authors = f"{names[0]} et al."
    else:
        authors = " and ".join(names) or escape(entry.rich_fields["title"].render_as("text"))
    fields = entry.fields
    address = fields.get("url")
    if not address and "doi" in fields:
        address = "https://doi.org/" + fields["doi"].removeprefix("https://doi.org/")
    if not address and "eprint" in fields:
        address = f"https://arxiv.org/abs/{fields['eprint']}"
    return authors, fields.get("year", "n.d."), address
