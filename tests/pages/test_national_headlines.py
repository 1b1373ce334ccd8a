"""The headline measures of all forces, held against the 2016 report and the rules."""

import pandas as pd
import pytest

from peelbook.indicators.values import ENGLAND_AND_WALES
from peelbook.pages import headlines
from peelbook.pages.headlines import (
    MEASURES,
    has_values,
    measure_named,
    measure_notes,
    measure_values,
    period_of,
    place_in_words,
)
from peelbook.parameters import parse_parameters

REPORT = parse_parameters({})
LATER = parse_parameters({"period_end": "2018-12-31"})


@pytest.mark.parametrize(
    ("measure_id", "shown"),
    [
        # PEEL: Police effectiveness 2016, Leicestershire Police: figure 2, and force in numbers
        ("recorded-crime", "58.0"),
        ("victim-based-crime", "53.6"),
        ("asb", "17"),
        # figure 3, which prints no decimals: -17
        ("asb-change", "−17.4"),
    ],
)
def test_leicestershire_is_as_the_2016_report_prints_it(measure_id, shown):
    measure = measure_named(measure_id)
    assert measure.shown(measure_values(measure, REPORT).loc["leicestershire", "value"]) == shown


def test_charged_is_computed_from_a_later_release_than_the_one_that_the_report_prints():
    # figure 4 prints 9.1; investigations of the same offences went on after the report
    measure = measure_named("charged")
    row = measure_values(measure, REPORT).loc["leicestershire"]
    assert measure.shown(row["value"]) == "12.5"
    assert place_in_words(row) == "32nd highest of 40"


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.id)
@pytest.mark.parametrize("parameters", [REPORT, LATER], ids=["2016", "2018"])
def test_every_force_has_a_value_or_a_reason(measure, parameters):
    rows = measure_values(measure, parameters)
    assert len(rows) == 44
    assert (rows["value"].notna() | (rows["note"] != "")).all()


def test_change_has_bands_of_its_own_of_ten_forces_each():
    rows = measure_values(measure_named("asb-change"), REPORT).drop(ENGLAND_AND_WALES)
    counts = rows["band"].value_counts()
    assert counts["one of the highest"] == counts["one of the lowest"] == 10
    assert rows["value"].idxmax() == "bedfordshire"
    assert place_in_words(rows.loc["bedfordshire"]) == "highest of 43"


def test_city_of_london_has_a_rate_that_is_not_ranked():
    row = measure_values(measure_named("recorded-crime"), REPORT).loc["city-of-london"]
    assert row["value"] > 500
    assert place_in_words(row) == "not ranked"


def test_measure_of_which_no_force_has_a_value_cannot_be_compared():
    charged = measure_named("charged")
    assert not has_values(charged, parse_parameters({"period_end": "2014-03-31"}))
    assert has_values(charged, REPORT)
    assert has_values(charged, LATER)


def test_measure_of_which_one_force_has_a_value_cannot_be_compared(monkeypatch):
    charged = measure_named("charged")
    rows = measure_values(charged, REPORT).assign(rank=pd.NA)
    rows["value"] = rows["value"].where(rows.index == "leicestershire")
    monkeypatch.setattr(headlines, "measure_values", lambda measure, parameters: rows)
    assert not has_values(charged, REPORT)


def test_measure_names_the_newest_period_of_its_source():
    assert period_of(measure_named("recorded-crime"), LATER) == "12 months to 31 December 2018"
    assert period_of(measure_named("asb"), LATER) == "12 months to 31 March 2018"


def test_notes_name_their_forces_once_for_each_reason():
    notes = measure_notes(measure_named("charged"), REPORT)
    assert (
        sum(note.startswith("Leicestershire, Staffordshire and West Yorkshire:") for note in notes)
        == 1
    )
    assert any(note.startswith("Derbyshire and Suffolk:") for note in notes)
    assert notes[0].startswith("Outcomes are those given so far")
    assert len(notes) == len(set(notes))


def test_note_on_a_missing_change_stands_with_the_change_only():
    reason = "Incidents were collected in a different way from the year ending March 2012"
    first_of_series = parse_parameters({"period_end": "2012-03-31"})

    def is_said(measure_id: str) -> bool:
        notes = measure_notes(measure_named(measure_id), first_of_series)
        return any(note.startswith(reason) for note in notes)

    assert is_said("asb-change")
    assert not is_said("asb")
