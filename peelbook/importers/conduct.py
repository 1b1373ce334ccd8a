"""What forces did, beside outcomes: crime recording, stop and search, and figures of the press."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pandas as pd

from peelbook.errors import ReleaseFormatError
from peelbook.importers.areas import force_slugs, the_43_forces
from peelbook.importers.checks import (
    decimal_numbers,
    has_every_force,
    matches_schema,
    pick_columns,
    read_text_table,
    whole_numbers,
)
from peelbook.importers.ons_sheets import first_sheet
from peelbook.tables.schemas import TABLES

CONDUCT_BLEMISHES = {
    "searches that did not happen": (
        "The stop and search file has a row for every combination of power, reason and ethnic "
        "group and prints NA where there was no such search, so NA counts as 0; a force with "
        "nothing but NA under section 1 in a year supplied none, and is left missing."
    ),
    "a force written WM": (
        "The list of inspections of crime recording calls West Midlands Police 'WM'."
    ),
}
SHORT_NAMES = {"WM": "West Midlands"}
NOT_PRINTED = "NA"
MAIN_POWER = "section-1"
POWERS = {
    "Section 1 (PACE)": "section-1",
    "Section 60 (CJPOA)": "section-60",
    "Section 44/47a (TACT)": "section-44-or-47a",
}
SEARCH_PARTS = ("reason_for_search_arrest", "ethnic_group_self_defined", "ethnicity_self_defined")
INTEGRITY_COLUMNS = {
    "Force": "published_name",
    "Overall": "overall",
    "Crimes unrecorded %": "unrecorded",
    "Crimes recorded %": "recorded",
    "Total reports per year not recorded": "crimes",
    "How effective is the force at recording reported crime?": "grade",
    "Report date": "day",
    "Year": "year",
}
TWELVE_MONTHS = re.compile(r"12 months to (\d\d? [A-Z][a-z]+ 20\d\d)")


def read_crime_data_integrity(path: Path) -> pd.DataFrame:
    """Read the list of inspections of crime recording.

    Returns
    -------
    DataFrame
        force, report_date, year, share_recorded (percent), crimes_unrecorded (count a year),
        grade, overall.

    Raises
    ------
    ReleaseFormatError
        If a column or a force is missing or unknown, a cell is no number or date, a grade is
        unknown, or the shares recorded and not recorded are not 100 percent together.
    """
    path = Path(path)
    sheet = first_sheet(path)
    cells = sheet.values.set_axis([str(cell) for cell in sheet.values.loc[1]], axis="columns")
    raw = pick_columns(cells.loc[2:], INTEGRITY_COLUMNS, path)
    # under the list stand, after blank rows, counts of the grades
    blank = raw["published_name"].isna()
    raw = raw.loc[: blank.idxmax() - 1] if blank.any() else raw
    for column in ("unrecorded", "recorded", "crimes", "year"):
        raw[column] = decimal_numbers(raw[column].astype("str"), path, sheet.name)
    wrong = (raw["unrecorded"] + raw["recorded"] - 100).abs() > 0.005
    wrong |= ~raw["day"].map(lambda cell: isinstance(cell, datetime))
    if wrong.any():
        raise sheet.error(raw.index[wrong][0], "shares are not 100 percent together, or no date")
    names = raw["published_name"].astype("str").str.strip().replace(SHORT_NAMES)
    return pd.DataFrame(
        {
            "force": force_slugs(names, path, sheet.name),
            "report_date": pd.to_datetime(raw["day"]).astype("datetime64[ns]"),
            "year": raw["year"].astype("int64"),
            "share_recorded": raw["recorded"],
            "crimes_unrecorded": raw["crimes"].astype("int64"),
            "grade": raw["grade"].astype("str").str.strip().str.lower(),
            "overall": raw["overall"].astype("str").str.strip().str.lower(),
        }
    ).pipe(matches_schema, TABLES["crime_data_integrity"].schema, path, sheet.name)


def read_stop_and_search(path: Path) -> pd.DataFrame:
    """Read searches and the arrests that followed, by force, year and power.

    Returns
    -------
    DataFrame
        force, period_end, power (section-1, section-60, section-44-or-47a), searches and
        arrests (count; missing where the force supplied none).

    Raises
    ------
    ReleaseFormatError
        If a column, a force, a power or a number is missing or wrong, or a row appears twice.
    """
    path = Path(path)
    counts = {"searches": "searches", "resultant_arrests": "arrests"}
    columns = {"year_ending": "period_end", "force_name": "published_name", "legislation": "power"}
    raw = read_text_table(path, columns | {part: part for part in SEARCH_PARTS} | counts)
    repeated = raw.duplicated(["period_end", "published_name", "power", *SEARCH_PARTS])
    unknown = ~raw["power"].isin(POWERS)
    days = pd.to_datetime(raw["period_end"], format="%Y-%m-%d", errors="coerce")
    problems = {"the same row twice": repeated, "unknown power": unknown, "no date": days.isna()}
    for reason, wrong in problems.items():
        if wrong.any():
            raise ReleaseFormatError(path.name, None, raw.index[wrong][0], reason)
    key = ["force", "period_end", "power"]
    tidy = raw.assign(
        force=force_slugs(raw["published_name"], path),
        period_end=days.astype("datetime64[ns]"),
        power=raw["power"].map(POWERS),
    )
    for name in counts.values():
        absent = tidy[name].eq(NOT_PRINTED)
        numbers = whole_numbers(tidy[name].mask(absent, "0"), path)
        tidy[name] = numbers.astype("float64").mask(absent)
    summed = tidy.groupby(key)[list(counts.values())].sum(min_count=1)
    main = summed.xs(MAIN_POWER, level="power")["searches"]
    supplied = summed.index.droplevel("power").isin(main.index[main.notna()])
    filled = summed.where(
        ~pd.DataFrame(dict.fromkeys(summed, supplied), summed.index), summed.fillna(0)
    )
    return (
        filled.reset_index()
        .pipe(has_every_force, ["period_end"], path)
        .pipe(matches_schema, TABLES["stop_and_search"].schema, path)
    )


def read_published_elsewhere(path: Path) -> pd.DataFrame:
    """Read figures that pages or papers printed about forces other than the report's.

    Returns
    -------
    DataFrame
        force, measure, period (as the source has it), period_start and period_end (missing where
        the source gives no dates), value, unit, source_url, note.

    Raises
    ------
    ReleaseFormatError
        If a force is unknown, a value is not a number, or there is no source.
    """
    path = Path(path)
    names = ("force", "period", "value", "unit", "source_url", "note")
    raw = read_text_table(path, {"indicator": "measure"} | {name: name for name in names})
    problems = {
        "unknown force": ~raw["force"].isin(the_43_forces()),
        "no address of a source": ~raw["source_url"].str.match("https?://"),
    }
    for reason, wrong in problems.items():
        if wrong.any():
            raise ReleaseFormatError(path.name, None, raw.index[wrong][0], reason)
    last_day = raw["period"].str.extract(TWELVE_MONTHS)[0]
    ends = pd.to_datetime(last_day, format="%d %B %Y").astype("datetime64[ns]")
    return raw.assign(
        period_start=ends - pd.offsets.MonthEnd(12) + pd.Timedelta(days=1),
        period_end=ends,
        value=decimal_numbers(raw["value"], path),
        note=raw["note"].mask(raw["note"].eq("")),
    )[list(TABLES["published_elsewhere"].columns)].pipe(
        matches_schema, TABLES["published_elsewhere"].schema, path
    )
