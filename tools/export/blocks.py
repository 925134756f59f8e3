"""Turn the blocks of a chapter, directives above all, into CommonMark, `$math$` and `<details>`."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from docutils.nodes import fully_normalize_name
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from tools.export.inline import Chapter, attach, convert_inline, refuse_glue
from tools.export.syntax import Directive, Text, lines_of, parse, parse_inline, read_directive
from tools.predictions import parting_line
from tools.quizzes import load_quiz

_SUMMARY = MarkdownIt("commonmark").use(dollarmath_plugin)
_SUMMARY.add_render_rule("math_inline", lambda _, tokens, i, *__: f"${tokens[i].content}$")

ADMONITIONS = {
    "note": "Note",
    "tip": "Tip",
    "warning": "Warning",
    "important": "Important",
    "caution": "Caution",
    "seealso": "See also",
    "admonition": "",
}


class Edit(NamedTuple):
    """New lines for the lines `start` to `end` of a text. A block keeps a blank line around it."""

    start: int
    end: int
    lines: list[str]
    block: bool = False
    margin: str = ""  # what a further line of the same list item or quotation begins with


def is_blank(line: str) -> bool:
    return not line.strip("> \t")


def apply(lines: list[str], edits: Iterable[Edit], start: int, end: int) -> list[str]:
    """Return the lines `start` to `end` with the edits that lie in them made."""
    out: list[str] = []
    after: Edit | None = None  # a block has just been written

    def write(new: Iterable[str]) -> None:
        nonlocal after
        for line in new:
            if after and not is_blank(line) and line.startswith(after.margin) and out and not is_blank(out[-1]):
                out.append(after.margin.rstrip())
            if not (after and not after.lines and is_blank(line) and out and is_blank(out[-1])):
                out.append(line)
                after = None

    position = start
    for edit in sorted(edits):
        if not start <= edit.start < end:
            continue
        write(lines[position : edit.start])
        if edit.block:
            beside = out and out[-1].startswith(edit.margin) and not is_blank(out[-1])
            if edit.lines and beside and edit.lines[0].startswith(edit.margin):
                out.append(edit.margin.rstrip())
            write(edit.lines)
            after = edit
        else:
            write(edit.lines)
        position = edit.end
    write(lines[position:end])
    return out


def convert(chapter: Chapter, text: Text) -> list[str]:
    """Return a text that is no whole chapter (the body of a directive) as plain Markdown, without blank ends."""
    lines = text.text.split("\n")
    return trim(apply(lines, block_edits(chapter, text), 0, len(lines)))


def trim(lines: list[str]) -> list[str]:
    return "\n".join(lines).strip("\n").rstrip().split("\n") if any(line.strip() for line in lines) else []


def block_edits(chapter: Chapter, text: Text, top: bool = False) -> list[Edit]:
    """Return what must change for a text to be plain Markdown; cell breaks and code cells only at the `top`."""
    lines = text.text.split("\n")
    tokens, references = parse(text)
    edits: list[Edit] = []
    rows: dict[int, tuple[str, int]] = {}  # a table's row as changed so far, and how far it has been read
    before = None

    def replace(token: Token, mark: str, new: list[str]) -> None:
        prefix = lines[lines_of(token)[0]].partition(mark)[0]
        margin = re.sub(r"[^>\s]", " ", prefix)
        first = [prefix + new[0]] if new else [prefix.rstrip()] if prefix != margin else []
        rest = [(margin + line).rstrip() if is_blank(line) else margin + line for line in new[1:]]
        edits.append(Edit(lines_of(token)[0], lines_of(token)[1], first + rest, True, margin))

    for token in tokens:
        line = text.number(lines_of(token)[0]) if token.map else 0
        match token.type:
            case "inline" if before and before.type in ("th_open", "td_open"):
                edit_cell(chapter, token, text, lines, rows)
            case "inline":
                edits += edit_inline(chapter, token, text, lines, before)
            case "fence" | "colon_fence":
                closing = lines[lines_of(token)[1] - 1].lstrip("> \t").rstrip()
                if (
                    lines_of(token)[1] - lines_of(token)[0] < 2
                    or closing.strip(token.markup[0])
                    or closing < token.markup
                ):
                    chapter.problem(line, f"this {token.markup} block is not closed")
                directive = read_directive(token, text, references)
                if directive and not (top and token.level == 0 and directive.name == "code-cell"):
                    replace(token, token.markup, convert_directive(chapter, directive))
            case "math_block" | "math_block_label":
                refuse_glue(chapter, token.content, line)
                body = token.content
                if ">" in lines[lines_of(token)[0]].partition("$$")[0]:  # the quotation's own marks are no math
                    body = re.sub(r"(?m)^[ \t]*>[ \t]?", "", body)
                replace(token, "$$", display_math(chapter, body, token.info))
            case "html_block" if "<!--" in token.content:
                kept = re.sub(r"<!--.*?-->", "", token.content, flags=re.DOTALL)
                replace(token, "<", trim(kept.split("\n")))
            case "myst_target":
                replace(token, "(", [])
            case "myst_line_comment":
                replace(token, "%", [])
            case "definition":  # its links carry their address themselves
                replace(token, "[", [])
            case "myst_block_break" if not (top and token.level == 0):
                chapter.problem(line, "+++ stands only at the top level of a chapter")
            case "amsmath":
                chapter.problem(line, "a bare \\begin{…}: write it between $$ and $$")
            case "footnote_reference_open":
                chapter.problem(line, "footnotes are not supported")
            case "substitution_block":
                chapter.problem(line, f"substitution {{{{{token.content}}}}} is not supported")
        before = token
    edits += [Edit(row, row + 1, [new]) for row, (new, _) in rows.items() if new != lines[row]]
    return edits


def edit_inline(chapter: Chapter, token: Token, text: Text, lines: list[str], opening: Token | None) -> list[Edit]:
    """Return the edit that a paragraph or heading needs, if any."""
    for i, row in enumerate(token.content.split("\n")):
        if re.match(r"[ \t]*(`{3,}|~{3,}|:{3,})\{", row):
            what = "a fence that does not open here (a backtick in a ``` title? use :::)"
            chapter.problem(text.number(lines_of(token)[0] + i), what)
    new = convert_inline(chapter, token, text)
    if new == token.content:
        return []
    start = lines_of(token)[0]
    if opening and opening.type == "heading_open" and opening.markup.startswith("#"):
        head, mark, rest = lines[start].partition(opening.markup)
        return [Edit(start, start + 1, [head + mark + rest.replace(token.content, new, 1)])]
    first = token.content.split("\n")[0].rstrip()
    source = lines[start].rstrip()
    if not source.endswith(first):
        chapter.problem(text.number(start), "this line mixes tabs and marks in a way that is not supported")
        return []
    prefix = source[: len(source) - len(first)]
    margin = re.sub(r"[^>\s]", " ", prefix)
    shown = [part.lstrip(" \t") for part in new.split("\n")]
    shown = [part for part in shown if part] or [""]
    end = start + token.content.count("\n") + 1
    return [Edit(start, end, [(prefix if i == 0 else margin) + part for i, part in enumerate(shown)])]


def edit_cell(chapter: Chapter, token: Token, text: Text, lines: list[str], rows: dict[int, tuple[str, int]]) -> None:
    """Change one table cell in its row."""
    number = lines_of(token)[0]
    row, read = rows.get(number, (lines[number], 0))
    # The parser has taken the backslash from each `\|` of the cell.
    source = token.content.replace("|", "\\|")
    new = convert_inline(chapter, token, text).replace("|", "\\|")
    position = row.find(source, read)
    if position < 0:
        if new != source:
            chapter.problem(text.number(number), "this table cell's backslashes are not supported")
        return
    rows[number] = (row[:position] + new + row[position + len(source) :], position + len(new))


def quoted(lines: list[str]) -> list[str]:
    return [f"> {line}" if line else ">" for line in lines]


def details(summary: str, body: list[str], opened: bool = False) -> list[str]:
    """Return a folded block; the summary is Markdown, which HTML needs turned into tags."""
    start = "<details open>" if opened else "<details>"
    return [f"{start}<summary>{_SUMMARY.renderInline(summary)}</summary>", "", *body, "", "</details>"]


def fenced(code: str, language: str = "") -> list[str]:
    """Return code in a fence longer than any run of backticks in it."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", code)), default=0))
    return [fence + language, *code.split("\n"), fence]


