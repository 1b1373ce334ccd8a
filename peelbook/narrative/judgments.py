"""Judgments in sentences: the grade, the published one beside it, and how they compare."""

from __future__ import annotations

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.narrative.prose import Prose, paragraphs, plain, sentences
from peelbook.narrative.words import counted, sentence_case
from peelbook.tables.periods import in_words


def _round(ev: Evidence) -> str:
    return ev.inspection.name if ev.inspection else str(ev.period_end.year)


def _before(ev: Evidence) -> str:
    before = ev.inspection_before
    return before.name if before else "the inspection before"


def _verdict(name: str, grade: str) -> str:
    """Say a grade of somebody: is good at ..., requires improvement."""
    if grade == "requires improvement":
        return f"{name} requires improvement"
    return f"{name} is {grade}"


def headline(ev: Evidence) -> Prose:
    """State the overall grade, what it rests on, and the inspectorate's beside it."""
    overall = ev.grade("overall")
    asked = f"**{ev.framework.headline_question}**"
    if overall["grade"] == ev.framework.grading.no_evidence:
        return paragraphs(asked, _no_grade(ev), _published(ev, "overall"))
    answer = f"By the rules of this book, {_verdict(ev.force.full_name, overall['grade'])}."
    return paragraphs(asked, f"{answer} {_basis(ev, overall)}", _published(ev, "overall"))


def _no_grade(ev: Evidence) -> str:
    if len(ev.findings):
        return (
            f"This book gives {ev.force.full_name} no overall grade for the 12 months to "
            f"{in_words(ev.period_end)}: the evidence leaves too many core questions open."
        )
    return (
        f"This book gives {ev.force.full_name} no overall grade for the 12 months to "
        f"{in_words(ev.period_end)}: it has no findings register for the force in this period, "
        "and indicators alone are too little to judge by."
    )


def _basis(ev: Evidence, row: pd.Series) -> str:
    if row["indicative"]:
        return (
            "It rests on indicators alone and is therefore *indicative*: published figures say "
            "little about how a force works."
        )
    return (
        f"The judgment is computed from "
        f"{counted(int(row['strengths']), 'strength')} and "
        f"{counted(int(row['weaknesses']), 'weakness', 'weaknesses')}; it is this book's, not the "
        "inspectorate's."
    )


def _published(ev: Evidence, level_id: str) -> str:
    row = ev.grade(level_id)
    now, before = row["published"], row["published_before"]
    if pd.isna(now):
        return f"No grade published by the inspectorate for {_round(ev)} is known to this book."
    text = f"The inspectorate's own grade for {_round(ev)} was **{now}**"
    if pd.notna(before):
        order = [grade.id for grade in ev.framework.grades]
        step = order.index(now) - order.index(before)
        text += (
            f", the same as for {_before(ev)}"
            if step == 0
            else f", {'worse' if step > 0 else 'better'} than its grade for {_before(ev)}, {before}"
        )
    return sentences(f"{text}.", _agreement(ev, row))


def _agreement(ev: Evidence, row: pd.Series) -> str:
    if row["grade"] not in [grade.id for grade in ev.framework.grades]:
        return ""
    if row["grade"] == row["published"]:
        return "The computed grade agrees with it."
    return "The computed grade differs from it; the reasons are given with the rules that fired."


def question_summary(ev: Evidence, question: str) -> Prose:
    """State the grade of one core question, or that the question is not graded."""
    row = ev.grade(question)
    asked = ev.framework.question(question)
    if row["grade"] == ev.framework.grading.ungraded:
        return Prose(
            f"**{asked.question}** The inspectorate did not grade this question, and neither does "
            "this book."
        )
    if row["grade"] == ev.framework.grading.no_evidence:
        text = (
            "There is not enough evidence in this book to grade the question for "
            f"{ev.force.full_name} in this period."
        )
        return paragraphs(f"**{asked.question}**", text, _published(ev, question))
    verdict = _verdict(ev.force.full_name, row["grade"])
    return paragraphs(
        f"**{asked.question}**",
        f"On this question, by the rules of this book, {verdict}. {_basis(ev, row)}",
        _published(ev, question),
    )


