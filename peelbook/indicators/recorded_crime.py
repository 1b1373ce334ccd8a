"""Recorded crime in 12 months, over the releases that hold it one after the other.

Up to March 2019 the rolling file of 2019 and the workbook that came after it; from there to June 2023
the sums of four quarters of the open data of October 2023; then the yearly totals, and for the year
to June 2025 the headline groups. A change compares two periods of one release.
"""

from __future__ import annotations

import pandas as pd

from peelbook.indicators.catalogue import Indicator
from peelbook.tables import load_table
from peelbook.tables.inputs import remembered

FRAUD = "fraud-offences"
ROLLING, QUARTERS, YEARS, HEADLINE = "rolling", "quarters", "years", "headline"
GROUP_OF_SUBGROUP = {
    "arson": "criminal-damage-and-arson",
    "criminal-damage": "criminal-damage-and-arson",
    "possession-of-drugs": "drug-offences",
    "trafficking-of-drugs": "drug-offences",
    "fraud-offences-to-2012-13": FRAUD,
    "robbery-of-business-property": "robbery",
    "robbery-of-personal-property": "robbery",
    "other-sexual-offences": "sexual-offences",
    "rape-offences": "sexual-offences",
    "other-theft-offences": "all-other-theft-offences",
    "theft-from-a-vehicle": "vehicle-offences",
    "theft-of-a-motor-vehicle": "vehicle-offences",
    "vehicle-interference": "vehicle-offences",
    "death-or-serious-injury-unlawful-driving": "death-or-serious-injury-caused-by-illegal-driving",
}
"""Sub-groups of the open data that the rolling file adds up or names in another way."""
KEYS = ["force", "period_end"]


@remembered(maxsize=1)
def quarterly_groups() -> pd.DataFrame:
    """Return offences in each four quarters of the open data, by the groups of the rolling file.

    Returns
    -------
    DataFrame with columns `force`, `period_end`, `offence`, `offences`. A force that supplied nothing
    for one of the quarters has no row for the 12 months.
    """
    table = load_table("recorded_crime_quarterly")
    group = table["offence_subgroup"].replace(GROUP_OF_SUBGROUP)
    counts = table.assign(offence=group).groupby(
        ["quarter_end", "force", "offence"], observed=True
    )["offences"]
    wide = counts.sum().unstack(["force", "offence"], fill_value=0).sort_index()
    supplied = wide.T.groupby(level="force").sum().T != 0
    whole = supplied.rolling(4).sum() == 4
    sums = wide.rolling(4, min_periods=4).sum()
    kept = sums.where(whole.reindex(columns=sums.columns, level="force"))
    return (
        kept.melt(ignore_index=False, value_name="offences")
        .dropna(subset=["offences"])
        .rename_axis("period_end")
        .reset_index()[[*KEYS, "offence", "offences"]]
    )


def release_of(period_end: pd.Timestamp) -> str:
    """Return which release the 12 months to `period_end` are taken from."""
    if period_end <= load_table("recorded_crime")["period_end"].max():
        return ROLLING
    if period_end <= load_table("recorded_crime_quarterly")["quarter_end"].max():
        return QUARTERS
    headline = load_table("recorded_crime_headline")["period_end"]
    return HEADLINE if (headline == period_end).any() else YEARS


def recorded_crime(
    entry: Indicator,
    *,
    with_fraud: bool = False,
    restated: bool = False,
    release: pd.Timestamp | None = None,
) -> pd.DataFrame:
    """Count an indicator of kind ``rolling``.

    Parameters
    ----------
    entry, with_fraud, restated, release
        as :func:`peelbook.indicators.counts.numerators` takes them.

    Returns
    -------
    DataFrame with columns `force`, `period_end`, `numerator`.
    """
    if release is not None:
        return _of_release(release_of(release), entry, with_fraud, restated)
    parts = [
        _of_release(name, entry, False, False) for name in (ROLLING, QUARTERS, YEARS, HEADLINE)
    ]
    return pd.concat(parts, ignore_index=True).drop_duplicates(KEYS, keep="first")


@remembered(maxsize=256)
def _of_release(name: str, entry: Indicator, with_fraud: bool, restated: bool) -> pd.DataFrame:
    if name == ROLLING:
        return _summed(_rolling_table(restated), entry, with_fraud)
    if name == QUARTERS:
        return _summed(quarterly_groups(), entry, with_fraud=False)
    if name == YEARS:
        table = load_table("recorded_crime_by_year")
        own = table if entry.without == (FRAUD,) else table.iloc[:0]
        return own.rename(columns={"offences": "numerator"})[[*KEYS, "numerator"]]
    return _headline(entry)


def _rolling_table(restated: bool) -> pd.DataFrame:
    table = load_table("recorded_crime")
    if not restated:
        return table
    both = pd.concat([table, load_table("recorded_crime_year_before")])
    return both.drop_duplicates(["force", "period_end", "offence"], keep="last")


def _summed(table: pd.DataFrame, entry: Indicator, with_fraud: bool) -> pd.DataFrame:
    if entry.offences:
        chosen = table[table["offence"].isin(entry.offences)]
    else:
        # only a total from which nothing else is taken can have held fraud
        without = () if with_fraud and entry.without == (FRAUD,) else entry.without
        chosen = table[~table["offence"].isin(without)]
    sums = chosen.groupby(KEYS, as_index=False, observed=True)["offences"].sum()
    return sums.rename(columns={"offences": "numerator"})


def _headline(entry: Indicator) -> pd.DataFrame:
    """Count from the headline groups, whose total is that of the groups that are part of it."""
    table = load_table("recorded_crime_headline")
    if entry.offences:
        return _summed(table, entry, with_fraud=False)
    total = table[table["offence"] == "recorded-crime"].set_index(KEYS)["offences"]
    less = [name for name in entry.without if name != FRAUD]
    taken = table[table["offence"].isin(less)].groupby(KEYS)["offences"].sum()
    return (total - taken.reindex(total.index, fill_value=0)).rename("numerator").reset_index()
