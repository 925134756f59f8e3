"""Turn the article of a built page into what paper and e-readers can show.

Both editions: no script, button or fold; a quiz is text; solutions and answers stand at the chapter's end. For the PDF
also: the addresses of links stand in a list at the chapter's end, and links between pages lead to places in one
document.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag

# Attributes that hold ids of the same page, apart from `id` itself and addresses.
ID_LISTS = ("for", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")
_URL = re.compile(r"url\((['\"]?)#([^)'\"]+)\1\)")
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


@dataclass
class Page:
    """A page of the book: its name, `notebooks/04_lstm`, and its article."""

    name: str
    article: Tag
    part: str = ""
    soup: BeautifulSoup = field(default_factory=lambda: BeautifulSoup("", "html.parser"), repr=False)

    @property
    def key(self) -> str:
        """What its ids begin with in a document that holds all pages."""
        return self.name.rsplit("/", 1)[-1]

    @property
    def title(self) -> str:
        heading = self.article.find("h1")
        return text_of(heading) if heading else self.key

    @property
    def body(self) -> Tag:
        """Where a section of the chapter is added."""
        return self.article.find("section") or self.article

    def sections(self) -> Iterator[tuple[str, str]]:
        """Give the id and the title of each section below the chapter's title."""
        for heading in self.article.find_all("h2"):
            place = heading.find_parent("section")
            if place and place.get("id"):
                yield attribute(place, "id"), text_of(heading)

    def tag(self, name: str, *children: Tag | str, **attributes: str) -> Tag:
        """Make an element; a `_` at the end of an attribute's name is left out, one inside it is a `-`."""
        made = self.soup.new_tag(name, attrs={k.rstrip("_").replace("_", "-"): v for k, v in attributes.items()})
        for child in children:
            made.append(child)
        return made

    def add_section(self, ident: str, title: str) -> Tag:
        """Add a section at the end of the chapter."""
        section = self.tag("section", self.tag("h2", title), id=ident, class_=f"paper-{ident}")
        self.body.append(section)
        return section


