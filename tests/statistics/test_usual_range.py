"""The usual range of forces, against an independent implementation and by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.meta_analysis import combine_effects

from peelbook.indicators.values import compute_indicator
from peelbook.parameters import Parameters
from peelbook.statistics.usual_range import usual_range

COUNTS = pd.Series([120, 340, 95, 410, 230, 150], index=list("abcdef"))
SIZES = pd.Series([1000, 2500, 1100, 2600, 2400, 900], index=list("abcdef"))


def test_agrees_with_statsmodels():
    found = usual_range(COUNTS, SIZES, per=1, share=True)
    pooled = COUNTS.sum() / SIZES.sum()
    variance = pooled * (1 - pooled) / SIZES
    other = combine_effects(COUNTS / SIZES, variance, method_re="iterated", atol=1e-12)
    assert found.between**2 == pytest.approx(other.tau2, rel=1e-6)
    assert found.centre == pytest.approx(other.mean_effect_re)


def test_worked_by_hand():
    # five equal areas of 100, counts 10 20 30 40 50: pooled 0.3, Poisson variance 0.003. With equal
    # weights sum((x - 0.3)^2) / (0.003 + tau2) = 4 gives tau2 = 0.1 / 4 - 0.003 = 0.022
    counts = pd.Series([10, 20, 30, 40, 50])
    found = usual_range(counts, pd.Series([100] * 5), per=1000, share=False)
    assert found.centre == pytest.approx(300)
    assert found.between == pytest.approx(1000 * 0.022**0.5)
    assert found.points["z"].iloc[-1] == pytest.approx(0.2 / 0.025**0.5)


def test_one_large_force_that_lies_apart_does_not_widen_the_range_for_all():
    # thirty alike forces about 2 per 1,000, and one of ten times their size at twice the rate
    counts = pd.Series([1900, 2000, 2100] * 10 + [40_000])
    sizes = pd.Series([1_000_000] * 30 + [10_000_000])
    found = usual_range(counts, sizes, per=1000, share=False)
    spread = (counts / sizes * 1000).std()
    assert found.between == pytest.approx(spread, rel=0.05)
    assert found.points["unusual"].tolist() == [False] * 30 + [True]


def test_officers_of_2016_range_about_what_forces_have():
    table = compute_indicator("officers", Parameters()).set_index("area").dropna(subset=["rank"])
    found = usual_range(table["numerator"], table["denominator"], per=1000, share=False)
    assert (round(found.lower, 2), round(found.upper, 2)) == (1.07, 2.68)
    assert found.points.index[found.points["unusual"]].tolist() == ["metropolitan"]


def test_alike_forces_have_no_spread_and_none_is_unusual():
    found = usual_range(pd.Series([50] * 8), pd.Series([1000] * 8), per=1000, share=False)
    assert found.between == 0
    assert found.lower == found.upper == found.centre == 50
    assert not found.points["unusual"].any()


def test_one_far_from_alike_many_is_unusual():
    counts = pd.Series([500, 505, 495, 510, 490] * 8 + [900])
    found = usual_range(counts, pd.Series([10_000] * 41), per=1000, share=False)
    assert found.points["unusual"].tolist() == [False] * 40 + [True]


@pytest.mark.parametrize(("counts", "why"), [([1, 2, 3, 4], "few"), ([0] * 6, "nothing counted")])
def test_no_range_without_enough_to_go_by(counts, why):
    sizes = pd.Series([100] * len(counts))
    assert usual_range(pd.Series(counts), sizes, per=1000, share=False) is None, why


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(1000, 90_000)), min_size=5, max_size=43),
    st.integers(2, 50),
)
def test_range_does_not_depend_on_the_unit_or_the_order(rows, factor):
    counts, sizes = (pd.Series(column, dtype=float) for column in zip(*rows, strict=True))
    found = usual_range(counts, sizes, per=1, share=True)
    turned = usual_range(counts[::-1], sizes[::-1], per=factor, share=True)
    if found is None:
        assert turned is None
        return
    assert found.lower <= found.centre <= found.upper
    assert turned.centre == pytest.approx(found.centre * factor)
    assert np.allclose(turned.points["z"].sort_index(), found.points["z"])
