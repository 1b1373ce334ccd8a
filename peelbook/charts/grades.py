"""Grades as a reader sees them: computed here, the inspectorate's beside them, and why."""

from __future__ import annotations

from html import escape

import pandas as pd

from peelbook.charts.tables import Html, text_table
from peelbook.evidence import Evidence
from peelbook.judgments.published import LEFT_STANDING, published_judgments
from peelbook.judgments.reasons import NO_PARTS, NO_PARTS_IN_SHORT
from peelbook.narrative.prose import Prose
from peelbook.narrative.published import described
from peelbook.narrative.words import DASH, counted, listing, sentence_case
from peelbook.tables.inputs import remembered
from peelbook.tables.inspections import Inspection


def badge(grade: object) -> str:
    """Return a grade as a coloured label; the word itself carries the meaning."""
    if pd.isna(grade):
        return DASH
    name = str(grade)
    return (
        f'<span class="peel-grade peel-grade-{escape(name.replace(" ", "-"))}">'
        f"{escape(sentence_case(name))}</span>"
    )


MARKS = {
    "narrative": (
        "w",
        "read from the inspectorate's wording by this project, not stated as a grade",
    ),
    LEFT_STANDING: ("c", "a judgment of an earlier inspection that was left standing"),
    "elimination": ("e", "inferred from the grades of the other forces"),
}
"""Marks of published grades that were not read as a grade word, and what each means."""


def published_badge(grade: object, basis: object) -> str:
    """Return a published grade as a label, marked if the inspectorate did not state it as such."""
    if pd.isna(grade) or basis not in MARKS:
        return badge(grade)
    mark, meaning = MARKS[str(basis)]
    return f'{badge(grade)} <sup title="{escape(meaning)}">{mark}</sup>'


def marks_explained(bases: pd.Series) -> str:
    """Return the legend of the marks that occur among `bases`, empty if there is none."""
    used = [MARKS[basis] for basis in MARKS if (bases == basis).any()]
    if not used:
        return ""
    told = "; ".join(f"<sup>{mark}</sup> {escape(meaning)}" for mark, meaning in used)
    return f'<p class="peel-source">{told}.</p>'


def grade_table(ev: Evidence, question: str | None = None) -> Html:
    """Return the grades of the core questions and overall, or of one question's sub-questions."""
    if question is None:
        level = ev.grades[ev.grades["level"].isin(["question", "overall"])]
    else:
        own = [part.id for part in ev.framework.question(question).sub_questions]
        level = ev.grades[ev.grades["id"].isin([*own, question])]
    published = question is None and ev.inspection is not None
    head = ["Question", "Computed here"]
    if published:
        before = ev.inspection_before.name if ev.inspection_before else "before"
        head += [f"Published {ev.inspection.name}", f"Published {before}"]
    head.append("Evidence")
    rows = [_row(ev, row, published=published) for row in level.itertuples()]
    caption = "Judgments computed by this book" + (
        ", with the published ones beside them" if published else ""
    )
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    return Html(
        f'<div class="peel-table peel-table-text peel-grades" tabindex="0" role="region" '
        f'aria-label="{escape(caption)}"><table>'
        f'<caption class="peel-hidden">{escape(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
        + (_published_explained(ev, level) if published else "")
        + (_labels_explained(ev, level) if question is None else "")
    )


def _published_explained(ev: Evidence, level: pd.DataFrame) -> str:
    bases = pd.concat([level["published_basis"], level["published_before_basis"]])
    return marks_explained(bases) + _dashes_explained(ev, level)


def _dashes_explained(ev: Evidence, level: pd.DataFrame) -> str:
    """Say why each dash among the published grades stands, each reason once."""
    why: dict[str, list[str]] = {}
    for column, one in (("published", ev.inspection), ("published_before", ev.inspection_before)):
        for name in level.loc[level[column].isna(), "id"]:
            names = why.setdefault(_why_no_grade(ev, name, one), [])
            names.extend([_named(name)] if _named(name) not in names else [])
    if not why:
        return ""
    told = "; ".join(f"{listing(names)}, {reason}" for reason, names in why.items())
    return f'<p class="peel-source">A dash: {escape(told)}.</p>'


def _labels_explained(ev: Evidence, level: pd.DataFrame) -> str:
    """Say below the table what each label that is no grade means, each reason once."""
    words = ev.framework.grading
    why: dict[tuple[str, str], list[str]] = {}
    for label in (words.no_evidence, words.untested, words.ungraded):
        for name in level.loc[level["grade"] == label, "id"]:
            why.setdefault((label, _why_label(ev, name, label)), []).append(name)
    return "".join(
        f'<p class="peel-source">{escape(sentence_case(label))}: '
        f"{escape(listing([_named(n) for n in names]))}"
        f"{reason.format('it' if len(names) == 1 else 'them')}</p>"
        for (label, reason), names in why.items()
    )


def _why_label(ev: Evidence, level_id: str, label: str) -> str:
    """Return how a sentence on what has no grade ends; {} stands for what has none."""
    if label == ev.framework.grading.ungraded:
        return ", which the inspectorate does not grade, and neither does this book."
    if label == ev.framework.grading.untested:
        return (
            ". Grades computed from published summaries have not been shown to do better there than "
            "a simple guess."
        )
    if ev.findings.empty:
        return ", since this book holds no findings of an inspection."
    if level_id == "overall":
        return ", since too few core questions have a grade."
    if not _findings_on(ev, level_id):
        return ", since no finding on {} is held."
    if ev.register_basis == "summary":
        return ", since the published summaries tell too little of {}."
    return ", since the evidence leaves too much of {} open."


