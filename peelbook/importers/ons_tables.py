"""The ONS police force area tables: crime, anti-social behaviour, population, households."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from peelbook.importers.areas import ENGLAND_AND_WALES, slug
from peelbook.importers.ons_sheets import (
    EXCLUDING_BTP,
    Sheet,
    area_rows,
    cell_values,
    has_sheet,
    open_sheet,
    require_the_43,
)
from peelbook.importers.ons_totals import check_rates, check_totals

SAME_OFFENCE = {
    "total-recorded-crime-excluding-fraud": "recorded-crime",
    "residental-burglary": "residential-burglary",
    "miscellaneous-crimes": "miscellaneous-crimes-against-society",
    "other-theft-offences": "all-other-theft-offences",
    "death-or-serious-injury-unlawful-driving": (
        "death-or-serious-injury-caused-by-illegal-driving"
    ),
}
HOUSEHOLD_RATE = "residential-burglary-households"
FOOTNOTES = re.compile(r"[\s\d,]+$")
ESTIMATE_HEADING = re.compile(r"^(?P<what>Population|Household) figures.*mid-(?P<year>20\d\d)")
MID_YEAR_HEADING = re.compile(r"^(20\d\d)$")
MARCH_HEADING = re.compile(r"Mar '(\d\d)")
PROJECTION_BASE = re.compile(r"(20\d\d)-based")


def workbook_period(path: Path) -> pd.Timestamp:
    """Return the last day of the 12 months that the workbook is about (title of Table P1)."""
    return open_sheet(path, "Table P1").period_end


def workbook_label(path: Path) -> str:
    """Return the workbook's period in words: 'year ending December 2018'."""
    return f"year ending {workbook_period(path):%B %Y}"


def vintage(path: Path) -> str:
    """Return the name of the workbook for the column `vintage`."""
    return f"ONS PFA tables, {workbook_label(path)}"


def read_crime_tables(path: Path) -> pd.DataFrame:
    """Read Tables P1 (offences), P2 (percentage change) and P3 (rates) of a workbook.

    Returns
    -------
    DataFrame
        table, measure, force (43 forces, British Transport Police, england-and-wales, which
        includes British Transport Police), offence, period_end, value, decimals. Cells without a
        number are left out.

    Raises
    ------
    ReleaseFormatError
        If a sheet, a heading or a force is missing, a cell holds unknown text, a printed total is
        not the sum of its forces, or a rate is not the offences over the population.
    """
    counts = _offence_cells(open_sheet(path, "Table P1")).assign(measure="offences")
    check_totals(open_sheet(path, "Table P1"), counts, rounded_to=1)
    changes = _offence_cells(open_sheet(path, "Table P2")).assign(measure="percent-change")
    rates = _offence_cells(open_sheet(path, "Table P3")).assign(
        measure=lambda cells: (
            cells["offence"]
            .eq(HOUSEHOLD_RATE)
            .map({True: "rate-per-1000-households", False: "rate-per-1000-population"})
        ),
        offence=lambda cells: cells["offence"].replace(HOUSEHOLD_RATE, "residential-burglary"),
    )
    check_rates(open_sheet(path, "Table P3"), counts, rates, read_rate_denominators(path))
    tables = {"P1": counts, "P2": changes, "P3": rates}
    return pd.concat(
        [_printed(cells).assign(table=table) for table, cells in tables.items()],
        ignore_index=True,
    ).assign(period_end=workbook_period(path))


def _printed(cells: pd.DataFrame) -> pd.DataFrame:
    kept = cells["value"].notna() & ~cells["area"].str.contains(":")
    return cells.loc[kept].rename(columns={"area": "force"})


def _offence_cells(sheet: Sheet) -> pd.DataFrame:
    areas = require_the_43(sheet, area_rows(sheet))
    headings = _offence_headings(sheet, areas)
    cells = cell_values(sheet, areas, list(headings.index))
    return cells.assign(offence=cells["column"].map(headings)).drop(columns="column")


def _offence_headings(sheet: Sheet, areas: pd.DataFrame) -> pd.Series:
    texts = sheet.texts().map(lambda cell: FOOTNOTES.sub("", " ".join(cell.split())))
    above = texts.loc[: areas.index[0] - 1]
    named = above.index[above.eq("Area Name").any(axis="columns")]
    if not len(named):
        raise sheet.error(None, "no heading 'Area Name'")
    lower, upper = texts.loc[named[-1]], texts.loc[named[-1] - 1]
    labels = lower.where(lower.ne(""), upper)
    labels = labels[labels.ne("") & ~labels.isin(["Area Code", "Area Name"])]
    labels = labels[~labels.str.contains("figures")]
    offences = slug(labels.str.replace(r"\d[,\d]*(?=\))", "", regex=True)).replace(SAME_OFFENCE)
    if "recorded-crime" not in set(offences):
        raise sheet.error(named[-1], "no heading 'Total recorded crime'")
    return offences


