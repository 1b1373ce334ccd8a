"""The ONS police force area tables: population and households (Tables P3, P9 and P10)."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from peelbook.importers.areas import ENGLAND_AND_WALES
from peelbook.importers.ons_areas import area_rows, headings_above, in_order, require_the_43
from peelbook.importers.ons_sheets import Sheet, cell_values, has_sheet, open_sheet, vintage
from peelbook.importers.ons_totals import check_totals
from peelbook.importers.tolerances import TOLERANCES

ESTIMATE_HEADING = re.compile(
    r"^(?P<what>population|household) (figures|estimates).*mid-(?P<year>20\d\d)", re.IGNORECASE
)
MID_YEAR_HEADING = re.compile(r"^(?:mid-)?(20\d\d)(\.0|\d| ?\[[^\]]*\])?$", re.IGNORECASE)
PROJECTION_BASE = re.compile(r"(20\d\d)-based")
BASIS_NOT_STATED = "basis not stated"


def read_rate_denominators(path: Path) -> pd.DataFrame:
    """Read the populations and households that Table P3 divides by.

    Returns
    -------
    DataFrame
        force (43 and england-and-wales), mid_year and population, households_mid_year and
        households, basis (of the households; it may not be stated).

    Raises
    ------
    ReleaseFormatError
        If the headings are missing or a printed total is not the sum, allowing for rounding.
    """
    sheet = open_sheet(path, "Table P3")
    areas = require_the_43(sheet, area_rows(sheet))
    above = headings_above(sheet, areas)
    found = {
        match["what"].lower(): (column, int(match["year"]))
        for column in above
        for match in above[column].map(ESTIMATE_HEADING.search).dropna()
    }
    if set(found) != {"population", "household"}:
        raise sheet.error(None, "no population and household figures beside the rates")
    values = {what: _estimates(sheet, areas, what, column) for what, (column, _) in found.items()}
    return (
        pd.DataFrame({"population": values["population"], "households": values["household"]})
        .rename_axis("force")
        .reset_index()
        .loc[lambda rows: ~rows["force"].str.contains(":") & rows["population"].notna()]
        .assign(
            mid_year=found["population"][1],
            households_mid_year=found["household"][1],
            basis=_household_basis(sheet),
        )
        .astype({"population": "int64", "households": "int64"})
    )


def _estimates(sheet: Sheet, areas: pd.DataFrame, what: str, column: int) -> pd.Series:
    cells = cell_values(sheet, areas, [column])
    check_totals(sheet, cells.assign(offence=what), rounded_to=100, share=_share_of(what))
    return cells.set_index("area")["value"]


def _share_of(what: str) -> float:
    """Return by what share of it a printed total of residents or households may be off."""
    is_households = what.startswith("household")
    return TOLERANCES["printed total of households"].share if is_households else 0.0


def _household_basis(sheet: Sheet) -> str:
    notes = " ".join(sheet.texts().to_numpy().ravel())
    found = PROJECTION_BASE.search(notes)
    return f"{found.group(1)}-based" if found else BASIS_NOT_STATED


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
    own_year = read_rate_denominators(path).assign(mid_year=lambda f: f["households_mid_year"])
    basis = own_year["basis"].iloc[0]
    if not has_sheet(path, "Table P10") and basis != BASIS_NOT_STATED:
        basis = f"{basis} projections"
    return _series_and_own_year(
        path, "Table P10", own_year[["force", "mid_year", "households"]], "households"
    ).assign(basis=basis, vintage=vintage(path))


def _series_and_own_year(
    path: Path, table: str, own_year: pd.DataFrame, column: str
) -> pd.DataFrame:
    own_year = own_year.loc[own_year["force"].ne(ENGLAND_AND_WALES)]
    if not has_sheet(path, table):
        return own_year.reset_index(drop=True)
    sheet = open_sheet(path, table)
    series = _mid_year_series(sheet, column)
    _same_in_both(sheet, series, own_year, column)
    later = own_year.loc[~own_year["mid_year"].isin(series["mid_year"])]
    return pd.concat([series, later], ignore_index=True)


def _same_in_both(sheet: Sheet, series: pd.DataFrame, own_year: pd.DataFrame, column: str) -> None:
    both = series.merge(own_year, on=["force", "mid_year"], suffixes=("", "_of_rates"))
    wrong = both[both[column] != both[f"{column}_of_rates"]]
    if len(wrong):
        row = wrong.iloc[0]
        raise sheet.error(
            None,
            f"{row['force']}, mid-{row['mid_year']}: {row[column]:,} {column}, but Table P3 "
            f"divides by {row[column + '_of_rates']:,}",
        )


def _mid_year_series(sheet: Sheet, column: str) -> pd.DataFrame:
    areas = require_the_43(sheet, area_rows(sheet))
    above = headings_above(sheet, areas)
    years = {
        position: int(found.group(1))
        for position in above
        for found in above[position].map(MID_YEAR_HEADING.match).dropna()
    }
    if not years:
        raise sheet.error(None, "no row of years above the areas")
    unread = [
        heading
        for position in above.columns.difference(list(years))
        for heading in above[position]
        if re.search(r"20\d\d", heading) and "change" not in heading.lower()
    ]
    if unread:
        raise sheet.error(areas.index[0] - 1, f"'{unread[0]}' is not a year")
    in_order(sheet, areas, list(years.values()))
    cells = cell_values(sheet, areas, list(years))
    cells = cells.assign(mid_year=cells["column"].map(years))
    check_totals(
        sheet, cells.assign(offence=cells["mid_year"]), rounded_to=100, share=_share_of(column)
    )
    return (
        cells.loc[~cells["area"].str.contains(":") & cells["area"].ne(ENGLAND_AND_WALES)]
        .rename(columns={"area": "force", "value": column})
        .astype({column: "int64"})[["force", "mid_year", column]]
    )
