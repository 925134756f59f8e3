"""How long a chapter takes: what is counted, and what is not."""

from pathlib import Path

import pytest

from tools.reading_time import in_words, minutes, parts

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = """---
kernelspec:
  name: python3
---

(chapter-lstm)=
# 4. Five words are here

```{code-cell} python
one = 1

two = 2
```

```{code-cell} python
:tags: [hide-input]

hidden = 3
```

```{note}
Two words.
```

## Exercises

```{exercise}
Not counted as words.
```

```{exercise}
Nor this.
```
"""


def test_words_lines_and_exercises_are_counted():
    words, lines, exercises = parts(CHAPTER)
    assert words == len("# 4. Five words are here Two words.".split())
    assert (lines, exercises) == (2, 2)
    assert minutes(CHAPTER) == pytest.approx(words / 200 + 0.3 + 16)


def test_hidden_code_with_options_in_yaml_is_not_counted():
    options = "---\ntags: [hide-input]\nmystnb:\n  figure: x\n---\n"
    text = f"```{{code-cell}} python\n{options}a = 1\n```\n\n```{{code-cell}} python\nb = 2\n```\n"
    assert parts(text)[1] == 1


def test_time_of_several_chapters_is_their_sum_in_hours():
    one = in_words(["lstm"], ROOT)
    assert one.endswith(" minutes")
    assert int(one.split()[0]) % 5 == 0
    assert in_words(["lstm", "gru", "simple_rnn"], ROOT).endswith(" hours")


@pytest.mark.parametrize("slugs", [["nobody"], []])
def test_unknown_chapter_and_none_are_refused(slugs):
    with pytest.raises(ValueError, match="chapter"):
        in_words(slugs, ROOT)
