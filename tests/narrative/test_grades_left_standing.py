"""A grade that was left standing from an earlier inspection is nowhere told as a new one."""

from functools import cache

import pandas as pd
import pytest

from peelbook.charts import evidence_chart, grades
from peelbook.evidence import Evidence
from peelbook.judgments.framework import load_framework
from peelbook.judgments.grades import judge
from peelbook.judgments.published import LEFT_STANDING, published_judgments, with_published
from peelbook.narrative import grades_since, introduction, judgments, summaries
from peelbook.narrative.published import published_grade
from peelbook.parameters import force_slugs, parse_parameters

ROUNDS = {"2016": 2016, "2017": 2017, "2018-19": 2018}
CORE = ("q1", "q2", "q3", "q4")
YEARS = {"2017": "2016", "2018-19": "2017"}


@cache
def nothing_computed():
    return judge(None, None, load_framework()).table


def book(force, inspection):
    """Return evidence with the published grades alone: to compute grades takes long."""
    ev = Evidence(
        parse_parameters(
            {"force": force, "inspection": inspection, "period_end": f"{ROUNDS[inspection]}-06-30"}
        )
    )
    year = ROUNDS[inspection]
    years = {"published": year, "published_before": year - 1}
    table = with_published(nothing_computed(), published_judgments(), force, years)
    ev.__dict__["_remembered_grades"] = table, frozenset()
    return ev


def test_grades_with_a_year_of_judgment_before_their_own_are_known_as_left_standing():
    table = published_judgments()
    standing = table["basis"] == LEFT_STANDING
    assert (table.loc[table["judged_in"].notna(), "basis"] == LEFT_STANDING).all()
    # 23, 8 and 17 of questions 1, 2 and 4 in 2018/19; 23, 11 and 11 in 2017
    assert table[standing].groupby("year").size().to_dict() == {2017: 45, 2018: 48}


def test_grade_left_standing_is_that_of_the_year_named_and_of_no_year_in_between():
    table = published_judgments()
    own = table[table["basis"] != LEFT_STANDING].set_index(["force", "year", "question"])["grade"]
    standing = table[table["basis"] == LEFT_STANDING]
    assert standing["judged_in"].notna().all()
    for row in standing.itertuples():
        judged = row.force, int(row.judged_in), row.question
        assert own.get(judged) == row.grade, judged
        between = range(int(row.judged_in) + 1, row.year)
        assert not any((row.force, year, row.question) in own.index for year in between), judged


@pytest.mark.parametrize("inspection", ROUNDS)
def test_grade_left_standing_is_told_as_not_judged_again_and_no_other_is(inspection):
    for force in force_slugs():
        ev = book(force, inspection)
        rows = ev.grades.set_index("id")
        change = str(grades_since.change_since_last_year(ev))
        _, _, tail = change.partition("**Not judged again")
        not_again = tail.split("\n\n")[0]
        for name in CORE:
            standing = rows.loc[name, "published_basis"] == LEFT_STANDING
            said = published_grade(ev, name)
            assert ("was not judged again in" in said) == standing, (force, name)
            assert ("own grade" in said and standing) is False, (force, name)
            title = rows.loc[name, "title"]
            title = title[:1].lower() + title[1:]
            assert (title in not_again) == standing, (force, name)
            assert change.count(title) <= 1, (force, name)


@pytest.mark.parametrize("inspection", YEARS)
def test_each_basis_of_a_grade_compared_has_its_own_reason(inspection):
    for force in force_slugs():
        ev = book(force, inspection)
        rows = ev.grades[ev.grades["id"].isin(CORE)].dropna(
            subset=["published", "published_before"]
        )
        rows = rows[rows["published_basis"] != LEFT_STANDING]
        text = str(grades_since.change_since_last_year(ev))
        read = (rows[["published_basis", "published_before_basis"]] == "narrative").any(axis=None)
        moved = rows["published"] != rows["published_before"]
        old = ((rows["published_before_basis"] == LEFT_STANDING) & moved).any()
        assert ("read from wording by this project" in text) == read, force
        assert ("of an earlier inspection, so the change" in text) == old, force
        kept = ((rows["published_before_basis"] == LEFT_STANDING) & ~moved).any()
        assert ("of an earlier inspection." in text) == kept, force


def test_change_from_a_grade_left_standing_names_its_year():
    text = grades_since.change_since_last_year(book("norfolk", "2018-19"))
    assert (
        "The 2017 grade of question 1 was itself that of an earlier inspection, so the change may "
        "have come at any time since then." in text
    )
    assert "wording" not in text


def test_question_not_judged_again_is_said_to_be_so_on_every_page_of_the_book():
    ev = book("dorset", "2018-19")
    assert published_grade(ev, "q1") == (
        "Question 1 was not judged again in 2018/19; the grade **good** of 2016 was left standing."
    )
    assert published_grade(ev, "overall").startswith("The inspectorate's own grade for 2018/19 was")
    left = "preventing crime and anti\\-social behaviour (not judged again in 2018/19)"
    assert left in summaries.not_covered(ev)
    assert left in introduction.what_it_rests_on(ev)
    assert "the grade **good** of 2016 was left standing" in judgments.question_summary(ev, "q1")
    table = str(grades.grade_table(ev)._repr_html_())
    assert (
        table.count('that was left standing">c</sup>') == 4
    )  # 1 and 4 of 2018/19, 1 and 2 of 2017
    assert "A dash: question 5, which the inspectorate does not grade." in table


def test_every_dash_among_the_published_grades_has_a_reason_of_its_own():
    # a table reads the register of its force, so a quarter of the forces is enough
    for force in force_slugs()[::4]:
        for inspection in ROUNDS:
            ev = book(force, inspection)
            told = grades.grade_table(ev)._repr_html_().partition("A dash: ")[2]
            note = told.partition("</p>")[0]
            level = ev.grades[ev.grades["level"].isin(["question", "overall"])]
            for row in level.itertuples():
                missing = pd.isna(row.published) or pd.isna(row.published_before)
                name = "overall" if row.id == "overall" else f"question {row.id[1:]}"
                assert (name in note) == missing, (force, inspection, row.id)
            assert " or none is" not in note


def test_findings_described_and_not_graded_are_counted_beside_those_graded(evidence_of):
    kent = evidence_of("kent", "2026-03-31", inspection="2018-19")
    said = judgments.question_summary(kent, "q1")
    assert (
        "tell 1 finding on this question, on crime recording, which is described and not graded"
        in said
    )
    assert "nothing" not in said
    table = grades.grade_table(kent)._repr_html_()
    assert "1 finding described and not graded" in table
    notes = evidence_chart.evidence_by_sub_question(kent).notes
    assert "No bar for core question 1: 1 finding, described and not graded." in notes


def test_source_of_the_evidence_names_only_what_was_counted(evidence_of):
    of_summaries = evidence_chart.evidence_by_sub_question(evidence_of("kent"))
    assert "indicators" not in of_summaries.source
    leicestershire = evidence_of("leicestershire")
    of_a_report = evidence_chart.evidence_by_sub_question(leicestershire)
    counted = (leicestershire.judgments.evidence["source"] == "indicator").any()
    assert ("the findings register and the indicators" in of_a_report.source) == counted
