"""The findings of a sub-question under the report's own sub-headings, as connected paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.narrative.citations import cite
from peelbook.narrative.evidence_seen import introductions
from peelbook.narrative.figures_told import figures_of
from peelbook.narrative.once import (
    beside_figures,
    findings_left,
    given_way,
    praises_recorded_crime,
    restates_a_value,
)
from peelbook.narrative.prose import Prose, paragraphs, plain, sentences
from peelbook.narrative.summaries import tells_all
from peelbook.narrative.telling import CONTRASTS, Told, in_order, paragraph, told
from peelbook.narrative.words import listing

LONGEST = 6
"""Findings of a paragraph."""
FEWEST = 6
"""Findings of a section below which sub-headings would stand over a sentence each."""


def findings(ev: Evidence, sub_question: str) -> Prose:
    """Tell the findings of a sub-question, under its sub-headings where there are enough.

    A finding that only says what a figure of the section says gives way to it; one that is no light
    one is named there as what it is, a strength or a weakness. A second one that says the same is
    left out. Nothing is told where the summary of the question has told every finding.
    """
    if tells_all(ev, sub_question.partition(".")[0]):
        return Prose("")
    rows = beside_figures(findings_left(ev, sub_question), figures_of(ev, sub_question))
    rows = rows[~praises_recorded_crime(rows)]
    named = _named_beside_figures(given_way(ev, sub_question, rows))
    if rows.empty:
        return Prose(named)
    parts = _under_headings(ev, sub_question, rows)
    if len(parts) < 2 or len(rows) < FEWEST:
        return paragraphs(named, _paragraphs(ev, sub_question, rows))
    texts: list[str] = [named]
    for title, own in parts:
        texts += [_heading(title), _paragraphs(ev, sub_question, own, texts)]
    return paragraphs(*texts)


def _named_beside_figures(rows: pd.DataFrame) -> str:
    """Say which of the figures before inspectors counted as strengths and as weaknesses."""
    said = []
    for kind, several in (("strength", "strengths"), ("weakness", "weaknesses")):
        own = rows[rows["polarity"] == kind]
        if len(own):
            themes = listing([plain(theme) for theme in dict.fromkeys(own["theme"])])
            what = f"a {kind}" if len(own) == 1 else several
            said.append(
                f"Inspectors counted the figures above on {themes} as {what}. {cite(own['id'])}"
            )
    return sentences(*said)


def _heading(title: str) -> str:
    return f"<h3>{escape(title)}</h3>" if title else ""


def _under_headings(
    ev: Evidence, sub_question: str, rows: pd.DataFrame
) -> list[tuple[str, pd.DataFrame]]:
    """Return (title, its findings) in the reader's order.

    First, without a heading, what goes on from the figures: findings on a theme that they show.
    """
    (part,) = (part for part in ev.framework.sub_questions if part.id == sub_question)
    titles = {heading.id: heading.title for heading in part.headings}
    with_figures = rows["theme"].isin(_themes_of_figures(ev, sub_question))
    chosen = rows["heading"].where(rows["heading"].isin(list(titles)) & ~with_figures, "")
    parts = [(titles.get(name, ""), rows[chosen == name]) for name in ("", *titles)]
    return [(title, own) for title, own in parts if len(own)]


def _themes_of_figures(ev: Evidence, sub_question: str) -> set[str]:
    """Return the themes of the question on which it has figures, as its findings restate them."""
    rows = ev.findings[ev.findings["question"] == sub_question.partition(".")[0]]
    return set(rows.loc[restates_a_value(ev, rows), "theme"])


def _paragraphs(
    ev: Evidence, sub_question: str, rows: pd.DataFrame, before: Sequence[str] = ()
) -> Prose:
    turns = sum("\n\n".join(before).count(f"{word} ") for word in CONTRASTS)
    seen = introductions(ev, sub_question)
    texts: list[str] = []
    for part in _in_parts(in_order(told(rows))):
        said = "\n".join([*before, *texts])
        new = {name: text for name, text in seen.items() if text not in said}
        text = paragraph(part, turns=turns, introduced=new)
        turns += sum(text.count(f"{word} ") for word in CONTRASTS)
        texts.append(sentences(text, cite(one.id for one in part)))
    return paragraphs(*texts)


def _in_parts(findings: Sequence[Told]) -> list[list[Told]]:
    """Cut a row of findings into paragraphs where a theme ends, never between cause and effect."""
    parts: list[list[Told]] = [[]]
    for i, one in enumerate(findings):
        last = findings[i - 1] if i else None
        new_theme = last is not None and one.group != last.group and last.id not in one.causes
        theme = [f for f in findings[i:] if f.group == one.group]
        if new_theme and len(parts[-1]) + len(theme) > LONGEST:
            parts.append([])
        parts[-1].append(one)
    if len(parts) > 1 and len(parts[-1]) == 1:
        parts[-2:] = [parts[-2] + parts[-1]]
    return parts
