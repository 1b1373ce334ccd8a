"""Which weaknesses of a register go back to which, by the links that it gives."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.findings.register import linked
from peelbook.narrative.improvements import Demand

FEWEST_EFFECTS = 2
"""Weaknesses that go back to one finding before it is asked about as a cause."""


def weaknesses(ev: Evidence) -> pd.DataFrame:
    """Return the findings of a register that are weaknesses."""
    return ev.findings[ev.findings["polarity"] == "weakness"]


def causes_of_weaknesses(ev: Evidence) -> set[tuple[str, str]]:
    """Return the ids of weaknesses with that of a finding behind each, as the register links them."""
    rows = ev.findings
    because = zip(rows["id"], rows["because_of"], strict=True)
    leads = zip(rows["id"], rows["leads_to"], strict=True)
    links = {(own, cause) for own, cell in because for cause in linked(cell)}
    links |= {(effect, own) for own, cell in leads for effect in linked(cell)}
    return {(own, cause) for own, cause in links if own in set(weaknesses(ev)["id"])}


def main_cause(ev: Evidence) -> str:
    """Return the id of the weakness that most others go back to; empty for none.

    Not of one that is a cause of concern, to which :func:`effects_of_concern` belong.
    """
    weak = weaknesses(ev).set_index("id")
    named = Counter(name for cell in weak["because_of"] for name in linked(cell))
    ordinary = weak.index[~weak["cause_of_concern"]]
    known = {
        name: count for name, count in named.items() if count >= FEWEST_EFFECTS and name in ordinary
    }
    return max(known, key=lambda name: (known[name], weak.loc[name, "weight"]), default="")


def effects_of(ev: Evidence, *ids: str) -> pd.DataFrame:
    """Return the weaknesses of which one of some findings is a cause, alone or with others."""
    weak = weaknesses(ev)
    names_one = weak["because_of"].map(lambda cell: not set(ids).isdisjoint(linked(cell)))
    return weak[names_one.astype(bool)]


def effects_of_concern(ev: Evidence, demand: Demand) -> pd.DataFrame:
    """Return the weaknesses that go back to a cause of concern and are no part of it themselves."""
    effects = effects_of(ev, *demand.rows["id"])
    named = effects["concern"].isin(demand.rows["concern"].dropna())
    return effects[~named & ~effects["id"].isin(demand.rows["id"])]
