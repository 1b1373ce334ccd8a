"""Core question 4 in sentences: organised crime groups, from the published data return."""

from __future__ import annotations

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.narrative.comparisons import set_beside
from peelbook.narrative.once import not_told
from peelbook.narrative.prose import Prose, plain
from peelbook.narrative.words import listing, number, percent
from peelbook.returns.figures import types_of_groups
from peelbook.tables.periods import in_words
from peelbook.tables.published import quoted


def groups(ev: Evidence) -> Prose:
    """Say how many organised crime groups the force was dealing with per million population."""
    row = ev.row("organised-crime-groups")
    if pd.isna(row["value"]):
        return Prose("")  # the figure gives the reason
    return Prose(
        f"On {in_words(row['period_end'])}, {ev.force.full_name} was disrupting, investigating or "
        f"monitoring {number(row['value'], 0)} organised crime groups per million population"
        f"{set_beside(ev, 'organised-crime-groups')}. A low count can mean little organised crime or "
        "little of it mapped; it is context, not a judgment."
    )


def crime_types_of_groups(ev: Evidence) -> Prose:
    """Name the commonest types of group where a return was supplied."""
    types = types_of_groups(ev.parameters)
    if len(types):
        shown = [
            f"{plain(row.category)} ({percent(row.force, 0)})" for row in types.head(3).itertuples()
        ]
        return Prose(
            "By predominant crime type, the commonest groups in "
            f"{ev.force.area_in_sentence} were {listing(shown)}."
        )
    return Prose("")


def orders(ev: Evidence) -> Prose:
    """Count the court orders in effect for members of organised crime groups.

    Empty where they are not printed, and where a finding tells them.
    """
    counts = [
        quoted(ev.published_figures, name, ev.force.slug, "count")
        for name in ("scpo-in-effect", "cbo-in-effect", "fro-in-effect")
    ]
    findings = ev.findings.loc[ev.findings["sub_question"] == "q4.3", "finding"]
    told = findings.str.contains("financial reporting order", case=False).any()
    if told or any(value is None for value in counts):
        return Prose("")
    serious, behaviour, financial = (number(value, 0) for value in counts)
    text = (
        f"At the time of the inspection these orders on members of organised crime groups were in "
        f"effect: serious crime prevention orders, {serious}; criminal behaviour orders, "
        f"{behaviour}; financial reporting orders, {financial}."
    )
    return Prose(not_told(ev, "q4.3", text))
