"""Turn the roles, links and pictures of a line of text into plain Markdown."""

import base64
import importlib
import mimetypes
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote as quote_url
from urllib.parse import unquote

from docutils.nodes import fully_normalize_name
from markdown_it.token import Token

from tools.chapters import chapter_named
from tools.export.project import (
    Project,
    Target,
    cite_parts,
    code_span,
    escape,
    executed_path,
    short_text,
    split_glue,
    split_title,
    term_id,
)
from tools.export.syntax import Problem, Text, lines_of
from tools.export.values import format_value
from tools.reading_time import in_words


@dataclass
class Chapter:
    """One export of one chapter: what it knows, and what it has met so far."""

    project: Project
    file: str  # the source, from the root, as problems name it
    edition: str
    equations: dict[str, int]
    problems: list[Problem] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)  # key → data URI
    solutions: list[tuple[str, list[int]]] = field(default_factory=list)  # source text, its lines
    quotes: bool = False  # its text has a number that a cell or a recorded run gave

    @property
    def document(self) -> str:
        return self.file.removesuffix(".md")

    def problem(self, line: int, what: str) -> None:
        self.problems.append(Problem(self.file, line, what))

    def figure(self, line: int) -> str:
        """Return how the caption of the figure in this line begins."""
        number = self.project.figures[self.document].get(line, "")
        return f"**Figure {number}.**" if number else "**Figure.**"

    def path(self, name: str) -> Path:
        """Return the file that a chapter names: from the root with a leading `/`, else from the chapter."""
        base = self.project.root if name.startswith("/") else (self.project.root / self.file).parent
        return base / name.lstrip("/")


def convert_inline(chapter: Chapter, token: Token, text: Text) -> str:
    """Return the content of an inline token as CommonMark with `$math$`; what needs no change stays as it is."""
    edits: list[tuple[int, int, str]] = []
    starts: set[int] = set()  # roles with which a line starts
    content, emphasis, links, hidden = token.content, 0, 0, (0, 0)
    for child in token.children or []:
        span = child.meta.get("span")
        if child.type in ("em_open", "strong_open"):
            emphasis += 1
        elif child.type in ("em_close", "strong_close"):
            emphasis -= 1
        elif child.type == "link_close":
            links -= 1
        if span is None or span[0] < hidden[1]:
            links += child.type == "link_open"
            continue
        line = text.number(lines_of(token)[0] + content[: span[0]].count("\n"))
        source = content[span[0] : span[1]]
        if child.type == "myst_role":
            edits.append((*span, convert_role(chapter, child, line, emphasis > 0, links > 0)))
            starts |= {span[0]} if not content[: span[0]].rpartition("\n")[2].strip() else set()
        elif child.type == "math_inline":
            if source[0] == "$" == content[span[0] - 1 : span[0]] == content[span[1] : span[1] + 1]:
                chapter.problem(line, "$$ inside a paragraph: leave a blank line before it")
            refuse_glue(chapter, source, line)
            edits.append((*span, source.replace("\n", " ")))
        elif child.type == "html_inline" and child.content.startswith("<!--"):
            edits.append((*span, ""))
        elif child.type == "image":
            edits.append((*span, convert_image(chapter, child, line)))
        elif child.type == "link_open":
            end = child.meta["text_end"]
            if end == span[0] + 1:  # no text of its own: works like a reference
                edits.append((*span, convert_bare_link(chapter, child, line, emphasis > 0)))
                hidden = span
            else:
                target = link_target(chapter, str(child.attrs["href"]), line)
                if target is None:
                    edits += [(span[0], span[0] + 1, ""), (end, span[1], "")]
                elif target != child.attrs["href"] or content[end + 1 : end + 2] != "(":
                    edits.append((end, span[1], f"]({quote_url(target, safe=SAFE)}{link_title(child)})"))
            links += 1
        elif child.type == "substitution_inline":
            chapter.problem(line, f"substitution {{{{{child.content}}}}} is not supported")
        elif child.type == "footnote_ref":
            chapter.problem(line, "footnotes are not supported")
    for start, end, new in sorted(edits, reverse=True):
        rest = new + content[end:]
        content = content[:start] + (plain_start(rest) if start in starts else rest)
    return content


def plain_start(line: str) -> str:
    """Return a line, or more, so that no mark with which a value starts makes a list, heading or quotation of it."""
    number = re.match(r"\d{1,9}(?=[.)](\s|$))", line)
    if number:
        return f"{number[0]}\\{line[number.end() :]}"
    return f"\\{line}" if re.match(r"([-+]|#{1,6})(\s|$)|>|(=+|-+)[ \t]*(\n|$)", line) else line


def refuse_glue(chapter: Chapter, formula: str, line: int) -> None:
    """Name a glued value inside a formula, where no role is read."""
    if "{glue:" in formula:
        chapter.problem(line, "a glued value inside a formula: put it in the words beside it")


def link_title(token: Token) -> str:
    title = str(token.attrs.get("title", ""))
    return ' "{}"'.format(title.replace('"', '\\"')) if title else ""


