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
from peelbook.importers.tolerances import near_the_year_before
from peelbook.tables.schemas import TABLES


def read_officers(path: Path) -> pd.DataFrame:
    """Read police officers (full-time equivalent) on 31 March by force.

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
    raw = read_text_table(
        path, {"year": "year", "force_name": "published_name", "officers": "officers"}
    )
    year = whole_numbers(raw["year"], path)
    tidy = pd.DataFrame(
        {
            "force": force_slugs(raw["published_name"], path),
            "date": pd.to_datetime({"year": year, "month": 3, "day": 31}).astype("datetime64[ns]"),
            "officers": decimal_numbers(raw["officers"], path).round(2),
        }
    )
    said = "{:,.2f} officers after {:,.2f} the year before"
    near_the_year_before(tidy, "officers", "date", "officers of two years", said, path)
    periods_in_a_row(tidy, "date", DAYS_OF_A_YEAR, path)
    return tidy.pipe(has_every_force, ["date"], path).pipe(
        matches_schema, TABLES["officers"].schema, path
    )
