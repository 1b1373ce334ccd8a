"""Changes of a series beyond any plausible year, each of which needs a caveat that explains it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import yaml

from peelbook.indicators.catalogue import Indicator, indicator, load_catalogue
from peelbook.indicators.counts import numerators
from peelbook.indicators.outcomes import has_every_type
from peelbook.indicators.recorded_crime import release_of
from peelbook.parameters import force_slugs
from peelbook.tables import load_table
from peelbook.tables.periods import years_before
from peelbook.tables.project import PROJECT

THRESHOLDS = PROJECT / "frameworks" / "plausible_changes.yml"
ALL_FORCES = "all"
MAD_TO_STANDARD_DEVIATION = 1.4826
SERIES = ["indicator", "force", "period_end"]


@dataclass(frozen=True)
class Thresholds:
    """What counts as beyond any plausible year; the file of thresholds explains each."""

    smallest_count: int
    middle_force_percent: float
    force_robust_z: float
    least_spread: float
    force_factor: float
    first_period_end: date


def load_thresholds() -> Thresholds:
    """Return the thresholds of the file in `frameworks/`."""
    return Thresholds(**yaml.safe_load(THRESHOLDS.read_text(encoding="utf-8")))


def counted_series() -> pd.DataFrame:
    """Return the counts of every indicator that is counted, each period beside its year before.

    Returns
    -------
    DataFrame
        release (that the book takes the period from), indicator, force (43), period_end, count.
        A release is given with its own periods and the years before them, as it compares them.
    """
    told = [
        _of_release(entry, release, ends)
        for name in load_catalogue()
        if (entry := indicator(name)).kind != "return"
        for release, ends in _periods_by_release(entry)
    ]
    rows = pd.concat(told, ignore_index=True)[["release", *SERIES, "count"]]
    return rows[rows["force"].isin(force_slugs()) & rows["count"].notna()]


def _periods_by_release(entry: Indicator) -> Iterable[tuple[str, pd.Series]]:
    ends = numerators(entry)["period_end"].drop_duplicates()
    return ends.groupby(ends.map(lambda end: _release(entry, end)))


def _release(entry: Indicator, period_end: pd.Timestamp) -> str:
    if entry.kind == "rolling":
        return release_of(period_end)
    return "later" if entry.kind == "outcomes" and not has_every_type(period_end) else "first"


def _of_release(entry: Indicator, release: str, ends: pd.Series) -> pd.DataFrame:
    counted = numerators(entry, release=ends.iloc[0])
    shown = {*ends, *(years_before(end, 1) for end in ends)}
    counted = counted[counted["period_end"].isin(shown)]
    return counted.rename(columns={"numerator": "count"}).assign(
        indicator=entry.id, release=release
    )


def implausible_changes(counts: pd.DataFrame, thresholds: Thresholds) -> pd.DataFrame:
    """Return the changes from the 12 months before that are beyond any plausible year.

    Ratios of counts are compared on the logarithmic scale with the middle force of the same
    indicator and period; spread is the median absolute deviation, so that the cases looked for do
    not hide each other.

    Parameters
    ----------
    counts
        release, indicator, force, period_end and count, as :func:`counted_series` returns them.
    thresholds
        what is beyond plausible.

    Returns
    -------
    DataFrame
        indicator, force (``all`` where the middle force changed), period_end, before and after
        (counts; the sums of all forces for ``all``), percent (change; that of the middle force).
    """
    pairs = _with_year_before(counts)
    enough = pairs[["before", "count"]].max(axis=1) >= thresholds.smallest_count
    begun = pairs["period_end"] >= pd.Timestamp(thresholds.first_period_end)
    pairs = pairs[enough & begun]
    # half an offence more on both sides: a count may be 0
    ratio = np.log((pairs["count"].clip(lower=0) + 0.5) / (pairs["before"].clip(lower=0) + 0.5))
    group = [pairs["release"], pairs["indicator"], pairs["period_end"]]
    middle = ratio.groupby(group).transform("median")
    away = ratio - middle
    spread = away.abs().groupby(group).transform("median") * MAD_TO_STANDARD_DEVIATION
    robust_z = away / spread.clip(lower=thresholds.least_spread)
    of_force = (robust_z.abs() > thresholds.force_robust_z) & (
        ratio.abs() > np.log(thresholds.force_factor)
    )
    percent = np.expm1(middle) * 100
    of_all = percent.abs() > thresholds.middle_force_percent
    forces = pairs.assign(percent=np.expm1(ratio) * 100)[of_force]
    whole = pairs.assign(percent=percent)[of_all]
    key = ["release", "indicator", "period_end", "percent"]
    summed = whole.groupby(key, as_index=False)[["before", "count"]].sum()
    found = pd.concat([summed.assign(force=ALL_FORCES), forces])
    return found.rename(columns={"count": "after"})[[*SERIES, "before", "after", "percent"]]


def _with_year_before(counts: pd.DataFrame) -> pd.DataFrame:
    key = ["release", *SERIES]
    later = counts["period_end"] + pd.offsets.MonthEnd(12)
    before = counts.assign(period_end=later).rename(columns={"count": "before"})
    return counts.merge(before[[*key, "before"]], on=key, validate="one_to_one")


def unexplained(changes: pd.DataFrame) -> pd.DataFrame:
    """Return the changes that no row of the tables explains and for which a caveat is asked.

    A caveat explains a change if it says so (`explains_change`) and holds for the indicator, the
    force or all forces, and the period. A value that an exclusion takes out needs none.
    """
    caveats = load_table("caveats")
    exclusions = load_table("exclusions").query("effect != 'not-ranked'")
    rules = pd.concat([caveats[caveats["explains_change"]], exclusions], ignore_index=True)
    explained = [_explains(rules, change) for change in changes.itertuples()]
    return changes[~np.array(explained, dtype="bool")]


def _explains(rules: pd.DataFrame, change: object) -> bool:
    wild = rules["indicator"].str.endswith("*")
    starts = [change.indicator.startswith(name.removesuffix("*")) for name in rules["indicator"]]
    named = rules["indicator"].eq(change.indicator) | (wild & pd.Series(starts, rules.index))
    own = rules["force"].isin([ALL_FORCES, change.force])
    begun = rules["period_from"].isna() | rules["period_from"].le(change.period_end)
    ended = rules["period_to"].notna() & rules["period_to"].lt(change.period_end)
    return bool((named & own & begun & ~ended).any())
