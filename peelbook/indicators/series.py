"""Indicators over time: as a series of rolling 12 months, and against an earlier year."""

from __future__ import annotations

import numpy as np
import pandas as pd

from peelbook.indicators.catalogue import Indicator, indicator
from peelbook.indicators.completeness import areas_that_do_not_compare
from peelbook.indicators.counts import denominator_year, mid_year_of, numerators
from peelbook.indicators.outcomes import has_every_type
from peelbook.indicators.rules import rules_for
from peelbook.indicators.values import ENGLAND_AND_WALES, latest_period, values_at
from peelbook.parameters import Parameters
from peelbook.statistics.ranks import percent_change
from peelbook.tables import load_table
from peelbook.tables.inputs import remembered
from peelbook.tables.periods import years_before

FEWEST_FOR_QUARTERS = 8
"""Ranked forces that it takes to speak of a middle half."""


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
    release = release_of_series(entry, last)
    known = numerators(entry, release=release)["period_end"].drop_duplicates().sort_values()
    window = known[(known >= years_before(last, years)) & (known <= last)]
    if entry.kind == "outcomes":
        # the 12 months to June 2016 overlap with the financial years
        window = window[window.dt.month == last.month]
    return _at_periods(entry, areas, parameters, window, release)


def release_of_series(entry: Indicator, last: pd.Timestamp) -> pd.Timestamp:
    """Return the period whose release a series that ends at `last` is taken from, all of it.

    Outcomes mature from release to release, so a line over two would show a step that is none.
    Where the later release of outcomes holds the last period too, the series is taken from it.
    """
    if entry.kind != "outcomes" or not has_every_type(last):
        return last
    later = [end for end in numerators(entry)["period_end"].unique() if not has_every_type(end)]
    if not later or last not in set(numerators(entry, release=later[0])["period_end"]):
        return last
    return later[0]


def _at_periods(
    entry: Indicator,
    areas: list[str],
    parameters: Parameters,
    ends: pd.Series,
    release: pd.Timestamp | None,
) -> pd.DataFrame:
    frames = [
        _that_compare(entry, end, values_at(entry, end, parameters, release=release))
        .reindex(areas)
        .rename("value")
        .rename_axis("area")
        .reset_index()
        .assign(period_end=end)
        for end in ends
    ]
    made = pd.concat(frames, ignore_index=True)[["area", "period_end", "value"]]
    # a year before the first estimate of residents divides by nobody
    return made.assign(value=made["value"].where(np.isfinite(made["value"].astype(float))))


def _that_compare(entry: Indicator, end: pd.Timestamp, areas: pd.DataFrame) -> pd.Series:
    """Return the values of a period that a line may pass through, by area.

    Not those of forces whose figures are incomplete in that period, nor that of England and Wales
    where too much of it is, and none where the residents that divide it are more than a year from
    those due: a line would show steps that are none.
    """
    if not estimate_is_near(entry, end):
        return areas["value"].iloc[:0]
    return areas["value"].drop([*areas_that_do_not_compare(entry, end)], errors="ignore")


def estimate_is_near(entry: Indicator, end: pd.Timestamp) -> bool:
    """Say whether the residents that divide a period are of the year due, or of one beside it.

    Of what is not divided by residents there is nothing to say against.
    """
    if entry.denominator != "population":
        return True
    held = denominator_year(entry, end)
    return held is not None and abs(held - mid_year_of(entry, end)) <= 1


def change_over_years(indicator_id: str, parameters: Parameters, years: int) -> pd.Series:
    """Return the percentage change of counts over `years`, by area; empty if not available."""
    entry = indicator(indicator_id)
    last = latest_period(entry, pd.Timestamp(parameters.period_end))
    if (
        last is None
        or not (numerators(entry, release=last)["period_end"] == years_before(last, years)).any()
    ):
        return pd.Series(dtype=float)
    now = values_at(entry, last, parameters)
    base = values_at(entry, years_before(last, years), parameters, base=True, release=last)
    return percent_change(now["numerator"], base["numerator"].reindex(now.index))


def value_years_before(indicator_id: str, parameters: Parameters, years: int = 1) -> pd.Series:
    """Return an indicator `years` before its newest period, by area, per head of that time."""
    entry = indicator(indicator_id)
    last = latest_period(entry, pd.Timestamp(parameters.period_end))
    if last is None:
        return pd.Series(dtype=float)
    before = years_before(last, years)
    return values_at(entry, before, parameters, base=True, release=last)["value"]


def all_areas_over_time(indicator_id: str, parameters: Parameters, years: int = 5) -> pd.DataFrame:
    """Return an indicator of the 43 forces and England and Wales over time.

    Columns and periods are those of :func:`series`.
    """
    areas = [*sorted(load_table("forces")["force"]), ENGLAND_AND_WALES]
    return _all_areas_over_time(indicator_id, tuple(areas), parameters.for_all_forces(), years)


@remembered(maxsize=1024)
def _all_areas_over_time(
    indicator_id: str, areas: tuple[str, ...], parameters: Parameters, years: int
) -> pd.DataFrame:
    return series(indicator_id, list(areas), parameters, years)


def ranked_over_time(indicator_id: str, everyone: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of :func:`all_areas_over_time` of forces that are ranked in their period."""
    entry = indicator(indicator_id)
    forces = everyone[(everyone["area"] != ENGLAND_AND_WALES) & everyone["value"].notna()]
    parts = []
    for end, rows in forces.groupby("period_end"):
        rules = rules_for(entry, end)
        unranked = rules.loc[rules["effect"].isin(["not-ranked", "incomplete"]), "force"]
        parts.append(rows[~rows["area"].isin(unranked)])
    return pd.concat(parts, ignore_index=True) if parts else forces


def middle_half(indicator_id: str, everyone: pd.DataFrame) -> pd.DataFrame:
    """Return by period the quartiles between which half of the ranked forces lie, `low` and `high`.

    Missing where fewer than :data:`FEWEST_FOR_QUARTERS` forces are ranked.
    """
    ranked = ranked_over_time(indicator_id, everyone).astype({"value": float})
    values = ranked.groupby("period_end")["value"]
    enough = values.count() >= FEWEST_FOR_QUARTERS
    quarters = pd.DataFrame({"low": values.quantile(0.25), "high": values.quantile(0.75)})
    return quarters.where(enough)


@remembered(maxsize=256)
def years_counted(indicator_id: str) -> pd.Series:
    """Return the ends of the yearly periods of which a source holds counts, with a value or without.

    They end on the day of the year on which the newest one ends.
    """
    held = numerators(indicator(indicator_id)).dropna(subset=["numerator"])
    ends = held["period_end"].drop_duplicates().sort_values()
    newest = ends.iloc[-1]
    return ends[(ends.dt.month == newest.month) & (ends.dt.day == newest.day)]


def every_year(indicator_id: str, parameters: Parameters) -> pd.DataFrame:
    """Return an indicator for all areas, one period a year, over all years that the source holds.

    The periods are those that end on the day of the year on which the newest one ends, also after
    the period of `parameters`. Columns are those of :func:`series`.
    """
    entry, yearly = indicator(indicator_id), years_counted(indicator_id)
    newest = yearly.iloc[-1]
    areas = [*sorted(load_table("forces")["force"]), ENGLAND_AND_WALES]
    release = release_of_series(entry, newest) if entry.kind == "outcomes" else None
    made = _at_periods(entry, areas, parameters.for_all_forces(), yearly, release)
    known = made.dropna(subset=["value"])["period_end"].unique()
    return made[made["period_end"].isin(known)].reset_index(drop=True)
