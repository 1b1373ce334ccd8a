"""Which exclusions and caveats apply to an indicator, a force and a period, from the tables."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from peelbook.tables import load_table
from peelbook.tables.inputs import remembered


def exclusions_for(indicator_id: str, period_end: pd.Timestamp) -> pd.DataFrame:
    """Return the exclusions of an indicator in the 12 months to `period_end`.

    Returns
    -------
    DataFrame with columns `force` (slug or ``all``), `effect` (``excluded``: no value, not in
    the chart, not in the England and Wales value; ``not-ranked``: a value that is neither ranked
    nor drawn; ``no-change``: no change over time), `reason`, `source`.
    """
    return _matching("exclusions", indicator_id, period_end)


def caveats_for(indicator_id: str, period_end: pd.Timestamp, force: str) -> pd.DataFrame:
    """Return the caveats of an indicator for one force, those for all forces first.

    Returns
    -------
    DataFrame with columns `force`, `caveat` (a sentence), `source`.
    """
    rows = _matching("caveats", indicator_id, period_end)
    if rows.empty:
        return rows
    general = rows["force"] == "all"
    return pd.concat([rows[general], rows[~general & (rows["force"] == force)]])


def caveats_beginning(
    indicator_id: str, first: pd.Timestamp, last: pd.Timestamp, force: str
) -> pd.DataFrame:
    """Return the caveats of an indicator that begin after `first` and up to `last`.

    Where a caveat begins, something changed in how the indicator is counted. Columns are those of
    :func:`caveats_for` and `period_from`; those for all forces and those for one.
    """
    rows = _named("caveats", indicator_id)
    begun = (rows["period_from"] > first) & (rows["period_from"] <= last)
    return rows[begun & rows["force"].isin(["all", force])]


def caveats_holding(indicator_id: str, ends: Iterable[pd.Timestamp], force: str) -> pd.DataFrame:
    """Return the dated caveats of an indicator that hold for any period that ends on one of `ends`.

    Columns as :func:`caveats_beginning` has them; `force` is a slug, or ``all`` for those for all.
    """
    rows = _named("caveats", indicator_id)
    rows = rows[rows["period_from"].notna() & (rows["force"] == force)]
    until = rows["period_to"].fillna(pd.Timestamp.max)
    holds = [((rows["period_from"] <= end) & (until >= end)) for end in ends]
    return rows[pd.concat(holds, axis=1).any(axis=1)] if holds else rows.iloc[:0]


def last_break(
    indicator_id: str, first: pd.Timestamp, last: pd.Timestamp, force: str
) -> pd.Timestamp | None:
    """Return from when figures between two days compare with the last one; None if all do."""
    begun = caveats_beginning(indicator_id, first, last, force)
    breaks = begun.loc[begun["breaks_series"], "period_from"]
    return breaks.max() if len(breaks) else None


def missing_reason(indicator_id: str, area: str, period_end: pd.Timestamp) -> str:
    """Return why an area has no value of an indicator in a period, or nothing where no row says.

    A row for the area itself comes before one for all areas.
    """
    reasons = _reasons(indicator_id, period_end)
    return reasons.get(area, reasons.get("all", ""))


@remembered(maxsize=4096)
def _reasons(indicator_id: str, period_end: pd.Timestamp) -> dict[str, str]:
    """Return force or ``all`` -> reason; of several rows the first counts."""
    rows = _matching("missing_values", indicator_id, period_end)
    first = rows.drop_duplicates("force")
    return dict(zip(first["force"].astype(str), first["reason"].astype(str), strict=True))


@remembered(maxsize=16384)
def _matching(table: str, indicator_id: str, period_end: pd.Timestamp) -> pd.DataFrame:
    rows = _named(table, indicator_id)
    begun = rows["period_from"].isna() | (rows["period_from"] <= period_end)
    ended = rows["period_to"].notna() & (rows["period_to"] < period_end)
    return rows[begun & ~ended]


@remembered(maxsize=1024)
def _named(table: str, indicator_id: str) -> pd.DataFrame:
    """Return the rows of a table that name the indicator, or the beginning of its id."""
    rows = load_table(table)
    # by hand, for it is asked of every indicator: pandas would look at each name four times
    return rows[
        [
            name == indicator_id or (name.endswith("*") and indicator_id.startswith(name[:-1]))
            for name in rows["indicator"]
        ]
    ]
