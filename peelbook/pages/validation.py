"""The judgments tested against the inspectorate's grades of 2014 to 2018/19.

Three tests. The rule for the overall grade is given the published grades of the core questions.
The indicators alone are graded and set beside the published grades. For the one force that has a
register of findings, every computed grade is set beside the published one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from peelbook.errors import InvalidParameter, suggestion
from peelbook.evidence import load_evidence
from peelbook.judgments.framework import Framework, load_framework, with_parameters
from peelbook.pages.validation_rows import (
    SELECTIONS,
    force_rows,
    grade_names,
    indicator_rows,
    overall_rows,
)
from peelbook.statistics.agreement import (
    INTERVAL,
    RESAMPLES,
    SEED,
    STATISTICS,
    agreement_statistics,
)
from peelbook.tables import load_table

REFERENCE = "leicestershire"
ALL_KNOWN = "any basis, all four core grades known"
TABLES = {
    "statistics": "accuracy, weighted kappa, baselines and intervals",
    "confusion": "how often each pair of grades occurs",
    "overall": "published core grades, what the rule makes of them, the published overall grade",
    "thresholds": "how the main overall rule would do with other numbers",
    "indicators": "the grade of every force on indicators alone, and the published one",
    "leicestershire": "every computed grade beside the published one",
}
"""What `peelbook validate` prints, by the word that it takes."""


@dataclass(frozen=True)
class Test:
    """A test by name, the rows that it uses, and the pairs: `force`, `published`, `computed`."""

    __test__ = False  # not one that pytest should collect

    name: str
    rows: str
    pairs: pd.DataFrame


def validation(what: str = "statistics") -> pd.DataFrame:
    """Return one of the tables behind the validation page, by a word of :data:`TABLES`.

    Raises InvalidParameter for another word.
    """
    if what not in TABLES:
        raise InvalidParameter(f"Unknown table '{what}': {suggestion(what, TABLES)}")
    framework = load_framework()
    if what == "overall":
        return overall_rows(load_table("judgments"), framework)
    if what == "indicators":
        return indicator_rows(load_table("judgments"), framework)
    if what == "thresholds":
        return other_thresholds(framework)
    if what == "leicestershire":
        return force_rows(load_evidence(force=REFERENCE))
    tests = graded_pairs(framework)
    return {"statistics": statistics, "confusion": confusions}[what](tests, framework)


def graded_pairs(framework: Framework) -> list[Test]:
    """Return the first two tests with the pairs in which both sides have a grade."""
    published = load_table("judgments")
    overall = overall_rows(published, framework)
    overall = overall[overall["computed"].isin(grade_names(framework))]
    by_indicators = indicator_rows(published, framework).dropna(subset=["published", "computed"])
    return [
        Test("overall rule", selection.id, overall[overall["selection"] == selection.id])
        for selection in SELECTIONS
    ] + [
        Test("indicators only", f"core question {question[1:]}, {year}", pairs)
        for (year, question), pairs in by_indicators.groupby(["year", "question"])
    ]


def statistics(tests: list[Test], framework: Framework) -> pd.DataFrame:
    """Return how well computed and published grades agree in each test.

    Columns `test` (overall rule, indicators only), `rows` (which), `n` (graded pairs), `forces`,
    `statistic`, `value`, `low`, `high` (95 percent interval, missing where it cannot be had).
    """
    told = []
    for test in tests:
        result = agreement_statistics(test.pairs, grade_names(framework))
        if "balance" in test.pairs:
            result = pd.concat([result, _rank_correlation(test.pairs, framework)])
        forces = test.pairs["force"].nunique()
        told.append(result.assign(test=test.name, rows=test.rows, n=len(test.pairs), forces=forces))
    columns = ["test", "rows", "n", "forces", *STATISTICS]
    return pd.concat(told, ignore_index=True)[columns]


def confusions(tests: list[Test], framework: Framework) -> pd.DataFrame:
    """Return how often each pair of grades occurs in each test.

    Columns `test`, `rows`, `published`, `computed`, `n`; pairs that never occur have no row.
    """
    told = [
        test.pairs.groupby(["published", "computed"])
        .size()
        .rename("n")
        .reset_index()
        .assign(test=test.name, rows=test.rows)
        for test in tests
    ]
    order = {grade: place for place, grade in enumerate(grade_names(framework))}
    counts = pd.concat(told, ignore_index=True)[["test", "rows", "published", "computed", "n"]]
    return counts.sort_values(
        ["published", "computed"], key=lambda column: column.map(order)
    ).sort_values(["test", "rows"], kind="stable", ignore_index=True)


def other_thresholds(framework: Framework) -> pd.DataFrame:
    """Return how the main rule for the overall grade would do with each number in its range.

    This was computed after the rule had been written and changed nothing in it. Columns `rule`,
    `at_least`, `used` (whether it is the number of the framework file), `n`, `agree`: pairs with all
    four core grades known, on any basis.
    """
    (missing,) = framework.rules_of("overall", "missing-evidence")
    rule = framework.rules[missing.by]
    limits = rule.parameters["at_least"]
    told = []
    for number in range(int(limits.low), int(limits.high) + 1):
        changed = with_parameters(framework, {f"{rule.id}.at_least": number})
        rows = overall_rows(load_table("judgments"), changed)
        rows = rows[rows["selection"] == ALL_KNOWN]
        agree = int((rows["computed"] == rows["published"]).sum())
        told.append((rule.id, number, number == limits.value, len(rows), agree))
    return pd.DataFrame(told, columns=["rule", "at_least", "used", "n", "agree"])


def _rank_correlation(pairs: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Return Spearman's correlation of the balance of indicators with the published grade."""
    rank = pairs["published"].map(framework.ranks).to_numpy()
    balance = pairs["balance"].to_numpy()
    if len(np.unique(rank)) < 2 or len(np.unique(balance)) < 2:
        return pd.DataFrame(columns=STATISTICS)
    drawn = np.random.default_rng(SEED).integers(len(rank), size=(RESAMPLES, len(rank)))
    ranks = [stats.rankdata(values[drawn], axis=1) for values in (balance, rank)]
    centred = [values - values.mean(axis=1, keepdims=True) for values in ranks]
    size = np.sqrt((centred[0] ** 2).sum(axis=1) * (centred[1] ** 2).sum(axis=1))
    again = (centred[0] * centred[1]).sum(axis=1)[size > 0] / size[size > 0]
    low, high = np.percentile(again, INTERVAL)
    value = stats.spearmanr(balance, rank).statistic
    row = ("rank correlation", float(value), float(low), float(high))
    return pd.DataFrame([row], columns=STATISTICS)
