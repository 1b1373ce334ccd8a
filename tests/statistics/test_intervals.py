"""Intervals against worked examples of the literature and an independent implementation."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

from peelbook.statistics.intervals import (
    byar,
    change_interval,
    count_ratio,
    garwood,
    rate_interval,
    wilson,
)

counts = st.integers(0, 200_000)


@pytest.mark.parametrize(
    ("events", "lower", "upper"),
    # as in tables of exact limits of a Poisson count, three or four figures
    [(0, 0, 3.69), (1, 0.0253, 5.57), (10, 4.80, 18.39), (100, 81.36, 121.63)],
)
def test_exact_poisson_limits_are_those_of_the_printed_table(events, lower, upper):
    found = garwood([events]).iloc[0]
    assert found["lower"] == pytest.approx(lower, rel=1.5e-3)
    assert found["upper"] == pytest.approx(upper, rel=1.5e-3)


def test_exact_poisson_limits_agree_with_statsmodels():
    events = np.array([1, 2, 7, 30, 999, 61_288])
    lower, upper = confint_poisson(events, 1, method="exact-c")
    found = garwood(events)
    np.testing.assert_allclose(found["lower"], lower)
    np.testing.assert_allclose(found["upper"], upper)


def test_byar_limits_of_ten_events_worked_out_by_hand():
    # 10 (1 - 1/90 - 1.95996 / (3 sqrt 10))^3 and 11 (1 - 1/99 + 1.95996 / (3 sqrt 11))^3
    found = byar([10]).iloc[0]
    assert found["lower"] == pytest.approx(4.787, abs=5e-4)
    assert found["upper"] == pytest.approx(18.391, abs=1e-3)


def test_byar_is_within_half_a_percent_of_exact_from_seven_events_onwards():
    events = np.arange(7, 3000)
    assert ((byar(events) / garwood(events) - 1).abs() < 0.005).all(axis=None)


@pytest.mark.parametrize(
    ("some", "all_", "lower", "upper"),
    # Newcombe (1998), table I, method 3
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_interval_is_that_of_newcombes_examples(some, all_, lower, upper):
    found = wilson([some], [all_]).iloc[0]
    assert found["lower"] == pytest.approx(lower, abs=5e-5)
    assert found["upper"] == pytest.approx(upper, abs=5e-5)


def test_wilson_interval_agrees_with_statsmodels():
    some, all_ = np.array([0, 3, 411, 9000]), np.array([50, 7, 5000, 9000])
    lower, upper = proportion_confint(some, all_, method="wilson")
    found = wilson(some, all_, per=100)
    np.testing.assert_allclose(found["lower"], lower * 100, atol=1e-12)
    np.testing.assert_allclose(found["upper"], upper * 100)


def test_ratio_of_two_counts_is_that_of_the_example_in_the_manual_of_r():
    # poisson.test(c(11, 6 + 8 + 7), c(800, 1083 + 1050 + 878)) in R: deaths over person-years
    found = count_ratio([11], [21]).iloc[0] * 3011 / 800
    assert found["value"] == pytest.approx(1.971488, abs=1e-6)
    assert found["lower"] == pytest.approx(0.8584264, abs=1e-6)
    assert found["upper"] == pytest.approx(4.2772659, abs=1e-6)


def test_ratio_of_two_counts_agrees_with_the_exact_binomial_of_statsmodels():
    now, base = np.array([7, 61_288, 90]), np.array([12, 59_122, 90])
    lower, upper = proportion_confint(now, now + base, method="beta")
    found = count_ratio(now, base)
    np.testing.assert_allclose(found["lower"], lower / (1 - lower))
    np.testing.assert_allclose(found["upper"], upper / (1 - upper))


def test_change_of_counts_in_percent():
    found = change_interval([150], [100]).iloc[0]
    assert found["value"] == pytest.approx(50)
    assert 15 < found["lower"] < 17
    assert 94 < found["upper"] < 96


def test_counts_of_nothing_have_limits_on_one_side_only():
    assert garwood([0]).iloc[0].tolist() == pytest.approx([0, 3.6888795])
    ratios = count_ratio([0, 4], [4, 0])
    assert ratios["lower"].tolist()[0] == 0
    assert ratios["upper"].tolist()[1] == np.inf


def test_a_missing_count_stays_missing_and_keeps_its_place():
    events = pd.Series([10.0, np.nan], index=["a", "b"])
    assert garwood(events).isna()["lower"].tolist() == [False, True]
    assert wilson(events, events + 5).isna()["upper"].to_dict() == {"a": False, "b": True}
    assert count_ratio(events, events + 5).isna().all(axis="columns").to_dict()["b"]


def test_a_rate_is_given_for_the_multiple_asked_for():
    found = rate_interval([10], [5000], per=1000).iloc[0]
    assert found.tolist() == pytest.approx([2, 4.7954 / 5, 18.3904 / 5], abs=1e-4)
    assert rate_interval([10], [5000], method="byar").iloc[0]["lower"] == pytest.approx(
        4.7874 / 5, abs=1e-4
    )


@settings(max_examples=60, deadline=None)
@given(counts, st.floats(0.5, 0.999))
def test_an_interval_holds_its_count_and_widens_with_the_level(events, level):
    for method in (garwood, byar):
        near, far = method([events], level).iloc[0], method([events], (1 + level) / 2).iloc[0]
        assert near["lower"] <= events <= near["upper"]
        assert far["lower"] <= near["lower"]
        assert far["upper"] >= near["upper"]


@settings(max_examples=60, deadline=None)
@given(counts, counts)
def test_turning_a_ratio_round_turns_its_interval_round(now, base):
    if now == 0 or base == 0:
        return
    one, other = count_ratio([now], [base]).iloc[0], count_ratio([base], [now]).iloc[0]
    assert one["lower"] == pytest.approx(1 / other["upper"], rel=1e-6)
    assert one["lower"] <= one["value"] <= one["upper"]