def read_rate_denominators(path: Path) -> pd.DataFrame:
    """Read the populations and households that Table P3 divides by.

    Returns
    -------
    DataFrame
        force (43 and england-and-wales), mid_year, population, households, basis.

    Raises
    ------
    ReleaseFormatError
        If the headings are missing or a printed total is not the sum, allowing for rounding.
    """
    sheet = open_sheet(path, "Table P3")
    areas = require_the_43(sheet, area_rows(sheet))
    texts = sheet.texts().map(lambda cell: " ".join(cell.split()))
    found = {
        match["what"]: (column, int(match["year"]))
        for column in texts
        for match in texts[column].map(ESTIMATE_HEADING.search).dropna()
    }
    if set(found) != {"Population", "Household"}:
        raise sheet.error(None, "no population and household figures beside the rates")
    values = {}
    for what, (column, _) in found.items():
        cells = cell_values(sheet, areas, [column])
        check_totals(sheet, cells.assign(offence=what), rounded_to=100)
        values[what] = cells.set_index("area")["value"]
    return (
        pd.DataFrame({"population": values["Population"], "households": values["Household"]})
        .rename_axis("force")
        .reset_index()
        .loc[lambda rows: ~rows["force"].str.contains(":") & rows["population"].notna()]
        .assign(mid_year=found["Population"][1], basis=_household_basis(sheet))
        .astype({"population": "int64", "households": "int64"})
    )


def _household_basis(sheet: Sheet) -> str:
    notes = " ".join(sheet.texts().to_numpy().ravel())
    found = PROJECTION_BASE.search(notes)
    if not found:
        raise sheet.error(None, "no note says which household projections were used")
    return f"{found.group(1)}-based"


def read_population(path: Path) -> pd.DataFrame:
    """Read mid-year populations: Table P9 (a series) and, for its own year, Table P3.

    Returns
    -------
    DataFrame
        force (43), mid_year, population, vintage.

    Raises
    ------
    ReleaseFormatError
        As for :func:`read_rate_denominators`.
    """
    own_year = read_rate_denominators(path)[["force", "mid_year", "population"]]
    return _series_and_own_year(path, "Table P9", own_year, "population").assign(
        vintage=vintage(path)
    )


def read_households(path: Path) -> pd.DataFrame:
    """Read mid-year households: Table P10 (a series) and, for its own year, Table P3.

    Returns
    -------
    DataFrame
        force (43), mid_year, households, basis (which projections), vintage.

    Raises
    ------
    ReleaseFormatError
        As for :func:`read_rate_denominators`.
    """
    own_year = read_rate_denominators(path)
    basis = own_year["basis"].iloc[0]
    in_series = has_sheet(path, "Table P10")
    return _series_and_own_year(
        path, "Table P10", own_year[["force", "mid_year", "households"]], "households"
    ).assign(basis=basis if in_series else f"{basis} projections", vintage=vintage(path))


def _series_and_own_year(
    path: Path, table: str, own_year: pd.DataFrame, column: str
) -> pd.DataFrame:
    own_year = own_year.loc[own_year["force"].ne(ENGLAND_AND_WALES)]
    if not has_sheet(path, table):
        return own_year.reset_index(drop=True)
    series = _mid_year_series(open_sheet(path, table), column)
    later = own_year.loc[~own_year["mid_year"].isin(series["mid_year"])]
    return pd.concat([series, later], ignore_index=True)


def _mid_year_series(sheet: Sheet, column: str) -> pd.DataFrame:
    areas = require_the_43(sheet, area_rows(sheet))
    above = sheet.texts().loc[: areas.index[0] - 1]
    years = {
        position: int(found.group(1))
        for position in above
        for found in above[position].map(MID_YEAR_HEADING.match).dropna()
    }
    if not years:
        raise sheet.error(None, "no row of years above the areas")
    cells = cell_values(sheet, areas, list(years))
    cells = cells.assign(mid_year=cells["column"].map(years))
    check_totals(sheet, cells.assign(offence=cells["mid_year"]), rounded_to=100)
    return (
        cells.loc[~cells["area"].str.contains(":") & cells["area"].ne(ENGLAND_AND_WALES)]
        .rename(columns={"area": "force", "value": column})
        .astype({column: "int64"})[["force", "mid_year", column]]
    )


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
    return _printed(cells).assign(table="P7").drop(columns="column")


def _incident_headings(sheet: Sheet, areas: pd.DataFrame) -> pd.DataFrame:
    above = sheet.texts().loc[: areas.index[0] - 1]
    years = above.apply(lambda cells: cells.str.extract(MARCH_HEADING, expand=False).max())
    kinds = above.apply(" ".join)
    measure = pd.Series(pd.NA, index=above.columns, dtype="str")
    measure = measure.mask(kinds.str.contains("Number of Incidents"), "incidents")
    measure = measure.mask(kinds.str.contains("per 1,000 population"), "incident-rate")
    headings = pd.DataFrame({"year": years.ffill(), "measure": measure}).dropna()
    if headings.empty:
        raise sheet.error(None, "no headings of years and 'Number of Incidents'")
    days = pd.to_datetime({"year": 2000 + headings["year"].astype("int64"), "month": 3, "day": 31})
    return headings.assign(period_end=days.astype("datetime64[ns]"))[["measure", "period_end"]]


def forces_and_transport_police(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of forces, without those of England and Wales."""
    return rows.loc[~rows["force"].isin([ENGLAND_AND_WALES, EXCLUDING_BTP])]