def link_target(chapter: Chapter, href: str, line: int) -> str | None:
    """Return where a Markdown link leads in a notebook; None for a place in the same chapter."""
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", href):
        return href
    path, _, label = unquote(href).partition("#")
    if path.endswith((".md", ".ipynb")):
        document = path.rsplit(".", 1)[0]
        document = resolve(chapter, document)
        if document not in chapter.project.titles:
            chapter.problem(line, f"link to {path}, which is no page of the book")
            return href
        target = chapter.project.labels.get(fully_normalize_name(label))
        return chapter.project.page(document, target.anchor if target else label)
    if path and chapter.path(path).is_file():
        return file_address(chapter, path)
    found = find_label(chapter, label or path, line)
    if found is None:
        return href
    if found.document == chapter.document:
        return None
    return chapter.project.page(found.document, found.anchor)


def convert_bare_link(chapter: Chapter, token: Token, line: int, plain: bool) -> str:
    """Convert `[](#label)` or `[](page.md)`: the text is the target's title."""
    path, _, label = unquote(str(token.attrs["href"])).partition("#")
    if path.endswith((".md", ".ipynb")) and not label:
        target = Target(resolve(chapter, path.rsplit(".", 1)[0]), "", None)
        title = chapter.project.titles.get(target.document)
        if title is None:
            chapter.problem(line, f"link to {path}, which is no page of the book")
            return ""
        return show_reference(chapter, target._replace(title=title), None, path, line, plain, False)
    found = find_label(chapter, label or path, line)
    return show_reference(chapter, found, None, label or path, line, plain, False) if found else ""


def resolve(chapter: Chapter, document: str) -> str:
    """Return a document's path from the root."""
    if document.startswith("/"):
        return document.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(chapter.file), document))


def file_address(chapter: Chapter, name: str) -> str:
    path = posixpath.normpath(resolve(chapter, name))
    return f"{chapter.project.repository}/raw/main/{quote_url(path)}"


def convert_image(chapter: Chapter, token: Token, line: int) -> str:
    """Convert `![alt](file)`: the picture travels inside the notebook."""
    if any(child.type == "myst_role" for child in token.children or []):
        chapter.problem(line, "a role inside the alternative text of a picture")
    return attach(chapter, unquote(str(token.attrs["src"])), short_text(token), line)


def attach(chapter: Chapter, name: str, alt: str, line: int) -> str:
    """Return a picture as Markdown and keep its data for the end of the cell.

    Colab shows no attachments, and neither Colab nor JupyterLab shows an SVG in a text cell. So a picture is a data
    URI, and an SVG has a PNG of the same name beside it, which the notebook takes.
    """
    if not alt:
        chapter.problem(line, f"picture {name} has no alternative text")
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", name):
        chapter.problem(line, f"picture {name} is on another site: keep a copy in the repository")
        return ""
    path = chapter.path(name)
    if not path.is_file():
        chapter.problem(line, f"picture {name} does not exist")
        return ""
    if path.suffix == ".svg":
        path = path.with_suffix(".png")
        if not path.is_file():
            chapter.problem(line, f"picture {name} needs {path.name} beside it: notebooks show no SVG")
            return ""
    key = re.sub(r"[^\w.-]+", "-", posixpath.splitext(resolve(chapter, name))[0] + path.suffix)
    kind = mimetypes.guess_type(path.name)[0] or "image/png"
    chapter.pictures[key] = f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"
    return f"![{alt}][{key}]"


def find_label(chapter: Chapter, label: str, line: int) -> Target | None:
    target = chapter.project.labels.get(fully_normalize_name(label))
    if target is None:
        chapter.problem(line, f"unknown label {label}")
    return target


def show_reference(
    chapter: Chapter, target: Target, text: str | None, label: str, line: int, emphasis: bool, in_link: bool
) -> str:
    """Return a reference: words in italics within the chapter, a link to the published book elsewhere."""
    title = target.title
    if text is None and title is None and not target.number:
        chapter.problem(line, f"label {label} has no title: give the reference a text, `text <{label}>`")
    if text is not None:
        text = escape(text)
        for place in ("%s", "{name}", "{number}"):
            text = text.replace(place, title or "").strip()
    shown = text or title or ""
    if in_link:
        return shown
    if target.document == chapter.document:
        return shown if emphasis else f"*{shown}*"
    return f"[{shown}]({chapter.project.page(target.document, target.anchor)})"


def show_number(chapter: Chapter, target: Target, text: str | None, in_link: bool) -> str:
    """Return a reference to a figure by its number."""
    shown = escape(text or "Figure %s").replace("%s", target.number).replace("{number}", target.number)
    shown = shown.replace("{name}", target.title or "")
    if in_link or target.document == chapter.document:
        return shown
    return f"[{shown}]({chapter.project.page(target.document, target.anchor)})"


