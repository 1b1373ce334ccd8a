"""How far forces usually lie from one another on an indicator, and how sure one force's value is."""

from __future__ import annotations

import pandas as pd

from peelbook.indicators.catalogue import Indicator, indicator
from peelbook.indicators.values import compute_indicator
from peelbook.parameters import Parameters
from peelbook.statistics.intervals import rate_interval, wilson
from peelbook.statistics.usual_range import UsualRange, usual_range
from peelbook.tables.inputs import remembered

ERRORS_OF_CHANCE = 1.96
"""A distance of more standard errors than this comes about by chance once in twenty times."""


def usual_range_of(indicator_id: str, parameters: Parameters) -> UsualRange | None:
    """Return the range in which the ranked forces usually lie, in the unit of the indicator.

    None for scores and printed values, which have no counts, and with too few forces.
    """
    return _usual_range_of(indicator_id, parameters.for_all_forces())


@remembered(maxsize=1024)
def _usual_range_of(indicator_id: str, parameters: Parameters) -> UsualRange | None:
    entry = indicator(indicator_id)
    if entry.kind in ("score", "return"):
        return None
    rows = compute_indicator(indicator_id, parameters).set_index("area")
    ranked = rows[rows["rank"].notna()]
    return usual_range(
        ranked["numerator"], ranked["denominator"], per=entry.per, share=entry.is_share
    )


def interval_of(row: pd.Series, entry: Indicator) -> tuple[float, float] | None:
    """Return the 95 percent interval of an indicator row in its unit; None without counts.

    Wilson's for a share, the exact one of a Poisson count for a rate
    (:mod:`peelbook.statistics.intervals`).
    """
    if pd.isna(row["numerator"]) or pd.isna(row["denominator"]):
        return None
    made = wilson if entry.is_share else rate_interval
    limits = made([row["numerator"]], [row["denominator"]], per=entry.per).iloc[0]
    return float(limits["lower"]), float(limits["upper"])


def beyond_chance(
    indicator_id: str, force: str, other: float, parameters: Parameters
) -> bool | None:
    """Say whether a ranked force differs from `other` by more than chance explains.

    The standard error is that of the usual range; None for a force that has no place in it.
    """
    found = usual_range_of(indicator_id, parameters)
    if found is None or force not in found.points.index:
        return None
    point = found.points.loc[force]
    return bool(abs(point["value"] - other) > ERRORS_OF_CHANCE * point["error"])
