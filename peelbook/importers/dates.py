"""Dates as publishers write them: financial quarters, years ending, rolling 12 months."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from peelbook.errors import ReleaseFormatError

YEAR_ENDING = re.compile(r"year ending (?P<month>[A-Za-z]+) (?P<year>20\d\d|\d\d)", re.IGNORECASE)
FINANCIAL_YEAR = r"(?P<start>20\d\d)/(?P<end>\d\d)"


def quarter_ends(years: pd.Series, quarters: pd.Series, file: Path) -> pd.Series:
    """Return the last day of each financial quarter: '2017/18' and 1 give 30 June 2017.

    Raises
    ------
    ReleaseFormatError
        If a year is not written like 2017/18 or a quarter is not 1 to 4.
    """
    good = years.str.fullmatch(FINANCIAL_YEAR) & quarters.isin([1, 2, 3, 4])
    if not good.all():
        row = good.index[~good][0]
        raise ReleaseFormatError(
            file.name, None, row, f"'{years[~good].iloc[0]}', quarter {quarters[~good].iloc[0]}"
        )
    start = years.str[:4].astype("int64")
    month = quarters.astype("int64") * 3 + 3
    calendar_year = start + (month > 12)
    first_day = pd.to_datetime(
        {"year": calendar_year, "month": (month - 1) % 12 + 1, "day": 1}
    ).astype("datetime64[ns]")
    return first_day + pd.offsets.MonthEnd(0)


def financial_year_ends(years: pd.Series, file: Path) -> pd.Series:
    """Return 31 March of the later year: '2017/18' gives 31 March 2018."""
    return quarter_ends(years, pd.Series(4, index=years.index), file)


def year_ending(title: str, file: Path, sheet: str) -> pd.Timestamp:
    """Return the end of the period that a sheet's title names.

    A title may compare two periods or span several: the last one counts. Footnote digits may be
    glued to the year ('year ending December 181,2' is December 2018).

    Raises
    ------
    ReleaseFormatError
        If the title names no period.
    """
    found = list(YEAR_ENDING.finditer(title))
    if not found:
        raise ReleaseFormatError(file.name, sheet, 1, f"no 'year ending' in the title '{title}'")
    year = int(found[-1]["year"])
    first_day = pd.to_datetime(
        f"1 {found[-1]['month'].title()} {year if year > 99 else 2000 + year}", format="%d %B %Y"
    )
    return (first_day + pd.offsets.MonthEnd(0)).as_unit("ns")
