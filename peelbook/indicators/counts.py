"""Numerators and denominators: what an indicator counts, for every force and period at once."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from peelbook.indicators.catalogue import Indicator
from peelbook.indicators.outcomes import outcomes
from peelbook.indicators.recorded_crime import recorded_crime
from peelbook.tables import load_table
from peelbook.tables.inputs import remembered
from peelbook.tables.periods import denominator_mid_year

BTP = "british-transport-police"


@remembered(maxsize=256)
def numerators(
    entry: Indicator,
    *,
    with_fraud: bool = False,
    restated: bool = False,
    release: pd.Timestamp | None = None,
) -> pd.DataFrame:
    """Count an indicator for every force and every period that its table holds.

    Parameters
    ----------
    entry
        the catalogue entry; entries of kind ``return`` have nothing to count.
    with_fraud
        leave fraud recorded by the police in the count of all recorded crime.
    restated
        take recorded crime as the release for the year after compares with it, where it does.
    release
        the period whose release the counts are taken from; the newest where none is given.

    Returns
    -------
    DataFrame with columns `force` (slug), `period_end` (date), `numerator` (offences, incidents,
    officers, arrests or a score) and `recorded` (offences recorded, for shares; else missing).
    Missing counts stay missing.
    """
    counted = _COUNT[entry.kind](entry, with_fraud, restated, release)
    return counted.reindex(columns=["force", "period_end", "numerator", "recorded"])


def is_restated(period_end: pd.Timestamp) -> bool:
    """Say whether a newer release compares with the 12 months to `period_end` as revised since."""
    return bool((load_table("recorded_crime_year_before")["period_end"] == period_end).any())


def _rolling(
    entry: Indicator, with_fraud: bool, restated: bool, release: pd.Timestamp | None
) -> pd.DataFrame:
    return recorded_crime(entry, with_fraud=with_fraud, restated=restated, release=release)


def _quarterly(entry: Indicator, *_: object) -> pd.DataFrame:
    return _quarterly_counts(entry)


@remembered(maxsize=64)
def _quarterly_counts(entry: Indicator) -> pd.DataFrame:
    table = load_table("recorded_crime_quarterly")
    chosen = (
        table["offence"].isin(entry.offences)
        if entry.offences
        else ~table["offence_group"].isin(entry.without)
    )
    quarters = _summed(table[chosen], "quarter_end", "offences")
    wide = quarters.pivot(index="quarter_end", columns="force", values="numerator").sort_index()
    return (
        wide.rolling(4, min_periods=4)
        .sum()
        .rename_axis(index="period_end")
        .reset_index()
        .melt(id_vars="period_end", var_name="force", value_name="numerator")
        .dropna(subset=["numerator"])
    )


def _incidents(_entry: Indicator, *_: object) -> pd.DataFrame:
    return load_table("asb_incidents").rename(columns={"incidents": "numerator"})


def _outcomes(
    entry: Indicator, _fraud: bool, _restated: bool, release: pd.Timestamp | None
) -> pd.DataFrame:
    return outcomes(entry, release=release)


def _score(_entry: Indicator, *_: object) -> pd.DataFrame:
    return load_table("crime_severity").rename(columns={"score": "numerator"})


def _officers(_entry: Indicator, *_: object) -> pd.DataFrame:
    return load_table("officers").rename(columns={"date": "period_end", "officers": "numerator"})


def _arrests(_entry: Indicator, *_: object) -> pd.DataFrame:
    return load_table("arrests").rename(columns={"arrests": "numerator"})


def _knife(_entry: Indicator, *_: object) -> pd.DataFrame:
    table = load_table("knife_crime")
    return table[table["offence"] == "selected-serious-offences"].rename(
        columns={"offences": "numerator"}
    )


def _searches(_entry: Indicator, *_: object) -> pd.DataFrame:
    """Add up the searches under all powers; a force that gave no figure under one has no sum."""
    counts = load_table("stop_and_search").groupby(["force", "period_end"])["searches"]
    sums = counts.sum().where(counts.count() == counts.size())
    return sums.rename("numerator").reset_index()


def _summed(table: pd.DataFrame, date: str, count: str) -> pd.DataFrame:
    return (
        table.groupby(["force", date], as_index=False, observed=True)[count]
        .sum()
        .rename(columns={count: "numerator"})
    )


_COUNT = {
    "rolling": _rolling,
    "quarterly": _quarterly,
    "incidents": _incidents,
    "outcomes": _outcomes,
    "score": _score,
    "officers": _officers,
    "arrests": _arrests,
    "knife": _knife,
    "searches": _searches,
}


DENOMINATORS = ("population", "households")
"""Tables of what a rate is per, by mid-year."""


FURTHEST = 5
"""Years from the due one beyond which an estimate of residents or households divides nothing."""


@remembered(maxsize=256)
def denominators(name: str, mid_year: int) -> pd.DataFrame:
    """Return the residents or households of every police force area in the middle of a year.

    Parameters
    ----------
    name
        ``population`` or ``households``.
    mid_year
        calendar year. A year that the table does not hold gives the nearest one, of two that are as
        near the earlier; none where that is more than :data:`FURTHEST` years away.

    Returns
    -------
    DataFrame with columns `force`, `denominator` (persons or households), `mid_year`.
    """
    table = load_table(name)
    known = nearest_year(table["mid_year"].unique(), mid_year)
    return (
        table.loc[table["mid_year"] == known, ["force", name, "mid_year"]]
        .rename(columns={name: "denominator"})
        .reset_index(drop=True)
    )


def nearest_year(held: Iterable[int], due: int) -> int | None:
    """Return the year nearest to the due one, the earlier of two; None if all are too far away."""
    near = [int(year) for year in held if abs(int(year) - due) <= FURTHEST]
    return min(near, key=lambda year: (abs(year - due), year), default=None)


def mid_year_of(entry: Indicator, period_end: pd.Timestamp, households_mid_year: int = 0) -> int:
    """Return the mid-year whose estimate divides `entry` in the 12 months to `period_end`."""
    if entry.denominator == "households" and households_mid_year:
        return households_mid_year
    return denominator_mid_year(period_end)


def denominator_year(
    entry: Indicator, period_end: pd.Timestamp, households_mid_year: int = 0
) -> int | None:
    """Return the year in the table whose residents or households divide `entry`, None for others.

    It is that of :func:`mid_year_of`, or the one of the table that is nearest to it.
    """
    if entry.denominator not in DENOMINATORS:
        return None
    held = load_table(entry.denominator)["mid_year"].unique()
    return nearest_year(held, mid_year_of(entry, period_end, households_mid_year))
