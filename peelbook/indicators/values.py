"""Indicators computed for all police force areas at once, with rank, band and change."""

from __future__ import annotations

import pandas as pd

from peelbook.indicators.catalogue import Indicator, indicator
from peelbook.indicators.comparators import ENGLAND_AND_WALES, comparator_values
from peelbook.indicators.completeness import areas_that_do_not_compare
from peelbook.indicators.counts import BTP, denominators, is_restated, mid_year_of, numerators
from peelbook.indicators.rules import rules_for
from peelbook.indicators.scores import score_values
from peelbook.parameters import Parameters
from peelbook.statistics.ranks import band_by_quarter, percent_change, rank_descending
from peelbook.statistics.usual_range import usual_range
from peelbook.tables import load_table
from peelbook.tables.exclusions import missing_reason
from peelbook.tables.inputs import remembered
from peelbook.tables.periods import in_words, twelve_months_to, years_before
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
    "comparator_area",
    "rank",
    "of",
    "band",
    "unusual",
    "change",
    "change_unit",
    "status",
    "note",
]


TOO_OLD = 3
"""Years before the end of a book's period: a source that ended then or earlier would mislead."""


def latest_period(entry: Indicator, period_end: pd.Timestamp) -> pd.Timestamp | None:
    """Return the newest period of the indicator's source up to `period_end`, none if too early.

    It ended less than :data:`TOO_OLD` years before; an older one counts as absent.
    """
    if entry.kind == "return":
        return None
    known = numerators(entry)["period_end"]
    known = known[(known <= period_end) & (known > years_before(period_end, TOO_OLD))]
    return known.max() if len(known) else None


