"""Indicators computed for all police force areas at once, with rank, band and change."""

from __future__ import annotations

import pandas as pd

from peelbook.indicators.catalogue import Indicator, indicator
from peelbook.indicators.comparators import ENGLAND_AND_WALES, comparator_values
from peelbook.indicators.counts import BTP, denominators, is_restated, mid_year_of, numerators
from peelbook.indicators.scores import score_values
from peelbook.parameters import Parameters
from peelbook.statistics.ranks import band_by_quarter, percent_change, rank_descending
from peelbook.tables import load_table
from peelbook.tables.exclusions import exclusions_for
from peelbook.tables.inputs import remembered
from peelbook.tables.periods import REPORT_PERIOD_END, twelve_months_to, years_before
from peelbook.tables.published import published_values

COLUMNS = [
    "indicator",
    "area",
    "period_start",
    "period_end",
    "value",
    "unit",
    "numerator",
    "denominator",
    "comparator_value",
    "rank",
    "of",
    "band",
    "change",
    "status",
    "note",
]
NOT_PUBLISHED = "Forces' data returns and surveys were not published in bulk."
OUTCOMES_BEFORE_2017 = (
    "The October 2016 release of outcomes is no longer published; "
    "open data for every force begin with offences recorded in 2017/18."
)
NOT_YET = "The source has no figure for this period."


def latest_period(entry: Indicator, period_end: pd.Timestamp) -> pd.Timestamp | None:
    """Return the newest period of the indicator's source up to `period_end`, none if too early.

    A source more than three years behind the book would mislead; it counts as absent.
    """
    if entry.kind == "return":
        return None
    known = numerators(entry)["period_end"]
    known = known[(known <= period_end) & (known > years_before(period_end, 3))]
    return known.max() if len(known) else None


def values_at(
    entry: Indicator,
    period_end: pd.Timestamp,
    parameters: Parameters,
    *,
    base: bool = False,
    without: tuple[str, ...] = (),
) -> pd.DataFrame:
    """Compute one indicator for every force, region, and England and Wales in one period.

    Parameters
    ----------
    entry
        a catalogue entry that can be computed (not of kind ``return``).
    period_end
        last day of the period, which the source must hold.
    parameters
        the book's parameter set; the vintage of the denominator belongs to `period_end`.
    base
        whether the period is the earlier one of a comparison: fraud may be left in, and counts
        are those that the release for the year after compares with, where it restates them.
    without
        forces to leave out besides those of the exclusions table.

    Returns
    -------
    DataFrame indexed by `area` (force slug, region name, ``england-and-wales``) with columns
    `numerator`, `denominator`, `value` and `mid_year`. Excluded forces are absent, and absent
    from the sums. England and Wales includes British Transport Police on request.
    """
    return _values_at(entry, period_end, parameters.for_all_forces(), base, without)


@remembered(maxsize=4096)
def _values_at(
    entry: Indicator,
    period_end: pd.Timestamp,
    parameters: Parameters,
    base: bool,
    without: tuple[str, ...],
) -> pd.DataFrame:
    counted = numerators(
        entry,
        with_fraud=base and parameters.fraud_in_base_year,
        restated=base and entry.kind == "rolling" and is_restated(period_end),
    )
    counted = counted[counted["period_end"] == period_end]
    excluded = [*_excluded(entry, period_end), *without]
    counted = counted[~counted["force"].isin(excluded)]
    if entry.kind == "score":
        return score_values(counted, period_end)
    counted = _with_denominator(entry, counted, period_end, parameters)
    areas = pd.concat([_forces(counted), _aggregates(counted, parameters)])
    return areas.assign(value=areas["numerator"] / areas["denominator"] * entry.per)


def _excluded(entry: Indicator, period_end: pd.Timestamp) -> list[str]:
    rules = exclusions_for(entry.id, period_end)
    return rules.loc[rules["effect"] == "excluded", "force"].tolist()


def _with_denominator(
    entry: Indicator, counted: pd.DataFrame, period_end: pd.Timestamp, parameters: Parameters
) -> pd.DataFrame:
    if entry.denominator == "offences":
        return counted.rename(columns={"recorded": "denominator"}).assign(mid_year=pd.NA)
    mid_year = mid_year_of(entry, period_end, parameters.households_mid_year)
    return counted.merge(
        denominators(entry.denominator, mid_year), on="force", how="left", validate="one_to_one"
    )


def _forces(counted: pd.DataFrame) -> pd.DataFrame:
    return counted[counted["force"] != BTP].set_index("force")[
        ["numerator", "denominator", "mid_year"]
    ]


