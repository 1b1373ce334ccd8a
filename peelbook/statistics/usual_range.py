"""How far forces usually lie from one another, and which lie further.

Random effects: true values are spread about a centre, and chance comes on top (DerSimonian and Laird
1986, Controlled Clinical Trials 7:177-188). With counts in the tens of thousands chance is small
beside the spread, so the size of a force hardly matters. Control limits by size, widened by a
factor (Spiegelhalter 2005), would let small forces range almost anywhere; they are not used.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

LEVEL = 0.95
FEWEST = 5
"""With fewer values the spread between them cannot be told."""


@dataclass(frozen=True)
class UsualRange:
    """The centre of forces, and the range in which 95 percent of them would usually lie.

    `centre`, `lower`, `upper` and `between` (standard deviation of true values) are in the unit of
    the values. `points` has `value`, `error` (standard error by chance), `z` (distance from the
    centre in standard deviations, spread and chance together) and `unusual` (beyond the range
    that a force of its size would usually lie in).
    """

    centre: float
    between: float
    lower: float
    upper: float
    points: pd.DataFrame


def usual_range(
    numerator: pd.Series, denominator: pd.Series, *, per: float, share: bool
) -> UsualRange | None:
    """Estimate the usual range of a rate or share.

    Parameters
    ----------
    numerator, denominator
        counts by force, denominators above zero; forces with a missing count are left out.
    per
        the multiple of the denominator that values are given for: 1000 for rates, 100 for percent.
    share
        whether the numerator is part of the denominator (binomial), or not (Poisson).

    Returns
    -------
    The range, or None with fewer than :data:`FEWEST` forces or where nothing was counted.
    """
    known = pd.DataFrame({"n": numerator, "d": denominator}).astype(float).dropna()
    if len(known) < FEWEST or known["n"].sum() == 0:
        return None
    pooled = known["n"].sum() / known["d"].sum()
    variance = (pooled * (1 - pooled) if share else pooled) / known["d"]
    if not (variance > 0).all():
        return None
    value = known["n"] / known["d"]
    weight = 1 / variance
    fixed = (weight * value).sum() / weight.sum()
    excess = (weight * (value - fixed) ** 2).sum() - (len(known) - 1)
    between = max(excess / (weight.sum() - (weight**2).sum() / weight.sum()), 0.0)
    weight = 1 / (variance + between)
    centre = (weight * value).sum() / weight.sum()
    z = (value - centre) / np.sqrt(variance + between)
    reach = float(stats.norm.isf((1 - LEVEL) / 2))
    half = reach * between**0.5
    points = pd.DataFrame(
        {"value": value * per, "error": np.sqrt(variance) * per, "z": z, "unusual": z.abs() > reach}
    )
    return UsualRange(
        centre=centre * per,
        between=between**0.5 * per,
        lower=max(centre - half, 0.0) * per,
        upper=min(centre + half, 1.0 if share else np.inf) * per,
        points=points,
    )
