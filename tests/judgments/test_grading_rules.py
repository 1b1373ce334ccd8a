"""Worked examples: for each rule, evidence counted by hand on both sides of its threshold."""

from dataclasses import replace

import pandas as pd
import pytest
from made_up import all_good, indicator_table, register, strengths, weaknesses

from peelbook.errors import DataIntegrityError
from peelbook.judgments.framework import with_parameters
from peelbook.judgments.grades import judge
from peelbook.judgments.indicator_evidence import HIGHEST, LOWEST, indicator_evidence, left_out
from peelbook.judgments.published import with_published
from peelbook.judgments.reasons import change_in_words

AREA = {"area_for_improvement": True}
CONCERN = {"cause_of_concern": True}


@pytest.fixture
def grade(framework):
    def grade_of(entry, rows=(), bands=None, column="grade", framework=framework):
        indicators = indicator_table(bands) if bands else None
        table = judge(register(*rows), indicators, framework).table
        return table.set_index("id").loc[entry, column]

    return grade_of


def rules_told(framework, entry, rows, bands=None):
    indicators = indicator_table(bands) if bands else None
    reasons = judge(register(*rows), indicators, framework).reasons
    return reasons.loc[reasons["id"] == entry, "rule"].tolist()


@pytest.mark.parametrize(
    ("rule", "rows", "expected"),
    [
        # S1: two to one. 4 against 2 is good, 4 against 3 is not.
        ("S1", strengths("q1.2", 2) + weaknesses("q1.2", 1), "good"),
        ("S1", strengths("q1.2", 2) + weaknesses("q1.2", 1, 3), "requires improvement"),
        # S2: nine to one and five findings. 18 against 2; 16 against 2; 12 but only four findings.
        ("S2", strengths("q1.2", 9) + weaknesses("q1.2", 1), "outstanding"),
        ("S1", strengths("q1.2", 8) + weaknesses("q1.2", 1), "good"),
        ("S1", strengths("q1.2", 4, 3), "good"),
        ("S1", strengths("q1.2", 4, 3) + weaknesses("q1.2", 1, 1), "good"),
        # S3: one to four and weaknesses of 9. 9 against 2; 8 against 2; 9 against 3.
        ("S3", strengths("q1.2", 1) + weaknesses("q1.2", 3, 3), "inadequate"),
        ("S1", strengths("q1.2", 1) + weaknesses("q1.2", 4), "requires improvement"),
        ("S1", strengths("q1.2", 1, 3) + weaknesses("q1.2", 3, 3), "requires improvement"),
        # S4: an area for improvement keeps 20 against 2 from being outstanding.
        ("S4", strengths("q1.2", 10) + weaknesses("q1.2", 1, **AREA), "good"),
        # S5 and S6: causes of concern, whatever the balance.
        ("S5", strengths("q1.2", 10) + weaknesses("q1.2", 1, **CONCERN), "requires improvement"),
        ("S6", strengths("q1.2", 30) + weaknesses("q1.2", 2, **CONCERN), "inadequate"),
    ],
)
def test_sub_question_is_graded_as_worked_by_hand(framework, grade, rule, rows, expected):
    assert grade("q1.2", rows) == expected
    assert rule in rules_told(framework, "q1.2", rows)


def test_sub_question_without_evidence_has_no_grade(grade):
    assert grade("q1.2") == "insufficient evidence"
    assert grade("q1.2", column="basis") == "insufficient"
    assert pd.isna(grade("q1.2", column="provisional_grade"))


def test_one_weakness_alone_requires_improvement_and_is_not_inadequate(grade):
    assert grade("q1.2", weaknesses("q1.2", 1, 3)) == "requires improvement"


