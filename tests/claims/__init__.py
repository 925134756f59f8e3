"""Sentences of the course that say what the records say: one test a sentence.

A conclusion is written by hand, and records may be made again. So a test names the sentence, and asserts on the
records what the sentence says: ``claim("results", "…")`` fails when the sentence has gone or was changed, and what
follows it fails when the records say something else. Whoever changes one meets the other.
"""

from tests.prose import ROOT, prose, squeezed


def claim(page: str, sentence: str) -> None:
    """Assert that ``sentence`` stands in a page's prose, wherever its lines break.

    Parameters
    ----------
    page : str
        A chapter by its name with or without the number ("gated_rnns_imdb"), an appendix, or a page of ``book/``.
    sentence : str
        Word for word as in the source, with its roles; code does not count as prose.
    """
    found = [path for path in ROOT.glob("notebooks/*.md") if page in (path.stem, path.stem[3:])]
    found += [path for path in ROOT.glob("book/*.md") if path.stem == page]
    assert len(found) == 1, f"there is no page {page!r}"
    text = found[0].read_text(encoding="utf-8")
    kept = squeezed(prose(text))
    assert squeezed(sentence) in squeezed(text), f"{found[0].name} does not say: {sentence}"
    assert squeezed(prose(sentence)) in kept, f"{found[0].name} has this only in code: {sentence}"
