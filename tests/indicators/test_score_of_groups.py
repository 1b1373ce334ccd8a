"""The Crime Severity Score of a group of forces is the mean of scores weighted by population."""

import pandas as pd
import pytest

from peelbook.charts.cards import force_in_numbers, tile_of
from peelbook.evidence import load_evidence
from peelbook.indicators.catalogue import indicator
from peelbook.indicators.counts import numerators
from peelbook.indicators.scores import weighted_by_population
from peelbook.indicators.similar_forces import similar_forces
from peelbook.indicators.values import compute_indicator, values_at
from peelbook.parameters import Parameters
from peelbook.tables import load_table
from peelbook.tables.periods import denominator_mid_year

SCORE = "crime-severity-score"
# As ONS published them with the scores of forces, which the tables of this project leave out.
PUBLISHED_REGIONS = {
    "2008-03-31": {
        "North East": 10.2730,
        "North West": 12.8439,
        "Yorkshire and The Humber": 13.6660,
        "East Midlands": 12.1464,
        "West Midlands": 12.4783,
        "East": 9.0996,
        "London": 18.1420,
        "South East": 9.0490,
        "South West": 9.1318,
        "Wales": 9.8629,
    },
    "2016-03-31": {
        "North East": 10.0716,
        "North West": 11.8194,
        "Yorkshire and The Humber": 12.6792,
        "East Midlands": 9.9534,
        "West Midlands": 11.5116,
        "East": 9.1534,
        "London": 15.0123,
        "South East": 8.7425,
        "South West": 8.8713,
        "Wales": 9.0295,
    },
    "2019-03-31": {
        "North East": 15.5780,
        "North West": 18.3878,
        "Yorkshire and The Humber": 19.2876,
        "East Midlands": 14.5448,
        "West Midlands": 16.6216,
        "East": 13.3203,
        "London": 19.2555,
        "South East": 12.9559,
        "South West": 11.4376,
        "Wales": 13.4700,
    },
}


def row(force, comparator, period_end="2016-06-30"):
    return load_evidence(force=force, comparator=comparator, period_end=period_end).row(SCORE)


def test_region_is_the_mean_weighted_by_residents_worked_by_hand():
    # scores of the year ending March 2016 (edition to March 2023) and residents of mid-2014, the
    # five of the East Midlands
    weighted = (
        8.9059 * 1032700 + 9.0019 * 1043400 + 8.3802 * 731900 + 12.0300 * 713400 + 11.5169 * 1116000
    )
    residents = 1032700 + 1043400 + 731900 + 713400 + 1116000
    assert row("leicestershire", "region")["comparator_value"] == pytest.approx(
        weighted / residents
    )


# the scores of forces are of the edition to March 2023, the regions of the one to March 2022:
# where no force was revised only residents in hundreds are left
@pytest.mark.parametrize(
    ("period_end", "revised"),
    [("2008-03-31", 0.00002), ("2016-03-31", 0.01), ("2019-03-31", 0.0008)],
)
def test_region_equals_the_published_score_but_for_revisions(period_end, revised):
    values = values_at(indicator(SCORE), pd.Timestamp(period_end), Parameters())["value"]
    published = pd.Series(PUBLISHED_REGIONS[period_end])
    ratio = values.reindex(published.index) / published
    assert (ratio.drop("London") - 1).abs().max() < revised


@pytest.mark.parametrize("period_end", PUBLISHED_REGIONS)
def test_london_lacks_the_city_which_has_no_score(period_end):
    values = values_at(indicator(SCORE), pd.Timestamp(period_end), Parameters())["value"]
    assert values["London"] == pytest.approx(values["metropolitan"])
    assert 0.994 < values["London"] / PUBLISHED_REGIONS[period_end]["London"] < 0.999


def test_mean_of_all_forces_is_a_little_below_england_and_wales_in_every_year():
    # the published score also counts the City of London and British Transport Police: offences,
    # but hardly any residents or none
    scores = numerators(indicator(SCORE))
    found = {}
    for end, year in scores[scores["period_end"] <= "2019-03-31"].groupby("period_end"):
        if end < pd.Timestamp("2004-03-31"):
            continue
        each = year.set_index("force")["numerator"]
        sums = weighted_by_population(each, denominator_mid_year(end)).sum()
        found[end.year] = sums["numerator"] / sums["denominator"] / each["england-and-wales"] - 1
    short = pd.Series(found) * 100
    assert len(short) == 16
    assert short.between(-1.1, -0.6).all()
    assert round(short[2016], 2) == -0.70


def test_similar_forces_are_the_mean_of_the_neighbours_without_the_force():
    mid_year = denominator_mid_year("2016-06-30")
    names = similar_forces(mid_year).query("force == 'kent'")["neighbour"].tolist()
    scores = load_table("crime_severity").set_index(["period_end", "force"])["score"]
    people = load_table("population").set_index(["mid_year", "force"])["population"]
    scores, people = scores[pd.Timestamp("2016-03-31")][names], people[2014][names]
    by_hand = (scores * people).sum() / people.sum()
    assert len(names) == 7
    assert row("kent", "similar-forces")["comparator_value"] == pytest.approx(by_hand)


def test_a_force_without_a_score_takes_no_part_but_has_a_comparator():
    city = row("city-of-london", "similar-forces")
    assert pd.isna(city["value"])
    assert 8 < city["comparator_value"] < 12


@pytest.mark.parametrize("comparator", ["region", "similar-forces"])
@pytest.mark.parametrize("period_end", ["2008-06-30", "2013-12-31", "2019-03-31"])
def test_every_force_has_a_score_to_compare_with(comparator, period_end):
    table = compute_indicator(SCORE, Parameters(comparator=comparator, period_end=period_end))
    forces = table[table["area"] != "england-and-wales"]
    assert forces["comparator_value"].between(4, 25).all()


def test_england_and_wales_stays_the_published_score():
    assert row("kent", "england-and-wales")["comparator_value"] == 10.9942


@pytest.mark.parametrize(
    ("comparator", "words"),
    [
        ("region", "The East Midlands region: 10.0"),
        ("similar-forces", "A group of similar forces: 8.9"),
    ],
)
def test_tile_shows_the_value_of_the_comparator_beside_england_and_wales(comparator, words):
    tile = tile_of(load_evidence(comparator=comparator), SCORE)
    assert "England and Wales: 11.0" in tile.details
    assert words in tile.details


def test_tiles_of_the_default_book_name_each_source_once():
    page = force_in_numbers(load_evidence())
    sources = page.sources.split("; ")
    assert len(sources) == len(set(sources))
    assert not any(" group" in detail for tile in page.tiles for detail in tile.details)
