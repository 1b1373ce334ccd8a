"""Every register of the project, for properties that hold for 43 forces and three rounds."""

from __future__ import annotations

import pandas as pd

from peelbook.evidence import Evidence, load_evidence
from peelbook.parameters import force_slugs

ROUNDS = {"2016": "2016-06-30", "2017": "2017-06-30", "2018-19": "2018-06-30"}


def evidence_of_rounds() -> list[Evidence]:
    """Return the evidence of every force in every round that has findings."""
    all_of_them = [
        load_evidence(force=force, period_end=end, inspection=inspection)
        for force in force_slugs()
        for inspection, end in ROUNDS.items()
    ]
    return [ev for ev in all_of_them if len(ev.findings)]


def questions_of(ev: Evidence) -> list[tuple[str, pd.DataFrame]]:
    """Return (core question, its findings) of a register, without the analyst's summaries."""
    rows = ev.findings.assign(question_summary=None)
    return list(rows.groupby("question", sort=True))
