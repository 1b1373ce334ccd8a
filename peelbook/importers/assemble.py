"""From a folder of releases to the tables of `data/`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from peelbook.errors import DataIntegrityError, ReleaseFormatError
from peelbook.importers.agreement import check_agreement, check_populations, check_scores
from peelbook.importers.arrests import read_arrests
from peelbook.importers.assemble_later import (
    denominators_of_authorities,
    later_severity,
    later_tables,
)
from peelbook.importers.boundaries import read_boundaries, simplified_geojson
from peelbook.importers.crime_severity import read_crime_severity
from peelbook.importers.findings import edited, read_findings_list, registers
from peelbook.importers.judgments import read_judgments
from peelbook.importers.officers import read_officers
from peelbook.importers.ons_counts import counts_of_workbook, counts_of_year_before
from peelbook.importers.ons_knife import read_experience_of_asb, read_knife_crime
from peelbook.importers.ons_sheets import first_sheet, has_sheet
from peelbook.importers.ons_tables import (
    forces_and_transport_police,
    read_anti_social_behaviour,
    read_crime_tables,
    read_households,
    read_population,
    vintage,
    workbook_label,
    workbook_period,
)
from peelbook.importers.outcomes import (
    read_outcome_types,
    read_outcomes,
    read_transcribed_outcomes,
)
from peelbook.importers.provenance import Library
from peelbook.importers.published import read_published_figures
from peelbook.importers.recorded_crime import read_quarterly_crime, read_rolling_crime
from peelbook.tables.schemas import TABLES

ANTI_SOCIAL_BEHAVIOUR = "anti-social-behaviour"
Folders = Path | str | Sequence[Path]
"""One or several folders of the publishers' files."""


def release_files(source: Folders, release: str) -> list[Path]:
    """Return the files of a release in the source folders, in order of name.

    Raises
    ------
    DataIntegrityError
        If there is none.
    """
    return Library(source).files(release)


def workbooks(source: Folders) -> list[Path]:
    """Return the workbooks of ONS police force area tables, oldest first.

    Raises
    ------
    ReleaseFormatError
        If two are about the same period: which of them counts is not for a program to say.
    """
    books = sorted(release_files(source, "force-area-tables"), key=workbook_period)
    for earlier, later in pairwise(books):
        if workbook_period(earlier) == workbook_period(later):
            raise ReleaseFormatError(
                later.name, None, None, f"the same {workbook_label(later)} as {earlier.name}"
            )
    return books


def newest_wins(frames: list[pd.DataFrame], key: list[str]) -> pd.DataFrame:
    """Return one row for each key; where frames (oldest first) overlap, the newest counts."""
    return pd.concat(frames, ignore_index=True).drop_duplicates(key, keep="last")


def assemble_tables(source: Folders) -> dict[str, pd.DataFrame]:
    """Return every table that is built from releases, by name.

    Raises
    ------
    ReleaseFormatError
        If a file does not look as its format promises.
    DataIntegrityError
        If a release is missing from the source folders.
    """
    library = Library(source)
    readers: dict[str, tuple[str, Callable[[Path], pd.DataFrame]]] = {
        "recorded_crime": ("rolling-crime", read_rolling_crime),
        "recorded_crime_quarterly": ("quarterly-crime", read_quarterly_crime),
        "outcomes": ("outcomes", read_outcomes),
        "outcomes_transcribed": ("outcomes-transcribed", read_transcribed_outcomes),
        "judgments": ("judgments", read_judgments),
        "officers": ("officers", read_officers),
        "arrests": ("arrests", read_arrests),
        "crime_severity": ("crime-severity", read_crime_severity),
    }
    tables = {table: library.read(release, reader) for table, (release, reader) in readers.items()}
    books = {book: read_crime_tables(book) for book in workbooks(source)}
    for book, cells in books.items():
        library.note("force-area-tables", book, cells, first_sheet(book).title)
    tables |= (
        {"outcome_types": _outcome_types(source)}
        | recorded_crime_with_newer(tables["recorded_crime"], books)
        | _from_workbooks(books)
        | later_tables(library, tables["recorded_crime_quarterly"])
        | _published(library)
    )
    earlier, later = tables["crime_severity"], later_severity(library)
    check_scores(earlier, later)
    tables["crime_severity"] = newest_wins([earlier, later], ["force", "period_end"])
    # the force area tables count where they have a year
    people, homes = denominators_of_authorities(library)
    check_populations(people, tables["population"])
    tables["population"] = newest_wins([people, tables["population"]], ["force", "mid_year"])
    tables["households"] = newest_wins([homes, tables["households"]], ["force", "mid_year"])
    for release in ("force-names", "boundaries"):
        for file in library.files(release):
            library.note(release, file)
    check_agreement(tables)
    return tables | {"releases": library.notes()}


