"""Where a force stands among the forces that are ranked, in plain words that follow the ranking."""

from __future__ import annotations

import pandas as pd

from peelbook.narrative.words import number, placed
from peelbook.statistics.ranks import HIGHEST, LOWEST


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


def value_with_unit(value: float, decimals: int, unit: str) -> str:
    """Write a value with its unit as a title does: 65.1 per 1,000 population, 9.1 percent."""
    shown = number(value, decimals)
    if unit.startswith("percent"):
        return f"{shown} percent"
    return shown if unit == "score" else f"{shown} {unit}"
