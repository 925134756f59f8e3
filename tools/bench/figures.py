"""How heavy each interactive figure is, and how soon it is there: ``python -m tools.bench.figures [NAME …]``.

Each figure stands on a page of its own, which Chromium opens three times from this machine with an empty cache. Printed
are the bytes that the page fetches for it, gzip, as a web server sends them (data that a figure may ask for later
count, too), and the median time from the start of the visit until the figure is drawn. The last line is what all
figures share, the style sheet and figures.js.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import shutil
import statistics
import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from helpers import figures

ROOT = Path(__file__).resolve().parents[2]
SHARED = (ROOT / "book/_static/figures.js", ROOT / "src/helpers/figures/figures.css")
VISITS = 3
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{name}</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="figures.css"><script src="figures.js" defer></script></head><body>{place}</body></html>
"""
DRAWN = """() => new Promise((resolve) => {
    const place = document.querySelector(".rnn-figure-place");
    const drawn = () => requestAnimationFrame(() => resolve(performance.now()));
    const look = () => place.dataset.mounted ? drawn() : setTimeout(look, 2);
    look();
})"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


def weigh(path: Path) -> int:
    """Bytes of a file as a web server sends them."""
    return len(gzip.compress(path.read_bytes(), 6))


def first_drawing(browser: Browser, address: str) -> float:
    """Milliseconds until the figure of that page is drawn, in a browser that has seen nothing yet."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address, wait_until="commit")
    page.wait_for_selector(".rnn-figure-place")
    taken = page.evaluate(DRAWN)
    context.close()
    return taken


def main(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = Path(temporary)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        print(f"{'figure':20} {'code, bytes':>12} {'data, bytes':>12} {'drawn after, ms':>16}")
        for name in names:
            figure = getattr(figures, name)()
            place = figure.static(folder / name / "figures")
            for file in SHARED:
                shutil.copy(file, folder / name)
            (folder / name / "index.html").write_text(PAGE.format(name=name, place=place), encoding="utf-8")
            address = f"http://127.0.0.1:{server.server_port}/{name}/index.html"
            taken = statistics.median(first_drawing(browser, address) for _ in range(VISITS))
            bytes_of = {path: weigh(path) for path in (folder / name / "figures").iterdir()}
            code = sum(size for path, size in bytes_of.items() if path.name.startswith(f"{name}-"))
            print(f"{name:20} {code:12,} {sum(bytes_of.values()) - code:12,} {taken:16.0f}")
        print(f"{'shared by all':20} {sum(weigh(path) for path in SHARED):12,}")
        browser.close()
        server.shutdown()


if __name__ == "__main__":
    main(sys.argv[1:] or sorted(set(figures.__all__) - {"Figure"}))
