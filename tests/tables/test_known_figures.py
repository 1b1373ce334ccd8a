"""Figures that are known from elsewhere, and agreements between the releases."""

import pandas as pd
import pytest

from peelbook.tables import load_table


@pytest.fixture
def crime_without_fraud(committed):
    crime = load_table("recorded_crime", committed)
    return (
        crime[crime["offence"] != "fraud-offences"]
        .groupby(["force", "period_end"])["offences"]
        .sum()
    )


@pytest.mark.parametrize(
    ("period_end", "offences"),
    [
        ("2015-06-30", 59_092),
        ("2016-06-30", 61_288),
        ("2018-12-31", 87_167),
        ("2019-03-31", 91_315),
    ],
)
def test_leicestershire_recorded_crime(crime_without_fraud, period_end, offences):
    assert crime_without_fraud["leicestershire", period_end] == offences


def test_leicestershire_rate_and_change_are_those_of_the_report(crime_without_fraud, committed):
    population = load_table("population", committed).set_index(["force", "mid_year"])["population"]
    now = crime_without_fraud["leicestershire", "2016-06-30"]
    before = crime_without_fraud["leicestershire", "2015-06-30"]
    assert round(now / population["leicestershire", 2015] * 1000, 1) == 58.0
    assert round((now / before - 1) * 100, 1) == 3.7


def test_rolling_crime_equals_the_workbook_of_the_same_release(crime_without_fraud, committed):
    printed = load_table("ons_printed", committed).query(
        "workbook == 'year ending December 2018' and table == 'P1' and offence == 'recorded-crime'"
    )
    ours = crime_without_fraud.xs(pd.Timestamp("2018-12-31"), level="period_end")
    theirs = printed.set_index("force")["value"].drop("england-and-wales")
    assert (theirs == ours).all()
    assert len(theirs) == 44


def test_periods_after_the_rolling_file_are_those_of_the_newest_workbook(committed):
    vintages = load_table("recorded_crime", committed).groupby("vintage")["period_end"]
    assert vintages.agg(["min", "max"]).to_dict("index") == {
        "ONS PFA tables, year ending March 2019": {
            "min": pd.Timestamp("2019-03-31"),
            "max": pd.Timestamp("2019-03-31"),
        },
        "rolling 12 months to December 2018": {
            "min": pd.Timestamp("2003-03-31"),
            "max": pd.Timestamp("2018-12-31"),
        },
    }


def test_outcomes_of_2017_18_sum_to_the_offences_recorded(committed):
    outcomes = load_table("outcomes", committed)
    year = outcomes[outcomes["quarter_end"] <= "2018-03-31"].query("force == 'leicestershire'")
    assert year["offences"].sum() == 81_960


def test_overall_judgments_of_2016_are_those_published(committed):
    judgments = load_table("judgments", committed).query("year == 2016 and question == 'overall'")
    assert judgments["grade"].value_counts().to_dict() == {
        "outstanding": 1,
        "good": 28,
        "requires improvement": 13,
        "inadequate": 1,
    }


@pytest.mark.parametrize("table", ["population", "households"])
def test_denominators_cover_every_force_and_year(committed, table):
    rows = load_table(table, committed).groupby("mid_year")["force"].nunique()
    assert rows.index.tolist() == list(range(2002, 2018))
    assert set(rows) == {43}


def test_households_of_mid_2017_are_marked_as_on_a_newer_basis(committed):
    basis = load_table("households", committed).groupby("mid_year")["basis"].unique()
    assert basis[2016].tolist() == ["2014-based"]
    assert basis[2017].tolist() == ["2016-based projections"]


def test_every_published_figure_of_the_report_has_an_indicator(committed):
    figures = load_table("published_figures", committed)
    assert len(figures) == 119
    assert figures["indicator"].notna().all()
    change = figures.query("indicator == 'recorded-crime' and measure == 'change'")
    assert set(change["value"]) == {-11.1, -3.4, 3.7, 7.8}
