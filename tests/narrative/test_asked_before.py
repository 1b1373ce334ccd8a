"""What earlier inspections asked is told with what was found on it, and what is not held is said."""

import re

import pytest
from registers import evidence_of_rounds

from peelbook.charts import panel as shown
from peelbook.evidence import load_evidence
from peelbook.findings.register import load_findings
from peelbook.narrative import panel, since_last
from peelbook.narrative.causes import effects_of_concern, main_cause
from peelbook.narrative.citations import without_citations
from peelbook.narrative.improvements import (
    BEHIND_RECOMMENDATION,
    FROM_RECOMMENDATION,
    NO_RECOMMENDATION,
    areas_for_improvement,
    asked_before,
    demands,
    nothing_later,
)
from peelbook.narrative.published import questions_left_standing
from peelbook.tables import load_table

WITH_RECOMMENDATION = {
    ("gloucestershire", "2016"),
    ("hampshire", "2016"),
    ("hertfordshire", "2016"),
    ("south-yorkshire", "2016"),
    ("sussex", "2016"),
    ("west-midlands", "2016"),
    ("west-mercia", "2017"),
    ("west-mercia", "2018-19"),
}
"""Books whose register tells what the recommendation of a cause of concern asks, read by hand."""


@pytest.fixture(scope="module")
def books():
    """Return the evidence of every force and round with findings, by force and inspection."""
    return {(ev.force.slug, ev.inspection.id): ev for ev in evidence_of_rounds()}


@pytest.fixture(scope="module")
def asked(books):
    """Return the books of which anything was asked, with it."""
    found = {book: demands(ev.findings) for book, ev in books.items()}
    return {book: demanded for book, demanded in found.items() if demanded}


@pytest.fixture(scope="module")
def earlier(books):
    """Return what was asked before each book's inspection."""
    return {book: asked_before(ev) for book, ev in books.items()}


def told(ev) -> str:
    return without_citations(since_last.changes_found(ev)).replace("\\", "")


def test_request_is_told_with_what_was_found_on_it(books):
    text = told(books["dorset", "2018-19"])
    assert "No finding held here makes a comparison with 2017 itself." in text
    asked, other = text.split("\n- ")[1:]
    assert asked.startswith(
        "Asked in 2017: The force should respond better to non-emergency incidents, above all where "
        "someone vulnerable must be kept safe. (Source: "
    )
    assert asked.endswith("\n  - Found in 2018/19: Officers see vulnerable victims promptly.")
    assert "photograph or film evidence" in other
    assert other.endswith("\n  - No finding of 2018/19 held here is matched to it.")


def test_nothing_is_announced_that_does_not_follow_and_the_reason_is_given(books, earlier):
    judged, not_judged = 0, 0
    for book, requests in earlier.items():
        ev, text = books[book], told(books[book])
        now = ev.inspection.name
        below = f"What {now} found on the same matter stands below each point"
        assert (below in text) == any(len(one.found) for one in requests), book
        left = [one for one in requests if one.found.empty]
        standing = questions_left_standing(ev)
        again = [one for one in left if one.row["question"] in standing]
        reason = f"was not judged again in {now}, and no finding held here is matched to it."
        assert text.count(reason) == len(again), book
        nothing = f"No finding of {now} held here is matched to it."
        assert text.count(nothing) == len(left) - len(again), book
        in_panel = str(shown.asked_earlier(ev))
        assert ("judged again" in in_panel) == bool(again), book
        judged, not_judged = judged + len(left) - len(again), not_judged + len(again)
    assert min(judged, not_judged) > 0
    essex = books["essex", "2018-19"]
    assert "stands below" not in told(essex)
    assert "\n  - Question 1 was not judged again in 2018/19, and no finding" in told(essex)
    assert shown.asked_earlier(essex) == (
        "No finding of 2018/19 held here is matched to one point asked in 2017: see the overview. "
        "Question 1, which it is about, was not judged again in 2018/19."
    )


