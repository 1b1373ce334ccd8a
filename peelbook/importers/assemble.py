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
from peelbook.importers.findings import (
    edited,
    read_findings_list,
    registers,
    with_additions,
)
from peelbook.importers.held import newest_vintage
from peelbook.importers.judgments import read_judgments_and_added
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
from peelbook.importers.vintages import earlier_vintages, newest_wins
from peelbook.tables.schemas import TABLES

ANTI_SOCIAL_BEHAVIOUR = "anti-social-behaviour"
WORKBOOK_VINTAGE = "^ONS PFA tables"
SHEET_OF = {
    "asb_incidents": "Table P7",
    "asb_experience": "Table P6",
    "knife_crime": "Table P4",
}
"""Tables of sheets that not every workbook has."""
Folders = Path | str | Sequence[Path]
"""One or several folders of the publishers' files."""


def release_files(source: Folders | Library, release: str) -> list[Path]:
    """Return the files of a release in the source folders, in order of name.

    Raises
    ------
    DataIntegrityError
        If there is none.
    """
    return as_library(source).files(release)


def as_library(source: Folders | Library) -> Library:
    """Return the library of some folders, or the one given."""
    return source if isinstance(source, Library) else Library(source)


def workbooks(source: Folders | Library) -> list[Path]:
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


def assemble_tables(source: Folders | Library) -> dict[str, pd.DataFrame]:
    """Return every table that is built from releases, by name.

    A library may hold tables that its files are laid over (see `held`).

    Raises
    ------
    ReleaseFormatError
        If a file does not look as its format promises.
    DataIntegrityError
        If a release is missing from the source folders.
    """
    library = as_library(source)
    readers: dict[str, tuple[str, Callable[[Path], pd.DataFrame]]] = {
        "recorded_crime": ("rolling-crime", read_rolling_crime),
        "recorded_crime_quarterly": ("quarterly-crime", read_quarterly_crime),
        "outcomes": ("outcomes", read_outcomes),
        "outcomes_transcribed": ("outcomes-transcribed", read_transcribed_outcomes),
        "judgments": ("judgments", read_judgments_and_added),
        "officers": ("officers", read_officers),
        "arrests": ("arrests", read_arrests),
        "crime_severity": ("crime-severity", read_crime_severity),
    }
    tables = {table: library.read(release, reader) for table, (release, reader) in readers.items()}
    # the series by year and the workbooks of single years give some days twice
    tables["officers"] = tables["officers"].drop_duplicates(["force", "date"], keep="last")
    books = {book: read_crime_tables(book) for book in workbooks(library)}
    for book, cells in books.items():
        library.note("force-area-tables", book, cells, first_sheet(book).title)
    tables |= (
        {"outcome_types": _outcome_types(library)}
        | recorded_crime_with_newer(tables["recorded_crime"], books, library)
        | later_tables(library, tables["recorded_crime_quarterly"])
        | _published(library)
    )
    tables |= _of_several_vintages(tables["crime_severity"], books, library)
    tables["ons_printed"] = _printed_by(books, library)
    for release in ("force-names", "boundaries"):
        for file in library.files(release):
            library.note(release, file)
    check_agreement(tables)
    return tables | {"releases": library.notes()}


def recorded_crime_with_newer(
    rolling: pd.DataFrame, books: dict[Path, pd.DataFrame], library: Library
) -> dict[str, pd.DataFrame]:
    """Add to the rolling 12-month file the periods of workbooks that came out after it.

    Parameters
    ----------
    rolling
        the table `recorded_crime` as the file gives it.
    books
        the cells of Tables P1 to P3 of each workbook, oldest first.
    library
        holds what earlier workbooks gave.

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
    held = [
        rows[rows["period_end"] > rolling["period_end"].max()]
        for rows in library.kept("recorded_crime", WORKBOOK_VINTAGE)
    ]
    held_before = library.kept("recorded_crime_year_before")
    return {
        "recorded_crime": newest_vintage([rolling, *held, *counts], key),
        "recorded_crime_year_before": newest_vintage(
            [rolling.iloc[:0], *held_before, *before], key
        ),
    }


def assemble_boundaries(source: Folders | Library) -> dict[str, Any]:
    """Return the simplified boundaries as GeoJSON."""
    return simplified_geojson(read_boundaries(release_files(source, "boundaries")[-1]))


def assemble_registers(
    source: Folders | Library, edits: dict[str, pd.DataFrame]
) -> dict[str, pd.DataFrame]:
    """Return every register that is made from the list of findings, by name.

    `edits` are what an editor made of it, as :func:`read_edits` gives them.

    Raises
    ------
    DataIntegrityError
        If the list is not in a source folder.
    """
    rows = [read_findings_list(file) for file in release_files(source, "findings")]
    told = with_additions(pd.concat(rows, ignore_index=True), edits["register_additions"])
    return registers(edited(told, edits["register_changes"]), edits["register_summaries"])


def _outcome_types(library: Library) -> pd.DataFrame:
    frames = [read_outcome_types(file) for file in library.files("outcomes")]
    return newest_wins([*library.kept("outcome_types"), *frames], ["outcome_type"])


def _published(library: Library) -> dict[str, pd.DataFrame]:
    try:
        return {"published_figures": library.read("report", read_published_figures)}
    except DataIntegrityError:
        return {}


def _of_several_vintages(
    severity: pd.DataFrame, books: dict[Path, pd.DataFrame], library: Library
) -> dict[str, pd.DataFrame]:
    """Return the tables of which several releases have the same periods, and what they replaced."""
    read = _of_workbooks(books, library)
    later = later_severity(library)
    check_scores(severity, later)
    read["crime_severity"] = [severity, later]
    tables = {name: newest_vintage(frames, list(TABLES[name].key)) for name, frames in read.items()}
    people, homes = denominators_of_authorities(library)
    check_populations(people, tables["population"])
    # the force area tables count where they have a year
    for name, rows in {"population": people, "households": homes}.items():
        tables[name] = newest_wins([rows, tables[name]], TABLES[name].key)
        read[name].append(rows)
    return tables | {"earlier_vintages": earlier_vintages(read, tables, library.kept)}


def _of_workbooks(
    books: dict[Path, pd.DataFrame], library: Library
) -> dict[str, list[pd.DataFrame]]:
    """Return the tables that each workbook has rows of: those held, and those of each workbook."""
    readers = {
        "population": read_population,
        "households": read_households,
        "asb_incidents": _incident_counts,
        "knife_crime": read_knife_crime,
        "asb_experience": read_experience_of_asb,
    }
    return {
        table: [
            *library.kept(table, WORKBOOK_VINTAGE),
            *(reader(book) for book in books if _has_sheets(book, table)),
        ]
        for table, reader in readers.items()
    }


def _printed_by(books: dict[Path, pd.DataFrame], library: Library) -> pd.DataFrame:
    new = [
        _printed(rows, book)
        for book, crime in books.items()
        for rows in (
            crime,
            read_anti_social_behaviour(book) if _has_sheets(book, "asb_incidents") else None,
        )
        if rows is not None
    ]
    read = {label for rows in new for label in rows["workbook"].unique()}
    held = [rows[~rows["workbook"].isin(read)] for rows in library.kept("ons_printed")]
    return pd.concat([*held, *new], ignore_index=True)


def _has_sheets(book: Path, table: str) -> bool:
    return table not in SHEET_OF or has_sheet(book, SHEET_OF[table])


def _incident_counts(book: Path) -> pd.DataFrame:
    return (
        forces_and_transport_police(read_anti_social_behaviour(book))
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
