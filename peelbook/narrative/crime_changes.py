"""How a change in recorded crime lies among the forces, and which types changed otherwise elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.indicators.change import yearly_change
from peelbook.narrative.comparisons import area_of_changes, change_elsewhere
from peelbook.narrative.prose import sentences
from peelbook.narrative.words import listing, ordinal, signed
from peelbook.statistics.rounding import rounded
from peelbook.tables.exclusions import caveats_for
from peelbook.tables.periods import in_words

FAR_APART = 10.0
"""Percentage points between the two changes, as printed, from which a type is named."""
MOST_NAMED = 3
MOST_PLACED = 3
"""How many of the largest rises and falls of the forces are called that."""


def place_of_change(own: float, forces: pd.Series) -> str:
    """Say that a rise, or a fall, is one of the three largest of the forces; else empty."""
    further = int((forces > own).sum() if own > 0 else (forces < own).sum())
    if own == 0 or further >= MOST_PLACED:
        return ""
    which = "the" if further == 0 else f"the {ordinal(further + 1)}"
    return f"The {'rise' if own > 0 else 'fall'} is {which} largest of {len(forces)} forces."


def changes_apart(ev: Evidence, indicator_ids: Iterable[str]) -> str:
    """Name the types whose change in 12 months differs most from that elsewhere, with both.

    Those of another period than the first are left out. Named are at most three, the widest
    difference first: of ten percentage points or more, and of more than chance explains, which is
    where the other change lies outside the 95 percent interval of the force's. Types whose change is
    known to be one of counting or recording in part are named apart, without a number. Where no type
    is such a one that is said; empty where nothing can be compared.
    """
    rows = [row for name in indicator_ids if (row := _both_changes(ev, name)) is not None]
    rows = [row for row in rows if row["period_end"] == rows[0]["period_end"]]
    if not rows:
        return ""
    table = pd.DataFrame(rows)
    # equal differences stand in the order of the table
    far = table[table["beyond_chance"] & (table["apart"] >= FAR_APART)]
    far = far.sort_values("apart", ascending=False, kind="stable")
    return sentences(_named(ev, far[~far["explained"]]), _set_apart(far[far["explained"]]))


def _named(ev: Evidence, far: pd.DataFrame) -> str:
    area, crime = area_of_changes(ev), ev.row("recorded-crime")
    # of the period of all recorded crime, which is dated before it, the date is known
    when = "in 12 months"
    if len(far) and (end := far["period_end"].iloc[0]) != crime["period_end"]:
        when = f"in the 12 months to {in_words(end)}"
    if far.empty:
        return (
            f"For no type of crime was the change {when} ten percentage points or more from that of "
            f"{area}, beyond what chance and changes in counting explain."
        )
    told = [
        f"{row.name_} ({row.own}{' percent' if place == 0 else ''}, there {row.other})"
        for place, row in enumerate(far.head(MOST_NAMED).itertuples())
    ]
    return f"The change {when} was furthest from that of {area} for {listing(told)}."


def _set_apart(far: pd.DataFrame) -> str:
    if far.empty:
        return ""
    return (
        f"The change also differed for {listing(far['name_'].tolist())}, where part of it is one of "
        "counting or recording."
    )


def _both_changes(ev: Evidence, indicator_id: str) -> dict[str, object] | None:
    changes = yearly_change(indicator_id, ev.parameters)
    if ev.force.slug not in changes.index:
        return None
    own, other = changes.loc[ev.force.slug], change_elsewhere(ev, indicator_id)
    if pd.isna(own["value"]) or pd.isna(other):
        return None
    end = ev.row(indicator_id)["period_end"]
    return {
        "period_end": end,
        "name_": ev.entry(indicator_id).name,
        "own": signed(own["value"]),
        "other": signed(other),
        "apart": abs(rounded(own["value"], 1) - rounded(other, 1)),
        "beyond_chance": not own["lower"] <= other <= own["upper"],
        "explained": caveats_for(indicator_id, end, ev.force.slug)["explains_change"].any(),
    }
