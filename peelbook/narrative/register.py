"""The register of findings in short: how many there are, and on what kinds of evidence they rest."""

from __future__ import annotations

from peelbook.evidence import Evidence
from peelbook.narrative.citations import PAGE
from peelbook.narrative.prose import Prose, plain, sentences
from peelbook.narrative.words import counted, listing


def where_findings_stand(ev: Evidence, question: str) -> Prose:
    """Say how the parts of a core question are graded and where its findings are; empty without any."""
    if not (ev.findings["question"] == question).any():
        return Prose("")
    graded = _grades_of_parts(ev, question)
    where = (
        f'The <a href="{PAGE}">findings on this question</a> are on a page of their own, with their '
        "weights and sources."
    )
    why = "The lines below the table open the reasons." if graded else ""
    return Prose(sentences(graded, why, where))


def _grades_of_parts(ev: Evidence, question: str) -> str:
    """Say the grade of each sub-question in one sentence; empty where none has one."""
    parts = [part.id for part in ev.framework.question(question).sub_questions]
    grades = ev.grades[ev.grades["id"].isin(parts)].set_index("id")["grade"]
    told = [
        f"{listing([part.removeprefix('q') for part in own])} {_verb(name, len(own))}"
        for name in (grade.id for grade in ev.framework.grades)
        if (own := list(grades.index[grades == name]))
    ]
    return f"Of its sub-questions, {listing(told)}." if told else ""


def _verb(grade: str, many: int) -> str:
    if grade == "requires improvement":
        return f"require{'s' if many == 1 else ''} improvement"
    return f"{'is' if many == 1 else 'are'} {grade}"


def that_count(ev: Evidence) -> tuple[int, int] | None:
    """Return how many strengths and weaknesses bear on graded sub-questions; None where all do."""
    parts = ev.grades[ev.grades["level"] == "sub-question"]
    graded = parts.loc[parts["grade"] != ev.framework.grading.ungraded, "id"]
    rows = ev.findings[ev.findings["sub_question"].isin(graded)]
    if len(rows) == len(ev.findings):
        return None
    strengths = int((rows["polarity"] == "strength").sum())
    return strengths, len(rows) - strengths


def register_in_short(ev: Evidence) -> Prose:
    """Say how many findings the register holds and what kinds of evidence they rest on."""
    rows = ev.findings
    if rows.empty:
        return Prose(
            "No findings of an inspection are known to this book for this force and round."
        )
    kinds = rows["evidence_kind"].value_counts()
    shown = [f"{plain(name)} ({count})" for name, count in kinds.items()]
    strengths = int((rows["polarity"] == "strength").sum())
    return Prose(
        f"There are {counted(len(rows), 'finding')}: {counted(strengths, 'strength')} and "
        f"{counted(len(rows) - strengths, 'weakness', 'weaknesses')}{_of_which(ev)}. "
        f"Kinds of evidence: {listing(shown)}."
    )


def _of_which(ev: Evidence) -> str:
    own = that_count(ev)
    return "" if own is None else f", of which {own[0]} and {own[1]} bear on graded sub-questions"
