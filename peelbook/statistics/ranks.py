"""Comparison: rank, quarter bands, change over time. Knows nothing of charts or of words."""

from __future__ import annotations

import pandas as pd

HIGHEST = "one of the highest"
LOWEST = "one of the lowest"
IN_LINE = "broadly in line with"
SMALLEST_BASE = 50
"""ONS prints no percentage change from a base of fewer than 50 (its tables P2)."""


def rank_descending(values: pd.Series) -> pd.Series:
    """Rank values from the highest (1); equal values share the better rank; gaps stay gaps."""
    return values.rank(ascending=False, method="min").astype("Int64")


def band_by_quarter(values: pd.Series) -> pd.Series:
    """Say whether each value lies in the top or the bottom quarter of the ranked forces.

    The rule of the 2016 report (annex A, figure 4): the top and the bottom 25 percent of ranked
    forces are highlighted, all others are broadly in line with England and Wales. With `n`
    values a force is among the highest when its rank from the top is at most `n / 4`, and among
    the lowest likewise from the bottom; of 43 forces, ten each. A value shared by forces on both
    sides of the line has the better rank, so all of them are highlighted - unless that would
    put a force in both bands, as when all values are equal: then it is in line.

    Parameters
    ----------
    values
        one number a force, missing where the force is not ranked.

    Returns
    -------
    Series of text with the same index: ``one of the highest``, ``one of the lowest``,
    ``broadly in line with``, or missing.
    """
    count = int(values.notna().sum())
    high = values.rank(ascending=False, method="min") <= count / 4
    low = values.rank(ascending=True, method="min") <= count / 4
    band = pd.Series(IN_LINE, index=values.index, dtype="object")
    band[high & ~low] = HIGHEST
    band[low & ~high] = LOWEST
    return band.where(values.notna(), None)


def percent_change(now: pd.Series, base: pd.Series) -> pd.Series:
    """Return the percentage change of counts; missing where the base is fewer than 50.

    Both series hold counts with the same index. With one denominator for both years, as in the
    2016 report, this is also the percentage change of the rate.
    """
    usable = base.where(base >= SMALLEST_BASE)
    return (now / usable - 1) * 100
