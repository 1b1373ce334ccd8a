"""Changes beyond any plausible year are found, and each that the data hold is explained."""

import pandas as pd
import pytest

from peelbook.indicators.plausible import (
    SERIES,
    counted_series,
    implausible_changes,
    load_thresholds,
    unexplained,
)

FORCES = [f"force-{number}" for number in range(9)]
THRESHOLDS = load_thresholds()


def counts(after, before=1000, indicator="robbery"):
    """Make up two years of nine forces; `after` names the counts that differ from `before`."""
    rows = [
        ("first", indicator, force, pd.Timestamp(end), count)
        for force in FORCES
        for end, count in (("2015-03-31", before), ("2016-03-31", after.get(force, before)))
    ]
    return pd.DataFrame(rows, columns=["release", *SERIES, "count"])


def found(after, before=1000):
    return implausible_changes(counts(after, before), THRESHOLDS).set_index("force")


def test_force_that_doubles_while_others_stand_still_is_found():
    changes = found({"force-3": 2000})
    assert changes.index.tolist() == ["force-3"]
    assert round(changes.loc["force-3", "percent"]) == 100


def test_force_that_falls_to_nothing_is_found():
    assert found({"force-3": 0}).index.tolist() == ["force-3"]


@pytest.mark.parametrize("percent", [-30, 30, 55])
def test_change_that_forces_show_now_and_then_is_not_found(percent):
    assert found({"force-3": 1000 + 10 * percent}).empty


def test_small_counts_are_left_to_chance():
    assert found({"force-3": 299}, before=100).empty
    assert len(found({"force-3": 300}, before=100)) == 1


def test_series_in_which_all_forces_change_is_found_once():
    changes = found(dict.fromkeys(FORCES, 1500))
    assert changes.index.tolist() == ["all"]
    assert changes.loc["all", ["before", "after"]].tolist() == [9000, 13500]


def test_change_in_which_all_forces_share_does_not_single_one_out():
    assert found(dict.fromkeys(FORCES, 1700)).index.tolist() == ["all"]


def test_years_of_two_releases_are_not_compared_with_each_other():
    both = counts({})
    both.loc[both["period_end"] == "2016-03-31", ["release", "count"]] = ["later", 9000]
    assert implausible_changes(both, THRESHOLDS).empty


def change(indicator, force, period_end):
    return pd.DataFrame([(indicator, force, pd.Timestamp(period_end))], columns=SERIES)


@pytest.mark.parametrize(
    ("indicator", "force", "period_end", "asks"),
    [
        ("stalking-and-harassment", "all", "2018-12-31", False),
        ("stalking-and-harassment", "all", "2013-12-31", True),
        ("outcome-charged-summonsed", "greater-manchester", "2020-03-31", False),
        ("outcome-charged-summonsed", "kent", "2020-03-31", True),
        # a caveat about the whole series explains no change of one year
        ("robbery", "city-of-london", "2012-03-31", True),
        # taken out by the table of exclusions
        ("arrests", "lancashire", "2018-03-31", False),
    ],
)
def test_only_a_caveat_that_explains_a_change_answers_for_it(indicator, force, period_end, asks):
    assert bool(len(unexplained(change(indicator, force, period_end)))) == asks


@pytest.fixture(scope="module")
def changes():
    return implausible_changes(counted_series(), THRESHOLDS)


def test_every_implausible_change_of_the_data_has_a_caveat(changes):
    asked_for = unexplained(changes)
    assert asked_for.empty, f"rows wanted in data/caveats.csv:\n{asked_for.to_string()}"


def test_known_breaks_of_the_series_are_found(changes):
    keys = set(zip(changes["indicator"], changes["force"], changes["period_end"], strict=True))
    for indicator, force, period_end in (
        ("stalking-and-harassment", "all", "2018-12-31"),
        ("stalking-and-harassment", "all", "2016-03-31"),
        ("domestic-burglary", "all", "2018-03-31"),
        ("public-order-offences", "all", "2017-03-31"),
        ("outcome-total-assigned", "greater-manchester", "2020-03-31"),
        ("outcome-total-assigned", "metropolitan", "2016-03-31"),
        ("outcome-total-assigned", "wiltshire", "2016-03-31"),
    ):
        assert (indicator, force, pd.Timestamp(period_end)) in keys, (indicator, force)
