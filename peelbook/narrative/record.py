"""How far a grade computed from published summaries can be trusted, in sentences beside the grade."""

from __future__ import annotations

from peelbook.evidence import Evidence
from peelbook.judgments.record import SimilarCases, similar_cases, summary_record
from peelbook.narrative.prose import sentences

FIFTHS = {0.0: "none", 0.2: "a fifth", 0.4: "two fifths", 0.6: "three fifths", 0.8: "four fifths"}
CAVEAT = "The summaries were written to explain those grades, so some agreement is to be expected."
NOTHING = (
    "A summary leaves much out, and what it leaves out counts neither for nor against the force."
)


def how_far_to_trust(ev: Evidence, level_id: str) -> str:
    """Say beside a grade from summaries how often such grades agree, and how similar cases ended.

    `level_id` is a core question or ``overall``. Empty where the findings are not summaries or the
    question has no grade.
    """
    if ev.register_basis != "summary" or level_id not in ev.graded_from_summaries:
        return ""
    if ev.grade(level_id)["grade"] == ev.framework.grading.no_evidence:
        return ""
    return sentences(agreement(level_id), CAVEAT, similar_forces_graded(ev, level_id))


def agreement(level_id: str) -> str:
    """Say in how many cases grades computed from summaries were those of the inspectorate."""
    record = summary_record()[level_id]
    where = "overall" if level_id == "overall" else "on this question"
    return (
        f"Grades computed like this from published summaries agreed with the inspectorate's in "
        f"{record.agrees} of {record.cases} cases {where}; to say “good” every time would have been "
        f"right in {record.always_good}, to repeat the grade of the inspection before in "
        f"{record.as_before}."
    )


def why_not_graded(level_id: str) -> str:
    """Say why no grade from summaries is shown for a core question, or overall."""
    record = summary_record()[level_id]
    best = max(record.always_good, record.as_before)
    where = "overall" if level_id == "overall" else "on this question"
    if not record.cases:
        return f"It is not graded here: grades from summaries could not be tested {where}."
    return (
        f"It is not graded here: {where}, grades computed from published summaries could be compared "
        f"with the inspectorate's in only {record.cases} cases and agreed in {record.agrees}, where a "
        f"simple guess was right in {best}. That is too little to show that they say more than a guess."
    )


def similar_forces_graded(ev: Evidence, level_id: str) -> str:
    """Say how the inspectorate graded cases with a similar balance of strengths and weaknesses."""
    row = ev.grade(level_id)
    if level_id == "overall":
        return ""
    found = similar_cases(
        row["strength_weight"], row["weakness_weight"], ev.force.slug, ev.framework
    )
    if found is None:
        return ""
    return (
        f"Where {_share(found)} of what was published about another force on a core question were "
        f"strengths, by weight, the inspectorate graded it good or better in {found.good} of "
        f"{found.cases} cases."
    )


def _share(found: SimilarCases) -> str:
    low, high = FIFTHS[round(found.low, 1)], FIFTHS.get(round(found.high, 1), "all")
    if found.low == 0:
        return f"less than {high}"
    if high == "all":
        return f"{low} or more"
    return f"between {low} and {high}"
