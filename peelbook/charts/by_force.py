"""All forces in order of an indicator, and how a force's place among them is written."""

from __future__ import annotations

import pandas as pd

from peelbook.charts.figure import Figure
from peelbook.charts.ranked_marks import ranked_bars
from peelbook.evidence import Evidence
from peelbook.indicators.catalogue import Indicator
from peelbook.indicators.similar_forces import similar_forces
from peelbook.indicators.usual import usual_range_of
from peelbook.indicators.values import ENGLAND_AND_WALES
from peelbook.narrative.notes import notes
from peelbook.narrative.prose import Prose, plain, sentences
from peelbook.narrative.standing import is_a_day, standing, value_with_unit
from peelbook.narrative.words import (
    DASH,
    listing,
    number,
    ordinal,
    sentence_case,
    signed,
)
from peelbook.tables.forces import all_forces
from peelbook.tables.periods import denominator_mid_year, in_words

COUNTRY = "England and Wales"
FEWEST_FORCES = 3
"""With fewer forces than this a sentence says more than bars."""
MARK = " •"
"""Stands behind the name of a similar force, for colours alone do not tell it from others."""


def rank_in_words(row: pd.Series) -> str:
    """Write the rank of an indicator row: 26th of 42, or a dash."""
    if pd.isna(row["rank"]):
        return DASH
    return f"{ordinal(int(row['rank']))} of {int(row['of'])}"


def band_in_words(row: pd.Series) -> str:
    """Write the quarter band of an indicator row for a table cell, or a dash."""
    band = row["band"]
    return sentence_case(band.removesuffix(" with")) if isinstance(band, str) else DASH


def change_in_words(change: float, entry: Indicator) -> str:
    """Write a change for a table cell: +3.7%, or points for shares, or a dash."""
    if pd.isna(change):
        return DASH
    return signed(change) + (" points" if entry.is_share else "%")


def among_forces(ev: Evidence, indicator_id: str, number_: str = "") -> Figure | Prose:
    """Return an indicator for all ranked forces in order, the force and its similar forces marked.

    England and Wales and the middle force are rows of their own; the range in which forces usually
    lie is shaded where it is known. Forces that are left out or not ranked are named below. Where
    fewer than three forces are ranked, a sentence stands in place of the figure.
    """
    areas, entry = ev.areas(indicator_id), ev.entry(indicator_id)
    ranked = areas.drop(ENGLAND_AND_WALES)["value"][areas["rank"].notna()]
    if len(ranked) < FEWEST_FORCES:
        return in_a_sentence(ev, indicator_id, number_)
    usual = usual_range_of(indicator_id, ev.parameters)
    shaded = "" if usual is None else _shaded(usual.lower, usual.upper, entry.decimals)
    unit = "Score" if entry.unit == "score" else sentence_case(entry.unit)
    return ranked_figure(
        ev,
        indicator_id,
        ranked,
        number_=number_,
        title=_title(ev, indicator_id),
        subtitle=f"{sentence_case(entry.name)}, {unit[:1].lower()}{unit[1:]}, {when(ev, indicator_id)}",
        key=shaded,
        unit=unit,
        decimals=entry.decimals,
        usual=None if usual is None else (usual.lower, usual.upper),
    )


def _shaded(lower: float, upper: float, decimals: int) -> str:
    return (
        f"Shaded: the range in which forces usually lie, {number(lower, decimals)} to "
        f"{number(upper, decimals)}. "
    )


def ranked_figure(
    ev: Evidence,
    indicator_id: str,
    values: pd.Series,
    *,
    number_: str,
    title: str,
    subtitle: str,
    key: str,
    unit: str,
    decimals: int,
    usual: tuple[float, float] | None = None,
    column: str = "value",
) -> Figure:
    """Return the figure of `values` by force, in order, with England and Wales and the middle force.

    `column` is that of the indicator's rows which `values` come from: ``value``, or ``change``;
    `key` explains the marks beyond what is said of similar forces.
    """
    country = ev.country(indicator_id)[column]
    rows = _rows(ev, values, country, decimals, signs=column == "change")
    some_similar = "similar" in set(rows["kind"])
    explained = f"{key}{MARK.strip()} marks the similar forces." if some_similar else key
    return Figure(
        number=number_,
        title=title,
        subtitle=subtitle,
        charts={
            "": ranked_bars(
                rows,
                unit=unit,
                number_format=f",.{min(decimals, 1)}~f",
                usual=usual,
                description=_description(ev, rows, title, subtitle, explained),
            )
        },
        table=_table(ev, indicator_id, column, unit, decimals),
        source=ev.source(indicator_id),
        notes=(
            *([explained.strip()] if explained.strip() else []),
            *notes(
                ev,
                indicator_id,
                of_change=column == "change",
                place_of_reasons="the table behind this figure",
            ),
        ),
        indicator=indicator_id if ev.entry(indicator_id).has_page else "",
        indicators=(indicator_id,),
    )


def _rows(
    ev: Evidence, values: pd.Series, country: float, decimals: int, *, signs: bool
) -> pd.DataFrame:
    """Label and order the rows of the chart: forces, England and Wales, and the middle force."""
    names = {slug: force.short_name for slug, force in all_forces().items()}
    similar = _similar(ev)
    kinds = {slug: "similar" if slug in similar else "other" for slug in values.index}
    kinds[ev.force.slug] = "own"
    rows = pd.DataFrame(
        {
            "area": [names.get(slug, ev.force.short_name) for slug in values.index],
            "value": values.to_numpy(dtype=float),
            "kind": [kinds[slug] for slug in values.index],
        }
    )
    rows["area"] += rows["kind"].eq("similar").map({True: MARK, False: ""})
    more = [(f"Middle of {len(values)} forces", float(values.median()), "middle")]
    if pd.notna(country):
        more.append((COUNTRY, float(country), "country"))
    rows = pd.concat([rows, pd.DataFrame(more, columns=list(rows.columns))])
    write = signed if signs else number
    rows["shown"] = [write(value, decimals) for value in rows["value"]]
    return rows.sort_values(["value", "area"], ascending=[False, True], ignore_index=True)


