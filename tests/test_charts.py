"""Lines, dots and heat maps: they draw what they are given, and say it in words."""

import re

import numpy as np
import pytest

from helpers import plotting


def svg(picture):
    return picture.parts[0][0]


def words(picture):
    return re.findall(r">([^<>]+)</text>", svg(picture))


def test_lines_say_where_each_begins_ends_and_turns():
    picture = plotting.lines(
        {"LSTM": [1, 0.25, 0.5], "GRU": [np.nan, 2, 1234.5]}, xlabel="step", ylabel="length of the gradient"
    )
    assert picture.alt == (
        "Line chart: length of the gradient over step. LSTM: from 1 at 1 to 0.5 at 3, lowest 0.25 at 2; "
        "GRU: from 2 at 2 to 1,234 at 3."
    )
    assert {"LSTM", "GRU", "step", "length of the gradient"} <= set(words(picture))


def test_lines_take_their_own_x_words_and_a_description():
    picture = plotting.lines({"": [0.1, 0.9]}, ["not", "bad"], alt="Own words.", stamp="quick mode", title="Praise")
    assert picture.alt == "Own words."
    assert picture.stamp == "quick mode"
    assert [word for word in words(picture) if word in ("not", "bad")] == ["not", "bad"]
    assert plotting.lines({"": [0.1, 0.9]}, ["not", "bad"]).alt.endswith("from 0.1 at not to 0.9 at bad.")


def test_a_logarithmic_axis_has_its_ticks_where_the_points_lie():
    picture = plotting.lines({"a": [1, 2, 3]}, [500, 2_000, 25_000], log="xy")
    assert {"500", "2,000", "25,000"} <= set(words(picture))


def test_lines_are_told_apart_without_colour():
    few = plotting.charts._looks(10)
    assert len({(look["marker"], look["linestyle"]) for look in few}) == 10
    dense = plotting.charts._looks(10, dense=True)
    assert len({(look["color"], str(look["linestyle"])) for look in dense}) == 10
    assert len({str(look["linestyle"]) for look in dense[:5]}) == 5


def test_a_band_is_drawn_in_the_unit_of_the_values_and_extras_by_the_caller():
    seen = []
    plain = plotting.lines({"a": [1.0, 2.0]})
    banded = plotting.lines({"a": [1.0, 2.0]}, bands={"a": [0.5, 0.5]}, level=1.5, at=1, draw=seen.append)
    assert len(svg(banded)) > len(svg(plain))
    low, high = seen[0].collections[0].get_paths()[0].get_extents().intervaly
    assert (low, high) == (0.5, 2.5)
    assert [list(line.get_ydata()) for line in seen[0].lines[1:]] == [[1.5, 1.5], [0, 1]]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (({"a": [1, 2]}, [1, 2, 3]), r"'a' has the shape \(2,\), and x has 3 points"),
        (({"a": [1, 2], "b": [1]},), r"'b' has the shape \(1,\), and x has 2 points"),
        (({str(i): [1] for i in range(11)},), "11 were asked for"),
    ],
)
def test_lines_that_do_not_fit_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        plotting.lines(*arguments)


def test_a_band_without_a_line_is_refused():
    with pytest.raises(ValueError, match=r"bands names \['b'\], and the lines are \['a'\]"):
        plotting.lines({"a": [1]}, bands={"b": [1]})


def test_dots_say_mean_and_range_of_each_row_in_its_order():
    picture = plotting.dots(
        {
            "Simple\nRNN": {"short": [90.0, 100.0], "long": [50.0, 60.0]},
            "LSTM": {"short": [99.0], "long": [97.0, 98.0]},
        },
        xlabel="accuracy, %",
    )
    assert picture.alt == (
        "Dot plot of accuracy, %. Simple RNN, short: mean 95, 2 dots from 90 to 100; "
        "Simple RNN, long: mean 55, 2 dots from 50 to 60; LSTM, short: 99; LSTM, long: mean 97.5, 2 dots from 97 to 98."
    )
    assert words(picture).count("short") == 1
    assert {"Simple", "RNN", "LSTM"} <= set(words(picture))


def test_each_row_has_its_dots_and_a_mark_at_their_mean():
    seen = []
    plotting.dots({"a": [1.0, 3.0], "b": [4.0]}, at=2, draw=seen.append)
    drawn = [(list(line.get_xdata()), line.get_marker()) for line in seen[0].lines]
    assert ([1.0, 3.0], "o") in drawn
    assert ([2.0, 2.0], "None") in drawn
    assert ([4.0, 4.0], "None") in drawn
    assert seen[0].get_ylim() == (1.5, -0.5)  # the first row on top


def test_rows_with_other_groups_are_refused():
    with pytest.raises(ValueError, match=r"'b' has the groups \[''\], and the first row has \['x'\]"):
        plotting.dots({"a": {"x": [1]}, "b": [2]})


def test_a_heat_map_writes_and_says_every_number_of_a_small_table():
    picture = plotting.heat(
        [[50, 87.25], [np.nan, 61]], ["pre", "post"], ["LSTM", "GRU"], xlabel="cell", ylabel="padding", digits=1
    )
    assert picture.alt == (
        "Heat map: 2 by 2 numbers, by padding and cell. "
        "pre, LSTM: 50.0; pre, GRU: 87.2; post, LSTM: none; post, GRU: 61.0."
    )
    assert {"50.0", "87.2", "61.0", "–"} <= set(words(picture))


def test_a_large_heat_map_says_its_ends():
    table = np.arange(30.0).reshape(5, 6)
    alt = plotting.heat(table, list("abcde"), list("uvwxyz"), digits=0).alt
    assert alt.endswith("Mean 14. Lowest: a, u: 0. Highest: e, z: 29.")


def test_deviations_stand_below_the_numbers():
    shown = words(plotting.heat([[1.0, 2.0]], ["a"], ["b", "c"], deviations=[[0.5, np.nan]]))
    assert "± 0.5" in shown
    assert not any("nan" in word for word in shown)


def test_numbers_stand_out_on_every_colour_of_a_heat_map():
    import matplotlib as mpl

    from tests.test_plotting import contrast

    for value in np.linspace(0, 1, 256):
        colour = mpl.colormaps["cividis"](value)
        assert contrast(plotting.charts._ink_on(colour), mpl.colors.to_hex(colour)) >= 4.5


def test_tables_that_do_not_fit_their_names_are_refused():
    with pytest.raises(ValueError, match=r"the table has the shape \(1, 2\), the names \(1, 1\)"):
        plotting.heat([[1, 2]], ["a"], ["b"])
    with pytest.raises(ValueError, match="holds no number"):
        plotting.heat([[np.nan]], ["a"], ["b"])


def test_pictures_side_by_side_keep_their_descriptions_and_one_stamp():
    one, two = (plotting.lines({"": [1, 2]}, alt=alt, stamp=stamp) for alt, stamp in (("A.", "first"), ("B.", "")))
    assert plotting.beside(one, two).alt == "A. B."
    assert plotting.beside(one, two).stamp == "first"
    assert plotting.beside(one, two, stamp="own").stamp == "own"
