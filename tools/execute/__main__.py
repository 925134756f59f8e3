"""The command: ``python -m tools.execute [CHAPTER …] [--stale | --all | --again N] [--jobs 2]``.

A chapter is named by its number ("09") or its file. Without any: all of them. Only what is stale is executed.
"""

from __future__ import annotations

import argparse
import difflib
import itertools
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from helpers.files import atomically
from tools.chapters import sources
from tools.execute.dependencies import reasons
from tools.execute.kept import ROOT, dumps, executed_path, laid_out_as, read_executed, read_source
from tools.execute.run import Failed, execute
from tools.execute.syntax import digest


def stale(sources: list[Path], root: Path = ROOT) -> dict[Path, list[str]]:
    """The chapters whose executed notebook does not hold any more → why."""
    found = {source: reasons(read_source(source), read_executed(source), root) for source in sources}
    return {source: why for source, why in found.items() if why}


def choose(names: list[str], root: Path = ROOT) -> list[Path]:
    """The chapters that are named, by number or file. ValueError for one that is not there."""
    known = sources(root)
    found = []
    for name in names:
        match = [
            source
            for source in known
            if source.stem.startswith(f"{Path(name).stem}_") or source.stem == Path(name).stem
        ]
        if not match:
            raise ValueError(f"there is no chapter {name!r}; there are {', '.join(one.stem for one in known)}.")
        found += match
    return found or known


def some(sources: list[Path], count: int, salt: str) -> list[Path]:
    """``count`` of the chapters, picked by the hash of ``salt``: other ones for another commit."""
    return sorted(sorted(sources, key=lambda source: digest(f"{salt} {source.stem}".encode()))[:count])


def run(sources: list[Path], jobs: int, keep: bool) -> int:
    """Execute chapters, ``jobs`` at a time; write what came out, or (``keep`` false) compare it with what is kept."""
    failed = 0
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        tasks = {pool.submit(execute, source): source for source in sources}
        for done, task in enumerate(as_completed(tasks), start=1):
            source, count = tasks[task], f"[{done}/{len(sources)}]"
            try:
                notebook, seconds = task.result()
                text = dumps(notebook)
            except Failed as error:
                print(f"{count} {source.stem}: FAILED. {error}", file=sys.stderr, flush=True)
                failed += 1
                continue
            path = executed_path(source)
            if keep:
                path.parent.mkdir(exist_ok=True)
                with atomically(path) as part:
                    part.write_text(text, encoding="utf-8", newline="\n")
                print(f"{count} {source.stem}: {seconds:.0f} s", flush=True)
                continue
            kept = read_executed(source)
            before = dumps(laid_out_as(kept, notebook)) if kept else ""
            if text == before:
                print(f"{count} {source.stem}: the same bytes again, {seconds:.0f} s", flush=True)
            else:
                print(f"{count} {source.stem}: DIFFERS from what is kept", file=sys.stderr, flush=True)
                lines = difflib.unified_diff(before.splitlines(), text.splitlines(), "kept", "again", lineterm="", n=0)
                shown = (line[:300] for line in itertools.islice(lines, 40))
                print("\n".join(shown), file=sys.stderr, flush=True)
                failed += 1
    return 1 if failed else 0


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.execute", description="Execute the chapters that are stale.")
    parser.add_argument("chapters", nargs="*", metavar="CHAPTER", help="its number or file; default: all")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--stale", action="store_true", help="execute nothing: name the stale chapters, and say why")
    how.add_argument("--all", action="store_true", help="execute them whether they are stale or not")
    how.add_argument("--again", type=int, metavar="N", help="execute N of them again and compare: no byte may differ")
    parser.add_argument("--salt", default="", help="with --again: picks the chapters")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1), help="how many at a time (default 2)")
    options = parser.parse_args(arguments)
    try:
        sources = choose(options.chapters)
    except ValueError as error:
        parser.error(str(error))
    if options.again:
        return run(some(sources, options.again, options.salt), options.jobs, keep=False)
    start = time.perf_counter()
    old = stale(sources)
    for source, why in old.items():
        print(
            f"{source.stem} is stale: {'; '.join(why[:4])}{f' and {len(why) - 4} more' * (len(why) > 4)}.", flush=True
        )
    if not old:
        print(f"No chapter is stale ({len(sources)} looked at in {time.perf_counter() - start:.1f} s).")
    if options.stale:
        if old:
            print("Run `make executed`, with the real data in RNN_DATA.", file=sys.stderr)
        return 1 if old else 0
    return run(sources if options.all else list(old), options.jobs, keep=True)


if __name__ == "__main__":
    sys.exit(main())
