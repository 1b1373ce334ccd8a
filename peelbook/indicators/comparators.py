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


SIMILAR_FORCES = "similar-forces"


def comparator_values(
    areas: pd.DataFrame, entry: Indicator, index: pd.Index, parameters: Parameters
) -> pd.DataFrame:
    """Return for each area of `index` the value that it is compared with, and of which area that is.

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
    DataFrame with `value` in the unit of the indicator and `area` (``england-and-wales``, the name
    of a region, or ``similar-forces``), both missing where there is no such value. A region's and
    similar forces' values are pooled, and scores weighted by population.
    """
    values = areas["value"]
    if parameters.comparator == "region":
        area = load_table("forces").set_index("force")["region"].reindex(index).astype(object)
        value = area.map(values).astype(float)
    elif parameters.comparator == SIMILAR_FORCES:
        mid_year = denominator_mid_year(parameters.period_end)
        if entry.kind == "score" and len(areas):
            areas = weighted_by_population(values, int(areas["mid_year"].iloc[0]))
        value = pooled_over_similar(areas, mid_year, entry.per).reindex(index)
        area = pd.Series(SIMILAR_FORCES, index=index, dtype=object)
    else:
        value = pd.Series(values.get(ENGLAND_AND_WALES, float("nan")), index=index)
        area = pd.Series(ENGLAND_AND_WALES, index=index, dtype=object)
    return pd.DataFrame({"value": value, "area": area.where(value.notna(), None)})
