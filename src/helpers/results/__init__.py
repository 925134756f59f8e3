"""What was measured, and what may be concluded from it.

``records`` reads and writes the files; ``frame`` and ``curves`` are the records as tidy tables; ``compare`` is the only
inference; ``quote`` gives a number to prose and ``table`` a table to a page; ``benchmarks`` are times that were taken.
"""

from helpers.results.compare import Comparison, compare, compare_all, holm, mean_sd, points, spread
from helpers.results.frame import curves, frame
from helpers.results.quote import quote, table
from helpers.results.table import Cell, Table

__all__ = [
    "Cell",
    "Comparison",
    "Table",
    "compare",
    "compare_all",
    "curves",
    "frame",
    "holm",
    "mean_sd",
    "points",
    "quote",
    "spread",
    "table",
]
