"""The Crime Severity Score of a group of forces: the mean of their scores, weighted by population.

A score is weighted offences over residents, so that of a group is the sum of weighted offences
over the sum of residents. With the score and the residents of each force, this is the mean of
the scores, each counted as often as its force has residents.
"""

from __future__ import annotations

import pandas as pd

from peelbook.indicators.counts import denominators
from peelbook.tables import load_table
from peelbook.tables.periods import denominator_mid_year


def score_values(counted: pd.DataFrame, period_end: pd.Timestamp) -> pd.DataFrame:
    """Return the published scores of forces and of England and Wales, and those of regions.

    Parameters
    ----------
    counted
        columns `force` (slug, or ``england-and-wales``) and `numerator` (the score) of one period.
    period_end
        last day of the period, to which the residents belong by the rule of rates.

    Returns
    -------
    DataFrame indexed by area with columns `numerator`, `denominator` (missing: a score has
    neither), `value` (the score), `mid_year` (of the residents that weight it). A force without a
    score takes no part in its region.
    """
    scores = counted.set_index("force")["numerator"]
    weighted = weighted_by_population(scores, denominator_mid_year(period_end))
    regions = load_table("forces").set_index("force")["region"]
    sums = weighted.groupby(weighted.index.map(regions))[["numerator", "denominator"]].sum()
    value = pd.concat([scores, sums["numerator"] / sums["denominator"]])
    return pd.DataFrame(
        {
            "numerator": float("nan"),
            "denominator": float("nan"),
            "value": value,
            "mid_year": denominator_mid_year(period_end),
        }
    )


def weighted_by_population(scores: pd.Series, mid_year: int) -> pd.DataFrame:
    """Return what makes the score of a group of forces when summed.

    Parameters
    ----------
    scores
        score by force; areas that are no force, and forces without a score, are left out.
    mid_year
        of the residents, or the nearest one that the table holds.

    Returns
    -------
    DataFrame indexed by force with columns `numerator` (score times residents) and
    `denominator` (residents).
    """
    people = denominators("population", mid_year).set_index("force")["denominator"]
    known = pd.DataFrame({"score": scores, "denominator": people}).dropna()
    return known.assign(numerator=known["score"] * known["denominator"]).drop(columns="score")
