"""Judgments: evidence and the rules of a framework in, grades with their full reasons out.

Evidence has two streams. Findings come from the register of an inspection, indicators from
published data. The grades are computed here; they are not the inspectorate's, which stand beside
them (:func:`with_published`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from peelbook.findings.register import no_findings
from peelbook.judgments.framework import Framework
from peelbook.judgments.indicator_evidence import indicator_evidence, left_out
from peelbook.judgments.levels import Level, grade_levels, labelled, totals_of
from peelbook.judgments.reasons import reasons_for
from peelbook.judgments.smallest_change import CHANGES, smallest_changes
from peelbook.judgments.summaries import counted_overall, grade_summaries
from peelbook.judgments.summary_change import smallest_changes_of_summary

EVIDENCE = ["sub_question", "indicator", "polarity", "weight", "reason"]
EVIDENCE = ["sub_question", "source", "id", "polarity", "weight", "text"]
SUMS = [
    "strengths",
    "weaknesses",
    "strength_weight",
    "weakness_weight",
    "strength_findings",
    "strength_weight_of_findings",
    "weakness_weight_of_findings",
    "areas_for_improvement",
    "causes_of_concern",
    "causes_in_question",
    "findings",
    "indicators",
]
TABLE = ["level", "id", "title", "grade", "provisional_grade", "basis", "indicative"] + SUMS[:4]
TABLE += ["areas_for_improvement", "causes_of_concern"]


@dataclass(frozen=True)
class Judgments:
    """The grades of one force, why, and the evidence items that were counted.

    `table`: one row for each sub-question, core question and overall, with `level`, `id`, `title`,
    `grade` (or "insufficient evidence", "ungraded": described only, "not graded here": enough is
    held for a grade, but none that would be better than a guess), `provisional_grade` (the grade, or where
    evidence is insufficient good or requires improvement on what there is), `basis` (findings
    and indicators, findings only, indicators only, summaries only, insufficient), `indicative` (a
    sub-question rests on indicators only), and the evidence counted: `strengths`, `weaknesses`,
    `strength_weight`, `weakness_weight`, `areas_for_improvement`, `causes_of_concern`.
    `reasons`: `id`, `order`, `rule` (a rule id, "evidence" or "ungraded"), `text`.
    `evidence`: `sub_question`, `source` (finding or indicator), `id`, `polarity`, `weight`, `text`.
    `left_out`: `sub_question`, `id` of an indicator that was not counted, `reason`.
    `changes`: the smallest change that would change each grade, see
    :func:`peelbook.judgments.smallest_change.smallest_changes`.
    """

    table: pd.DataFrame
    reasons: pd.DataFrame
    evidence: pd.DataFrame
    left_out: pd.DataFrame
    changes: pd.DataFrame


def judge(
    findings: pd.DataFrame | None,
    indicators: pd.DataFrame | None,
    framework: Framework,
    *,
    basis: str = "report",
    graded_here: Collection[str] = (),
) -> Judgments:
    """Grade every sub-question, core question and the force from findings and indicators.

    Parameters
    ----------
    findings
        a register (see :func:`peelbook.findings.register.load_findings`), None or empty for none;
        without findings nothing is graded.
    indicators
        the indicator table of one area (see
        :func:`peelbook.judgments.indicator_evidence.indicator_evidence`), None or empty for none.
    framework
        the questions and rules.
    basis
        ``summary`` where the findings come from published summaries (rules M1 to M7, indicators
        do not count); anything else where a whole report was coded.
    graded_here
        the core questions, and ``overall``, for which a grade from summaries is shown.
    """
    findings = no_findings() if findings is None else findings
    counts = not findings.empty and basis != "summary"
    items = evidence_items(findings, indicators if counts else None, framework)
    totals = count_evidence(items, framework)
    if basis == "summary":
        graded = grade_summaries(totals_of(totals), framework, graded_here)
        levels = labelled(totals, graded, framework, counted_overall(graded, framework))
        changes = smallest_changes_of_summary(levels, framework, graded_here)
        untested = _untested(framework, graded_here, levels["question"].rank)
    else:
        levels = grade_levels(totals, framework)
        changes = smallest_changes(totals_of(totals), framework) if len(items) else _no_changes()
        untested = frozenset()
    return Judgments(
        table=_table(levels, framework, untested, summary=basis == "summary"),
        reasons=reasons_for(levels, framework, untested, summary=basis == "summary"),
        evidence=items[EVIDENCE],
        left_out=left_out(findings, indicators, framework, basis),
        changes=changes,
    )


def _no_changes() -> pd.DataFrame:
    return pd.DataFrame(columns=CHANGES)


def _untested(
    framework: Framework, graded_here: Collection[str], ranks: pd.Series
) -> frozenset[str]:
    """Return what has no grade from summaries though there is, or might be, enough evidence.

    `ranks` is the rank by question. A question with too few findings for a grade is not named: that
    is the nearer reason, and the same one whether or not its grade could have been shown.
    """
    parts = [part.id for part in framework.counted_parts]
    told = ranks.index[ranks != framework.ranks[framework.grading.no_evidence]]
    questions = [question.id for question in framework.questions if question.graded]
    return frozenset({*parts, *told.intersection(questions), "overall"} - set(graded_here))


def count_evidence(items: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Return numbers and weights of evidence for every sub-question, zero where there is none.

    `items` has `sub_question`, `source`, `polarity`, `weight`, `area_for_improvement`,
    `cause_of_concern` and `concern`. Indexed by sub-question; weights have no unit. Rows of one
    published cause of concern (the same `concern`) are one in their sub-question
    (`causes_of_concern`) and one in their core question (`causes_in_question`, counted in the
    sub-question where it first stands). A row that names a concern without being marked as a cause
    is part of it: a weakness, and no further cause.
    """
    return (
        evidence_columns(items)
        .groupby(items["sub_question"])
        .sum()
        .reindex([part.id for part in framework.sub_questions], fill_value=0)
    )


