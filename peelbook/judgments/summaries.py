"""Grades from published summaries of an inspection, where the whole report was not coded.

A summary tells what stood out and passes over the rest, so a core question is graded from all its
findings together, and sub-questions not at all (rules M1 to M7 of the framework file). Arrays as in
:mod:`peelbook.judgments.rules`: the last axis is the sub-questions, axes before it are cases.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from peelbook.judgments.framework import Framework
from peelbook.judgments.rules import (
    ROUNDING,
    Graded,
    Thresholds,
    Totals,
    thresholds_of,
    totals_of_questions,
)

QUESTION, OVERALL = "summary-question", "summary-overall"


def grade_summaries(
    totals: Totals,
    framework: Framework,
    graded_here: Collection[str],
    thresholds: Thresholds | None = None,
) -> dict[str, Graded]:
    """Grade core questions and the force from summaries, by level.

    `graded_here` names the core questions that count towards the force: those on which computed
    grades have done better than a guess (:mod:`peelbook.judgments.record`). The others are
    computed too, and it is for the caller not to show them. No sub-question has a grade.
    """
    values = thresholds_of(framework) | dict(thresholds or {})
    unknown = framework.ranks[framework.grading.no_evidence]
    evidence = totals_of_questions(totals, framework)
    rank, applied = grade_summary_questions(evidence, framework, values)
    counts = np.array([question.id in graded_here for question in framework.questions])
    overall, told = grade_summary_force(rank[..., counts], framework, values)
    nothing = np.full(np.shape(totals["findings"]), unknown)
    graded = [question.graded for question in framework.questions]
    return {
        "sub-question": Graded(nothing, _provisional(nothing, framework), {}),
        "question": Graded(rank, _provisional(rank, framework), applied, nothing),
        "overall": Graded(
            overall,
            _provisional(overall, framework),
            told,
            np.where(counts, rank, unknown)[..., graded],
        ),
    }


def counted_overall(graded: dict[str, Graded], framework: Framework) -> list[str]:
    """Return the core questions whose grades made that of one force; nothing else counts for it."""
    unknown = framework.ranks[framework.grading.no_evidence]
    questions = [question.id for question in framework.questions if question.graded]
    ranks = graded["overall"].counted
    return [name for name, rank in zip(questions, ranks, strict=True) if rank != unknown]


def findings_needed(framework: Framework) -> int:
    """Return how many findings a core question needs for a grade from summaries."""
    (rule,) = framework.rules_of(QUESTION, "findings-needed")
    return int(rule["at_least"])


def grade_summary_questions(
    evidence: Totals, framework: Framework, values: Thresholds
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Return the rank of each core question and the rules applied; `evidence` is that of questions."""
    (main,) = framework.rules_of(QUESTION, "strengths-outweigh")
    (needed,) = framework.rules_of(QUESTION, "findings-needed")
    weighed = values[f"{main.id}.ratio"] * evidence["weakness_weight"]
    strong = (evidence["strength_weight"] + ROUNDING >= weighed) & (evidence["findings"] > 0)
    caps = {
        rule.id: evidence[rule.count_of] >= values[f"{rule.id}.at_least"]
        for rule in framework.rules_of(QUESTION, "evidence-cap")
    }
    few = evidence["findings"] < values[f"{needed.id}.at_least"]
    rank = np.where(strong, framework.ranks[main.grade], framework.ranks[framework.grading.start])
    for rule_id, applies in caps.items():
        cap = framework.ranks[framework.rules[rule_id].grade]
        rank = np.where(applies, np.minimum(rank, cap), rank)
    rank = np.where(few, framework.ranks[framework.grading.no_evidence], rank)
    shape = rank.shape
    applied = {main.id: strong, **caps, needed.id: few}
    return rank, {rule_id: np.broadcast_to(flags, shape) for rule_id, flags in applied.items()}


def grade_summary_force(
    ranks: np.ndarray, framework: Framework, values: Thresholds
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Return the overall rank from those of the core questions that count, and the rules applied."""
    (main,) = framework.rules_of(OVERALL, "member-cap")
    (needed,) = framework.rules_of(OVERALL, "members-needed")
    unknown = framework.ranks[framework.grading.no_evidence]
    below = (ranks <= framework.ranks[main.members] - 1).sum(axis=-1, keepdims=True)
    known = (ranks != unknown).sum(axis=-1, keepdims=True)
    lowered = below >= values[f"{main.id}.at_least"]
    few = known < values[f"{needed.id}.at_least"]
    good = framework.ranks[framework.grading.good_enough]
    rank = np.where(lowered, framework.ranks[main.grade], good)
    return np.where(few, unknown, rank), {main.id: lowered, needed.id: few}


def _provisional(rank: np.ndarray, framework: Framework) -> np.ndarray:
    """A summary supports no grade beyond the one it gives, not even a provisional one."""
    return np.where(rank == framework.ranks[framework.grading.no_evidence], np.nan, rank)
