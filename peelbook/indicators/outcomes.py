"""How crimes recorded in a year ended: the releases with all outcome types, and the later one with some.

The releases of 2017/18 and 2018/19 hold every type. The open data of 2026 are held for seven types
and for the sum of all that are assigned, in every year since 2014/15 and for the 12 months to June
2016; in them outcomes have had years to mature. A year is taken from one of the two, and a change
compares years of the same.
"""

from __future__ import annotations

import pandas as pd

from peelbook.indicators.catalogue import Indicator, load_rules
from peelbook.tables import load_table
from peelbook.tables.inputs import remembered

KEYS = ["force", "period_end"]
NOT_YET = 0


@remembered(maxsize=1)
def every_type() -> pd.DataFrame:
    """Return outcomes by `force`, `period_end` and `outcome_type` of the releases with all types."""
    table = load_table("outcomes")
    quarter_end = table["quarter_end"]
    year = quarter_end.dt.year + (quarter_end.dt.month > 3)
    yearly = table.assign(period_end=pd.to_datetime(year.astype(str) + "-03-31"))
    whole = yearly.groupby("period_end")["quarter_end"].transform("nunique") == 4
    keys = [*KEYS, "outcome_type"]
    return yearly[whole].groupby(keys, as_index=False, observed=True)["offences"].sum()


@remembered(maxsize=1)
def some_types() -> pd.DataFrame:
    """Return the later release, one row a force and year.

    Returns
    -------
    DataFrame indexed by `force` and `period_end` with a column for each outcome type that it has
    (numbers), `assigned` and `recorded`; missing where a force supplied nothing. Years that the
    forces have not finished are left out, those of :func:`unfinished_years`.
    """
    wide = _as_released()
    return wide[~wide.index.get_level_values("period_end").isin(unfinished_years().index)]


@remembered(maxsize=1)
def unfinished_years() -> pd.Series:
    """Return the years that are held and not used, as too few of their offences have an outcome.

    Returns
    -------
    Series indexed by `period_end`: the percentage of offences with an outcome in the middle force,
    which is below `year_assigned_percent` of the catalogue.
    """
    wide = _as_released()
    share = (wide["assigned"] / wide["recorded"] * 100).groupby("period_end").median()
    return share[~(share >= load_rules()["completeness"]["year_assigned_percent"])]


@remembered(maxsize=1)
def _as_released() -> pd.DataFrame:
    """Return every year of the later release, its columns those of :func:`some_types`."""
    table = load_table("outcomes_by_year")
    types = table["outcome_type"].astype("Int64").astype("object")
    column = types.where(types.notna(), table["measure"])
    wide = table.assign(column=column).pivot(index=KEYS, columns="column", values="offences")
    # tables as they stood before the first release of outcomes have none
    return wide.reindex(columns=wide.columns.union(["assigned", "recorded"], sort=False))


@remembered(maxsize=2)
def recorded_and_assigned(release: str = "every") -> pd.DataFrame:
    """Return offences `recorded`, and those `assigned` an outcome, indexed by force and period."""
    if release != "every":
        return some_types()[["recorded", "assigned"]]
    table = every_type()
    recorded = table.groupby(KEYS)["offences"].sum()
    not_yet = table[table["outcome_type"] == NOT_YET].groupby(KEYS)["offences"].sum()
    assigned = recorded - not_yet.reindex(recorded.index, fill_value=0)
    return pd.DataFrame({"recorded": recorded, "assigned": assigned})


def has_every_type(period_end: pd.Timestamp) -> bool:
    """Say whether the 12 months to `period_end` are taken from a release with all types."""
    return bool((every_type()["period_end"] == period_end).any())


def released_up_to(period_end: pd.Timestamp) -> pd.Timestamp:
    """Return the last day covered by the release that the 12 months to `period_end` are taken from.

    The 12 months to June 2016 are part of the later release.
    """
    return period_end if has_every_type(period_end) else later_release()


def later_release() -> pd.Timestamp:
    """Return the last day covered by the later release; NaT where it is not held."""
    return _as_released().index.get_level_values("period_end").max()


def outcomes(entry: Indicator, *, release: pd.Timestamp | None = None) -> pd.DataFrame:
    """Count an indicator of kind ``outcomes``.

    Parameters
    ----------
    entry, release
        as :func:`peelbook.indicators.counts.numerators` takes them.

    Returns
    -------
    DataFrame with columns `force`, `period_end`, `numerator`, `recorded`; no row of a period before
    an outcome counts for every force.
    """
    if release is not None:
        counted = _of_every(entry) if has_every_type(release) else _of_some(entry)
    else:
        both = pd.concat([_of_every(entry), _of_some(entry)])
        counted = both.drop_duplicates(KEYS, keep="first")
    if entry.since is None:
        return counted
    return counted[counted["period_end"] >= pd.Timestamp(entry.since)]


@remembered(maxsize=64)
def _of_every(entry: Indicator) -> pd.DataFrame:
    table = every_type()
    own = table[table["outcome_type"].isin(entry.types)].groupby(KEYS)["offences"].sum()
    recorded = recorded_and_assigned()["recorded"]
    return pd.DataFrame(
        {"numerator": own.reindex(recorded.index, fill_value=0), "recorded": recorded}
    ).reset_index()


@remembered(maxsize=64)
def _of_some(entry: Indicator) -> pd.DataFrame:
    """Count from the later release, no row where it does not have all types of the indicator."""
    wide = some_types()
    if set(entry.types) <= set(wide.columns):
        own = wide[list(entry.types)].sum(axis=1, skipna=False)
    elif entry.types == (NOT_YET,):
        left = wide["recorded"] - wide["assigned"]
        # more outcomes than offences: how many have none cannot be told
        own = left.where(left >= 0)
    elif NOT_YET not in entry.types and _assigned_types() <= set(entry.types):
        # more outcomes than offences: the two counts are not of the same offences
        own = wide["assigned"].where(wide["assigned"] <= wide["recorded"])
    else:
        wide = wide.iloc[:0]
        own = pd.Series(dtype=float, index=wide.index)
    counted = pd.DataFrame({"numerator": own, "recorded": wide["recorded"]})
    return counted.rename_axis(KEYS).reset_index()


def _assigned_types() -> set[int]:
    """Return the outcome types that there are but for not yet assigned."""
    return set(load_table("outcome_types")["outcome_type"]) - {NOT_YET}


def assigned_share(period_end: pd.Timestamp) -> pd.Series:
    """Return the percentage of offences recorded in the 12 months that have an outcome, by force."""
    table = _in_period(period_end)
    return table["assigned"] / table["recorded"] * 100


def recorded_in(period_end: pd.Timestamp) -> pd.Series:
    """Return the number of offences recorded in the 12 months, by force."""
    return _in_period(period_end)["recorded"]


def _in_period(period_end: pd.Timestamp) -> pd.DataFrame:
    table = recorded_and_assigned("every" if has_every_type(period_end) else "some")
    return table[table.index.get_level_values("period_end") == period_end].droplevel("period_end")
