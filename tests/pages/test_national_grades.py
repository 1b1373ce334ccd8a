"""Grades of all forces."""

import pytest

from peelbook.evidence import load_evidence
from peelbook.pages.all_grades import (
    computed_overall_grades,
    published_grades,
    question_titles,
    year_of_grades,
    years_graded,
)
from peelbook.parameters import force_slugs, parse_parameters

GRADES = {"outstanding", "good", "requires improvement", "inadequate"}


def test_overall_grades_of_2016_are_those_that_the_inspectorate_announced():
    # HMIC, PEEL: Police effectiveness 2016, national overview (March 2017)
    grades = published_grades(2016)
    counts = grades.loc[grades["question"] == "overall", "grade"].value_counts().to_dict()
    assert counts == {"good": 28, "requires improvement": 13, "inadequate": 1, "outstanding": 1}


def test_a_year_has_a_row_for_every_force_and_question_and_says_how_each_grade_is_known():
    grades = published_grades(2017)
    assert len(grades) == 43 * 5
    assert grades["grade"].isna().equals(grades["basis"].isna())
    assert set(grades["basis"].dropna()) == {"explicit", "narrative", "carried-over"}


def test_2014_has_its_own_questions():
    assert years_graded() == [2014, 2015, 2016, 2017, 2018]
    assert list(question_titles(2014)) == ["q1", "q2", "asb"]
    assert list(question_titles(2016)) == ["overall", "q1", "q2", "q3", "q4"]


@pytest.mark.parametrize(
    ("period_end", "year"),
    [("2016-06-30", 2016), ("2018-12-31", 2018), ("2015-03-31", 2015), ("2014-12-31", None)],
)
def test_grades_are_the_newest_up_to_the_period(period_end, year):
    assert year_of_grades(parse_parameters({"period_end": period_end})) == year


def test_computed_grade_is_that_of_the_book_of_the_force():
    of_page = {"period_end": "2016-06-30", "inspection": "2016"}
    grades = computed_overall_grades(parse_parameters(of_page))
    for force in (*force_slugs()[::4], "kent", "staffordshire", "west-midlands"):
        book = load_evidence(force=force, **of_page).grade("overall")["grade"]
        assert grades.get(force, "no grade") == (book if book in GRADES else "no grade"), force


def test_force_with_too_few_findings_has_no_computed_grade():
    grades = computed_overall_grades(parse_parameters({}))
    assert grades["leicestershire"] == "requires improvement"
    # Kent: the summaries tell enough for a grade of questions 1 and 3 alone, and three are needed
    assert "kent" not in grades
    # City of London: from summaries
    assert "city-of-london" in grades
    assert set(grades) <= GRADES


def test_no_grade_is_computed_for_a_period_without_an_inspection():
    assert computed_overall_grades(parse_parameters({"period_end": "2012-12-31"})).empty
