"""Indicators from supplied data returns: which period belongs to a book, and how forces are pooled."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from peelbook.indicators import values
from peelbook.indicators.catalogue import Indicator, indicator, load_catalogue
from peelbook.indicators.comparators import SIMILAR_FORCES
from peelbook.indicators.rules import rules_for
from peelbook.indicators.similar_forces import pooled_over_similar
from peelbook.parameters import Parameters
from peelbook.returns.supplied import BY_TYPE, COUNTRY, SHARED, multiple_of, read_returns
from peelbook.statistics.ranks import band_by_quarter, percent_change, rank_descending
from peelbook.statistics.usual_range import usual_range
from peelbook.tables.forces import PRACTICE, all_forces
from peelbook.tables.inputs import remembered
from peelbook.tables.periods import denominator_mid_year, years_before
from peelbook.tables.supplied import bytes_of, fingerprint_of

FEWEST_POOLED = 2
"""One force alone says nothing about England and Wales."""
COUNTS = ["numerator", "denominator"]


def compute_indicator(indicator_id: str, parameters: Parameters) -> pd.DataFrame:
    """Compute an indicator as the book shows it, with the user's file of returns where one is given.

    In and out as :func:`peelbook.indicators.values.compute_indicator`, plus status ``returned``
    (from the file of returns). The practice force has a row only where the file has one.
    """
    held = values.compute_indicator(indicator_id, parameters)
    if parameters.returns and indicator(indicator_id).kind == "return":
        return with_returned(held, indicator_id, parameters)
    return held


def indicator_table(parameters: Parameters) -> pd.DataFrame:
    """Compute the whole catalogue for the 43 forces and England and Wales, returns included."""
    return pd.concat(
        [compute_indicator(name, parameters) for name in load_catalogue()], ignore_index=True
    )


def with_returned(held: pd.DataFrame, indicator_id: str, parameters: Parameters) -> pd.DataFrame:
    """Put what the user's file of returns says in place of what the project holds.

    Parameters
    ----------
    held
        the indicator's rows as :func:`peelbook.indicators.values.compute_indicator` gives them.
    indicator_id
        an indicator of kind ``return``.
    parameters
        a parameter set that names a file of returns.

    Returns
    -------
    DataFrame with the same columns. Supplied rows have status ``returned`` and a note that names
    the file; only forces with a supplied figure are ranked. The practice force has a row where
    the file has one, and is never ranked.
    """
    path = Path(parameters.returns)
    # by its content, for a user may correct the file and ask again
    fingerprint = fingerprint_of(bytes_of(path))
    book_end = pd.Timestamp(parameters.period_end)
    supplied = _supplied_rows(indicator_id, str(path), book_end, fingerprint)
    if supplied is None:
        return held
    kept = held.set_index("area")
    practice = supplied.index.intersection([PRACTICE.slug])
    order = kept.index.union(practice, sort=False)
    given = supplied.loc[supplied.index.isin(order)].assign(
        indicator=indicator_id, unit=indicator(indicator_id).unit
    )
    rest = kept.drop(given.index, errors="ignore")
    rules = rules_for(indicator(indicator_id), given["period_end"].iloc[0])
    for rule in rules[rules["effect"] == "excluded"].itertuples():
        rest.loc[rest.index == rule.force, ["status", "note"]] = ["excluded", rule.reason]
    frame = pd.concat([rest.astype(object), given.astype(object)]).reindex(order)
    compared = _comparator(frame["value"], supplied, indicator_id, parameters)
    frame[["comparator_value", "comparator_area"]] = compared[["value", "area"]]
    frame["change_unit"] = held["change_unit"].iloc[0]
    return frame.rename_axis("area").reset_index()[held.columns].astype(held.dtypes)


def _comparator(
    values: pd.Series, supplied: pd.DataFrame, indicator_id: str, parameters: Parameters
) -> pd.DataFrame:
    """Return the `value` that each area is compared with, and the `area` that it is of."""
    if parameters.comparator == "region":
        regions = pd.Series({slug: force.region for slug, force in all_forces().items()})
        area = regions.reindex(values.index).astype(object)
        value = area.map(supplied["value"]).astype(float)
    elif parameters.comparator == SIMILAR_FORCES:
        counts = supplied[COUNTS].copy()
        pair = [area for area in SHARED.get(indicator_id, ()) if area in counts.index]
        counts.loc[pair] /= max(len(pair), 1)  # each has the counts of both
        mid_year = denominator_mid_year(parameters.period_end)
        value = pooled_over_similar(counts, mid_year, multiple_of(indicator_id))
        value = value.reindex(values.index)
        area = pd.Series(SIMILAR_FORCES, index=values.index, dtype=object)
    else:
        value = pd.Series(values[COUNTRY], index=values.index)
        area = pd.Series(COUNTRY, index=values.index, dtype=object)
    return pd.DataFrame({"value": value, "area": area.where(value.notna(), None)})


@remembered(maxsize=256)
def _supplied_rows(
    indicator_id: str, path: str, book_end: pd.Timestamp, _fingerprint: str
) -> pd.DataFrame | None:
    """Return the supplied rows by area, ready to replace those that the project holds."""
    returns = read_returns(Path(path))
    period_end = newest_period(indicator_id, returns, book_end)
    if period_end is None:
        return None
    if indicator_id == BY_TYPE:
        areas = _areas_by_type(returns, period_end)
    else:
        areas = returned_at(indicator_id, returns, period_end)
        areas["change"] = _change(indicator_id, returns, period_end, areas)
    # an England and Wales that cannot be pooled leaves the printed one in its place
    areas = areas.drop(areas.index[(areas.index == COUNTRY) & areas["value"].isna()])
    areas["status"] = "returned"
    if indicator_id != BY_TYPE:
        areas.loc[areas["value"].isna(), "status"] = "not-available"
    areas["note"] = (f"Supplied in {Path(path).name}. " + areas["note"]).str.strip()
    invented = areas.index == PRACTICE.slug
    areas.loc[invented, "note"] = "An invented figure. " + areas.loc[invented, "note"]
    return _ranked(areas, indicator_id, period_end).assign(period_end=period_end)


def _ranked(areas: pd.DataFrame, indicator_id: str, period_end: pd.Timestamp) -> pd.DataFrame:
    rules = rules_for(indicator(indicator_id), period_end)
    unranked = rules.loc[rules["effect"] == "not-ranked", "force"]
    forces = areas.index.isin(list(all_forces())) & ~areas.index.isin(unranked)
    ranked = areas.loc[forces, "value"].dropna()
    ranked = ranked if len(ranked) > 1 else ranked.iloc[:0]
    return areas.assign(
        rank=rank_descending(ranked).reindex(areas.index),
        of=pd.Series(len(ranked), index=ranked.index).reindex(areas.index).astype("Int64"),
        band=band_by_quarter(ranked).reindex(areas.index),
        unusual=_unusual(areas.loc[ranked.index], indicator_id).reindex(areas.index),
    )


def _unusual(ranked: pd.DataFrame, indicator_id: str) -> pd.Series:
    """Say which forces lie further from the others than forces commonly do; missing without counts."""
    entry = indicator(indicator_id)
    whole = ranked.dropna(subset=COUNTS)
    usual = usual_range(
        whole["numerator"],
        whole["denominator"],
        per=multiple_of(indicator_id),
        share=entry.unit == "percent",
    )
    if usual is None:
        return pd.Series(pd.NA, index=ranked.index, dtype="boolean")
    return usual.points["unusual"].astype("boolean")


def _change(
    indicator_id: str, returns: pd.DataFrame, period_end: pd.Timestamp, now: pd.DataFrame
) -> pd.Series:
    """Return the change on the same period a year earlier: in points for shares, else in percent."""
    before = years_before(period_end, 1)
    own = (returns["indicator"] == indicator_id) & (returns["period_end"] == before)
    rules = rules_for(indicator(indicator_id), period_end)
    if not own.any() or (rules["effect"] == "no-change").any():
        return pd.Series(float("nan"), index=now.index)
    base = returned_at(indicator_id, returns, before).reindex(now.index)
    if indicator(indicator_id).is_share:
        return now["value"] - base["value"]
    return percent_change(now["numerator"], base["numerator"])


def _areas_by_type(returns: pd.DataFrame, period_end: pd.Timestamp) -> pd.DataFrame:
    """Return a row without a value for each area that supplied its groups by type."""
    rows = _rows_of(BY_TYPE, returns, period_end)
    numbers = dict.fromkeys([*COUNTS, "value", "change"], float("nan"))
    start = rows.groupby("area")["period_start"].min()
    return pd.DataFrame({**numbers, "note": "", "period_start": start}, index=start.index)


def newest_period(
    indicator_id: str, returns: pd.DataFrame, book_end: pd.Timestamp
) -> pd.Timestamp | None:
    """Return the last day of the newest supplied period that belongs to a book, or None.

    A period belongs to it that ended by `book_end`, or that began on the day after, as a count on
    1 July follows 12 months to 30 June. One that is three years older, or more, would mislead.
    """
    own = returns[returns["indicator"] == indicator_id]
    just_after = own["period_start"] == book_end + pd.Timedelta(days=1)
    ended = own["period_end"] <= book_end
    recent = own["period_end"] > years_before(book_end, 3)
    ends = own.loc[(ended | just_after) & recent, "period_end"]
    return ends.max() if len(ends) else None


def returned_at(indicator_id: str, returns: pd.DataFrame, period_end: pd.Timestamp) -> pd.DataFrame:
    """Return one supplied indicator for forces, regions, and England and Wales.

    Parameters
    ----------
    indicator_id
        an indicator of kind ``return`` that is not divided by crime type.
    returns
        as :func:`peelbook.returns.supplied.read_returns` gives them.
    period_end
        last day of the period.

    Returns
    -------
    DataFrame indexed by `area` with columns `numerator`, `denominator`, `value` (in the unit of
    the indicator), `note` and `period_start`. Excluded forces are absent, also from the sums.
    England and Wales is as supplied, or else pooled from the forces' counts (the mean of their
    rates where the catalogue says so); the practice force counts towards nothing.
    """
    entry = indicator(indicator_id)
    rows = _rows_of(indicator_id, returns, period_end).set_index("area")
    forces = rows[rows.index.isin(list(all_forces()))]
    groups = {slug: force.region for slug, force in all_forces().items()}
    start = rows["period_start"].min()
    aggregates = [
        _pooled(part, entry, str(region)).assign(period_start=start)
        for region, part in forces.groupby(groups)
    ]
    if COUNTRY not in rows.index:
        aggregates.append(_pooled(forces, entry, COUNTRY).assign(period_start=start))
    columns = [*COUNTS, "value", "note", "period_start"]
    return pd.concat([_shared(rows, entry)[columns], *aggregates])[columns].rename_axis("area")


def returned_types(returns: pd.DataFrame, book_end: pd.Timestamp) -> pd.DataFrame:
    """Return the shares of organised crime groups by predominant crime type.

    England and Wales is as supplied, or pooled from the counts of all forces that returned any
    type; a force without a line for a type has no group of that type.

    Returns
    -------
    DataFrame with columns `area`, `category` (as first spelled), `value` (percent), `period_end`;
    empty where nothing belongs to the book.
    """
    period_end = newest_period(BY_TYPE, returns, book_end)
    columns = ["area", "category", "value", "period_end"]
    if period_end is None:
        return pd.DataFrame(columns=columns)
    rows = _rows_of(BY_TYPE, returns, period_end)
    key = rows["category"].str.lower()
    rows = rows.assign(category=rows.groupby(key)["category"].transform("first"))
    if COUNTRY not in set(rows["area"]):
        rows = pd.concat([rows, _pooled_types(rows)])
    return rows.dropna(subset=["value"])[columns].reset_index(drop=True)


def types_of_groups(parameters: Parameters) -> pd.DataFrame:
    """Return the types of organised crime group of a book's force, commonest first.

    Returns
    -------
    DataFrame with columns `category`, `force`, `country` (percent; zero where an area that has
    shares has none of this type, missing where it has no shares) and `period_end`; empty where
    no return was supplied for the force.
    """
    columns = ["category", "force", "country", "period_end"]
    if not parameters.returns:
        return pd.DataFrame(columns=columns)
    returns = read_returns(Path(parameters.returns))
    shares = returned_types(returns, pd.Timestamp(parameters.period_end))
    wide = shares.pivot(index="category", columns="area", values="value")
    if parameters.force not in wide.columns:
        return pd.DataFrame(columns=columns)
    shares_of = {area: wide[area].fillna(0.0) for area in wide.columns}
    missing = pd.Series(float("nan"), index=wide.index)
    table = pd.DataFrame(
        {"force": shares_of[parameters.force], "country": shares_of.get(COUNTRY, missing)}
    )
    known = table[(table["force"] > 0) | (table["country"] > 0)].reset_index()
    ordered = known.sort_values(["force", "category"], ascending=[False, True])
    return ordered.assign(period_end=shares["period_end"].iloc[0]).reset_index(drop=True)[columns]


def _rows_of(indicator_id: str, returns: pd.DataFrame, period_end: pd.Timestamp) -> pd.DataFrame:
    rules = rules_for(indicator(indicator_id), period_end)
    excluded = rules.loc[rules["effect"] == "excluded", "force"]
    own = (returns["indicator"] == indicator_id) & (returns["period_end"] == period_end)
    return returns[own & ~returns["area"].isin(excluded)]


def _pooled(rows: pd.DataFrame, entry: Indicator, area: str) -> pd.DataFrame:
    """Return the value of several forces together as one row, missing where it cannot be had."""
    known = rows.dropna(subset=["value"])
    counts = pd.Series(float("nan"), index=COUNTS)
    value = float("nan")
    if len(known) >= FEWEST_POOLED and entry.comparison == "mean of force rates":
        value = known["value"].mean()
    elif len(known) >= FEWEST_POOLED and known[COUNTS].notna().all(axis=None):
        counts = known[COUNTS].sum()
        value = counts["numerator"] / counts["denominator"] * multiple_of(entry.id)
    note = f"From the {len(known)} forces that a figure was supplied for."
    return pd.DataFrame({**counts.to_dict(), "value": value, "note": note}, index=[area])


def _shared(rows: pd.DataFrame, entry: Indicator) -> pd.DataFrame:
    """Give forces that share a figure its value over the sum of their counts."""
    pair = [area for area in SHARED.get(entry.id, ()) if area in rows.index]
    counts = rows.loc[pair, COUNTS]
    if not pair or counts.isna().any(axis=None):
        return rows
    together = rows.copy()
    for column, total in counts.sum().items():
        together.loc[pair, column] = total
    value = together.loc[pair, "numerator"] / together.loc[pair, "denominator"]
    together.loc[pair, "value"] = value * multiple_of(entry.id)
    return together


def _pooled_types(rows: pd.DataFrame) -> pd.DataFrame:
    forces = rows[(rows["area"] != PRACTICE.slug)].dropna(subset=["value"])
    several = forces["area"].nunique() >= FEWEST_POOLED
    if not several or forces[COUNTS].isna().any(axis=None):
        return rows.iloc[:0]
    groups = forces.groupby("area")["denominator"].max().sum()
    return (
        forces.groupby("category", as_index=False, sort=False)["numerator"]
        .sum()
        .assign(
            area=COUNTRY,
            value=lambda f: f["numerator"] / groups * multiple_of(BY_TYPE),
            period_end=rows["period_end"].iloc[0],
        )
    )
