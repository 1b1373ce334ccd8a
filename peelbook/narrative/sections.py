"""The findings of a sub-question under the report's own sub-headings, as connected paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.narrative.citations import cite
from peelbook.narrative.evidence_seen import introductions
from peelbook.narrative.figures_told import figures_of
from peelbook.narrative.once import beside_figures, findings_left, praises_recorded_crime
from peelbook.narrative.prose import Prose, paragraphs, sentences
from peelbook.narrative.summaries import tells_all
from peelbook.narrative.telling import CONTRASTS, Told, in_order, paragraph, told

LONGEST = 6
"""Findings of a paragraph."""
FEWEST = 6
"""Findings of a section below which sub-headings would stand over a sentence each."""


def findings(ev: Evidence, sub_question: str) -> Prose:
    """Tell the findings of a sub-question, under its sub-headings where there are enough.

    A finding that only says what a figure of the section says is left out, and so is a second
    one that says the same; the page of findings has them all. Nothing is told where the summary
    of the question has told every finding.
    """
    if tells_all(ev, sub_question.partition(".")[0]):
        return Prose("")
    rows = beside_figures(findings_left(ev, sub_question), figures_of(ev, sub_question))
    if rows.empty:
        return Prose("")
    rows = rows[~praises_recorded_crime(rows)]
    parts = _under_headings(ev, sub_question, rows)
    if len(parts) < 2 or len(rows) < FEWEST:
        return _paragraphs(ev, sub_question, rows)
    texts: list[str] = []
    for title, own in parts:
        texts += [_heading(title), _paragraphs(ev, sub_question, own, texts)]
    return paragraphs(*texts)


def _heading(title: str) -> str:
    return f"<h3>{escape(title)}</h3>" if title else ""


def _under_headings(
    ev: Evidence, sub_question: str, rows: pd.DataFrame
) -> list[tuple[str, pd.DataFrame]]:
    """Return (title, its findings) in the reader's order; what has no heading comes first."""
    (part,) = (part for part in ev.framework.sub_questions if part.id == sub_question)
    titles = {heading.id: heading.title for heading in part.headings}
    chosen = rows["heading"].where(rows["heading"].isin(list(titles)), "")
    parts = [(titles.get(name, ""), rows[chosen == name]) for name in ("", *titles)]
    return [(title, own) for title, own in parts if len(own)]


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
