"""What two prints of one figure may differ by, and why: the one list of tolerated differences.

Markers for no value and other blemishes that are read in a documented way are in `blemishes`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from peelbook.errors import ReleaseFormatError


@dataclass(frozen=True)
class Tolerance:
    """A difference is tolerated up to `least`, or up to `share` of the larger figure."""

    share: float
    least: float
    reason: str

    def exceeded(self, one: pd.Series, other: pd.Series) -> pd.Series:
        """Say where two figures differ by more than is tolerated."""
        larger = pd.concat([one.abs(), other.abs()], axis=1).max(axis=1)
        return (one - other).abs() > (larger * self.share).clip(lower=self.least)


TOLERANCES = {
    "one edition": Tolerance(
        0.003,
        10,
        "The rolling file and the workbook of the same quarter count a few late burglaries under "
        "an expired code differently; otherwise they are equal.",
    ),
    "an earlier edition": Tolerance(
        0.1,
        120,
        "Forces revise the counts of a year in the editions after it; the City of London's few "
        "offences by up to a quarter.",
    ),
    "later editions, all crime": Tolerance(
        0.1,
        100,
        "Forces go on to revise for years: all recorded crime of a force and year by up to 9 "
        "percent between the rolling file of 2019 and the open data of 2023 or 2026.",
    ),
    "later editions, one group": Tolerance(
        0.6,
        100,
        "Offences that are reclassified later move between groups: public order offences of "
        "Norfolk in 2015 by a third.",
    ),
    "neighbouring periods": Tolerance(
        0.35,
        150,
        "12 months that end a quarter apart share nine months, so a count lies near the middle "
        "of its neighbours unless forces change how they record.",
    ),
    "incidents in two workbooks": Tolerance(
        0.08,
        50,
        "Forces revise incidents of anti-social behaviour of earlier years: Cheshire's of 2017/18 "
        "by 6 percent.",
    ),
    "rate over population": Tolerance(
        0.0095,
        0,
        "Rates divide by the population two years before, as it stood when the rate was made; "
        "Table P9 prints it revised, in most areas by under half a percent.",
    ),
    "population of two tables": Tolerance(
        0,
        150,
        "The force area tables round residents to 100, and authorities are added up to the "
        "person; estimates have been revised by a little.",
    ),
    "score of two editions": Tolerance(
        0.06,
        0.05,
        "Severity scores are made anew for all years in each edition, with revised offences: the "
        "score of North Wales for 2015/16 by 5 percent.",
    ),
    "score of two years": Tolerance(
        0.4,
        2,
        "The score of a force changes by up to 30 percent in a year: that of Durham in 2017/18.",
    ),
    "printed total of households": Tolerance(
        0.001,
        0,
        "Households of England and Wales are estimated apart from those of the force areas, so "
        "that the printed total may not be the sum.",
    ),
    "officers of two years": Tolerance(
        0.35,
        60,
        "Officers of a force change by up to a fifth in a year, and in the City of London, with "
        "under a thousand, by up to a third.",
    ),
}


def near_the_year_before(
    tidy: pd.DataFrame, figure: str, period: str, tolerance: str, said: str, path: Path
) -> None:
    """Refuse a figure of a force that is further from the year before than `tolerance` allows.

    Parameters
    ----------
    tidy
        `force` and the two columns that are named next, a row for each force and year.
    figure, period
        columns of the figure, and of the day by which the years are in order.
    tolerance
        name in :data:`TOLERANCES`.
    said
        how the two figures are told, with two places in braces: of the year, and of the one before.
    path
        the file, for its name.

    Raises
    ------
    ReleaseFormatError
        Naming the first row that is further.
    """
    ordered = tidy.sort_values(["force", period], kind="stable")
    before = ordered.groupby("force")[figure].shift(1)
    wrong = TOLERANCES[tolerance].exceeded(ordered[figure], before)
    if wrong.any():
        row = wrong.index[wrong].min()
        told = said.format(ordered[figure][row], before[row])
        raise ReleaseFormatError(path.name, None, row, f"{ordered['force'][row]}: {told}")
