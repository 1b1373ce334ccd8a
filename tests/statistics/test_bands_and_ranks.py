"""Rank, quarter bands and percentage change: literal frames first, then properties."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peelbook.statistics.ranks import (
    HIGHEST,
    IN_LINE,
    LOWEST,
    SMALLEST_BASE,
    band_by_quarter,
    percent_change,
    rank_descending,
)

GAP = float("nan")
BANDS = {"H": HIGHEST, "-": IN_LINE, "L": LOWEST, " ": None}


def bands(values: list[float]) -> str:
    """Return one letter a force: H highest, L lowest, - in line, blank for a gap."""
    letters = {band: letter for letter, band in BANDS.items() if band}
    return "".join(letters.get(band, " ") for band in band_by_quarter(pd.Series(values)))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param([8, 7, 6, 5, 4, 3, 2, 1], "HH----LL", id="two of eight"),
        pytest.param([1, 8, 2, 7], "LH--", id="one of four"),
        pytest.param([3, 2, 1], "---", id="a quarter of three is less than one force"),
        pytest.param([5, 5, 5, 5, 5], "-----", id="all equal"),
        pytest.param([0, 0, 0, 0], "----", id="all zero"),
        pytest.param([9, 0, 0, 0, 0, 0, 0, 0], "H-------", id="zeros tied across both lines"),
        pytest.param([8, 7, 7, 5, 4, 3, 2, 1], "HHH---LL", id="a tie across the line"),
        pytest.param([8, 7, 6, 5, 4, 2, 2, 1], "HH---LLL", id="a tie across the lower line"),
        pytest.param([4, GAP, 3, 2, GAP, 1], "H -- L", id="gaps are not ranked"),
        pytest.param([GAP, GAP], "  ", id="only gaps"),
        pytest.param([7.0], "-", id="one force"),
        pytest.param([-1, -2, -3, -4], "H--L", id="falls"),
        pytest.param([], "", id="no force"),
    ],
)
def test_band_by_quarter_of_a_literal_list(values, expected):
    assert bands(values) == expected


def test_of_43_forces_ten_are_highest_and_ten_are_lowest():
    band = band_by_quarter(pd.Series(range(43), dtype=float))
    assert (band == HIGHEST).sum() == 10
    assert (band == LOWEST).sum() == 10
    assert (band == IN_LINE).sum() == 23


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([10.0, 30.0, 20.0], [3, 1, 2]),
        ([10.0, 30.0, 30.0, 5.0], [3, 1, 1, 4]),
        ([0.0, GAP, 0.0, 1.0], [2, pd.NA, 2, 1]),
        ([GAP], [pd.NA]),
    ],
)
def test_rank_of_a_literal_list(values, expected):
    rank = rank_descending(pd.Series(values))
    assert rank.equals(pd.Series(expected, dtype="Int64"))


def test_percent_change_of_counts():
    now = pd.Series([120, 90, 100, 49, 60, 7], dtype=float)
    base = pd.Series([100, 100, 100, SMALLEST_BASE, SMALLEST_BASE - 1, 0], dtype=float)
    changed = percent_change(now, base)
    assert changed.round(6).iloc[:4].tolist() == [20.0, -10.0, 0.0, -2.0]
    assert changed.iloc[4:].isna().all(), "a base of fewer than 50 gives no percentage"


def test_percent_change_of_a_gap_is_a_gap():
    changed = percent_change(pd.Series([GAP, 60.0]), pd.Series([60.0, GAP]))
    assert changed.isna().all()


numbers = st.lists(
    st.one_of(st.integers(0, 30).map(float), st.just(GAP), st.floats(-1e6, 1e6)),
    min_size=0,
    max_size=50,
)


@settings(max_examples=50, deadline=None)
@given(numbers, st.randoms())
def test_band_and_rank_do_not_depend_on_the_order_of_forces(values, random):
    series = pd.Series(values, dtype=float)
    order = list(series.index)
    random.shuffle(order)
    shuffled = series.loc[order]
    pd.testing.assert_series_equal(band_by_quarter(shuffled).sort_index(), band_by_quarter(series))
    pd.testing.assert_series_equal(rank_descending(shuffled).sort_index(), rank_descending(series))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(-1e6, 1e6), unique=True, max_size=60))
def test_without_ties_each_band_holds_a_quarter_at_most(values):
    band = band_by_quarter(pd.Series(values, dtype=float))
    quarter = len(values) // 4
    assert (band == HIGHEST).sum() == quarter
    assert (band == LOWEST).sum() == quarter


@settings(max_examples=50, deadline=None)
@given(numbers)
def test_more_than_a_quarter_in_a_band_only_through_a_tie_at_its_line(values):
    series = pd.Series(values, dtype=float)
    band = band_by_quarter(series)
    for name, worst in ((HIGHEST, min), (LOWEST, max)):
        chosen = series[band == name]
        if len(chosen) > series.notna().sum() / 4:
            assert (series == worst(chosen)).sum() > 1


@settings(max_examples=50, deadline=None)
@given(numbers)
def test_band_is_monotone_in_the_value(values):
    series = pd.Series(values, dtype=float).dropna()
    level = band_by_quarter(series).map({LOWEST: -1, IN_LINE: 0, HIGHEST: 1})
    ordered = level.loc[series.sort_values().index].to_numpy(dtype=float)
    assert (np.diff(ordered) >= 0).all()


@settings(max_examples=50, deadline=None)
@given(numbers)
def test_a_force_has_a_band_and_a_rank_exactly_if_it_has_a_value(values):
    series = pd.Series(values, dtype=float)
    assert band_by_quarter(series).notna().tolist() == series.notna().tolist()
    assert rank_descending(series).notna().tolist() == series.notna().tolist()


@settings(max_examples=50, deadline=None)
@given(numbers)
def test_equal_values_have_equal_bands_and_ranks(values):
    series = pd.Series(values, dtype=float)
    frame = pd.DataFrame({"band": band_by_quarter(series), "rank": rank_descending(series)})
    different = frame.dropna().drop_duplicates().index
    assert series.loc[different].is_unique
