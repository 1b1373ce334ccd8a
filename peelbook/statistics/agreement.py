"""How well two sets of grades agree: confusion matrix, accuracy, weighted kappa, intervals.

Intervals are percentiles of a bootstrap that draws whole forces with replacement, for the grades of
one force in several years are not independent of each other. Where every pair agrees no resample
differs, so accuracy has the exact binomial interval of as many forces and kappa has none.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import stats

RESAMPLES, SEED = 2_000, 2016
INTERVAL = (2.5, 97.5)
STATISTICS = ["statistic", "value", "low", "high"]


def confusion(pairs: pd.DataFrame, grades: Sequence[str]) -> pd.DataFrame:
    """Count published (rows) against computed (columns); both in the order of `grades`."""
    counts = pd.crosstab(pairs["published"], pairs["computed"])
    return counts.reindex(index=list(grades), columns=list(grades), fill_value=0)


def accuracy(matrix: np.ndarray) -> np.ndarray:
    """Return the share on the diagonal of one or more confusion matrices (last two axes)."""
    return np.trace(matrix, axis1=-2, axis2=-1) / matrix.sum(axis=(-2, -1))


def weighted_kappa(matrix: np.ndarray) -> np.ndarray:
    """Return Cohen's kappa with quadratic weights (Cohen 1968) of one or more matrices.

    It is 1 for full agreement and 0 for what chance gives from the totals of rows and columns, as a
    constant guess does. Missing where rows and columns hold one and the same grade.
    """
    size = matrix.shape[-1]
    weight = (np.arange(size)[:, None] - np.arange(size)) ** 2
    total = matrix.sum(axis=(-2, -1))
    expected = matrix.sum(axis=-1)[..., :, None] * matrix.sum(axis=-2)[..., None, :]
    by_chance = (weight * expected).sum(axis=(-2, -1)) / total
    seen = (weight * matrix).sum(axis=(-2, -1))
    with np.errstate(invalid="ignore"):
        return np.where(by_chance > 0, 1 - np.divide(seen, by_chance), np.nan)


def agreement_statistics(
    pairs: pd.DataFrame, grades: Sequence[str], resamples: int = RESAMPLES, seed: int = SEED
) -> pd.DataFrame:
    """Return accuracy, weighted kappa and baselines with 95 percent intervals.

    `pairs` has `force`, `published` and `computed`; `grades` run from best to worst and include
    good.

    Returns
    -------
    DataFrame with columns `statistic`, `value`, `low`, `high`. Statistics are `accuracy`,
    `weighted kappa`, `accuracy of always good`, `accuracy of the commonest grade` (commonest among
    these very rows, which flatters it) and `accuracy above the commonest grade` (a difference).
    """
    matrices = _confusion_by_force(pairs, grades)
    whole = matrices.sum(axis=0)
    forces = len(matrices)
    drawn = np.random.default_rng(seed).multinomial(forces, np.full(forces, 1 / forces), resamples)
    again = np.tensordot(drawn, matrices, axes=1)
    good = list(grades).index("good")
    commonest = int(whole.sum(axis=1).argmax())
    told = []
    for name, statistic in {
        "accuracy": accuracy,
        "weighted kappa": weighted_kappa,
        "accuracy of always good": lambda m: _share_published(m, good),
        "accuracy of the commonest grade": lambda m: _share_published(m, commonest),
        "accuracy above the commonest grade": (
            lambda m: accuracy(m) - _share_published(m, commonest)
        ),
    }.items():
        low, high = _percentiles(statistic(again))
        if name == "accuracy" and np.isnan(low):
            low, high = _exact(float(statistic(whole)), forces)
        told.append((name, float(statistic(whole)), low, high))
    return pd.DataFrame(told, columns=STATISTICS)


def _confusion_by_force(pairs: pd.DataFrame, grades: Sequence[str]) -> np.ndarray:
    """Return the confusion matrix of each force, forces in alphabetical order."""
    force = pd.Categorical(pairs["force"])
    published, computed = (
        pd.Categorical(pairs[column], categories=list(grades)).codes
        for column in ("published", "computed")
    )
    matrices = np.zeros((len(force.categories), len(grades), len(grades)), dtype=int)
    known = (published >= 0) & (computed >= 0)
    np.add.at(matrices, (force.codes[known], published[known], computed[known]), 1)
    return matrices


def _share_published(matrix: np.ndarray, grade: int) -> np.ndarray:
    return matrix[..., grade, :].sum(axis=-1) / matrix.sum(axis=(-2, -1))


def _percentiles(values: np.ndarray) -> tuple[float, float]:
    known = values[~np.isnan(values)]
    if not len(known) or known.min() == known.max():
        return float("nan"), float("nan")
    low, high = np.percentile(known, INTERVAL)
    return float(low), float(high)


def _exact(share: float, forces: int) -> tuple[float, float]:
    """Return the exact interval of a share of 0 or 1, of which no resample can differ."""
    found = stats.binomtest(round(share * forces), forces).proportion_ci(0.95, method="exact")
    return float(found.low), float(found.high)
