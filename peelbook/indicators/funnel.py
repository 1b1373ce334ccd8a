"""Funnel plots: does a force differ from England and Wales by more than forces usually do?

After Spiegelhalter (2005), Funnel plots for comparing institutional performance, Statistics in
Medicine 24:1185-1202: control limits by the size of the force, widened where forces as a whole
vary more than chance allows (overdispersion).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from peelbook.indicators.catalogue import Indicator, indicator
from peelbook.indicators.rules import rules_for
from peelbook.indicators.values import ENGLAND_AND_WALES, latest_period, values_at
from peelbook.parameters import Parameters
from peelbook.statistics.intervals import rate_interval, wilson
from peelbook.tables.forces import all_forces

WINSORISED = 0.1
"""Share of the z-scores at each end that is drawn in before overdispersion is estimated."""
TEST_LEVEL = 0.05
"""Limits are widened when forces would vary this much by chance less often than this."""
LIMITS = {"95": 0.95, "99.8": 0.998}
FEWEST_UNITS = 5

ABOVE_998, ABOVE_95 = "above the 99.8 percent limit", "above the 95 percent limit"
BELOW_998, BELOW_95 = "below the 99.8 percent limit", "below the 95 percent limit"
WITHIN = "within the limits"


@dataclass(frozen=True)
class Funnel:
    """Control limits and where each force lies.

    `points` is indexed by force with columns `numerator`, `denominator`, `value`, `z` (chance
    alone), `adjusted_z`, `verdict`, and `additive_z` and `additive_verdict` under the other way to
    allow for overdispersion (:func:`spread_between`); `target` is in the unit of `value`, per `per` of the
    denominator; `dispersion` is the estimated factor phi, `p_value` the probability of one at
    least as large by chance, and `factor` what the limits' variance is multiplied by: phi where
    it is significantly above 1, otherwise 1.
    """

    points: pd.DataFrame
    target: float
    per: float
    share: bool
    dispersion: float
    p_value: float
    factor: float

    @property
    def overdispersed(self) -> bool:
        """Whether forces vary more than chance allows, so that the limits are widened."""
        return self.factor > 1

    def limits(self, denominators: npt.ArrayLike) -> pd.DataFrame:
        """Return the control limits at given denominators.

        Returns
        -------
        DataFrame with columns `denominator`, `lower_95`, `upper_95`, `lower_99.8`, `upper_99.8`
        in the unit of the target, cut off at nothing and, for shares, at everything.
        """
        size = pd.Series(denominators, dtype=float)
        spread = standard_error(self.target / self.per, size, share=self.share) * self.per
        spread *= self.factor**0.5
        ceiling = self.per if self.share else np.inf
        frame = pd.DataFrame({"denominator": size})
        for name, level in LIMITS.items():
            reach = critical_z(level) * spread
            frame[f"lower_{name}"] = (self.target - reach).clip(lower=0)
            frame[f"upper_{name}"] = (self.target + reach).clip(upper=ceiling)
        return frame


def interval_of(found: Funnel, numerator: pd.Series, denominator: pd.Series) -> pd.DataFrame:
    """Return `value`, `lower` and `upper` at 95 percent, chance alone, in the unit of the funnel.

    Exact (Garwood) for rates, Wilson for shares.
    """
    if found.share:
        return wilson(numerator, denominator, per=found.per)
    return rate_interval(numerator, denominator, per=found.per)


def critical_z(level: float) -> float:
    """Return the z-score that encloses `level` of the normal distribution: 1.96 for 0.95."""
    return float(stats.norm.isf((1 - level) / 2))


def standard_error(target: float, denominator: pd.Series, *, share: bool) -> pd.Series:
    """Return the standard error of a rate (Poisson) or share (binomial) if the target holds.

    `target` is for one of the denominator.
    """
    variance = target * (1 - target) if share else target
    return np.sqrt(variance / denominator)


def winsorise(z: pd.Series, share: float = WINSORISED) -> pd.Series:
    """Draw z-scores beyond the quantiles `share` and 1 - `share` in to those quantiles.

    Quantiles are interpolated linearly between ordered values.
    """
    return z.clip(z.quantile(share), z.quantile(1 - share))


def overdispersion(z: pd.Series) -> tuple[float, float]:
    """Estimate how many times the variance of z-scores exceeds what chance gives.

    The estimate is the mean of the squared winsorised z-scores. If the target held and chance
    alone were at work, that mean times the number of forces would follow the chi-square
    distribution with as many degrees of freedom (winsorising makes the test a cautious one).

    Returns
    -------
    (phi, probability of a phi at least as large by chance)
    """
    phi = float((winsorise(z) ** 2).mean())
    return phi, float(stats.chi2.sf(len(z) * phi, len(z)))


def spread_between(phi: float, error: pd.Series) -> float:
    """Return the standard deviation of true values between forces, in the unit of `error`.

    This is the additive way to allow for overdispersion: true values are spread about the target,
    and chance comes on top. Its limits hardly narrow for large forces, where the multiplicative
    ones do. Estimated by the method of moments (DerSimonian and Laird 1986, Controlled Clinical
    Trials 7:177-188), from phi as Spiegelhalter and others (2012), Journal of the Royal
    Statistical Society A 175:1-47, do.
    """
    weight = 1 / error**2
    count = len(error)
    excess = count * phi - (count - 1)
    return float(np.sqrt(max(excess / (weight.sum() - (weight**2).sum() / weight.sum()), 0)))


def verdicts(adjusted_z: pd.Series) -> pd.Series:
    """Say on which side of the 95 and 99.8 percent limits each adjusted z-score lies."""
    inner, outer = critical_z(LIMITS["95"]), critical_z(LIMITS["99.8"])
    found = pd.Series(WITHIN, index=adjusted_z.index, dtype="object")
    found[adjusted_z > inner], found[adjusted_z < -inner] = ABOVE_95, BELOW_95
    found[adjusted_z > outer], found[adjusted_z < -outer] = ABOVE_998, BELOW_998
    return found


def funnel(areas: pd.DataFrame, target: float, *, per: float, share: bool) -> Funnel:
    """Compare each area with a target, given how much areas vary.

    Parameters
    ----------
    areas
        columns `numerator` and `denominator` (above zero), one row an area, none missing.
    target
        what every area would have if all were equal, for `per` of the denominator.
    per
        1000 for rates, 100 for percent.
    share
        whether the numerator is part of the denominator, so that the binomial applies.

    Raises
    ------
    ValueError
        for a target that is not above zero (and, for shares, below `per`).
    """
    expected = target / per
    if not 0 < expected < (1 if share else np.inf):
        raise ValueError(f"a funnel needs a target above nothing and below everything: {target}")
    value = areas["numerator"] / areas["denominator"]
    error = standard_error(expected, areas["denominator"], share=share)
    z = (value - expected) / error
    phi, p_value = overdispersion(z)
    factor = phi if phi > 1 and p_value < TEST_LEVEL else 1.0
    adjusted = z / factor**0.5
    between = spread_between(phi, error) if factor > 1 else 0.0
    additive = (value - expected) / np.sqrt(error**2 + between**2)
    points = areas[["numerator", "denominator"]].assign(
        value=value * per,
        z=z,
        adjusted_z=adjusted,
        verdict=verdicts(adjusted),
        additive_z=additive,
        additive_verdict=verdicts(additive),
    )
    return Funnel(points, float(target), float(per), share, phi, p_value, factor)


def funnel_of(indicator_id: str, parameters: Parameters) -> Funnel | None:
    """Return the funnel of an indicator for the forces that are ranked on it.

    The target is the value of England and Wales, whatever the book compares with. Forces that
    are excluded, unranked or without a value are left out. None where the indicator has no
    numerator and denominator in the book's period, or too few forces have them.
    """
    entry = indicator(indicator_id)
    period_end = latest_period(entry, pd.Timestamp(parameters.period_end))
    if period_end is None or entry.kind in ("score", "return"):
        return None
    areas = values_at(entry, period_end, parameters)
    points = ranked_forces(areas, entry, period_end)
    if len(points) < FEWEST_UNITS:
        return None
    share = entry.denominator == "offences"
    return funnel(points, areas.loc[ENGLAND_AND_WALES, "value"], per=entry.per, share=share)


def ranked_forces(areas: pd.DataFrame, entry: Indicator, period_end: pd.Timestamp) -> pd.DataFrame:
    """Return the forces among `areas` (of `values_at`) that have a value and are ranked."""
    forces = areas[areas.index.isin(all_forces())]
    rules = rules_for(entry, period_end)
    unranked = rules.loc[rules["effect"] == "not-ranked", "force"]
    known = forces.drop(unranked, errors="ignore").dropna(subset=["numerator", "denominator"])
    return known[["numerator", "denominator"]].astype(float)
