"""Grades as a reader sees them: computed here, the inspectorate's beside them, and why."""

from __future__ import annotations

from html import escape

import pandas as pd

from peelbook.charts.tables import Html, text_table
from peelbook.evidence import Evidence
from peelbook.narrative.words import DASH, counted, sentence_case


def badge(grade: object) -> str:
    """Return a grade as a coloured label; the word itself carries the meaning."""
    if pd.isna(grade):
        return DASH
    name = str(grade)
    return (
        f'<span class="peel-grade peel-grade-{escape(name.replace(" ", "-"))}">'
        f"{escape(sentence_case(name))}</span>"
    )


def grade_table(ev: Evidence, question: str | None = None) -> Html:
    """Return the grades of the core questions and overall, or of one question's sub-questions."""
    if question is None:
        level = ev.grades[ev.grades["level"].isin(["question", "overall"])]
    else:
        own = [part.id for part in ev.framework.question(question).sub_questions]
        level = ev.grades[ev.grades["id"].isin([*own, question])]
    published = question is None
    head = ["Question", "Computed here"]
    if published:
        head += [f"Published {ev.inspection.name}", f"Published {ev.inspection_before.name}"]
    head.append("Evidence")
    rows = [_row(ev, row, published=published) for row in level.itertuples()]
    caption = "Judgments computed by this book" + (
        ", with the published ones beside them" if published else ""
    )
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    return Html(
        f'<div class="peel-table peel-table-text" tabindex="0" role="region" '
        f'aria-label="{escape(caption)}"><table>'
        f'<caption class="peel-hidden">{escape(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
        + (_dash_explained(level) if published else "")
    )


def _dash_explained(level: pd.DataFrame) -> str:
    if level[["published", "published_before"]].notna().all(axis=None):
        return ""
    return (
        '<p class="peel-source">A dash: the inspectorate gave no grade in that year, or none is '
        "known to this book.</p>"
    )


def _row(ev: Evidence, row: tuple, *, published: bool) -> str:
    name = "Overall" if row.id == "overall" else row.title
    label = f"{row.id.removeprefix('q')}. {name}" if row.id != "overall" else name
    cells = [badge(row.grade)]
    if published:
        cells += [badge(row.published), badge(row.published_before)]
    cells.append(escape(_evidence(row)))
    return (
        f'<tr><th scope="row">{escape(label)}</th>'
        + "".join(f"<td>{cell}</td>" for cell in cells)
        + "</tr>"
    )


def _evidence(row: tuple) -> str:
    """Say what a grade rests on; the counts tell the rest."""
    if row.basis == "insufficient":
        return "Insufficient"
    counts = ", ".join(
        (
            counted(int(row.strengths), "strength"),
            counted(int(row.weaknesses), "weakness", "weaknesses"),
        )
    )
    return f"{counts} (indicators only: indicative)" if row.indicative else counts


def reasons_table(ev: Evidence, level_id: str) -> Html:
    """Return the reasons for a grade as a table behind a summary line."""
    reasons = ev.reasons(level_id)
    counted_first = reasons["rule"] == "evidence"
    rows = [reasons[counted_first], _indicators_counted(ev, level_id), reasons[~counted_first]]
    told = pd.concat(rows, ignore_index=True)
    table = pd.DataFrame({"Rule": told["rule"], "Reason": told["text"]})
    title = "Why this grade" if level_id == "overall" else f"Why this grade ({level_id[1:]})"
    html = text_table(table, title)
    return Html(f"<details><summary>{escape(title)}</summary>{html}</details>")


def _indicators_counted(ev: Evidence, level_id: str) -> pd.DataFrame:
    """Name each indicator that counted for a sub-question, as a strength or a weakness."""
    items = ev.judgments.evidence
    own = items[(items["sub_question"] == level_id) & (items["source"] == "indicator")]
    return pd.DataFrame({"rule": "indicator", "text": own["text"]})


def question_judgment(ev: Evidence, question: str) -> Html:
    """Return everything about one core question's grade: the table of parts and all reasons."""
    parts = [part.id for part in ev.framework.question(question).sub_questions]
    reasons = "".join(reasons_table(ev, level) for level in [question, *parts])
    return Html(f"{grade_table(ev, question)}\n{reasons}")
