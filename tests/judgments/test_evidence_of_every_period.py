"""No evidence from recorded crime, incomplete data or a difference within limits, at any quarter end."""

from collections.abc import Iterable

import pandas as pd
import pytest

from peelbook.indicators.catalogue import load_catalogue
from peelbook.judgments.framework import load_framework
from peelbook.judgments.indicator_evidence import HIGHEST, LOWEST, indicator_evidence
from peelbook.parameters import force_slugs, parse_parameters
from peelbook.returns.figures import compute_indicator
from peelbook.tables.periods import FIRST_PERIOD_END, LAST_PERIOD_END

FRAMEWORK = load_framework()
CRIME = {"rolling", "quarterly", "incidents", "score"}
QUARTER_ENDS = [
    str(day.date()) for day in pd.date_range(FIRST_PERIOD_END, LAST_PERIOD_END, freq="QE")
]
# the first and the last, and periods before, at and after those that have outcomes
SAMPLED = [
    "2008-06-30",
    "2015-12-31",
    "2016-06-30",
    "2018-03-31",
    "2019-09-30",
    "2022-03-31",
    "2025-03-31",
    "2026-03-31",
]
# what the framework does not name is no evidence, whatever its value
SPEAKING = list(FRAMEWORK.indicators)


def evidence_of_all_forces(period_end: str) -> Iterable[tuple[pd.Series, pd.DataFrame]]:
    """Yield each piece of evidence with the force's values by indicator."""
    parameters = parse_parameters({"period_end": period_end})
    table = pd.concat([compute_indicator(one, parameters) for one in SPEAKING], ignore_index=True)
    by_force = dict(list(table.assign(name=table["indicator"]).groupby("area")))
    for force in force_slugs():
        values = by_force[force].set_index("indicator")
        for item in indicator_evidence(by_force[force], FRAMEWORK).itertuples():
            yield item, values


def assert_complete_and_unusual(period_end: str) -> None:
    catalogue = load_catalogue()
    for item, values in evidence_of_all_forces(period_end):
        row = values.loc[item.indicator]
        assert catalogue[item.indicator].kind not in CRIME
        assert row["status"] in ("computed", "returned")
        assert row["unusual"] is True or row["unusual"] == True  # noqa: E712 - a nullable value
        assert row["band"] in (HIGHEST, LOWEST)
        if item.indicator.startswith("outcome-"):
            assert values.loc["outcome-not-yet-assigned", "value"] <= 5


@pytest.mark.parametrize("period_end", SAMPLED)
def test_indicators_that_count_are_complete_and_unusual(period_end):
    assert period_end in QUARTER_ENDS
    assert_complete_and_unusual(period_end)


def test_a_year_with_outcomes_has_evidence_so_that_the_others_say_something():
    found = [item.indicator for item, _ in evidence_of_all_forces("2018-03-31")]
    assert "outcome-charged-summonsed" in found


@pytest.mark.slow
@pytest.mark.parametrize("period_end", [day for day in QUARTER_ENDS if day not in SAMPLED])
def test_indicators_that_count_are_complete_and_unusual_at_every_other_quarter_end(period_end):
    assert_complete_and_unusual(period_end)