@pytest.mark.parametrize(
    ("rule", "rows", "expected"),
    [
        # C1: one of three below good, then two of three.
        ("C1", weaknesses("q3.1", 2), "good"),
        ("C1", weaknesses("q3.1", 2) + weaknesses("q3.2", 2), "requires improvement"),
        # C2: one inadequate part; C3: two.
        ("C2", weaknesses("q3.1", 9, 3), "requires improvement"),
        ("C3", weaknesses("q3.1", 9, 3) + weaknesses("q3.2", 9, 3), "inadequate"),
        # C4: two of three outstanding.
        ("C4", strengths("q3.1", 4) + strengths("q3.2", 4), "outstanding"),
        ("C1", strengths("q3.1", 4), "good"),
        # C5: the area for improvement lies in the third part, but is published for the question.
        (
            "C5",
            strengths("q3.1", 4) + strengths("q3.2", 4) + weaknesses("q3.3", 1, **AREA),
            "good",
        ),
        # C6 and C7: causes of concern in one part, or spread over two.
        ("C6", strengths("q3.1", 9) + weaknesses("q3.1", 1, **CONCERN), "requires improvement"),
        (
            "C7",
            strengths("q3.1", 9)
            + weaknesses("q3.1", 1, **CONCERN)
            + strengths("q3.2", 9)
            + weaknesses("q3.2", 1, **CONCERN),
            "inadequate",
        ),
    ],
)
def test_core_question_is_graded_as_worked_by_hand(framework, grade, rule, rows, expected):
    rows = all_good(framework) + rows
    assert grade("q3", rows) == expected
    assert rule in rules_told(framework, "q3", rows)


def test_core_question_with_one_unknown_part_is_graded_only_if_the_unknown_cannot_matter(grade):
    two_good = strengths("q3.1", 2) + strengths("q3.2", 2)
    one_good = strengths("q3.1", 2) + weaknesses("q3.2", 2)
    assert grade("q3", two_good) == "good"
    assert grade("q3", one_good) == "insufficient evidence"
    assert grade("q3", one_good + weaknesses("q3.3", 1)) == "requires improvement"
    assert grade("q3", one_good + strengths("q3.3", 1)) == "good"


def test_core_question_without_enough_evidence_has_a_provisional_grade(grade):
    assert grade("q1", strengths("q1.2", 2), column="provisional_grade") == "good"
    rows = weaknesses("q1.2", 2)
    assert grade("q1", rows, column="provisional_grade") == "requires improvement"
    assert grade("q1", rows, column="basis") == "insufficient"


def test_outstanding_core_question_needs_a_strength_from_findings_in_every_part(framework, grade):
    rows = strengths("q2.2", 6) + strengths("q2.3", 6) + strengths("q2.4", 6)
    bands = {"outcome-charged-summonsed": HIGHEST}
    assert grade("q2", rows, bands) == "good"
    assert grade("q2", rows + strengths("q2.1", 1), bands) == "outstanding"


@pytest.mark.parametrize(
    ("rule", "rows", "expected"),
    [
        ("O1", weaknesses("q1.2", 2) + weaknesses("q1.3", 2), "good"),
        (
            "O1",
            [r for part in ("q1.2", "q1.3", "q3.1", "q3.2") for r in weaknesses(part, 2)],
            "requires improvement",
        ),
        ("O2", weaknesses("q1.2", 9, 3) + weaknesses("q1.3", 9, 3), "requires improvement"),
        (
            "O3",
            [r for part in ("q1.2", "q1.3", "q3.1", "q3.2") for r in weaknesses(part, 9, 3)],
            "inadequate",
        ),
        (
            "O4",
            [r for part in ("q1.2", "q1.3", "q3.1", "q3.2") for r in strengths(part, 4)],
            "outstanding",
        ),
    ],
)
def test_overall_grade_is_as_worked_by_hand(framework, grade, rule, rows, expected):
    rows = all_good(framework) + rows
    assert grade("overall", rows) == expected
    assert rule in rules_told(framework, "overall", rows)


def test_overall_with_unknown_core_questions_is_provisional(framework, grade):
    rows = [row for row in all_good(framework) if row["sub_question"][:2] in ("q1", "q4")]
    assert grade("overall", rows) == "insufficient evidence"
    assert pd.isna(grade("overall", rows, column="provisional_grade"))
    rows += strengths("q2.2", 1)
    assert grade("overall", rows, column="provisional_grade") == "good"
    rows += weaknesses("q2.2", 1) + weaknesses("q3.1", 1)
    assert grade("overall", rows, column="provisional_grade") == "requires improvement"
    assert grade("overall") == "insufficient evidence"


def test_question_5_is_never_graded(framework, grade):
    rows = weaknesses("q5.1", 9, 3) + weaknesses("q5.2", 9, 3, **CONCERN)
    assert grade("q5", rows) == grade("q5.1", rows) == "ungraded"
    assert grade("overall", all_good(framework) + rows) == "good"


BANDS = {
    "outcome-charged-summonsed": LOWEST,
    "outcome-no-suspect-identified": LOWEST,
    "victim-satisfaction": "broadly in line with",
    "domestic-abuse-arrest-rate": None,
    "recorded-crime": LOWEST,
    "sexual-offences": HIGHEST,
    "not-in-the-framework": HIGHEST,
}