def parse(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def article_of(soup: BeautifulSoup) -> Tag:
    """Return the article of a page. ValueError if it has none."""
    article = soup.find("article")
    if article is None:
        raise ValueError("a page has no <article>: is the theme another one?")
    return article


def attribute(tag: Tag, name: str) -> str:
    """Return an attribute as text, empty where there is none; of a list, such as `class`, its words."""
    value = tag.get(name) or ""
    return value if isinstance(value, str) else " ".join(value)


def text_of(tag: Tag) -> str:
    return " ".join(tag.get_text().replace("¶", "").split())


def for_reading(page: Page) -> None:
    """All that both editions need."""
    drop_controls(page)
    drop_hidden_input(page)
    quizzes_as_text(page)
    move_solutions(page)
    open_folds(page)


def drop_controls(page: Page) -> None:
    """Take away what only a browser has a use for; the state of a figure stays until the figure is drawn."""
    gone = "a.headerlink, noscript, script:not([type='application/json']), button, .toctree-wrapper"
    for one in page.article.select(gone):
        one.decompose()


def drop_hidden_input(page: Page) -> None:
    """Leave out code that the book folds away and that is no solution: it draws what is shown below it."""
    for cell in page.article.select("div.cell.tag_hide-input"):
        for fold in cell.find_all("details", recursive=False):
            fold.decompose()
        if not cell.find("div", class_="cell_output"):
            cell.decompose()


def quizzes_as_text(page: Page) -> None:
    """Make each question a paragraph with lettered answers; what there is to say to them goes to the chapter's end."""
    questions = page.article.select(".quiz fieldset")
    if not questions:
        return
    answers = page.add_section("answers", "Answers")
    for number, question in enumerate(questions, 1):
        ident = f"quiz-question-{number}"
        feedback = page.tag("ol", type="a")
        for verdict in question.select(".quiz-verdict"):
            verdict.name, verdict.attrs = "li", {}
            feedback.append(verdict.extract())
        entry = page.tag("div", class_="paper-answer")
        entry.append(page.tag("p", page.tag("a", f"Question {number}", href=f"#{ident}", class_="reference internal")))
        entry.append(feedback)
        answers.append(entry)
        _question_as_text(page, question, ident)


def _question_as_text(page: Page, question: Tag, ident: str) -> None:
    for control in question.select("input, .quiz-feedback, .quiz-answers"):
        control.decompose()
    choices = page.tag("ol", type="a")
    for label in question.find_all("label"):
        label.name, label.attrs = "li", {}
        choices.append(label.extract())
    for legend in question.find_all("legend"):
        legend.name = "p"
    question.name, question.attrs = "div", {"class": "paper-question", "id": ident}
    question.append(choices)


def move_solutions(page: Page) -> None:
    """Move solutions, words and cells, into a section of their own; the exercise says where its solution is."""
    parts = page.article.select("div.solution, div.cell.tag_solution")
    if not parts:
        return
    section = page.add_section("solutions", "Solutions")
    for part in parts:
        if "solution" in attribute(part, "class").split():
            link = page.tag("a", "Solution", href=f"#{part['id']}", class_="reference internal paper-page")
            part.insert_before(page.tag("p", link, class_="paper-see"))
        section.append(part.extract())


def open_folds(page: Page) -> None:
    for summary in page.article.find_all("summary"):
        if summary.find_parent("details", class_="prediction-answer"):
            summary.name, summary["class"] = "p", "paper-answer-here"
        else:
            summary.decompose()
    for fold in page.article.find_all("details"):
        fold.name, fold.attrs = "div", {"class": "paper-open"}


def describe_figures(page: Page) -> None:
    """Leave the description of each interactive figure, where no script can draw it."""
    for state in page.article.find_all("script"):
        state.decompose()


# --- one document of many pages ----------------------------------------------


def for_one_document(page: Page, names: dict[str, str], homepage: str) -> None:
    """Make the links of a page lead to places in the document, and its ids unlike those of other pages.

    ``names`` holds the keys of all pages in the document by their names.
    """
    for link in page.article.find_all("a", href=True):
        link["href"] = target(page, attribute(link, "href"), names, homepage)
    say_where_figures_move(page, homepage)
    links_as_notes(page)
    prefix_ids(page)


def say_where_figures_move(page: Page, homepage: str) -> None:
    """Below a figure that stands still, say where it can be used."""
    for place in page.article.select(".rnn-figure-place"):
        address = f"{homepage}/{page.name}.html"
        link = page.tag("a", address, href=address)
        place.insert_after(page.tag("p", "This figure can be used at ", link, class_="paper-see"))


def target(page: Page, address: str, names: dict[str, str], homepage: str) -> str:
    """Return where a link leads in the document, or the address on the web of what is not in it."""
    if _OUTSIDE.match(address):
        return address
    path, _, fragment = address.partition("#")
    if not path:
        return f"#{ident(page.key, fragment)}"
    name = posixpath.normpath(posixpath.join(posixpath.dirname(page.name), path))
    key = names.get(name.removesuffix(".html"))
    if key is None:
        return f"{homepage}/{name}" + (f"#{fragment}" if fragment else "")
    return f"#{ident(key, fragment)}" if fragment else f"#{key}"


def ident(key: str, old: str) -> str:
    """Return an id of a page as it is called in a document that holds all pages."""
    return f"{key}--" + re.sub(r"[^A-Za-z0-9_-]", "-", old)


def links_as_notes(page: Page) -> None:
    """Number what the links to other sites lead to, and list the addresses at the chapter's end."""
    numbers: dict[str, int] = {}
    for link in page.article.find_all("a", href=True):
        address = attribute(link, "href")
        if address.startswith("#") or says_address(text_of(link), address):
            continue
        number = numbers.setdefault(address, len(numbers) + 1)
        mark = page.tag("a", str(number), href=f"#{ident(page.key, f'link-{number}')}")
        link.insert_after(page.tag("sup", mark, class_="paper-note"))
    if not numbers:
        return
    listed = page.tag("ol")
    for address, number in numbers.items():
        listed.append(page.tag("li", page.tag("a", address, href=address), id=f"link-{number}"))
    page.add_section("links", "Links").append(listed)


def says_address(text: str, address: str) -> bool:
    """Tell whether a link's words are its address already."""
    bare = address.removeprefix("mailto:").removeprefix("https://doi.org/").removesuffix("/")
    return text.removeprefix("doi:").removesuffix("/") in (bare, bare.removeprefix("https://"))


def prefix_ids(page: Page) -> None:
    """Let every id begin with the page's key, and all that names an id follow, drawings too."""
    for tag in page.article.find_all(True):
        if tag.get("id"):
            tag["id"] = ident(page.key, attribute(tag, "id"))
        for name in ID_LISTS:
            if tag.get(name):
                tag[name] = " ".join(ident(page.key, one) for one in attribute(tag, name).split())
        if tag.name != "a":
            for name in ("href", "xlink:href"):
                if attribute(tag, name).startswith("#"):
                    tag[name] = f"#{ident(page.key, attribute(tag, name)[1:])}"
        for name, value in tag.attrs.items():
            if isinstance(value, str) and "url(" in value:
                tag[name] = _URL.sub(lambda found: f"url(#{ident(page.key, found[2])})", value)
        if tag.name == "style" and tag.string and "#" in tag.string:
            tag.string = _URL.sub(lambda found: f"url(#{ident(page.key, found[2])})", tag.string)


def move_files(page: Page, folder: str) -> None:
    """Let pictures be found from a document that stands elsewhere; ``folder`` is that of the built book."""
    for tag in page.article.find_all(src=True):
        source = attribute(tag, "src")
        if not _OUTSIDE.match(source):
            tag["src"] = posixpath.normpath(posixpath.join(folder, posixpath.dirname(page.name), source))
