"""The tokeniser, the coding and the padding of the figures give what helpers.text gives."""

import json
import sys
import unicodedata

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from helpers import text

# What has made trouble somewhere: both languages' spaces, the characters at which words are cut, line breaks, letters
# whose lower case is longer or depends on what stands around them, half an emoji, a zero.
SPACES = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u200a\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"
PIECES = [*SPACES, *text.FILTERS, "<br", "<BR", "/>", "<br />", "<bR\x1c/>", "<br\ufeff/>", "<br\x85>", "br"]
PIECES += [
    "İ",
    "i\u0307",
    "Σ",
    "ΑΣ",
    "ς",
    "ẞ",
    "ﬁ",
    "\u0301",
    "'",
    "don't",
    "\ud83d",
    "\ude00",
    "😀",
    "𐐀",
    "\x00",
    "word",
]
# Letters that this Python does not know yet may have a lower case in the browser.
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.characters(codec=None, exclude_categories=["Cn"])), max_size=30)

# As JSON there and back, in ASCII: half an emoji alone is no text that could be sent.
TOKENIZE = """async (json) => {
    const { tokenize } = await import("/shared/text.mjs");
    return JSON.stringify(JSON.parse(json).map(tokenize)).replace(/[\\u0080-\\uffff]/g,
        (unit) => "\\\\u" + unit.charCodeAt(0).toString(16).padStart(4, "0"));
}"""


def joined(string: str) -> str:
    """The string as JavaScript sees it: two halves of an emoji side by side are that emoji."""
    return string.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def compare(javascript, texts):
    theirs = json.loads(javascript(TOKENIZE, json.dumps(texts)))
    for one, words in zip(texts, theirs, strict=True):
        assert words == text.tokenize(one), repr(one)


def test_the_same_words_for_drawn_strings(javascript):
    drawn = []

    @settings(max_examples=1_500, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck))
    @given(TEXTS)
    def draw(pieces):
        drawn.append(joined("".join(pieces)))

    draw()
    assert len(drawn) > 1_000
    compare(javascript, drawn)


def test_the_same_words_around_every_character(javascript):
    known = [
        chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) not in ("Cn", "Co", "Cs")
    ]
    compare(javascript, [" ".join(f"x{one}Y {one} <br{one}/>" for one in known)])
    # around a sigma, where the neighbours count, up to the Greek letters: beyond, Unicode still changes its mind
    near = [one for one in known if ord(one) < 0x250 or 0x300 <= ord(one) < 0x400]
    compare(javascript, [f"ΑΣ{one} ΑΣ{one}Β Α{one}Σ" for one in near])


def test_the_same_codes(javascript):
    words = ["the", "", "film", "good"]
    texts = ["The film was GOOD!", "", "<br />", "the the undefined"]
    vocabulary = text.Vocabulary.from_word_index({word: rank for rank, word in enumerate(words, start=1) if word})
    encode = """async ([words, texts]) => {
        const { encode, tokenize, vocabulary } = await import("/shared/text.mjs"), codes = vocabulary(words);
        return texts.map((text) => encode(tokenize(text), codes));
    }"""
    assert javascript(encode, [words, texts]) == [vocabulary.encode(one) for one in texts]


def test_the_same_padding_on_all_sides(javascript):
    rows = [[], [1], [1, 2, 3, 4], [1, 2, 3, 4, 5], list(range(1, 12))]
    cases = [
        (rows, length, padding, truncating)
        for length in (1, 4, 5, 20)
        for padding in ("pre", "post")
        for truncating in ("pre", "post")
    ]
    pad = """async (cases) => {
        const { pad } = await import("/shared/text.mjs");
        return cases.map(([rows, ...how]) => rows.map((row) => pad(row, ...how)));
    }"""
    ours = [
        text.pad(rows, length, padding=padding, truncating=truncating).tolist()
        for rows, length, padding, truncating in cases
    ]
    assert javascript(pad, [list(case) for case in cases]) == ours
