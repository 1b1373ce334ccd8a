"""Judgments in sentences: the grade, the published one beside it, and how they compare."""

from __future__ import annotations

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.judgments.indicator_evidence import NO_FINDINGS
from peelbook.judgments.reasons import ORDINARY
from peelbook.narrative.prose import Prose, paragraphs, sentences
from peelbook.narrative.record import NOTHING, how_far_to_trust, why_not_graded
from peelbook.narrative.register import that_count
from peelbook.narrative.words import counted, listing
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


def _published(ev: Evidence, level_id: str) -> str:
    row = ev.grade(level_id)
    now, before = row["published"], row["published_before"]
    if pd.isna(now):
        return f"No grade published by the inspectorate for {_round(ev)} is known to this book."
    known, known_before = row["published_basis"], row["published_before_basis"]
    alike = pd.notna(before) and known == known_before and known in BOTH_KNOWN
    if known == "explicit":
        text = f"The inspectorate's own grade for {_round(ev)} was **{now}**"
    else:
        text = f"The grade for {_round(ev)} is taken to be **{now}**"
        text += "" if alike else f" ({HOW_KNOWN[known]})"
    if pd.notna(before):
        text += _beside_the_one_before(ev, now, before)
        if alike:
            text += f"; both were {BOTH_KNOWN[known]}"
        elif known_before != "explicit":
            text += f" (which was {HOW_KNOWN[known_before]})"
    return sentences(f"{text}.", _agreement(ev, row))


def _beside_the_one_before(ev: Evidence, now: str, before: str) -> str:
    order = [grade.id for grade in ev.framework.grades]
    step = order.index(now) - order.index(before)
    if step == 0:
        return f", the same as for {_before(ev)}"
    return f", {'worse' if step > 0 else 'better'} than that for {_before(ev)}, {before}"


HOW_KNOWN = {
    "narrative": "read by this project from the inspectorate's wording, not stated by it",
    "carried-over": "a judgment of an earlier inspection that was left standing",
    "elimination": "inferred from the grades of the other forces, not read in a source",
}
"""How a published grade is known that was not read as a grade word."""
BOTH_KNOWN = {
    "narrative": "read by this project from the inspectorate's wording, not stated by it",
    "elimination": "inferred from the grades of the other forces, not read in a source",
}
"""The same, where it holds of two grades in one sentence."""


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
        sentences(
            f"On this question, by the rules of this book, {verdict}.",
            _basis(ev, row),
            _close_to_another(ev, question),
        ),
        how_far_to_trust(ev, question),
        _published(ev, question),
    )


def _close_to_another(ev: Evidence, question: str) -> str:
    """Say that one more ordinary finding would change a grade, where it would."""
    changes = ev.judgments.changes
    near = changes[
        (changes["id"] == question)
        & ~changes["put_right"].astype(bool)
        & (changes["weight"] <= ORDINARY)
    ]
    kinds = {"better": "strength", "worse": "weakness"}
    told = [
        f"one more ordinary {kinds[row.direction]} would change it to {row.to}"
        for row in near.itertuples()
    ]
    return f"The grade hangs on little: {listing(told)}." if told else ""


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


def _titles(titles: pd.Series) -> str:
    return "; ".join(title[:1].lower() + title[1:] for title in titles)


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
        f"**{verb}:** {_titles(rows.loc[chosen, 'title'])}."
        for verb, chosen in groups.items()
        if chosen.any()
    ]
    between = f"Between {_before(ev)} and {_round(ev)} the published grades of the core questions"
    if (steps == 0).all():
        all_compared = len(rows) == sum(q.graded for q in ev.framework.questions)
        those = "" if all_compared else f" that can be compared ({_titles(rows['title'])})"
        opening, said = f"{between}{those} all stayed the same.", []
    else:
        opening = f"{between} moved as follows."
    return paragraphs(
        opening,
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
        f"On {which} {listing(list(unstated))} the inspectorate did not itself state the grade in "
        "one of the two inspections, or left an older one standing. Where it did not state it, "
        "another reader might have taken its words for another grade."
    )


def _not_compared(ev: Evidence, compared: list[str]) -> str:
    graded = ev.grades[ev.grades["id"].isin([q.id for q in ev.framework.questions if q.graded])]
    left = graded.loc[~graded["id"].isin(compared), "title"]
    if left.empty:
        return ""
    return (
        f"**Not compared**, because the grade of one of the two inspections is not known to this book: "
        f"{_titles(left)}."
    )
