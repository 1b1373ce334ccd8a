"""Grades of all forces: what the inspectorate published, and what this book computes."""

from __future__ import annotations

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.judgments.framework import Framework, load_framework
from peelbook.judgments.published import published_judgments
from peelbook.parameters import Parameters
from peelbook.tables import load_table
from peelbook.tables.inputs import remembered

QUESTIONS = ("overall", "q1", "q2", "q3", "q4")
QUESTIONS_OF_2014 = {
    "q1": "Reducing crime and preventing offending",
    "q2": "Investigating offending",
    "asb": "Tackling anti-social behaviour",
}
"""The crime inspection of 2014 asked other questions and gave no overall grade (HMIC, 2014)."""


def question_titles(year: int, framework: Framework | None = None) -> dict[str, str]:
    """Return the questions that were graded in a year: id -> title, in the order of a report."""
    if year == 2014:
        return QUESTIONS_OF_2014
    framework = framework or load_framework()
    return {"overall": "Overall"} | {
        question.id: question.title for question in framework.questions if question.graded
    }


def years_graded() -> list[int]:
    """Return the years of which grades are known, in order."""
    return sorted(int(year) for year in load_table("judgments")["year"].unique())


def year_of_grades(parameters: Parameters) -> int | None:
    """Return the newest year of effectiveness grades up to the period's; None if it is earlier.

    The inspection of 2014 had other questions, so its grades do not stand for these.
    """
    years = [year for year in years_graded() if 2014 < year <= parameters.period_end.year]
    return max(years, default=None)


def published_grades(year: int) -> pd.DataFrame:
    """Return the grades that the inspectorate gave in a year and how each is known.

    Returns
    -------
    DataFrame with one row for each force and question of that year: `force`, `question`, `grade`
    and `basis` (``explicit``: the grade word was read in a source; ``narrative``: it follows from
    the wording; ``carried-over``, ``elimination``), both missing where no grade is known.
    """
    known = published_judgments()
    known = known[known["year"] == year]
    wanted = pd.MultiIndex.from_product(
        [load_table("forces")["force"], list(question_titles(year))], names=["force", "question"]
    )
    grades = known.set_index(["force", "question"])[["grade", "basis"]]
    return grades.reindex(wanted).reset_index()


@remembered(maxsize=16)
def computed_overall_grades(parameters: Parameters) -> pd.Series:
    """Return the overall grade that each force's book computes; forces without one are absent.

    Index: force slug.
    """
    books = {
        # no file that a user supplies of one force
        slug: Evidence(parameters.for_all_forces().model_copy(update={"force": slug}))
        for slug in load_table("forces")["force"]
    }
    tables = {slug: book.judgments.table.set_index("id") for slug, book in books.items()}
    grades = pd.Series({slug: tables[slug].loc["overall", "grade"] for slug in books}, dtype="str")
    return grades[grades.isin(list(grade_order()))]


def grade_order(framework: Framework | None = None) -> dict[str, int]:
    """Return grade -> place, 1 for the best, for sorting."""
    framework = framework or load_framework()
    return {grade.id: place for place, grade in enumerate(framework.grades, start=1)}
