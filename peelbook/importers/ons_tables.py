"""The ONS police force area tables: recorded crime, changes and rates (Tables P1 to P3)."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from peelbook.importers.areas import slug
from peelbook.importers.ons_areas import area_rows, lowest_headings, require_the_43
from peelbook.importers.ons_denominators import (
    read_households,
    read_population,
    read_rate_denominators,
)
from peelbook.importers.ons_incidents import forces_and_transport_police, read_anti_social_behaviour
from peelbook.importers.ons_sheets import (
    Sheet,
    cell_values,
    open_sheet,
    vintage,
    workbook_label,
    workbook_period,
)
from peelbook.importers.ons_totals import check_changes, check_parts, check_rates, check_totals

__all__ = [
    "forces_and_transport_police",
    "read_anti_social_behaviour",
    "read_crime_tables",
    "read_households",
    "read_population",
    "read_rate_denominators",
    "vintage",
    "workbook_label",
    "workbook_period",
]
SAME_OFFENCE = {
    "residental-burglary": "residential-burglary",
    "residential-burglary-per-household": "residential-burglary-households",
    "miscellaneous-crimes": "miscellaneous-crimes-against-society",
    "other-theft-offences": "all-other-theft-offences",
    "death-or-serious-injury-unlawful-driving": (
        "death-or-serious-injury-caused-by-illegal-driving"
    ),
}
TOTAL = re.compile(r"total-recorded-crime(-all-offences)?-exc(l|luding)-fraud")
HOUSEHOLD_RATE = "residential-burglary-households"
DIGITS_IN_BRACKETS = r"(?:\d[,\d]*|\[[^\]]*\])\s*(?=\))"


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
        If a sheet, a heading or a force is missing, the sheets are about different periods, a cell
        is empty or holds unknown text, a printed total is not the sum of its forces or offences,
        a change does not start from a whole number, or a rate is not the offences over the
        population.
    """
    numbers, changed, divided = (open_sheet(path, f"Table P{number}") for number in (1, 2, 3))
    _same_period(numbers, changed, divided)
    counts = _offence_cells(numbers).assign(measure="offences")
    check_totals(numbers, counts, rounded_to=1)
    check_parts(numbers, counts)
    changes = _offence_cells(changed).assign(measure="percent-change")
    check_changes(changed, counts, changes)
    rates = _offence_cells(divided).assign(
        measure=lambda cells: (
            cells["offence"]
            .eq(HOUSEHOLD_RATE)
            .map({True: "rate-per-1000-households", False: "rate-per-1000-population"})
        ),
        offence=lambda cells: cells["offence"].replace(HOUSEHOLD_RATE, "residential-burglary"),
    )
    check_rates(divided, counts, rates, read_rate_denominators(path))
    tables = {"P1": counts, "P2": changes, "P3": rates}
    return pd.concat(
        [_printed(cells).assign(table=table) for table, cells in tables.items()],
        ignore_index=True,
    ).assign(period_end=workbook_period(path))


def _same_period(first: Sheet, *others: Sheet) -> None:
    for sheet in others:
        if sheet.period_end != first.period_end:
            raise sheet.error(
                1,
                f"the 12 months to {sheet.period_end:%B %Y}, but {first.name} is about those to "
                f"{first.period_end:%B %Y}",
            )


def _printed(cells: pd.DataFrame) -> pd.DataFrame:
    kept = cells["value"].notna() & ~cells["area"].str.contains(":")
    return cells.loc[kept].rename(columns={"area": "force"})


def _offence_cells(sheet: Sheet) -> pd.DataFrame:
    areas = require_the_43(sheet, area_rows(sheet))
    headings = _offence_headings(sheet, areas)
    cells = cell_values(sheet, areas, list(headings.index))
    return cells.assign(offence=cells["column"].map(headings)).drop(columns="column")


def _offence_headings(sheet: Sheet, areas: pd.DataFrame) -> pd.Series:
    found = lowest_headings(sheet, areas)
    found = found[~found["heading"].str.contains("figures|mid-20", case=False)]
    names = slug(found["heading"].str.replace(DIGITS_IN_BRACKETS, "", regex=True))
    offences = names.replace(SAME_OFFENCE).mask(names.str.fullmatch(TOTAL), "recorded-crime")
    of_households = offences.eq("residential-burglary") & found["of_households"]
    offences = offences.mask(of_households, HOUSEHOLD_RATE)
    if "recorded-crime" not in set(offences):
        raise sheet.error(
            areas.index[0] - 1, "no heading 'Total recorded crime' (excluding fraud) above"
        )
    if offences.duplicated().any():
        column = offences.index[offences.duplicated()][0]
        raise sheet.error(
            found.loc[column, "row"], f"two columns are headed '{found.loc[column, 'heading']}'"
        )
    return offences
