"""The reasoning as a program reads it, and as a reader sees it in the overview."""

import json

import pytest
from typer.testing import CliRunner

from peelbook.charts.evidence_chart import STRENGTH, WEAKNESS, evidence_by_sub_question
from peelbook.charts.firmness import changes_table, firmness_table
from peelbook.charts.grades import question_judgment
from peelbook.cli import app
from peelbook.cli.judgment_report import judgment_report
from peelbook.evidence import load_evidence
from peelbook.narrative.firmness import how_firm, share_in_words, what_would_change


@pytest.fixture(scope="module")
def reference():
    return load_evidence(force="leicestershire", period_end="2016-06-30")


def test_report_has_the_full_reasoning_of_every_grade(reference):
    report = {record["id"]: record for record in judgment_report(reference)}
    assert list(report) == reference.grades["id"].tolist()
    part = report["q2.2"]
    assert len(part["evidence"]) == part["counted"]["strengths"] + part["counted"]["weaknesses"]
    weights = {"strength": 0.0, "weakness": 0.0}
    for item in part["evidence"]:
        weights[item["polarity"]] += item["weight"]
    assert weights["strength"] == part["counted"]["strength_weight"]
    assert weights["weakness"] == part["counted"]["weakness_weight"]
    assert [reason["rule"] for reason in part["reasons"]][0] == "evidence"
    assert part["smallest_change"]["better"]["to"] == "good"
    assert [member["id"] for member in report["q2"]["members"]] == ["q2.1", "q2.2", "q2.3", "q2.4"]
    assert report["overall"]["left_out"][0]["id"] == "q5"


def test_every_indicator_of_the_framework_is_counted_or_left_out_with_a_reason(reference):
    report = judgment_report(reference)
    counted = {
        e["id"] for record in report for e in record["evidence"] if e["source"] == "indicator"
    }
    left_out = {e["id"] for record in report for e in record["left_out"]} - {"q5"}
    assert counted | left_out == set(reference.framework.indicators)
    assert not counted & left_out


def test_command_prints_the_report_as_json():
    printed = CliRunner().invoke(app, ["judgments", "leicestershire", "--format", "json"])
    records = json.loads(printed.stdout)
    assert records[-1]["id"] == "overall"
    assert {"evidence", "reasons", "left_out", "smallest_change"} <= set(records[0])


def test_command_prints_sensitivity_and_its_influences():
    shares = CliRunner().invoke(app, ["sensitivity", "leicestershire", "--format", "csv"]).stdout
    assert shares.splitlines()[0] == "level,id,grade,share"
    influence = ["sensitivity", "leicestershire", "--influence", "--format", "csv"]
    printed = CliRunner().invoke(app, influence).stdout
    assert printed.splitlines()[0] == "level,id,parameter,influence"


def test_evidence_chart_shows_the_weights_of_the_table(reference):
    figure = evidence_by_sub_question(reference)
    spec = figure.charts[""].to_dict()
    shown = [
        row for rows in spec["datasets"].values() for row in rows if row.get("side") == "Weaknesses"
    ]
    part = next(row for row in shown if row["label"].startswith("2.2 "))
    grade = reference.grade("q2.2")
    both = grade["strength_weight"] + grade["weakness_weight"]
    assert part["end"] - part["start"] == pytest.approx(grade["weakness_weight"] / both)
    assert part["share"] == 0.78  # 29 of 37, as the page tells it
    assert (
        "2.2 The initial investigative response: 22 percent strengths (5 strengths, 13 weaknesses)"
        in spec["description"]
    )
    assert len(figure.table) == 12


def contrast_with_white(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    light = sum(c * w for c, w in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
    return 1.05 / (light + 0.05)


def test_colours_of_the_evidence_chart_stand_out_from_white():
    assert min(contrast_with_white(colour) for colour in (STRENGTH, WEAKNESS)) > 4.5


def test_book_of_a_period_without_findings_has_a_sentence_in_place_of_each_empty_frame():
    nothing = load_evidence(force="kent", period_end="2010-06-30")
    said = evidence_by_sub_question(nothing)
    assert said == "No evidence counts for or against any sub-question."
    assert "more evidence is needed, not other rules" in how_firm(nothing)
    empty = (firmness_table(nothing), changes_table(nothing), what_would_change(nothing))
    assert empty == ("", "", "")
    assert question_judgment(nothing, "q2") == ""


def test_shares_in_the_sentence_are_those_of_the_draws(reference):
    shares = reference.sensitivity.shares.query("id == 'overall'").set_index("grade")["share"]
    text = how_firm(reference)
    share = share_in_words(shares["requires improvement"])
    assert f"**requires improvement** in **{share}** of draws" in text
    assert "10,000 times" in text


def test_overview_says_of_each_core_question_how_far_another_grade_is(reference):
    table = changes_table(reference)
    for row in reference.grades.query("level == 'question' and grade != 'ungraded'").itertuples():
        assert row.title in table
    assert "with a weight of" not in table
    needed = "more strengths of ordinary weight and 1 minor one, on “Bringing offenders to justice” and “"
    assert needed in table
