"""What a second worker is worth: ``python -m tools.bench.cluster``.

A few runs are trained by one process after the other, then by two at once, each process with one thread. Records go to
a folder that is thrown away, and what was measured to ``src/helpers/recorded/bench/cluster.json``.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from helpers.modes import device
from helpers.results.benchmarks import BENCH

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"), "1")
SCRIPT = """
import sys
from pathlib import Path

from helpers.results import records
from tools.train.__main__ import main

if __name__ == "__main__":
    records.FOLDER = Path(sys.argv[1])
    sys.exit(main(sys.argv[2:]))
"""


def train(name: str, seeds: int, workers: int) -> float:
    """Seconds until so many seeds of an experiment are trained and recorded, by a cluster of so many workers.

    Raises
    ------
    RuntimeError
        If the training fails or records less, with the end of what it said.
    """
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "train.py")
        script.write_text(SCRIPT, encoding="utf-8")
        command = [sys.executable, str(script), folder, name, "--seeds", str(seeds), "--workers", str(workers)]
        path = os.pathsep.join([str(Path.cwd()), os.environ.get("PYTHONPATH", "")])
        environment = os.environ | ONE_THREAD | {"PYTHONPATH": path}
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, env=environment)
        seconds = time.perf_counter() - start
        recorded = len(list(Path(folder, name).glob("seed-*.json")))
    if done.returncode or recorded != seeds:
        raise RuntimeError(f"{recorded} of {seeds} runs of {name} were recorded: {(done.stdout + done.stderr)[-500:]}")
    return seconds


def measure(name: str, seeds: int, workers: int) -> dict[str, Any]:
    """The same runs by one worker and by several, and how many times sooner the several had them."""
    load = os.getloadavg()[0]  # before we are part of it
    alone, together = train(name, seeds, 1), train(name, seeds, workers)
    return {
        "experiment": name,
        "runs": seeds,
        "workers": workers,
        "seconds_alone": round(alone, 1),
        "seconds_together": round(together, 1),
        "times_sooner": round(alone / together, 2),
        "cores": len(os.sched_getaffinity(0)),
        "device": device(),
        "load_average": round(load, 2),
        "date": datetime.date.today().isoformat(),
    }


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.cluster", description=__doc__.splitlines()[0])
    parser.add_argument("--experiment", default="curve-rnn-2000", help="what is trained (default curve-rnn-2000)")
    parser.add_argument("--seeds", type=int, default=4, help="how many runs (default 4)")
    parser.add_argument("--workers", type=int, default=2, help="how many at once (default 2)")
    options = parser.parse_args(arguments)
    measured = measure(options.experiment, options.seeds, options.workers)
    BENCH.mkdir(parents=True, exist_ok=True)
    (BENCH / "cluster.json").write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(measured, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
