"""Changes in 12 months stand beside those of the area compared with, in tables and in words."""

import re

import pandas as pd
import pytest

from peelbook.charts.annex import exclusions_table
from peelbook.charts.by_force import among_forces
from peelbook.charts.cards import tile_of
from peelbook.charts.crime import asb_change, crime_rates, crime_types_table
from peelbook.evidence import load_evidence
from peelbook.narrative.crime import CRIME_TYPES, crime_types, year_on_year
from peelbook.narrative.crime_changes import (
    FAR_APART,
    MOST_NAMED,
    changes_apart,
    place_of_change,
)
from peelbook.narrative.recording import how_well_recorded
from peelbook.tables.exclusions import caveats_for
from peelbook.tables.forces import all_forces

PERIODS = ["2016-06-30", "2017-06-30", "2019-03-31", "2023-06-30"]
OWN, OTHER = "Change in number in 12 months", "Change in England and Wales"
NAMED = re.compile(r"([^(),]+) \(([+−]?[\d.]+)(?: percent)?, there ([+−]?[\d.]+)\)")


def points(cell: str) -> float:
    return float(cell.replace("−", "-").rstrip("%"))


def test_changes_of_humberside_beside_those_of_england_and_wales():
    # robbery: 777 offences in the 12 months to June 2017 and 794 a year before
    ev = load_evidence(force="humberside", period_end="2017-06-30", inspection="2017")
    rows = crime_types_table(ev).table.set_index("Offences")
    assert rows.loc["Robbery", [OWN, OTHER]].tolist() == ["−2.1%", "+25.7%"]
    assert rows.loc["Violence without injury", [OWN, OTHER]].tolist() == ["+46.0%", "+21.5%"]
    assert (
        "The change in 12 months was furthest from that of England and Wales for robbery (−2.1 "
        "percent, there +25.7) and violence without injury (+46.0, there +21.5). The change also "
        "differed for stalking and harassment, and public order offences, where part of it is one of "
        "counting or recording."
    ) in crime_types(ev)


@pytest.mark.parametrize("period_end", PERIODS)
@pytest.mark.parametrize("force", list(all_forces()))
def test_types_named_are_those_furthest_apart_in_the_table(force, period_end):
    ev = load_evidence(force=force, period_end=period_end)
    rows = crime_types_table(ev).table.set_index("Offences")
    rows.index = rows.index.str.lower().str.replace(r" \(per.*", "", regex=True)
    rows = rows.loc[[ev.entry(name).name.lower() for name in CRIME_TYPES]]
    said = changes_apart(ev, CRIME_TYPES)
    both = rows[(rows[OWN] != "–") & (rows[OTHER] != "–")]
    assert bool(said) == bool(len(both))
    named = {name.removeprefix(" and").strip(): numbers for name, *numbers in NAMED.findall(said)}
    named = {name.rpartition(" for ")[2]: numbers for name, numbers in named.items()}
    assert len(named) <= MOST_NAMED
    gaps = []
    for name, (own, other) in named.items():
        assert both.loc[name, OWN].rstrip("%") == own, name
        assert both.loc[name, OTHER].rstrip("%") == other, name
        gaps.append(abs(points(own) - points(other)))
    assert gaps == sorted(gaps, reverse=True)
    assert all(gap >= FAR_APART - 0.05 for gap in gaps)
    # what a caveat explains in part is not told by its number
    end = ev.row(CRIME_TYPES[0])["period_end"]
    for name in CRIME_TYPES:
        caveats = caveats_for(name, end, force)
        if caveats["explains_change"].any():
            assert ev.entry(name).name not in named, name


def test_rise_that_is_the_largest_of_all_forces_is_called_that():
    said = year_on_year(load_evidence(force="northumbria"))
    assert "rose by 34.7 percent" in said
    assert "The rise is the largest of 43 forces." in said
    # many rose by more than Humberside
    assert "largest" not in year_on_year(load_evidence(force="humberside"))


