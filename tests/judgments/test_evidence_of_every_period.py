"""No evidence from recorded crime, incomplete data or a difference within limits, at any quarter end."""

import pandas as pd
import pytest

from peelbook.indicators.catalogue import load_catalogue
from peelbook.judgments.framework import load_framework
from peelbook.judgments.indicator_evidence import HIGHEST, LOWEST, indicator_evidence
from peelbook.parameters import force_slugs, parse_parameters
from peelbook.returns.figures import indicator_table

FRAMEWORK = load_framework()
CRIME = {"rolling", "quarterly", "incidents", "score"}
QUARTER_ENDS = [str(day.date()) for day in pd.date_range("2008-06-30", "2019-12-31", freq="QE")]


@pytest.mark.parametrize("period_end", QUARTER_ENDS)
def test_indicators_that_count_are_complete_and_unusual(period_end):
    table = indicator_table(parse_parameters({"period_end": period_end}))
    table = table.assign(name=table["indicator"])
    catalogue = load_catalogue()
    for force in force_slugs():
        own = table[table["area"] == force]
        values = own.set_index("indicator")
        for item in indicator_evidence(own, FRAMEWORK).itertuples():
            row = values.loc[item.indicator]
            assert catalogue[item.indicator].kind not in CRIME
            assert row["status"] in ("computed", "returned")
            assert row["unusual"] is True or row["unusual"] == True  # noqa: E712 - a nullable value
            assert row["band"] in (HIGHEST, LOWEST)
            if item.indicator.startswith("outcome-"):
                assert values.loc["outcome-not-yet-assigned", "value"] <= 5
