"""What a title says of a place agrees with the ranking, for every force and in three periods."""

import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peelbook.charts import cards
from peelbook.charts.by_force import among_forces
from peelbook.charts.over_time import gaps_between
from peelbook.charts.small import sparkline, strip
from peelbook.charts.time_marks import HEIGHT, LEAST_GAP, spread_out
from peelbook.indicators.usual import usual_range_of
from peelbook.narrative.standing import standing
from peelbook.narrative.words import number
from peelbook.statistics.ranks import band_by_quarter, rank_descending
from peelbook.tables.forces import all_forces

PERIODS = ["2010-06-30", "2016-06-30", "2018-03-31"]
IDS = ["recorded-crime", "officers", "outcome-charged-summonsed"]


def areas_of(values: list[float]) -> pd.DataFrame:
    series = pd.Series(values, dtype=float)
    return pd.DataFrame({"rank": rank_descending(series), "band": band_by_quarter(series)})


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=4, max_size=43))
def test_place_agrees_with_the_values_whatever_they_are(values):
    areas = areas_of(values)
    for area, value in enumerate(values):
        words = standing(areas, area)
        place = int((re.match(r"(?:joint )?(\d+)", words) or [0, 1])[1])
        if "highest" in words:
            assert sum(other > value for other in values) == place - 1
        elif "lowest" in words:
            assert sum(other < value for other in values) == place - 1
        else:
            assert words == f"in the middle half of {len(values)} forces"
        if not words.startswith("in the middle"):
            assert words.startswith("joint") == (values.count(value) > 1)


def test_who_is_not_ranked_has_no_place():
    areas = areas_of([1, 2, 3]).reindex(range(4))
    assert standing(areas, 3) == ""


@pytest.mark.parametrize("period_end", PERIODS)
@pytest.mark.parametrize("name", IDS)
def test_title_agrees_with_the_ranking_for_every_force(name, period_end, evidence_of):
    for slug, force in all_forces().items():
        ev = evidence_of(slug, period_end)
        row, areas = ev.row(name), ev.areas(name)
        if areas["rank"].notna().sum() < 3:
            continue
        title = among_forces(ev, name).title
        assert title.startswith(force.name)
        if pd.isna(row["value"]):
            assert "no figure for" in title
            continue
        assert number(row["value"], ev.entry(name).decimals) in title
        assert (standing(areas, slug) or "not ranked") in title
        unusual = pd.notna(row["unusual"]) and bool(row["unusual"])
        assert ("outside the range" in title) == unusual


def test_an_unusual_force_lies_outside_the_shaded_range(evidence_of):
    for period_end in PERIODS:
        ev = evidence_of("kent", period_end)
        for name in IDS:
            usual, areas = usual_range_of(name, ev.parameters), ev.areas(name)
            far = areas[areas["unusual"].fillna(False).astype(bool)]
            if usual is not None:
                assert not far["value"].between(usual.lower, usual.upper).any()


@given(st.floats(0, 100), st.floats(0, 100))
def test_numbers_at_the_ends_of_lines_do_not_lie_on_one_another(one, other):
    low, high = spread_out(sorted([one, other]), 112.0)
    assert high - low >= LEAST_GAP / HEIGHT * 112.0 - 1e-9
    assert low >= 0


def test_missing_quarters_are_a_gap_and_years_in_a_row_are_none():
    quarters = pd.Series(pd.to_datetime(["2015-03-31", "2015-06-30", "2015-12-31", "2016-03-31"]))
    assert gaps_between(quarters) == [(quarters[1], quarters[2])]
    years = pd.Series(pd.to_datetime(["2013-03-31", "2014-03-31", "2015-03-31", "2016-03-31"]))
    assert gaps_between(years) == []


def test_strip_has_a_dot_a_force_within_the_picture_and_its_description():
    drawn = strip([1.0, 2.0, 4.0], 2.0, 3.0, "<three> forces")
    assert drawn.count('class="peel-dot"') == 3
    assert 'class="peel-own" cx="82.0"' in drawn  # a third of the way from 6 to 234
    assert "&lt;three&gt; forces" in drawn


def test_line_breaks_where_a_value_is_missing():
    drawn = sparkline([1.0, 2.0, float("nan"), 2.0, 1.0], 2.0, "a line")
    assert drawn.count("<polyline") == 2
    assert sparkline([1.0], 1.0, "") == ""


def test_headline_of_the_city_of_london_is_no_rate_for_each_resident(evidence_of):
    page = cards.force_in_numbers(evidence_of("city-of-london"))
    tiles = {tile.indicator: tile for tile in page.tiles}
    assert tiles["recorded-crime"].value == "–"
    assert tiles["officers"].value == "–"
    # the change of the number does not depend on who lives there
    assert tiles["recorded-crime"].details[0].startswith("The number ")
    html = page._repr_html_()
    assert html.count("Few people live in the City") == 1


@pytest.mark.parametrize("force", ["kent", "leicestershire", "dyfed-powys"])
def test_tile_with_a_dash_has_its_reason_once_at_the_foot(force, evidence_of):
    page = cards.force_in_numbers(evidence_of(force))
    for tile in page.tiles:
        assert (tile.value == "–") == bool(tile.reason), tile.label
    assert {"officers", "arrests"} <= {tile.indicator for tile in page.tiles}
    for reason in page.reasons():
        assert page._repr_html_().count(reason) <= 1


def test_region_is_named_beside_its_own_value(evidence_of):
    page = cards.force_in_numbers(evidence_of("kent", "2018-03-31", comparator="region"))
    (tile,) = [tile for tile in page.tiles if tile.indicator == "recorded-crime"]
    assert "The South East region: 74.4" in tile.details
    assert "England and Wales: 82.5" in tile.details
