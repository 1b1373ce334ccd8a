"""Judgments in sentences: the grade, the published one beside it, and how they compare."""

from __future__ import annotations

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.judgments.indicator_evidence import NO_FINDINGS
from peelbook.narrative.prose import Prose, paragraphs, plain, sentences
from peelbook.narrative.record import NOTHING, how_far_to_trust, why_not_graded
from peelbook.narrative.words import counted, listing, sentence_case
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
    """State the overall grade, what it rests on and how far it holds, and the published one."""
    overall = ev.grade("overall")
    asked = f"**{ev.framework.headline_question}**"
    if not _is_grade(ev, overall["grade"]):
        return paragraphs(asked, _no_overall_grade(ev, overall["grade"]), _published(ev, "overall"))
    answer = f"By the rules of this book, {_verdict(ev.force.full_name, overall['grade'])}."
    return paragraphs(
        asked,
        sentences(answer, _basis(ev, overall)),
        how_far_to_trust(ev, "overall"),
        _published(ev, "overall"),
    )


def _is_grade(ev: Evidence, name: str) -> bool:
    return name in [grade.id for grade in ev.framework.grades]


def _no_overall_grade(ev: Evidence, name: str) -> str:
    none = f"This book gives {ev.force.full_name} no overall grade"
    if ev.findings.empty:
        return (
            f"{none} for the 12 months to {in_words(ev.period_end)}, as it holds no findings of an "
            f"inspection. {NO_FINDINGS}"
        )
    if name == ev.framework.grading.untested:
        return f"{none}. {why_not_graded('overall')}"
    if ev.register_basis == "summary":
        told = _questions_graded(ev)
        return f"{none}: the published summaries tell enough for a grade of {told}. {NOTHING}"
    return f"{none}: the evidence leaves too many core questions open."


def _questions_graded(ev: Evidence) -> str:
    rows = ev.grades[ev.grades["level"] == "question"]
    known = int(rows["grade"].isin([grade.id for grade in ev.framework.grades]).sum())
    needed = ev.framework.rules_of("summary-overall", "members-needed")[0]["at_least"]
    return f"only {counted(known, 'core question')}, and {needed:g} are needed"


def _basis(ev: Evidence, row: pd.Series) -> str:
    strengths = counted(int(row["strengths"]), "strength")
    weaknesses = counted(int(row["weaknesses"]), "weakness", "weaknesses")
    if ev.register_basis == "summary":
        return (
            f"The grade is provisional: it rests on {strengths} and {weaknesses} told in published "
            f"summaries, not on a whole report. It is this book's, not the inspectorate's."
        )
    return (
        f"The judgment is computed from {strengths} and {weaknesses}; it is this book's, not the "
        "inspectorate's."
    )


def _published(ev: Evidence, level_id: str) -> str:
    row = ev.grade(level_id)
    now, before = row["published"], row["published_before"]
    if pd.isna(now):
        return f"No grade published by the inspectorate for {_round(ev)} is known to this book."
    if row["published_basis"] == "explicit":
        text = f"The inspectorate's own grade for {_round(ev)} was **{now}**"
    else:
        text = f"The grade for {_round(ev)} is taken to be **{now}**, {HOW_KNOWN[row['published_basis']]}"
    if pd.notna(before):
        order = [grade.id for grade in ev.framework.grades]
        step = order.index(now) - order.index(before)
        text += (
            f", the same as for {_before(ev)}"
            if step == 0
            else f", {'worse' if step > 0 else 'better'} than that for {_before(ev)}, {before}"
        )
        if row["published_before_basis"] != "explicit":
            text += f" (which was {HOW_KNOWN[row['published_before_basis']]})"
    return sentences(f"{text}.", _agreement(ev, row))


HOW_KNOWN = {
    "narrative": "read by this project from the inspectorate's wording, not stated by it",
    "carried-over": "a judgment of an earlier inspection that was left standing",
    "elimination": "inferred from the grades of the other forces, not read in a source",
}
"""How a published grade is known that was not read as a grade word."""


def _agreement(ev: Evidence, row: pd.Series) -> str:
    if not _is_grade(ev, row["grade"]):
        return ""
    if row["grade"] == row["published"]:
        return "The computed grade agrees with it."
    if ev.register_basis == "summary" and row["published"] in ("outstanding", "inadequate"):
        return (
            "The computed grade differs from it, and has to: by the rules of this book summaries "
            "carry neither the highest grade nor the lowest."
        )
    return "The computed grade differs from it; the rules that decided are listed with the grade."


