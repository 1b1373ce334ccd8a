"""The grading rules: each type of rule as arithmetic on counted evidence, thresholds from the file.

Everything here works on arrays whose last axis is the sub-questions (or core questions) in the
order of the framework file; axes before it are cases, so one register and ten thousand sets of
thresholds go the same way. Grades are ranks (see `Framework.ranks`).

A rule raises a rank to its grade or lowers it to its grade, so the order of rules does not matter:
the highest raise that applies comes first, then the lowest cap. Added strengths can only make
raises apply and caps lapse, added weaknesses the reverse; that is why more strength never worsens
a grade.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from peelbook.judgments.framework import Framework, Rule

# Weights are sums of decimals; this only keeps rounding of the machine out of a comparison.
ROUNDING = 1e-9

Totals = Mapping[str, np.ndarray]
"""Counted evidence: the columns of `judgments.count_evidence`, the last axis sub-questions."""

OF_QUESTION = {"causes_of_concern": "causes_in_question"}
"""Counts that are not the sum over sub-questions, and the column that is summed in their place:
one published cause of concern can be told in several sub-questions and is one for the question."""

Thresholds = Mapping[str, "float | np.ndarray"]
"""`"<rule id>.<parameter>"` to a number, or to a column of numbers with one row a case."""


@dataclass(frozen=True)
class Graded:
    """Ranks of the entries of a level, their provisional ranks (missing: nan), the rules applied.

    `counted` is the rank with which each member counted; None for sub-questions.
    """

    rank: np.ndarray
    provisional: np.ndarray
    applied: Mapping[str, np.ndarray]
    counted: np.ndarray | None = None


@dataclass(frozen=True)
class Members:
    """What the next level up needs to know of its members; the last axis is the members.

    `belongs` has a row a member and a column a parent, 1 where the member belongs to the parent.
    `finding_rank` is the rank on findings alone.
    """

    belongs: np.ndarray
    rank: np.ndarray
    provisional: np.ndarray
    finding_rank: np.ndarray
    findings: np.ndarray
    strength_findings: np.ndarray


def grade_all(
    totals: Totals, framework: Framework, thresholds: Thresholds | None = None
) -> dict[str, Graded]:
    """Grade sub-questions, core questions and the force, by level.

    `thresholds` replaces thresholds of the framework file; an array must be a column, one row a
    case. Core questions have the order of the file; the overall grade is the only one of its level.
    """
    values = thresholds_of(framework) | dict(thresholds or {})
    parts = grade_sub_questions(totals, framework, values)
    belongs = belonging(framework)
    members = Members(
        belongs,
        parts.rank,
        parts.provisional,
        grade_sub_questions(of_findings(totals), framework, values).rank,
        totals["findings"],
        totals["strength_findings"],
    )
    of_questions = totals_of_questions(totals, framework)
    questions = grade_from_members(members, of_questions, framework, "question", values)
    graded = [question.graded for question in framework.questions]
    own = {name: counts[..., graded] for name, counts in of_questions.items()}
    force = Members(
        np.ones((sum(graded), 1)),
        questions.rank[..., graded],
        questions.provisional[..., graded],
        questions.rank[..., graded],
        own["findings"],
        own["strength_findings"],
    )
    in_all = {name: counts.sum(axis=-1, keepdims=True) for name, counts in own.items()}
    overall = grade_from_members(force, in_all, framework, "overall", values)
    return {"sub-question": parts, "question": questions, "overall": overall}


def thresholds_of(framework: Framework) -> dict[str, float | np.ndarray]:
    """Return every threshold of the rules by `"<rule id>.<parameter>"`."""
    return {
        f"{rule.id}.{name}": rule[name]
        for rule in framework.rules.values()
        for name in rule.parameters
    }


def belonging(framework: Framework) -> np.ndarray:
    """Return 1 where a sub-question (row) counts towards a core question (column), else 0.

    A sub-question that is described and not graded does not count towards a graded question.
    """
    return np.array(
        [
            [
                float(part.question == question.id and (part.graded or not question.graded))
                for question in framework.questions
            ]
            for part in framework.sub_questions
        ]
    )


def totals_of_questions(totals: Totals, framework: Framework) -> dict[str, np.ndarray]:
    """Return the evidence of each core question from that of its sub-questions."""
    belongs = belonging(framework)
    return {name: totals[OF_QUESTION.get(name, name)] @ belongs for name in totals}


def of_findings(totals: Totals) -> dict[str, np.ndarray]:
    """Return the evidence that comes from findings, without that from indicators."""
    return {
        **totals,
        "strengths": totals["strength_findings"],
        "weaknesses": totals["findings"] - totals["strength_findings"],
        "strength_weight": totals["strength_weight_of_findings"],
        "weakness_weight": totals["weakness_weight_of_findings"],
        "indicators": np.zeros_like(totals["indicators"]),
    }


def grade_sub_questions(totals: Totals, framework: Framework, values: Thresholds) -> Graded:
    """Grade each sub-question from its evidence.

    A sub-question without evidence has the rank of missing evidence and no provisional rank.
    """
    level = "sub-question"
    has_evidence = totals["strengths"] + totals["weaknesses"] > 0
    raises = {
        rule.id: _strengths_outweigh(totals, rule, values) & has_evidence
        for rule in framework.rules_of(level, "strengths-outweigh")
    }
    lowers = {
        rule.id: _weaknesses_outweigh(totals, rule, values) & has_evidence
        for rule in framework.rules_of(level, "weaknesses-outweigh")
    } | _evidence_caps(totals, framework, level, values)
    rank = _raise_then_lower(framework.ranks[framework.grading.start], raises, lowers, framework)
    unknown = framework.ranks[framework.grading.no_evidence]
    graded = np.where(has_evidence, rank, unknown)
    return Graded(graded, np.where(has_evidence, rank, np.nan), raises | lowers)


def grade_from_members(
    members: Members, totals: Totals, framework: Framework, level: str, values: Thresholds
) -> Graded:
    """Grade core questions from sub-questions, or the force from its core questions.

    `totals` is the evidence of each parent; `level` is that of the parents.
    """
    counted = counted_ranks(members, framework, level)
    raises = {
        rule.id: _members_outstanding(members, counted, rule, framework, values)
        for rule in framework.rules_of(level, "members-outstanding")
    }
    lowers = {
        rule.id: _members_below(counted, members.belongs, rule, framework, values)
        for rule in framework.rules_of(level, "member-cap")
    } | _evidence_caps(totals, framework, level, values)
    (missing,) = framework.rules_of(level, "missing-evidence")
    good = framework.ranks[framework.grading.good_enough]
    not_known_good = (counted < good) @ members.belongs
    unknown = not_known_good >= _at_least(missing.by, members.belongs, values)
    no_grade = framework.ranks[framework.grading.no_evidence]
    start = np.where(unknown, no_grade, good)
    rank = _raise_then_lower(start, raises, lowers, framework)
    ungraded = rank == no_grade
    yielded = {
        rule.id: ((counted != members.rank) @ members.belongs) > 0
        for rule in framework.rules_of(level, "indicators-yield-to-findings")
    }
    provisional = _provisional(members, totals, missing, framework, values)
    return Graded(
        rank,
        np.where(ungraded, provisional, rank),
        raises | lowers | {missing.id: ungraded} | yielded,
        counted,
    )


def counted_ranks(members: Members, framework: Framework, level: str) -> np.ndarray:
    """Return the rank with which each member counts towards its parent.

    It is the member's own rank, but where a rule lets indicators yield to findings, the parent
    has findings and none of its members is below good on findings alone, then a member below good
    counts as good if it has findings, and as not known if it has none.
    """
    rank = members.rank
    if not framework.rules_of(level, "indicators-yield-to-findings"):
        return rank
    good = framework.ranks[framework.grading.good_enough]
    unknown = framework.ranks[framework.grading.no_evidence]
    has_findings = members.findings > 0
    below_on_findings = has_findings & (members.finding_rank < good)
    findings_prevail = _of_parent(has_findings, members) & ~_of_parent(below_on_findings, members)
    # A cause of concern is a finding, so where findings prevail no cap of theirs is set aside.
    yielding = findings_prevail & (rank < good)
    return np.where(yielding, np.where(has_findings, good, unknown), rank)


def _of_parent(flags: np.ndarray, members: Members) -> np.ndarray:
    """Return for each member whether its parent has any member with the flag."""
    return ((flags @ members.belongs) > 0) @ members.belongs.T > 0


def _strengths_outweigh(totals: Totals, rule: Rule, values: Thresholds) -> np.ndarray:
    needed = values[f"{rule.id}.ratio"] * totals["weakness_weight"]
    enough = totals["strength_weight"] + ROUNDING >= needed
    if "strength_findings" in rule.parameters:
        enough = enough & (totals["strength_findings"] >= values[f"{rule.id}.strength_findings"])
    return enough


def _weaknesses_outweigh(totals: Totals, rule: Rule, values: Thresholds) -> np.ndarray:
    needed = values[f"{rule.id}.ratio"] * totals["strength_weight"]
    of_inspection = totals["weakness_weight_of_findings"] + ROUNDING
    return (totals["weakness_weight"] + ROUNDING >= needed) & (
        of_inspection >= values[f"{rule.id}.weakness_weight"]
    )


def _evidence_caps(
    totals: Totals, framework: Framework, level: str, values: Thresholds
) -> dict[str, np.ndarray]:
    return {
        rule.id: totals[rule.count_of] >= values[f"{rule.id}.at_least"]
        for rule in framework.rules_of(level, "evidence-cap")
    }


def _members_outstanding(
    members: Members, counted: np.ndarray, rule: Rule, framework: Framework, values: Thresholds
) -> np.ndarray:
    good = framework.ranks[framework.grading.good_enough]
    short = (counted < good) | (members.strength_findings == 0)
    reached = counted >= framework.ranks[rule.grade]
    return (reached @ members.belongs >= _at_least(rule.id, members.belongs, values)) & (
        short @ members.belongs == 0
    )


def _members_below(
    rank: np.ndarray, belongs: np.ndarray, rule: Rule, framework: Framework, values: Thresholds
) -> np.ndarray:
    # Half a step under good is "not known", which is not below good.
    below = rank <= framework.ranks[rule.members] - 1
    return below @ belongs >= _at_least(rule.id, belongs, values)


def _at_least(rule_id: str | None, belongs: np.ndarray, values: Thresholds) -> np.ndarray:
    """Return how many members a rule asks for: of a parent with fewer, all of them."""
    return np.minimum(values[f"{rule_id}.at_least"], belongs.sum(axis=0))


def _raise_then_lower(
    start: float | np.ndarray,
    raises: Mapping[str, np.ndarray],
    lowers: Mapping[str, np.ndarray],
    framework: Framework,
) -> np.ndarray:
    rank = start
    for rule_id, applies in raises.items():
        grade = framework.ranks[framework.rules[rule_id].grade]
        rank = np.where(applies, np.maximum(rank, grade), rank)
    for rule_id, applies in lowers.items():
        grade = framework.ranks[framework.rules[rule_id].grade]
        rank = np.where(applies, np.minimum(rank, grade), rank)
    return np.asarray(rank, dtype=float)


def _provisional(
    members: Members, totals: Totals, missing: Rule, framework: Framework, values: Thresholds
) -> np.ndarray:
    """Return good or below for each parent from what evidence there is; nan if too little."""
    rule = framework.rules[missing.provisional_by]
    if rule.type == "strengths-outweigh":
        below = ~_strengths_outweigh(totals, rule, values)
    else:
        below = _members_below(members.provisional, members.belongs, rule, framework, values)
    good = framework.ranks[framework.grading.good_enough]
    verdict = np.where(below, framework.ranks[framework.grading.start], good)
    known = ~np.isnan(members.provisional) @ members.belongs
    return np.where(known >= values[f"{missing.id}.members_with_evidence"], verdict, np.nan)
