"""The prose of a page, as the tests read it: without code, formulas, roles and what a program puts there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    [*(ROOT / "notebooks").glob("*.md"), *(ROOT / "book").glob("*.md"), ROOT / "README.md"],
    key=lambda path: path.name,
)
TYPED = re.compile(
    r"""(?<![\d.,/])\d{1,3}\.\d+\s?%              # 87.3 %
      | (?<![\d.,/])0?\.[5-9]\d{2,4}(?![\d.])     # an accuracy of 0.873
      | ±\s?\d+(?:\.\d+)?                         # ± 1.2
      | (?<![\d.,/])\d+\.\d+\s+points?\b          # ahead by 1.6 points
    """,
    re.VERBOSE,
)


CODE = ("code-cell", "code-block", "code", "math", "image", "quiz", "interactive", "results")
FENCE = re.compile(r"\s*(`{3,})\s*(?:\{([^}]*)\}|\w*)")


def prose(text: str) -> str:
    """``text`` without fenced code, formulas, code spans and the contents of roles; what a note says stays."""
    kept, open_fences, code = [], [], ""
    for line in text.splitlines():
        fence = FENCE.match(line)
        if code:
            code = "" if line.strip() == code else code
        elif fence and open_fences and line.strip() == open_fences[-1]:
            open_fences.pop()
        elif fence and (fence[2] is None or fence[2] in CODE):
            code = fence[1]
        elif fence:
            open_fences.append(fence[1])
        else:
            kept.append(line)
    return re.sub(r"\$\$.*?\$\$|\$[^$\n]*\$|`[^`]*`", "", "\n".join(kept), flags=re.DOTALL)


def typed_results(text: str) -> list[str]:
    """Numbers that look like results and stand in prose as typed: they come from a record or from a cell."""
    return TYPED.findall(prose(text))


def squeezed(text: str) -> str:
    """``text`` with every run of white space as one blank: a sentence is the same wherever its lines break."""
    return " ".join(text.split())
