"""Quizzes: the loader names what is wrong, the page works with and without a script."""

import re
import sys
from io import StringIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.small_book import own_docutils
from tools.quizzes import Answer, Question, load_quiz

ROOT = Path(__file__).resolve().parents[2]


GOOD = """\
- question: How many gates has a cell with $u$ units?
  answers:
    - {text: "Two, `r` and `z`", correct: false, feedback: That is $z$ & a GRU.}
    - {text: Three, correct: true, feedback: "Forget, *input*, output."}
- question: |
    What does this print?

    ```python
    print(1 < 2)
    ```
  answers:
    - {text: "`True`", correct: true, feedback: One is less.}
    - {text: "`False`", correct: false, feedback: One is less.}
"""


def load(folder: Path, text: str) -> list[Question]:
    path = folder / "08_own.yml"
    path.write_text(text, encoding="utf-8")
    return load_quiz(path)


def test_a_good_file_gives_its_questions(tmp_path):
    first, second = load(tmp_path, GOOD)
    assert first.question == "How many gates has a cell with $u$ units?"
    assert first.answers[1] == Answer("Three", True, "Forget, *input*, output.")
    assert second.question.endswith("print(1 < 2)\n```")


ANSWERS = "{text: a, correct: true, feedback: f}, {text: b, correct: false, feedback: g}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "08_own.yml must be a list of at least one question"),
        ("[]", "08_own.yml must be a list of at least one question"),
        ("question: x", "08_own.yml must be a list of at least one question"),
        ("- a: b: c", "08_own.yml is no valid YAML in line 1"),
        ("- words", "08_own.yml: question 1: must have exactly the keys answers, question"),
        ("- {question: x}", "08_own.yml: question 1: must have exactly the keys answers, question"),
        (f"- {{question: '  ', answers: [{ANSWERS}]}}", "08_own.yml: question 1: question must be a text"),
        (f"- {{question: 3, answers: [{ANSWERS}]}}", "08_own.yml: question 1: question must be a text"),
        ("- {question: x, answers: []}", "08_own.yml: question 1: must have two to five answers"),
        (f"- {{question: x, answers: [{ANSWERS[:37]}]}}", "08_own.yml: question 1: must have two to five answers"),
        (f"- {{question: x, answers: [{', '.join([ANSWERS] * 3)}]}}", "question 1: must have two to five answers"),
        (
            f"- {{question: x, answers: [{ANSWERS.replace('false', 'true')}]}}",
            "exactly one answer must be correct, not 2",
        ),
        (
            f"- {{question: x, answers: [{ANSWERS.replace('true', 'false')}]}}",
            "exactly one answer must be correct, not 0",
        ),
        (
            f"- {{question: x, answers: [{ANSWERS.replace('true', 'maybe')}]}}",
            "answer 1: correct must be true or false",
        ),
        (f"- {{question: x, answers: [{ANSWERS.replace('g}', '}')}]}}", "answer 2: feedback must be a text"),
        (
            f"- {{question: x, answers: [{ANSWERS.replace(', feedback: g', '')}]}}",
            "answer 2: must have exactly the keys",
        ),
        (f"- {{question: x, answers: [{ANSWERS.replace('b,', 'a,')}]}}", "question 1: two answers read the same"),
        ('- {question: x, answers: [{text: "a\\n\\nb", correct: true, feedback: f}, 1]}', "must be one paragraph"),
        (
            f"- {{question: x, answers: [{ANSWERS}]}}\n- {{question: y, answers: 1}}",
            "08_own.yml: question 2: must have two",
        ),
    ],
)
def test_a_fault_is_named_with_file_and_question(tmp_path, text, message):
    with pytest.raises(ValueError) as caught:
        load(tmp_path, text)
    assert message in str(caught.value)
    assert "08_own.yml" in str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"there is no quiz file 09_none\.yml"):
        load_quiz(tmp_path / "09_none.yml")


def test_the_quizzes_of_the_book_are_good():
    for path in sorted((ROOT / "book" / "quizzes").glob("*.yml")):
        assert load_quiz(path)
        assert (ROOT / "notebooks" / f"{path.stem}.md").exists(), f"{path.name} belongs to no chapter"


def build(folder: Path, quiz: str, page: str, builder: str = "html") -> tuple[str, str]:
    """Build a one-page book with Sphinx; return the page and the warnings."""
    from sphinx.application import Sphinx

    source = folder / "source"
    (source / "book" / "quizzes").mkdir(parents=True)
    (source / "book" / "quizzes" / "08_own.yml").write_text(quiz, encoding="utf-8")
    (source / "index.md").write_text(page, encoding="utf-8")
    config = {
        "extensions": ["myst_parser", "quiz"],
        "myst_enable_extensions": ["dollarmath", "colon_fence"],
        "html_theme": "basic",
    }
    warnings = StringIO()
    sys.path.insert(0, str(ROOT / "book" / "_ext"))
    try:
        with own_docutils():
            out = folder / "out"
            app = Sphinx(source, None, out, folder / "doctrees", builder, config, status=None, warning=warnings)
            app.build(force_all=True)
    finally:
        sys.path.remove(str(ROOT / "book" / "_ext"))
    assert any("08_own.yml" in str(name) for name in app.env.dependencies["index"])
    suffix = "txt" if builder == "text" else "html"
    return (out / f"index.{suffix}").read_text(encoding="utf-8"), warnings.getvalue()


