"""Read MyST Markdown into markdown-it's own tokens, with the place of each of them in the source."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from docutils.parsers.rst.directives.misc import TestDirective
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.directives import parse_directive_text
from myst_parser.parsers.mdit import create_md_parser

# The body of these is no Markdown, or is none of ours.
OPAQUE = {"code-block", "code-cell", "math", "image", "quiz", "code", "raw", "toctree", "glossary"}
# With these a text on the first line is the first line of the body, not an argument.
WITHOUT_ARGUMENT = {"note", "tip", "warning", "important", "caution", "seealso", "predict"}
POSITIONED = ["math_inline", "substitution_inline", "myst_role", "link", "image", "footnote_ref", "html_inline"]


class Problem(NamedTuple):
    """Something that stops an export, and where it stands."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


class ExportError(Exception):
    """One or more problems; the text is one line for each."""

    def __init__(self, problems: Sequence[Problem]):
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


class Text(NamedTuple):
    """Some Markdown, with the source line of each of its lines and the link definitions it can see."""

    text: str
    numbers: Sequence[int]
    references: dict[str, Any]

    def number(self, index: int) -> int:
        """Return the source line of the line with this index (of the last line when beyond the end)."""
        return self.numbers[min(index, len(self.numbers) - 1)] if self.numbers else 1


class Directive(NamedTuple):
    """A directive: `{name} argument`, its options and its body."""

    name: str
    argument: str
    options: dict[str, str]
    body: Text
    line: int

    @property
    def label(self) -> str:
        return self.options.get("label") or self.options.get("name") or ""

    @property
    def title(self) -> Text:
        return Text(self.argument, [self.line], self.body.references)


class _NoArgument(TestDirective):
    optional_arguments = 0


def whole(text: str) -> Text:
    """Return the text of a whole file."""
    return Text(text, range(1, text.count("\n") + 2), {})


def _positioned(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """Let an inline rule note in `meta["span"]` where its token starts and ends in the inline text."""

    def wrapped(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        found = rule(state, silent)
        if found and not silent:
            token = next(t for t in state.tokens[count:] if t.type != "text")  # text: what stood before
            token.meta["span"] = (start, state.pos)
            if token.type == "link_open":
                end, state.pos = state.pos, start
                token.meta["text_end"] = state.md.helpers.parseLinkLabel(state, start, True)
                state.pos = end
        return found

    return wrapped


def _parser() -> MarkdownIt:
    config = MdParserConfig(enable_extensions={"amsmath", "dollarmath", "colon_fence", "substitution"})
    md = create_md_parser(config, RendererHTML)
    md.options["inline_definitions"] = True  # as MyST does: link definitions are tokens
    rules = md.inline.ruler
    for rule in rules.__rules__:
        if rule.name in POSITIONED:
            rules.at(rule.name, _positioned(rule.fn))
    return md


_MD = _parser()


def parse(text: Text) -> tuple[list[Token], dict[str, Any]]:
    """Return the block tokens, and the link definitions that hold in and below this text."""
    env: dict[str, Any] = {"references": dict(text.references)}
    return _MD.parse(text.text, env), env["references"]


def parse_inline(text: Text) -> Token:
    """Return one line of Markdown (a title) as an inline token."""
    return _MD.parseInline(text.text, {"references": dict(text.references)})[0]


def lines_of(token: Token) -> tuple[int, int]:
    """Return the lines of a block: its first, and the one after its last. Of a part of a line it is a ValueError."""
    if token.map is None:
        raise ValueError(f"a token {token.type} is no block and has no lines of its own")
    return token.map[0], token.map[1]


def fence_name(token: Token) -> tuple[str, str] | None:
    """Return directive name and first line of a fence; None for a plain fence. A bare `:::` has the name ""."""
    name, _, rest = token.info.strip().partition(" ")
    if name.startswith("{") and name.endswith("}"):
        return name[1:-1], rest.strip()
    if token.type == "colon_fence":
        return "", rest.strip()
    return None


def read_directive(token: Token, text: Text, references: dict[str, Any]) -> Directive | None:
    """Return the directive that a fence token holds; None for a plain fence."""
    found = fence_name(token) if token.type in ("fence", "colon_fence") else None
    if found is None:
        return None
    name, first = found
    content, first_body_line = token.content.rstrip("\n"), lines_of(token)[0] + 1
    if content.startswith(":::"):  # a nested fence, not an option: as MyST's own renderer does
        content, first_body_line = "\n" + content, first_body_line - 1
    kind = _NoArgument if name in WITHOUT_ARGUMENT else TestDirective
    # One argument, which may hold spaces: given to the parser as one word.
    read = parse_directive_text(kind, first if kind is _NoArgument else "", content)
    lines, on_first = list(read.body), kind is _NoArgument and bool(first)
    count = len(lines) - on_first
    # Whatever was taken from the front (options, blank line), the body is the tail of the content.
    start = first_body_line + len(content.splitlines()) - count
    numbers = [text.number(lines_of(token)[0])] * on_first + [text.number(start + i) for i in range(count)]
    options = {key: str(value) for key, value in read.options.items()}
    argument = "" if kind is _NoArgument else first
    return Directive(
        name, argument, options, Text("\n".join(lines), numbers, references), text.number(lines_of(token)[0])
    )


def walk(text: Text) -> Iterator[tuple[Token, Text, Directive | None]]:
    """Go through all block tokens in the order of the source, also inside directives."""
    tokens, references = parse(text)
    for token in tokens:
        directive = read_directive(token, text, references)
        yield token, text, directive
        if directive and directive.name not in OPAQUE:
            yield from walk(directive.body)
