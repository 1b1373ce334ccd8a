"""A line and its title go only from figures to figures that compare with them."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from peelbook.charts.figure import Figure
from peelbook.charts.over_time import over_time
from peelbook.evidence import load_evidence
from peelbook.indicators.catalogue import load_catalogue
from peelbook.indicators.counts import denominators, nearest_year
from peelbook.indicators.rules import rules_for
from peelbook.indicators.series import all_areas_over_time
from peelbook.indicators.values import ENGLAND_AND_WALES, compute_indicator
from peelbook.narrative.crime import trend
from peelbook.tables import load_table
from peelbook.tables.forces import all_forces
from peelbook.tables.periods import years_before

NEWEST = {"period_end": "2026-03-31", "inspection": "2018-19"}
CHARGED = "outcome-charged-summonsed"


@pytest.mark.parametrize(
    ("held", "due", "nearest"),
    [
        ((2018, 2019, 2020, 2024), 2019, 2019),
        ((2018, 2019, 2020, 2024), 2021, 2020),
        ((2018, 2019, 2020, 2024), 2022, 2020),  # as near to 2024: the earlier
        ((2018, 2019, 2020, 2024), 2023, 2024),
        ((2018, 2019, 2020, 2024), 2029, 2024),
        ((2018, 2019, 2020, 2024), 2030, None),
        ((2001,), 1999, 2001),
    ],
)
def test_nearest_year_divides(held, due, nearest):
    assert nearest_year(held, due) == nearest


@pytest.mark.parametrize("force", ["west-mercia", "avon-and-somerset", "lancashire"])
def test_what_is_marked_is_not_all_called_a_change_in_counting(force):
    # a mark may be a correction, an estimate or, as the last one of 2019, another release
    made = over_time(
        load_evidence(force=force, period_end="2019-03-31", inspection="2018-19"),
        *("recorded-crime", "victim-based-crime"),
    )
    marked = [note for note in made.notes if re.match("[a-z]: ", note)]
    for chart in made.charts.values():
        said = chart.to_dict()["description"]
        assert f"{len(marked)} moments marked with a letter, which a note explains." in said
        assert "in counting" not in said
    [release] = [note for note in marked if "as ONS published them in July 2019" in note]
    # the 12 months to June, September and December 2018 stand between this one and the year before
    assert "every period that ends before this one as published in April 2019" in release


def test_rate_of_the_year_to_march_2025_divides_by_residents_of_mid_2024():
    # 318,647 crimes over 3,009,664 residents
    everyone = all_areas_over_time(
        "recorded-crime", load_evidence(force="greater-manchester", **NEWEST).parameters
    )
    own = everyone[everyone["area"] == "greater-manchester"].set_index("period_end")["value"]
    assert own[pd.Timestamp("2025-03-31")] == pytest.approx(105.87, abs=0.01)
    people = denominators("population", 2023).set_index("force")
    assert people.loc["greater-manchester", ["denominator", "mid_year"]].tolist() == [3009664, 2024]
    # mid-2022 is due, and neither mid-2020 nor mid-2024 is within a year of it
    assert pd.isna(own.get(pd.Timestamp("2024-03-31")))


def test_no_line_has_a_point_for_a_force_whose_figures_are_incomplete():
    parameters = load_evidence(force="humberside", **NEWEST).parameters
    seen = 0
    for name, entry in load_catalogue().items():
        if entry.kind != "outcomes":
            continue
        everyone = all_areas_over_time(name, parameters)
        for end, rows in everyone.groupby("period_end"):
            rules = rules_for(entry, end)
            incomplete = rules.loc[rules["effect"] == "incomplete", "force"]
            assert rows[rows["area"].isin(incomplete)]["value"].isna().all(), (name, end)
            seen += len(incomplete)
    assert seen > 50


@pytest.mark.parametrize("force", ["greater-manchester", "kent", "humberside"])
def test_title_does_not_go_over_a_break_in_the_series(force):
    ev = load_evidence(force=force, **NEWEST)
    caveats = load_table("caveats")
    since = caveats.loc[caveats["breaks_series"] & (caveats["indicator"] == "outcome-*")]
    assert since["period_from"].tolist() == [pd.Timestamp("2022-03-31")]
    figure = over_time(ev, CHARGED)
    assert isinstance(figure, Figure)
    first = figure.table.set_index("Period to").loc["31 March 2022", "England and Wales"]
    assert f"rose from {first} to" in figure.title
    assert "5 years" not in figure.title


def test_force_without_a_comparable_point_is_said_to_have_none_once():
    figure = over_time(load_evidence(force="humberside", **NEWEST), CHARGED)
    said = " ".join(figure.notes)
    assert "no point for the 12 months to 31 March 2023, 31 March 2024 and 31 March 2025" in said
    assert said.count("An outcome was supplied for") <= 1  # of the last year, for the table
    assert "Humberside" not in figure.title


def test_change_from_the_year_of_restrictions_says_so():
    text = trend(load_evidence(force="kent", **NEWEST))
    assert re.search(r"12 months to 31 March 2021.*Restrictions on movement", text)
    assert "Restrictions" not in trend(load_evidence(force="kent"))


@pytest.mark.parametrize(
    "chosen",
    [
        {"period_end": "2017-06-30", "inspection": "2017"},
        {"period_end": "2019-03-31", "inspection": "2018-19"},
    ],
)
def test_title_sets_the_force_beside_the_country_over_the_same_years(chosen):
    compared = 0
    for slug in all_forces():
        figure = over_time(load_evidence(force=slug, **chosen), CHARGED)
        if not isinstance(figure, Figure):
            continue
        own, country = figure.table.columns[1], "England and Wales"
        known = figure.table[figure.table[own] != "\N{EN DASH}"]
        if len(known) < 2:  # the title is then about England and Wales alone
            continue
        ends = known[country].iloc[[0, -1]].tolist()
        told = re.search(r"England and Wales it \w+ from ([\d.]+) to ([\d.]+)", figure.title)
        assert (told is None) == ("\N{EN DASH}" in ends), (slug, figure.title)
        if told:
            assert list(told.groups()) == ends, slug
            compared += 1
    assert compared >= 3


def test_country_without_london_is_no_point_of_a_line():
    # to March 2015 the complete forces recorded 66 percent of the offences; a year on 98
    parameters = load_evidence(force="kent", period_end="2017-06-30", inspection="2017").parameters
    everyone = all_areas_over_time(CHARGED, parameters)
    country = everyone[everyone["area"] == ENGLAND_AND_WALES].set_index("period_end")["value"]
    assert pd.isna(country[pd.Timestamp("2015-03-31")])
    assert country[pd.Timestamp("2016-03-31")] == pytest.approx(14.31, abs=0.01)
    figure = over_time(load_evidence(force="kent", period_end="2017-06-30"), CHARGED)
    assert "England and Wales has no point for the 12 months to 31 March 2015" in " ".join(
        figure.notes
    )


@pytest.mark.parametrize("period_end", ["2016-03-31", "2017-06-30", "2021-03-31", "2025-03-31"])
def test_no_change_is_taken_from_a_year_whose_figures_are_incomplete(period_end):
    parameters = load_evidence(force="kent", period_end=period_end).parameters
    rows = compute_indicator(CHARGED, parameters).set_index("area")
    before = years_before(rows["period_end"].iloc[0], 1)
    rules = rules_for(load_catalogue()[CHARGED], before)
    incomplete = rules.loc[rules["effect"] == "incomplete", "force"]
    assert len(incomplete)
    assert rows.loc[incomplete, "change"].isna().all()
    assert rows["change"].notna().sum() > 30


def test_note_on_counting_marks_only_what_the_line_passes():
    # Wiltshire: nothing to March 2016, so neither that year nor the step from it is marked
    figure = over_time(
        load_evidence(force="wiltshire", period_end="2019-03-31", inspection="2018-19"), CHARGED
    )
    said = " ".join(figure.notes)
    assert "no point for the 12 months to 31 March 2016" in said
    assert "in part only" not in said
    assert "69 percent" not in said
