"""Judgments: evidence and the rules of a framework in, grades with their full reasons out.

Evidence has two streams. Findings come from the register of an inspection, indicators from
published data. The grades are computed here; they are not the inspectorate's, which stand beside
them (:func:`with_published`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from peelbook.errors import DataIntegrityError
from peelbook.findings.register import no_findings
from peelbook.judgments.framework import Framework, IndicatorLink
from peelbook.judgments.levels import Level, grade_levels, totals_of
from peelbook.judgments.reasons import reasons_for
from peelbook.judgments.smallest_change import smallest_changes

HIGHEST, LOWEST = "one of the highest", "one of the lowest"
FAVOURABLE_BAND = {"lower": LOWEST, "higher": HIGHEST}
INDICATOR_EVIDENCE = ["sub_question", "indicator", "polarity", "weight", "reason"]
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
    "findings",
    "indicators",
]
TABLE = ["level", "id", "title", "grade", "provisional_grade", "basis", "indicative"] + SUMS[:4]
TABLE += ["areas_for_improvement", "causes_of_concern"]


@dataclass(frozen=True)
class Judgments:
    """The grades of one force, why, and the evidence items that were counted.

    `table`: one row for each sub-question, core question and overall, with `level`, `id`, `title`,
    `grade` (or "insufficient evidence", "ungraded"), `provisional_grade` (the grade, or where
    evidence is insufficient good or requires improvement on what there is), `basis` (findings
    and indicators, findings only, indicators only, insufficient), `indicative` (the grade rests
    on indicators only), and the evidence counted: `strengths`, `weaknesses`, `strength_weight`,
    `weakness_weight`, `areas_for_improvement`, `causes_of_concern`.
    `reasons`: `id`, `order`, `rule` (a rule id, "evidence" or "change"), `text`.
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