def question_summary(ev: Evidence, question: str) -> Prose:
    """State the grade of one core question and how far it holds, or why it has none."""
    row = ev.grade(question)
    asked = ev.framework.question(question)
    if row["grade"] == ev.framework.grading.ungraded:
        return Prose(
            f"**{asked.question}** The inspectorate did not grade this question, and neither does "
            "this book."
        )
    if not _is_grade(ev, row["grade"]):
        return paragraphs(
            f"**{asked.question}**", _no_grade(ev, question, row["grade"]), _published(ev, question)
        )
    verdict = _verdict(ev.force.full_name, row["grade"])
    return paragraphs(
        f"**{asked.question}**",
        sentences(f"On this question, by the rules of this book, {verdict}.", _basis(ev, row)),
        how_far_to_trust(ev, question),
        _published(ev, question),
    )


def _no_grade(ev: Evidence, question: str, name: str) -> str:
    if name == ev.framework.grading.untested:
        return why_not_graded(question)
    told = int(ev.grade(question)["strengths"] + ev.grade(question)["weaknesses"])
    if ev.register_basis == "summary":
        much = f"only {counted(told, 'finding')}" if told else "nothing"
        return (
            f"There is no grade: the published summaries of {ev.force.full_name} tell {much} on this "
            f"question. {NOTHING}"
        )
    if ev.findings.empty:
        return (
            "There is no grade: this book holds no findings of an inspection for "
            f"{ev.force.full_name} in this period. {NO_FINDINGS}"
        )
    return (
        "There is not enough evidence in this book to grade the question for "
        f"{ev.force.full_name} in this period."
    )


def question_verdict(ev: Evidence, question: str) -> str:
    """State the grade of a core question in one sentence, for a summary."""
    row = ev.grade(question)
    if row["grade"] == ev.framework.grading.ungraded:
        return "This question is not graded."
    if row["grade"] == ev.framework.grading.untested:
        return f"It is not graded here.{_beside(row)}"
    if row["grade"] == ev.framework.grading.no_evidence:
        return f"There is not enough evidence for a grade.{_beside(row)}"
    provisional = ", provisionally," if ev.register_basis == "summary" else ""
    return f"Computed{provisional} as **{row['grade']}**.{_beside(row)}"


def _beside(row: pd.Series) -> str:
    if pd.isna(row["published"]):
        return ""
    if row["published_basis"] == "explicit":
        return f" The inspectorate: {row['published']}."
    return f" Published grade: {row['published']}, {HOW_KNOWN[row['published_basis']]}."


def by_question(ev: Evidence) -> Prose:
    """Name the core questions by grade, best first, and what was left ungraded."""
    graded = ev.grades[ev.grades["level"] == "question"]
    parts = []
    grading = ev.framework.grading
    names = [grade.id for grade in ev.framework.grades]
    for grade in [*names, grading.no_evidence, grading.untested]:
        titles = [_lower(title) for title in graded.loc[graded["grade"] == grade, "title"]]
        if titles:
            parts.append(f"**{sentence_case(grade)}:** {'; '.join(titles)}.")
    return paragraphs(*parts)


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]


def change_since_last_year(ev: Evidence) -> Prose:
    """Compare the published grades of this inspection and the one before, question by question."""
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
        f"Between {_before(ev)} and {_round(ev)} the published grades of the core questions "
        "moved as follows.",
        *said,
        _not_stated(rows),
        _not_compared(ev, list(rows["id"])),
    )


def _not_stated(rows: pd.DataFrame) -> str:
    """Name the questions of which a grade compared was not stated as such by the inspectorate."""
    bases = rows[["published_basis", "published_before_basis"]]
    unstated = rows.loc[(bases != "explicit").any(axis=1), "id"].str.removeprefix("q")
    if unstated.empty:
        return ""
    which = "question" if len(unstated) == 1 else "questions"
    return (
        f"Of {which} {listing(list(unstated))}, a grade of one of the two inspections was read from "
        "wording or left standing from an earlier one; a change there may be one of reading."
    )


def _not_compared(ev: Evidence, compared: list[str]) -> str:
    graded = ev.grades[ev.grades["id"].isin([q.id for q in ev.framework.questions if q.graded])]
    left = graded.loc[~graded["id"].isin(compared), "title"]
    if left.empty:
        return ""
    return (
        f"**Not compared**, because the grade of one of the two inspections is not known to this book: "
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
