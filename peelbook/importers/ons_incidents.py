"""The ONS police force area tables: anti-social behaviour (Table P7)."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from peelbook.importers.areas import ENGLAND_AND_WALES
from peelbook.importers.ons_areas import (
    EXCLUDING_BTP,
    area_rows,
    headings_above,
    in_order,
    require_the_43,
)
from peelbook.importers.ons_sheets import Sheet, cell_values, open_sheet
from peelbook.importers.ons_totals import check_totals

MARCH_HEADING = re.compile(
    r"Mar(?:ch)?,? ?(?:(20\d\d)|['\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}"
    r"] ?(\d\d))"
)
MEASURES = {
    "incidents": r"number of incidents",
    "incident-rate": r"per 1,000 (?:population|people)",
}


def read_anti_social_behaviour(path: Path) -> pd.DataFrame:
    """Read Table P7: anti-social behaviour incidents and rates, years ending in March.

    Returns
    -------
    DataFrame
        table, measure (incidents, incident-rate), force (43 forces, British Transport Police,
        england-and-wales including it, england-and-wales-excluding-btp), period_end, value,
        decimals.

    Raises
    ------
    ReleaseFormatError
        If a heading or a force is missing or a printed total is not the sum of its forces.
    """
    sheet = open_sheet(path, "Table P7")
    areas = require_the_43(sheet, area_rows(sheet))
    headings = _incident_headings(sheet, areas)
    cells = cell_values(sheet, areas, list(headings.index)).merge(
        headings, left_on="column", right_index=True, validate="many_to_one"
    )
    counts = cells.loc[cells["measure"].eq("incidents")]
    check_totals(sheet, counts.assign(offence=counts["period_end"]), rounded_to=1)
    kept = cells["value"].notna() & ~cells["area"].str.contains(":")
    return (
        cells.loc[kept].rename(columns={"area": "force"}).assign(table="P7").drop(columns="column")
    )


def _incident_headings(sheet: Sheet, areas: pd.DataFrame) -> pd.DataFrame:
    """Return what each column holds and for which year; a year's heading may span columns."""
    above = headings_above(sheet, areas)
    year = above.map(_year_of)
    lines = year.index[year.notna().any(axis="columns")]
    if not len(lines):
        raise sheet.error(None, "no headings of years that end in March")
    line = lines[-1]
    unread = above.columns[above.loc[line].ne("") & year.loc[line].isna()]
    if len(unread):
        raise sheet.error(line, f"'{above.loc[line, unread[0]]}' is not a year that ends in March")
    text = above.apply(" ".join).str.lower()
    measure = pd.Series(None, index=above.columns, dtype="object")
    for name, words in MEASURES.items():
        measure = measure.mask(text.str.contains(words, regex=True), name)
    headings = pd.DataFrame({"year": year.loc[line].ffill(), "measure": measure}).dropna()
    if "incidents" not in set(headings["measure"]):
        raise sheet.error(None, "no headings of years and 'Number of Incidents'")
    if headings.duplicated().any():
        raise sheet.error(line, "two columns are headed with the same year")
    counted = headings.loc[headings["measure"].eq("incidents"), "year"]
    in_order(sheet, areas, counted.astype("int64").tolist())
    days = pd.to_datetime({"year": headings["year"].astype("int64"), "month": 3, "day": 31})
    return headings.assign(period_end=days.astype("datetime64[ns]"))[["measure", "period_end"]]


def _year_of(heading: str) -> int | None:
    """Return the year of 'Apr '16 to Mar '173' (2017, footnote 3) or 'Year ending March 2017'."""
    found = list(MARCH_HEADING.finditer(heading))
    if not found:
        return None
    whole, short = found[-1].groups()
    return int(whole) if whole else 2000 + int(short)


def forces_and_transport_police(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of forces, without those of England and Wales."""
    return rows.loc[~rows["force"].isin([ENGLAND_AND_WALES, EXCLUDING_BTP])]