def evidence_columns(items: pd.DataFrame) -> pd.DataFrame:
    """Return what each item adds to the sums of its sub-question, one row an item.

    `items` as for :func:`count_evidence`; the part of `sub_question` before the point is the core
    question within which a cause of concern counts once.
    """
    strength = items["polarity"] == "strength"
    finding = items["source"] == "finding"
    question = items["sub_question"].str.split(".").str[0]
    return pd.DataFrame(
        {
            "strengths": strength.astype(int),
            "weaknesses": (~strength).astype(int),
            "strength_weight": items["weight"].where(strength, 0.0),
            "weakness_weight": items["weight"].where(~strength, 0.0),
            "strength_findings": (strength & finding).astype(int),
            "strength_weight_of_findings": items["weight"].where(strength & finding, 0.0),
            "weakness_weight_of_findings": items["weight"].where(~strength & finding, 0.0),
            "areas_for_improvement": items["area_for_improvement"].astype(int),
            "causes_of_concern": _first_of_each(items, items["sub_question"]),
            "causes_in_question": _first_of_each(items, question),
            "findings": finding.astype(int),
            "indicators": (~finding).astype(int),
        }
    )


def _first_of_each(items: pd.DataFrame, within: pd.Series) -> pd.Series:
    """Return 1 at the first row of each published cause of concern `within` a part, else 0."""
    cause = items["cause_of_concern"]
    again = pd.DataFrame({"concern": items["concern"], "within": within})[cause].duplicated()
    counted_before = again.reindex(items.index, fill_value=False) & items["concern"].notna()
    return (cause & ~counted_before).astype(int)


def evidence_items(
    findings: pd.DataFrame, indicators: pd.DataFrame | None, framework: Framework
) -> pd.DataFrame:
    """Return all evidence items; an indicator that a finding restates is not counted again.

    Columns `sub_question`, `source` (finding or indicator), `id`, `polarity`, `weight`, `text`,
    `area_for_improvement`, `cause_of_concern`, `concern`.
    """
    weights = {code: value.value for code, value in framework.finding_weight_values.items()}
    weight = findings["weight"].map(weights)
    parts = [findings.assign(source="finding", text=findings["finding"], weight=weight)]
    if indicators is not None and len(indicators):
        restated = findings["restates_indicator"].dropna()
        items = indicator_evidence(indicators, framework)
        parts.append(
            items[~items["indicator"].isin(restated)]
            .rename(columns={"indicator": "id", "reason": "text"})
            .assign(
                source="indicator",
                area_for_improvement=False,
                cause_of_concern=False,
                concern=None,
            )
        )
    columns = [*EVIDENCE, "area_for_improvement", "cause_of_concern", "concern"]
    items = pd.concat([part[columns] for part in parts], ignore_index=True)
    return items.astype(
        {"weight": "float64", "area_for_improvement": bool, "cause_of_concern": bool}
    )


def _table(
    levels: dict[str, Level], framework: Framework, untested: Collection[str], *, summary: bool
) -> pd.DataFrame:
    totals = pd.concat(
        {name: level.totals for name, level in levels.items()}, names=["level", "id"]
    ).reset_index("level")
    rank = pd.concat([level.rank for level in levels.values()])
    provisional = pd.concat([level.provisional for level in levels.values()])
    names = {rank: grade for grade, rank in framework.ranks.items()}
    ungraded = ~totals.index.isin(_graded_ids(framework))
    not_shown = totals.index.isin(list(untested))
    grade = rank.map(names).mask(not_shown, framework.grading.untested)
    grade = grade.mask(ungraded, framework.grading.ungraded)
    missing = grade == framework.grading.no_evidence
    counts = [column for column in SUMS if "weight" not in column]
    filled = totals.astype(dict.fromkeys(counts, "int64")).assign(
        id=totals.index,
        title=totals.index.map(_titles(framework)),
        grade=grade,
        provisional_grade=provisional.map(names).mask(ungraded | not_shown),
        basis=_basis(totals, summary=summary).mask(missing, "insufficient"),
        indicative=(totals["indicators"] > 0) & (totals["findings"] == 0) & ~ungraded,
    )
    return filled[TABLE].reset_index(drop=True)


def _basis(totals: pd.DataFrame, *, summary: bool) -> pd.Series:
    findings, indicators = totals["findings"] > 0, totals["indicators"] > 0
    return (
        pd.Series("insufficient", index=totals.index)
        .mask(findings & indicators, "findings and indicators")
        .mask(findings & ~indicators, "summaries only" if summary else "findings only")
        .mask(~findings & indicators, "indicators only")
    )


def _graded_ids(framework: Framework) -> list[str]:
    graded = [question.id for question in framework.questions if question.graded]
    return [*(part.id for part in framework.counted_parts), *graded, "overall"]


def _titles(framework: Framework) -> dict[str, str]:
    entries = [*framework.sub_questions, *framework.questions]
    return {entry.id: entry.title for entry in entries} | {"overall": framework.headline_question}
