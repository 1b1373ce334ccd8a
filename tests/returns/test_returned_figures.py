"""Supplied returns in the tables of the book; figures are made up, expectations worked out by hand."""

import pandas as pd
import pytest

from peelbook.evidence import load_evidence
from peelbook.indicators.similar_forces import similar_forces
from peelbook.returns.figures import indicator_table, types_of_groups

CRIME = {"indicator": "vulnerable-victim-crime"}
DAY = {"period_start": "2016-07-01", "period_end": "2016-07-01"}


def counts(area: str, numerator: int, denominator: int) -> dict[str, str]:
    return {"area": area, "numerator": str(numerator), "denominator": str(denominator)}


@pytest.fixture
def evidence(returns_file):
    def make(*rows, force="kent", **parameters):
        return load_evidence(force=force, returns=str(returns_file(*rows)), **parameters)

    return make


def test_england_and_wales_is_pooled_from_the_counts_of_the_forces_in_the_file(evidence):
    ev = evidence(CRIME | counts("kent", 100, 1000), CRIME | counts("durham", 60, 200))
    # (100 + 60) of (1,000 + 200), not the mean of 10 and 30 percent
    assert ev.country(CRIME["indicator"])["value"] == pytest.approx(160 / 1200 * 100)
    row = ev.row(CRIME["indicator"])
    assert (row["value"], row["status"]) == (10.0, "returned")
    assert row["comparator_value"] == pytest.approx(160 / 1200 * 100)


def test_victim_satisfaction_of_england_and_wales_is_the_mean_of_force_rates(evidence):
    rate = {"indicator": "victim-satisfaction"}
    ev = evidence(rate | counts("kent", 800, 1000), rate | counts("durham", 9, 10))
    assert ev.country("victim-satisfaction")["value"] == pytest.approx(85.0)


def test_line_for_england_and_wales_overrules_the_pooled_value(evidence):
    own = {**CRIME, "area": "england-and-wales", "value": "14.9"}
    ev = evidence(CRIME | counts("kent", 1, 10), CRIME | counts("durham", 2, 10), own)
    assert ev.row(CRIME["indicator"])["comparator_value"] == 14.9


def test_one_force_alone_is_not_england_and_wales(evidence):
    printed = evidence(CRIME | counts("kent", 1, 10))
    assert printed.country(CRIME["indicator"])["value"] == 14.3  # 2016 report, figure 6
    later = {"period_start": "2017-04-01", "period_end": "2018-03-31"}
    ev = evidence(CRIME | counts("kent", 1, 10) | later, period_end="2018-03-31")
    assert ev.row(CRIME["indicator"])["value"] == 10.0
    assert pd.isna(ev.row(CRIME["indicator"])["comparator_value"])
    assert pd.isna(ev.row(CRIME["indicator"])["rank"])


def test_excluded_force_is_left_out_of_ranks_and_of_england_and_wales(evidence):
    # Essex could not supply this figure in 2016, by the table of exclusions
    ev = evidence(
        CRIME | counts("kent", 1, 10),
        CRIME | counts("durham", 2, 10),
        CRIME | counts("essex", 9, 10),
    )
    areas = ev.areas(CRIME["indicator"])
    assert areas.loc["essex", "status"] == "excluded"
    assert pd.isna(areas.loc["essex", "value"])
    assert areas.loc["england-and-wales", "value"] == pytest.approx(15.0)
    assert areas.loc["kent", "of"] == 2


def test_forces_in_the_file_are_ranked_and_banded_among_each_other(evidence):
    forces = ["kent", "durham", "gwent", "cleveland", "surrey", "sussex", "norfolk", "suffolk"]
    rows = [CRIME | counts(force, 10 + i, 100) for i, force in enumerate(forces)]
    areas = evidence(*rows).areas(CRIME["indicator"])
    assert areas.loc[forces, "rank"].tolist() == [8, 7, 6, 5, 4, 3, 2, 1]
    assert areas.loc[forces, "band"].tolist() == [
        *["one of the lowest"] * 2,
        *["broadly in line with"] * 4,
        *["one of the highest"] * 2,
    ]
    # Leicestershire keeps the value that the report printed, and is not ranked with them
    assert areas.loc["leicestershire", "status"] == "published"
    assert pd.isna(areas.loc["leicestershire", "rank"])


def test_warwickshire_and_west_mercia_share_one_figure_over_their_combined_population(evidence):
    groups = {"indicator": "organised-crime-groups"} | DAY
    ev = evidence(
        groups | counts("warwickshire", 10, 500_000),
        groups | counts("west-mercia", 30, 1_500_000),
        groups | counts("kent", 60, 1_000_000),
    )
    areas = ev.areas("organised-crime-groups")
    assert areas.loc["warwickshire", "value"] == areas.loc["west-mercia", "value"] == 20.0
    # each group and each resident is counted once: 100 groups among 3 million
    assert areas.loc["england-and-wales", "value"] == pytest.approx(100 / 3)


