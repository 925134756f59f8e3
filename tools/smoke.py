"""Build the book with plain Sphinx, without Jupyter Book: the way out, tried.

    python tools/smoke.py CONF.py

CONF.py is what `jupyter-book config sphinx` wrote from `_config.yml`. The build executes no cell. Warnings are counted
by kind and are no failure; a build that does not finish is.
"""

import re
import shutil
import subprocess
import sys
from collections import Counter
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "_build" / "smoke"
# Jupyter Book's own extension and its LaTeX: neither runs without Jupyter Book, and the HTML needs neither.
AFTERWORD = """
import sys

ROOT = {root!r}
sys.path[:0] = [ROOT + "/book/_ext", ROOT + "/src"]
extensions = [name for name in extensions if name not in ("jupyter_book", "sphinx_jupyterbook_latex")]
nb_execution_mode = "off"
html_static_path = [ROOT + "/" + path for path in html_static_path]
html_extra_path = [ROOT + "/" + path for path in html_extra_path]
bibtex_bibfiles = [ROOT + "/" + path for path in bibtex_bibfiles]
templates_path = [ROOT + "/" + path for path in templates_path]
html_favicon = ROOT + "/" + html_favicon
"""


def kinds(log: str) -> Counter[str]:
    """Count a log's warnings and errors by their kind: the word in brackets at the end, or their first words."""
    found: Counter[str] = Counter()
    for line in re.sub(r"\x1b\[[0-9;]*m", "", log).splitlines():
        if match := re.search(r"(?:WARNING|ERROR): (.*)", line):
            kind = re.search(r"\[([a-z0-9_.-]+)\]$", match[1])
            found[kind[1] if kind else " ".join(match[1].split()[:6])] += 1
    return found


def main(arguments: list[str]) -> int:
    """Run the build; return Sphinx's exit status."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    written = Path(arguments[0])
    conf = written.read_text(encoding="utf-8") + AFTERWORD.format(root=str(ROOT))
    written.unlink()
    (OUT / "conf.py").write_text(conf, encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", "-c", str(OUT), str(ROOT), str(OUT / "html")]
    done = subprocess.run(command, capture_output=True, text=True)
    (OUT / "log.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
    for kind, number in kinds(done.stderr).most_common():
        print(f"{number:>5}  {kind}")
    names = ("sphinx", "myst-nb", "sphinx-book-theme", "pydata-sphinx-theme")
    print(", ".join(f"{name} {version(name)}" for name in names))
    pages = sum("_static" not in page.parts for page in (OUT / "html").rglob("*.html"))
    print(f"{pages} pages" if done.returncode == 0 else done.stderr[-3000:])
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
