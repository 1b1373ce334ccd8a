"""A book that rests on little says no more than it knows, and says it once."""

import pytest
from registers import evidence_of_rounds

from peelbook.charts import cards, evidence_chart, figures
from peelbook.evidence import load_evidence
from peelbook.narrative import (
    about,
    improvements,
    introduction,
    judgments,
    outcomes,
    register,
    since_last,
    summaries,
)
from peelbook.narrative.firmness import how_firm
from peelbook.narrative.words import in_words


@pytest.fixture
def gwent(evidence_of):
    return evidence_of("gwent", "2017-06-30")


@pytest.fixture
def without_findings(evidence_of):
    return evidence_of("derbyshire", "2017-06-30")


def test_findings_are_announced_only_where_there_are_any(gwent, without_findings):
    assert "findings on this question" in register.where_findings_stand(gwent, "q3")
    assert register.where_findings_stand(gwent, "q1") == ""
    assert register.where_findings_stand(without_findings, "q3") == ""


def test_next_steps_point_to_weaknesses_only_where_there_are_any(gwent, without_findings):
    assert "Read the weaknesses on the" in about.next_steps(gwent)
    assert "weaknesses" not in about.next_steps(without_findings)
    assert "not known" in improvements.none_named(without_findings)
    assert "found out" not in introduction.what_this_book_is(without_findings)


def test_causes_are_asked_for_only_where_the_findings_link_a_weakness_to_one():
    asked = 0
    for ev in evidence_of_rounds():
        text = about.next_steps(ev)
        weak = ev.findings["polarity"] == "weakness"
        led_to = set(" ".join(ev.findings["leads_to"].dropna()).split())
        traced = int(
            (weak & (ev.findings["because_of"].notna() | ev.findings["id"].isin(led_to))).sum()
        )
        said = f"the findings trace {in_words(traced)} of them to a cause" in text
        assert said == (traced > 0), (ev.force.slug, ev.inspection.id)
        assert ("which causes" in text) == said
        asked += said
    assert 0 < asked < 128


def test_page_says_once_that_nothing_was_published_on_its_question(gwent):
    assert "no finding on this question is held" in judgments.question_summary(gwent, "q1")
    assert summaries.question_summary(gwent, "q1") == ""
    # nor a second time where only the grade is known and the question is not graded from summaries
    merseyside = load_evidence(force="merseyside", period_end="2017-06-30", inspection="2017")
    assert "no finding on this question is held" in judgments.question_summary(merseyside, "q4")
    assert summaries.question_summary(merseyside, "q4") == ""
    assert summaries.question_summary(gwent, "q5") == "No finding of 2017 on this question is held."


def test_introduction_names_the_questions_that_the_inspection_did_not_judge_again(gwent):
    ev = load_evidence(force="south-wales", period_end="2019-03-31", inspection="2018-19")
    assert "The inspection of 2018/19 did not judge these questions again: investigating" in (
        introduction.what_it_rests_on(ev)
    )
    assert "did not judge this question again: preventing" in introduction.what_it_rests_on(gwent)
    all_judged = load_evidence(force="bedfordshire", period_end="2017-06-30", inspection="2017")
    assert "did not judge" not in introduction.what_it_rests_on(all_judged)


def test_one_finding_that_looks_back_is_not_called_several_nor_a_change_where_it_tells_of_none():
    ev = load_evidence(force="northumbria", period_end="2019-03-31", inspection="2018-19")
    text = since_last.changes_found(ev)
    assert text.startswith("One finding makes a comparison with an earlier time.\n\n**As before**")
    assert "make no comparison" not in text


def test_reason_for_no_overall_grade_counts_the_questions_that_have_one(gwent):
    reasons = gwent.reasons("overall").set_index("rule")["text"]
    assert reasons["M5"].endswith("Here none of 1 counted below good.")


def test_grade_of_a_question_is_not_passed_over_where_there_is_no_overall_grade(gwent):
    # the most frequent result is named as well, where the grade is given and where it is tested
    assert (
        "The grade of question 3, good, came out in 8 percent of draws and requires improvement in 92 "
        "percent." in how_firm(gwent)
    )
    more = "Other reasonable settings of the rules more often give requires improvement."
    assert more in judgments.question_summary(gwent, "q3")


def test_title_does_not_count_one_of_one(gwent):
    title = evidence_chart.evidence_by_sub_question(gwent).title
    assert title == "Computed as good: the one core question with a grade"


def test_outcomes_not_supplied_are_neither_compared_nor_called_open(without_findings):
    text = outcomes.brought_to_justice(without_findings)
    assert "12.9 percent" in text
    assert "beside 12.2 percent in England and Wales" in text
    assert "above" not in text
    assert "had no outcome by then" not in text
    table = figures.outcomes_of_crime(without_findings).table
    assert "No outcome in the release" in set(table["Outcome"])
    assert "above" not in figures.outcomes_of_crime(without_findings).title


def test_rest_of_the_outcomes_leaves_out_what_has_none_yet(gwent):
    table = figures.outcomes_of_crime(gwent).table.set_index("Outcome")["Gwent Police"].astype(str)
    names = [
        "Charged or summonsed",
        "Out-of-court (formal)",
        "Out-of-court (informal)",
        "Not yet assigned an outcome",
        "Another outcome",
    ]
    assert sum(float(table[name]) for name in names) == pytest.approx(100, abs=0.25)


def test_outcomes_of_domestic_abuse_are_not_named_like_those_of_all_crime(gwent):
    assert str(figures.domestic_abuse_outcomes(gwent)).startswith(
        "Outcomes of domestic abuse crimes in Gwent"
    )


def test_tile_whose_line_ends_at_another_figure_has_a_note(evidence_of):
    notes = cards.force_in_numbers(evidence_of("city-of-london", "2019-03-31")).notes
    assert any(
        note.startswith("Charged or summonsed: the line is from a later release") for note in notes
    )


def test_findings_much_older_than_the_figures_are_said_to_be(evidence_of, gwent):
    newest = about.this_book(evidence_of("gwent", "2026-03-31"))
    assert "those of the inspection of 2018/19 and say how the force was then" in newest
    assert "how the force was then" not in about.this_book(gwent)