def convert_role(chapter: Chapter, token: Token, line: int, emphasis: bool, in_link: bool) -> str:
    """Return what a role reads in a notebook."""
    name, content = token.meta["name"], token.content
    if name in ("ref", "numref"):
        text, label = split_title(content)
        target = find_label(chapter, label, line)
        if target and target.number and name == "numref":
            return show_number(chapter, target, text, in_link)
        return show_reference(chapter, target, text, label, line, emphasis, in_link) if target else ""
    if name == "doc":
        text, path = split_title(content)
        document = resolve(chapter, path.removesuffix(".md"))
        if document not in chapter.project.titles:
            chapter.problem(line, f"unknown document {path}")
            return ""
        target = Target(document, "", chapter.project.titles[document])
        return show_reference(chapter, target, text, path, line, emphasis, in_link)
    if name in ("cite", "cite:p", "cite:t"):
        return convert_citation(chapter, content, line, name == "cite:t", in_link)
    if name not in SIMPLE_ROLES:
        chapter.problem(line, f"unknown role {{{name}}}")
        return ""
    chapter.quotes |= name in ("glue:text", "recorded")
    text = SIMPLE_ROLES[name](chapter, content, line)
    link = re.fullmatch(r"\[(.*)\]\([^()\s]*\)", text) if in_link else None
    return link[1] if link else text


def convert_citation(chapter: Chapter, content: str, line: int, textual: bool, in_link: bool) -> str:
    shown = []
    for key in (part.strip() for part in content.split(",")):
        entry = chapter.project.bibliography.get(key)
        if entry is None:
            chapter.problem(line, f"unknown citation {key}")
            continue
        authors, year, address = cite_parts(entry)
        text = f"{authors} ({year})" if textual else f"{authors}, {year}"
        shown.append(f"[{text}]({quote_url(address, safe=SAFE)})" if address and not in_link else text)
    return ", ".join(shown) if textual else f"({'; '.join(shown)})"


SAFE = "/:?#[]@!$&'*+,;=%~-._"  # an address stays as it is, but for spaces and brackets


def convert_term(chapter: Chapter, content: str, line: int) -> str:
    text, term = split_title(content)
    terms = chapter.project.terms
    anchor = term_id(term) if terms is None else terms.get(term) or terms.get(term.lower())
    if anchor is None:
        chapter.problem(line, f"unknown glossary term {term}")
        return ""
    return f"[{escape(text or term)}]({chapter.project.page('book/glossary', anchor)})"


def convert_equation(chapter: Chapter, content: str, line: int) -> str:
    text, label = split_title(content)
    if label not in chapter.equations:
        chapter.problem(line, f"unknown equation {label}")
        return ""
    return escape(text) if text else f"({chapter.equations[label]})"


def convert_recorded(chapter: Chapter, content: str, line: int) -> str:
    try:
        return escape(importlib.import_module("helpers.runs").quote(content))
    except (ValueError, ImportError, AttributeError) as error:
        chapter.problem(line, f"{{recorded}}`{content}`: {error}")
        return ""


def convert_chapter(chapter: Chapter, content: str, line: int) -> str:
    """Return the number of a chapter as a link to it; in the chapter itself the number alone."""
    try:
        document, number = chapter_named(chapter.project.root, content.strip())
    except ValueError as error:
        chapter.problem(line, f"{{chapter}}`{content}`: {error}")
        return ""
    return str(number) if document == chapter.document else f"[{number}]({chapter.project.page(document)})"


def convert_time(chapter: Chapter, content: str, line: int) -> str:
    """Return how long the chapters named by their slugs take together."""
    try:
        return in_words(content.split(), chapter.project.root)
    except ValueError as error:
        chapter.problem(line, f"{{time}}`{content}`: {error}")
        return ""


def convert_glued(chapter: Chapter, content: str, line: int) -> str:
    name, spec = split_glue(content)
    values = chapter.project.values.get(chapter.document, {})
    if "::" in content:
        chapter.problem(line, f"glue value {content} of another document: glue it in this chapter")
    elif name not in values:
        where = executed_path(chapter.document)
        chapter.problem(line, f"glue value {name} is not in {where}: run make executed")
    else:
        try:
            return escape(format_value(values[name], spec))
        except (ValueError, TypeError) as error:
            chapter.problem(line, f"glue value {name} cannot be written as {spec}: {error}")
    return ""


def convert_download(chapter: Chapter, content: str, line: int) -> str:
    text, name = split_title(content)
    if not chapter.path(name).is_file():
        chapter.problem(line, f"file {name} does not exist")
        return ""
    return f"[{escape(text or posixpath.basename(name))}]({file_address(chapter, name)})"


def convert_script(mark: str) -> Callable[[Chapter, str, int], str]:
    return lambda _, content, __: f"${mark}{{\\text{{{content}}}}}$"


SIMPLE_ROLES: dict[str, Callable[[Chapter, str, int], str]] = {
    "term": convert_term,
    "eq": convert_equation,
    "recorded": convert_recorded,
    "chapter": convert_chapter,
    "time": convert_time,
    "download": convert_download,
    "glue:text": convert_glued,
    "math": lambda _, content, __: f"${content.strip()}$",
    "kbd": lambda _, content, __: code_span(content),
    "abbr": lambda _, content, __: escape(content),
    "sub": convert_script("_"),
    "sup": convert_script("^"),
}
