"""A trend goes from figures to figures that compare, and says what its first year was like."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from peelbook.charts import cards, panel
from peelbook.charts.crime import crime_types_table, recorded_crime_over_time
from peelbook.charts.over_time import over_time
from peelbook.evidence import load_evidence
from peelbook.narrative.crime import crime_types, trend
from peelbook.narrative.notes import of_another_year
from peelbook.narrative.trends import notes_of_trends, trend_of
from peelbook.pages.indicator import over_the_years
from peelbook.parameters import Parameters
from peelbook.tables.exclusions import caveats_for
from peelbook.tables.forces import all_forces

NEWEST = {"period_end": "2026-03-31", "inspection": "2018-19"}
CHARGED = "outcome-charged-summonsed"
RECLASSIFIED = pd.Timestamp("2017-06-30")
NEW_RULES = pd.Timestamp("2018-03-31")


def line_below(ev, name: str) -> str:
    """Return what a tile says below its line."""
    pictures = cards.tile_of(ev, name).pictures
    return re.sub("<[^>]+>", "", pictures[-1].rpartition("</svg>")[2]) if pictures else ""


@pytest.mark.parametrize(
    "end", ["2017-03-31", "2017-06-30", "2017-09-30", "2017-12-31", "2018-09-30", "2019-03-31"]
)
def test_no_trend_of_burglary_goes_over_april_2017_in_any_force(end):
    for slug in all_forces():
        ev = load_evidence(force=slug, period_end=end)
        values = trend_of(ev, "domestic-burglary", slug).values
        first, last = values.index[0], values.index[-1]
        assert last == pd.Timestamp(end), slug
        # by the old rules throughout, by the new ones throughout, or one mixed year by itself
        assert last < RECLASSIFIED or first >= NEW_RULES or first == last, slug


def test_tile_without_a_line_says_what_burglary_was_by_the_rules_before():
    # 6,805 burglaries of dwellings over 617,500 households; by the new rules 10,187 over 622,000
    # in the year to March 2018 and 7,703 over 621,900 a year on
    ev = load_evidence(force="merseyside", period_end="2017-06-30", inspection="2017")
    said = "No line over time: 11.0 in the year to March 2017, before sheds and garages counted"
    assert line_below(ev, "domestic-burglary") == said
    assert "<svg" not in cards.tile_of(ev, "domestic-burglary").pictures[-1]
    later = load_evidence(force="merseyside", period_end="2019-03-31", inspection="2018-19")
    assert line_below(later, "domestic-burglary") == (
        "From 16.4 to 12.4 in 1 year (11.0 in the year to March 2017, before sheds and garages "
        "counted)"
    )


def test_years_that_a_line_passes_are_noted_and_not_the_last_one_alone():
    ev = load_evidence(force="merseyside", period_end="2017-06-30", inspection="2017")
    note = "Stops and searches, the points of 31 March 2015 and 31 March 2016: Forces searched far"
    on_page = [each for each in cards.force_in_numbers(ev).notes if each.startswith(note)]
    assert len(on_page) == 1
    assert list(notes_of_trends(ev, "stop-and-search")) == on_page
    # the caveat on how incidents were collected is about a step to the first point, so not drawn
    assert notes_of_trends(ev, "asb-incidents") == ()
    earlier = load_evidence(force="kent", period_end="2016-06-30", inspection="2016")
    [said] = notes_of_trends(earlier, "asb-incidents")
    assert "the line at 31 March 2012: Incidents were collected in a different way" in said
    before = load_evidence(force="merseyside", period_end="2014-03-31")
    assert notes_of_trends(before, "stop-and-search") == ()
    assert "counted in part by the rules before" in " ".join(
        notes_of_trends(ev, "domestic-burglary")
    )


@pytest.mark.parametrize("force", ["merseyside", "kent"])
def test_panel_has_the_notes_of_the_lines_that_it_shows(force):
    ev = load_evidence(force=force, period_end="2017-06-30", inspection="2017")
    shown = str(panel.figures_that_matter(ev))
    for note in notes_of_trends(ev, *panel.panel.figures_chosen(ev)):
        assert note.partition(": ")[0] in shown


def test_year_of_restrictions_is_named_as_the_base_alike_in_tile_title_and_text():
    # one release: 95,221 crimes over 1,339,437 residents; a year before 110,917 over 1,330,975
    ev = load_evidence(force="south-wales", **NEWEST)
    base = (
        "from 71.1 in a year of restrictions on movement (83.3 in the year to March 2020) to 78.4"
    )
    assert line_below(ev, "recorded-crime") == f"F{base[1:]} in 5 years"
    figure = recorded_crime_over_time(ev)
    assert f"rose {base} per 1,000 population over 5 years; in England and Wales" in figure.title
    assert f"rose {base} in South Wales" in trend(ev)


def test_base_is_named_in_every_force_and_only_where_a_caveat_says_it_is_unusual():
    seen = 0
    for slug in all_forces():
        for end in ("2019-03-31", "2026-03-31"):
            ev = load_evidence(force=slug, period_end=end)
            told = trend_of(ev, "recorded-crime", slug)
            if told.values.empty:
                continue
            rows = caveats_for("recorded-crime", told.values.index[0], slug)
            unusual = rows["beside_a_trend"].dropna().tolist()
            assert bool(told.base) == bool(unusual), slug
            assert not told.base or told.base.startswith(f" {unusual[0]} ("), slug
            seen += bool(told.base)
    assert seen > 40


def test_charges_before_outcome_22_stand_beside_the_trend_since():
    # South Wales: 12,289 of 95,221 offences in the year to March 2021; 10,435 of 104,219 a year on
    before = "(12.9 in the year to March 2021, before outcome 22 counted for every force)"
    ev = load_evidence(force="south-wales", **NEWEST)
    assert line_below(ev, CHARGED) == f"From 10.0 to 12.2 in 3 years {before}"
    assert f"rose from 10.0 to 12.2 percent over 3 years {before};" in over_time(ev, CHARGED).title
    for slug in all_forces():
        told = trend_of(load_evidence(force=slug, **NEWEST), CHARGED, slug)
        known = told.values.index
        assert not len(known) or known[0] >= pd.Timestamp("2022-03-31"), slug
        assert not len(known) or "before outcome 22 counted" in told.before, slug


def test_same_value_after_an_unusual_year_is_good_grammar():
    values = pd.Series([3.0, 2.0, 3.0], index=pd.to_datetime(["2020", "2021", "2022"]))
    said = cards._ends_in_words(cards.Trend(values, " in a year apart", "2.9 in 2019, of old"), 1)
    assert said == "3.0 also 2 years before, in a year apart (2.9 in 2019, of old)"


def test_page_of_an_indicator_says_which_years_do_not_compare():
    parameters = Parameters(force="kent")
    assert "Not all years compare. Burglary has been" in over_the_years(
        "domestic-burglary", parameters
    )
    assert "Not all years compare" not in over_the_years("robbery", parameters)


@pytest.mark.parametrize(
    ("period_end", "rest"),
    [
        (
            "2024-03-31",
            "; those of 2024 are as near, and of the two the earlier are used.",
        ),  # mid-2022 is due
        ("2023-03-31", "."),  # mid-2021: 2020 is nearer than 2024
    ],
)
def test_residents_of_two_years_as_near_are_both_named(period_end, rest):
    [said] = of_another_year(load_evidence(force="kent", period_end=period_end), "recorded-crime")
    due = int(period_end[:4]) - 2
    assert said.endswith(f"divided by the residents of 2020, the nearest to {due} held{rest}")


def test_offences_with_a_knife_stand_in_the_table_and_the_text_of_every_edition_that_has_them():
    # Merseyside: 801 to March 2017 and 715 a year before, over 1,401,500 residents
    ev = load_evidence(force="merseyside", period_end="2017-06-30", inspection="2017")
    said = "came to 0.57 per 1,000 population in the 12 months to 31 March 2017, below the 0.61 of"
    assert said in crime_types(ev)
    assert crime_types(ev).endswith("the 10th highest of 42 forces.")
    rows = crime_types_table(ev).table.set_index("Offences")
    own = rows.loc["Serious offences with a knife (to 31 March 2017)"]
    assert own.tolist()[:3] == ["0.57", "0.61", "10th of 42"]
    assert own.iloc[-2] == "+12.0%"
    newest = load_evidence(force="merseyside", **NEWEST)
    assert "knife" not in crime_types(newest)
    assert any(
        note.startswith("Serious offences with a knife: The figures held here end with")
        for note in crime_types_table(newest).notes
    )
