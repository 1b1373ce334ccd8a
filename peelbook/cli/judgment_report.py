"""The full reasoning behind every grade of a force, for a program to read."""

from __future__ import annotations

from typing import Any

import pandas as pd

from peelbook.evidence import Evidence


def judgment_report(ev: Evidence) -> list[dict[str, Any]]:
    """Return one record a grade, as `peelbook judgments --format json` prints them.

    Each has `area`, `inspection`, `level`, `id`, `title`, `grade`, `provisional_grade`, `basis`,
    `indicative`, `published_grade`, `published_basis` (how it is known);
    `counted` (numbers and weights of the evidence), `evidence` (the
    items of a sub-question), `members` (id and grade of the parts of a core question or of the
    force), `reasons` (rule and text, in order), `left_out` (id and reason) and `smallest_change`
    (by direction; a direction that nothing leads to is absent). What is unknown is None.
    """
    return [_record(ev, row) for row in ev.grades.to_dict("records")]


def _record(ev: Evidence, row: dict[str, Any]) -> dict[str, Any]:
    entry = row["id"]
    judgments = ev.judgments
    own_evidence = judgments.evidence[judgments.evidence["sub_question"] == entry]
    counted = ["strengths", "weaknesses", "strength_weight", "weakness_weight"]
    counted += ["areas_for_improvement", "causes_of_concern"]
    plain = ["level", "id", "title", "grade", "provisional_grade", "basis", "indicative"]
    return {
        "area": ev.force.slug,
        "inspection": ev.inspection.id if ev.inspection else None,
        **{name: _known(row[name]) for name in plain},
        "published_grade": _known(row["published"]),
        "published_basis": _known(row["published_basis"]),
        "counted": {name: row[name] for name in counted},
        "evidence": own_evidence.drop(columns="sub_question").to_dict("records"),
        "members": _members(ev, entry),
        "reasons": ev.reasons(entry).to_dict("records"),
        "left_out": _left_out(ev, entry),
        "smallest_change": _changes(judgments.changes, entry),
    }


def _members(ev: Evidence, entry: str) -> list[dict[str, Any]]:
    if entry == "overall":
        own = [question.id for question in ev.framework.questions]
    else:
        own = [part.id for part in ev.framework.sub_questions if part.question == entry]
    grades = ev.grades.set_index("id")["grade"]
    return [{"id": member, "grade": grades[member]} for member in own]


def _left_out(ev: Evidence, entry: str) -> list[dict[str, str]]:
    if entry == "overall":
        return [
            {"id": question.id, "reason": "The inspectorate did not grade this question."}
            for question in ev.framework.questions
            if not question.graded
        ]
    rows = ev.judgments.left_out
    return rows.loc[rows["sub_question"] == entry, ["id", "reason"]].to_dict("records")


def _changes(changes: pd.DataFrame, entry: str) -> dict[str, dict[str, Any]]:
    own = changes[changes["id"] == entry].drop(columns="id")
    return {change.pop("direction"): change for change in own.to_dict("records")}


def _known(value: object) -> object:
    return None if pd.isna(value) else value
