"""Police officers of each force on 31 March."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from peelbook.importers.areas import force_slugs
from peelbook.importers.checks import (
    decimal_numbers,
    has_every_force,
    matches_schema,
    read_text_table,
    whole_numbers,
)
from peelbook.importers.completeness import DAYS_OF_A_YEAR, periods_in_a_row
from peelbook.importers.spreadsheets import WORKBOOKS, first_rows, form_of, plain
from peelbook.importers.tolerances import near_the_year_before
from peelbook.importers.workforce import is_workforce, read_workforce, title_of
from peelbook.tables.schemas import TABLES

SERIES = {"year", "forcename", "officers"}
"""Headings of the series by year and force, as they are compared."""


def read_officers(path: Path) -> pd.DataFrame:
    """Read police officers (full-time equivalent) on 31 March by force.

    The file is the series by year and force, or a workbook of the tables of police workforce.

    Returns
    -------
    DataFrame
        force, date, officers (full-time equivalent, two decimals).

    Raises
    ------
    ReleaseFormatError
        If a column, a force or a number is missing or wrong.
    """
    path = Path(path)
    raw = _raw(path)
    tidy = pd.DataFrame(
        {
            "force": force_slugs(raw["published_name"], path),
            "date": raw["date"].astype("datetime64[ns]"),
            "officers": decimal_numbers(raw["officers"], path).round(2),
        }
    )
    said = "{:,.2f} officers after {:,.2f} the year before"
    near_the_year_before(tidy, "officers", "date", "officers of two years", said, path)
    periods_in_a_row(tidy, "date", DAYS_OF_A_YEAR, path)
    return tidy.pipe(has_every_force, ["date"], path).pipe(
        matches_schema, TABLES["officers"].schema, path
    )


def _raw(path: Path) -> pd.DataFrame:
    """Return published names, dates and officers (text): of a series, or of tables of workforce."""
    if form_of(path) in WORKBOOKS:
        heads = [rows for _, rows in first_rows(path)]
        series = any(set(map(plain, row)) >= SERIES for rows in heads for row in rows)
        if not series and any(is_workforce(title_of(rows)) for rows in heads):
            return read_workforce(path)
    raw = read_text_table(
        path, {"year": "year", "force_name": "published_name", "officers": "officers"}
    )
    year = whole_numbers(raw["year"], path)
    return raw.assign(date=pd.to_datetime({"year": year, "month": 3, "day": 31}))
