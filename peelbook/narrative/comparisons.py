"""Sentences that set a force's value beside others: used by every chapter."""

from __future__ import annotations

import pandas as pd

from peelbook.comparison import HIGHEST, LOWEST
from peelbook.evidence import Evidence
from peelbook.narrative.prose import plain
from peelbook.narrative.words import above_or_below, number, ordinal


def position(ev: Evidence, indicator_id: str) -> str:
    """Say where the force stands: rank and quarter band, or why it has neither.

    Returns one sentence, empty if nothing is ranked at all.
    """
    row = ev.row(indicator_id)
    if pd.isna(row["rank"]):
        ranked = ev.areas(indicator_id)["rank"].notna().any()
        reason = plain(row["note"].rstrip("."))
        return f"It is not ranked. {reason}." if ranked and reason else ""
    rank, of = int(row["rank"]), int(row["of"])
    place = "the highest" if rank == 1 else f"the {ordinal(rank)} highest"
    if row["band"] == HIGHEST:
        return f"This is one of the highest figures: {place} of {of} forces."
    if row["band"] == LOWEST:
        place = "the lowest" if rank == of else place
        return f"This is one of the lowest figures: {place} of {of} forces."
    return f"This is broadly in line with other forces: {place} of {of}."


def beside(ev: Evidence, indicator_id: str) -> str:
    """Compare the force's value with the comparator's: below the 67.4 of England and Wales."""
    row, entry = ev.row(indicator_id), ev.entry(indicator_id)
    other = row["comparator_value"]
    if pd.isna(other):
        return ""
    shown = number(other, entry.decimals) + (" percent" if entry.unit.startswith("percent") else "")
    place = above_or_below(row["value"], other, entry.decimals)
    return f"{place} the {shown} of {ev.compared_with(row)}"


def set_beside(ev: Evidence, indicator_id: str) -> str:
    """Return the comparison as it follows a figure, with its comma; empty if there is none."""
    comparison = beside(ev, indicator_id)
    return f", {comparison}" if comparison else ""


def no_value(ev: Evidence, indicator_id: str) -> str:
    """Say that the force has no value, and why."""
    row, entry = ev.row(indicator_id), ev.entry(indicator_id)
    return (
        f"There is no figure for {entry.name} in {ev.force.area_in_sentence}. {plain(row['note'])}"
    )
