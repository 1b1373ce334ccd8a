"""Police officers of each force on 31 March."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from peelbook.errors import ReleaseFormatError
from peelbook.importers.areas import (
    force_slugs,
)
from peelbook.importers.checks import (
    decimal_numbers,
    has_every_force,
    matches_schema,
    read_text_table,
    whole_numbers,
)
from peelbook.importers.completeness import (
    DAYS_OF_A_YEAR,
    periods_in_a_row,
)
from peelbook.importers.tolerances import TOLERANCES
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
    _plausible_officers(tidy, path)
    periods_in_a_row(tidy, "date", DAYS_OF_A_YEAR, path)
    return tidy.pipe(has_every_force, ["date"], path).pipe(
        matches_schema, TABLES["officers"].schema, path
    )


def _plausible_officers(tidy: pd.DataFrame, path: Path) -> None:
    ordered = tidy.sort_values(["force", "date"], kind="stable")
    before = ordered.groupby("force")["officers"].shift(1)
    wrong = TOLERANCES["officers of two years"].exceeded(ordered["officers"], before)
    if wrong.any():
        row = wrong.index[wrong].min()
        raise ReleaseFormatError(
            path.name,
            None,
            row,
            f"{ordered['force'][row]}: {ordered['officers'][row]:,.2f} officers after "
            f"{before[row]:,.2f} the year before",
        )
