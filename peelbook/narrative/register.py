"""The findings of a register as paragraphs, and its areas for improvement as a list."""

from __future__ import annotations

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.narrative.prose import Prose, paragraphs, plain
from peelbook.narrative.words import counted, sentence_case


def findings(ev: Evidence, sub_question: str) -> Prose:
    """Tell the findings of a sub-question theme by theme, strengths before weaknesses.

    Findings that only repeat an indicator are left out: the chapter has the figure itself.
    """
    rows = ev.findings
    rows = rows[(rows["sub_question"] == sub_question) & rows["restates_indicator"].isna()]
    if rows.empty:
        return Prose(_nothing_found(ev))
    themes = [_theme(name, group) for name, group in rows.groupby("theme", sort=False)]
    return paragraphs(*themes)


def _nothing_found(ev: Evidence) -> str:
    if ev.findings.empty:
        return (
            f"This book has no findings register for {ev.force.full_name} in this period, so "
            "nothing is said here about how the force goes about this work."
        )
    return ""


def _theme(name: str, rows: pd.DataFrame) -> str:
    parts = [f"**{sentence_case(plain(name))}.**"]
    strengths = rows[rows["polarity"] == "strength"]
    weaknesses = rows[rows["polarity"] == "weakness"]
    parts += [_sentence(row) for row in strengths.itertuples()]
    if len(weaknesses):
        parts.append("*Weakness:*" if len(weaknesses) == 1 else "*Weaknesses:*")
        parts += [_sentence(row) for row in weaknesses.itertuples()]
    return " ".join(parts)


def _sentence(row: tuple) -> str:
    return plain(row.finding)


def areas_for_improvement(ev: Evidence, question: str | None = None) -> Prose:
    """List the areas for improvement and causes of concern of one core question, or of all."""
    rows = ev.findings
    if rows.empty:
        return Prose(
            f"No areas for improvement are listed, because this book has no findings register for "
            f"{ev.force.full_name} in this period."
        )
    chosen = rows if question is None else rows[rows["question"] == question]
    concerns = chosen[chosen["cause_of_concern"]]
    areas = chosen[chosen["area_for_improvement"]]
    parts = []
    if len(concerns):
        parts.append("**Causes of concern**")
        parts.append("\n".join(f"- {plain(text)}" for text in concerns["finding"]))
    if len(areas):
        parts.append("**Areas for improvement**")
        parts.append("\n".join(f"- {plain(text)}" for text in areas["area_for_improvement_text"]))
    if not parts:
        return Prose("The register names no area for improvement or cause of concern here.")
    return paragraphs(*parts)


def register_in_short(ev: Evidence) -> Prose:
    """Say how many findings the register holds and what kinds of evidence they rest on."""
    rows = ev.findings
    if rows.empty:
        return Prose(_nothing_found(ev))
    kinds = rows["evidence_kind"].value_counts()
    listed = "; ".join(f"{name}, {count}" for name, count in kinds.items())
    strengths = int((rows["polarity"] == "strength").sum())
    return Prose(
        f"The register holds {counted(len(rows), 'finding')}: "
        f"{counted(strengths, 'strength')} and "
        f"{counted(len(rows) - strengths, 'weakness', 'weaknesses')}. "
        f"By kind of evidence: {listed}."
    )
