"""Changes of a series beyond any plausible year, each of which needs a caveat that explains it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

from peelbook.indicators.catalogue import Indicator, indicator, load_catalogue
from peelbook.indicators.counts import numerators
from peelbook.indicators.outcomes import every_type
from peelbook.parameters import force_slugs
from peelbook.tables import load_table

THRESHOLDS = Path(__file__).resolve().parents[2] / "frameworks" / "plausible_changes.yml"
ALL_FORCES = "all"
MAD_TO_STANDARD_DEVIATION = 1.4826
SERIES = ["indicator", "force", "period_end"]
LATER_OUTCOMES = {1: "outcome-charged-summonsed", 8: "outcome-community-resolution"}
LATER_ASSIGNED = "outcome-total-assigned"


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
    """Return the counts of every indicator that is counted, and of the later outcomes and totals.

    Returns
    -------
    DataFrame
        release (which of two sources of one indicator), indicator, force (43), period_end, count.
    """
    told = [
        numerators(entry, release=_first_release(entry))
        .rename(columns={"numerator": "count"})
        .assign(indicator=name)
        for name in load_catalogue()
        if (entry := indicator(name)).kind != "return"
    ]
    both = [pd.concat(told).assign(release="first"), _later().assign(release="later")]
    rows = pd.concat(both, ignore_index=True)[["release", *SERIES, "count"]]
    return rows[rows["force"].isin(force_slugs()) & rows["count"].notna()]


def _first_release(entry: Indicator) -> pd.Timestamp | None:
    """Return a period of the earlier of two releases: a change from one to another is none."""
    if entry.kind == "outcomes":
        return every_type()["period_end"].min()
    return load_table("recorded_crime")["period_end"].max() if entry.kind == "rolling" else None


def _later() -> pd.DataFrame:
    outcomes = load_table("outcomes_by_year").rename(columns={"offences": "count"})
    assigned = outcomes["measure"].eq("assigned")
    names = outcomes["outcome_type"].map(LATER_OUTCOMES).mask(assigned, LATER_ASSIGNED)
    totals = load_table("recorded_crime_by_year").rename(columns={"offences": "count"})
    return pd.concat(
        [
            outcomes.assign(indicator=names).dropna(subset="indicator"),
            totals.assign(indicator="recorded-crime"),
        ]
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