def display_math(chapter: Chapter, body: str, label: str) -> list[str]:
    r"""Return an equation on one line (so that it lives in quotations too), numbered when it has a label.

    As Sphinx does, several lines (`\\`) stand in a `split`, several paragraphs under one another.
    """
    parts = []
    for part in re.split(r"\n[ \t]*\n", body.strip()):
        math = " ".join(re.sub(r"(?<!\\)%.*", "", part).split())
        if "\\\\" in math and not math.startswith("\\begin{"):
            math = f"\\begin{{split}} {math} \\end{{split}}"
        parts.append(math)
    math = parts[0] if len(parts) == 1 else "\\begin{gathered} " + " \\\\ ".join(parts) + " \\end{gathered}"
    tag = f" \\tag{{{chapter.equations[label]}}}" if label else ""
    return [f"$$ {math}{tag} $$"]


def title(chapter: Chapter, directive: Directive, default: str) -> str:
    """Return the directive's title as Markdown."""
    if not directive.argument:
        return default
    return convert_inline(chapter, parse_inline(directive.title), directive.title)


def convert_directive(chapter: Chapter, directive: Directive) -> list[str]:
    """Return what a directive becomes."""
    name = directive.name
    if name in ADMONITIONS:
        return convert_admonition(chapter, directive)
    if name in DIRECTIVES:
        return DIRECTIVES[name](chapter, directive)
    what = f"unknown directive {{{name}}}" if name else "a ::: block without the name of a directive"
    if name == "code-cell":
        what = "{code-cell} stands only at the top level of a chapter"
    chapter.problem(directive.line, what)
    return []


