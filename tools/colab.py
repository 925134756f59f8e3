"""Turn Google Colab's published package list into constraints for pip.

    python tools/colab.py LIST > constraints.txt

LIST is a file or an https address. Colab prints the list with `pip freeze`; some of its lines name a file on Colab's
own disk, a git commit or a build for one machine. pip can take none of those as a constraint: they are left out and
named on standard error. Uses nothing outside the standard library, so that any Python can run it.
"""

import re
import sys
import urllib.request
from pathlib import Path

PUBLISHED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*==[A-Za-z0-9.!]+")  # a local version (`+cu128`) is on no index


def constraints(freeze: str) -> tuple[list[str], list[str]]:
    """Return the lines that pip can use as constraints, and those it cannot; comments are in neither."""
    lines = [line.strip() for line in freeze.splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    return (
        [line for line in lines if PUBLISHED.fullmatch(line)],
        [line for line in lines if not PUBLISHED.fullmatch(line)],
    )


def read(source: str) -> str:
    """Return the text of a file or of an https address."""
    if source.startswith("https://"):
        with urllib.request.urlopen(source, timeout=60) as answer:
            return answer.read().decode("utf-8")
    return Path(source).read_text(encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Print the constraints; return 0, or 1 with a sentence on standard error."""
    if len(arguments) != 1:
        print("Name one package list, a file or an https address.", file=sys.stderr)
        return 1
    try:
        usable, unusable = constraints(read(arguments[0]))
    except (OSError, UnicodeDecodeError) as error:  # urllib's errors are OSErrors
        print(f"Colab's package list could not be read from {arguments[0]}: {error}", file=sys.stderr)
        return 1
    if not usable:
        print(f"{arguments[0]} holds no line `name==version`.", file=sys.stderr)
        return 1
    for line in unusable:
        print(f"left out: {line}", file=sys.stderr)
    print("\n".join(usable))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
