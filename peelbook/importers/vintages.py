"""Several releases that hold the same period: the newest counts, the earlier ones are kept beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

FIGURE_OF = {
    "asb_incidents": "incidents",
    "crime_severity": "score",
    "households": "households",
    "knife_crime": "offences",
    "population": "population",
}
"""The column of each table whose earlier figures are kept."""
ALL = "all"
COLUMNS = ["table", "force", "period_end", "item", "value", "vintage"]


def newest_wins(frames: Sequence[pd.DataFrame], key: Sequence[str]) -> pd.DataFrame:
    """Return one row for each key; where frames (oldest first) overlap, the newest counts."""
    return pd.concat(frames, ignore_index=True).drop_duplicates(list(key), keep="last")


def earlier_vintages(
    read: Mapping[str, Sequence[pd.DataFrame]],
    newest: Mapping[str, pd.DataFrame],
    held: Callable[[str], list[pd.DataFrame]] = lambda _: [],
) -> pd.DataFrame:
    """Return the figures of which a newer release has the same period, of all tables in one.

    Parameters
    ----------
    read
        name of a table -> what releases give for it, each with `force`, `period_end` (date) or
        `mid_year` (year), the figure, `vintage`, and perhaps `offence`. Tables that are not in
        :data:`FIGURE_OF` are left out.
    newest
        name of a table -> its rows, each of the newest vintage.
    held
        returns the rows that a table held before, in a list that is empty where there are none.

    Returns
    -------
    DataFrame with the columns of :data:`COLUMNS`: `item` is the offence, or ``all``; a mid-year is
    its 30 June; `value` is in the unit of the table. Figures that a release left blank are absent.
    """
    names = [name for name in FIGURE_OF if name in read]
    known = [_tidy(name, rows) for name in names for rows in (*held(name), *read[name])]
    rows = pd.concat([*held("earlier_vintages"), *known], ignore_index=True)
    shown = pd.concat([_tidy(name, newest[name]) for name in names], ignore_index=True)
    key = ["table", "force", "period_end", "item"]
    both = rows.merge(shown[[*key, "vintage"]], on=key, suffixes=("", "_shown"), how="left")
    earlier = both[both["vintage"] != both["vintage_shown"]]
    return earlier.dropna(subset=["value"]).drop_duplicates([*key, "vintage"], keep="last")[COLUMNS]


def _tidy(name: str, rows: pd.DataFrame) -> pd.DataFrame:
    if "mid_year" in rows:
        days = pd.to_datetime({"year": rows["mid_year"], "month": 6, "day": 30})
        rows = rows.assign(period_end=days)
    return rows.assign(
        table=name,
        item=rows.get("offence", ALL),
        value=rows[FIGURE_OF[name]].astype("float64"),
        period_end=rows["period_end"].astype("datetime64[ns]"),
    )[COLUMNS]
