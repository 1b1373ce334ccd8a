"""Confidence intervals of counts, rates, shares and changes, for all areas at once.

They say how far chance alone could move a figure, taking each crime as an independent event.
Crimes come in series, so the true uncertainty of a rate is wider; see :mod:`peelbook.indicators.usual`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

LEVEL = 0.95
Numbers = pd.Series | npt.ArrayLike


def garwood(counts: Numbers, level: float = LEVEL) -> pd.DataFrame:
    """Return the exact interval of Poisson counts, from quantiles of the chi-square distribution.

    Source: Garwood (1936), Fiducial limits for the Poisson distribution, Biometrika 28:437-442.

    Parameters
    ----------
    counts
        events, zero or more; missing stays missing.
    level
        confidence level, between 0 and 1.

    Returns
    -------
    DataFrame with columns `lower`, `upper` (events) and the index of `counts`.
    """
    known = _series(counts)
    tail = (1 - level) / 2
    # the lower limit of no events is zero, where the chi-square has no degrees of freedom
    lower = stats.chi2.ppf(tail, 2 * known.clip(lower=1)) / 2
    upper = stats.chi2.isf(tail, 2 * (known + 1)) / 2
    return _limits(known, np.where(known == 0, 0.0, lower), upper)


def byar(counts: Numbers, level: float = LEVEL) -> pd.DataFrame:
    """Return Byar's approximation to the exact interval of Poisson counts.

    Within half a percent of the exact limits from seven events onwards. Source: Breslow and Day
    (1987), Statistical methods in cancer research II, IARC, page 69. Arguments and columns are
    those of :func:`garwood`.
    """
    known = _series(counts)
    z = stats.norm.isf((1 - level) / 2)
    some, more = known.clip(lower=1), known + 1
    lower = some * (1 - 1 / (9 * some) - z / (3 * np.sqrt(some))) ** 3
    upper = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    return _limits(known, np.where(known == 0, 0.0, lower.clip(lower=0)), upper)


POISSON_METHODS = {"exact": garwood, "byar": byar}


def rate_interval(
    numerator: Numbers,
    denominator: Numbers,
    *,
    per: float = 1000,
    method: str = "exact",
    level: float = LEVEL,
) -> pd.DataFrame:
    """Return rates with their interval; the denominator is taken as known without error.

    Parameters
    ----------
    numerator, denominator
        events, and residents or households, with one index.
    per
        the multiple of the denominator that the rate is given for.
    method
        ``exact`` (:func:`garwood`) or ``byar``.
    level
        confidence level.

    Returns
    -------
    DataFrame with columns `value`, `lower`, `upper` (events for `per` of the denominator).

    Raises
    ------
    KeyError
        for another method.
    """
    events, exposed = _series(numerator), _series(denominator)
    limits = POISSON_METHODS[method](events, level)
    both = limits.assign(value=events)[["value", "lower", "upper"]]
    return both.div(exposed, axis="index") * per


def wilson(
    numerator: Numbers, denominator: Numbers, *, per: float = 1, level: float = LEVEL
) -> pd.DataFrame:
    """Return shares with Wilson's score interval, which never leaves the range from 0 to 1.

    Source: Wilson (1927), JASA 22:209-212; recommended by Newcombe (1998), Statistics in
    Medicine 17:857-872, without continuity correction.

    Returns
    -------
    DataFrame with columns `value`, `lower`, `upper` (shares times `per`; 100 for percent).
    """
    some, all_ = _series(numerator), _series(denominator)
    share, z = some / all_, stats.norm.isf((1 - level) / 2)
    centre = share + z**2 / (2 * all_)
    half = z * np.sqrt(share * (1 - share) / all_ + z**2 / (4 * all_**2))
    scale = 1 + z**2 / all_
    lower = ((centre - half) / scale).clip(lower=0).mask(some == 0, 0.0)
    upper = ((centre + half) / scale).clip(upper=1).mask(some == all_, 1.0)
    return _limits(share, lower, upper).assign(value=share)[["value", "lower", "upper"]] * per


def count_ratio(now: Numbers, base: Numbers, level: float = LEVEL) -> pd.DataFrame:
    """Return the ratio of two Poisson counts with its exact conditional interval.

    Given their sum, the later count is binomial with probability r / (1 + r), where r is the
    ratio of the two means, so the exact interval of that probability (Clopper and Pearson) gives
    the interval of the ratio. Source: Przyborowski and Wilenski (1940), Biometrika 31:313-323.

    Parameters
    ----------
    now, base
        counts of the later and the earlier period, with one index.
    level
        confidence level.

    Returns
    -------
    DataFrame with columns `value`, `lower`, `upper`: ratios; the upper one is infinite, and
    `value` too or missing, where the earlier count is zero.
    """
    later, earlier = _series(now), _series(base)
    tail = (1 - level) / 2
    least = stats.beta.ppf(tail, later.clip(lower=1), earlier + 1)
    most = stats.beta.isf(tail, later + 1, earlier.clip(lower=1))
    lower = np.where(later == 0, 0.0, least / (1 - least))
    upper = np.where(earlier == 0, np.inf, most / (1 - most))
    ratio = later / earlier
    known = later.where(earlier.notna())
    return _limits(known, lower, upper).assign(value=ratio)[["value", "lower", "upper"]]


def change_interval(now: Numbers, base: Numbers, level: float = LEVEL) -> pd.DataFrame:
    """Return the percentage change of counts with its interval, from :func:`count_ratio`.

    Returns
    -------
    DataFrame with columns `value`, `lower`, `upper` in percent of the earlier count.
    """
    return (count_ratio(now, base, level) - 1) * 100


def _series(numbers: Numbers) -> pd.Series:
    return pd.Series(numbers).astype(float)


def _limits(known: pd.Series, lower: npt.ArrayLike, upper: npt.ArrayLike) -> pd.DataFrame:
    frame = pd.DataFrame({"lower": lower, "upper": upper}, index=known.index, dtype=float)
    return frame.where(known.notna())
