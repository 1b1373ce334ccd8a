"""Funnel limits against an example worked out by hand, and what they promise."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats.mstats import winsorize

from peelbook.indicators.funnel import (
    ABOVE_95,
    ABOVE_998,
    BELOW_95,
    WITHIN,
    funnel,
    funnel_of,
    overdispersion,
)
from peelbook.parameters import Parameters

# eleven areas of 1,000 people; with a target of 100 for each 1,000 the standard error is 10, so
# the z-scores are -6, -3, -2, -1, 0, 0, 0, 1, 2, 3 and 9
COUNTS = [40, 70, 80, 90, 100, 100, 100, 110, 120, 130, 190]
AREAS = pd.DataFrame(
    {"numerator": COUNTS, "denominator": 1000}, index=list("abcdefghijk"), dtype=float
)


def test_worked_example():
    found = funnel(AREAS, 100, per=1000, share=False)
    assert found.points["z"].tolist() == pytest.approx([-6, -3, -2, -1, 0, 0, 0, 1, 2, 3, 9])
    # winsorised at 10 percent: -3 for -6 and 3 for 9; the mean of their squares is 46 / 11
    assert found.dispersion == pytest.approx(46 / 11)
    assert found.p_value == pytest.approx(3.2334e-06, rel=1e-4)  # chi-square 46 on 11
    assert found.overdispersed
    root = (46 / 11) ** 0.5
    assert found.points["adjusted_z"]["k"] == pytest.approx(9 / root)
    assert found.points["verdict"].to_dict() == dict.fromkeys("bcdefghij", WITHIN) | {
        "a": BELOW_95,  # -6 / 2.045 = -2.93
        "k": ABOVE_998,  # 9 / 2.045 = 4.40
    }
    limits = found.limits([1000]).iloc[0]
    assert limits["upper_95"] == pytest.approx(100 + 1.959964 * 10 * root)
    assert limits["lower_99.8"] == pytest.approx(100 - 3.090232 * 10 * root, rel=1e-6)


def test_worked_example_of_the_additive_way():
    # tau squared = (46 - 10) / (110,000 - 10,000) with weights of 1 / 0.01 squared
    found = funnel(AREAS, 100, per=1000, share=False)
    expected = 0.09 / (0.01**2 + 36 / 100_000) ** 0.5
    assert found.points["additive_z"]["k"] == pytest.approx(expected)
    assert found.points["additive_verdict"]["k"] == ABOVE_998


def test_overdispersion_agrees_with_an_independent_winsorising():
    z = pd.Series(np.random.default_rng(2005).normal(0, 3, 31))
    assert overdispersion(z)[0] == pytest.approx(float((winsorize(z, (0.1, 0.1)) ** 2).mean()))


def test_shares_have_binomial_limits():
    # sqrt(0.2 * 0.8 / 400) = 0.02
    areas = pd.DataFrame({"numerator": [80.0] * 9 + [90.0], "denominator": 400.0})
    found = funnel(areas, 20, per=100, share=True)
    assert not found.overdispersed
    limits = found.limits([400, 1]).round(3)
    assert limits.loc[0, ["lower_95", "upper_95"]].tolist() == [16.08, 23.92]
    assert limits.loc[1, ["lower_99.8", "upper_99.8"]].tolist() == [0, 100]
    assert found.points["z"].iloc[-1] == pytest.approx(1.25)


def test_limits_are_not_widened_when_forces_vary_no_more_than_by_chance():
    rng = np.random.default_rng(43)
    areas = pd.DataFrame({"denominator": rng.integers(500_000, 3_000_000, 43).astype(float)})
    areas["numerator"] = rng.poisson(areas["denominator"] * 0.05).astype(float)
    found = funnel(areas, 50, per=1000, share=False)
    assert found.factor == 1
    assert found.points["adjusted_z"].tolist() == found.points["z"].tolist()
    assert found.points["verdict"].tolist() == found.points["additive_verdict"].tolist()


def test_a_target_of_nothing_is_refused():
    with pytest.raises(ValueError, match="target above nothing"):
        funnel(AREAS, 0, per=1000, share=False)


made_up_areas = st.lists(
    st.tuples(st.integers(1, 5000), st.integers(5000, 90_000)), min_size=5, max_size=43
).map(lambda rows: pd.DataFrame(rows, columns=["numerator", "denominator"], dtype=float))


@settings(max_examples=50, deadline=None)
@given(made_up_areas, st.randoms(use_true_random=False))
def test_the_order_of_forces_does_not_matter(areas, shuffler):
    order = list(areas.index)
    shuffler.shuffle(order)
    one = funnel(areas, 40, per=1000, share=False)
    other = funnel(areas.loc[order], 40, per=1000, share=False)
    assert one.dispersion == pytest.approx(other.dispersion)
    pd.testing.assert_frame_equal(one.points, other.points.sort_index())


@settings(max_examples=50, deadline=None)
@given(made_up_areas, st.integers(2, 50))
def test_more_of_the_same_multiplies_the_dispersion(areas, times):
    one = funnel(areas, 40, per=1000, share=False)
    many = funnel(areas * times, 40, per=1000, share=False)
    assert many.dispersion == pytest.approx(one.dispersion * times)
    if one.overdispersed:
        pd.testing.assert_series_equal(one.points["adjusted_z"], many.points["adjusted_z"])


@settings(max_examples=50, deadline=None)
@given(made_up_areas)
def test_the_unit_of_the_rate_does_not_matter(areas):
    one = funnel(areas, 40, per=1000, share=False).points
    other = funnel(areas, 4, per=100, share=False).points
    assert one["verdict"].tolist() == other["verdict"].tolist()


@settings(max_examples=50, deadline=None)
@given(made_up_areas)
def test_a_verdict_says_on_which_side_of_the_drawn_limits_a_force_lies(areas):
    found = funnel(areas, 40, per=1000, share=False)
    limits = found.limits(found.points["denominator"].to_numpy())
    above = found.points["value"].to_numpy() > limits["upper_95"].to_numpy() * (1 + 1e-9)
    assert set(found.points["verdict"][above]) <= {ABOVE_95, ABOVE_998}


def test_forces_that_are_not_ranked_or_excluded_are_left_out():
    march_2018 = Parameters(period_end="2018-03-31")
    incidents = funnel_of("asb-incidents", march_2018).points.index
    assert "city-of-london" not in incidents
    assert "lancashire" not in funnel_of("arrests", march_2018).points.index
    assert len(incidents) == 42


def test_indicators_without_counts_have_no_funnel():
    assert funnel_of("crime-severity-score", Parameters()) is None
    assert funnel_of("organised-crime-groups", Parameters()) is None
    assert funnel_of("outcome-charged-summonsed", Parameters()) is None  # printed shares only


def test_the_target_is_england_and_wales_whatever_the_comparator():
    target = funnel_of("recorded-crime", Parameters()).target
    assert funnel_of("recorded-crime", Parameters(comparator="region")).target == target
    assert round(target, 1) == 67.4
