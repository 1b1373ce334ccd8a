"""Similar forces: reproducible, chosen by what the area is like, and honestly named."""

import multiprocessing
import re

import numpy as np
import pandas as pd
import pytest

from peelbook.charts.similar import similar_table
from peelbook.evidence import load_evidence
from peelbook.indicators.similar_forces import (
    EARTH_RADIUS_KM,
    FEATURES,
    area_features,
    area_on_sphere,
    areas_in_km2,
    growth_years,
    nearest,
    pooled_over_similar,
    similar_forces,
    unlike_others,
)
from peelbook.indicators.values import compute_indicator
from peelbook.narrative.about import this_book
from peelbook.narrative.neighbours import similar_group
from peelbook.parameters import Parameters
from peelbook.tables import load_table
from peelbook.tables.forces import all_forces


def similar_to(force, mid_year=2015):
    found = similar_forces(mid_year)
    return found.loc[found["force"] == force, "neighbour"].tolist()


@pytest.mark.parametrize("period_end", ["2016-06-30", "2019-03-31", "2026-03-31"])
def test_table_says_over_how_many_years_growth_is_and_what_a_distance_is(period_end):
    ev = load_evidence(force="essex", period_end=period_end)
    people = load_table("population").query("force == 'essex'").set_index("mid_year")["population"]
    year = people.index[people.index <= ev.period_end.year - 1].max()
    years = growth_years(ev.period_end.year - 1)
    growth = ((people[year] / people[year - years]) ** (1 / years) - 1) * 100
    assert area_features(year).loc["essex", "population_growth"] == pytest.approx(growth)
    shown = similar_table(ev)
    assert f"Growth, percent a year over {years} years" in shown
    assert "A distance has no unit." in shown


def test_an_eighth_of_the_globe():
    ring = [[0, 0], [90, 0], [90, 90], [0, 90], [0, 0]]
    whole = {"type": "Polygon", "coordinates": [ring]}
    assert area_on_sphere(whole) == pytest.approx(np.pi * EARTH_RADIUS_KM**2 / 2)
    with_hole = {"type": "MultiPolygon", "coordinates": [[ring, ring]]}
    assert area_on_sphere(with_hole) == 0


@pytest.mark.parametrize(
    ("force", "square_kilometres"),
    # standard area measurements of the counties that make up the force area, ONS
    [("leicestershire", 2538), ("greater-manchester", 1276), ("west-midlands", 902)],
)
def test_areas_from_simplified_boundaries_are_within_a_percent(force, square_kilometres):
    assert areas_in_km2()[force] == pytest.approx(square_kilometres, rel=0.01)


def test_features_of_one_force_by_hand():
    # mid-2015: 1,055,800 residents and 422,100 households; mid-2005: 962,500 residents
    found = area_features(2015).loc["leicestershire"]
    assert np.exp(found["log_population"]) == pytest.approx(1_055_800)
    assert found["persons_per_household"] == pytest.approx(1_055_800 / 422_100)
    assert found["population_growth"] == pytest.approx(((1_055_800 / 962_500) ** 0.1 - 1) * 100)


def test_no_feature_is_about_crime_or_the_police():
    assert list(area_features(2015).columns) == list(FEATURES)
    assert set(FEATURES) == {
        "log_population",
        "log_density",
        "persons_per_household",
        "population_growth",
    }


def test_nearest_by_hand():
    # 0, 1 and 3 have mean 4/3 and standard deviation 1.2472
    features = pd.DataFrame({"x": [0.0, 1.0, 3.0]}, index=["a", "b", "c"])
    found = nearest(features, count=1)
    assert found["neighbour"].tolist() == ["b", "a", "b"]
    assert found["distance"].tolist() == pytest.approx([0.80178, 0.80178, 1.60357], abs=1e-5)


def test_every_force_has_seven_others_never_itself_and_never_the_city_of_london():
    found = similar_forces(2015)
    assert found.groupby("force")["neighbour"].nunique().eq(7).all()
    assert found["force"].nunique() == 43
    assert (found["force"] != found["neighbour"]).all()
    assert "city-of-london" not in set(found["neighbour"])


def test_distances_grow_with_place_and_are_the_same_in_both_directions():
    found = similar_forces(2015)
    assert found.groupby("force")["distance"].is_monotonic_increasing.all()
    both = found.merge(
        found,
        left_on=["force", "neighbour"],
        right_on=["neighbour", "force"],
        suffixes=("", "_back"),
    )
    assert len(both) > 100
    np.testing.assert_allclose(both["distance"], both["distance_back"])


def test_the_same_groups_whatever_the_order_of_forces_and_the_unit_of_features():
    features = area_features(2015)
    shuffled = features.sample(frac=1, random_state=7) * [1, 5, 100, -2] + [0, 1, 2, 3]
    one, other = nearest(features), nearest(shuffled)
    assert one["neighbour"].tolist() == other["neighbour"].tolist()
    np.testing.assert_allclose(one["distance"], other["distance"])


