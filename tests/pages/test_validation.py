"""The judgments against published grades: rows by hand, and what the page says about them."""

import pandas as pd
import pytest

from peelbook.errors import InvalidParameter
from peelbook.evidence import load_evidence
from peelbook.judgments.framework import load_framework
from peelbook.pages import validation_tables as pages
from peelbook.pages.validation import graded_pairs, other_thresholds, statistics, validation
from peelbook.pages.validation_rows import force_rows, overall_rows
from peelbook.tables import load_table

FRAMEWORK = load_framework()
EXPLICIT, ENOUGH = (
    "explicit, all four core grades known",
    "explicit, enough known for the rule",
)


@pytest.fixture(scope="module")
def tests_run():
    return graded_pairs(FRAMEWORK)


@pytest.fixture(scope="module")
def found(tests_run):
    return statistics(tests_run, FRAMEWORK)


def published(grades, overall="good", basis="explicit"):
    rows = [("made-up-force", 2016, question, grade, basis) for question, grade in grades.items()]
    rows.append(("made-up-force", 2016, "overall", overall, "explicit"))
    return pd.DataFrame(rows, columns=["force", "year", "question", "grade", "basis"])


@pytest.mark.parametrize(
    ("grades", "expected"),
    [
        # O1: one below good, then two
        (["good", "good", "requires improvement", "good"], "good"),
        (["good", "requires improvement", "requires improvement", "good"], "requires improvement"),
        # O2 and O3: one inadequate, then two
        (["good", "good", "inadequate", "good"], "requires improvement"),
        (["good", "inadequate", "inadequate", "good"], "inadequate"),
        # O4: one outstanding is too few, two are enough
        (["outstanding", "good", "good", "good"], "good"),
        (["outstanding", "good", "good", "outstanding"], "outstanding"),
    ],
)
def test_overall_rule_on_published_core_grades_as_worked_by_hand(grades, expected):
    table = published(dict(zip(["q1", "q2", "q3", "q4"], grades, strict=True)))
    rows = overall_rows(table, FRAMEWORK)
    assert set(rows["computed"]) == {expected}


def test_missing_core_grade_counts_as_not_known():
    rows = overall_rows(published({"q1": "good", "q2": "good", "q3": "good"}), FRAMEWORK)
    # three good and one unknown: at most one below good, so good
    assert rows.set_index("selection").loc[ENOUGH, ["computed", "known"]].tolist() == ["good", 3]
    assert EXPLICIT not in set(rows["selection"])
    rows = overall_rows(published({"q1": "good", "q2": "good"}), FRAMEWORK)
    # two unknown could be below good
    assert set(rows["computed"]) == {"insufficient evidence"}


def test_grade_read_from_wording_is_left_out_of_the_explicit_rows():
    grades = dict.fromkeys(["q1", "q2", "q3", "q4"], "good")
    rows = overall_rows(published(grades, basis="narrative"), FRAMEWORK)
    assert EXPLICIT not in set(rows["selection"])
    assert set(rows.loc[rows["selection"] == ENOUGH, "known"]) == {0}


def test_2014_has_no_overall_grade_and_tests_nothing():
    table = load_table("judgments")
    assert not ((table["year"] == 2014) & (table["question"] == "overall")).any()
    assert 2014 not in set(overall_rows(table, FRAMEWORK)["year"])


def test_explicit_rows_come_first_and_are_fewer(tests_run):
    sizes = [len(test.pairs) for test in tests_run if test.name == "overall rule"]
    assert tests_run[0].rows == EXPLICIT
    assert sizes[0] < max(sizes)


def test_every_statistic_has_its_baselines(found):
    for _, rows in found.groupby(["test", "rows"]):
        assert {
            "accuracy",
            "weighted kappa",
            "accuracy of always good",
            "accuracy of the commonest grade",
        } <= set(rows["statistic"])
    known = found.dropna()
    assert ((known["low"] <= known["value"]) & (known["value"] <= known["high"])).all()


def test_page_says_first_how_little_indicators_say(found):
    text = pages.first_of_all(found)
    assert text.startswith("**Indicators alone")
    # If indicators ever beat the constant guess, this sentence has to change by itself.
    wide = found[found["test"] == "indicators only"].pivot(
        index="rows", columns="statistic", values="value"
    )
    worse = int((wide["accuracy"] < wide["accuracy of always good"]).sum())
    assert f"In {worse} of {len(wide)} tests" in text


def test_other_numbers_in_the_overall_rule_are_tried_without_the_framework_changing():
    table = other_thresholds(FRAMEWORK)
    assert table["at_least"].tolist() == [1, 2, 3]
    assert table.loc[table["used"], "at_least"].tolist() == [2]
    assert FRAMEWORK.rules["O1"]["at_least"] == 2


def test_sub_questions_stand_beside_the_grade_of_their_core_question():
    rows = force_rows(load_evidence(force="leicestershire")).set_index("id")
    assert rows.loc["q2.4", "published"] == rows.loc["q2", "published"] == "requires improvement"
    assert "q5" not in rows.index
    assert rows["agrees"].equals((rows["computed"] == rows["published"]).astype("boolean"))


def test_discussion_takes_up_every_disagreement():
    ev = load_evidence(force="leicestershire")
    rows = force_rows(ev)
    text = pages.force_discussion(ev)
    for name in rows.loc[~rows["agrees"].astype(bool), "id"]:
        assert f"**{name} " in text


def test_force_without_published_core_grades_is_not_said_to_agree_or_differ():
    ev = load_evidence(force="kent", period_end="2019-03-31")
    assert force_rows(ev)["agrees"].isna().all()


def test_unknown_table_is_refused_with_the_nearest_name():
    with pytest.raises(InvalidParameter, match="did you mean statistics"):
        validation("statistic")