def test_request_made_in_both_inspections_is_said_to_have_been_made_again(books):
    ev = books["northamptonshire", "2018-19"]
    again = (
        "The force does not analyse information well enough to direct its resources. Asked again: "
        "The force should analyse information and intelligence better, so that it understands crime "
        "and anti-social behaviour in the county."
    )
    assert f"Found in 2018/19: {again}" in told(ev)
    table = shown.asked_earlier(ev)
    assert again in table
    assert "matched to two more points asked in 2017: see the overview." in table
    (asked,) = panel._of_areas(ev)
    assert asked.startswith(
        "Inspectors in 2018/19 again found a weakness where the force had been "
    )
    assert "anti\\-social behaviour and directs its work well” (asked in 2017)" in asked


def test_cause_of_concern_of_before_is_not_called_a_request(books):
    assert (
        "- Cause of concern in 2017: Officers routinely arrive late at incidents involving "
        "vulnerable people."
    ) in told(books["greater-manchester", "2018-19"])


def test_every_answer_is_told_in_the_book_of_the_inspection_that_gives_it(earlier):
    for link in load_table("register_answers").itertuples():
        found = [
            one
            for one in earlier[link.force, link.later_inspection]
            if one.inspection.id == link.inspection and link.later_id in set(one.found["id"])
        ]
        assert link.id in {one.row["id"] for one in found}, link
        (text,) = {one.text for one in found if one.row["id"] == link.id}
        wrong = found[0].row["finding"]
        assert text in {wrong, *(one.row["area_for_improvement_text"] for one in found)}, link


def test_all_that_the_last_inspection_asked_is_told_and_nothing_of_the_same_or_a_later_one(
    books, asked, earlier
):
    for (force, inspection), requests in earlier.items():
        before = books[force, inspection].inspection_before.id
        last = [one for one in requests if one.inspection.id == before]
        assert len(last) == len(asked.get((force, before), [])), (force, inspection)
        assert all(one.inspection.id < inspection for one in requests), (force, inspection)


def test_users_own_findings_are_matched_to_nothing(tmp_path):
    own = tmp_path / "own.csv"
    rows = load_findings("kent", "2018-19")
    rows[rows["question"] == "q3"].to_csv(own, index=False)
    ev = load_evidence(
        force="kent", period_end="2018-06-30", inspection="2018-19", findings=str(own)
    )
    assert asked_before(ev) == []
    assert "No later inspection held here has been searched for these." in areas_for_improvement(ev)


def test_book_of_the_last_inspection_says_that_no_later_one_is_held(books, asked):
    some = set()
    for book, demanded in asked.items():
        if book[1] != "2018-19":
            continue
        these = "this is" if len(demanded) == 1 else "these is"
        for text in (areas_for_improvement(books[book]), shown.asked_and_became(books[book])):
            assert f"after 2018/19 are held here, so what became of {these} not known." in text, (
                book
            )
            assert "is matched to" not in text, book
            assert shown.BECAME not in text, book
        some.add(len(demanded))
    assert {1, 2} <= some
    assert "after" not in shown.asked_and_became(books["dorset", "2017"])


def test_why_nothing_later_is_told_names_the_inspections_that_are_held(books):
    dorset, leicestershire = books["dorset", "2017"], books["leicestershire", "2016"]
    assert nothing_later(dorset, 1) == "No finding of 2018/19 held here is matched to it."
    assert nothing_later(leicestershire, 4) == (
        "No finding of 2017 or 2018/19 held here is matched to them."
    )


def test_cause_of_concern_tells_its_recommendation_or_that_none_is_held(asked):
    found = set()
    for book, demanded in asked.items():
        for one in (one for one in demanded if one.concern):
            heads = (*FROM_RECOMMENDATION, *BEHIND_RECOMMENDATION)
            recommended = any(head in one.told for head in heads)
            assert recommended != one.told.endswith(NO_RECOMMENDATION), book
            found |= {book} if recommended else set()
    assert found == WITH_RECOMMENDATION
    # each of the two causes of concern has its own
    first, second = (one for one in asked["west-midlands", "2016"] if one.concern)
    assert list(first.recommendation["id"]) == ["q3.2-07"]
    assert list(second.recommendation["id"]) == ["q3.2-10"]


