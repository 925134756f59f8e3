"""One style for every figure of the course, a description in words for everyone who cannot see it, and its charts."""

from helpers.plotting.charts import compare, history, seeds, spread
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
    "compare",
    "data_stamp",
    "glue",
    "history",
    "seeds",
    "show",
    "spread",
    "style",
    "subplots",
    "training",
]
