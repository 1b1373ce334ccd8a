"""What a member of a panel reads beside the grades is plain, said once and true of this book."""

import re

import pytest
from registers import evidence_of_rounds

from peelbook.charts import evidence_chart, grades
from peelbook.evidence import load_evidence
from peelbook.judgments.framework import FINDING_WEIGHT, load_framework
from peelbook.judgments.reasons import NO_PARTS, NO_PARTS_IN_SHORT
from peelbook.narrative import grades_since, introduction, judgments, register, since_last
from peelbook.narrative.citations import without_citations
from peelbook.narrative.comparisons import position
from peelbook.narrative.firmness import choice_in_words
from peelbook.narrative.notes import notes

QUESTIONS = ("q1", "q2", "q3", "q4")
GRADES = ("outstanding", "good", "requires improvement", "inadequate")


@pytest.fixture(scope="module")
def leicestershire():
    return load_evidence()


def test_why_fewer_findings_count_than_there_are_is_said_with_both_numbers(leicestershire):
    assert "126 strengths and 60 weaknesses, of which 111 and 59 bear on graded" in (
        register.register_in_short(leicestershire)
    )
    assert (
        "from 111 strengths and 59 weaknesses, those of all 186 findings that bear on graded "
        "sub-questions;"
    ) in judgments.headline(leicestershire)
    overall = leicestershire.grade("overall")
    assert register.that_count(leicestershire) == (overall["strengths"], overall["weaknesses"])


def test_grade_of_each_sub_question_is_said_where_the_findings_are_announced(leicestershire):
    text = register.where_findings_stand(leicestershire, "q2")
    assert text.startswith(
        "Of its sub-questions, 2.4 is good; and 2.1, 2.2 and 2.3 require improvement. The lines below"
    )


def test_why_sub_questions_have_no_grade_is_told_in_full_on_one_page():
    ev = load_evidence(force="cleveland", period_end="2018-06-30", inspection="2018-19")
    pages = [str(grades.question_judgment(ev, question)) for question in QUESTIONS]
    assert sum(NO_PARTS in page for page in pages) == 1
    assert NO_PARTS in next(page for page in pages if page)
    assert all(NO_PARTS_IN_SHORT.removesuffix(".") in page for page in pages if page)


def test_every_choice_is_told_without_the_name_of_its_rule():
    framework = load_framework()
    names = [f"{rule.id}.{name}" for rule in framework.rules.values() for name in rule.parameters]
    for name in [*names, f"{FINDING_WEIGHT}.3"]:
        words = choice_in_words(name, framework)
        assert words.startswith("how "), name
        assert "rule" not in words, name
        assert "_" not in words, name
        assert "None" not in words, name
    assert choice_in_words("O1.at_least", framework) == (
        "how many core questions below good are allowed"
    )


@pytest.mark.parametrize(("counted", "verb"), [(False, "is not"), (True, "is")])
def test_note_on_british_transport_police_follows_the_parameter(counted, verb):
    ev = load_evidence(british_transport_police=counted)
    said = [note for note in notes(ev, "recorded-crime") if "British Transport Police" in note]
    assert said == [
        "British Transport Police is outside the inspection and "
        f"{verb} counted in England and Wales here."
    ]


def test_place_in_the_middle_says_from_which_end_it_counts(leicestershire):
    assert position(leicestershire, "recorded-crime") == (
        "This is in the middle half of the forces (26th highest of 42)."
    )


def test_chart_of_evidence_says_that_numbers_count_and_lengths_weigh(leicestershire):
    figure = evidence_chart.evidence_by_sub_question(leicestershire)
    assert (
        "length of a bar is the weight of the evidence; the number in it says how many"
        in (figure.notes[0])
    )


@pytest.mark.parametrize(
    ("force", "inspection", "said"),
    [
        ("kent", "2017", "the only core question whose published grades can be compared, tackling"),
        ("dorset", "2018-19", "all stayed the same"),
        ("cleveland", "2018-19", "moved as follows"),
    ],
)
def test_grades_that_stayed_are_one_sentence(force, inspection, said):
    ev = load_evidence(force=force, period_end="2019-03-31", inspection=inspection)
    text = grades_since.change_since_last_year(ev)
    assert said in text
    assert ("moved as follows" in text) == ("Deteriorated" in text or "Improved" in text)


def test_page_names_what_changed_and_tells_no_finding_again(leicestershire):
    text = since_last.on_question(leicestershire, "q3")
    rows = leicestershire.findings
    rows = rows[(rows["question"] == "q3") & rows["change_since_last"].notna()]
    assert text.count("#finding-") == len(rows)
    assert without_citations(text).startswith(
        "Compared with 2015, inspectors found improvement on "
    )
    assert not any(finding in text for finding in rows["finding"])


def test_reason_for_no_grade_is_the_nearest_one_in_every_register():
    nothing, too_little, untested = 0, 0, 0
    for ev in evidence_of_rounds():
        page = str(grades.grade_table(ev))
        level = ev.grades[ev.grades["level"] == "question"]
        for row in level[~level["grade"].isin(GRADES)].itertuples():
            told = row.strengths + row.weaknesses
            # one label for one cause, explained once
            (said,) = [
                part
                for part in page.split("<p ")
                if f"{row.grade.capitalize()}: " in part and f"question {row.id[1:]}" in part
            ]
            book = (ev.force.slug, ev.inspection.id, row.id)
            if row.grade == ev.framework.grading.ungraded:
                assert ", which the inspectorate does not grade" in said, book
            elif not told and row.id not in set(ev.findings["question"]):
                assert row.grade == "insufficient evidence", book
                assert ", since no finding on" in said, book
                nothing += 1
            elif not judgments.enough_told(ev, row.id):
                assert row.grade == "insufficient evidence", book
                assert ", since the published summaries tell too little of" in said, book
                too_little += 1
            else:
                assert row.grade == "not graded here", book
                assert "simple guess" in said, book
                untested += 1
    assert min(nothing, too_little, untested) > 0


def test_counts_from_summaries_are_said_to_be_from_summaries_with_or_without_a_grade():
    for ev in evidence_of_rounds():
        rows = str(grades.grade_table(ev)).split("<tr>")[2:]
        for row in rows:
            cell = row.split("<td>")[-1]
            counted = re.search(r"(\d+|no) strengths?, ", cell)
            of_summaries = ev.register_basis == "summary"
            assert (" (published summaries)" in cell) == bool(counted and of_summaries), row


def test_pages_that_pass_on_a_report_are_not_all_called_newspapers():
    # the one source of this kind is a website that lists recommendations of inspectorates
    ev = load_evidence(force="west-mercia", period_end="2019-03-31", inspection="2018-19")
    assert set(ev.findings.loc[ev.findings["source_kind"] == "press", "source_title"]) == {
        "PEEL 2018-19 cause of concern recommendations: West Mercia Police (Inquiry Tracker, "
        "quoting HMICFRS)"
    }
    told = introduction.what_it_rests_on(ev)
    assert "newspapers or other websites that pass on what the inspectorate published" in told