def test_indicators_speak_only_at_the_ends_and_only_in_their_direction(framework):
    items = indicator_evidence(indicator_table(BANDS), framework)
    assert dict(zip(items["indicator"], items["polarity"], strict=True)) == {
        "outcome-charged-summonsed": "weakness",
        "outcome-no-suspect-identified": "strength",
    }
    assert items["reason"].iloc[0].startswith("Outcome charged summonsed: one of the lowest of all")


@pytest.mark.parametrize(
    ("indicator", "column", "value", "reason"),
    [
        ("outcome-charged-summonsed", "unusual", False, "no more than forces commonly do"),
        ("outcome-charged-summonsed", "unusual", pd.NA, "cannot be said"),
        ("outcome-charged-summonsed", "status", "incomplete", "too incomplete"),
        ("outcome-charged-summonsed", "status", "not-available", "No value"),
        ("outcome-charged-summonsed", "band", "broadly in line with", "middle half"),
        ("outcome-not-yet-assigned", "value", 5.1, "5.1 percent of the force's offences"),
        ("outcome-not-yet-assigned", "value", float("nan"), "is not known"),
    ],
)
def test_indicator_is_left_out_with_its_reason(framework, indicator, column, value, reason):
    table = indicator_table({"outcome-charged-summonsed": LOWEST})
    assert len(indicator_evidence(table, framework)) == 1
    table.loc[table["indicator"] == indicator, column] = value
    assert indicator_evidence(table, framework).empty
    out = left_out(register(*strengths("q1.2", 1)), table, framework, "report").set_index("id")
    assert reason in out.loc["outcome-charged-summonsed", "reason"]


def test_no_rate_of_recorded_crime_or_incidents_is_evidence(framework):
    counted = [link for link in framework.indicators.values() if link.direction != "context"]
    assert {link.id for link in counted} == {
        "outcome-charged-summonsed",
        "outcome-no-suspect-identified",
        "outcome-evidential-victim-does-not-support",
        "victim-satisfaction",
        "domestic-abuse-arrest-rate",
        "domestic-abuse-outcome-charged-summonsed",
    }


def test_indicator_listed_twice_is_refused(framework):
    twice = pd.concat([indicator_table({})] * 2)
    with pytest.raises(DataIntegrityError, match="outcome-not-yet-assigned"):
        indicator_evidence(twice, framework)


def test_part_on_indicators_only_is_indicative_and_needs_findings_elsewhere(grade):
    worst = {"outcome-charged-summonsed": LOWEST, "outcome-no-suspect-identified": HIGHEST}
    assert grade("q2.1", bands=worst) == "insufficient evidence"
    rows = strengths("q1.2", 1)
    assert grade("q2.1", rows, worst) == "requires improvement"
    assert grade("q2.1", rows, worst, column="basis") == "indicators only"
    assert grade("q2.1", rows, worst, column="indicative")


def test_inadequate_needs_its_weight_of_weakness_from_findings(grade):
    # 8 from findings and 1 from an indicator are not 9 from findings (rule S3).
    bands = {"outcome-charged-summonsed": LOWEST}
    assert grade("q2.1", weaknesses("q2.1", 4), bands) == "requires improvement"
    assert grade("q2.1", weaknesses("q2.1", 3, 3), bands) == "inadequate"


def test_indicators_do_not_bring_a_core_question_below_good_against_findings(framework, grade):
    # q2.1 and q2.3 are below good on indicators; all findings are strengths (rule C8).
    bands = {"outcome-charged-summonsed": LOWEST, "victim-satisfaction": LOWEST}
    rows = strengths("q2.2", 2) + strengths("q2.4", 2)
    assert grade("q2", rows, bands) == "insufficient evidence"
    assert "C8" in rules_told(framework, "q2", rows, bands)
    # With a finding below good in the same question they count again.
    assert grade("q2", rows + weaknesses("q2.4", 5), bands) == "requires improvement"


def test_finding_that_restates_an_indicator_is_counted_once(grade):
    bands = {"victim-satisfaction": LOWEST}
    rows = weaknesses("q2.3", 1, 3, restates_indicator="victim-satisfaction")
    assert grade("q2.3", rows, bands, column="weakness_weight") == 3
    assert grade("q2.3", weaknesses("q2.3", 1, 3), bands, column="weakness_weight") == 4


