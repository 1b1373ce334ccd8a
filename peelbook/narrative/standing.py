"""Where a force stands among the forces that are ranked, in plain words that follow the ranking."""

from __future__ import annotations

import pandas as pd

from peelbook.narrative.words import number, placed
from peelbook.statistics.ranks import HIGHEST, LOWEST
from peelbook.tables.periods import in_words


def place_among(ranks: pd.Series, band: object, area: str, rank_from_below: int) -> str:
    """Write a place: 3rd highest of 42 forces, in the middle half of 42 forces.

    Parameters
    ----------
    ranks
        rank of every ranked area, 1 for the highest value.
    band
        quarter band of the area (:func:`peelbook.statistics.ranks.band_by_quarter`).
    area
        the area meant, one of those ranked.
    rank_from_below
        1 for the lowest value; equal values share the better place.
    """
    of = f"{len(ranks)} forces"
    if band not in (HIGHEST, LOWEST):
        return f"in the middle half of {of}"
    end, place = ("highest", int(ranks[area])) if band == HIGHEST else ("lowest", rank_from_below)
    joint = "joint " if (ranks == ranks[area]).sum() > 1 else ""
    return f"{joint}{placed(place, end)} of {of}"


def standing(areas: pd.DataFrame, area: str) -> str:
    """Write the place of an area of an indicator's rows (indexed by `area`); empty if not ranked."""
    if pd.isna(areas.loc[area, "rank"]):
        return ""
    ranks = areas["rank"].dropna()
    below = int((ranks > ranks[area]).sum()) + 1
    return place_among(ranks, areas.loc[area, "band"], area, below)


def is_a_day(row: pd.Series) -> bool:
    """Say whether an indicator row is about one day rather than 12 months."""
    return row["period_start"] == row["period_end"]


def period_of_its_own(row: pd.Series, period_end: pd.Timestamp) -> str:
    """Write the period of an indicator row as it follows a value; empty for that of the book.

    The book is about the 12 months that end on `period_end`.
    """
    if is_a_day(row):
        return f" on {in_words(row['period_end'])}"
    if row["period_end"] == period_end:
        return ""
    return f" in the 12 months to {in_words(row['period_end'])}"


def value_with_unit(value: float, decimals: int, unit: str) -> str:
    """Write a value with its unit as a title does: 65.1 per 1,000 population, 9.1 percent."""
    shown = number(value, decimals)
    if unit.startswith("percent"):
        return f"{shown} percent"
    return shown if unit == "score" else f"{shown} {unit}"
