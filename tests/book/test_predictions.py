"""A question to predict: folded in the book and in every edition of a notebook, open on paper."""

import re
import sys
from io import StringIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.paper.test_paper import page
from tests.small_book import own, own_docutils, problems, small_book
from tools.paper import compose
from tools.predictions import parting_line

ROOT = Path(__file__).resolve().parents[2]
QUESTION = """\
Will the GRU be *faster* than the LSTM?

- A. Yes, by a quarter.
- B. No.

---

No: it needs $3 u$ rows, and

```python
"---"
```

they are not what costs.
"""


def test_a_question_and_its_answer_are_parted_by_one_line():
    assert parting_line(["Why?", "", "---  ", "So."]) == 2
    with pytest.raises(ValueError, match="needs one line --- between question and answer, and has 0"):
        parting_line(["Why?", "--- so", "----"])
    with pytest.raises(ValueError, match="and has 2"):
        parting_line(["Why?", "---", "So.", "---", "Or so."])
    with pytest.raises(ValueError, match="has no question"):
        parting_line(["", "---", "So."])
    with pytest.raises(ValueError, match="has no answer"):
        parting_line(["Why?", "---", " "])


def build(folder: Path, text: str, builder: str = "html") -> tuple[str, str]:
    """Build a one-page book; return the page and the warnings."""
    from sphinx.application import Sphinx

    (folder / "index.md").write_text(text, encoding="utf-8")
    config = {
        "extensions": ["myst_parser", "predict"],
        "myst_enable_extensions": ["dollarmath", "colon_fence"],
        "html_theme": "basic",
    }
    warnings = StringIO()
    sys.path.insert(0, str(ROOT / "book" / "_ext"))
    try:
        with own_docutils():
            out = folder / "out"
            app = Sphinx(folder, None, out, folder / "doctrees", builder, config, status=None, warning=warnings)
            app.build(force_all=True)
    finally:
        sys.path.remove(str(ROOT / "book" / "_ext"))
    suffix = "txt" if builder == "text" else "html"
    return (folder / "out" / f"index.{suffix}").read_text(encoding="utf-8"), warnings.getvalue()


@pytest.mark.parametrize("fence", [":::", "`" * 4])
def test_a_page_shows_the_question_and_folds_the_answer(tmp_path, fence):
    shown, warnings = build(tmp_path, f"# Page\n\n{fence}{{predict}}\n{QUESTION}{fence}\n\nAfter it.\n")
    assert warnings == ""
    box = BeautifulSoup(shown, "html.parser").select_one("div.prediction.admonition")
    assert box.select_one(".admonition-title").get_text() == "Predict"
    answer = box.details.extract()
    assert "open" not in answer.attrs
    assert answer.summary.get_text() == "Answer"
    assert answer.select_one("span.math").get_text() == r"\(3 u\)"
    assert answer.select_one(".highlight").get_text().strip() == '"---"'
    assert [item.get_text(strip=True) for item in box.select("li")] == ["A. Yes, by a quarter.", "B. No."]
    assert "After it." not in box.get_text() + answer.get_text()


def test_other_formats_show_question_and_answer(tmp_path):
    shown, warnings = build(tmp_path, f"# Page\n\n:::{{predict}}\n{QUESTION}:::\n", "text")
    assert warnings == ""
    assert re.search(r"Predict.*faster.*Answer.*not what costs", shown, re.DOTALL)


@pytest.mark.parametrize(
    ("body", "what"),
    [("Why?", "needs one line ---"), ("Why?\n\n---", "has no answer"), ("a\n\n---\n---\nb", "needs one line ---")],
)
def test_a_faulty_question_is_named_by_the_book_and_by_the_exporter(tmp_path, monkeypatch, body, what):
    text = f":::{{predict}}\n{body}\n:::\n"
    _, warnings = build(tmp_path, f"# Page\n\n{text}")
    assert f"index.md:3: ERROR: {{predict}} {what}" in warnings
    (found,) = problems(small_book(tmp_path, monkeypatch), f"\n{text}")
    assert found.startswith(f"notebooks/03_own.md:8: {{predict}} {what}")


def test_every_edition_keeps_the_answer(tmp_path, monkeypatch):
    root = small_book(tmp_path, monkeypatch)
    body = ":::{predict}\nWhy {term}`LSTM`?\n\n---\nSo: {glue:text}`n`.\n:::"
    texts = {own(root, body, edition) for edition in ("colab", "student", "instructor")}
    assert texts == {
        "> **Predict**\n>\n"
        "> Why [LSTM](https://owner.github.io/repo/book/glossary.html#term-LSTM)?\n\n"
        "<details><summary>Answer</summary>\n\nSo: 17.\n\n</details>"
    }


def test_a_problem_in_an_answer_is_named_by_its_own_line(tmp_path, monkeypatch):
    body = "\n:::{predict}\nWhy?\n\n---\n\nSo: {ref}`nowhere`.\n:::\n"
    (found,) = problems(small_book(tmp_path, monkeypatch), body)
    assert found == "notebooks/03_own.md:13: unknown label nowhere"


def test_on_paper_the_answer_is_open_and_says_that_it_is_one():
    box = '<div class="admonition prediction"><p>Why?</p><details class="prediction-answer">'
    one = page(box + "<summary>Answer</summary><p>So.</p></details></div>")
    compose.for_reading(one)
    assert not one.article.select("details, summary")
    assert [text.get_text() for text in one.article.select(".prediction p")] == ["Why?", "Answer", "So."]
