"""How far forces usually lie from one another, and which lie further.

Random effects: true values are spread about a centre, and chance comes on top. The spread is that of
Paule and Mandel (1982), Consensus values and weighting factors, Journal of Research of the National
Bureau of Standards 87:377-385, in which every force counts nearly alike where the spread is large
beside chance. The estimate of DerSimonian and Laird (1986) weighs by size alone, so one large force
that lies apart would widen the range for all. Control limits by size, widened by a factor
(Spiegelhalter 2005), would let small forces range almost anywhere; neither is used.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import optimize, stats

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
    between = _spread(value, variance)
    centre = _weighted_mean(value, variance + between)
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


def _weighted_mean(value: pd.Series, variance: pd.Series) -> float:
    return float((value / variance).sum() / (1 / variance).sum())


def _excess(between: float, value: pd.Series, variance: pd.Series) -> float:
    """Return by how much values differ more than chance and `between` (a variance) let expect."""
    whole = variance + between
    return float(((value - _weighted_mean(value, whole)) ** 2 / whole).sum()) - (len(value) - 1)


def _spread(value: pd.Series, variance: pd.Series) -> float:
    """Return the variance of true values by Paule and Mandel, 0 where chance alone explains them.

    The excess falls as the variance grows; above the sum of squares about the mean it is negative.
    """
    if _excess(0.0, value, variance) <= 0:
        return 0.0
    widest = float(((value - value.mean()) ** 2).sum())
    tiny = np.finfo(float).tiny
    return float(optimize.brentq(_excess, 0.0, widest, args=(value, variance), xtol=tiny))
