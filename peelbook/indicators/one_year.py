"""Recorded crime of one year in every release that holds it."""

from __future__ import annotations

import pandas as pd

from peelbook.indicators.catalogue import indicator
from peelbook.indicators.counts import numerators
from peelbook.tables import load_table

RECORDED_CRIME = "recorded-crime"


def recorded_in_every_release(period_end: pd.Timestamp) -> pd.DataFrame:
    """Return recorded crime (excluding fraud) of 12 months, one column a release, oldest first.

    Parameters
    ----------
    period_end
        last day of the 12 months; releases that do not hold them have no column.

    Returns
    -------
    DataFrame indexed by `force` (the 43) with offences; columns are named by what the release runs to.
    """
    entry = indicator(RECORDED_CRIME)
    rolling = load_table("recorded_crime")
    file_end = rolling.loc[rolling["vintage"].str.startswith("rolling"), "period_end"].max()
    quarters = load_table("recorded_crime_quarterly")["quarter_end"].max()
    years = load_table("recorded_crime_by_year")["period_end"].max()
    before = load_table("recorded_crime_year_before")
    columns = {
        f"tables to {period_end:%B %Y}": _printed(period_end),
        f"rolling file to {file_end:%B %Y}": _at(numerators(entry, release=period_end), period_end),
        f"tables to {rolling['period_end'].max():%B %Y}": (
            _at(numerators(entry, release=period_end, restated=True), period_end)
            if before["period_end"].eq(period_end).any()
            else pd.Series(dtype=float)
        ),
        f"open data to {quarters:%B %Y}": _at(numerators(entry, release=quarters), period_end),
        f"open data to {years:%B %Y}": _at(numerators(entry, release=years), period_end),
    }
    forces = sorted(load_table("forces")["force"])
    told = pd.DataFrame({name: counts.reindex(forces) for name, counts in columns.items()})
    return told.rename_axis("force").dropna(axis="columns", how="all")


def _printed(period_end: pd.Timestamp) -> pd.Series:
    """Return the totals that the workbook about these 12 months printed."""
    table = load_table("ons_printed")
    own = table[
        (table["workbook"] == f"year ending {period_end:%B %Y}")
        & (table["measure"] == "offences")
        & (table["offence"] == RECORDED_CRIME)
        & (table["period_end"] == period_end)
    ]
    return own.set_index("force")["value"]


def _at(counted: pd.DataFrame, period_end: pd.Timestamp) -> pd.Series:
    return counted[counted["period_end"] == period_end].set_index("force")["numerator"]