def _findings_on(ev: Evidence, question: str) -> int:
    """Return how much is held on a core question, with what is described and not graded."""
    row = ev.grade(question)
    return int(row["strengths"] + row["weaknesses"]) + len(described(ev, question))


def _named(level_id: str) -> str:
    return "overall" if level_id == "overall" else f"question {level_id.removeprefix('q')}"


@remembered()
def _graded_questions() -> frozenset[tuple[int, str]]:
    """Return the year and question of which the grade of any force is known."""
    known = published_judgments()
    return frozenset(zip(known["year"].astype(int), known["question"], strict=True))


def _why_no_grade(ev: Evidence, level_id: str, one: Inspection | None) -> str:
    if level_id != "overall" and not ev.framework.question(level_id).graded:
        return "which the inspectorate does not grade"
    if one is None:
        return "as there was no inspection before"
    if (one.graded_year, level_id) not in _graded_questions():
        return f"not graded in {one.name}, which had other questions"
    return f"whose grade of {one.name} is not known to this book"


def _row(ev: Evidence, row: tuple, *, published: bool) -> str:
    name = "Overall" if row.id == "overall" else row.title
    label = f"{row.id.removeprefix('q')}. {name}" if row.id != "overall" else name
    cells = [badge(row.grade)]
    if published:
        cells += [
            published_badge(row.published, row.published_basis),
            published_badge(row.published_before, row.published_before_basis),
        ]
    cells.append(escape(_evidence(ev, row)))
    return (
        f'<tr><th scope="row">{escape(label)}</th>'
        + "".join(f"<td>{cell}</td>" for cell in cells)
        + "</tr>"
    )


def _evidence(ev: Evidence, row: tuple) -> str:
    """Say what a grade rests on: how many strengths and weaknesses, from what, and what counts not."""
    others = len(described(ev, row.id)) if row.level in ("question", "overall") else 0
    beside = f"{counted(others, 'finding')} described and not graded" if others else ""
    if not row.strengths + row.weaknesses:
        return beside or "No finding held"
    counts = ", ".join(
        (
            counted(int(row.strengths), "strength"),
            counted(int(row.weaknesses), "weakness", "weaknesses"),
        )
    )
    # what counts comes from summaries also where it is too little for a grade
    summary = ev.register_basis == "summary"
    only = " (indicators only)" if row.basis == "indicators only" else ""
    kind = " (published summaries)" if summary else only
    return "; ".join(part for part in (counts + kind, beside) if part)


def reasons_table(ev: Evidence, level_id: str) -> Html:
    """Return the reasons for a grade as a table behind a summary line."""
    reasons = ev.reasons(level_id)
    counted_first = reasons["rule"] == "evidence"
    rows = [reasons[counted_first], _indicators_counted(ev, level_id), reasons[~counted_first]]
    told = pd.concat(rows, ignore_index=True)
    table = pd.DataFrame({"Rule": told["rule"].map(sentence_case), "Reason": told["text"]})
    asked = "Why this grade" if _is_graded(ev, level_id) else "Why no grade"
    title = asked if level_id == "overall" else f"{asked} ({level_id[1:]})"
    html = text_table(table, title)
    return Html(f"<details><summary>{escape(title)}</summary>{html}</details>")


def _indicators_counted(ev: Evidence, level_id: str) -> pd.DataFrame:
    """Name each indicator that counted for a sub-question, as a strength or a weakness."""
    items = ev.judgments.evidence
    own = items[(items["sub_question"] == level_id) & (items["source"] == "indicator")]
    return pd.DataFrame({"rule": "indicator", "text": own["text"]})


def question_judgment(ev: Evidence, question: str) -> Html | Prose:
    """Return everything about one core question's grade: the table of parts and the reasons.

    What has no grade shares a sentence with all that has none for the same reason. Where nothing at
    all is known there is nothing to show: the head of the chapter says why.
    """
    parts = [part.id for part in ev.framework.question(question).sub_questions]
    levels = ev.grades[ev.grades["id"].isin([question, *parts])]
    if not levels[["strengths", "weaknesses"]].to_numpy().any():
        return Prose("")
    graded = [level for level in (question, *parts) if _is_graded(ev, level)]
    reasons = "".join(reasons_table(ev, level) for level in graded)
    without = [part for part in parts if part not in graded]
    told_before = question != _first_with_evidence(ev)
    explained = _without_a_grade(ev, without, told_before=told_before)
    return Html(f"{grade_table(ev, question)}\n{explained}{reasons}")


def _first_with_evidence(ev: Evidence) -> str:
    """Return the first core question of which anything is known; its page explains for all."""
    rows = ev.grades[ev.grades["level"] == "question"]
    known = rows.loc[rows[["strengths", "weaknesses"]].sum(axis=1) > 0, "id"]
    return str(known.iloc[0])


def _is_graded(ev: Evidence, level_id: str) -> bool:
    return ev.grade(level_id)["grade"] in [grade.id for grade in ev.framework.grades]


def _without_a_grade(ev: Evidence, parts: list[str], *, told_before: bool) -> str:
    """Say once for all parts that have no grade for the same reason what the reason is.

    What holds for every sub-question is explained on the first page and only named on the others.
    """
    by_reason: dict[str, list[str]] = {}
    for part in parts:
        by_reason.setdefault(ev.reasons(part)["text"].iloc[-1], []).append(part.removeprefix("q"))
    if told_before and NO_PARTS in by_reason:
        by_reason = {(NO_PARTS_IN_SHORT if r == NO_PARTS else r): n for r, n in by_reason.items()}
    return "".join(
        f'<p class="peel-source">{listing(names)} {"has" if len(names) == 1 else "have"} no grade. '
        f"{escape(reason)}</p>"
        for reason, names in by_reason.items()
    )