def test_threshold_of_the_file_decides(framework, grade):
    rows = strengths("q1.2", 2) + weaknesses("q1.2", 1)
    stricter = with_parameters(framework, {"S1.ratio": 3})
    assert grade("q1.2", rows) == "good"
    assert grade("q1.2", rows, framework=stricter) == "requires improvement"


def test_framework_may_have_no_rule_of_a_kind(framework, grade):
    kept = {i: rule for i, rule in framework.rules.items() if i not in ("O4", "C4", "S3")}
    rows = [row for part in framework.sub_questions for row in strengths(part.id, 9)]
    assert grade("overall", rows) == "outstanding"
    assert grade("overall", rows, framework=replace(framework, rules=kept)) == "good"


def test_every_grade_has_evidence_rule_and_change_in_its_reasons(framework):
    rows = all_good(framework) + weaknesses("q1.2", 3)
    judged = judge(register(*rows), None, framework)
    for _entry, reasons in judged.reasons.groupby("id"):
        assert reasons["order"].tolist() == list(range(1, len(reasons) + 1))
        assert reasons["rule"].iloc[0] == "evidence"
    last = judged.reasons.groupby("id")["rule"].last()
    assert (last[["q1.1", "q5", "q5.1", "q5.2"]] == "ungraded").all()
    assert set(judged.reasons["id"]) == set(judged.table["id"])
    of_part = judged.reasons[judged.reasons["id"] == "q1.2"]["text"].tolist()
    # 4 against 6 by weight: two fifths, and 0.67 to 1
    assert "2 strengths and 3 weaknesses, from 5 findings" in of_part[0]
    assert "strengths are 40 percent" in of_part[0]
    assert of_part[-1].endswith("strengths and weaknesses stand at 0.67 to 1.")
    changes = judged.changes[judged.changes["id"] == "q1.2"]
    sums = judged.table.set_index("id").loc["q1.2"]
    # 4 + 8 is twice 6; 6 + 10 is four times 4 (rules S1 and S3); an ordinary finding weighs 2
    assert change_in_words(changes, sums, framework) == (
        "4 more strengths of ordinary weight would move it up to good. "
        "5 more weaknesses of ordinary weight would move it down to inadequate."
    )


def test_what_would_change_a_grade_is_true(grade):
    rows = strengths("q1.2", 2) + weaknesses("q1.2", 3)
    assert grade("q1.2", rows + strengths("q1.2", 4)) == "good"
    assert grade("q1.2", rows + strengths("q1.2", 3)) == "requires improvement"


def test_published_grades_stand_beside_the_computed_ones_with_how_they_are_known(framework):
    published = pd.DataFrame(
        {
            "force": ["made-up-force", "made-up-force", "another-made-up-force"],
            "year": [2016, 2015, 2016],
            "question": ["q1", "overall", "q1"],
            "grade": ["good", "inadequate", "outstanding"],
            "basis": ["explicit", "narrative", "explicit"],
            "judged_in": [float("nan")] * 3,
        }
    )
    table = judge(None, None, framework).table
    years = {"published": 2016, "published_before": 2015}
    both = with_published(table, published, "made-up-force", years).set_index("id")
    assert both.loc["q1", ["published", "published_basis"]].tolist() == ["good", "explicit"]
    assert both.loc["overall", "published_before"] == "inadequate"
    assert both.loc["overall", "published_before_basis"] == "narrative"
    assert both["published"].notna().sum() == 1
    assert len(both) == len(table)


def test_rows_of_one_published_cause_of_concern_are_one(framework):
    part = {"cause_of_concern": True, "concern": "made-up"}
    rows = [
        *strengths("q3.1", 9),
        *weaknesses("q3.1", 2, **part),
        *weaknesses("q3.2", 1, **part),
        # part of it, but not marked as a cause: a weakness and no more
        *weaknesses("q3.2", 1, concern="made-up"),
    ]
    table = judge(register(*rows), None, framework).table.set_index("id")
    assert table.loc[["q3.1", "q3.2", "q3"], "causes_of_concern"].tolist() == [1, 1, 1]
    assert table.loc["q3.1", "grade"] == "requires improvement"  # S5, not S6
    assert table.loc["q3.2", "weaknesses"] == 2
    other = judge(register(*rows, *weaknesses("q3.3", 1, cause_of_concern=True)), None, framework)
    assert other.table.set_index("id").loc["q3", "causes_of_concern"] == 2
