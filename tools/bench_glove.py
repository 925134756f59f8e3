"""How fast word vectors are read: ``python tools/bench_glove.py`` makes 400,000 × 100 of them and reads them.

Each way runs in a process of its own, so that its peak of memory is its own, and three times, of which the fastest
counts. Let the machine do nothing else. The result goes to ``src/helpers/recorded/bench/glove.json``.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import timeit
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from helpers.runs.records import FOLDER
from helpers.vectors import load_vectors, reading

BENCH = FOLDER / "bench"
WORDS, DIMENSION, ASKED, TIMES = 400_000, 100, 10_000, 3


def line_by_line(path: str) -> dict[str, np.ndarray]:
    """The loop that most tutorials have."""
    vectors = {}
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 as they have it
        for line in file:
            values = line.split()
            vectors[values[0]] = np.asarray(values[1:], dtype="float32")
    return vectors


def asked(words: int) -> list[str]:
    """As many words as the course's vocabularies have, spread over the file."""
    return [f"w{row}" for row in np.linspace(0, words - 1, min(words, ASKED)).astype(int)]


def ways(path: str, words: int) -> dict[str, Callable[[], Any]]:
    return {
        "line by line": lambda: line_by_line(path),
        "words asked for": lambda: load_vectors(path, asked(words), keep=False),
        "all words": lambda: load_vectors(path, keep=False),
        "all words, first time": lambda: load_vectors(path),  # and keeps them
        "all words, kept": lambda: load_vectors(path),
    }


def write_vectors(path: Path, words: int) -> None:
    """Numbers of as many digits as GloVe's."""
    generator = np.random.default_rng(0)
    with path.open("w", encoding="utf-8") as file:
        for start in range(0, words, 20_000):
            rows = generator.normal(0, 0.4, size=(min(20_000, words - start), DIMENSION)).tolist()
            file.writelines(
                f"w{start + row} {' '.join(f'{number:.5g}' for number in numbers)}\n"
                for row, numbers in enumerate(rows)
            )


def measure(way: str, path: str, words: int) -> dict[str, float]:
    """Seconds on the clock, and the peak of memory above what the process held before."""
    reading._kernel()  # loaded before anything is measured: a package is no part of the vectors

    run = ways(path, words)[way]
    before = _memory("VmRSS")
    seconds = [timeit.timeit(run, number=1)]
    peak = _memory("VmHWM")
    if not way.endswith("first time"):
        seconds += timeit.repeat(run, number=1, repeat=TIMES - 1)
    return {"seconds": round(min(seconds), 5), "megabytes": round((peak - before) / 1e6)}


def _memory(field: str) -> int:
    """Bytes that this process holds now (VmRSS) or held at most (VmHWM; Linux)."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1]) * 1024
    raise OSError(f"/proc/self/status has no {field}")


def bench_glove(folder: Path = BENCH, words: int = WORDS) -> dict[str, Any]:
    """Measure every way on ``words`` vectors and write the result to ``folder``."""
    result: dict[str, Any] = {"words": words, "asked": len(asked(words)), "dimension": DIMENSION}
    result |= {"processors": os.cpu_count(), "ways": {}}
    with tempfile.TemporaryDirectory(prefix="bench-glove-") as scratch:
        path = Path(scratch) / "vectors.txt"
        write_vectors(path, words)
        for way in ways(str(path), words):
            command = [sys.executable, __file__, "--way", way, "--path", str(path), "--words", str(words)]
            done = subprocess.run(
                command, env=os.environ | {"RNN_CACHE": scratch}, check=True, capture_output=True, text=True
            )
            result["ways"][way] = json.loads(done.stdout)
            print(f"{way:24}{result['ways'][way]}", flush=True)
    loop = result["ways"]["line by line"]["seconds"]
    result["times_faster"] = {way: round(loop / one["seconds"], 1) for way, one in result["ways"].items()}
    matrix = words * DIMENSION * 4 / 1e6
    result["memory_in_matrices"] = {way: round(one["megabytes"] / matrix, 2) for way, one in result["ways"].items()}
    result["load_average"] = round(os.getloadavg()[0], 2)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "glove.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({key: result[key] for key in ("times_faster", "memory_in_matrices")}, indent=1))
    return result


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=WORDS, help="fewer vectors, for a try; then nothing is recorded")
    parser.add_argument("--way", help=argparse.SUPPRESS)
    parser.add_argument("--path", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.way:
        print(json.dumps(measure(options.way, options.path, options.words)))
    else:
        bench_glove(BENCH if options.words == WORDS else Path(tempfile.mkdtemp(prefix="bench-")), options.words)
    return 0


if __name__ == "__main__":
    sys.exit(main())
