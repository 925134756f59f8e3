"""The command: ``python -m tools.train [ID | FAMILY | all …] [--seeds 5] [--workers N | --scheduler tcp://…]``.

Without a name it lists every experiment and how many seeds are recorded.
"""

from __future__ import annotations

import argparse
import sys

from helpers.experiments import EXPERIMENTS, FAMILIES
from helpers.results import Table, frame
from tools.train import cluster
from tools.train.record import Task, keep, load, make, to_do


def listing() -> Table:
    """Every experiment and how many seeds are recorded."""
    seeds = frame().groupby("experiment").seed.count()
    rows = [(name, one.title, one.protocol, str(seeds.get(name, 0))) for name, one in EXPERIMENTS.items()]
    return Table(("id", "model", "protocol", "seeds"), rows)


def names_of(asked: list[str]) -> list[str]:
    """Ids, where a family or "all" stands for its members."""
    groups = {"all": list(EXPERIMENTS), **{name: list(members) for name, members in FAMILIES.items()}}
    return list(dict.fromkeys(name for one in asked for name in groups.get(one, [one])))


def run_here(tasks: list[Task]) -> None:
    """Train one after the other, each saved as it ends: a stopped run goes on where it was."""
    loaded, of = None, None
    for task in tasks:
        recipe = EXPERIMENTS[task.name].data
        if recipe != of:
            loaded, of = load(task.name), recipe
        print(keep(make(task, loaded)), flush=True)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.train", description="Train and record what has no record.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"ids, families ({', '.join(FAMILIES)}), or all")
    parser.add_argument("--seeds", type=int, default=5, help="seeds 1 to this number (default 5)")
    parser.add_argument("--again", action="store_true", help="train recorded seeds again")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--workers", type=int, metavar="N", help="on N processes of this machine")
    where.add_argument("--scheduler", metavar="tcp://…", help="on the workers of this dask scheduler")
    options = parser.parse_args(arguments)
    if not options.names:
        print(listing())
        return 0
    try:
        if options.seeds < 1 or (options.workers is not None and options.workers < 1):
            raise ValueError("--seeds and --workers are 1 or more.")
        tasks = [task for name in names_of(options.names) for task in to_do(name, options.seeds, options.again)]
        print(f"{len(tasks)} runs to train", flush=True)
        if options.workers or options.scheduler:
            with cluster.connect(options.workers, options.scheduler) as client:
                cluster.run(tasks, client)
        else:
            run_here(tasks)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