def test_recommendation_that_an_editor_names_is_told_as_one(asked):
    # an editor who put a finding under a concern as one of its recommendations gave that as reason
    changes = load_table("register_changes")
    named = changes[
        (changes["column"] == "concern")
        & changes["reason"].str.contains("recommendation")
        # the use of other powers, which another finding of the register asks for in full
        & ~((changes["force"] == "hampshire") & (changes["id"] == "q3.3-03"))
    ]
    told = {
        (*book, name)
        for book, demanded in asked.items()
        for one in demanded
        for name in one.recommendation["id"]
    }
    assert len(named) > 9
    assert {*zip(named["force"], named["inspection"], named["id"], strict=True)} <= told


def test_what_was_asked_and_what_is_wrong_are_told_apart(asked):
    (mixed,) = [one for one in asked["west-mercia", "2017"] if one.concern]
    assert mixed.told.endswith(
        "From its recommendations: The force needs to map and watch local crime groups so that it "
        "can find ways of disrupting them. The force needs to do more to find people whom a crime "
        "group might recruit, and to prevent it. A finding behind its recommendation: The force and "
        "its partners lack one full picture of organised crime and share too little intelligence."
    )
    (wrong,) = [one for one in asked["west-mercia", "2018-19"] if one.concern]
    assert list(wrong.recommendation["id"]) == ["q2.3-02", "q2.3-04", "q2.3-05", "q2.4-02"]
    assert (
        "Findings behind its recommendations: The force does not always give crimes" in wrong.told
    )
    assert "From its" not in wrong.told
    first, _ = (one for one in asked["west-midlands", "2016"] if one.concern)
    assert "From its recommendation: The force needs to make sure that supervisors" in first.told


def test_what_goes_back_to_a_cause_of_concern_is_named_in_the_question_on_it(books):
    ev = books["northamptonshire", "2018-19"]
    (asked,) = panel._of_concerns(ev)
    assert without_citations(asked) == (
        "Inspectors named a cause of concern: “The force has neither the people nor the skills to "
        "investigate crime as well as it should.” Two other weaknesses are due to it, wholly or in "
        "part (backlog; victims). What has changed since, and who outside the force has checked it?"
    )
    assert re.findall(r"#finding-(q[\d.-]+)", asked) == ["q2.3-02", "q2.3-04"]
    # it is not asked about a second time as what lies behind others
    assert main_cause(ev) == ""


def test_findings_on_one_cause_of_concern_are_told_together(books, asked):
    beside = 0
    for book, demanded in asked.items():
        rows = books[book].findings.dropna(subset=["concern"])
        for one in (one for one in demanded if one.concern):
            for row in rows[rows["concern"].isin(one.rows["concern"])].itertuples():
                assert row.finding in one.told, (book, row.id)
            assert list(one.beside["weight"]) == sorted(one.beside["weight"], reverse=True)
            beside += len(one.beside)
    assert beside > 9
    ev = books["northumbria", "2016"]
    harm = (
        "The force leaves digital evidence waiting very long to be examined, which can harm cases"
    )
    (question,) = panel._of_concerns(ev)
    assert f"which came first. {harm}" in question
    assert f"Another finding on the same concern: {harm}" in shown.asked_and_became(ev)
    assert harm in areas_for_improvement(ev).replace("\\", "")


def test_no_part_of_a_cause_of_concern_is_said_to_go_back_to_it(books, asked):
    named = 0
    for book, demanded in asked.items():
        for one in (one for one in demanded if one.concern):
            effects = effects_of_concern(books[book], one)
            assert not set(effects["id"]) & {*one.rows["id"], *one.recommendation["id"]}, book
            named += len(effects)
    assert named > 5
    (concern,) = [one for one in asked["cleveland", "2018-19"] if one.concern]
    effects = effects_of_concern(books["cleveland", "2018-19"], concern)
    assert list(effects["id"]) == ["q1.3-08"]
    # one of its rows goes back to another, which is the same cause of concern
    ev = books["hertfordshire", "2016"]
    (concern,) = [one for one in asked["hertfordshire", "2016"] if one.concern]
    assert {"q3.1-01", "q3.2-01"} <= set(concern.rows["id"])
    assert ev.findings.set_index("id").loc["q3.2-01", "because_of"] == "q3.1-01"
    assert effects_of_concern(ev, concern).empty
