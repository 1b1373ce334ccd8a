"""Change over 12 months with its interval: is it more than chance explains?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from peelbook.indicators.catalogue import indicator
from peelbook.indicators.values import compute_indicator, latest_period, values_at
from peelbook.parameters import Parameters
from peelbook.statistics.intervals import change_interval
from peelbook.tables.periods import years_before


def yearly_change(indicator_id: str, parameters: Parameters) -> pd.DataFrame:
    """Return the percentage change of counts against 12 months earlier, with its interval.

    The interval is the exact conditional one (:func:`peelbook.statistics.intervals.count_ratio`), at 95
    percent. Exclusions, small bases and the treatment of fraud are those of the change that
    :func:`peelbook.indicators.values.compute_indicator` gives.

    Parameters
    ----------
    indicator_id
        an indicator that counts; for shares and scores, and where there is nothing to compare
        with, all is missing.
    parameters
        the book's parameter set.

    Returns
    -------
    DataFrame indexed by area with columns `value`, `lower`, `upper` in percent.
    """
    entry = indicator(indicator_id)
    rows = compute_indicator(indicator_id, parameters).set_index("area")
    empty = pd.DataFrame(np.nan, index=rows.index, columns=["value", "lower", "upper"])
    period_end = latest_period(entry, pd.Timestamp(parameters.period_end))
    if entry.is_share or entry.kind == "score" or period_end is None:
        return empty
    known = rows["change"].dropna().index
    if known.empty:
        return empty
    base = values_at(entry, years_before(period_end, 1), parameters, base=True)
    found = change_interval(
        rows.loc[known, "numerator"], base["numerator"].reindex(known).astype(float)
    )
    return found.reindex(rows.index)