def test_falls_are_placed_among_falls():
    changes = pd.Series({"a": -9.0, "b": -4.0, "c": 3.0, "d": 8.0, "e": 9.0})
    assert place_of_change(-9.0, changes) == "The fall is the largest of 5 forces."
    assert place_of_change(8.0, changes) == "The rise is the 2nd largest of 5 forces."
    assert place_of_change(0.0, changes) == ""


def test_how_completely_crime_is_recorded_is_told_where_it_was_inspected_near_the_period():
    """The report of 9 February 2017 estimates 92.72 percent and 7,300 crimes not recorded."""
    said = how_well_recorded(load_evidence(force="northumbria"))
    assert "Its report of 9 February 2017 estimates 92.7 percent: about 7,300 reported" in said
    assert "graded the recording of reported crime **requires improvement**" in said
    assert how_well_recorded(load_evidence(force="northumbria", period_end="2026-03-31")) == ""
    assert how_well_recorded(load_evidence(force="essex")) == ""


def test_small_numbers_far_apart_are_not_named_where_chance_explains_them():
    # Durham, robbery: +19.0 percent beside +10.9, with an interval from -3 to +46
    ev = load_evidence(force="durham", period_end="2023-06-30")
    assert "robbery" not in changes_apart(ev, ["robbery"])
    assert "ten percentage points or more" in changes_apart(ev, ["robbery"])


@pytest.mark.parametrize("comparator", ["region", "similar-forces"])
def test_change_of_another_comparator_is_named_as_such(comparator):
    ev = load_evidence(force="west-mercia", period_end="2019-03-31", comparator=comparator)
    whose = "the West Midlands region" if comparator == "region" else "England and Wales"
    assert f"Change in {whose}" in crime_rates(ev).table.columns
    assert f"furthest from that of {whose} for" in crime_types(ev)


@pytest.mark.parametrize("force", list(all_forces()))
def test_title_of_figure_3_has_the_change_that_the_tile_has(force):
    ev = load_evidence(force=force, period_end="2019-03-31")
    change = ev.row("asb-incidents")["change"]
    if pd.isna(change):
        return
    title, tile = (
        asb_change(ev).title,
        " ".join(map(str, vars(tile_of(ev, "asb-incidents")).values())),
    )
    [told] = re.findall(r"(?:rose|fell) by [\d.]+ percent|was unchanged", title.partition(";")[0])
    assert told in tile


@pytest.mark.parametrize("force", ["west-mercia", "kent", "city-of-london"])
def test_reason_why_another_force_is_not_ranked_stands_in_one_place_of_a_figure(force):
    ev = load_evidence(force=force, period_end="2019-03-31")
    why = "Few people live in the City"
    for made in (crime_rates(ev), crime_types_table(ev)):
        [note] = [note for note in made.notes if note.startswith("City of London (not ranked): ")]
        assert (why in note) == (force == "city-of-london")
        assert why in note or note.endswith(": annex A says why.")
    assert why in exclusions_table(ev)
    for name in ("recorded-crime", "asb-incidents"):
        made = among_forces(ev, name)
        [note] = [note for note in made.notes if note.startswith("City of London (not ranked): ")]
        assert why in note or note.endswith(": the table behind this figure says why.")
        assert why in made.table.set_index("Force").loc["City of London", "Reason"]


@pytest.mark.parametrize("force", list(all_forces()))
def test_title_of_figure_2_has_every_row_that_stands_at_an_end(force):
    made = crime_rates(load_evidence(force=force, period_end="2019-03-31"))
    rows = made.table.set_index("Offences")["Among the forces"]
    for name, place in rows.items():
        at_an_end = place.startswith("One of")
        shown = re.sub(r" \(per.*", "", name)
        shown = shown[:1].lower() + shown[1:]
        assert not at_an_end or shown in made.title, name
    if not rows.iloc[2:].str.startswith("One of").any() and force != "city-of-london":
        assert "each type of crime in this table the rate" in made.title
