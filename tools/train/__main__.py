"""``python -m helpers.runs list | train ID… --seeds 5 | table [ID…]``."""

from __future__ import annotations

import argparse
import sys

from helpers.runs import records
from helpers.runs.ablations import ABLATIONS
from helpers.runs.experiments import EXPERIMENTS
from helpers.runs.product_ablations import PRODUCT_ABLATIONS
from helpers.runs.tables import Table, table
from helpers.runs.word_vectors import WORD_VECTORS


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m helpers.runs", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="every experiment and how many seeds are recorded")
    train = commands.add_parser("train", help="train, and record each seed as it ends")
    train.add_argument(
        "ids",
        nargs="+",
        metavar="ID",
        help='experiment ids, or "all", "ablations" (chapter 14), "vectors" (chapter 13), "products" (chapter 19)',
    )
    train.add_argument("--seeds", type=int, default=5, help="seeds 1 to this number (default 5)")
    train.add_argument("--again", action="store_true", help="train recorded seeds again")
    show = commands.add_parser("table", help="published against ours")
    show.add_argument("ids", nargs="*", metavar="ID")
    options = parser.parse_args(arguments)
    try:
        if options.command == "list":
            print(_list())
        elif options.command == "table":
            print(table(*options.ids))
        else:
            _train(options)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _list() -> Table:
    rows = tuple(
        (name, one.title, one.protocol, str(len(records.load_records(name))), one.train)
        for name, one in (EXPERIMENTS | ABLATIONS | PRODUCT_ABLATIONS | WORD_VECTORS).items()
    )
    return Table(("id", "model", "protocol", "seeds", "note"), rows)


def _train(options: argparse.Namespace) -> None:
    from helpers.runs.training import BASELINES, train

    if options.seeds < 1:
        raise ValueError(f"--seeds is {options.seeds}; ask for at least 1.")
    groups = {
        "all": [name for name, one in EXPERIMENTS.items() if one.build or name in BASELINES],
        "ablations": list(ABLATIONS),
        "vectors": list(WORD_VECTORS),
        "products": list(PRODUCT_ABLATIONS),
    }
    names = [name for asked in options.ids for name in groups.get(asked, [asked])]
    for name in names:
        train(name, options.seeds, options.again)


if __name__ == "__main__":
    sys.exit(main())
