"""The grading rules: each type of rule as a function of counted evidence, thresholds from the file.

Grades are ranks while they are worked out (see `Framework.ranks`). A rule raises a rank to its
grade or lowers it to its grade, so the order of rules does not matter: the highest raise that
applies comes first, then the lowest cap. Added strengths can only make raises apply and caps
lapse, added weaknesses the reverse; that is why more strength never worsens a grade.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from peelbook.framework import Framework, Rule

# Weights are sums of decimals; this only keeps rounding of the machine out of a comparison.
ROUNDING = 1e-9


@dataclass(frozen=True)
class Graded:
    """Ranks by id, the provisional ranks of the same ids, and which rules applied to which id."""

    rank: pd.Series
    provisional: pd.Series
    applied: pd.DataFrame


def grade_sub_questions(totals: pd.DataFrame, framework: Framework) -> Graded:
    """Grade each sub-question from its evidence.

    `totals` is indexed by sub-question with the columns of `judgments.count_evidence`. A
    sub-question without evidence has the rank of missing evidence and no provisional rank.
    """
    level = "sub-question"
    has_evidence = _has_evidence(totals)
    raises = {
        rule.id: _strengths_outweigh(totals, rule) & has_evidence
        for rule in framework.rules_of(level, "strengths-outweigh")
    }
    lowers = {
        rule.id: _weaknesses_outweigh(totals, rule) & has_evidence
        for rule in framework.rules_of(level, "weaknesses-outweigh")
    } | _evidence_caps(totals, framework, level)
    start = pd.Series(framework.ranks[framework.grading.start], index=totals.index)
    rank = _raise_then_lower(start, raises, lowers, framework)
    graded = rank.where(has_evidence, framework.ranks[framework.grading.no_evidence])
    return Graded(graded, rank.where(has_evidence), pd.DataFrame(raises | lowers))


def grade_from_members(
    members: pd.DataFrame, totals: pd.DataFrame, framework: Framework, level: str
) -> Graded:
    """Grade core questions from sub-questions, or the force from its core questions.

    `members` has one row a member: `parent`, `rank`, `provisional`, `finding_rank` (its rank on
    findings alone), `findings` and `strength_findings` (how many). `totals` is the evidence of
    each parent, indexed by parent.
    """
    parents = totals.index
    counted = counted_ranks(members, framework, level)
    good = framework.ranks[framework.grading.good_enough]
    raises = {
        rule.id: _members_outstanding(members.assign(rank=counted), rule, framework, parents)
        for rule in framework.rules_of(level, "members-outstanding")
    }
    lowers = {
        rule.id: _members_below(counted, members["parent"], framework.ranks[rule.members], parents)
        >= rule["at_least"]
        for rule in framework.rules_of(level, "member-cap")
    } | _evidence_caps(totals, framework, level)
    (missing,) = framework.rules_of(level, "missing-evidence")
    not_known_good = _count(counted < good, members["parent"], parents)
    unknown = not_known_good >= framework.rules[missing.by]["at_least"]
    start = pd.Series(good, index=parents).mask(
        unknown, framework.ranks[framework.grading.no_evidence]
    )
    rank = _raise_then_lower(start, raises, lowers, framework)
    ungraded = rank == framework.ranks[framework.grading.no_evidence]
    yielded = (counted != members["rank"]).groupby(members["parent"]).any()
    applied = pd.DataFrame(raises | lowers | {missing.id: ungraded}).assign(
        **{
            rule.id: yielded.reindex(parents, fill_value=False)
            for rule in framework.rules_of(level, "indicators-yield-to-findings")
        }
    )
    provisional = _provisional(members, totals, missing, framework)
    return Graded(rank, rank.mask(ungraded, provisional), applied)


def counted_ranks(members: pd.DataFrame, framework: Framework, level: str) -> pd.Series:
    """Return the rank with which each member counts towards its parent.

    It is the member's own rank, but where a rule lets indicators yield to findings, the parent
    has findings and none of its members is below good on findings alone, then a member below good
    counts as good if it has findings, and as not known if it has none.
    """
    rank = members["rank"]
    if not framework.rules_of(level, "indicators-yield-to-findings"):
        return rank
    good = framework.ranks[framework.grading.good_enough]
    unknown = framework.ranks[framework.grading.no_evidence]
    parent = members["parent"]
    has_findings = members["findings"] > 0
    below_on_findings = has_findings & (members["finding_rank"] < good)
    findings_prevail = has_findings.groupby(parent).transform("any") & ~below_on_findings.groupby(
        parent
    ).transform("any")
    # A cause of concern is a finding, so where findings prevail no cap of theirs is set aside.
    yielding = findings_prevail & (rank < good)
    return rank.mask(yielding & has_findings, good).mask(yielding & ~has_findings, unknown)


def _strengths_outweigh(totals: pd.DataFrame, rule: Rule) -> pd.Series:
    enough = totals["strength_weight"] + ROUNDING >= rule["ratio"] * totals["weakness_weight"]
    if "strength_findings" in rule.parameters:
        enough &= totals["strength_findings"] >= rule["strength_findings"]
    return enough


def _weaknesses_outweigh(totals: pd.DataFrame, rule: Rule) -> pd.Series:
    return (totals["weakness_weight"] + ROUNDING >= rule["ratio"] * totals["strength_weight"]) & (
        totals["weakness_weight_of_findings"] + ROUNDING >= rule["weakness_weight"]
    )


def _evidence_caps(totals: pd.DataFrame, framework: Framework, level: str) -> dict[str, pd.Series]:
    return {
        rule.id: totals[rule.count_of] >= rule["at_least"]
        for rule in framework.rules_of(level, "evidence-cap")
    }


def _members_outstanding(
    members: pd.DataFrame, rule: Rule, framework: Framework, parents: pd.Index
) -> pd.Series:
    parent = members["parent"]
    good = framework.ranks[framework.grading.good_enough]
    short = (members["rank"] < good) | (members["strength_findings"] == 0)
    reached = members["rank"] >= framework.ranks[rule.grade]
    return (_count(reached, parent, parents) >= rule["at_least"]) & (
        _count(short, parent, parents) == 0
    )


def _members_below(
    rank: pd.Series, parent: pd.Series, threshold: float, parents: pd.Index
) -> pd.Series:
    # Half a step under good is "not known", which is not below good.
    return _count(rank <= threshold - 1, parent, parents)


def _count(flags: pd.Series, parent: pd.Series, parents: pd.Index) -> pd.Series:
    return flags.groupby(parent).sum().reindex(parents, fill_value=0)


def _raise_then_lower(
    start: pd.Series,
    raises: dict[str, pd.Series],
    lowers: dict[str, pd.Series],
    framework: Framework,
) -> pd.Series:
    raised = _grades_where(raises, start.index, framework, nothing=-np.inf)
    lowered = _grades_where(lowers, start.index, framework, nothing=np.inf)
    return pd.Series(
        np.minimum(np.maximum(start, raised.max(axis=1)), lowered.min(axis=1)), index=start.index
    )


def _grades_where(
    applies: dict[str, pd.Series], index: pd.Index, framework: Framework, nothing: float
) -> np.ndarray:
    """Return, a column a rule, the rank of its grade where the rule applies, else `nothing`."""
    ranks = [framework.ranks[framework.rules[rule_id].grade] for rule_id in applies]
    told = np.where(pd.DataFrame(applies, index=index).to_numpy(dtype=bool), ranks, nothing)
    # One column that never applies, so that a framework may have no rule of a kind.
    return np.column_stack([told, np.full(len(index), nothing)])


def _provisional(
    members: pd.DataFrame, totals: pd.DataFrame, missing: Rule, framework: Framework
) -> pd.Series:
    """Return good or below for each parent from what evidence there is; missing if too little."""
    rule = framework.rules[missing.provisional_by]
    good = framework.ranks[framework.grading.good_enough]
    start = framework.ranks[framework.grading.start]
    if rule.type == "strengths-outweigh":
        below = ~_strengths_outweigh(totals, rule)
    else:
        below = (
            _members_below(
                members["provisional"],
                members["parent"],
                framework.ranks[rule.members],
                totals.index,
            )
            >= rule["at_least"]
        )
    verdict = pd.Series(good, index=totals.index).mask(below, start)
    known = _count(members["provisional"].notna(), members["parent"], totals.index)
    return verdict.where(known >= missing["members_with_evidence"])


def _has_evidence(totals: pd.DataFrame) -> pd.Series:
    return totals[["strengths", "weaknesses"]].sum(axis=1) > 0