PAGE = "# Page\n\n```{quiz} 08_own\n```\n\nWords.\n\n```{quiz} 08_own\n```\n"


def test_the_page_has_native_radio_buttons_with_legend_labels_and_feedback(tmp_path):
    page, warnings = build(tmp_path, GOOD, PAGE)
    assert warnings == ""
    html = BeautifulSoup(page, "html.parser")
    quizzes = html.select("div.quiz")
    assert len(quizzes) == 2
    fieldsets = html.select(".quiz > fieldset")
    assert len(fieldsets) == 4
    first, second = fieldsets[:2]
    assert first.legend.get_text().startswith("1. How many gates")
    assert first.legend.select_one("span.math").get_text() == r"\(u\)"
    assert first.legend.p is None
    radios = first.select("label > input[type=radio]")
    assert [radio["value"] for radio in radios] == ["0", "1"]
    assert [label.get_text().strip() for label in first.select("label")] == ["Two, r and z", "Three"]
    assert first.label.code.get_text() == "r"
    live = first.select("p.quiz-feedback")
    assert [(p["aria-live"], p.get_text()) for p in live] == [("polite", "")]
    names = [{radio["name"] for radio in fieldset.select("input")} for fieldset in fieldsets]
    assert all(len(group) == 1 for group in names)
    assert len(set.union(*names)) == 4
    assert second.select_one(".quiz-text .highlight").get_text().strip() == "print(1 < 2)"


def test_without_a_script_a_details_lists_every_answer_with_its_feedback(tmp_path):
    page, _ = build(tmp_path, GOOD, PAGE)
    html = BeautifulSoup(page, "html.parser")
    answers = html.select_one("fieldset > details.quiz-answers")
    assert answers.summary.get_text() == "Answers"
    assert [item["data-answer"] for item in answers.select("li")] == ["0", "1"]
    verdicts = answers.select("li > .quiz-verdict")
    assert verdicts[0].get_text() == r"✗ Not right. That is \(z\) & a GRU."
    assert verdicts[1].get_text() == "✓ Right. Forget, input, output."
    assert [verdict["data-correct"] for verdict in verdicts] == ["false", "true"]
    quiz = html.select_one(".quiz")
    assert not quiz.select("script, style, [style], [onclick], [onchange]")


def test_other_formats_show_the_words(tmp_path):
    page, warnings = build(tmp_path, GOOD, PAGE, "text")
    assert warnings == ""
    assert "How many gates" in page
    assert "✓ Right." in page


@pytest.mark.parametrize(
    ("quiz", "page", "message"),
    [
        (GOOD.replace("correct: true", "correct: false"), PAGE, "08_own.yml: question 1: exactly one"),
        (GOOD, PAGE + "\n```{quiz} 09_none\n```\n", "there is no quiz file 09_none.yml"),
        (GOOD.replace('"Two, `r` and `z`"', '"- Two"'), PAGE, "08_own.yml: question 1: '- Two' must be one paragraph"),
        (GOOD.replace("How many", "'# How many").replace("units?", "units?'"), PAGE, "must begin with a paragraph"),
    ],
)
def test_a_bad_quiz_is_a_warning_that_names_it(tmp_path, quiz, page, message):
    _, warnings = build(tmp_path, quiz, page)
    assert message in warnings


def test_script_and_style_stay_within_the_quiz():
    style = (ROOT / "book" / "_static" / "quiz.css").read_text(encoding="utf-8")
    selectors = [
        selector.strip()
        for block in re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL).split("}")[:-1]
        for selector in block.split("{")[0].split(",")
    ]
    assert selectors
    assert all(selector.startswith(".quiz ") for selector in selectors)
    script = (ROOT / "book" / "_static" / "quiz.js").read_text(encoding="utf-8")
    assert "(() => {" in script
    assert script.rstrip().endswith("})();")
    assert "http" not in script + style


@pytest.mark.parametrize("path", sorted((ROOT / "book" / "quizzes").glob("*.yml")), ids=lambda path: path.stem)
def test_the_right_answers_of_a_chapter_are_not_all_in_one_place(path):
    places = [[answer.correct for answer in question.answers].index(True) for question in load_quiz(path)]
    assert len(places) >= 3
    assert len(set(places)) > 1
