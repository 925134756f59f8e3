"""Every interactive figure in a JupyterLab that really runs: it draws, and what the reader sets reaches Python."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from helpers import figures
from helpers.figures.figure import BOOK

NAMES = sorted(set(figures.__all__) - {"Figure"})
SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},  # draw what is out of sight, too
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},  # ask nobody outside
}
READY = """() => {
    const kernel = window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel;
    return kernel?.connectionStatus === "connected" && kernel.status === "idle";
}"""
CONTROLS = {
    "input[type=range]:enabled:visible": ["ArrowRight", "ArrowLeft"],
    "select:enabled:visible": ["ArrowDown", "ArrowUp"],
    "input[type=checkbox]:enabled:visible": ["Space"],
}
# what the last cell printed
PRINTED = """[...document.querySelectorAll(".jp-Cell")].at(-1)
    .querySelector(".jp-OutputArea-output pre")?.textContent.trim()"""


def notebook(path: Path) -> None:
    cells = [f"{name} = figures.{name}()\n{name}" for name in NAMES]
    states = ", ".join(f'"{name}": {name}.state' for name in NAMES)
    sources = ["import json\nfrom helpers import figures", *cells, f"print(json.dumps({{{states}}}))"]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}  # else JupyterLab asks for one
    code = [nbformat.v4.new_code_cell(source) for source in sources]
    nbformat.write(nbformat.v4.new_notebook(cells=code, metadata=kernel), path)


def await_answer(address: str, server: subprocess.Popen) -> None:
    end = time.monotonic() + 120  # a slow machine is no failure
    while server.poll() is None and time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=5)
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail("JupyterLab does not answer; see lab.log in the test's temporary folder")


@pytest.fixture
def lab(tmp_path) -> Iterator[str]:
    """The address of a JupyterLab that serves a notebook with every figure, and has settings of its own."""
    notebook(tmp_path / "figures.ipynb")
    for name, values in SETTINGS.items():
        file = tmp_path / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values), encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    own = {name: str(tmp_path / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--expose-app-in-browser"]
    options = {
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.root_dir": tmp_path,
        "IdentityProvider.token": "",
    }
    with (tmp_path / "lab.log").open("w") as log:
        server = subprocess.Popen(
            [*command, *(f"--{name}={value}" for name, value in options.items())],
            env={name: value for name, value in os.environ.items() if name != BOOK}
            | {**own, "JUPYTERLAB_SETTINGS_DIR": str(tmp_path / "settings")},
            stdout=log,
            stderr=log,
        )
    address = f"http://127.0.0.1:{port}/"
    try:
        await_answer(f"{address}api", server)
        yield address
    finally:
        server.terminate()
        server.wait(60)


def run(page, command: str) -> None:
    page.evaluate("command => { window.jupyterapp.commands.execute(command); }", command)


def touch(page, figure) -> None:
    """Press a key on one control of a figure that has a state: a slider if there is one."""
    for kind, keys in CONTROLS.items():
        control = figure.locator(kind)
        if control.count():
            control.first.focus()
            before = control.first.input_value()
            for key in keys:
                page.keyboard.press(key)
                if control.first.input_value() != before:
                    return
            return


def test_figures_in_jupyterlab(open_page, lab):
    seen = open_page(lab, "lab/tree/figures.ipynb", until="load")
    page = seen.page
    page.set_default_timeout(120_000)
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell")
    page.wait_for_function(READY)
    run(page, "runmenu:run-all")
    before = page.wait_for_function(PRINTED).json_value()

    places = page.locator(".jp-Cell .rnn-figure")
    for place, _ in enumerate(NAMES):
        places.nth(place).wait_for()
        touch(page, places.nth(place))
    page.locator(".jp-Cell").last.locator(".cm-content").click()
    run(page, "notebook:run-cell")
    page.wait_for_function(f"before => ![undefined, before].includes({PRINTED})", arg=before)
    before, after = json.loads(before), json.loads(page.evaluate(PRINTED))
    assert [name for name in NAMES if after[name] == before[name]] == []
    assert seen.outside == []
    assert [line for line in seen.console if "anywidget" in line or "rnn" in line] == []