def convert_admonition(chapter: Chapter, directive: Directive) -> list[str]:
    shown = title(chapter, directive, ADMONITIONS[directive.name])
    if not shown:
        chapter.problem(directive.line, "{admonition} needs a title")
    body = convert(chapter, directive.body)
    if "dropdown" in directive.options.get("class", "").split():
        return details(shown, body)
    return quoted([f"**{shown}**", "", *body])


def convert_dropdown(chapter: Chapter, directive: Directive) -> list[str]:
    body = convert(chapter, directive.body)
    return details(title(chapter, directive, "Details"), body, "open" in directive.options)


def convert_math(chapter: Chapter, directive: Directive) -> list[str]:
    refuse_glue(chapter, directive.argument + directive.body.text, directive.line)
    body = f"{directive.argument}\n\n{directive.body.text}" if directive.argument else directive.body.text
    return display_math(chapter, body, directive.label)


def convert_picture(chapter: Chapter, directive: Directive) -> list[str]:
    alt = " ".join(directive.options.get("alt", "").split())
    # Plain words in Sphinx: what looks like Markdown must not be.
    picture = attach(chapter, directive.argument, re.sub(r"([\\`*_\[\]<$])", r"\\\1", alt), directive.line)
    caption = convert(chapter, directive.body) if directive.name == "figure" else []
    return [picture, "", f"{chapter.figure(directive.line)} {caption[0]}", *caption[1:]] if caption else [picture]


def convert_code_block(chapter: Chapter, directive: Directive) -> list[str]:
    caption = directive.options.get("caption")
    lines = fenced(directive.body.text.rstrip("\n"), directive.argument)
    return [f"**{caption}**", "", *lines] if caption else lines


def convert_exercise(chapter: Chapter, directive: Directive) -> list[str]:
    shown = title(chapter, directive, "")
    head = f"**Exercise: {shown}**" if shown else "**Exercise**"
    return quoted([head, "", *convert(chapter, directive.body)])


def convert_solution(chapter: Chapter, directive: Directive) -> list[str]:
    chapter.solutions.append((directive.body.text, list(directive.body.numbers)))
    if fully_normalize_name(directive.argument) not in chapter.project.labels:
        chapter.problem(directive.line, f"{{solution}} of an unknown exercise {directive.argument}")
    body = convert(chapter, directive.body)
    if chapter.edition == "student":
        return []
    return quoted(["**Solution**", "", *body]) if chapter.edition == "instructor" else details("Solution", body)


def convert_quiz(chapter: Chapter, directive: Directive) -> list[str]:
    path = chapter.project.root / "book" / "quizzes" / f"{directive.argument}.yml"
    try:
        questions = load_quiz(path)
    except (OSError, ValueError) as error:
        chapter.problem(directive.line, f"{{quiz}} {directive.argument}: {error}")
        return []

    def show(markdown: str, before: str, indent: str = "") -> list[str]:
        text = Text(markdown, [directive.line] * (markdown.count("\n") + 1), {})
        first, *rest = convert(chapter, text)
        return [before + first, *(indent + line if line else "" for line in rest)]

    lines: list[str] = []
    for number, question in enumerate(questions, 1):
        answers = list(zip("ABCDE", question.answers, strict=False))
        lines += [*show(question.question, f"**{number}.** "), ""]
        for letter, answer in answers:
            lines += show(answer.text, f"- **{letter}.** ", "  ")
        right = next(letter for letter, answer in answers if answer.correct)
        body = [f"**{right}** is right.", ""]
        for letter, answer in answers:
            body += show(answer.feedback, f"- {'✓' if answer.correct else '✗'} **{letter}.** ", "  ")
        lines += ["", *details("Answer", body), ""]
    return trim(lines)


def convert_predict(chapter: Chapter, directive: Directive) -> list[str]:
    body, lines = directive.body, directive.body.text.split("\n")
    try:
        middle = parting_line(lines)
    except ValueError as error:
        chapter.problem(directive.line, str(error))
        return []

    def half(start: int, end: int) -> list[str]:
        return convert(chapter, Text("\n".join(lines[start:end]), body.numbers[start:end], body.references))

    question, answer = half(0, middle), half(middle + 1, len(lines))
    return [*quoted(["**Predict**", "", *question]), "", *details("Answer", answer)]


DIRECTIVES: dict[str, Callable[[Chapter, Directive], list[str]]] = {
    "dropdown": convert_dropdown,
    "math": convert_math,
    "figure": convert_picture,
    "image": convert_picture,
    "code-block": convert_code_block,
    "exercise": convert_exercise,
    "solution": convert_solution,
    "quiz": convert_quiz,
    "predict": convert_predict,
}
