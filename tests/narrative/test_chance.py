"""What the book says about chance: the test decides, never the rank."""

import pandas as pd
import pytest

from peelbook.evidence import load_evidence
from peelbook.indicators.change import yearly_change
from peelbook.narrative.chance import against_chance, change_against_chance
from peelbook.tables.forces import all_forces

CRIME = ("recorded-crime", "victim-based-crime")


def test_leicestershire_differs_by_more_than_chance_but_is_not_unusual():
    text = against_chance(load_evidence(), *CRIME)
    # 61,288 crimes of 1,055,800 people: exact interval of a Poisson count
    assert "58.0 per 1,000 population with a 95 percent interval from 57.6 to 58.5" in text
    assert "differs from the 67.4 of England and Wales by more than chance explains" in text
    assert "explains. The difference is real, but not unusual among forces: they usually" in text
    assert "further from the others" not in text
    assert "variance" not in text


def test_west_yorkshire_is_further_from_the_others_than_forces_commonly_are():
    text = against_chance(load_evidence(force="west-yorkshire"), "recorded-crime")
    assert "It is unusual among forces too" in text
    assert "West Yorkshire is above that range." in text


def test_city_of_london_is_not_set_against_other_forces():
    text = against_chance(load_evidence(force="city-of-london"), "recorded-crime")
    assert "is not set against other forces" in text
    assert "Few people live in the City" in text


def test_explained_once_however_many_indicators():
    text = against_chance(load_evidence(force="kent"), *CRIME)
    assert text.count("who lives in, works in and visits them") == 1


@pytest.mark.parametrize("force", list(all_forces()))
def test_words_follow_the_test_for_every_force(force):
    ev = load_evidence(force=force, period_end="2018-03-31")
    for name in (*CRIME, "outcome-charged-summonsed"):
        text, row = against_chance(ev, name), ev.row(name)
        assert "significant" not in text
        assert "  " not in text
        if pd.notna(row["unusual"]):
            assert text.count("unusual") == 1
            assert ("that range" in text) == bool(row["unusual"])
            more = "no more than" not in text
            assert (("is real" in text) or ("forces too" in text)) == more


def test_change_in_leicestershire_is_more_than_chance_explains():
    ev = load_evidence()
    change = yearly_change("recorded-crime", ev.parameters).loc["leicestershire"]
    assert round(change["value"], 1) == 3.7
    # 61,288 against 59,092 crimes: log ratio 0.0364, standard error sqrt(1/61288 + 1/59096)
    assert change["lower"] == pytest.approx(2.5, abs=0.06)
    assert change["upper"] == pytest.approx(4.9, abs=0.06)
    text = change_against_chance(ev, "recorded-crime")
    assert "+3.7 percent with a 95 percent interval from +2.5 to +4.9, is more than chance" in text


def test_no_change_where_two_periods_do_not_compare():
    ev = load_evidence(period_end="2018-03-31")
    assert yearly_change("domestic-burglary", ev.parameters)["value"].isna().all()
    assert change_against_chance(ev, "outcome-charged-summonsed") == ""
