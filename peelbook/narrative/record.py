"""How far a grade computed from published summaries can be trusted, in sentences beside the grade."""

from __future__ import annotations

from peelbook.evidence import Evidence
from peelbook.judgments.balance import percent_of_strengths
from peelbook.judgments.framework import load_framework
from peelbook.judgments.record import Record, SimilarCases, similar_cases, summary_record
from peelbook.narrative.prose import sentences

SUMMARIES = "published summaries, which were written to explain the inspectorate's grades"
NOTHING = (
    "A summary leaves much out, and what it leaves out counts neither for nor against the force."
)


def agreed(ev: Evidence, level_id: str) -> str:
    """Say beside a grade from summaries how often such grades agree, and how often a guess does.

    `level_id` is a core question or ``overall``. Empty where the findings are not summaries or the
    question has no grade.
    """
    if not _graded_from_summaries(ev, level_id):
        return ""
    record = summary_record()[level_id]
    return (
        f"Grades computed like this agreed with the inspectorate's in {record.agrees} of "
        f"{record.cases} cases {_where(level_id)}; the better of two simple guesses did in "
        f"{record.better_guess}."
    )


def how_far_to_trust(ev: Evidence, level_id: str) -> str:
    """Say which guesses a grade from summaries is held against, and how similar cases ended.

    Empty as :func:`agreed`, which it explains.
    """
    if not _graded_from_summaries(ev, level_id):
        return ""
    return sentences(agreement(level_id), similar_forces_graded(ev, level_id))


def _graded_from_summaries(ev: Evidence, level_id: str) -> bool:
    return (
        ev.register_basis == "summary"
        and level_id in ev.graded_from_summaries
        and ev.grade(level_id)["grade"] != ev.framework.grading.no_evidence
    )


def agreement(level_id: str) -> str:
    """Say in how many cases grades computed from summaries were those of the inspectorate."""
    record = summary_record()[level_id]
    return sentences(
        f"Grades computed like this from {SUMMARIES}, agreed with these in {record.agrees} of "
        f"{record.cases} cases {_where(level_id)}; to say “good” every time would have been right in "
        f"{record.always_good}, to repeat the grade of the inspection before (“good” where it is not "
        f"known) in {record.as_before}.",
        f"{_margin(record)}." if record.by_chance else "",
    )


def _where(level_id: str) -> str:
    return "overall" if level_id == "overall" else "on this question"


def _margin(record: Record) -> str:
    """Say how many more cases than the better guess chance alone could have given."""
    more = record.agrees - record.better_guess
    cases = "1 case" if more == 1 else f"{more} cases"
    return (
        f"The better guess was right in only {cases} fewer, a margin that chance alone could give"
    )


def why_not_graded(level_id: str) -> str:
    """Say why no grade from summaries is shown for a core question, or overall."""
    record, framework = summary_record()[level_id], load_framework()
    best = record.better_guess
    where = _where(level_id)
    if not record.cases:
        return f"It is not graded here: grades from summaries could not be tested {where}."
    level = "summary-overall" if level_id == "overall" else "summary-question"
    needed = framework.rules_of(level, "record-needed")[0]["cases"]
    compared = (
        f"It is not graded here: grades computed from {SUMMARIES}, could be compared with these in "
        f"{record.cases} cases {where} and agreed in {record.agrees}, where a simple guess was right "
        f"in {best}."
    )
    if record.agrees <= best:
        return f"{compared} They say no more than a guess."
    if record.cases < needed:
        margin = f"{_margin(record)}, and a" if record.by_chance else "A"
        return f"{compared} {margin} grade is shown only from {needed:g} cases on."
    return compared


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
    how_many = {0: "none", found.cases: "all"}.get(found.good, str(found.good))
    percent = percent_of_strengths(
        row["strength_weight"], row["weakness_weight"], ev.framework, summary=True
    )
    return (
        f"{_share(percent)} Of {found.cases} cases of other forces, on any core question, in which "
        f"strengths were {_band(found)} by weight, the inspectorate graded {how_many} good or better."
    )


def _share(percent: int) -> str:
    if percent in (0, 100):
        return f"The summaries tell of no {'weakness' if percent else 'strength'}."
    return f"By weight, strengths are {percent} percent of what the summaries tell."


def _band(found: SimilarCases) -> str:
    """Say between which shares of strengths the cases lie."""
    low, high = round(100 * found.low), round(100 * found.high)
    if not low:
        return f"less than {high} percent"
    return f"{low} percent or more" if high >= 100 else f"{low} to less than {high} percent"
