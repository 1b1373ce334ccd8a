"""Counts of a workbook that is newer than the rolling 12-month file, and of the year before it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from peelbook.errors import ReleaseFormatError
from peelbook.importers.areas import ENGLAND_AND_WALES
from peelbook.importers.offence_parts import BURGLARY_BEFORE_2017 as EXPIRED
from peelbook.importers.offence_parts import TOTAL
from peelbook.importers.ons_sheets import vintage
from peelbook.importers.ons_totals import count_before, is_whole


def counts_of_workbook(path: Path, printed: pd.DataFrame, offences: set[str]) -> pd.DataFrame:
    """Return the offences of Table P1 as rows of the table `recorded_crime`.

    Parameters
    ----------
    path
        the workbook, for its name.
    printed
        its cells, as :func:`peelbook.importers.ons_tables.read_crime_tables` returns them.
    offences
        the offence groups of `recorded_crime`; what is printed besides are totals of them.

    Returns
    -------
    DataFrame
        force, period_end, offence, offences, vintage.

    Raises
    ------
    ReleaseFormatError
        If the offence groups of a force do not sum to its total: the workbook divides crime in
        another way.
    """
    cells = _counts(printed)
    groups = cells[cells["offence"].isin(offences)]
    sums = groups.groupby("force")["offences"].sum()
    totals = cells[cells["offence"] == TOTAL].set_index("force")["offences"]
    wrong = totals.index[totals != sums.reindex(totals.index)]
    if len(wrong):
        force = wrong[0]
        raise ReleaseFormatError(
            path.name,
            "Table P1",
            None,
            f"{force}: {totals[force]:,} offences printed, but its offence groups sum to "
            f"{sums.get(force, 0):,}",
        )
    return groups.assign(vintage=vintage(path)).reset_index(drop=True)


def counts_of_year_before(path: Path, printed: pd.DataFrame, offences: set[str]) -> pd.DataFrame:
    """Return the offences of the year before, as the workbook compares with them.

    Table P2 holds changes in full precision, so the count of Table P1 divided by one plus the
    change is the whole number that the publisher compared with. A workbook whose changes are
    rounded gives none.

    Returns
    -------
    DataFrame
        force, period_end, offence, offences, vintage; without cells that print no change, and
        with 0 for offence groups that have been replaced by others.
    """
    key = ["force", "period_end", "offence"]
    changes = printed.loc[printed["table"] == "P2", [*key, "value"]]
    cells = _counts(printed).merge(changes, on=key, validate="one_to_one")
    cells = cells[cells["offence"].isin(offences) & (cells["value"] > -100)]
    before = count_before(cells["offences"], cells["value"])
    if not is_whole(before).all():
        cells, before = cells.iloc[:0], before.iloc[:0]
    counts = cells.assign(
        period_end=cells["period_end"] - pd.DateOffset(years=1) + pd.offsets.MonthEnd(0),
        offences=before.round().astype("int64"),
        vintage=vintage(path),
    )[[*key, "offences", "vintage"]]
    replaced = counts.drop_duplicates("force").merge(
        pd.DataFrame({"offence": sorted(offences & set(EXPIRED) - set(counts["offence"]))}),
        how="cross",
        suffixes=("_any", ""),
    )
    return pd.concat([counts, replaced.assign(offences=0)[counts.columns]], ignore_index=True)


def _counts(printed: pd.DataFrame) -> pd.DataFrame:
    chosen = (printed["table"] == "P1") & (printed["force"] != ENGLAND_AND_WALES)
    return (
        printed.loc[chosen, ["force", "period_end", "offence", "value"]]
        .rename(columns={"value": "offences"})
        .astype({"offences": "int64"})
    )
