"""Every number in the sentences of the 2016 report has a row, or a reason for having none.

`numbers_of_the_report.csv` was made by hand from the text: one line a number and place, in the
order of the report. Dates, lengths of twelve months, and the numbers of figures, footnotes and
pages are not listed, nor are the tables of figures 2, 4 and 8, whose every cell has a row.
"""

from pathlib import Path

import pandas as pd
import pytest

from peelbook.indicators.reproduction import reproduction_table
from peelbook.statistics.rounding import rounded
from peelbook.tables import load_table
from peelbook.tables.published import printed_figures

LISTED = Path(__file__).with_name("numbers_of_the_report.csv")
KEY = ["ref", "indicator", "area", "period_end", "measure"]
REASONS = {
    "a time of day or the length of a period",
    "an age",
    "how many bodies, questions or kinds there are",
    "part of a definition or of the law",
    "part of a name",
    "the rule by which the report calls a value high or low",
    "told as a caveat of the indicator",
}


def keyed(figures: pd.DataFrame) -> pd.DataFrame:
    days = figures["period_end"].dt.strftime("%Y-%m-%d").fillna("")
    return figures.assign(period_end=days).set_index(KEY).sort_index()


@pytest.fixture(scope="module")
def numbers():
    return pd.read_csv(LISTED, dtype="str", keep_default_na=False)


@pytest.fixture(scope="module")
def told(numbers):
    return numbers[numbers["left_out"] == ""]


def test_every_number_of_the_text_has_a_row_of_that_value(told):
    figures = keyed(printed_figures())
    missing = []
    for number in told.itertuples(index=False):
        key = tuple(getattr(number, name) for name in KEY)
        decimals = len(number.printed.partition(".")[2])
        value = abs(figures.loc[key, "value"]) if key in figures.index else float("nan")
        if rounded(value, decimals) != float(number.printed.replace(",", "")):
            missing.append((number.place, number.printed, key))
    assert not missing


def test_number_without_a_row_has_a_reason_and_the_others_have_none(numbers):
    left_out = numbers[numbers["left_out"] != ""]
    assert set(left_out["left_out"]) == REASONS
    assert (left_out[KEY] == "").all(axis=None)
    assert (numbers[["place", "printed"]] != "").all(axis=None)


def test_every_figure_that_stands_only_in_the_text_is_on_the_list(told):
    listed = set(told[KEY].itertuples(index=False, name=None))
    assert set(keyed(load_table("published_text_figures")).index) <= listed


def test_no_printed_number_is_held_twice():
    assert not keyed(printed_figures()).index.duplicated().any()


@pytest.mark.parametrize(
    ("indicator", "printed", "reason"),
    [
        ("film-viewers", 8000, "found by the inspectors"),
        ("mosovo-highest", 1300, "found by the inspectors"),
        ("vulnerable-victim-crime-highest", 44.4, "not held here"),
        ("public-survey-lowest", 331, "not held here"),
    ],
)
def test_number_of_the_text_is_quoted_with_its_reason(indicator, printed, reason):
    (row,) = reproduction_table().query("indicator == @indicator").itertuples()
    assert (row.published, row.verdict) == (printed, "quoted")
    assert reason in row.reason
