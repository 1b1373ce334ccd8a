"""Indicators over time: as a series of rolling 12 months, and against an earlier year."""

from __future__ import annotations

import pandas as pd

from peelbook.indicators.catalogue import indicator
from peelbook.indicators.counts import numerators
from peelbook.indicators.values import latest_period, values_at
from peelbook.parameters import Parameters
from peelbook.statistics.ranks import percent_change
from peelbook.tables.periods import years_before


def series(
    indicator_id: str, areas: list[str], parameters: Parameters, years: int = 5
) -> pd.DataFrame:
    """Return an indicator over rolling 12-month periods, each with its own year's denominator.

    Returns
    -------
    DataFrame with columns `area`, `period_end`, `value`, for the periods that the source holds
    from `years` before the book's period to its end; fewer at the start of a series.
    """
    entry = indicator(indicator_id)
    last = latest_period(entry, pd.Timestamp(parameters.period_end))
    if last is None:
        return pd.DataFrame(columns=["area", "period_end", "value"])
    known = numerators(entry)["period_end"].drop_duplicates().sort_values()
    window = known[(known >= years_before(last, years)) & (known <= last)]
    frames = [
        values_at(entry, end, parameters)
        .reindex(areas)["value"]
        .rename_axis("area")
        .reset_index()
        .assign(period_end=end)
        for end in window
    ]
    return pd.concat(frames, ignore_index=True)[["area", "period_end", "value"]]


def change_over_years(indicator_id: str, parameters: Parameters, years: int) -> pd.Series:
    """Return the percentage change of counts over `years`, by area; empty if not available."""
    entry = indicator(indicator_id)
    last = latest_period(entry, pd.Timestamp(parameters.period_end))
    if last is None or not (numerators(entry)["period_end"] == years_before(last, years)).any():
        return pd.Series(dtype=float)
    now = values_at(entry, last, parameters)
    base = values_at(entry, years_before(last, years), parameters, base=True)
    return percent_change(now["numerator"], base["numerator"].reindex(now.index))


def value_years_before(indicator_id: str, parameters: Parameters, years: int = 1) -> pd.Series:
    """Return an indicator `years` before its newest period, by area, per head of that time."""
    entry = indicator(indicator_id)
    last = latest_period(entry, pd.Timestamp(parameters.period_end))
    if last is None:
        return pd.Series(dtype=float)
    return values_at(entry, years_before(last, years), parameters, base=True)["value"]
