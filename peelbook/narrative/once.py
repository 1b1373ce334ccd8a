"""A statistic is told once in a section: by the finding that makes something of it, or the figure.

A finding that only repeats an indicator with a value gives way to the figure. One that says more
stays, and a sentence of the figure's text that tells nothing beyond it goes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.narrative.citations import without_citations
from peelbook.narrative.clauses import statistics_in

STATISTICAL = ("data return", "published statistics", "survey")
ASIDE = re.compile(r" \([^()]*\)")
SENTENCE_END = re.compile(r"(?<=[.!?]) (?=[A-Z0-9])")


def findings_left(ev: Evidence, sub_question: str) -> pd.DataFrame:
    """Return the findings of a sub-question that the figures of its section do not tell."""
    rows = ev.findings[ev.findings["sub_question"] == sub_question]
    shown = rows["restates_indicator"].map(
        lambda name: pd.notna(name) and pd.notna(ev.row(name)["value"])
    )
    keep = ~shown.astype(bool) | rows["id"].isin(says_more(rows))
    return rows[keep]


def says_more(rows: pd.DataFrame) -> list[str]:
    """Return the ids of findings that put a figure to use: a reason, an effect, a demand."""
    linked = rows["because_of"].notna() | rows["leads_to"].notna()
    asks = rows["area_for_improvement"].astype(bool) | rows["cause_of_concern"].astype(bool)
    return list(rows.loc[linked | asks, "id"])


def praises_recorded_crime(rows: pd.DataFrame) -> pd.Series:
    """Say of each finding whether it values the level of recorded crime, which a page describes."""
    return (rows["sub_question"] == "q1.1") & (rows["evidence_kind"] == "published statistics")


def beside_figures(rows: pd.DataFrame, figures: str) -> pd.DataFrame:
    """Return findings without what the text of the section's figures tells already.

    An aside in parentheses goes if the figures tell its every statistic; a finding from a data
    return, published statistics or a survey goes if one sentence of theirs does, unless it puts
    the figure to use.
    """
    known = statistics_in(figures)

    def bare(text: str) -> str:
        return ASIDE.sub(
            lambda m: "" if statistics_in(m[0]) and statistics_in(m[0]) <= known else m[0], text
        )

    said = [statistics_in(s) for part in figures.split("\n\n") for s in SENTENCE_END.split(part)]
    only_figures = rows["evidence_kind"].isin(STATISTICAL) & ~rows["id"].isin(says_more(rows))
    told = rows["finding"].map(
        lambda text: bool(statistics_in(text)) and any(statistics_in(text) <= one for one in said)
    )
    kept = rows[~(only_figures & told.astype(bool))]
    return kept.assign(finding=kept["finding"].map(bare))


def not_told(ev: Evidence, sub_question: str, text: str) -> str:
    """Return a figure's text without the sentences whose statistics one finding tells: all or two.

    A sentence without a statistic stays.
    """
    rows = findings_left(ev, sub_question)
    told = [statistics_in(finding) for finding in rows["finding"]]
    parts = [
        " ".join(s for s in SENTENCE_END.split(part) if not _is_told(s, told))
        for part in text.split("\n\n")
    ]
    return "\n\n".join(part for part in parts if part)


def _is_told(sentence: str, told: Sequence[frozenset[str]]) -> bool:
    numbers = statistics_in(without_citations(sentence))
    return bool(numbers) and any(numbers <= one or len(numbers & one) > 1 for one in told)
