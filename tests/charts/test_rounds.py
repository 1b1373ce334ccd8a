"""The published grades of each round as steps: what the sources say, and no line across a gap."""

import pytest

from peelbook.charts.rounds import grades_over_rounds
from peelbook.evidence import Evidence
from peelbook.narrative.prose import Prose
from peelbook.tables.forces import PRACTICE


@pytest.fixture
def leicestershire(evidence_of):
    return grades_over_rounds(evidence_of("leicestershire"))


def test_title_and_table_say_the_grades_of_each_round(leicestershire):
    assert leicestershire.title == (
        "Leicestershire Police was graded overall good in 2015, requires improvement in 2016, "
        "good in 2017 and 2018/19"
    )
    table = leicestershire.table.set_index("Question")
    assert list(table.columns) == ["2014", "2015", "2016", "2017", "2018/19"]
    assert list(table.loc["Overall"]) == ["–", "Good", "Requires improvement", "Good", "Good"]
    assert table.loc["1. Preventing crime and anti-social behaviour", "2017"] == "Good (c)"


def test_no_line_runs_across_a_round_without_a_grade(evidence_of):
    cheshire = grades_over_rounds(evidence_of("cheshire"))
    chart = cheshire.charts["2. Investigating crime and reducing re-offending"].to_dict()
    rows = [row for data in chart["datasets"].values() for row in data if "run" in row]
    runs = {row["round"]: row["run"] for row in rows}
    assert "2017" not in runs
    assert runs["2014"] == runs["2015"] == runs["2016"] != runs["2018/19"]
    assert "2014 good; 2015 good; 2016 good; 2018/19 good" in chart["description"]


def test_every_letter_in_the_table_is_explained(leicestershire):
    shown = leicestershire.table.to_string()
    (note,) = [note for note in leicestershire.notes if note.startswith("Open circles: ")]
    for letter in "wce":
        assert (f"({letter})" in shown) == (f"({letter})" in note), letter


def test_sentence_stands_where_no_grade_is_known(evidence_of):
    known = evidence_of("leicestershire").parameters
    invented = Evidence(known.model_copy(update={"force": PRACTICE.slug}))
    said = grades_over_rounds(invented)
    assert isinstance(said, Prose)
    assert said.startswith("No published grade of")
