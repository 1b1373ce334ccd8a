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
from peelbook.narrative.clauses import DEMAND, statistics_in, without_stop

STATISTICAL = ("data return", "published statistics", "survey")
ASIDE = re.compile(r" \([^()]*\)")
CLOSING = re.compile(r",[^,]*$")
ORDINARY = 2
"""Weight from which a finding that gives way to a figure is named beside it all the same."""
SENTENCE_END = re.compile(r"(?<=[.!?]) (?=[A-Z0-9])")


def findings_left(ev: Evidence, sub_question: str) -> pd.DataFrame:
    """Return the findings of a sub-question that the figures of its section do not tell."""
    rows = ev.findings[ev.findings["sub_question"] == sub_question]
    keep = ~restates_a_value(ev, rows) | rows["id"].isin(says_more(rows))
    return rows[keep]


def restates_a_value(ev: Evidence, rows: pd.DataFrame) -> pd.Series:
    """Say of each finding whether it repeats an indicator that has a value here."""
    return (
        rows["restates_indicator"]
        .map(lambda name: pd.notna(name) and pd.notna(ev.row(name)["value"]))
        .astype(bool)
    )


def says_more(rows: pd.DataFrame) -> list[str]:
    """Return the ids of findings that put a figure to use: a reason, an effect, a demand."""
    linked = rows["because_of"].notna() | rows["leads_to"].notna()
    asks = rows["area_for_improvement"].astype(bool) | rows["cause_of_concern"].astype(bool)
    demands = rows["finding"].str.contains(DEMAND)
    return list(rows.loc[linked | asks | demands, "id"])


def given_way(ev: Evidence, sub_question: str, left: pd.DataFrame) -> pd.DataFrame:
    """Return the findings that gave way to a figure and are heavy enough to be named beside it.

    `left` are those that the section tells.
    """
    rows = ev.findings[ev.findings["sub_question"] == sub_question]
    heavy = (rows["weight"] >= ORDINARY) & ~praises_recorded_crime(rows)
    return rows[heavy & ~rows["id"].isin(left["id"])]


def praises_recorded_crime(rows: pd.DataFrame) -> pd.Series:
    """Say of each finding whether it values the level of recorded crime, which a page describes."""
    return (rows["sub_question"] == "q1.1") & (rows["evidence_kind"] == "published statistics")


def beside_figures(rows: pd.DataFrame, figures: str) -> pd.DataFrame:
    """Return findings without what the text of the section's figures tells already.

    An aside in parentheses goes if the figures tell its every statistic. A finding from a data
    return, published statistics or a survey goes if one sentence of theirs does, unless it puts
    the figure to use; where only an aside or its last clause has the statistic, the judgment
    before it stays.
    """
    known = statistics_in(figures)
    said = [statistics_in(s) for part in figures.split("\n\n") for s in SENTENCE_END.split(part)]
    only_figures = rows["evidence_kind"].isin(STATISTICAL) & ~rows["id"].isin(says_more(rows))

    def left_of(text: str, *, only_figure: bool) -> str:
        bare = ASIDE.sub(lambda m: "" if _is_told(m[0], [known], any_two=False) else m[0], text)
        numbers = statistics_in(text)
        if not only_figure or not numbers or not any(numbers <= one for one in said):
            return bare
        judged = CLOSING.sub("", without_stop(bare))
        return next(
            (f"{one}." for one in (without_stop(bare), judged) if not statistics_in(one)), ""
        )

    texts = [
        left_of(text, only_figure=only)
        for text, only in zip(rows["finding"], only_figures, strict=True)
    ]
    kept = rows.assign(finding=texts)
    return kept[kept["finding"] != ""]


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


def _is_told(sentence: str, told: Sequence[frozenset[str]], *, any_two: bool = True) -> bool:
    numbers = statistics_in(without_citations(sentence))
    return bool(numbers) and any(
        numbers <= one or (any_two and len(numbers & one) > 1) for one in told
    )
