"""For which types of crime the change was furthest from that of the area compared with."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.indicators.change import yearly_change
from peelbook.narrative.comparisons import area_of_changes, change_elsewhere
from peelbook.narrative.words import listing, signed
from peelbook.statistics.rounding import rounded
from peelbook.tables.periods import in_words

FAR_APART = 10.0
"""Percentage points between the two changes, as printed, from which a type is named."""
MOST_NAMED = 3


def changes_apart(ev: Evidence, indicator_ids: Iterable[str]) -> str:
    """Name the types whose change in 12 months differs most from that elsewhere, with both.

    Those of another period than the first are left out. Named are at most three, the widest
    difference first: of ten percentage points or more, and of more than chance explains, which is
    where the other change lies outside the 95 percent interval of the force's. Where no type is such
    a one that is said; empty where nothing can be compared.
    """
    rows = [row for name in indicator_ids if (row := _both_changes(ev, name)) is not None]
    rows = [row for row in rows if row["period_end"] == rows[0]["period_end"]]
    if not rows:
        return ""
    area = area_of_changes(ev)
    end = rows[0]["period_end"]
    # of the period of all recorded crime, which is dated before it, the date is known
    same = end == ev.row("recorded-crime")["period_end"]
    when = "in 12 months" if same else f"in the 12 months to {in_words(end)}"
    table = pd.DataFrame(rows)
    # equal differences stand in the order of the table
    table = table[table["beyond_chance"]].sort_values("apart", ascending=False, kind="stable")
    named = table[table["apart"] >= FAR_APART].head(MOST_NAMED)
    if named.empty:
        return (
            f"For no type of crime was the change {when} ten percentage points or more from that of "
            f"{area}, beyond what chance explains."
        )
    told = [
        f"{row.name_} ({row.own}{' percent' if place == 0 else ''}, there {row.other})"
        for place, row in enumerate(named.itertuples())
    ]
    return f"The change {when} was furthest from that of {area} for {listing(told)}."


def _both_changes(ev: Evidence, indicator_id: str) -> dict[str, object] | None:
    changes = yearly_change(indicator_id, ev.parameters)
    if ev.force.slug not in changes.index:
        return None
    own, other = changes.loc[ev.force.slug], change_elsewhere(ev, indicator_id)
    if pd.isna(own["value"]) or pd.isna(other):
        return None
    return {
        "period_end": ev.row(indicator_id)["period_end"],
        "name_": ev.entry(indicator_id).name,
        "own": signed(own["value"]),
        "other": signed(other),
        "apart": abs(rounded(own["value"], 1) - rounded(other, 1)),
        "beyond_chance": not own["lower"] <= other <= own["upper"],
    }
