"""How heavy each interactive figure is, and how soon it is there: ``python -m tools.bench.figures [NAME …]``.

Each figure stands on a page of its own, which Chromium opens three times from this machine with an empty cache. Printed
are the bytes that the page fetches for it, gzip, as a web server sends them (data that a figure may ask for later
count, too), the median time from the start of the visit until the figure is drawn, and the median time that the page's
own thread worked, in which other programs on this machine do not count. The line after the figures is what all of them
share, the style sheet and figures.js. The last lines are how soon each recorded network has read 200 words, at best.
"""

from __future__ import annotations

import base64
import gzip
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from helpers import figures
from helpers.figures.read_review import MODELS
from tools.browser import chromium, served

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
READ = """async ({ networks }) => {
    const { readReview, unpack } = await import("/read_review/model.mjs");
    const bytes = (base64) => new DataView(Uint8Array.from(atob(base64), (one) => one.charCodeAt(0)).buffer);
    return Object.values(networks).map(([weights, recorded]) => {
        const net = unpack(bytes(weights), recorded), codes = Array.from({ length: 200 }, (_, i) => 4 + 7 * i);
        return Math.min(...Array.from({ length: 30 }, () => {
            const start = performance.now();
            readReview(net, codes);
            return performance.now() - start;
        }));
    });
}"""


def weigh(path: Path) -> int:
    """Bytes of a file as a web server sends them."""
    return len(gzip.compress(path.read_bytes(), 6))


def first_drawing(browser: Browser, address: str) -> tuple[float, float]:
    """Milliseconds until the figure of that page is drawn, in a browser that has seen nothing yet; and of work."""
    context = browser.new_context(viewport={"width": 360, "height": 900})
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(address, wait_until="commit")
    page.wait_for_selector(".rnn-figure-place")
    taken = page.evaluate(DRAWN)
    worked = {one["name"]: one["value"] for one in devtools.send("Performance.getMetrics")["metrics"]}["TaskDuration"]
    context.close()
    return taken, 1000 * worked


def reading(browser: Browser) -> dict[str, float]:
    """Milliseconds in which each network of the figure ``read_review`` reads 200 words: the best of thirty."""
    name, *others = MODELS
    figure = figures.read_review(name, compare=others)
    described = figure.state["models"]
    weights = {name: base64.b64encode(figure.files[one["file"]]()).decode() for name, one in described.items()}
    with served(ROOT / "src" / "helpers" / "figures") as address:
        page = browser.new_page()
        page.goto(address)
        taken = page.evaluate(READ, {"networks": {name: [weights[name], described[name]] for name in described}})
    return dict(zip(described, taken, strict=True))


def main(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as temporary, served(Path(temporary)) as base, chromium() as browser:
        folder = Path(temporary)
        print(f"{'figure':20} {'code, bytes':>12} {'data, bytes':>12} {'drawn after, ms':>16} {'work, ms':>9}")
        for name in names:
            figure = getattr(figures, name)()
            place = figure.static(folder / name / "figures")
            for file in SHARED:
                shutil.copy(file, folder / name)
            (folder / name / "index.html").write_text(PAGE.format(name=name, place=place), encoding="utf-8")
            visits = [first_drawing(browser, f"{base}{name}/index.html") for _ in range(VISITS)]
            taken, worked = map(statistics.median, zip(*visits, strict=True))
            bytes_of = {path: weigh(path) for path in (folder / name / "figures").iterdir()}
            code = sum(size for path, size in bytes_of.items() if path.name.startswith(f"{name}-"))
            print(f"{name:20} {code:12,} {sum(bytes_of.values()) - code:12,} {taken:16.0f} {worked:9.0f}")
        print(f"{'shared by all':20} {sum(weigh(path) for path in SHARED):12,}")
        for name, taken in reading(browser).items():
            print(f"200 words read by {name}: {taken:.1f} ms")


if __name__ == "__main__":
    main(sys.argv[1:] or sorted(set(figures.__all__) - {"Figure"}))
