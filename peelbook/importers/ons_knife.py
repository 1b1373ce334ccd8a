"""The ONS police force area tables: knife crime (Tables P4, P5) and the crime survey (Table P6)."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from peelbook.importers.areas import FOOTNOTES, slug
from peelbook.importers.checks import matches_schema
from peelbook.importers.dates import month_end
from peelbook.importers.ons_areas import area_rows, headings_above, require_the_43
from peelbook.importers.ons_sheets import Sheet, cell_values, open_sheet, vintage
from peelbook.importers.ons_totals import check_totals
from peelbook.tables.schemas import TABLES

KNIFE_BLEMISHES = {
    "experience of anti-social behaviour in London": (
        "The crime survey counts the City of London and the Metropolitan Police area together. "
        "The figure stands for the Metropolitan Police, where nearly all of the people asked "
        "live; the City has none."
    ),
    "rows without Greater Manchester": (
        "The tables of knife crime print England, England and Wales and the North West without "
        "Greater Manchester Police, too; those rows are left out."
    ),
    "British Transport Police in England": (
        "The tables of knife crime count British Transport Police in the total of England in the "
        "workbook for March 2018 and outside it in the later ones; that total is not used."
    ),
}
ALL_SELECTED = "selected-serious-offences"
NUMBER, SHARE = "number", "share"
UNITS = {NUMBER: r"^number of", SHARE: r"^%.*knife"}
PERIOD = re.compile(
    r"to\s+(?P<month>[A-Z][a-z]{2})[a-z]*\s*['\N{RIGHT SINGLE QUOTATION MARK}]?\s*"
    r"(?P<year>20\d\d|\d\d)"
)
ENGLAND = "nation:England"
LONDON = "other:city of london / metropolitan police"
METROPOLITAN = "metropolitan"


def read_knife_crime(path: Path) -> pd.DataFrame:
    """Read offences that involved a knife: Table P4 by offence, Table P5 by 12 months.

    Returns
    -------
    DataFrame
        force (43 and British Transport Police), period_end, offence (selected-serious-offences or
        one of them), offences (count), share (percent of such offences, four decimals; missing
        where they are fewer than 50), vintage.

    Raises
    ------
    ReleaseFormatError
        If a sheet, a heading or a force is missing, a cell is empty or holds unknown text, a
        printed total is not the sum of its forces, or the two tables differ for one period.
    """
    by_offence, by_period = open_sheet(path, "Table P4"), open_sheet(path, "Table P5")
    offences = _cells(by_offence).assign(period_end=by_offence.period_end)
    names = slug(offences["group"].str.replace(r"\d+$", "", regex=True)).replace(
        "total-of-selected-serious-offences", ALL_SELECTED
    )
    offences = offences.assign(offence=names)
    periods = _cells(by_period).assign(offence=ALL_SELECTED)
    periods = periods.assign(period_end=periods["group"].map(lambda text: _period(text, by_period)))
    _same_in_both(by_period, offences, periods)
    key = ["force", "period_end", "offence"]
    return (
        pd.concat([offences, periods])
        .drop_duplicates(key)
        .assign(vintage=vintage(path))
        .astype({"offences": "int64"})[[*key, "offences", "share", "vintage"]]
        .pipe(matches_schema, TABLES["knife_crime"].schema, path)
    )


def _period(text: str, sheet: Sheet) -> pd.Timestamp:
    found = PERIOD.search(text)
    day = month_end(found["month"], found["year"]) if found else None
    if day is None:
        raise sheet.error(None, f"'{text}' is not a period")
    return day


def _cells(sheet: Sheet) -> pd.DataFrame:
    """Return force, group (heading over the columns), offences and share of each force."""
    areas = require_the_43(sheet, area_rows(sheet))
    groups, units = _two_headings(sheet, areas, "knife")
    told = {}
    for name, words in UNITS.items():
        columns = units.index[units.str.lower().str.match(words)]
        cells = cell_values(sheet, areas, list(columns))
        told[name] = cells.assign(group=cells["column"].map(groups))
    counts = told[NUMBER].assign(offence=told[NUMBER]["group"])
    check_totals(sheet, counts[counts["area"].ne(ENGLAND)], rounded_to=1)
    key = ["area", "group"]
    both = told[NUMBER].merge(told[SHARE], on=key, suffixes=("", "_share"), validate="one_to_one")
    is_force = ~both["area"].str.contains(":") & both["area"].ne("england-and-wales")
    return (
        both.loc[is_force]
        .rename(columns={"area": "force", "value": "offences", "value_share": "share"})[
            ["force", "group", "offences", "share"]
        ]
        .round({"share": 4})
    )


def _two_headings(sheet: Sheet, areas: pd.DataFrame, words: str) -> tuple[pd.Series, pd.Series]:
    """Return by column the heading that spans several columns, and the unit under it."""
    above = headings_above(sheet, areas).map(lambda cell: re.sub(FOOTNOTES, "", cell).strip())
    has_units = above.map(lambda cell: words in cell.lower()).sum(axis=1)
    if above.empty or has_units.max() < 2:
        raise sheet.error(areas.index[0] - 1, f"no line of headings with '{words}'")
    line = has_units.idxmax()
    spans = above.loc[: line - 1]
    spans = spans[spans.ne("").any(axis=1)]
    if spans.empty:
        raise sheet.error(line, "no headings over the units")
    span = headings_above(sheet, areas).loc[spans.index[-1]]
    return span.where(span.ne("")).ffill().fillna(""), above.loc[line]


def _same_in_both(sheet: Sheet, offences: pd.DataFrame, periods: pd.DataFrame) -> None:
    key = ["force", "period_end", "offence"]
    both = offences.merge(periods, on=key, suffixes=("", "_of_periods"))
    wrong = both[both["offences"] != both["offences_of_periods"]]
    if len(wrong) or both.empty:
        what = wrong["force"].iloc[0] if len(wrong) else "the period"
        raise sheet.error(None, f"{what}: not the total that Table P4 prints")


def read_experience_of_asb(path: Path) -> pd.DataFrame:
    """Read Table P6: adults who experienced or saw anti-social behaviour, from the crime survey.

    Returns
    -------
    DataFrame
        force (42, without the City of London, and england-and-wales), period_end, behaviour,
        share (percent, four decimals), adults_asked (the unweighted base), vintage.

    Raises
    ------
    ReleaseFormatError
        If a heading or a force is missing, or a cell is empty or holds unknown text.
    """
    sheet = open_sheet(path, "Table P6")
    areas = area_rows(sheet).replace({"area": {LONDON: METROPOLITAN}})
    groups, units = _two_headings(sheet, areas, "percentage")
    shares = units.index[units.str.lower().str.startswith("percentage")]
    base = groups.index[headings_above(sheet, areas).apply(" ".join).str.contains("base")]
    if len(base) != 1:
        raise sheet.error(areas.index[0] - 1, "no heading of the number of adults asked")
    cells = cell_values(sheet, areas, list(shares))
    asked = cell_values(sheet, areas, list(base)).set_index("area")["value"]
    kept = cells[~cells["area"].str.contains(":")]
    return kept.assign(
        force=kept["area"],
        period_end=sheet.period_end,
        behaviour=slug(kept["column"].map(groups)),
        share=kept["value"].round(4),
        adults_asked=kept["area"].map(asked).astype("int64"),
        vintage=vintage(path),
    )[["force", "period_end", "behaviour", "share", "adults_asked", "vintage"]].pipe(
        matches_schema, TABLES["asb_experience"].schema, path
    )
