"""Change since the inspection before, finding by finding, in the words of the register."""

from __future__ import annotations

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.narrative.citations import cite
from peelbook.narrative.prose import Prose, paragraphs, plain
from peelbook.narrative.words import listing

TITLES = {
    "Better than before": ("improved", "strength"),
    "Better, but still a weakness": ("improved", "weakness"),
    "Worse than before": ("deteriorated", ""),
    "As before": ("unchanged", ""),
}
"""Title -> change, and polarity where it matters."""


WORDS = {"improved": "improvement", "deteriorated": "a decline", "unchanged": "no change"}


def on_question(ev: Evidence, question: str) -> Prose:
    """Say on which themes of a core question a whole report looks back, and what it found.

    Themes with links only, for the sections tell the findings; empty where none looks back, and for
    summaries, of which the summary of the question says it.
    """
    rows = ev.findings[ev.findings["question"] == question]
    rows = rows[rows["change_since_last"].notna()]
    if rows.empty or ev.register_basis != "report" or ev.inspection_before is None:
        return Prose("")
    parts = [
        f"{word} on {listing([plain(theme) for theme in dict.fromkeys(own['theme'])])} "
        f"{cite(own['id'])}"
        for change, word in WORDS.items()
        if len(own := rows[rows["change_since_last"] == change])
    ]
    return Prose(f"Compared with {ev.inspection_before.name}, inspectors found {'; '.join(parts)}.")


def changes_found(ev: Evidence) -> Prose:
    """Quote the findings that look back to the inspection before: better, worse, as before."""
    rows = ev.findings[ev.findings["change_since_last"].notna()]
    if rows.empty:
        return Prose(_nothing(ev))
    before = ev.inspection_before.name if ev.inspection_before else "the inspection before"
    parts = [
        f"**{title}**\n\n{_listed(chosen)}"
        for title, (change, polarity) in TITLES.items()
        if len(chosen := _chosen(rows, change, polarity))
    ]
    return paragraphs(
        f"These findings look back to {before}. The others make no comparison.", *parts
    )


def _chosen(rows: pd.DataFrame, change: str, polarity: str) -> pd.DataFrame:
    chosen = rows[rows["change_since_last"] == change]
    return chosen[chosen["polarity"] == polarity] if polarity else chosen


def _nothing(ev: Evidence) -> str:
    if ev.findings.empty or ev.inspection_before is None:
        return ""
    return f"No finding known to this book compares with {ev.inspection_before.name}."


def _listed(rows: pd.DataFrame) -> str:
    ordered = rows.sort_values(["question", "weight"], ascending=[True, False], kind="stable")
    return "\n".join(f"- {plain(row.finding)} {cite([row.id])}" for row in ordered.itertuples())
