"""What a reader who reads a book beside its neighbours finds: one page does not gainsay another."""

import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from peelbook.charts import annex
from peelbook.charts.cards import tile_of
from peelbook.charts.crime import CRIME_RATES, crime_rates
from peelbook.charts.findings_table import findings_table
from peelbook.judgments.record import load_cases
from peelbook.narrative import crime, grades_since, introduction, outcomes, panel, record
from peelbook.narrative.firmness import how_firm
from peelbook.statistics.ranks import HIGHEST, LOWEST

ROUNDS = {"2016": "2016-06-30", "2017": "2017-06-30", "2018-19": "2019-03-31"}
MOVED = {
    "2016": ("bedfordshire",),
    "2017": ("merseyside",),
    "2018-19": ("cumbria", "wiltshire"),
}
MOVED_ROWS = {"2016": 4, "2017": 5, "2018-19": 7}
SOME = ("durham", "south-yorkshire", "wiltshire", "kent", "city-of-london", "metropolitan")
CHARGED, WAITING = "outcome-charged-summonsed", "outcome-not-yet-assigned"


@pytest.mark.parametrize("force", SOME)
def test_title_of_the_types_in_a_table_is_about_that_table_alone(evidence_of, force):
    ev = evidence_of(force)
    title = crime_rates(ev).title
    ends = [name for name in CRIME_RATES[2:] if ev.row(name)["band"] in (HIGHEST, LOWEST)]
    assert ("in this table" in title) == (not ends and force != "city-of-london")
    for name in ends:
        assert ev.entry(name).name in title


def test_text_beside_the_table_says_that_it_is_about_more_types(evidence_of):
    # of the four in the figure Durham is at no end; of all twelve it is for three
    ev = evidence_of("durham")
    assert crime_rates(ev).title.endswith(
        "in this table the rate in Durham was in line with other forces"
    )
    assert crime.crime_types(ev).startswith(
        "Of all 12 types of crime compared (those of Force in numbers), the rate was one of the "
        "highest for stalking and harassment, and criminal damage and arson, and one of the lowest "
        "for robbery;"
    )


def test_value_that_is_the_same_years_before_did_not_go_from_itself_to_itself(evidence_of):
    # 146 robberies over 625,300 residents and 135 over 615,700: 0.23 and 0.22 per 1,000
    tile = tile_of(evidence_of("durham"), "robbery")
    assert "0.2 also 5 years before" in tile.pictures[-1]
    assert "From " not in tile.pictures[-1]


@pytest.mark.parametrize(
    ("force", "later"),
    # 11.58 to 12.70 percent in the release of 2026, 11.02 to 9.93 in those of the time
    [("wiltshire", "rose by 1.1 percentage points"), ("kent", "fell by")],
)
def test_change_of_a_share_is_told_with_what_a_later_release_makes_of_it(evidence_of, force, later):
    tile = tile_of(evidence_of(force, "2019-03-31", inspection="2018-19"), CHARGED)
    (change,) = [text for text in tile.details if "in a year" in text]
    assert "in a year, by the releases of the time; " + later in change
    assert change.endswith("by a later one")


def test_places_among_fewer_forces_have_their_reason(evidence_of):
    text = outcomes.brought_to_justice(evidence_of("durham"))
    assert "(12th highest of 40 " in text
    assert "(20th highest of 37 " in text
    assert "Three forces have more outcomes than offences in the release and no such share." in text


@pytest.mark.parametrize("round_", ROUNDS)
def test_numbers_of_forces_in_one_paragraph_add_up(evidence_of, round_):
    words = {"One force": 1, "Two forces": 2, "Three forces": 3}
    for force in SOME:
        ev = evidence_of(force, ROUNDS[round_], inspection=round_)
        first, second = ev.row(CHARGED), ev.row(WAITING)
        if pd.isna(first["of"]) or pd.isna(second["of"]):
            continue
        told = re.search(r"(\w+ forces?) ha(?:s|ve) more outcomes", outcomes.brought_to_justice(ev))
        assert first["of"] - second["of"] == (words[told[1]] if told else 0), force


def test_pages_of_several_kinds_are_named_as_pages(evidence_of):
    text = introduction.what_it_rests_on(evidence_of("durham"))
    assert (
        "14 findings from 3 pages (sources: the inspectorate's pages about the force and pages of "
        "the force itself or of an association of the police)" in text
    )
    # what is only of the Police Federation, or only of the force, is called that and no more
    northumbria = introduction.what_it_rests_on(evidence_of("northumbria"))
    assert "pages of the Police Federation (which speaks for officers, not for the" in northumbria
    assert "force itself" not in northumbria
    cleveland = introduction.what_it_rests_on(
        evidence_of("cleveland", "2017-06-30", inspection="2017")
    )
    assert "pages of the force itself" in cleveland
    assert "association" not in cleveland
    assert "Federation" not in cleveland
    kent = introduction.what_it_rests_on(evidence_of("kent", "2019-03-31", inspection="2018-19"))
    assert "(source: the inspectorate's pages about the force)" in kent