def question_verdict(ev: Evidence, question: str) -> str:
    """State the grade of a core question in one sentence, for a summary."""
    row = ev.grade(question)
    if row["grade"] == ev.framework.grading.ungraded:
        return "This question is not graded."
    if row["grade"] == ev.framework.grading.no_evidence:
        return f"There is not enough evidence for a grade.{_beside(row)}"
    indicative = ", indicatively," if row["indicative"] else ""
    published = _beside(row)
    return f"Computed{indicative} as **{row['grade']}**.{published}"


def _beside(row: pd.Series) -> str:
    return "" if pd.isna(row["published"]) else f" The inspectorate: {row['published']}."


def by_question(ev: Evidence) -> Prose:
    """Name the core questions by grade, best first, and what was left ungraded."""
    graded = ev.grades[ev.grades["level"] == "question"]
    parts = []
    for grade in [*(grade.id for grade in ev.framework.grades), ev.framework.grading.no_evidence]:
        titles = [_lower(title) for title in graded.loc[graded["grade"] == grade, "title"]]
        if titles:
            parts.append(f"**{sentence_case(grade)}:** {'; '.join(titles)}.")
    return paragraphs(*parts)


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]


def change_since_last_year(ev: Evidence) -> Prose:
    """Compare the inspectorate's grades of this year and the year before, question by question."""
    order = [grade.id for grade in ev.framework.grades]
    rows = ev.grades[ev.grades["level"] == "question"].dropna(
        subset=["published", "published_before"]
    )
    if rows.empty:
        return Prose(
            f"The published grades of {_round(ev)} and {_before(ev)} cannot be compared: they are "
            f"not both known for any core question of {ev.force.full_name}."
        )
    steps = rows["published"].map(order.index) - rows["published_before"].map(order.index)
    groups = {"Improved": steps < 0, "Stayed the same": steps == 0, "Deteriorated": steps > 0}
    said = [
        f"**{verb}:** {'; '.join(_lower(title) for title in rows.loc[chosen, 'title'])}."
        for verb, chosen in groups.items()
        if chosen.any()
    ]
    return paragraphs(
        f"Between {_before(ev)} and {_round(ev)} the inspectorate's grades for the core questions "
        "moved as follows.",
        *said,
        _not_compared(ev, list(rows["id"])),
    )


def _not_compared(ev: Evidence, compared: list[str]) -> str:
    graded = ev.grades[ev.grades["id"].isin([q.id for q in ev.framework.questions if q.graded])]
    left = graded.loc[~graded["id"].isin(compared), "title"]
    if left.empty:
        return ""
    return (
        f"**Not compared**, because the grade of one of the two years is not known to this book: "
        f"{'; '.join(_lower(title) for title in left)}."
    )


def changes_found(ev: Evidence) -> Prose:
    """Count the findings that the register codes as improved or deteriorated since 2015."""
    if ev.findings.empty:
        return Prose("")
    counts = ev.findings["change_since_last"].value_counts()
    better, same, worse = (
        int(counts.get(name, 0)) for name in ("improved", "unchanged", "deteriorated")
    )
    return Prose(
        f"Of the findings that look back to {_before(ev)}, {better} record an improvement, "
        f"{same} no change and {worse} a deterioration."
    )


def main_findings(ev: Evidence, question: str, most: int = 3) -> Prose:
    """Name the weightiest strengths and weaknesses of a core question, in the register's words."""
    rows = ev.findings
    rows = rows[(rows["question"] == question) & (rows["weight"] == rows["weight"].max())]
    parts = []
    for polarity, label in (("strength", "Main strengths"), ("weakness", "Main weaknesses")):
        chosen = rows.loc[rows["polarity"] == polarity, "finding"].head(most)
        if len(chosen):
            parts.append(f"*{label}:* " + " ".join(plain(text) for text in chosen))
    return paragraphs(*parts)