def indicator_evidence(indicators: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Turn the indicators of one area into evidence: what is unusual is a strength or a weakness.

    `indicators` has the columns `indicator` (id), `name` and `band` ("one of the highest", "one of
    the lowest", "broadly in line with", or missing). An indicator that the framework does not
    know, that is context only, has no band or lies in the middle half of forces is no evidence.
    Returns `sub_question`, `indicator`, `polarity`, `weight`, `reason`.

    Raises DataIntegrityError if an indicator is listed twice.
    """
    twice = indicators.loc[indicators["indicator"].duplicated(), "indicator"]
    if len(twice):
        raise DataIntegrityError("indicators", f"'{twice.iloc[0]}' is listed twice for one area")
    links = pd.DataFrame(
        [
            (link.id, link.sub_question, link.weight, FAVOURABLE_BAND[link.direction], link.because)
            for link in framework.indicators.values()
            if link.direction != "context"
        ],
        columns=["indicator", "sub_question", "weight", "favourable", "because"],
    )
    items = indicators.merge(links, on="indicator", validate="one_to_one")
    items = items[items["band"].isin([HIGHEST, LOWEST])]
    polarity = (items["band"] == items["favourable"]).map({True: "strength", False: "weakness"})
    name = items["name"].str.slice(0, 1).str.upper() + items["name"].str.slice(1)
    text = name + ": " + items["band"] + " of all forces, a " + polarity + ". " + items["because"]
    return items.assign(polarity=polarity, reason=text)[INDICATOR_EVIDENCE].reset_index(drop=True)


def judge(
    findings: pd.DataFrame | None, indicators: pd.DataFrame | None, framework: Framework
) -> Judgments:
    """Grade every sub-question, core question and the force from findings and indicators.

    `findings` is a register (see :func:`peelbook.findings.register.load_findings`), `indicators` the
    indicator table of one area (see :func:`indicator_evidence`); either can be None or empty.
    """
    findings = no_findings() if findings is None else findings
    items = evidence_items(findings, indicators, framework)
    totals = count_evidence(items, framework)
    levels = grade_levels(totals, framework)
    changes = smallest_changes(totals_of(totals), framework)
    return Judgments(
        table=_table(levels, framework),
        reasons=reasons_for(levels, changes, framework),
        evidence=items[EVIDENCE],
        left_out=left_out(findings, indicators, framework),
        changes=changes,
    )


def with_published(
    table: pd.DataFrame, published: pd.DataFrame, force: str, years: Mapping[str, int | None]
) -> pd.DataFrame:
    """Put the inspectorate's grades beside the computed ones.

    `published` has the columns `force`, `year`, `question` (q1 to q4 or overall), `grade` and
    `basis` (``explicit``: the grade was stated; otherwise it was read from wording). `years` names a
    column for each year of grades that is wanted. Returns `table` with that column and
    `<column>_basis`, missing where no grade is known. Raises pandas' MergeError if a grade is
    listed twice.
    """
    for column, year in years.items():
        own = published[(published["force"] == force) & (published["year"] == year)]
        grades = own[["question", "grade", "basis"]].set_axis(
            ["id", column, f"{column}_basis"], axis=1
        )
        table = table.merge(grades, on="id", how="left", validate="one_to_one")
    return table


def count_evidence(items: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Return numbers and weights of evidence for every sub-question, zero where there is none.

    `items` has `sub_question`, `source`, `polarity`, `weight`, `area_for_improvement` and
    `cause_of_concern`. Indexed by sub-question; weights have no unit.
    """
    strength = items["polarity"] == "strength"
    finding = items["source"] == "finding"
    return (
        pd.DataFrame(
            {
                "strengths": strength.astype(int),
                "weaknesses": (~strength).astype(int),
                "strength_weight": items["weight"].where(strength, 0.0),
                "weakness_weight": items["weight"].where(~strength, 0.0),
                "strength_findings": (strength & finding).astype(int),
                "strength_weight_of_findings": items["weight"].where(strength & finding, 0.0),
                "weakness_weight_of_findings": items["weight"].where(~strength & finding, 0.0),
                "areas_for_improvement": items["area_for_improvement"].astype(int),
                "causes_of_concern": items["cause_of_concern"].astype(int),
                "findings": finding.astype(int),
                "indicators": (~finding).astype(int),
            }
        )
        .groupby(items["sub_question"])
        .sum()
        .reindex([part.id for part in framework.sub_questions], fill_value=0)
    )


def evidence_items(
    findings: pd.DataFrame, indicators: pd.DataFrame | None, framework: Framework
) -> pd.DataFrame:
    """Return all evidence items; an indicator that a finding restates is not counted again.

    Columns `sub_question`, `source` (finding or indicator), `id`, `polarity`, `weight`, `text`,
    `area_for_improvement`, `cause_of_concern`.
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
            .assign(source="indicator", area_for_improvement=False, cause_of_concern=False)
        )
    columns = [*EVIDENCE, "area_for_improvement", "cause_of_concern"]
    items = pd.concat([part[columns] for part in parts], ignore_index=True)
    return items.astype(
        {"weight": "float64", "area_for_improvement": bool, "cause_of_concern": bool}
    )


def left_out(
    findings: pd.DataFrame, indicators: pd.DataFrame | None, framework: Framework
) -> pd.DataFrame:
    """Return the indicators that speak to a sub-question but were not counted, and why.

    Columns `sub_question`, `id`, `reason`; one row an indicator, in the order of the framework.
    """
    bands = {} if indicators is None else dict(indicators[["indicator", "band"]].to_numpy())
    restated = set(findings["restates_indicator"].dropna())
    told = [
        (link.sub_question, link.id, _why_left_out(link, bands, restated))
        for link in framework.indicators.values()
    ]
    table = pd.DataFrame(told, columns=["sub_question", "id", "reason"])
    return table[table["reason"] != ""].reset_index(drop=True)


def _why_left_out(link: IndicatorLink, bands: dict[str, object], restated: set[str]) -> str:
    band = bands.get(link.id)
    if link.direction == "context":
        return f"Context only, never counted: {link.because}"
    if pd.isna(band):
        return "No value that could be ranked is known for the force in this period."
    if band not in (HIGHEST, LOWEST):
        return "It lies in the middle half of forces, which is neither strength nor weakness."
    if link.id in restated:
        return "A finding restates it, and evidence is not counted twice."
    return ""


def _table(levels: dict[str, Level], framework: Framework) -> pd.DataFrame:
    totals = pd.concat(
        {name: level.totals for name, level in levels.items()}, names=["level", "id"]
    ).reset_index("level")
    rank = pd.concat([level.rank for level in levels.values()])
    provisional = pd.concat([level.provisional for level in levels.values()])
    names = {rank: grade for grade, rank in framework.ranks.items()}
    ungraded = ~totals.index.isin(_graded_ids(framework))
    grade = rank.map(names).mask(ungraded, framework.grading.ungraded)
    missing = grade == framework.grading.no_evidence
    counts = [column for column in SUMS if "weight" not in column]
    filled = totals.astype(dict.fromkeys(counts, "int64")).assign(
        id=totals.index,
        title=totals.index.map(_titles(framework)),
        grade=grade,
        provisional_grade=provisional.map(names).mask(ungraded),
        basis=_basis(totals).mask(missing, "insufficient"),
        indicative=(totals["indicators"] > 0) & (totals["findings"] == 0) & ~ungraded,
    )
    return filled[TABLE].reset_index(drop=True)


def _basis(totals: pd.DataFrame) -> pd.Series:
    findings, indicators = totals["findings"] > 0, totals["indicators"] > 0
    return (
        pd.Series("insufficient", index=totals.index)
        .mask(findings & indicators, "findings and indicators")
        .mask(findings & ~indicators, "findings only")
        .mask(~findings & indicators, "indicators only")
    )


def _graded_ids(framework: Framework) -> list[str]:
    graded = [question for question in framework.questions if question.graded]
    parts = [part.id for question in graded for part in question.sub_questions]
    return [*parts, *(question.id for question in graded), "overall"]


def _titles(framework: Framework) -> dict[str, str]:
    entries = [*framework.sub_questions, *framework.questions]
    return {entry.id: entry.title for entry in entries} | {"overall": framework.headline_question}