def values_at(
    entry: Indicator,
    period_end: pd.Timestamp,
    parameters: Parameters,
    *,
    base: bool = False,
    without: tuple[str, ...] = (),
    release: pd.Timestamp | None = None,
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
    release
        the period whose release the counts are taken from, `period_end` itself where none is given;
        an earlier period is compared within one release, where that holds both.

    Returns
    -------
    DataFrame indexed by `area` (force slug, region name, ``england-and-wales``) with columns
    `numerator`, `denominator`, `value` and `mid_year`. Excluded forces are absent, and absent
    from the sums; forces with incomplete data have a value, but are absent from
    the sums. England and Wales includes British Transport Police on request.
    """
    return _values_at(
        entry, period_end, parameters.for_all_forces(), base, without, release or period_end
    )


@remembered(maxsize=4096)
def _values_at(
    entry: Indicator,
    period_end: pd.Timestamp,
    parameters: Parameters,
    base: bool,
    without: tuple[str, ...],
    release: pd.Timestamp,
) -> pd.DataFrame:
    counted = numerators(
        entry,
        with_fraud=base and parameters.fraud_in_base_year,
        restated=base and entry.kind == "rolling" and is_restated(period_end),
        release=release,
    )
    counted = counted[counted["period_end"] == period_end]
    rules = rules_for(entry, period_end)
    excluded = [*rules.loc[rules["effect"] == "excluded", "force"], *without]
    counted = counted[~counted["force"].isin(excluded)]
    if entry.kind == "score":
        return score_values(counted, period_end)
    counted = _with_denominator(entry, counted, period_end, parameters)
    incomplete = rules.loc[rules["effect"] == "incomplete", "force"]
    whole = counted[~counted["force"].isin(incomplete)]
    areas = pd.concat([_forces(counted), _aggregates(whole, parameters)])
    return areas.assign(value=areas["numerator"] / areas["denominator"] * entry.per)


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
    DataFrame with the columns of :data:`COLUMNS`, one row an area: values per `unit`;
    `comparator_value` and the area that it was computed from (`comparator_area`: a region's name,
    ``england-and-wales`` or ``similar-forces``, missing where there is no value); `rank` 1 for the
    highest of `of` ranked forces; `band` by quarters; `unusual`, whether the force lies further
    from the others than forces commonly do (missing where that cannot be said); `change` against
    12 months earlier in `change_unit`; `status` one of ``computed``, ``published`` (printed in the
    report of an inspection), ``incomplete`` (shown, but neither ranked nor counted in England and
    Wales), ``excluded``, ``not-available``; and a `note` with the reason. What a user returned is
    put in by :mod:`peelbook.returns.figures`.
    """
    return _compute_indicator(indicator_id, parameters.for_all_forces())


@remembered(maxsize=4096)
def _compute_indicator(indicator_id: str, parameters: Parameters) -> pd.DataFrame:
    """Compute an indicator from what the project itself holds."""
    entry = indicator(indicator_id)
    book_end = pd.Timestamp(parameters.period_end)
    period_end = latest_period(entry, book_end)
    if period_end is not None:
        return _computed(entry, period_end, parameters)
    return _printed(entry, book_end, parameters)


def _computed(entry: Indicator, period_end: pd.Timestamp, parameters: Parameters) -> pd.DataFrame:
    areas = values_at(entry, period_end, parameters)
    rules = rules_for(entry, period_end)
    index = [*sorted(load_table("forces")["force"]), ENGLAND_AND_WALES]
    frame = areas.reindex(index)[["value", "numerator", "denominator"]]
    frame["change"] = _change(entry, period_end, parameters, areas).reindex(index)
    frame["status"] = frame["value"].notna().map({True: "computed", False: "not-available"})
    frame["note"] = ""
    for area in frame.index[frame["value"].isna()]:
        reason = missing_reason(entry.id, area, period_end)
        frame.loc[area, "note"] = reason or _range_held(entry, period_end)
    frame = _with_rules(frame, rules)
    frame = _with_rank(frame, rules, entry)
    incomplete = rules.loc[rules["effect"] == "incomplete", "force"]
    whole = areas.drop(incomplete, errors="ignore")
    compared = comparator_values(whole, entry, frame.index, parameters)
    frame[["comparator_value", "comparator_area"]] = compared[["value", "area"]]
    start = period_end if entry.kind == "officers" else twelve_months_to(period_end)
    return _finished(frame, entry, start, period_end)


def _with_rules(frame: pd.DataFrame, rules: pd.DataFrame) -> pd.DataFrame:
    marked = frame.copy()
    for rule in rules.itertuples():
        areas = marked.index if rule.force == "all" else marked.index[marked.index == rule.force]
        if rule.effect in ("no-change", "incomplete"):
            marked.loc[areas, "change"] = float("nan")
        if rule.effect in ("excluded", "incomplete"):
            marked.loc[areas, "status"] = rule.effect
            marked.loc[areas, "note"] = ""
        joined = marked.loc[areas, "note"] + " " + rule.reason
        marked.loc[areas, "note"] = joined.str.strip()
    return marked


def _with_rank(frame: pd.DataFrame, rules: pd.DataFrame, entry: Indicator) -> pd.DataFrame:
    unranked = rules.loc[rules["effect"].isin(["not-ranked", "incomplete"]), "force"].tolist()
    ranked = frame["value"].drop([ENGLAND_AND_WALES, *unranked], errors="ignore")
    several = ranked.notna().sum() > 1
    ranked = (ranked if several else ranked.iloc[:0]).dropna()
    counts = frame.loc[ranked.index]
    usual = (
        usual_range(counts["numerator"], counts["denominator"], per=entry.per, share=entry.is_share)
        if entry.kind != "score"
        else None
    )
    unusual = None if usual is None else usual.points["unusual"].astype("boolean")
    return frame.assign(
        rank=rank_descending(ranked).reindex(frame.index),
        of=pd.Series(len(ranked), index=ranked.index).reindex(frame.index).astype("Int64"),
        band=band_by_quarter(ranked).reindex(frame.index),
        unusual=pd.NA if unusual is None else unusual.reindex(frame.index),
    )


def _change(
    entry: Indicator, period_end: pd.Timestamp, parameters: Parameters, now: pd.DataFrame
) -> pd.Series:
    earlier = years_before(period_end, 1)
    if not (numerators(entry, release=period_end)["period_end"] == earlier).any():
        return pd.Series(float("nan"), index=now.index)
    base = values_at(entry, earlier, parameters, base=True, release=period_end)
    # a step from a year of which a part is missing is none
    base = base.drop([*areas_that_do_not_compare(entry, earlier)], errors="ignore")
    base = base.reindex(now.index)
    if entry.is_share:
        return now["value"] - base["value"]
    if entry.kind == "score":
        return (now["value"] / base["value"] - 1) * 100
    return percent_change(now["numerator"], base["numerator"])


def _printed(entry: Indicator, book_end: pd.Timestamp, parameters: Parameters) -> pd.DataFrame:
    """Take what the report of the inspection printed; a dash has its reason."""
    frame = _without_values(entry, book_end).set_index("area")
    rules = rules_for(entry, book_end)
    for rule in rules[rules["effect"] == "excluded"].itertuples():
        frame.loc[rule.force, ["status", "note"]] = ["excluded", rule.reason]
    inspected = parameters.inspected
    if inspected is None or not inspected.printed_figures:
        return frame.reset_index()[COLUMNS]
    known = published_values(entry.id)
    known = known[known["area"].isin(frame.index)].set_index("area")
    frame.loc[known.index, "value"] = known["value"]
    frame.loc[known.index, "status"] = "published"
    frame.loc[known.index, "note"] = "As printed in the 2016 report, " + known["place"] + "."
    frame.loc[known.index, ["period_start", "period_end"]] = known[["period_start", "period_end"]]
    if parameters.comparator == "england-and-wales" and ENGLAND_AND_WALES in known.index:
        # no report prints the value of a region or of similar forces, so none is shown for them
        frame["comparator_value"] = known.loc[ENGLAND_AND_WALES, "value"]
        frame["comparator_area"] = ENGLAND_AND_WALES
    return frame.reset_index()[COLUMNS]


def _without_values(entry: Indicator, period_end: pd.Timestamp) -> pd.DataFrame:
    index = [*sorted(load_table("forces")["force"]), ENGLAND_AND_WALES]
    frame = pd.DataFrame(index=index)
    frame[["value", "numerator", "denominator", "comparator_value", "change"]] = float("nan")
    frame["rank"] = frame["of"] = pd.Series(pd.NA, index=index, dtype="Int64")
    frame["comparator_area"] = frame["band"] = None
    frame["unusual"] = pd.Series(pd.NA, index=index, dtype="boolean")
    frame["status"] = "not-available"
    frame["note"] = [
        missing_reason(entry.id, area, period_end) or _range_held(entry, period_end)
        for area in index
    ]
    return _finished(frame, entry, twelve_months_to(period_end), period_end)


FIGURES_HELD = "The figures held here"
"""How the reason begins why a source has no value for a period."""
NOT_HELD = "The figure is not held here."


@remembered(maxsize=256)
def _range_held(entry: Indicator, period_end: pd.Timestamp) -> str:
    """Say which periods the source has, as the reason why another has no value."""
    if entry.kind == "return":
        return NOT_HELD
    known = numerators(entry).dropna(subset=["numerator"])["period_end"]
    if known.empty:
        return NOT_HELD
    first, last = in_words(known.min()), in_words(known.max())
    if period_end > known.max():
        return f"{FIGURES_HELD} end with those to {last}."
    if period_end < known.min():
        return f"{FIGURES_HELD} begin with those to {first}."
    return f"{FIGURES_HELD} are of periods from {first} to {last}, but not of this one."


def _finished(
    frame: pd.DataFrame, entry: Indicator, start: pd.Timestamp, end: pd.Timestamp
) -> pd.DataFrame:
    return (
        frame.rename_axis("area")
        .reset_index()
        .assign(
            indicator=entry.id,
            unit=entry.unit,
            change_unit="percentage points" if entry.is_share else "percent",
            period_start=start,
            period_end=end,
        )
        .reindex(columns=COLUMNS)
    )
