"""A grade that hangs on the question a finding is put under says so."""

import pytest

from peelbook.evidence import load_evidence
from peelbook.findings.register import load_findings
from peelbook.narrative.judgments import headline
from peelbook.narrative.placing import cases_that_placing_decides, where_placing_decides
from peelbook.parameters import force_slugs
from peelbook.tables.inspections import load_inspections


def book(force):
    return load_evidence(force=force, period_end="2019-03-31", inspection="2018-19")


def test_findings_that_would_lift_a_grade_under_their_own_question_are_named():
    ev = book("south-wales")
    rows = ev.findings[ev.findings["question"] == "q3"]
    moved = ev.findings[(ev.findings["question"] == "q2") & ev.findings["id"].str.startswith("q3.")]
    by_side = rows.groupby("polarity")["weight"].sum()
    # the strengths weigh less than the weaknesses here, and more with the two that moved
    assert by_side["strength"] < by_side["weakness"] <= by_side["strength"] + moved["weight"].sum()
    assert where_placing_decides(ev, "q3") == (
        "2 findings told by the source under this question stand under question 2 here, where the "
        "report of 2016 has their subject. Counted here, they would give the grade good, not "
        "requires improvement."
    )
    assert where_placing_decides(ev, "q2") == ""


def test_question_that_reaches_the_findings_it_needs_by_one_that_moved_says_so():
    assert where_placing_decides(book("hampshire"), "q2") == (
        "1 finding told by the source under question 3 counts here, where the report of 2016 has "
        "their subject. Without it there would be no grade."
    )


@pytest.mark.parametrize(
    ("force", "otherwise"),
    [("gloucestershire", "no grade"), ("metropolitan", "the grade requires improvement")],
)
def test_overall_grade_that_hangs_on_it_says_so(force, otherwise):
    assert f"; otherwise there would be {otherwise}." in headline(book(force))
    assert "otherwise there would be" not in headline(book("kent"))


@pytest.mark.parametrize("force", ["kent", "leicestershire"])
def test_nothing_is_said_where_nothing_moved(force):
    assert [where_placing_decides(book(force), name) for name in ("q1", "q2", "q3")] == [""] * 3


def test_validation_counts_every_register_with_a_finding_that_moved():
    registers = [load_findings(f, i) for i in load_inspections() for f in force_slugs()]
    moved = sum(
        (rows["id"].str.split(".").str[0] != rows["question"]).any()
        for rows in registers
        if len(rows)
    )
    told = cases_that_placing_decides()
    assert told.startswith(f"In {moved} registers findings stand under another question")
    assert "Merseyside 2018/19, question 3: requires improvement here, good as told" in told