def test_force_without_a_figure_keeps_its_reason(evidence):
    ev = evidence({**CRIME, "area": "kent", "note": "Lost in a move."})
    row = ev.row(CRIME["indicator"])
    assert row["status"] == "not-available"
    assert row["note"] == "Supplied in returns.csv. Lost in a move."


def test_change_is_taken_from_the_line_of_a_year_earlier(evidence):
    before = {"period_start": "2014-07-01", "period_end": "2015-06-30"}
    calls = {"indicator": "calls-for-assistance"}
    ev = evidence(
        CRIME | counts("kent", 12, 100),
        CRIME | counts("kent", 10, 100) | before,
        calls | counts("kent", 110, 1000),
        calls | counts("kent", 100, 1000) | before,
    )
    assert ev.row(CRIME["indicator"])["change"] == pytest.approx(2.0)  # points
    assert ev.row("calls-for-assistance")["change"] == pytest.approx(10.0)  # percent


@pytest.mark.parametrize(
    ("period", "shown"),
    [
        (("2015-07-01", "2016-06-30"), True),
        (("2016-07-01", "2016-08-31"), True),  # began on the day after the book's period
        (("2015-10-01", "2016-09-30"), False),  # ended after it
        (("2012-07-01", "2013-06-30"), False),  # three years older
    ],
)
def test_period_belongs_to_the_book_or_does_not(evidence, period, shown):
    days = dict(zip(("period_start", "period_end"), period, strict=True))
    ev = evidence(CRIME | counts("kent", 1, 10) | days)
    assert pd.notna(ev.row(CRIME["indicator"])["value"]) == shown


def test_region_is_pooled_as_england_and_wales_is(evidence):
    ev = evidence(
        CRIME | counts("kent", 1, 10),
        CRIME | counts("surrey", 3, 10),
        CRIME | counts("durham", 10, 10),
        comparator="region",
    )
    assert ev.row(CRIME["indicator"])["comparator_value"] == pytest.approx(20.0)


def test_similar_forces_are_pooled_from_those_in_the_file(evidence):
    found = similar_forces(2015)  # mid-2015 belongs to the 12 months to June 2016
    first, second, *_ = found.loc[found["force"] == "durham", "neighbour"]
    ev = evidence(
        CRIME | counts("durham", 5, 10),
        CRIME | counts(first, 1, 10),
        CRIME | counts(second, 8, 20),
        force="durham",
        comparator="similar-forces",
    )
    assert ev.row(CRIME["indicator"])["comparator_value"] == pytest.approx(9 / 30 * 100)


def test_types_of_organised_crime_groups_are_pooled_over_all_groups(evidence):
    kind = {"indicator": "organised-crime-groups-by-type"} | DAY
    ev = evidence(
        kind | counts("kent", 15, 20) | {"category": "Drug activity"},
        kind | counts("kent", 5, 20) | {"category": "Theft"},
        kind | counts("durham", 10, 10) | {"category": "drug activity"},
    )
    types = types_of_groups(ev.parameters)
    assert types["category"].tolist() == ["Drug activity", "Theft"]
    assert types["force"].tolist() == [75.0, 25.0]
    # Durham has no theft, but its 10 groups count: 25 and 5 of 30
    assert types["country"].tolist() == pytest.approx([25 / 30 * 100, 5 / 30 * 100])


def test_other_indicators_are_as_without_the_file(evidence):
    with_file = indicator_table(evidence(CRIME | counts("kent", 1, 10)).parameters)
    without = indicator_table(load_evidence(force="kent").parameters)
    other = with_file["indicator"] != CRIME["indicator"]
    pd.testing.assert_frame_equal(
        with_file[other].reset_index(drop=True),
        without[without["indicator"] != CRIME["indicator"]].reset_index(drop=True),
    )


def test_practice_force_is_neither_ranked_nor_counted(evidence):
    ev = evidence(
        CRIME | counts("practice-force", 9, 10),
        CRIME | counts("kent", 1, 10),
        CRIME | counts("durham", 3, 10),
        force="practice-force",
    )
    row = ev.row(CRIME["indicator"])
    assert (row["value"], row["comparator_value"]) == (90.0, pytest.approx(20.0))
    assert pd.isna(row["rank"])
    assert "invented" in row["note"]
    assert pd.isna(ev.row("recorded-crime")["value"])
    assert "practice-force" not in load_evidence(force="kent").areas(CRIME["indicator"]).index
