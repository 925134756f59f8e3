"""``python -m tests.public_originals --run``: the notebooks on the public originals, played on this computer."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.public_originals import files
from tests.public_originals.serve import serving

ROOT = Path(__file__).resolve().parent.parent.parent
IN_RECORDED_MODE = ("16", "18", "23")

PROBE = """
from helpers import data, vectors
from helpers.text import cleaning
data.load_imdb(source="download"), data.load_imdb("test", source="download")
data.load_imdb_sequences(source="download")
vectors.load_glove(source="download")
data.load_products(source="download"), data.load_product_domains(source="download")
assert cleaning.tools().name == "NLTK", "NLTK's data were not downloaded"
for name, one in data.loaded().items():
    print(f"{name:16} {one.source}, {'as recorded' if one.recorded else 'other than recorded'}")
assert data.are_recorded("IMDB train", "IMDB test", "IMDB codes", "GloVe") and not data.are_recorded("product reviews")
"""


def environment(told: Path, folder: Path, mode: str = "quick") -> dict[str, str]:
    """What a kernel starts with: no ``RNN_DATA``, empty folders for downloads, and this computer for the net."""
    places = {"RNN_CACHE": "cache", "NLTK_DATA": "nltk", "TFDS_DATA_DIR": "tfds"}
    for place in places.values():
        (folder / place).mkdir(exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if name != "RNN_DATA"}
    here = {name: str(folder / place) for name, place in places.items()}
    paths = [Path(__file__).parent / "patched", ROOT / "src", ROOT]
    return kept | here | {
        "PYTHONPATH": os.pathsep.join(map(str, paths)),
        "PUBLIC_ORIGINALS": str(told),
        "NO_PROXY": "127.0.0.1",
        "RNN_MODE": mode,
    }  # fmt: skip


def run(chosen: list[str], workers: int) -> int:
    """Make the originals, serve them, and run the notebooks; the number of commands that failed."""
    with tempfile.TemporaryDirectory(prefix="public-originals-") as name:
        folder = Path(name)
        start = time.perf_counter()
        (folder / "originals").mkdir()
        files.make_all(folder / "originals")
        print(f"originals made in {time.perf_counter() - start:.0f} s", flush=True)
        notebooks = folder / "notebooks"
        export = [sys.executable, "tools/export_notebooks.py", "--out", str(notebooks)]
        failed = subprocess.run(export, cwd=ROOT).returncode != 0
        with serving(folder / "originals") as told:
            ask = subprocess.run([sys.executable, "-c", PROBE], cwd=ROOT, env=environment(told, folder))
            failed += ask.returncode != 0
            for mode, numbers in (("quick", ()), ("recorded", IN_RECORDED_MODE)):
                paths = [
                    str(path)
                    for path in sorted(notebooks.glob("[0-9][0-9]_*.ipynb"))
                    if path.name[:2] in (chosen or [path.name[:2]]) and (not numbers or path.name[:2] in numbers)
                ]
                if not paths:
                    continue
                start = time.perf_counter()
                command = [sys.executable, "-m", "pytest", "-p", "no:randomly", "-p", "no:cacheprovider", "--nbmake"]
                command += ["--nbmake-timeout=180", "--durations=0", "--durations-min=5", "-n", str(workers)]
                done = subprocess.run([*command, *paths], cwd=ROOT, env=environment(told, folder, mode))
                failed += done.returncode != 0
                print(f"{mode} mode: {len(paths)} notebooks, {time.perf_counter() - start:.0f} s", flush=True)
    return failed


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.public_originals", description=__doc__)
    parser.add_argument("--run", action="store_true", required=True, help="make, serve, and run the notebooks")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("chapters", nargs="*", metavar="NN", help="some chapters only, by number")
    options = parser.parse_args(arguments)
    if not os.environ.get("RNN_DATA"):
        print("skipped: the originals are made from the files below RNN_DATA, and RNN_DATA names no folder.")
        return 0
    return min(run(options.chapters, options.workers), 1)


if __name__ == "__main__":
    sys.exit(main())
