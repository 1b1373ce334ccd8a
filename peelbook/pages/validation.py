"""The judgments tested against the grades that the inspectorate published.

Three tests. Grades computed from published summaries are set beside the grades stated in the same
inspection, for 43 forces and three inspections. The rule for the overall grade is given the published
grades of the core questions. For the one force whose whole report was coded, every computed grade is
set beside the published one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from peelbook.errors import InvalidParameter, suggestion
from peelbook.evidence import load_evidence
from peelbook.judgments.framework import Framework, load_framework, with_parameters
from peelbook.judgments.published import published_judgments
from peelbook.judgments.record import load_cases, record_of, with_guesses
from peelbook.judgments.summaries import QUESTION
from peelbook.judgments.summary_cases import summary_cases, summary_evidence
from peelbook.pages.validation_rows import SELECTIONS, force_rows, grade_names, overall_rows
from peelbook.statistics.agreement import INTERVAL, RESAMPLES, SEED, agreement_statistics

REFERENCE = "leicestershire"
ALL_KNOWN = "any basis, all four core grades known"
SUMMARIES, OVERALL = "summaries", "overall rule"
EVERY = "all"
"""Stands for all core questions together, and for all inspections together."""
TABLES = {
    "statistics": "accuracy, weighted kappa, guesses and intervals, by question and inspection",
    "confusion": "how often each pair of grades occurs",
    "summaries": "every case of a grade computed from published summaries, and the stated grade",
    "choices": "how grades from summaries would do with other thresholds",
    "overall": "published core grades, what the rule makes of them, the published overall grade",
    "thresholds": "how the main overall rule would do with other numbers",
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
        return overall_rows(published_judgments(), framework)
    if what == "summaries":
        return load_cases()
    if what == "choices":
        return other_choices(framework)
    if what == "thresholds":
        return other_thresholds(framework)
    if what == "leicestershire":
        return force_rows(load_evidence(force=REFERENCE))
    tests = graded_pairs(framework)
    return {"statistics": statistics, "confusion": confusions}[what](tests, framework)


def graded_pairs(framework: Framework) -> list[Test]:
    """Return the tests with the pairs in which both sides have a grade, summaries first."""
    overall = overall_rows(published_judgments(), framework)
    overall = overall[overall["computed"].isin(grade_names(framework))]
    return summary_tests(load_cases(), framework) + [
        Test(OVERALL, selection.id, overall[overall["selection"] == selection.id])
        for selection in SELECTIONS
    ]


def summary_tests(cases: pd.DataFrame, framework: Framework) -> list[Test]:
    """Return the cases of summaries by question and inspection, each with all of the other.

    `rows` of a test is the question and the inspection with a blank between, "all" for all of them.
    """
    told = with_guesses(cases, framework.grading.good_enough)
    core = told[told["question"] != "overall"]
    groups = {EVERY: core} | dict(list(told.groupby("question")))
    return [
        Test(SUMMARIES, f"{question} {inspection}", pairs)
        for question, own in groups.items()
        for inspection, pairs in [*own.groupby("inspection"), (EVERY, own)]
    ]


def statistics(tests: list[Test], framework: Framework) -> pd.DataFrame:
    """Return how well computed and published grades agree in each test.

    Columns `test` (summaries, overall rule), `rows` (which), `n` (graded pairs), `forces`,
    `statistic`, `value`, `low`, `high` (95 percent interval, missing where it cannot be had).
    """
    told = []
    for test in tests:
        result = agreement_statistics(test.pairs, grade_names(framework))
        if "as_before" in test.pairs:
            result = pd.concat([result, _against_guesses(test.pairs)])
        forces = test.pairs["force"].nunique()
        told.append(result.assign(test=test.name, rows=test.rows, n=len(test.pairs), forces=forces))
    columns = ["test", "rows", "n", "forces", "statistic", "value", "low", "high"]
    return pd.concat(told, ignore_index=True)[columns]


def _against_guesses(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the accuracy of the grade before, and how much better than each guess grades are."""
    sums = pairs.groupby("force")[["agrees", "always_good", "as_before"]].sum()
    counts = pairs.groupby("force").size().to_numpy()
    forces = len(sums)
    drawn = np.random.default_rng(SEED).multinomial(forces, np.full(forces, 1 / forces), RESAMPLES)
    size = drawn @ counts
    shares = {name: drawn @ sums[name].to_numpy() / size for name in sums}
    seen = {name: float(sums[name].sum() / counts.sum()) for name in sums}
    told = {
        "accuracy of the grade before": (seen["as_before"], shares["as_before"]),
        "accuracy above always good": (
            seen["agrees"] - seen["always_good"],
            shares["agrees"] - shares["always_good"],
        ),
        "accuracy above the grade before": (
            seen["agrees"] - seen["as_before"],
            shares["agrees"] - shares["as_before"],
        ),
    }
    return pd.DataFrame(
        [(name, value, *np.percentile(again, INTERVAL)) for name, (value, again) in told.items()],
        columns=["statistic", "value", "low", "high"],
    )


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
        rows = overall_rows(published_judgments(), changed)
        rows = rows[rows["selection"] == ALL_KNOWN]
        agree = int((rows["computed"] == rows["published"]).sum())
        told.append((rule.id, number, number == limits.value, len(rows), agree))
    return pd.DataFrame(told, columns=["rule", "at_least", "used", "n", "agree"])


def other_choices(framework: Framework) -> pd.DataFrame:
    """Return how grades from summaries would do if more or fewer findings were asked for.

    Columns `findings_needed`, `used` (whether it is the number of the framework file), `cases` and
    `agrees` (core questions, the ratio chosen by the other forces), `always_good`, `as_before`.
    """
    (needed,) = framework.rules_of(QUESTION, "findings-needed")
    limits = needed.parameters["at_least"]
    evidence, published = summary_evidence(framework), published_judgments()
    told = []
    for number in range(int(limits.low), int(limits.high) + 1):
        changed = with_parameters(framework, {f"{needed.id}.at_least": number})
        record = record_of(summary_cases(changed, evidence, published), changed)
        sums = record.loc[record["question"] != "overall"].sum(numeric_only=True)
        counts = [int(sums[name]) for name in ("cases", "agrees", "always_good", "as_before")]
        told.append((number, number == limits.value, *counts))
    columns = ["findings_needed", "used", "cases", "agrees", "always_good", "as_before"]
    return pd.DataFrame(told, columns=columns)
