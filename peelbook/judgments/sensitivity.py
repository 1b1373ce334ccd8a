"""How firm a grade is: the same evidence under other thresholds and weights.

Every threshold and weight of the framework file is drawn from its documented range, all at once
(a Latin hypercube, so that each is spread evenly over its range), and the evidence is graded again
for each draw. The draws are not a probability: they say how much of the grade is the evidence and
how much the thresholds.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import qmc

from peelbook.judgments.framework import (
    FINDING_WEIGHT,
    INDICATOR_WEIGHT,
    Framework,
    Parameter,
    parameters_of,
)
from peelbook.judgments.grades import count_evidence, evidence_items
from peelbook.judgments.rules import Graded, grade_all, thresholds_of
from peelbook.judgments.summaries import grade_summaries

DRAWS, SEED = 10_000, 2016
COUNTED = ("at_least", "strength_findings", "members_with_evidence")
"""Parameters that are numbers of something, so only whole numbers are drawn."""
BINS = 20
SHARES = ["level", "id", "grade", "share"]
INFLUENCE = ["level", "id", "parameter", "influence"]


@dataclass(frozen=True)
class Sensitivity:
    """What other thresholds and weights would make of the same evidence.

    `shares`: `level`, `id`, `grade`, `share` of draws (0 to 1), one row an entry and grade.
    `influence`: `level`, `id`, `parameter`, `influence`: the share of the variation of the grade
    that the parameter explains on its own (0 to 1), greatest first; no row for an entry whose
    grade is the same in every draw. Grades, and no grade, are categories: every difference is one.
    `draws` and `seed` reproduce both.
    """

    shares: pd.DataFrame
    influence: pd.DataFrame
    draws: int
    seed: int


def sensitivity(
    findings: pd.DataFrame,
    indicators: pd.DataFrame | None,
    framework: Framework,
    draws: int = DRAWS,
    seed: int = SEED,
    *,
    basis: str = "report",
    graded_here: Collection[str] = (),
) -> Sensitivity:
    """Grade the evidence of one force under `draws` sets of thresholds and weights.

    Arguments as for :func:`peelbook.judgments.grades.judge`. Only what is graded
    has rows. The effect of a parameter on its own is its first-order effect, from the shares of
    each grade within bins of the parameter (Saltelli et al. 2008), corrected for their number. The
    variation is that of a category (Light and Margolin 1971), as no grade is not a middling one.
    """
    summary = basis == "summary"
    values = draw_parameters(framework, draws, seed, basis)
    graded = grade_draws(findings, indicators, framework, values, basis, graded_here)
    ids = {
        "sub-question": [part.id for part in framework.sub_questions],
        "question": [question.id for question in framework.questions],
        "overall": ["overall"],
    }
    shown = (
        set()
        if findings.empty
        else set(graded_here)
        if summary
        else {part.id for part in framework.counted_parts}
        | {question.id for question in framework.questions if question.graded}
        | {"overall"}
    )
    ranks = {
        (level, entry): np.broadcast_to(result.rank, (draws, len(ids[level])))[:, place]
        for level, result in graded.items()
        for place, entry in enumerate(ids[level])
        if entry in shown
    }
    shares = [
        (*key, grade, float((rank == value).mean()))
        for key, rank in ranks.items()
        for grade, value in framework.ranks.items()
    ]
    effects = [
        (*key, name, effect)
        for key, rank in ranks.items()
        for name, effect in _first_order_effects(values, rank).items()
    ]
    influence = pd.DataFrame(effects, columns=INFLUENCE)
    return Sensitivity(pd.DataFrame(shares, columns=SHARES), influence, draws, seed)


def draw_parameters(
    framework: Framework, draws: int = DRAWS, seed: int = SEED, basis: str = "report"
) -> pd.DataFrame:
    """Draw every threshold and weight that the grades of a `basis` depend on evenly from its range.

    Returns a column a parameter, named as :func:`peelbook.judgments.framework.parameters_of` names it, and
    a row a draw. Numbers of something are whole.
    """
    parameters = drawn_parameters(framework, basis)
    cube = qmc.LatinHypercube(d=len(parameters), rng=np.random.default_rng(seed)).random(draws)
    return pd.DataFrame(
        {
            name: _spread(cube[:, column], name, parameter)
            for column, (name, parameter) in enumerate(parameters.items())
        }
    )


def drawn_parameters(framework: Framework, basis: str = "report") -> dict[str, Parameter]:
    """Return the thresholds and weights that decide grades: from summaries, or from a report.

    Whether a grade is shown (rules of type record-needed) is not drawn.
    """
    summary = basis == "summary"

    def belongs(name: str) -> bool:
        owner = name.split(".")[0]
        if owner == FINDING_WEIGHT:
            return True
        if owner == INDICATOR_WEIGHT:
            return not summary
        rule = framework.rules[owner]
        return rule.type != "record-needed" and rule.level.startswith("summary-") == summary

    return {name: value for name, value in parameters_of(framework).items() if belongs(name)}


def _spread(unit: np.ndarray, name: str, parameter: Parameter) -> np.ndarray:
    if _is_whole(name):
        return np.floor(parameter.low + unit * (parameter.high - parameter.low + 1))
    return parameter.low + unit * (parameter.high - parameter.low)


def grade_draws(
    findings: pd.DataFrame,
    indicators: pd.DataFrame | None,
    framework: Framework,
    values: pd.DataFrame,
    basis: str = "report",
    graded_here: Collection[str] = (),
) -> dict[str, Graded]:
    """Grade the evidence once for each row of `values`; ranks have a row a draw.

    `values` as :func:`draw_parameters` returns them for the same `basis`.
    """
    counts = not findings.empty and basis != "summary"
    items = evidence_items(findings, indicators if counts else None, framework)
    codes = findings.set_index("id")["weight"]
    finding = items["source"] == "finding"
    kind = (f"{FINDING_WEIGHT}." + items["id"].map(codes).astype("Int64").astype("str")).where(
        finding, f"{INDICATOR_WEIGHT}." + items["id"]
    )
    totals = {
        name: column.to_numpy(dtype=float)
        for name, column in count_evidence(items, framework).items()
    }
    for polarity in ("strength", "weakness"):
        own = items["polarity"] == polarity
        totals[f"{polarity}_weight"] = _weigh(items[own], kind[own], framework, values)
        own &= finding
        of_findings = _weigh(items[own], kind[own], framework, values)
        totals[f"{polarity}_weight_of_findings"] = of_findings
    thresholds = {
        name: values[[name]].to_numpy() for name in thresholds_of(framework) if name in values
    }
    if basis == "summary":
        return grade_summaries(totals, framework, graded_here, thresholds)
    return grade_all(totals, framework, thresholds)


def _weigh(
    items: pd.DataFrame, kind: pd.Series, framework: Framework, values: pd.DataFrame
) -> np.ndarray:
    """Return the weight of items for each draw (row) and sub-question (column)."""
    parts = [part.id for part in framework.sub_questions]
    numbers = pd.crosstab(kind, items["sub_question"]).reindex(columns=parts, fill_value=0)
    return values[list(numbers.index)].to_numpy() @ numbers.to_numpy(dtype=float)


def _first_order_effects(values: pd.DataFrame, rank: np.ndarray) -> dict[str, float]:
    """Return the share of the variation of the grade that each parameter explains, greatest first.

    `rank` has a number a draw. It only tells grades apart: how far one lies from another plays no
    part, as "insufficient evidence" lies nowhere between the grades.
    """
    grades = (rank[:, None] == np.unique(rank)).astype(float)
    if grades.shape[1] == 1:
        return {}
    effects = {name: _effect(values[name].to_numpy(), name, grades) for name in values}
    return dict(sorted(effects.items(), key=lambda pair: -pair[1]))


def _effect(value: np.ndarray, name: str, grades: np.ndarray) -> float:
    """Return the share of the variation of `grades`, a column of 0 and 1 each, that is between bins.

    Variances are summed over the grades, which gives the variation of a category and its parts
    within and between groups (Light and Margolin 1971).
    """
    low, high = value.min(), value.max()
    if low == high:
        return 0.0
    spread = value - low
    if not _is_whole(name):
        spread = np.minimum(spread / (high - low) * BINS, BINS - 1)
    bins = spread.astype(int)
    count = np.bincount(bins)
    filled = count > 0
    sums = np.stack([np.bincount(bins, grade) for grade in grades.T], axis=1)[filled]
    count = count[filled]
    apart = (sums / count[:, None] - grades.mean(axis=0)) ** 2
    between, total = (count @ apart).sum() / len(grades), grades.var(axis=0).sum()
    # the shares of bins differ by chance too; this is what chance alone would give
    by_chance = (len(count) - 1) * (total - between) / (len(grades) - len(count))
    return float(max(0.0, (between - by_chance) / total))


def _is_whole(name: str) -> bool:
    return name.split(".")[1] in COUNTED
