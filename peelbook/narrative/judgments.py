"""Judgments in sentences: the grade, the published one beside it, and how they compare."""

from __future__ import annotations

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.judgments.indicator_evidence import NO_FINDINGS
from peelbook.judgments.summaries import findings_needed
from peelbook.narrative.firmness import more_often
from peelbook.narrative.placing import where_placing_decides
from peelbook.narrative.prose import Prose, paragraphs, plain, sentences
from peelbook.narrative.published import (
    described,
    is_grade,
    published_grade,
)
from peelbook.narrative.record import NOTHING, agreed, how_far_to_trust, why_not_graded
from peelbook.narrative.register import that_count
from peelbook.narrative.words import WEIGHTS, counted, listing
from peelbook.tables.periods import in_words


def _verdict(name: str, grade: str) -> str:
    """Say a grade of somebody: is good at ..., requires improvement."""
    if grade == "requires improvement":
        return f"{name} requires improvement"
    return f"{name} is {grade}"


def headline(ev: Evidence) -> Prose:
    """State the overall grade, what it rests on and how far it holds, and the published one."""
    overall = ev.grade("overall")
    asked = f"**{ev.framework.headline_question}**"
    if not is_grade(ev, overall["grade"]):
        return paragraphs(
            asked,
            sentences(
                _no_overall_grade(ev, overall["grade"]), where_placing_decides(ev, "overall")
            ),
            published_grade(ev, "overall"),
        )
    answer = f"By the rules of this book, {_verdict(ev.force.full_name, overall['grade'])}."
    return paragraphs(
        asked,
        sentences(
            answer,
            _basis(ev, overall),
            agreed(ev, "overall"),
            more_often(ev, "overall"),
            where_placing_decides(ev, "overall"),
        ),
        published_grade(ev, "overall"),
    )


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
            f"summaries, not on a whole report.{_beside_what_counts(ev, row)} It is this book's, not "
            "the inspectorate's."
        )
    return (
        f"The judgment is computed from {strengths} and {weaknesses}{_of_all(ev, row)}; it is this "
        "book's, not the inspectorate's."
    )


def _of_all(ev: Evidence, row: pd.Series) -> str:
    """Say beside the overall grade why fewer findings count than the register holds."""
    if row["level"] != "overall" or that_count(ev) is None:
        return ""
    return (
        f", those of all {counted(len(ev.findings), 'finding')} that bear on graded sub-questions"
    )


def _beside_what_counts(ev: Evidence, row: pd.Series) -> str:
    """Say how many findings are told that count neither way, so that the numbers add up."""
    number = len(described(ev, str(row.name)))
    if not number:
        return ""
    verb = "is" if number == 1 else "are"
    return f" {counted(number, 'further finding')} {verb} described and not graded."


def question_summary(ev: Evidence, question: str) -> Prose:
    """State the grade of one core question and what it rests on, or why it has none."""
    row = ev.grade(question)
    asked = ev.framework.question(question)
    if row["grade"] == ev.framework.grading.ungraded:
        return Prose(
            f"**{asked.question}** The inspectorate did not grade this question, and neither does "
            "this book."
        )
    if not is_grade(ev, row["grade"]):
        return paragraphs(
            f"**{asked.question}**",
            sentences(_no_grade(ev, question, row["grade"]), where_placing_decides(ev, question)),
            published_grade(ev, question),
        )
    verdict = _verdict(ev.force.full_name, row["grade"])
    return paragraphs(
        f"**{asked.question}**",
        sentences(
            f"On this question, by the rules of this book, {verdict}.",
            _basis(ev, row),
            agreed(ev, question),
            more_often(ev, question),
            where_placing_decides(ev, question),
        ),
        published_grade(ev, question),
    )


def how_far_it_holds(ev: Evidence, question: str) -> Prose:
    """Say what would change the grade of a core question, and how often such grades are right.

    Empty for a question without a grade: the head of its page says why it has none.
    """
    if not is_grade(ev, ev.grade(question)["grade"]):
        return Prose("")
    return paragraphs(_close_to_another(ev, question), how_far_to_trust(ev, question))


def _close_to_another(ev: Evidence, question: str) -> str:
    """Say that one more finding, minor or ordinary, would change a grade, where it would."""
    changes = ev.judgments.changes
    near = changes[
        (changes["id"] == question)
        & ~changes["put_right"].astype(bool)
        & (changes["findings"] == 1)
    ]
    kinds = {"better": "strength", "worse": "weakness"}
    told = [
        f"one more {WEIGHTS[row.weight]} {kinds[row.direction]} would change it to {row.to}"
        for row in near.itertuples()
    ]
    return f"The grade hangs on little: {listing(told)}." if told else ""


def _no_grade(ev: Evidence, question: str, name: str) -> str:
    if ev.register_basis == "summary" and not enough_told(ev, question):
        return sentences(_too_little(ev, question), NOTHING)
    if name == ev.framework.grading.untested:
        return why_not_graded(question)
    if ev.findings.empty:
        return (
            "There is no grade: this book holds no findings of an inspection for "
            f"{ev.force.full_name} in this period. {NO_FINDINGS}"
        )
    return (
        "There is not enough evidence in this book to grade the question for "
        f"{ev.force.full_name} in this period."
    )


def enough_told(ev: Evidence, question: str) -> bool:
    """Say whether summaries tell enough on a question for a grade, shown or not."""
    row = ev.grade(question)
    return int(row["strengths"] + row["weaknesses"]) >= findings_needed(ev.framework)


def _too_little(ev: Evidence, question: str) -> str:
    """Say what the summaries tell on a question that has too few findings for a grade."""
    row, other = ev.grade(question), described(ev, question)
    told = int(row["strengths"] + row["weaknesses"])
    name = ev.force.full_name
    if not told and other.empty:
        return f"There is no computed grade: no finding on this question is held for {name}."
    summaries = f"There is no grade: the published summaries of {name} tell"
    themes = listing([plain(theme) for theme in dict.fromkeys(other["theme"])])
    verb = "is" if len(other) == 1 else "are"
    if not told:
        return (
            f"{summaries} {counted(len(other), 'finding')} on this question, on {themes}, which {verb} "
            "described and not graded."
        )
    beside = f", and {len(other)} (on {themes}) that {verb} described and not graded"
    return (
        f"{summaries} only {counted(told, 'finding')} on this question"
        f"{beside if len(other) else ''}. A grade needs {findings_needed(ev.framework)}."
    )
