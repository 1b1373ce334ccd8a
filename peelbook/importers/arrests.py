"""Arrests of each force in a financial year."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from peelbook.errors import ReleaseFormatError
from peelbook.importers.areas import (
    force_slugs,
)
from peelbook.importers.checks import (
    has_every_force,
    matches_schema,
    no_totals,
    read_text_table,
    whole_numbers,
)
from peelbook.importers.completeness import (
    DAYS_OF_A_YEAR,
    has_rows_of_neighbours,
    periods_in_a_row,
)
from peelbook.importers.dates import financial_year_ends
from peelbook.tables.schemas import TABLES

ARREST_BLEMISHES = {
    "arrests missing for Lancashire 2017/18": (
        "Lancashire Constabulary supplied no arrests for 2017/18: the file prints NA in all its "
        "rows, and the year is left missing."
    ),
}
MISSING = "NA"


def read_arrests(path: Path) -> pd.DataFrame:
    """Read arrests in the financial year by force, all offences together.

    Returns
    -------
    DataFrame
        force, period_end, arrests (missing where the force supplied none).

    Raises
    ------
    ReleaseFormatError
        If a column, a force or a number is missing or wrong, a row appears twice, or is a total.
    """
    path = Path(path)
    parts = ["offence_group", "ethnic_group", "age_group", "sex"]
    columns = {"financial_year": "year", "force_name": "published_name", "arrests": "arrests"}
    raw = read_text_table(path, columns | {part: part for part in parts})
    raw = no_totals(raw, parts, path)
    repeated = raw.duplicated(["year", "published_name", *parts])
    if repeated.any():
        raise ReleaseFormatError(path.name, None, raw.index[repeated][0], "the same row twice")
    absent = raw["arrests"].eq(MISSING)
    counts = whole_numbers(raw["arrests"].mask(absent, "0"), path)
    tidy = pd.DataFrame(
        {
            "force": force_slugs(raw["published_name"], path),
            "period_end": financial_year_ends(raw["year"], path),
            "arrests": counts.astype("float64").mask(absent),
        }
    )
    if (counts < 0).any():
        raise ReleaseFormatError(path.name, None, counts.index[counts < 0][0], "arrests below zero")
    told = tidy.assign(**{part: raw[part] for part in parts})
    has_rows_of_neighbours(told, ["period_end", parts[0]], parts[1:], path)
    _as_many_groups(told, parts[0], path)
    periods_in_a_row(tidy, "period_end", DAYS_OF_A_YEAR, path)
    return (
        tidy.pipe(has_every_force, ["period_end"], path)
        .groupby(["force", "period_end"], as_index=False)["arrests"]
        .agg(lambda values: values.sum(min_count=len(values)))
        .pipe(matches_schema, TABLES["arrests"].schema, path)
    )


def _as_many_groups(told: pd.DataFrame, group: str, path: Path) -> None:
    """Refuse a force with fewer offence groups than most: their names may differ in a year."""
    groups = told.groupby(["period_end", "force"])[group].nunique()
    fewer = groups < groups.groupby("period_end").transform("median")
    if fewer.any():
        day, force = fewer.index[fewer][0]
        raise ReleaseFormatError(
            path.name, None, None, f"{force} lacks an offence group in the year to {day:%d %B %Y}"
        )
