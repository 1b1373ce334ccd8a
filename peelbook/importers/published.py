"""Numbers transcribed from the 2016 report, to be reproduced or quoted."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from peelbook.errors import ReleaseFormatError
from peelbook.importers.areas import ENGLAND_AND_WALES, the_43_forces
from peelbook.importers.checks import (
    decimal_numbers,
    matches_schema,
    read_text_table,
    whole_numbers,
)
from peelbook.importers.published_labels import LABELS
from peelbook.tables.schemas import TABLES

DAY = r"(\d{4}-\d\d-\d\d)"
TWELVE_MONTHS = re.compile(rf"^12m to {DAY}$")
COMPARED = re.compile(rf"^12m to {DAY} v 12m to {DAY}$")
RANGE = re.compile(rf"^{DAY} to {DAY}$")
MONTHS = re.compile(r"^(\d{4}-\d\d) to (\d{4}-\d\d)$")
SINGLE_DAY = re.compile(rf"^{DAY}$")
LOOSE_PERIODS = {
    "preceding 12m": ("2014-07-01", "2015-06-30", "2014-06-30"),
    "2016 fieldwork": ("2016-01-01", "2016-12-31", None),
    "since June 2015": ("2015-06-01", None, None),
    "2015": ("2015-01-01", "2015-12-31", None),
}
COUNT_UNITS = (
    "count",
    "forces of 43",
    "files",
    "calls",
    "people",
    "staff",
    "orders",
    "cases",
    "GBP million",
)


def read_published_figures(path: Path) -> pd.DataFrame:
    """Read the numbers transcribed from the report.

    Returns
    -------
    DataFrame
        The columns of the table `published_figures`: place, label, indicator, area, period,
        measure (value, change or count), value, unit, decimals, source, note.

    Raises
    ------
    ReleaseFormatError
        If a label, an area or a period is not known, or a value is not a number.
    """
    path = Path(path)
    names = ["ref", "indicator", "area", "period", "value", "unit", "decimals", "source", "note"]
    raw = read_text_table(path, {name: name for name in names})
    _known(raw["indicator"], set(LABELS), "label", path)
    _known(raw["area"], {*the_43_forces(), ENGLAND_AND_WALES}, "area", path)
    periods = raw["period"].map(lambda period: parse_period(period) or ())
    _known(raw["period"], set(raw["period"][periods.map(len).eq(3)]), "period", path)
    tidy = raw.assign(
        place=raw["ref"].map(_place),
        label=raw["indicator"].map(lambda label: LABELS[label][1]),
        indicator=raw["indicator"].map(lambda label: LABELS[label][0]),
        period_start=_days(periods, 0),
        period_end=_days(periods, 1),
        base_period_end=_days(periods, 2),
        measure=_measure(raw),
        value=decimal_numbers(raw["value"], path),
        decimals=whole_numbers(raw["decimals"], path),
        note=raw["note"].mask(raw["note"].eq("")),
    )
    table = TABLES["published_figures"]
    return tidy[list(table.columns)].pipe(matches_schema, table.schema, path)


def parse_period(period: str) -> tuple[str | None, str | None, str | None] | None:
    """Return the first day, the last day and the last day of the base period, as ISO dates.

    The later 12 months of a comparison are the period; the earlier ones are the base. None if
    the text is not a known way to write a period.
    """
    if period in LOOSE_PERIODS:
        return LOOSE_PERIODS[period]
    if found := TWELVE_MONTHS.match(period):
        return _first_day(found[1]), found[1], None
    if found := COMPARED.match(period):
        return _first_day(found[2]), found[2], found[1]
    if found := RANGE.match(period):
        return found[1], found[2], None
    if found := MONTHS.match(period):
        last = pd.Timestamp(f"{found[2]}-01") + pd.offsets.MonthEnd(0)
        return f"{found[1]}-01", f"{last:%Y-%m-%d}", None
    if found := SINGLE_DAY.match(period):
        return found[1], found[1], None
    return None


def _first_day(period_end: str) -> str:
    start = pd.Timestamp(period_end) - pd.DateOffset(years=1) + pd.Timedelta(days=1)
    return f"{start:%Y-%m-%d}"


def _days(periods: pd.Series, position: int) -> pd.Series:
    return pd.to_datetime(periods.map(lambda period: period[position])).astype("datetime64[ns]")


def _place(ref: str) -> str:
    if ref.startswith("figure-"):
        return f"Figure {ref.removeprefix('figure-')}"
    if ref.startswith("annex-"):
        return f"Annex {ref.removeprefix('annex-').upper()}"
    return f"Core question {ref.removeprefix('q')}, text"


def _measure(raw: pd.DataFrame) -> pd.Series:
    changed = raw["indicator"].str.contains("change")
    counted = raw["unit"].isin(COUNT_UNITS)
    return (
        pd.Series("value", index=raw.index, dtype="str")
        .mask(counted, "count")
        .mask(changed, "change")
    )


def _known(texts: pd.Series, allowed: set[str], what: str, path: Path) -> None:
    unknown = texts.loc[~texts.isin(allowed)]
    if len(unknown):
        raise ReleaseFormatError(
            path.name, None, unknown.index[0], f"unknown {what} '{unknown.iloc[0]}'"
        )
