"""In a book of the newest figures each figure has its own date."""

import pytest

from peelbook.charts.crime import crime_rates
from peelbook.charts.evidence_chart import evidence_by_sub_question
from peelbook.charts.figures import asb_change
from peelbook.evidence import load_evidence
from peelbook.narrative.crime import crime_types, levels


@pytest.fixture(scope="module")
def latest():
    return load_evidence(force="humberside", period_end="2026-03-31", inspection="2018-19")


def test_row_of_another_period_has_its_date_beside_its_name(latest):
    figure = crime_rates(latest)
    assert "12 months to 31 March 2026" in figure.subtitle
    first, second, *_, assault, _ = figure.table["Offences"]
    assert first == "Recorded crime (excluding fraud)"
    assert second == "Victim-based crime (to 30 June 2025)"
    assert assault == "Assault with injury (to 30 June 2023)"


def test_rows_of_one_period_have_no_date_of_their_own():
    report = load_evidence(force="humberside", period_end="2016-06-30")
    assert not crime_rates(report).table["Offences"].str.contains(r"\(to ").any()


def test_indicator_that_ended_is_said_to_have_ended(latest):
    said = asb_change(latest)
    assert "end with those to 31 March 2019" in said
    assert "2025" not in said


def test_evidence_of_summaries_is_dated_by_the_inspection(latest):
    subtitle = evidence_by_sub_question(latest).subtitle
    assert subtitle.endswith("inspection of 2018/19")


def test_sentences_on_another_period_say_so(latest):
    assert "per 1,000 population in the 12 months to 30 June 2025, above" in levels(latest)
    assert "types of crime compared in the 12 months to 30 June 2025 (" in crime_types(latest)


def test_sentences_of_the_report_period_say_its_date_once():
    report = load_evidence(force="humberside", period_end="2016-06-30")
    assert levels(report).count("30 June 2016") == 1
    assert "30 June" not in crime_types(report)
