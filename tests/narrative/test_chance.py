"""What the book says about chance: the test decides, never the rank."""

import pytest

from peelbook.charts.funnel import funnel_plot
from peelbook.evidence import load_evidence
from peelbook.indicators.change import yearly_change
from peelbook.indicators.funnel import WITHIN, funnel_of
from peelbook.narrative.chance import NO_COUNTS, against_chance, change_against_chance
from peelbook.tables.forces import all_forces

CRIME = ("recorded-crime", "victim-based-crime")


def test_leicestershire_is_within_the_widened_limits():
    text = against_chance(load_evidence(), *CRIME)
    # 61,288 crimes of 1,055,800 people: exact interval of a Poisson count
    assert "58.0 per 1,000 population with a 95 percent interval from 57.6 to 58.5" in text
    assert "differs from the 67.4 of England and Wales by more than chance explains" in text
    assert "by no more than forces commonly do" in text
    assert "1,726 times as much, in variance, as chance allows" in text


def test_west_yorkshire_is_beyond_them():
    text = against_chance(load_evidence(force="west-yorkshire"), "recorded-crime")
    assert "above the 99.8 percent limit" in text
    assert "by more than forces commonly do" in text


def test_a_verdict_that_depends_on_the_method_says_so():
    text = against_chance(load_evidence(force="metropolitan"), "recorded-crime")
    assert text.endswith("it would be within the limits, so the answer depends on the method.")


def test_city_of_london_is_not_tested():
    text = against_chance(load_evidence(force="city-of-london"), "recorded-crime")
    assert "is not tested against England and Wales" in text
    assert "Few people live in the City" in text


def test_printed_shares_are_not_tested():
    assert against_chance(load_evidence(), "outcome-charged-summonsed") == NO_COUNTS
    kent = load_evidence(force="kent")
    assert against_chance(kent, "outcome-charged-summonsed") == ""
    assert funnel_plot(kent, "outcome-charged-summonsed") is None


def test_explained_once_however_many_indicators():
    text = against_chance(load_evidence(force="kent"), *CRIME)
    assert text.count("who lives in, works in and visits them") == 1


@pytest.mark.parametrize("force", list(all_forces()))
def test_words_follow_the_test_for_every_force(force):
    ev = load_evidence(force=force, period_end="2018-03-31")
    for name in (*CRIME, "outcome-charged-summonsed"):
        text, points = against_chance(ev, name), funnel_of(name, ev.parameters).points
        assert "significant" not in text
        assert "  " not in text
        if force in points.index:
            beyond = points.loc[force, "verdict"] != WITHIN
            assert ("by more than forces commonly do" in text) == beyond


def test_the_figure_has_a_description_with_numbers_and_a_row_a_force():
    figure = funnel_plot(load_evidence(), *CRIME)
    descriptions = [chart.to_dict()["description"] for chart in figure.charts.values()]
    assert "Leicestershire: 58.0, within the limits" in descriptions[0]
    assert "England and Wales: 59.7" in descriptions[1]
    assert len(figure.table) == 2 * 42
    assert "City of London" not in set(figure.table["Force"])


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
