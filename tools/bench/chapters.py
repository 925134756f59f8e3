"""The times that chapters 5 and 15 take while they run, measured once and recorded: ``make bench``.

Runs the chapter's own cells, up to the one that asks for the times, and writes what it measured to
``src/helpers/recorded/bench/``. In recorded mode the chapter then shows that (:func:`helpers.runs.timed`).
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import jupytext

from helpers import runs
from helpers.results.benchmarks import BENCH
from helpers.results.records import versions

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
TIMES = {
    "layer-of-32": "05_gru.md",
    "loops-by-hand": "15_cells_and_custom_loops.md",
    "memory-probe": "06_how_far_back.md",
}


class Measured(Exception):
    """The cell has measured: the rest of the chapter need not run."""


def measure(name: str) -> dict[str, Any]:
    """Run the chapter up to ``runs.timed(name, …)``; the record of what its function measured."""
    found: dict[str, Any] = {}
    wanted = name

    def timed(name: str, measure: Callable[[], dict[str, Any]]) -> NoReturn:
        load = round(os.getloadavg()[0], 2)  # before: the measurement itself is work too
        if name != wanted:
            raise ValueError(f"the chapter asks for the times {name!r}, and {wanted!r} were expected.")
        found.update(measured=_rounded(measure()), load_average=load)
        raise Measured

    kept, runs.timed = runs.timed, timed
    names: dict[str, Any] = {"__name__": "__main__"}
    try:
        for cell in jupytext.read(NOTEBOOKS / TIMES[name], fmt="md:myst").cells:
            if cell.cell_type == "code":
                exec(compile(cell.source, f"{TIMES[name]}, cell", "exec"), names)
    except Measured:
        pass
    finally:
        runs.timed = kept
    if not found:
        raise ValueError(f"{TIMES[name]} does not ask for the times {name!r}.")
    return {
        "name": name,
        "date": datetime.date.today().isoformat(),
        "device": f"{runs.device()} ({os.cpu_count()} cores)",
        "versions": versions(),
        **found,
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_rounded(one) for one in value]
    return round(float(value), 4)


def main(arguments: list[str] | None = None) -> int:
    os.environ["RNN_MODE"] = "recorded"  # the chapter's own lengths, and nothing trained
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar=" | ".join(TIMES))
    names = parser.parse_args(arguments).names or list(TIMES)
    if unknown := set(names) - set(TIMES):
        parser.error(f"there are no times {', '.join(sorted(unknown))}: choose {' or '.join(TIMES)}.")
    for name in names:
        record = measure(name)
        (BENCH / f"{name}.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
        print(json.dumps(record, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
