"""The `{quiz}` directive: the questions of `book/quizzes/NAME.yml` with native radio buttons.

The page works without a script: the answers then stand in a `<details>`. `_static/quiz.js` shows the
feedback to the answer that the reader picks, and hides the `<details>`.
"""

import sys
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tools.quizzes import Question, load_quiz

VERDICTS = {True: "✓ Right.", False: "✗ Not right."}


class html_element(nodes.General, nodes.Element):
    """Any HTML element: its name is in `tag`, its attributes are in `html`. Other writers see only its content."""


def element(tag: str, *children: nodes.Node, **html: str) -> html_element:
    """Return an HTML element; a trailing or inner `_` in an attribute's name stands for `-`."""
    attributes = {name.rstrip("_").replace("_", "-"): value for name, value in html.items()}
    return html_element("", *children, tag=tag, html=attributes)


class Quiz(SphinxDirective):
    """The questions of one quiz file, named by the only argument."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        path = Path(self.env.srcdir) / self.config.quiz_folder / f"{self.arguments[0]}.yml"
        self.env.note_dependency(str(path))
        try:
            questions = load_quiz(path)
            group = f"quiz-{self.env.new_serialno('quiz') + 1}"
            shown = [self.question(f"{group}-{i}", i, question) for i, question in enumerate(questions, 1)]
        except (OSError, ValueError) as error:
            raise self.error(str(error)) from error
        return [element("div", *shown, class_="quiz")]

    def question(self, name: str, number: int, question: Question) -> html_element:
        where = f"{self.arguments[0]}.yml: question {number}"
        first, *rest = self.parse(question.question)
        if not isinstance(first, nodes.paragraph):
            raise ValueError(f"{where} must begin with a paragraph")
        children = [element("legend", nodes.strong("", f"{number}. "), *first.children)]
        if rest:
            children.append(element("div", *rest, class_="quiz-text"))
        listed = []
        for i, answer in enumerate(question.answers):
            # MathJax hides its glyphs from screen readers, so an answer with a formula is named by its source.
            named = {"aria_label": answer.text.replace("$", "")} if "$" in answer.text else {}
            button = element("input", type="radio", name=name, value=str(i), autocomplete="off", **named)
            text = element("span", *self.line(answer.text, where))
            children.append(element("label", button, text))
            feedback = [nodes.strong("", VERDICTS[answer.correct]), nodes.Text(" "), *self.line(answer.feedback, where)]
            verdict = element("span", *feedback, class_="quiz-verdict", data_correct=str(answer.correct).lower())
            again = element("span", *self.line(answer.text, where), class_="quiz-again")
            listed.append(element("li", again, nodes.Text(" "), verdict, data_answer=str(i)))
        children.append(element("p", class_="quiz-feedback", aria_live="polite"))
        summary = element("summary", nodes.Text("Answers"))
        children.append(element("details", summary, element("ul", *listed), class_="quiz-answers"))
        return element("fieldset", *children)

    def parse(self, markdown: str) -> list[nodes.Node]:
        """Return Markdown as nodes, parsed like the page it stands on."""
        holder = nodes.Element()
        lines = StringList(markdown.split("\n"), self.get_source_info()[0])
        self.state.nested_parse(lines, self.content_offset, holder)
        return holder.children

    def line(self, markdown: str, where: str) -> list[nodes.Node]:
        """Return one paragraph of Markdown as inline nodes."""
        found = self.parse(markdown)
        if len(found) != 1 or not isinstance(found[0], nodes.paragraph):
            raise ValueError(f"{where}: {markdown!r} must be one paragraph")
        return found[0].children


def visit_html(self: Any, node: html_element) -> None:
    if node["tag"] == "input":
        self.body.append(self.emptytag(node, "input", "", **node["html"]))
    else:
        self.body.append(self.starttag(node, node["tag"], "", **node["html"]))


def depart_html(self: Any, node: html_element) -> None:
    if node["tag"] != "input":
        self.body.append(f"</{node['tag']}>\n" if node["tag"] != "span" else "</span>")


def pass_over(self: Any, node: html_element) -> None:
    """Let the content stand alone in formats that are not HTML."""


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_config_value("quiz_folder", "book/quizzes", "env")
    other = (pass_over, pass_over)
    app.add_node(html_element, html=(visit_html, depart_html), latex=other, text=other, man=other, texinfo=other)
    app.add_directive("quiz", Quiz)
    app.add_css_file("quiz.css")
    app.add_js_file("quiz.js", loading_method="defer")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
