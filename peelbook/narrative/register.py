"""The register of findings in short: how many there are, and on what kinds of evidence they rest."""

from __future__ import annotations

from peelbook.evidence import Evidence
from peelbook.narrative.citations import PAGE
from peelbook.narrative.prose import Prose, plain
from peelbook.narrative.words import counted, listing


def where_findings_stand(ev: Evidence, question: str) -> Prose:
    """Lead from the grades of a core question to its findings; empty where there are none."""
    if not (ev.findings["question"] == question).any():
        return Prose("")
    return Prose(
        f'The <a href="{PAGE}">findings on this question</a> stand with their weights and sources on '
        "a page of their own."
    )


def register_in_short(ev: Evidence) -> Prose:
    """Say how many findings the register holds and what kinds of evidence they rest on."""
    rows = ev.findings
    if rows.empty:
        return Prose(
            "No findings of an inspection are known to this book for this force and round."
        )
    kinds = rows["evidence_kind"].value_counts()
    shown = [f"{plain(name)} ({count})" for name, count in kinds.items()]
    strengths = int((rows["polarity"] == "strength").sum())
    return Prose(
        f"There are {counted(len(rows), 'finding')}: {counted(strengths, 'strength')} and "
        f"{counted(len(rows) - strengths, 'weakness', 'weaknesses')}. Kinds of evidence: {listing(shown)}."
    )
