"""The summary for a panel: what it shows and asks follows from the evidence, and it stays short."""

import dataclasses

import pandas as pd
import pytest

from peelbook.charts import panel as shown
from peelbook.indicators.catalogue import indicator
from peelbook.narrative import panel
from peelbook.narrative.asked import quoted
from peelbook.narrative.improvements import demands
from peelbook.parameters import force_slugs
from peelbook.tables.forces import all_forces
from peelbook.tables.project import PROJECT

MOST_WORDS = 1200
"""On four pages, beside grades, figures and questions, whose number does not depend on a register."""
PAGES = {f"q{n}": f"{n}_page" for n in range(1, 6)}


@pytest.fixture(scope="module")
def leicestershire(evidence_of):
    return evidence_of("leicestershire")


def words_of(ev) -> int:
    told = [panel.on_question(ev, question, page) for question, page in PAGES.items()]
    asked = shown.asked_and_became(ev), shown.asked_earlier(ev)
    return sum(len(text.split()) for text in [*told, *asked])


def test_figures_are_the_ones_furthest_from_the_middle_and_the_unusual_first(leicestershire):
    # violence with injury, the lowest of 42, is outside the usual range; incidents of anti-social
    # behaviour, 41st, are not; of stops, arrests and officers, 40th, 40th and 19th, the first named
    assert panel.figures_chosen(leicestershire) == [
        *("recorded-crime", "violence-with-injury", "outcome-charged-summonsed", "stop-and-search")
    ]


def test_chapter_names_every_figure_among_which_one_is_chosen():
    chapter = (PROJECT / "chapters" / "0_summary_for_a_panel.ipynb").read_text(encoding="utf-8")
    [told] = [line for line in chapter.splitlines() if "furthest from the middle" in line]
    for name in [name for group in panel.definition()["groups"][1::2] for name in group]:
        said = indicator(name).name.partition(" (")[0].removesuffix(" incidents")
        assert said in told, said


def test_drug_offences_furthest_from_the_middle_are_asked_about_as_work_of_the_police(evidence_of):
    # 4.2 per 1,000: the highest of 42, where burglary is 7th
    ev = evidence_of("merseyside", "2017-06-30", inspection="2017")
    assert panel.figures_chosen(ev)[1] == "drug-offences"
    [asked] = [line for line in panel.questions(ev).splitlines() if "Drug offences: 4.2" in line]
    assert "highest of 42 forces. How much of this shows where police look" in asked


def test_few_arrests_are_asked_about_as_arrests_and_with_the_year_that_they_are_of(evidence_of):
    # figures of the 12 months to March 2018 in a book on those to March 2019
    ev = evidence_of("west-mercia", "2019-03-31", inspection="2018-19")
    [asked] = [line for line in panel.questions(ev).splitlines() if "Arrests: " in line]
    assert "Arrests: 9.1 per 1,000 population in the 12 months to 31 March 2018, 6th low" in asked
    assert "Are fewer suspects found than elsewhere, or is more done without an arrest" in asked
    assert "in its place" not in asked


@pytest.mark.parametrize("period_end", ["2017-06-30", "2019-03-31"])
def test_figure_of_another_period_than_the_book_is_asked_about_with_its_period(
    evidence_of, period_end
):
    own, others = 0, set()
    for force in force_slugs():
        ev = evidence_of(force, period_end)
        for name in [name for group in panel.definition()["groups"] for name in group]:
            if pd.isna(ev.row(name)["rank"]):
                continue
            row, told = ev.row(name), panel._place(ev, name)
            if f"{row['period_end']:%Y-%m-%d}" == period_end and name != "officers":
                assert "12 months" not in told, (force, told)
                own += 1
            else:
                assert f"{row['period_end'].day} {row['period_end']:%B %Y}, " in told, (force, told)
                others.add(name)
    assert own
    assert others >= {"officers"}


def test_every_figure_is_asked_about_as_what_it_is():
    asked = panel.definition()["asked"]
    named = [name for each in asked for name in each["of"]]
    assert sorted(named) == sorted(n for group in panel.definition()["groups"] for n in group)
    # only a search is something that a force can do another thing in place of
    assert [each["of"] for each in asked if "in its place" in each["lowest"]] == [
        ["stop-and-search"]
    ]


def test_force_that_is_not_ranked_on_residents_shows_no_figure_of_them(evidence_of):
    assert panel.figures_chosen(evidence_of("city-of-london")) == ["outcome-charged-summonsed"]


