"""Dates as publishers write them: financial quarters, years ending, rolling 12 months."""

from __future__ import annotations

import re
from calendar import month_name
from pathlib import Path

import pandas as pd

from peelbook.errors import ReleaseFormatError

YEAR_ENDING = re.compile(
    r"years?\s+ending\s+(?:\d\d?\s+)?(?P<month>[A-Za-z]+)\s+(?P<year>20\d\d|\d\d)", re.IGNORECASE
)
FINANCIAL_YEAR = r"(?P<start>20\d\d)[/-](?:20)?(?P<end>\d\d)"
QUARTER = r"(?:q|quarter )?(?P<number>[1-4])(?:\.0)?"


def quarter_ends(years: pd.Series, quarters: pd.Series, file: Path) -> pd.Series:
    """Return the last day of each financial quarter: '2017/18' and 1 give 30 June 2017.

    Years may be written 2017/18, 2017-18 or 2017/2018, quarters 1, Q1 or Quarter 1.

    Raises
    ------
    ReleaseFormatError
        If a year is not one financial year or a quarter is not 1 to 4.
    """
    # a file of a million rows has but a few quarters
    rows = pd.DataFrame({"year": years, "quarter": quarters})
    each = rows.drop_duplicates()
    places = rows.groupby(["year", "quarter"], sort=False, dropna=False).ngroup()
    ends = _ends_of_quarters(each["year"], each["quarter"], file)
    return ends.iloc[places].set_axis(rows.index)


def _ends_of_quarters(years: pd.Series, quarters: pd.Series, file: Path) -> pd.Series:
    year = years.astype("str").str.strip().str.extract(f"^{FINANCIAL_YEAR}$")
    number = quarters.astype("str").str.strip().str.lower().str.extract(f"^{QUARTER}$")["number"]
    start, end = (pd.to_numeric(year[part]) for part in ("start", "end"))
    good = ((start + 1) % 100 == end) & number.notna()
    if not good.all():
        row = good.index[~good][0]
        raise ReleaseFormatError(
            file.name,
            None,
            row,
            f"'{years[~good].iloc[0]}', quarter '{quarters[~good].iloc[0]}' is not a quarter of a "
            "financial year",
        )
    start = start.astype("int64")
    month = number.astype("int64") * 3 + 3
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

    A title may compare two periods, in either order, or span several: the latest one counts.
    Footnote digits may be glued to the year ('year ending December 181,2' is December 2018).

    Raises
    ------
    ReleaseFormatError
        If the title names no period, or a month that there is not.
    """
    found = list(YEAR_ENDING.finditer(title))
    if not found:
        raise ReleaseFormatError(file.name, sheet, 1, f"no 'year ending' in the title '{title}'")
    days = [month_end(match["month"], match["year"]) for match in found]
    if None in days:
        raise ReleaseFormatError(file.name, sheet, 1, f"no such month in the title '{title}'")
    return max(days)


def month_end(month: str, year: str) -> pd.Timestamp | None:
    """Return the last day of a month named in words ('Mar', '18' or '2018'), None if unknown."""
    numbers = {name.lower()[:3]: number for number, name in enumerate(month_name) if name}
    number = numbers.get(month.lower()[:3])
    if number is None:
        return None
    first_day = pd.Timestamp(int(year) if len(year) == 4 else 2000 + int(year), number, 1)
    return (first_day + pd.offsets.MonthEnd(0)).as_unit("ns")
