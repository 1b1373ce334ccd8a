"""Tables of releases after those that the project began with, and of other kinds of figures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from peelbook.errors import DataIntegrityError
from peelbook.importers.conduct import (
    read_crime_data_integrity,
    read_published_elsewhere,
    read_stop_and_search,
)
from peelbook.importers.crime_severity import read_later_crime_severity
from peelbook.importers.later_crime import (
    quarters_without_fraud,
    read_headline_crime,
    read_recorded_totals,
    title_of_headline_crime,
    with_transport_police,
)
from peelbook.importers.later_outcomes import (
    read_outcomes_of_quarters,
    read_outcomes_of_years,
    with_recorded,
    with_years_of_quarters,
)
from peelbook.importers.local_authorities import (
    read_census_households,
    read_population_of_authorities,
    read_population_of_one_year,
    year_of_lookup,
)
from peelbook.importers.provenance import Library

LOOKUP_OF_SERIES = 2021
"""The lookup of authorities that the series of estimates and the census of 2021 are by."""


def later_tables(library: Library, quarterly: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the later outcomes and recorded crime, and the tables of what forces did.

    `quarterly` is the table `recorded_crime_quarterly`.
    """
    readers: dict[str, tuple[str, Callable[[Path], pd.DataFrame]]] = {
        "crime_data_integrity": ("crime-data-integrity", read_crime_data_integrity),
        "stop_and_search": ("stop-and-search", read_stop_and_search),
        "published_elsewhere": ("published-elsewhere", read_published_elsewhere),
    }
    tables = {table: library.read(release, reader) for table, (release, reader) in readers.items()}
    tables["recorded_crime_headline"] = library.read(
        "headline-crime", read_headline_crime, title_of_headline_crime
    )
    return tables | _outcomes_and_totals(library, quarters_without_fraud(quarterly))


def _outcomes_and_totals(library: Library, quarters: pd.DataFrame) -> dict[str, pd.DataFrame]:
    totals = with_transport_police(library.read("recorded-totals", read_recorded_totals), quarters)
    starts = totals["period_end"] - pd.offsets.MonthEnd(12) + pd.Timedelta(days=1)
    # the totals are of the same release as the outcomes, so they come first
    recorded = pd.concat([totals.assign(period_start=starts), quarters], ignore_index=True)
    of_years = library.read("later-outcomes", read_outcomes_of_years)
    of_quarters = library.read("later-outcomes-by-quarter", read_outcomes_of_quarters)
    by_quarter = with_recorded(of_quarters, recorded)
    return {
        "recorded_crime_by_year": totals,
        "outcomes_by_year": with_years_of_quarters(with_recorded(of_years, recorded), by_quarter),
        "outcomes_by_quarter": by_quarter,
    }


def later_severity(library: Library) -> pd.DataFrame:
    """Return the Crime Severity Score of the later release."""
    return library.read("crime-severity-later", read_later_crime_severity)


def denominators_of_authorities(library: Library) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return residents and households that are summed from local authorities."""
    lookups = {year_of_lookup(file): file for file in library.files("lookups")}
    for file in lookups.values():
        library.note("lookups", file)

    def of_year(year: int) -> Path:
        if year not in lookups:
            reason = f"the one of {year} is needed beside a file by local authority; give it, too."
            raise DataIntegrityError("lookups", reason)
        return lookups[year]

    people = [
        library.read(
            "authority-population",
            lambda file: read_population_of_authorities(file, of_year(LOOKUP_OF_SERIES)),
        ),
        library.read(
            "authority-population-2024",
            lambda file: read_population_of_one_year(file, of_year(max(lookups, default=2024))),
        ),
    ]
    homes = library.read(
        "census-households", lambda file: read_census_households(file, of_year(LOOKUP_OF_SERIES))
    )
    return pd.concat(people, ignore_index=True), homes
