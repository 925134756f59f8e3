"""The `{predict}` directive: a question that readers answer for themselves, and the answer folded under it.

The fold is a native `<details>`: it works by keyboard and without a script, and a printed page shows it open.
"""

import sys
from pathlib import Path
from typing import Any

from docutils import nodes
from quiz import element
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tools.predictions import parting_line


class Predict(SphinxDirective):
    """The question, a line `---`, the answer; both are Markdown."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        try:
            middle = parting_line(self.content.data)
        except ValueError as error:
            raise self.error(str(error)) from error
        box = nodes.admonition("", nodes.title("", "Predict"), classes=["prediction"])
        self.set_source_info(box)
        self.state.nested_parse(self.content[:middle], self.content_offset, box)
        answer = nodes.container()
        self.state.nested_parse(self.content[middle + 1 :], self.content_offset + middle + 1, answer)
        summary = element("summary", nodes.Text("Answer"))
        box += element("details", summary, *answer.children, class_="prediction-answer")
        return [box]


def setup(app: Sphinx) -> dict[str, Any]:
    app.setup_extension("quiz")  # has the elements
    app.add_directive("predict", Predict)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