@pytest.mark.parametrize("force", force_slugs())
def test_every_figure_at_an_end_has_a_question_and_one_in_the_middle_has_none(evidence_of, force):
    ev = evidence_of(force)
    asked = panel.questions(ev)
    for name in panel.figures_chosen(ev):
        at_an_end = ev.row(name)["band"] in panel.ENDS
        label = ev.entry(name).name
        assert (f"{label[:1].upper()}{label[1:]}: " in asked) == at_an_end, name


def test_questions_follow_from_what_was_asked_what_got_worse_and_what_others_go_back_to(
    leicestershire,
):
    questions = panel.questions(leicestershire).splitlines()
    assert [line.partition(". ")[0] for line in questions] == [str(n) for n in range(1, 10)]
    assert questions[0].startswith(
        "1. The force was asked to do better on four points, among them: “Find out why arrests and "
        "charges have become rarer in domestic abuse cases, and act to raise both.” “Keep improving"
    )
    assert "victims' code" not in questions[0]
    assert questions[1].startswith("2. Compared with 2015, inspectors saw a decline (charges; ")
    assert "No finding of 2017 or 2018/19 held here is matched to them." in questions[0]
    assert questions[2].startswith("3. A weakness lies behind others: “About half of the")
    assert "Three other weaknesses are due to it, wholly or in part (multi" in questions[2]
    # of question 5 nothing was asked officially, and no force was graded on it
    assert questions[3].startswith("4. A weakness (capacity): “Firearms officers are fewer than")
    assert "lowest of 42 forces. Does less of this happen than elsewhere" in questions[4]


@pytest.mark.parametrize(
    ("themes", "said"), [(8, "a decline (theme 1; "), (9, "nine matters, among")]
)
def test_themes_of_a_question_are_all_named_or_counted(leicestershire, themes, said):
    ev = dataclasses.replace(leicestershire)
    rows = leicestershire.findings.head(themes).assign(
        theme=[f"theme {n + 1}" for n in range(themes)],
        weight=2,
        change_since_last="deteriorated",
        polarity="weakness",
    )
    ev.__dict__["_remembered_findings"] = rows, frozenset()
    asked = next(line for line in panel.questions(ev).splitlines() if "a decline" in line)
    assert said in asked
    assert asked.count("theme ") == panel.MOST_THEMES


def test_decline_is_quoted_where_its_theme_does_not_say_what_became_worse(evidence_of):
    ev = evidence_of("kent", "2019-03-31", inspection="2018-19")
    assert (
        "Compared with 2017, inspectors saw a decline (ICT): “A new computer system has slowed the "
        "allocation of crimes and caused problems.” What lies behind it, and has it stopped?"
    ) in panel.questions(ev)
    derbyshire = panel.questions(evidence_of("derbyshire", "2019-03-31", inspection="2018-19"))
    (asked,) = [line for line in derbyshire.splitlines() if "a decline" in line]
    assert asked.count("“") == 3
    assert asked.endswith("What lies behind each, and has it stopped?")


def test_cause_of_concern_is_asked_about_first(evidence_of):
    first = panel.questions(evidence_of("west-midlands")).splitlines()[0]
    assert first.startswith("1. Inspectors named a cause of concern: “")
    assert "(missing people" not in first


def test_each_demand_stands_in_the_table_with_what_later_inspections_found(leicestershire):
    table = shown.asked_and_became(leicestershire)
    assert table.count("<tr><th") - 1 == len(demands(leicestershire.findings)) == 10
    assert "2017: The force traces people wanted for arrest by better methods" in table
    # what works, calls, arrests for domestic abuse, knowledge of organised crime groups
    assert table.count(shown.NOTHING) == 4


def test_table_has_no_column_for_what_is_known_of_no_demand(evidence_of):
    ev = evidence_of("west-yorkshire", "2018-06-30", inspection="2018-19")
    table = shown.asked_and_became(ev)
    assert shown.BECAME not in table
    assert table.endswith(
        "<p>No findings of an inspection after 2018/19 are held here, so what became of these is "
        "not known.</p>"
    )


