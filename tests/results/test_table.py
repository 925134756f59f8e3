"""The one table: what stays on a line in it, and what may be broken."""

import pytest
from bs4 import BeautifulSoup

from helpers.results.table import Table


def cells(*shown: str):
    page = BeautifulSoup(Table(["name", *shown], [["one", *shown]])._repr_html_(), "html.parser")
    return page.select("td")


@pytest.mark.parametrize("shown", ["84.1 ± 1.9 %", "258,113", "−0.25", "2026-11-21", "5", "81.8–86.4"])
def test_a_number_stays_on_one_line(shown):
    assert cells(shown)[0]["class"] == ["rnn-number"]


@pytest.mark.parametrize("shown", ["b1-simplernn", "55 in all", "–", "whole reviews", "9 gates, as in a longer text"])
def test_words_may_be_broken(shown):
    assert "class" not in cells(shown)[0].attrs


def test_the_name_of_a_wrapped_layer_may_be_broken_inside_and_reads_the_same():
    table = Table(["model", "more"], [["Bidirectional(LSTM(32)) & SimpleRNN(8)", "GRU(LSTM(1))"]])
    page = BeautifulSoup(table._repr_html_(), "html.parser")
    assert "Bidirectional(<wbr/>LSTM(32))" in str(page)
    assert [cell.get_text() for cell in page.select("tbody th, td")] == list(table.rows[0])
