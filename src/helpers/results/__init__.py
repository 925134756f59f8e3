"""What was measured, and what may be concluded from it.

``records`` reads and writes the files; ``frame`` and ``curves`` are the records as tidy tables; ``compare`` is the only
inference, over families that ``planned`` names; ``quote`` gives a number to prose, and ``table`` and ``comparisons`` a
table to a page, with the digits and signs of ``formats``; ``benchmarks`` are times that were taken.
"""

from helpers.results.compare import Comparison, compare, compare_all, holm
from helpers.results.formats import mean_sd, points, spread
from helpers.results.frame import curves, frame
from helpers.results.planned import PLANNED, planned
from helpers.results.quote import quote, quoted_experiments, quoted_files
from helpers.results.side_by_side import comparisons, table
from helpers.results.table import Cell, Table

__all__ = [
    "PLANNED",
    "Cell",
    "Comparison",
    "Table",
    "compare",
    "compare_all",
    "comparisons",
    "curves",
    "frame",
    "holm",
    "mean_sd",
    "planned",
    "points",
    "quote",
    "quoted_experiments",
    "quoted_files",
    "spread",
    "table",
]
