"""The built book, served on this machine and opened in Chromium."""

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from helpers.figures import Figure
from helpers.figures.compose import version
from tests.browser.pages import FIGURE_PAGE, HTML, ROOT, Visit

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {".mjs": "text/javascript"}

    def log_message(self, *args: object) -> None:
        pass


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *args: object) -> None:
        """A page that is closed before its last picture came is no news."""


def serve(folder: Path) -> Server:
    """A server of that folder, on a port that is free."""
    server = Server(("127.0.0.1", 0), functools.partial(Handler, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture(scope="session")
def book() -> Iterator[str]:
    """The address of the built book."""
    if not (HTML / "index.html").is_file():
        pytest.fail("there is no built book: run `make book` first")
    server = serve(HTML)
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("REQUIRE_BROWSER is set and no Chromium is installed")
        pytest.skip("no Chromium is installed: the book was not looked at in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator:
    """Open a page of a server and note what goes wrong on it: ``open_page(server, "index.html", width=360)``."""
    contexts = []

    def open_it(
        base: str,
        path: str,
        width: int = 1300,
        scheme: str = "light",
        javascript: bool = True,
        refuse: str = "",
        until: str = "networkidle",
    ) -> Visit:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=javascript,
            reduced_motion="reduce",  # else a colour is measured half-way from light to dark
        )
        contexts.append(context)
        seen = Visit(context.new_page())
        page = seen.page
        page.on("console", lambda m: seen.console.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: seen.console.append(str(error)))
        page.on(
            "request",
            lambda r: None if r.url.startswith((base, "data:", "blob:")) else seen.outside.append(r.url),
        )
        page.on("requestfailed", lambda r: seen.failed.append(r.url))
        page.on("response", lambda r: seen.failed.append(f"{r.status} {r.url}") if r.status >= 400 else None)
        if refuse:
            page.route(refuse, lambda route: route.abort())
        page.goto(base + path, wait_until=until)
        if javascript:
            page.wait_for_function("document.getAnimations().every(one => one.playState === 'finished')")
        return seen

    yield open_it
    for context in contexts:
        context.close()


@pytest.fixture
def visit(book: str, open_page: Callable[..., Visit]) -> Callable[..., Visit]:
    """Open a page of the book: ``visit("notebooks/01_why_recurrence.html", width=360, scheme="dark")``."""
    return functools.partial(open_page, book)


@pytest.fixture(scope="session")
def figures_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder for pages with one figure each, and the address at which it is served."""
    folder = tmp_path_factory.mktemp("figures")
    for file in ("book/_static/figures.js", "book/_static/favicon.svg", "src/helpers/figures/figures.css"):
        shutil.copy(ROOT / file, folder)
    server = serve(folder)
    yield folder, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture
def figure_page(figures_folder: tuple[Path, str], open_page: Callable[..., Visit]) -> Callable[..., Visit]:
    """Open a page of its own for a figure: ``figure_page(figures.half_life(), width=360, scheme="dark")``.

    ``copies`` puts the figure there more than once. ``javascript=False`` and ``refuse="**/weights-*.js"`` show what is
    left when scripts are off or a file does not come.
    """
    folder, base = figures_folder

    def show(figure: Figure, width: int = 1300, scheme: str = "light", copies: int = 1, **options: Any) -> Visit:
        text = FIGURE_PAGE.format(name=figure.name, place=copies * figure.static(folder / "figures"))
        file = f"{figure.name}-{version(text)}.html"
        (folder / file).write_text(text, encoding="utf-8")
        seen = open_page(base, file, width=width, scheme=scheme, until="load", **options)
        if options.get("javascript", True):
            for place in seen.page.locator(".rnn-figure-place").all():  # one that is far down mounts when it is near
                place.scroll_into_view_if_needed()
            seen.page.wait_for_function("!document.querySelector('.rnn-figure-place:not([data-mounted])')")
            seen.page.evaluate("scrollTo(0, 0)")
        return seen

    return show


@pytest.fixture
def javascript(open_page: Callable[..., Visit]) -> Iterator[Callable[..., Any]]:
    """Call a function that may import the figures' modules.

    ``javascript("async (a) => (await import('/shared/cells.mjs')).sigmoid(a)", 0)``
    """
    server = serve(ROOT / "src" / "helpers" / "figures")
    page = open_page(f"http://127.0.0.1:{server.server_port}/", "", until="load").page
    yield page.evaluate
    server.shutdown()
