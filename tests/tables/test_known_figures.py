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


@pytest.mark.parametrize(
    ("table", "years"),
    [("population", [*range(2001, 2021), 2024]), ("households", [*range(2002, 2018), 2021])],
)
def test_denominators_cover_every_force_and_year(committed, table, years):
    rows = load_table(table, committed).groupby("mid_year")["force"].nunique()
    assert rows.index.tolist() == years
    assert set(rows) == {43}


def test_population_of_force_area_tables_counts_where_they_have_the_year(committed):
    population = load_table("population", committed)
    printed = population["vintage"].str.startswith("ONS PFA tables")
    assert set(population.loc[printed, "mid_year"]) == set(range(2002, 2018))
    by_year = population.groupby("mid_year")["population"].sum()
    assert (by_year[2024], by_year[2020]) == (61_806_682, 59_719_724)


def test_households_of_the_census_say_so(committed):
    census = load_table("households", committed).query("mid_year == 2021")
    assert census["basis"].unique().tolist() == ["Census 2021"]
    assert census["households"].sum() == 24_783_500


@pytest.fixture
def to_june_2016(committed):
    outcomes = load_table("outcomes_by_year", committed)
    return outcomes[outcomes["period_end"] == "2016-06-30"]


def share_charged(outcomes):
    charged = outcomes.loc[outcomes["outcome_type"] == 1, "offences"].sum()
    return charged / outcomes.loc[outcomes["measure"] == "recorded", "offences"].sum() * 100


def test_share_charged_in_the_12_months_of_the_report(to_june_2016):
    assert to_june_2016["force"].nunique() == 43
    assert set(to_june_2016["period_start"]) == {pd.Timestamp("2015-07-01")}
    assert round(share_charged(to_june_2016), 1) == 13.8
    assert round(share_charged(to_june_2016.query("force == 'leicestershire'")), 1) == 12.5


def test_outcomes_that_were_not_supplied_are_missing_and_not_zero(committed):
    outcomes = load_table("outcomes_by_year", committed)
    year = outcomes[outcomes["period_end"] == "2015-03-31"]
    silent = ["british-transport-police", "cumbria", "leicestershire"]
    assert set(year.loc[year["force"].isin(silent), "measure"]) == {"recorded"}
    assert year["force"].nunique() == 44


def test_later_outcomes_are_near_the_full_release_of_the_same_year(committed):
    full = load_table("outcomes", committed)
    charged = full.query("outcome_type == 1 and quarter_end <= '2018-03-31'")["offences"].sum()
    later = load_table("outcomes_by_year", committed)
    of_year = (
        later[later["period_end"] == "2018-03-31"].query("outcome_type == 1")["offences"].sum()
    )
    assert 1 <= of_year / charged < 1.05


def test_later_totals_of_recorded_crime(committed):
    totals = load_table("recorded_crime_by_year", committed)
    force = totals.set_index(["force", "period_end"])["offences"]
    assert force["leicestershire", "2026-03-31"] == 89_771
    assert totals["period_end"].min() == pd.Timestamp("2014-03-31")
    years = totals[totals["force"] != "british-transport-police"].groupby("period_end")
    assert set(years["force"].nunique()) == {43}


def test_headline_offences_add_up(committed):
    headline = load_table("recorded_crime_headline", committed)
    city = headline.query("force == 'city-of-london' and offence == 'recorded-crime'")
    assert city["offences"].tolist() == [8_801]
    parts = headline.groupby(["force", "part_of"])["offences"].sum()
    wholes = headline.set_index(["force", "offence"])["offences"]
    assert (parts == wholes.reindex(parts.index)).all()


def test_severity_is_that_of_the_later_release_where_it_has_the_area(committed):
    scores = load_table("crime_severity", committed)
    later = scores["vintage"] == "Crime Severity Score to March 2023"
    assert set(scores.loc[~later, "force"]) == {"england-and-wales"}
    force = scores.set_index(["force", "period_end"])["score"]
    assert force["south-wales", "2023-03-31"] == 12.4266


def test_recording_of_crime_was_inspected_in_14_forces(committed):
    inspected = load_table("crime_data_integrity", committed).set_index("force")
    assert len(inspected) == 14
    assert inspected.loc["devon-and-cornwall", "share_recorded"] == 81.52
    assert inspected.loc["leicestershire", "grade"] == "inadequate"


def test_searches_of_england_and_wales(committed):
    searches = load_table("stop_and_search", committed)
    by_power = searches[searches["period_end"] == "2019-03-31"].groupby("power")["searches"].sum()
    assert by_power.to_dict() == {
        "section-1": 370_454,
        "section-60": 13_175,
        "section-44-or-47a": 0,
    }


def test_knife_crime_is_of_the_newest_workbook_with_the_period(committed):
    knife = load_table("knife_crime", committed).set_index(["force", "period_end", "offence"])
    selected = "selected-serious-offences"
    assert knife.loc[("leicestershire", "2019-03-31", selected), "offences"] == 848
    assert knife.loc[("avon-and-somerset", "2018-03-31", selected), "offences"] == 787


def test_values_that_sources_disagree_on_stand_side_by_side(committed):
    figures = load_table("published_elsewhere", committed).query("force == 'hampshire'")
    rates = figures[figures["measure"].str.contains("arrest")]["value"]
    assert {25, 27} <= set(rates)


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