def _similar(ev: Evidence) -> set[str]:
    found = similar_forces(denominator_mid_year(ev.period_end))
    return set(found.loc[found["force"] == ev.force.slug, "neighbour"])


def _title(ev: Evidence, indicator_id: str) -> str:
    """Say the value of the force, its place in plain words, and the value it is compared with."""
    row, country, entry = ev.row(indicator_id), ev.country(indicator_id), ev.entry(indicator_id)
    if pd.isna(row["value"]):
        beside = ""
        if pd.notna(country["value"]):
            beside = f"; {COUNTRY} {number(country['value'], entry.decimals)}"
        return f"{ev.force.name}: no figure for {entry.name}{beside}"
    beside = ""
    if pd.notna(row["comparator_value"]):
        beside = f"; {ev.compared_with(row)} {number(row['comparator_value'], entry.decimals)}"
    shown = value_with_unit(row["value"], entry.decimals, entry.unit)
    place = standing(ev.areas(indicator_id), ev.force.slug) or "not ranked among the other forces"
    far = ", outside the range in which forces usually lie" if _is_unusual(row) else ""
    return f"{ev.force.name}: {shown}, {place}{far}{beside}"


def _is_unusual(row: pd.Series) -> bool:
    return pd.notna(row["unusual"]) and bool(row["unusual"])


def _description(ev: Evidence, rows: pd.DataFrame, title: str, subtitle: str, key: str) -> str:
    forces = rows[~rows["kind"].isin(["country", "middle"])]
    high, low = forces.iloc[0], forces.iloc[-1]
    middle = rows.loc[rows["kind"] == "middle", "shown"].iloc[0]
    similar = rows[rows["kind"] == "similar"]
    near = [
        f"{area.removesuffix(MARK)} {shown}" for area, shown in similar[["area", "shown"]].values
    ]
    return " ".join(
        part
        for part in (
            f"Bar chart of {len(forces)} forces in order. {title}. {subtitle}.",
            f"Highest: {high['area'].removesuffix(MARK)}, {high['shown']}.",
            f"Middle: {middle}. Lowest: {low['area'].removesuffix(MARK)}, {low['shown']}.",
            f"Similar forces: {listing(near)}." if near else "",
            key.split(MARK.strip())[0].strip(),
        )
        if part
    )


def _table(ev: Evidence, indicator_id: str, column: str, unit: str, decimals: int) -> pd.DataFrame:
    """Return all forces and England and Wales in order, with their ranks and reasons."""
    areas = ev.areas(indicator_id)
    names = {slug: force.short_name for slug, force in all_forces().items()}
    names |= {ev.force.slug: ev.force.short_name, ENGLAND_AND_WALES: COUNTRY}
    ordered = areas.assign(name=areas.index.map(names)).sort_values(
        [column, "name"], ascending=[False, True], na_position="last"
    )
    missing = ordered[column].isna() if column == "change" else ordered["rank"].isna()
    reason = ordered["note"].where(missing & (ordered.index != ENGLAND_AND_WALES), "")
    table = pd.DataFrame(
        {"Force": ordered["name"], unit: [number(v, decimals) for v in ordered[column]]}
    )
    if column == "value":
        table["Rank"] = [rank_in_words(row) for _, row in ordered.iterrows()]
    if (reason != "").any():
        table["Reason"] = reason
    return table.reset_index(drop=True)


def in_a_sentence(ev: Evidence, indicator_id: str, number_: str = "") -> Prose:
    """Say an indicator that hardly any force has: the value beside England and Wales, or why none.

    A value of the report stands in the text of its section already; what is said then is that the
    report's figure, `number_`, has all forces, and where the value comes from.
    """
    row, entry, country = ev.row(indicator_id), ev.entry(indicator_id), ev.country(indicator_id)
    what = f"{sentence_case(entry.name.replace(': ', ', '))} in {ev.force.area_in_sentence}"
    if pd.isna(row["value"]):
        return Prose(plain(sentences(f"{what}: no figure.", row["note"])))
    if row["status"] == "published" and number_:
        both = "the values of this force and of England and Wales"
        return Prose(
            plain(
                f"{number_} of the 2016 report draws {entry.name.replace(': ', ', ')} for all forces, "
                f"but prints only {both}. Source: {ev.source(indicator_id)}."
            )
        )
    shown = value_with_unit(row["value"], entry.decimals, entry.unit)
    beside = ""
    if pd.notna(row["comparator_value"]):
        beside = f", beside {number(row['comparator_value'], entry.decimals)} in "
        beside += ev.compared_with(row)
    elif pd.notna(country["value"]):
        beside = f", beside {number(country['value'], entry.decimals)} in {COUNTRY}"
    source = ev.source(indicator_id)
    return Prose(plain(f"{what}: {shown}{beside} ({when(ev, indicator_id)}). Source: {source}."))


def when(ev: Evidence, indicator_id: str) -> str:
    """Say the period of what is shown: without a value of the force, that of England and Wales."""
    row = ev.row(indicator_id)
    dated = row if pd.notna(row["value"]) else ev.country(indicator_id)
    period = in_words(dated["period_end"])
    return f"as at {period}" if is_a_day(dated) else f"12 months to {period}"
