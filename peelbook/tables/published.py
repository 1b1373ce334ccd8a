"""What the 2016 report published, number by number."""

from __future__ import annotations

import pandas as pd

from peelbook.tables import load_table


def printed_figures() -> pd.DataFrame:
    """Return every number that the report printed: transcribed with its figures, or of its text.

    Returns
    -------
    DataFrame with the columns of the tables `published_figures` and `published_text_figures`,
    in the order of the places in the report.
    """
    tables = [load_table(name) for name in ("published_figures", "published_text_figures")]
    return pd.concat(tables).sort_values("ref", kind="stable", ignore_index=True)


def published_values(indicator_id: str) -> pd.DataFrame:
    """Return the report's own-period values of one indicator.

    Returns
    -------
    DataFrame with columns `area`, `place` (in the report), `period_start`, `period_end`,
    `value`, `unit`, `decimals`: one row an area, the newest period of measure ``value``.
    """
    figures = load_table("published_figures")
    own = figures[(figures["indicator"] == indicator_id) & (figures["measure"] == "value")]
    return own.sort_values("period_end").drop_duplicates("area", keep="last")[
        ["area", "place", "period_start", "period_end", "value", "unit", "decimals"]
    ]


def quoted(
    figures: pd.DataFrame,
    indicator_id: str,
    area: str,
    measure: str = "value",
    period_end: str | None = None,
) -> float | None:
    """Return one number that the report printed, or None where it printed none.

    Parameters
    ----------
    figures
        rows of the table of published figures, as `Evidence.published_figures` gives them.
    indicator_id, area, measure
        what is wanted; `measure` is ``value``, ``change`` or ``count``.
    period_end
        ISO date of the last day of the period; None for the newest period.
    """
    rows = figures[
        (figures["indicator"] == indicator_id)
        & (figures["area"] == area)
        & (figures["measure"] == measure)
    ].sort_values("period_end")
    if period_end:
        rows = rows[rows["period_end"] == pd.Timestamp(period_end)]
    return float(rows["value"].iloc[-1]) if len(rows) else None
