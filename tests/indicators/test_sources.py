"""The source line of a value names the releases that it is from, and no other."""

from __future__ import annotations

import pytest

from peelbook.evidence import load_evidence
from peelbook.indicators.catalogue import load_catalogue
from peelbook.indicators.sources import _is_source
from peelbook.tables import describe_table, load_table
from peelbook.tables.schemas import TABLES

WITH_VINTAGES = sorted(
    name for name, table in TABLES.items() if "vintage" in load_table(name) and name != "judgments"
)
LATER_THAN_2016 = ("mid-2024", "mid-2020", "Census 2021", "to March 2026", "C2")


@pytest.mark.parametrize("name", WITH_VINTAGES)
def test_every_vintage_of_a_table_is_told_apart_by_a_release(name):
    sources = [source for source in describe_table(name)["sources"] if "vintage" in source]
    for vintage in load_table(name)["vintage"].unique():
        assert any(_is_source(source, [vintage]) for source in sources), vintage


def test_a_rate_of_the_period_of_the_report_names_the_two_files_that_it_is_computed_from():
    assert load_evidence(force="kent").source("recorded-crime") == (
        "Home Office and Office for National Statistics, Police recorded crime by police force area, "
        "rolling 12 months (rec-crime-pfa), March 2003 to December 2018; "
        "Office for National Statistics, Crime in England and Wales: police force area data tables, "
        "years ending March 2018, December 2018 and March 2019"
    )


@pytest.mark.parametrize("force", ["leicestershire", "kent", "city-of-london"])
def test_no_rate_of_the_period_of_the_report_names_residents_or_households_of_later_years(force):
    ev = load_evidence(force=force)
    for name, entry in load_catalogue().items():
        if entry.denominator in ("population", "households"):
            assert [later for later in LATER_THAN_2016 if later in ev.source(name)] == []


def test_a_rate_of_2023_names_the_households_of_the_census():
    source = load_evidence(force="kent", period_end="2023-03-31").source("domestic-burglary")
    assert "Households by local authority, Census 2021" in source
    assert "police force area data tables" not in source
