"""Several releases that hold the same period: the newest counts, the earlier ones are kept beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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


def earlier_vintages(several: Mapping[str, Sequence[pd.DataFrame]]) -> pd.DataFrame:
    """Return the figures that :func:`newest_wins` leaves out, of all tables in one.

    Parameters
    ----------
    several
        name of a table of :data:`FIGURE_OF` -> its frames, oldest first, each with `force`,
        `period_end` (date) or `mid_year` (year), the figure, `vintage`, and perhaps `offence`.

    Returns
    -------
    DataFrame with the columns of :data:`COLUMNS`: `item` is the offence, or ``all``; a mid-year is
    its 30 June; `value` is in the unit of the table. Figures that a release left blank are absent.
    """
    parts = [_left_out(name, frames) for name, frames in several.items()]
    return pd.concat(parts, ignore_index=True)[COLUMNS].dropna(subset=["value"])


def _left_out(name: str, frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    rows = pd.concat(frames, ignore_index=True)
    if "mid_year" in rows:
        days = pd.to_datetime({"year": rows["mid_year"], "month": 6, "day": 30})
        rows = rows.assign(period_end=days)
    rows = rows.assign(
        table=name,
        item=rows.get("offence", ALL),
        value=rows[FIGURE_OF[name]].astype("float64"),
        period_end=rows["period_end"].astype("datetime64[ns]"),
    )
    return rows[rows.duplicated(["force", "period_end", "item"], keep="last")]
