"""The share of strengths as a whole percentage: rounded, and never more than the evidence says."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelbook.evidence import load_evidence
from peelbook.judgments.balance import percent_of_strengths
from peelbook.judgments.framework import load_framework
from peelbook.judgments.reasons import _balance
from peelbook.narrative.record import how_far_to_trust

FRAMEWORK = load_framework()


@pytest.mark.parametrize(
    ("strengths", "weaknesses", "of_summaries", "of_a_report"),
    [
        (22, 4, 85, 85),  # 84.6
        (39, 10, 79, 80),  # 79.6, and the next band of similar cases begins at 80
        (61, 62, 49, 50),  # 49.6, and good needs one half of summaries, two thirds of a report
        (133, 67, 67, 66),  # 66.5
        (2, 1, 67, 67),
        (1, 300, 1, 1),  # 0.3
        (300, 1, 99, 99),  # 99.7
        (0, 3, 0, 0),
        (3, 0, 100, 100),
    ],
)
def test_share_is_rounded_and_reaches_nothing_that_the_evidence_does_not(
    strengths, weaknesses, of_summaries, of_a_report
):
    weights = (strengths, weaknesses, FRAMEWORK)
    assert percent_of_strengths(*weights, summary=True) == of_summaries
    assert percent_of_strengths(*weights, summary=False) == of_a_report


@given(st.integers(0, 300), st.integers(1, 300), st.booleans())
def test_more_strengths_never_show_a_smaller_share(strengths, weaknesses, summary):
    shown = percent_of_strengths(strengths, weaknesses, FRAMEWORK, summary=summary)
    more = percent_of_strengths(strengths + 1, weaknesses, FRAMEWORK, summary=summary)
    assert shown <= more < 100
    assert abs(shown - 100 * strengths / (strengths + weaknesses)) < 1


def test_grade_and_its_reasons_tell_the_same_share():
    ev = load_evidence(force="south-wales", period_end="2025-03-31")
    reasons = ev.judgments.reasons
    told = 0
    for question in ev.graded_from_summaries - {"overall"}:
        beside = re.search(r"strengths are (\d+) percent of", how_far_to_trust(ev, question))
        text = reasons.loc[reasons["id"] == question, "text"].iloc[0]
        if beside:
            told += 1
            assert f"by weight, strengths are {beside[1]} percent" in text
    assert told


@pytest.mark.parametrize(
    ("strengths", "weaknesses", "shown"),
    [
        (4, 6, "0.67"),
        (2, 3, "0.67"),
        (7, 3, "2.33"),
        (5, 3, "1.67"),
        (399, 200, "1.99"),  # 1.995, and good needs 2 of a whole report
        (400, 200, "2"),
        (1999, 2000, "0.99"),  # 0.9995, and good needs 1 of summaries
        (1797, 200, "8.99"),  # 8.985
        (1799, 200, "8.99"),  # 8.995
        (501, 2000, "0.26"),  # 0.2505, and inadequate needs 0.25 or less
        (1, 4, "0.25"),
    ],
)
def test_ratio_is_rounded_and_stays_on_its_side_of_each_threshold(strengths, weaknesses, shown):
    sums = pd.Series({"strength_weight": strengths, "weakness_weight": weaknesses})
    said = "strengths and weaknesses stand at"
    assert _balance(sums, FRAMEWORK) == f"{said} {shown} to 1"
