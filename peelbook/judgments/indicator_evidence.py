"""Which indicators of a force are evidence, and why the others are not.

An indicator is a strength or a weakness only if it measures what the force does (its direction in the
framework file is not ``context``), its data are complete, it lies in the outer quarter of the
ranked forces, and it lies further from the others than forces commonly do.
"""

from __future__ import annotations

import pandas as pd

from peelbook.errors import DataIntegrityError
from peelbook.judgments.framework import Framework, IndicatorLink
from peelbook.statistics.ranks import HIGHEST, LOWEST

FAVOURABLE_BAND = {"lower": LOWEST, "higher": HIGHEST}
COMPLETE = ("computed", "returned", "published")
"""States of a value that can be compared; see :mod:`peelbook.indicators.values`."""
INDICATOR_EVIDENCE = ["sub_question", "indicator", "polarity", "weight", "reason"]
SUMMARY_ONLY = (
    "The grades of this inspection rest on published summaries alone, for that is what was compared "
    "with the inspectorate's grades."
)
NO_FINDINGS = (
    "Without findings nothing is graded: indicators alone say little about how a force works."
)


def indicator_evidence(indicators: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Turn the indicators of one area into evidence: what is unusual is a strength or a weakness.

    `indicators` has the columns `indicator` (id), `name`, `value`, `status`, `unusual` (further from
    the other forces than commonly) and `band` ("one of the highest", "one of the lowest",
    "broadly in line with", or missing). Returns `sub_question`, `indicator`, `polarity`, `weight`,
    `reason`, one row an indicator that counts.

    Raises DataIntegrityError if an indicator is listed twice.
    """
    twice = indicators.loc[indicators["indicator"].duplicated(), "indicator"]
    if len(twice):
        raise DataIntegrityError("indicators", f"'{twice.iloc[0]}' is listed twice for one area")
    values = indicators.set_index("indicator")
    told = [
        _item(link, values.loc[link.id])
        for link in framework.indicators.values()
        if not why_not_counted(link, values, framework)
    ]
    return pd.DataFrame(told, columns=INDICATOR_EVIDENCE)


def _item(link: IndicatorLink, row: pd.Series) -> tuple:
    favourable = row["band"] == FAVOURABLE_BAND[link.direction]
    polarity = "strength" if favourable else "weakness"
    name = row["name"][:1].upper() + row["name"][1:]
    text = f"{name}: {row['band']} of all forces, a {polarity}. {link.because}"
    return link.sub_question, link.id, polarity, link.weight, text


def left_out(
    findings: pd.DataFrame, indicators: pd.DataFrame | None, framework: Framework, basis: str
) -> pd.DataFrame:
    """Return the indicators that speak to a sub-question but were not counted, and why.

    Columns `sub_question`, `id`, `reason`; one row an indicator, in the order of the framework.
    """
    values = None if indicators is None else indicators.set_index("indicator")
    restated = set(findings["restates_indicator"].dropna())
    told = []
    for link in framework.indicators.values():
        reason = _general_reason(findings, basis) if link.direction != "context" else ""
        reason = reason or why_not_counted(link, values, framework)
        if not reason and link.id in restated:
            reason = "A finding restates it, and evidence is not counted twice."
        if reason:
            told.append((link.sub_question, link.id, reason))
    return pd.DataFrame(told, columns=["sub_question", "id", "reason"])


def _general_reason(findings: pd.DataFrame, basis: str) -> str:
    if findings.empty:
        return NO_FINDINGS
    return SUMMARY_ONLY if basis == "summary" else ""


def why_not_counted(link: IndicatorLink, values: pd.DataFrame | None, framework: Framework) -> str:
    """Return why an indicator is not evidence for a force, empty if it is.

    `values` is the indicator table of one force, indexed by indicator.
    """
    if link.direction == "context":
        return f"Context only, never counted: {link.because}"
    if values is None or link.id not in values.index:
        return "No value that could be ranked is known for the force in this period."
    row = values.loc[link.id]
    if row["status"] == "incomplete":
        return "The force's data are too incomplete to be compared."
    if row["status"] not in COMPLETE or pd.isna(row["value"]) or pd.isna(row["band"]):
        return "No value that could be ranked is known for the force in this period."
    if row["band"] not in (HIGHEST, LOWEST):
        return "It lies in the middle half of forces, which is neither strength nor weakness."
    if pd.isna(row["unusual"]):
        return "Whether it differs by more than forces commonly do cannot be said."
    if not row["unusual"]:
        return (
            "It lies in an outer quarter of forces, but differs by no more than forces commonly do."
        )
    return _unfinished(link, values, framework)


def _unfinished(link: IndicatorLink, values: pd.DataFrame, framework: Framework) -> str:
    if not link.unassigned:
        return ""
    known = link.unassigned in values.index
    share = values.loc[link.unassigned, "value"] if known else float("nan")
    if pd.isna(share):
        return "What share of the force's offences has no outcome yet is not known."
    if share > framework.unassigned_at_most:
        return (
            f"{share:.1f} percent of the force's offences have no outcome yet; over "
            f"{framework.unassigned_at_most:g} percent, shares of outcomes are not compared."
        )
    return ""
