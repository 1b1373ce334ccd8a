"""What is known of a question beside the computed grade: the published grade, and no more than that."""

from __future__ import annotations

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.judgments.published import LEFT_STANDING
from peelbook.narrative.prose import plain, sentences
from peelbook.narrative.words import listing
from peelbook.tables.inspections import name_of_round

HOW_KNOWN = {
    "narrative": "read by this project from the inspectorate's wording, not stated by it",
    LEFT_STANDING: "a judgment of an earlier inspection that was left standing",
    "elimination": "inferred from the grades of the other forces, not read in a source",
}
"""How a published grade is known that was not read as a grade word."""
BOTH_KNOWN = {
    "narrative": "read by this project from the inspectorate's wording, not stated by it",
    "elimination": "inferred from the grades of the other forces, not read in a source",
}
"""The same, where it holds of two grades in one sentence."""
ONLY_A_GRADE = "only the grade is known"


def this_round(ev: Evidence) -> str:
    """Name the inspection of the book as a sentence does."""
    return ev.inspection.name if ev.inspection else str(ev.period_end.year)


def round_before(ev: Evidence) -> str:
    """Name the inspection before, as a sentence does."""
    return ev.inspection_before.name if ev.inspection_before else "the inspection before"


def published_grade(ev: Evidence, level_id: str) -> str:
    """Say the grade that the inspectorate gave, that of the inspection before, and how they compare."""
    row = ev.grade(level_id)
    now, before = row["published"], row["published_before"]
    if pd.isna(now):
        return f"No grade published by the inspectorate for {this_round(ev)} is known to this book."
    known, known_before = row["published_basis"], row["published_before_basis"]
    if known == LEFT_STANDING:
        return _left_standing(ev, level_id)
    alike = pd.notna(before) and known == known_before and known in BOTH_KNOWN
    if known == "explicit":
        text = f"The inspectorate's own grade for {this_round(ev)} was **{now}**"
    else:
        text = f"The grade for {this_round(ev)} is taken to be **{now}**"
        text += "" if alike else f" ({HOW_KNOWN[known]})"
    if pd.notna(before):
        text += _beside_the_one_before(ev, now, before)
        if alike:
            text += f"; both were {BOTH_KNOWN[known]}"
        elif known_before != "explicit":
            text += f" (which was {HOW_KNOWN[known_before]})"
    return sentences(f"{text}.", _agreement(ev, row))


def _left_standing(ev: Evidence, level_id: str) -> str:
    row = ev.grade(level_id)
    told = (
        f"{_question(level_id)} was not judged again in {this_round(ev)}; the grade "
        f"**{row['published']}** of {judged_in(row)} was left standing."
    )
    if not is_grade(ev, row["grade"]):
        return told
    return f"{told} The computed grade rests on later findings and is not compared with it."


def _question(level_id: str) -> str:
    if level_id == "overall":
        return "Effectiveness overall"
    return f"Question {level_id.removeprefix('q')}"


def questions_left_standing(ev: Evidence) -> list[str]:
    """Return the core questions that the inspection of the book did not judge again, by id."""
    rows = ev.grades[ev.grades["level"] == "question"]
    return list(rows.loc[rows["published_basis"] == LEFT_STANDING, "id"])


def judged_in(row: pd.Series) -> str:
    """Name the inspection whose grade was left standing; `row` as :attr:`Evidence.grades` has it."""
    year = row["published_judged_in"]
    if pd.isna(year):
        return "an earlier inspection"
    return name_of_round(year)


def is_grade(ev: Evidence, name: str) -> bool:
    """Say whether a word is one of the grades, not one for want of a grade."""
    return name in [grade.id for grade in ev.framework.grades]


def _beside_the_one_before(ev: Evidence, now: str, before: str) -> str:
    order = [grade.id for grade in ev.framework.grades]
    step = order.index(now) - order.index(before)
    if step == 0:
        return f", the same as for {round_before(ev)}"
    return f", {'worse' if step > 0 else 'better'} than that for {round_before(ev)}, {before}"


def _agreement(ev: Evidence, row: pd.Series) -> str:
    if not is_grade(ev, row["grade"]):
        return ""
    if row["grade"] == row["published"]:
        return "The computed grade agrees with it."
    if ev.register_basis == "summary" and row["published"] in ("outstanding", "inadequate"):
        return (
            "The computed grade differs from it, and has to: by the rules of this book summaries "
            "carry neither the highest grade nor the lowest."
        )
    return "The computed grade differs from it; the rules that decided are listed with the grade."


def described(ev: Evidence, level_id: str) -> pd.DataFrame:
    """Return the findings on a graded core question, or all, that are described and not graded.

    For the force as a whole and from summaries these are also the findings on core questions without
    a grade. Empty for a question of which nothing is graded: all its findings are shown with it.
    """
    counted = ev.findings["sub_question"].isin([part.id for part in ev.framework.counted_parts])
    if level_id == "overall":
        if ev.register_basis == "summary":
            counted &= ev.findings["question"].isin(
                [q.id for q in ev.framework.questions if is_grade(ev, ev.grade(q.id)["grade"])]
            )
        return ev.findings[~counted]
    rows = ev.findings[~counted]
    graded = ev.framework.question(level_id).graded
    return rows[(rows["question"] == level_id) & graded]


def known_without_findings(ev: Evidence, question: str) -> str:
    """Say what is known of a question on which no finding is held, empty for nothing."""
    row = ev.grade(question)
    if pd.isna(row["published"]):
        return ""
    if row["published_basis"] == LEFT_STANDING:
        return f"not judged again in {this_round(ev)}"
    return ONLY_A_GRADE


def without_findings(ev: Evidence) -> str:
    """Name the core questions on which no finding is held, and what is known of each."""
    have = set(ev.findings["question"])
    told = [
        f"{plain(question.title.lower())}{_in_brackets(known_without_findings(ev, question.id))}"
        for question in ev.framework.questions
        if question.id not in have
    ]
    return f"No finding is held on {listing(told, 'or')}." if told else ""


def _in_brackets(known: str) -> str:
    return f" ({known})" if known else ""
