"""The value that a force's own is set beside: England and Wales, its region, or similar forces."""

from __future__ import annotations

import pandas as pd

from peelbook.indicators.catalogue import Indicator
from peelbook.indicators.scores import weighted_by_population
from peelbook.indicators.similar_forces import pooled_over_similar
from peelbook.parameters import Parameters
from peelbook.tables import load_table
from peelbook.tables.periods import denominator_mid_year

ENGLAND_AND_WALES = "england-and-wales"


def comparator_values(
    areas: pd.DataFrame, entry: Indicator, index: pd.Index, parameters: Parameters
) -> pd.Series:
    """Return for each area of `index` the value that it is compared with.

    Parameters
    ----------
    areas
        `numerator`, `denominator`, `value` and `mid_year` of forces, regions, and England and
        Wales, as :func:`peelbook.indicators.values.values_at` returns them.
    entry
        the indicator.
    index
        force slugs, and England and Wales, which has a value only when it is the comparator.
    parameters
        of which `comparator` and `period_end` are used.

    Returns
    -------
    Series in the unit of the indicator; a region's and similar forces' values are pooled, and
    scores weighted by population.
    """
    values = areas["value"]
    if parameters.comparator == "region":
        regions = load_table("forces").set_index("force")["region"].reindex(index)
        return regions.map(values).astype(float)
    if parameters.comparator == "similar-forces":
        mid_year = denominator_mid_year(parameters.period_end)
        if entry.kind == "score" and len(areas):
            areas = weighted_by_population(values, int(areas["mid_year"].iloc[0]))
        return pooled_over_similar(areas, mid_year, entry.per).reindex(index)
    return pd.Series(values.get(ENGLAND_AND_WALES, float("nan")), index=index)
