"""One style for every figure of the course, a description in words for everyone who cannot see it, and its charts."""

from helpers.plotting.charts import compare, dots, heat, history, lines, seeds, spread
from helpers.plotting.gallery import training
from helpers.plotting.style import (
    BLUE,
    COLOURS,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    STYLE,
    Picture,
    beside,
    data_stamp,
    glue,
    show,
    style,
    subplots,
)

__all__ = [
    "BLUE",
    "COLOURS",
    "GREEN",
    "GREY",
    "ORANGE",
    "PURPLE",
    "STYLE",
    "Picture",
    "beside",
    "compare",
    "data_stamp",
    "dots",
    "glue",
    "heat",
    "history",
    "lines",
    "seeds",
    "show",
    "spread",
    "style",
    "subplots",
    "training",
]