def recorded_crime_with_newer(
    rolling: pd.DataFrame, books: dict[Path, pd.DataFrame]
) -> dict[str, pd.DataFrame]:
    """Add to the rolling 12-month file the periods of workbooks that came out after it.

    Parameters
    ----------
    rolling
        the table `recorded_crime` as the file gives it.
    books
        the cells of Tables P1 to P3 of each workbook, oldest first.

    Returns
    -------
    The tables `recorded_crime` and `recorded_crime_year_before`. The second holds the counts that
    a newer workbook compares its own with, as forces may have revised them since the file.
    """
    newer = {
        book: cells
        for book, cells in books.items()
        if cells["period_end"].iloc[0] > rolling["period_end"].max()
    }
    offences = set(rolling["offence"])
    counts = [counts_of_workbook(book, cells, offences) for book, cells in newer.items()]
    before = [counts_of_year_before(book, cells, offences) for book, cells in newer.items()]
    key = list(TABLES["recorded_crime"].key)
    return {
        "recorded_crime": newest_wins([rolling, *counts], key),
        "recorded_crime_year_before": newest_wins([rolling.iloc[:0], *before], key),
    }


def assemble_boundaries(source: Folders) -> dict[str, Any]:
    """Return the simplified boundaries as GeoJSON."""
    return simplified_geojson(read_boundaries(release_files(source, "boundaries")[-1]))


def assemble_registers(
    source: Folders, changes: pd.DataFrame, summaries: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Return every register that is made from the list of findings, by name.

    `changes` and `summaries` are the tables `register_changes` and `register_summaries`.

    Raises
    ------
    DataIntegrityError
        If the list is not in a source folder.
    """
    rows = [read_findings_list(file) for file in release_files(source, "findings")]
    return registers(edited(pd.concat(rows, ignore_index=True), changes), summaries)


def _outcome_types(source: Folders) -> pd.DataFrame:
    frames = [read_outcome_types(file) for file in release_files(source, "outcomes")]
    return newest_wins(frames, ["outcome_type"])


def _published(library: Library) -> dict[str, pd.DataFrame]:
    try:
        return {"published_figures": library.read("report", read_published_figures)}
    except DataIntegrityError:
        return {}


def _from_workbooks(books: dict[Path, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    incidents = {book: read_anti_social_behaviour(book) for book in books if _has_incidents(book)}
    return {
        "population": newest_wins([read_population(book) for book in books], ["force", "mid_year"]),
        "households": newest_wins([read_households(book) for book in books], ["force", "mid_year"]),
        "asb_incidents": newest_wins(
            [_incident_counts(rows, book) for book, rows in incidents.items()],
            ["force", "period_end"],
        ),
        "knife_crime": newest_wins(
            [read_knife_crime(book) for book in books], ["force", "period_end", "offence"]
        ),
        "asb_experience": pd.concat(
            [read_experience_of_asb(book) for book in books if has_sheet(book, "Table P6")],
            ignore_index=True,
        ),
        "ons_printed": pd.concat(
            [
                _printed(rows, book)
                for book, crime in books.items()
                for rows in (crime, incidents.get(book))
                if rows is not None
            ],
            ignore_index=True,
        ),
    }


def _has_incidents(book: Path) -> bool:
    return has_sheet(book, "Table P7")


def _incident_counts(rows: pd.DataFrame, book: Path) -> pd.DataFrame:
    return (
        forces_and_transport_police(rows)
        .loc[lambda kept: kept["measure"].eq("incidents")]
        .rename(columns={"value": "incidents"})
        .astype({"incidents": "int64"})
        .assign(vintage=vintage(book))[["force", "period_end", "incidents", "vintage"]]
    )


def _printed(rows: pd.DataFrame, book: Path) -> pd.DataFrame:
    columns = ["workbook", "table", "measure", "force", "offence", "period_end"]
    offence = rows.get("offence", ANTI_SOCIAL_BEHAVIOUR)
    return rows.assign(workbook=workbook_label(book), offence=offence)[
        [*columns, "value", "decimals"]
    ]
