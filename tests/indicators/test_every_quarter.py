"""Every quarter end that a book can be about gives every force a value, or a status and a note."""

import pandas as pd
import pytest

from peelbook.indicators.values import COLUMNS, ENGLAND_AND_WALES, compute_indicator
from peelbook.parameters import Parameters
from peelbook.tables import load_table

QUARTERS = [day.date() for day in pd.date_range("2008-06-30", "2019-03-31", freq="QE")]
RECORDED = ["recorded-crime", "victim-based-crime", "sexual-offences", "domestic-burglary"]
STATUSES = {"computed", "published", "excluded", "not-available"}


def test_there_are_44_quarters():
    assert len(QUARTERS) == 44


@pytest.mark.parametrize("period_end", QUARTERS, ids=str)
def test_every_force_has_a_value_or_a_status_and_a_note(period_end):
    areas = {*load_table("forces")["force"], ENGLAND_AND_WALES}
    for name in [*RECORDED, "asb-incidents"]:
        table = compute_indicator(name, Parameters(period_end=period_end))
        assert list(table.columns) == COLUMNS
        assert set(table["area"]) == areas
        assert len(table) == 44
        assert table["status"].isin(STATUSES).all()
        has_value = table["value"].notna()
        assert (has_value == table["status"].isin(["computed", "published"])).all()
        assert (has_value | (table["note"].str.len() > 0)).all()
        assert (table["period_end"] <= pd.Timestamp(period_end)).all()


@pytest.mark.parametrize("period_end", QUARTERS, ids=str)
def test_recorded_crime_of_all_43_forces_is_of_the_period_itself(period_end):
    for name in RECORDED:
        table = compute_indicator(name, Parameters(period_end=period_end))
        assert table["value"].notna().all()
        assert (table["period_end"] == pd.Timestamp(period_end)).all()
        assert table["rank"].notna().sum() == 42
        assert (table["of"].dropna() == 42).all()
        assert sorted(table["band"].dropna().unique()) == [
            "broadly in line with",
            "one of the highest",
            "one of the lowest",
        ]


@pytest.mark.parametrize("period_end", QUARTERS, ids=str)
def test_anti_social_behaviour_is_of_the_newest_financial_year(period_end):
    table = compute_indicator("asb-incidents", Parameters(period_end=period_end))
    newest = period_end.year if period_end.month >= 3 else period_end.year - 1
    assert (table["period_end"] == pd.Timestamp(newest, 3, 31)).all()
    assert table["value"].notna().all()


def test_the_last_period_of_a_book_is_that_of_the_newest_workbook():
    table = compute_indicator("recorded-crime", Parameters(period_end="2019-03-31"))
    row = table.set_index("area").loc["leicestershire"]
    assert row["period_end"] == pd.Timestamp("2019-03-31")
    assert row["numerator"] == 91_315
    # as ONS prints them; from 81,960 offences, as first counted, it would be 11.4 percent
    assert round(row["value"], 1) == 84.3
    assert round(row["change"], 1) == 9.0


def test_a_source_that_has_not_begun_gives_a_dash_and_says_so():
    table = compute_indicator("outcome-charged-summonsed", Parameters(period_end="2013-12-31"))
    assert table["value"].isna().all()
    assert (table["status"] == "not-available").all()
    assert (table["note"].str.len() > 0).all()
