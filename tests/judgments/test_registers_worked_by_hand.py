"""Three registers whose grades are worked out by hand from the sentences of the rules."""

import pytest
from made_up import all_good, register, strengths, weaknesses

from peelbook.judgments.grades import judge

CONCERN = {"cause_of_concern": True}


@pytest.fixture
def grades(framework):
    def of(rows):
        table = judge(register(*rows), None, framework).table
        return table.set_index("id")["grade"]

    return of


def test_two_causes_of_concern(framework, grades):
    rows = all_good(framework)  # strengths of 4 everywhere
    rows += weaknesses("q3.1", 1, **CONCERN) + weaknesses("q3.2", 1, **CONCERN)
    rows += strengths("q3.1", 20)
    found = grades(rows)
    # q3.1: strengths 44, weaknesses 2; one cause of concern caps it at requires improvement (S5).
    assert found["q3.1"] == "requires improvement"
    # q3.2: 4 against 2 is two to one, good by S1, but S5 caps it in the same way.
    assert found["q3.2"] == "requires improvement"
    # q3: two of three below good (C1), and two causes of concern in all make it inadequate (C7).
    assert found["q3"] == "inadequate"
    # overall: one core question below good is not two (O1), one below requires improvement caps at
    # requires improvement (O2), and it takes two for inadequate (O3).
    assert found["overall"] == "requires improvement"
    assert found[["q1", "q2", "q4"]].tolist() == ["good"] * 3


def test_two_causes_of_concern_in_one_sub_question(framework, grades):
    rows = all_good(framework) + strengths("q2.4", 30) + weaknesses("q2.4", 2, **CONCERN)
    found = grades(rows)
    # S6: two causes of concern make it inadequate, though strengths of 64 stand against 4.
    assert found["q2.4"] == "inadequate"
    # q2: one of four below good would leave it good, but C7 counts two causes of concern.
    assert found["q2"] == "inadequate"


def test_no_evidence_for_one_sub_question(framework, grades):
    rows = [row for row in all_good(framework) if row["sub_question"] != "q4.3"]
    found = grades(rows)
    assert found["q4.3"] == "insufficient evidence"
    # q4: one of three is not known; if it were below good that would be one, and C1 takes two.
    assert found["q4"] == "good"
    assert found["overall"] == "good"
    found = grades(rows + weaknesses("q4.2", 2))
    # q4.2: 4 against 4 is not two to one. With q4.3 not known, two may be below good: no grade (C9).
    assert found["q4.2"] == "requires improvement"
    assert found["q4"] == "insufficient evidence"
    # overall: one core question not known to be good is not two (O5), so the others decide.
    assert found["overall"] == "good"
    found = grades(rows + weaknesses("q4.2", 2) + weaknesses("q4.1", 2))
    # q4: two of three are below good whatever q4.3 is (C1).
    assert found["q4"] == "requires improvement"


def test_five_hundred_findings(framework, grades):
    rows = (
        strengths("q1.1", 60, 1)  # described, not graded
        + weaknesses("q1.1", 30, 1)
        + strengths("q1.2", 45)  # 90 against 10: nine to one with 45 findings, outstanding
        + weaknesses("q1.2", 5)
        + strengths("q1.3", 20, 3)  # 60 against 31: under two to one
        + weaknesses("q1.3", 31, 1)
        + strengths("q2.1", 10, 1)  # 10 against 40: one to four and 40 of weakness, inadequate
        + weaknesses("q2.1", 20)
        + strengths("q2.2", 40)  # 80 against 40: good
        + weaknesses("q2.2", 20)
        + strengths("q2.3", 20)  # outstanding
        + strengths("q2.4", 9)  # 18 against 9: good
        + weaknesses("q2.4", 3, 3)
        + strengths("q3.1", 30)  # 60 against 33: under two to one
        + weaknesses("q3.1", 11, 3)
        + strengths("q3.2", 12)  # 24 against 9: good
        + weaknesses("q3.2", 3, 3)
        + strengths("q3.3", 1, 3)  # 3 against 6: requires improvement
        + weaknesses("q3.3", 3)
        + strengths("q4.1", 30)  # outstanding
        + strengths("q4.2", 30)  # outstanding
        + strengths("q4.3", 22, 3)  # 66 against 0, but an area for improvement
        + weaknesses("q4.3", 1, 1, area_for_improvement=True)
        + weaknesses("q5.1", 44, 3)  # not graded, and not counted overall
    )
    assert len(rows) == 500
    found = grades(rows)
    assert found.loc["q1.1":"q4.3"].to_dict() == {
        "q1.1": "ungraded",  # described, and not counted
        "q1.2": "outstanding",
        "q1.3": "requires improvement",
        "q2.1": "inadequate",
        "q2.2": "good",
        "q2.3": "outstanding",
        "q2.4": "good",
        "q3.1": "requires improvement",
        "q3.2": "good",
        "q3.3": "requires improvement",
        "q4.1": "outstanding",
        "q4.2": "outstanding",
        "q4.3": "good",
    }
    assert found.loc["q1":"overall"].to_dict() == {
        "q1": "good",  # one of two below good
        "q2": "requires improvement",  # one inadequate part (C2)
        "q3": "requires improvement",  # two of three below good (C1)
        "q4": "good",  # two of three outstanding, but an area for improvement (C5)
        "q5": "ungraded",
        "overall": "requires improvement",  # two of four below good (O1)
    }