def _aggregates(counted: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """Pool forces that have a numerator into regions and England and Wales."""
    known = counted.dropna(subset=["numerator"])
    regions = load_table("forces").set_index("force")["region"]
    territorial = known[known["force"] != BTP]
    pooled = territorial if not parameters.british_transport_police else known
    sums = ["numerator", "denominator"]
    country = pooled[sums].sum().to_frame(ENGLAND_AND_WALES).T
    by_region = territorial.groupby(territorial["force"].map(regions))[sums].sum()
    mid_year = known["mid_year"].iloc[0] if len(known) else pd.NA
    return pd.concat([by_region, country]).assign(mid_year=mid_year)


def compute_indicator(indicator_id: str, parameters: Parameters) -> pd.DataFrame:
    """Compute an indicator for the 43 forces and England and Wales, with its comparison.

    Returns
    -------
    DataFrame with the columns of :data:`COLUMNS`, one row an area: values per `unit`, `rank` 1
    for the highest of `of` ranked forces, `change` against 12 months earlier in percent (in
    percentage points for shares), `status` one of ``computed``, ``published`` (taken from the
    2016 report), ``excluded``, ``not-available``, and a `note` with the reason. What a user
    returned is put in by :mod:`peelbook.returns.figures`.
    """
    return _compute_indicator(indicator_id, parameters.for_all_forces())


@remembered(maxsize=4096)
def _compute_indicator(indicator_id: str, parameters: Parameters) -> pd.DataFrame:
    """Compute an indicator from what the project itself holds."""
    entry = indicator(indicator_id)
    book_end = pd.Timestamp(parameters.period_end)
    period_end = latest_period(entry, book_end)
    if entry.kind in ("return", "outcomes") and book_end == REPORT_PERIOD_END:
        return _published(entry, parameters)
    if period_end is None:
        reason = NOT_PUBLISHED if entry.kind == "return" else NOT_YET
        return _without_values(entry, book_end, reason)
    return _computed(entry, period_end, parameters)


def _computed(entry: Indicator, period_end: pd.Timestamp, parameters: Parameters) -> pd.DataFrame:
    areas = values_at(entry, period_end, parameters)
    rules = exclusions_for(entry.id, period_end)
    index = [*sorted(load_table("forces")["force"]), ENGLAND_AND_WALES]
    frame = areas.reindex(index)[["value", "numerator", "denominator"]]
    frame["change"] = _change(entry, period_end, parameters, areas).reindex(index)
    frame["status"] = frame["value"].notna().map({True: "computed", False: "not-available"})
    frame["note"] = ""
    frame.loc[frame["value"].isna(), "note"] = NOT_YET
    frame = _with_rules(frame, rules)
    frame = _with_rank(frame, rules)
    frame["comparator_value"] = comparator_values(areas, entry, frame.index, parameters)
    start = period_end if entry.kind == "headcount" else twelve_months_to(period_end)
    return _finished(frame, entry, start, period_end)


def _with_rules(frame: pd.DataFrame, rules: pd.DataFrame) -> pd.DataFrame:
    marked = frame.copy()
    for rule in rules.itertuples():
        areas = marked.index if rule.force == "all" else marked.index[marked.index == rule.force]
        if rule.effect == "no-change":
            marked.loc[areas, "change"] = float("nan")
        if rule.effect == "excluded":
            marked.loc[areas, "status"] = "excluded"
            marked.loc[areas, "note"] = ""
        joined = marked.loc[areas, "note"] + " " + rule.reason
        marked.loc[areas, "note"] = joined.str.strip()
    return marked


def _with_rank(frame: pd.DataFrame, rules: pd.DataFrame) -> pd.DataFrame:
    unranked = rules.loc[rules["effect"] == "not-ranked", "force"].tolist()
    ranked = frame["value"].drop([ENGLAND_AND_WALES, *unranked], errors="ignore")
    several = ranked.notna().sum() > 1
    ranked = ranked if several else ranked.iloc[:0]
    return frame.assign(
        rank=rank_descending(ranked).reindex(frame.index),
        of=pd.Series(int(ranked.notna().sum()), index=ranked.dropna().index)
        .reindex(frame.index)
        .astype("Int64"),
        band=band_by_quarter(ranked).reindex(frame.index),
    )


def _change(
    entry: Indicator, period_end: pd.Timestamp, parameters: Parameters, now: pd.DataFrame
) -> pd.Series:
    earlier = years_before(period_end, 1)
    if not (numerators(entry)["period_end"] == earlier).any():
        return pd.Series(float("nan"), index=now.index)
    base = values_at(entry, earlier, parameters, base=True)
    if entry.is_share:
        return now["value"] - base["value"]
    if entry.kind == "score":
        return (now["value"] / base["value"] - 1) * 100
    return percent_change(now["numerator"], base["numerator"].reindex(now.index))


def _published(entry: Indicator, parameters: Parameters) -> pd.DataFrame:
    """Take what the 2016 report published; every other force has a dash and the reason."""
    reason = OUTCOMES_BEFORE_2017 if entry.kind == "outcomes" else NOT_PUBLISHED
    frame = _without_values(entry, pd.Timestamp(parameters.period_end), reason)
    known = published_values(entry.id)
    frame = frame.set_index("area")
    rules = exclusions_for(entry.id, REPORT_PERIOD_END)
    for rule in rules[rules["effect"] == "excluded"].itertuples():
        frame.loc[rule.force, ["status", "note"]] = ["excluded", rule.reason]
    for row in known[known["area"].isin(frame.index)].itertuples():
        frame.loc[row.area, ["value", "status"]] = [row.value, "published"]
        frame.loc[row.area, "note"] = f"As published in the 2016 report, {row.place}."
        frame.loc[row.area, ["period_start", "period_end"]] = [row.period_start, row.period_end]
    frame["comparator_value"] = frame.loc[ENGLAND_AND_WALES, "value"]
    return frame.reset_index()[COLUMNS]


def _without_values(entry: Indicator, period_end: pd.Timestamp, reason: str) -> pd.DataFrame:
    index = [*sorted(load_table("forces")["force"]), ENGLAND_AND_WALES]
    frame = pd.DataFrame(index=index)
    numbers = ["value", "numerator", "denominator", "comparator_value", "change"]
    frame[numbers] = float("nan")
    frame["rank"] = frame["of"] = pd.Series(pd.NA, index=index, dtype="Int64")
    frame["band"], frame["status"], frame["note"] = None, "not-available", reason
    return _finished(frame, entry, twelve_months_to(period_end), period_end)


def _finished(
    frame: pd.DataFrame, entry: Indicator, start: pd.Timestamp, end: pd.Timestamp
) -> pd.DataFrame:
    return (
        frame.rename_axis("area")
        .reset_index()
        .assign(indicator=entry.id, unit=entry.unit, period_start=start, period_end=end)
        .reindex(columns=COLUMNS)
    )