def test_guess_by_the_grade_before_says_what_it_does_without_one():
    cases = load_cases()
    own = cases[cases["question"] == "q1"]
    guess = own["published_before"].fillna("good")
    assert own["published_before"].isna().any()
    assert (
        "to repeat the grade of the inspection before (“good” where it is not known) in "
        f"{int((guess == own['published']).sum())}." in record.agreement("q1")
    )


def test_similar_cases_are_said_to_be_of_any_question_and_counted_in_words(evidence_of):
    cases = load_cases()
    questions = cases[(cases["question"] != "overall") & (cases["force"] != "durham")]
    all_told = questions["strength_weight"] + questions["weakness_weight"]
    alike = questions[questions["strength_weight"] >= 0.8 * all_told]
    good = alike["published"].isin(["good", "outstanding"]).sum()
    assert 50 < good < len(alike)  # else the words would be others
    assert record.similar_forces_graded(evidence_of("durham"), "q1") == (
        f"The summaries tell of no weakness. Of {len(alike)} cases of other forces, on any core "
        "question, in which strengths were 80 percent or more by weight, the inspectorate graded "
        f"{good} good or better."
    )
    kent = evidence_of("kent", "2019-03-31", inspection="2018-19")
    assert "graded none good or better" in record.similar_forces_graded(kent, "q2")


def test_grades_of_two_questions_are_told_as_two(evidence_of):
    text = how_firm(evidence_of("kent", "2019-03-31", inspection="2018-19"))
    assert (
        "The grades of questions 2 and 3, both requires improvement, came out in every draw."
        in text
    )


def test_no_grade_in_any_draw_does_not_read_as_a_grade_in_some(evidence_of):
    text = how_firm(evidence_of("wiltshire", ROUNDS["2018-19"], inspection="2018-19"))
    assert "In **every** draw they give no overall grade." in text


@pytest.mark.parametrize("round_", ROUNDS)
def test_that_a_change_may_be_one_of_reading_is_said_once(evidence_of, round_):
    for force in SOME:
        ev = evidence_of(force, ROUNDS[round_], inspection=round_)
        assert grades_since.change_since_last_year(ev).count("one of reading") <= 1, force


@pytest.mark.parametrize(
    ("force", "round_", "asked"),
    [
        ("south-yorkshire", "2017", "doubt whether the force can respond properly to vulnerable"),
        ("wiltshire", "2018-19", "does not assess its disruption of organised crime"),
    ],
)
def test_panel_asks_about_weaknesses_of_a_question_of_which_no_grade_is_known(
    evidence_of, force, round_, asked
):
    ev = evidence_of(force, ROUNDS[round_], inspection=round_)
    assert asked in panel.questions(ev)


def test_annex_names_only_figures_that_the_book_has(evidence_of):
    ev = evidence_of("south-yorkshire", "2017-06-30", inspection="2017")
    rows = {
        row.find("th").get_text(" ", strip=True): row.find("td").get_text(" ", strip=True)
        for row in BeautifulSoup(annex.sources_table(ev), "html.parser").select("tbody tr")
    }
    named = " ".join(rows.values())
    assert not [n for n in (5, 6, 7, 8, 9, 10) if re.search(rf"\b{n}\b", named)]
    assert rows["Arrests"] == rows["Robbery"] == "Force in numbers"
    assert rows["Calls for assistance"] == "\N{EN DASH}"
    assert rows["Charged or summonsed"] == "Figure 4; Force in numbers"
    # of victim-based crime one period is held in the newest edition, which makes no line
    newest = evidence_of("south-yorkshire", "2026-03-31", inspection="2018-19")
    assert "Figures 1 and 2" in str(annex.sources_table(ev))
    assert str(annex.sources_table(newest)).count("Figures 1 and 2") == 1
    leicestershire = annex.sources_table(evidence_of("leicestershire"))
    assert all(f"Figure {n}" in leicestershire for n in (6, 7, 8, 9))


@pytest.mark.parametrize("round_", ROUNDS)
def test_finding_under_another_sub_question_than_its_number_says_so(evidence_of, round_):
    moved = 0
    for force in MOVED[round_]:
        ev = evidence_of(force, ROUNDS[round_], inspection=round_)
        shown = BeautifulSoup(findings_table(ev), "html.parser").select("tbody th")
        for cell, (_, row) in zip(shown, ev.findings.iterrows(), strict=True):
            part = row["sub_question"].removeprefix("q")
            assert cell["data-part"] == part
            number = row["id"].removeprefix("q")
            own = number.startswith(f"{part}-")
            assert cell.get_text() == (number if own else f"{number} under {part}")
            moved += not own
    assert moved == MOVED_ROWS[round_]