def test_a_process_forked_from_one_that_has_chosen_groups_can_choose_others():
    # many books are rendered by forked processes, and threads do not survive a fork
    similar_forces(2015)
    similar_forces.cache_clear()
    child = multiprocessing.get_context("fork").Process(target=similar_forces, args=(2012,))
    child.start()
    child.join(timeout=20)
    stuck = child.is_alive()
    child.kill()
    assert not stuck
    assert child.exitcode == 0


def test_metropolitan_and_city_of_london_are_far_from_all_in_every_period():
    for mid_year in (2007, 2010, 2015, 2017):
        assert {"metropolitan", "city-of-london"} <= set(unlike_others(similar_forces(mid_year)))


def test_comparator_is_pooled_over_the_neighbours_without_the_force():
    assert sorted(similar_to("leicestershire")) == [
        "bedfordshire",
        "cambridgeshire",
        "hertfordshire",
        "kent",
        "northamptonshire",
        "surrey",
        "thames-valley",
    ]
    # offences in the 12 months to June 2016, and residents of mid-2015, of those seven
    offences = 40584 + 49750 + 65068 + 117028 + 49445 + 59237 + 130156
    residents = 652400 + 835200 + 1165300 + 1798300 + 722200 + 1172400 + 2357800
    row = load_evidence(comparator="similar-forces").row("recorded-crime")
    assert row["comparator_value"] == pytest.approx(offences / residents * 1000)


def test_a_neighbour_without_a_count_takes_no_part():
    names = similar_to("leicestershire")
    areas = pd.DataFrame({"numerator": 1.0, "denominator": 10.0}, index=names)
    areas.loc[names[0]] = [np.nan, 10.0]
    areas.loc[names[1]] = [7.0, 10.0]
    found = pooled_over_similar(areas.drop(names[2]), 2015, 100)
    assert found["leicestershire"] == pytest.approx((7 + 4) / 50 * 100)


def test_printed_figures_are_never_shown_under_the_name_of_similar_forces():
    ev = load_evidence(comparator="similar-forces")
    printed = ev.row("domestic-abuse-arrest-rate")
    assert printed["status"] == "published"
    assert pd.isna(printed["comparator_value"])
    assert printed["comparator_area"] is None
    assert ev.compared_with(ev.row("recorded-crime")) == "a group of similar forces"


def test_share_of_outcomes_is_pooled_over_neighbours_with_complete_data():
    # charged and recorded in the 12 months to June 2016, later release, of the seven neighbours
    table = load_table("outcomes_by_year")
    table = table[table["period_end"] == pd.Timestamp("2016-06-30")]
    own = table[table["force"].isin(similar_to("leicestershire"))]
    charged = own.loc[own["outcome_type"] == 1, "offences"].sum()
    recorded = own.loc[own["measure"] == "recorded", "offences"].sum()
    row = load_evidence(comparator="similar-forces").row("outcome-charged-summonsed")
    assert row["comparator_value"] == pytest.approx(charged / recorded * 100)
    assert row["comparator_area"] == "similar-forces"


def test_a_neighbour_with_incomplete_data_takes_no_part():
    # Wiltshire supplied an outcome for 69 percent of its offences of the 12 months to June 2016
    found = similar_forces(2015)
    beside = found.loc[found["neighbour"] == "wiltshire", "force"].iloc[0]
    names = [name for name in similar_to(beside) if name != "wiltshire"]
    parameters = Parameters(comparator="similar-forces")
    table = compute_indicator("outcome-charged-summonsed", parameters).set_index("area")
    assert table.loc["wiltshire", "status"] == "incomplete"
    own = table.loc[names]
    own = own[own["status"] == "computed"]
    pooled = own["numerator"].sum() / own["denominator"].sum() * 100
    assert table.loc[beside, "comparator_value"] == pytest.approx(pooled)


@pytest.mark.parametrize("year", range(2009, 2026))
def test_estimates_are_named_by_the_years_that_are_used(year):
    ev = load_evidence(force="west-mercia", period_end=f"{year}-03-31")
    people = load_table("population").set_index(["force", "mid_year"])["population"]["west-mercia"]
    table = load_table("households")
    of_force = table[(table["force"] == "west-mercia") & (table["basis"] == "2014-based")]
    homes = of_force.set_index("mid_year")["households"]
    said = similar_group(ev)
    of_people, *of_homes = map(int, re.findall(r"of mid-(\d{4})", said))
    [of_homes] = of_homes or [of_people]
    shown = re.findall(r"(?:<td>|<td[^>]*>)([^<]*)</td>", similar_table(ev))[:4]
    assert shown[1] == f"{people[of_people]:,}"
    assert shown[3] == f"{people[of_homes] / homes[of_homes]:.2f}"
    assert (f"Residents per household, mid-{of_homes}" in similar_table(ev)) == (
        of_homes != of_people
    )


@pytest.mark.parametrize("force", list(all_forces()))
def test_the_group_is_named_and_never_called_official(force):
    ev = load_evidence(force=force, comparator="similar-forces")
    for text in (similar_group(ev), this_book(ev)):
        assert "not the official" in text or "not an official" in text
        assert "nan" not in text.split()
    far = force in unlike_others(similar_forces(2015))
    assert ("says little" in similar_group(ev)) == far