def test_long_list_of_demands_is_cut_and_says_how_many_are_left(leicestershire):
    ev = dataclasses.replace(leicestershire)
    many = [leicestershire.findings.assign(id=lambda f, n=n: f"{n}-" + f["id"]) for n in range(4)]
    ev.__dict__["_remembered_findings"] = pd.concat(many, ignore_index=True), frozenset()
    table = shown.asked_and_became(ev)
    kept = table.count("<tr><th") - 1
    assert 10 < kept < 40
    assert table.endswith(f"{40 - kept} more are on the page of next steps.</p>")


def test_long_summary_of_an_analyst_is_told_anew_in_fewer_words(leicestershire):
    ev = dataclasses.replace(leicestershire)
    long = leicestershire.findings.assign(question_summary="A made-up sentence. " * 100)
    ev.__dict__["_remembered_findings"] = long, frozenset()
    told = panel.on_question(ev, "q1", "page")
    assert "made-up" not in told
    assert len(told.split()) < panel.MOST_WORDS


def test_longest_summary_has_room_on_four_pages(evidence_of):
    # of the 128 registers that of Leicestershire in 2016 is the longest by far, then this other
    for ev in (evidence_of("leicestershire"), evidence_of("west-midlands")):
        assert words_of(ev) < MOST_WORDS


def test_book_without_findings_asks_by_its_figures_alone(evidence_of):
    ev = evidence_of("kent", "2013-12-31")
    assert all(panel.on_question(ev, question, page) == "" for question, page in PAGES.items())
    assert shown.asked_and_became(ev) == ""
    named = [force.name for force in all_forces().values() if force.slug != "kent"]
    assert not any(name in panel.questions(ev) for name in named)


def test_heaviest_weaknesses_are_asked_about_where_nothing_was_asked_also_of_a_good_question(
    evidence_of,
):
    ev = evidence_of("norfolk", "2018-06-30", inspection="2018-19")
    below, good = [line for line in panel.questions(ev).splitlines() if "eakness" in line]
    assert "does not supervise all its investigations properly" in below
    assert "local policing model" in good
    assert all(line.endswith("and what shows that it worked?") for line in (below, good))
    # what was asked officially has a question already
    dorset = evidence_of("dorset", "2018-06-30", inspection="2018-19")
    assert "eakness on" not in panel.questions(dorset)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_request_is_told_in_its_words_and_not_by_its_theme(evidence_of, number):
    ev = dataclasses.replace(evidence_of("kent", "2018-06-30", inspection="2018-19"))
    rows = ev.findings[ev.findings["area_for_improvement"]].head(number)
    rows = rows.assign(area_for_improvement_text=[f"Request {n + 1}." for n in range(number)])
    ev.__dict__["_remembered_findings"] = rows, frozenset()
    asked = next(line for line in panel.questions(ev).splitlines() if "was asked to do" in line)
    told = [f"“Request {n + 1}.”" for n in range(number)]
    many = ["", " on two points", " on three points", " on four points, among them"][number - 1]
    assert f"The force was asked to do better{many}: {' '.join(told[:3])} What has been" in asked
    assert not any(f"({theme}" in asked for theme in rows["theme"])


def test_weakness_that_was_asked_about_before_is_asked_about_once(evidence_of):
    ev = evidence_of("greater-manchester", "2018-06-30", inspection="2018-19")
    asked = panel.questions(ev)
    assert (
        "again found a weakness where the force had been asked to do better on two points: "
        in asked
    )
    assert "late at incidents involving vulnerable people” (a cause of concern in 2017)." in asked
    assert "so that they improve and make progress” (asked in 2017)." in asked
    assert "uneven response to vulnerable people" not in asked


def test_question_that_two_figures_raise_alike_is_asked_once(evidence_of):
    for force in ("norfolk", "dorset"):
        asked = panel.questions(evidence_of(force, "2018-06-30", inspection="2018-19")).lower()
        for each in panel.definition()["asked"]:
            for end in panel.ENDS.values():
                assert asked.count(each[end].lower()) <= 1, (force, each[end])


def test_grade_that_is_not_known_is_said_to_be_unknown(evidence_of):
    ev = evidence_of("norfolk", "2018-06-30", inspection="2018-19")
    told = panel.on_question(ev, "q2", "page")
    assert "The inspectorate's grade is not known to this book." in told.split("\n\n")[0]


def test_text_of_a_user_without_a_full_stop_ends_as_a_sentence_in_a_question():
    assert quoted(["Risk is missed", "Is it?"]) == "“Risk is missed.” “Is it?”"
