"""The judgments against published grades: rows by hand, and what the page says about them."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from peelbook.errors import InvalidParameter
from peelbook.evidence import load_evidence
from peelbook.judgments.framework import load_framework
from peelbook.judgments.record import load_cases
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
    own = [test for test in tests_run if test.name == "overall rule"]
    sizes = [len(test.pairs) for test in own]
    assert own[0].rows == EXPLICIT
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


def test_page_says_first_how_grades_from_summaries_do_beside_both_guesses(found):
    text = pages.first_of_all(found)
    cases = load_cases()
    core = cases[cases["question"] != "overall"]
    # the counts are taken from the cases themselves, not from the statistics that the text is of
    # where the grade before is not known, that guess is good
    right = {
        "computed": core["computed"],
        "good": pd.Series("good", core.index),
        "before": core["published_before"].fillna("good"),
    }
    shares = {
        name: f"{100 * (guess == core['published']).mean():.0f} percent"
        for name, guess in right.items()
    }
    assert text.startswith("**Grades computed from published summaries agree")
    assert f"in {shares['computed']} of {len(core)} cases**" in text
    assert f"“good” every time is right in {shares['good']}" in text
    assert f"before (“good” where it is not known) in {shares['before']}." in text
    assert pages.TO_EXPLAIN in text


def test_other_numbers_in_the_overall_rule_are_tried_without_the_framework_changing():
    table = other_thresholds(FRAMEWORK)
    assert table["at_least"].tolist() == [1, 2, 3]
    assert table.loc[table["used"], "at_least"].tolist() == [2]
    assert FRAMEWORK.rules["O1"]["at_least"] == 2


def test_only_what_the_inspectorate_graded_stands_beside_a_published_grade():
    rows = force_rows(load_evidence(force="leicestershire")).set_index("id")
    graded = rows.index.isin(["q1", "q2", "q3", "q4", "overall"])
    assert graded.sum() == 5
    assert rows.loc["q2", "published"] == "requires improvement"
    assert rows.loc["q2.4", "computed"] == "good"
    assert rows.loc[~graded, ["published", "basis", "agrees"]].isna().all(axis=None)
    assert "q5" not in rows.index
    same = (rows["computed"] == rows["published"]).astype("boolean")
    assert rows.loc[graded, "agrees"].equals(same[graded])


@pytest.mark.parametrize(
    ("force", "period_end", "differing"),
    [("leicestershire", "2016-06-30", []), ("kent", "2019-03-31", ["q2", "q3"])],
)
def test_discussion_takes_up_every_disagreement_and_no_other(force, period_end, differing):
    ev = load_evidence(force=force, period_end=period_end)
    rows = force_rows(ev)
    text = pages.force_discussion(ev)
    assert rows.loc[rows["agrees"].eq(False).fillna(False), "id"].tolist() == differing
    assert [name for name in rows["id"] if f"**{name} " in text] == differing


def test_question_without_a_computed_grade_is_not_said_to_agree_or_differ():
    rows = force_rows(load_evidence(force="kent", period_end="2019-03-31")).set_index("id")
    assert rows.loc[["q1", "overall"], "published"].tolist() == ["good", "good"]
    assert set(rows.loc[["q1", "overall"], "computed"]) == {"insufficient evidence"}
    assert rows.loc[["q1", "overall"], "agrees"].isna().all()


def test_unknown_table_is_refused_with_the_nearest_name():
    with pytest.raises(InvalidParameter, match="did you mean statistics"):
        validation("statistic")


def test_grade_left_standing_is_not_counted_as_one_that_was_stated():
    counted = pages.coverage(FRAMEWORK)
    rows = BeautifulSoup(counted._repr_html_(), "html.parser").find_all("tr")
    head, *told = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in rows]
    table = pd.DataFrame(told, columns=head).set_index("Year").apply(pd.to_numeric, errors="coerce")
    assert table.loc["2018/19", "Left standing"] == 48
    parts = ["Read as stated", "Read from wording", "Left standing"]
    assert (table["Core grades known"] == table[parts].sum(axis=1)).all()
