"""Bars for every force that has a value, and how a force's place among them is written."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from peelbook.charts.figure import Figure
from peelbook.charts.marks import bars_by_force
from peelbook.evidence import Evidence
from peelbook.indicators.catalogue import Indicator
from peelbook.indicators.sources import source_of
from peelbook.indicators.values import ENGLAND_AND_WALES
from peelbook.narrative.comparisons import set_beside
from peelbook.narrative.notes import notes, other_notes
from peelbook.narrative.words import (
    DASH,
    counted,
    number,
    ordinal,
    sentence_case,
    signed,
)
from peelbook.tables.forces import all_forces
from peelbook.tables.periods import in_words

COUNTRY = "England and Wales"
FEWEST_FORCES = 3
"""With fewer forces than this a table says more than bars."""


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


def force_bars(
    ev: Evidence,
    indicator_id: str,
    *,
    column: str,
    figure_number: str,
    title: str,
    subtitle: str,
    unit: str,
    decimals: int,
) -> Figure:
    """Return a figure with one bar a force, the England and Wales line, and the table behind it.

    `column` is ``value`` or ``change`` of the indicator's rows; the other arguments are those of
    :class:`Figure` and of the axis.
    """
    areas = ev.areas(indicator_id)
    names = {slug: force.short_name for slug, force in all_forces().items()}
    names[ev.force.slug] = ev.force.short_name  # the practice force is not one of them
    known = areas.drop(ENGLAND_AND_WALES)
    drawn = known[known[column].notna() & _drawable(known, column)][column]
    country = areas.loc[ENGLAND_AND_WALES, column]
    data = pd.DataFrame({"area": drawn.index.map(names), "value": drawn.to_numpy(dtype=float)})
    charts = {}
    if len(data):
        charts[""] = bars_by_force(
            data,
            force_label=ev.force.short_name,
            unit=unit,
            number_format=f",.{decimals}f",
            line=None if pd.isna(country) else float(country),
            line_label=COUNTRY,
            description=_bar_description(subtitle, data, ev.force.short_name, country, decimals),
        )
    return Figure(
        number=figure_number,
        title=title,
        subtitle=subtitle,
        charts=charts,
        table=_bar_table(
            areas, column, names, unit, decimals, only_known=0 < len(data) < FEWEST_FORCES
        ),
        source=source_of(ev.entry(indicator_id), ev.status_shown(indicator_id)),
        notes=notes(ev, indicator_id, of_change=column == "change"),
        open_table=not charts,
    )


def _drawable(known: pd.DataFrame, column: str) -> pd.Series:
    """Forces that are not ranked are not drawn, unless nobody is ranked at all."""
    if column == "change" or known["rank"].isna().all():
        return pd.Series(True, index=known.index)
    return known["rank"].notna()


def _bar_description(
    subtitle: str, data: pd.DataFrame, force: str, country: float, decimals: int
) -> str:
    own = data.loc[data["area"] == force, "value"]
    highest, lowest = data.loc[data["value"].idxmax()], data.loc[data["value"].idxmin()]
    parts = [f"Bar chart of {counted(len(data), 'force')}. {subtitle}."]
    if len(own):
        parts.append(f"{force}: {number(own.iloc[0], decimals)}.")
    if pd.notna(country):
        parts.append(f"England and Wales: {number(country, decimals)}.")
    if len(data) >= FEWEST_FORCES:
        parts.append(
            f"Highest: {highest['area']}, {number(highest['value'], decimals)}. "
            f"Lowest: {lowest['area']}, {number(lowest['value'], decimals)}."
        )
    return " ".join(parts)


def _bar_table(
    areas: pd.DataFrame,
    column: str,
    names: dict[str, str],
    unit: str,
    decimals: int,
    *,
    only_known: bool,
) -> pd.DataFrame:
    chosen = areas[areas[column].notna()] if only_known else areas
    ordered = chosen.sort_values(column, ascending=False, na_position="last")
    shown = [number(value, decimals) for value in ordered[column]]
    reason = ordered["note"].where(ordered[column].isna(), "")
    table = pd.DataFrame(
        {"Force": [names.get(area, COUNTRY) for area in ordered.index], unit: shown}
    )
    return table if (reason == "").all() else table.assign(Reason=reason.to_numpy())


def share_by_force(ev: Evidence, indicator_id: str, number_: str, *, per: str) -> Figure:
    """Figures 5, 6, 7 and 9: the value of an indicator for every force that has one."""
    row, entry = ev.row(indicator_id), ev.entry(indicator_id)
    name = sentence_case(entry.name.replace(": ", ", "))
    if pd.isna(row["value"]):
        title = f"{name}: no value for {ev.force.full_name}"
        if ev.areas(indicator_id).drop(ENGLAND_AND_WALES)["value"].count() < FEWEST_FORCES:
            return _without_bars(ev, indicator_id, number_, title, per)
    else:
        shown = number(row["value"], entry.decimals) + _unit_in_title(entry)
        title = f"{name}: {shown} for {ev.force.full_name}{set_beside(ev, indicator_id)}"
    made = force_bars(
        ev,
        indicator_id,
        column="value",
        figure_number=number_,
        title=title,
        subtitle=f"{sentence_case(per)}, {_when(ev, indicator_id)}",
        unit=sentence_case(per),
        decimals=entry.decimals,
    )
    return replace(made, notes=(*_line_explained(ev, row, made), *made.notes))


def _unit_in_title(entry: Indicator) -> str:
    if entry.unit.startswith("percent"):
        return " percent"
    # some names end with their unit
    return f" {entry.unit}" if entry.unit[:4] == "per " and entry.unit not in entry.name else ""


def _line_explained(ev: Evidence, row: pd.Series, made: Figure) -> tuple[str, ...]:
    """Say what the line in the chart is, where the title compares with something else."""
    country = ev.country(row["indicator"])["value"]
    if not made.charts or ev.compared_with(row) == COUNTRY or pd.isna(country):
        return ()
    shown = number(country, ev.entry(row["indicator"]).decimals)
    return (f"The line is England and Wales, {shown}; {ev.compared_with(row)} has no line.",)


def _without_bars(ev: Evidence, indicator_id: str, number_: str, title: str, per: str) -> Figure:
    """A dash with its reason for the force, beside England and Wales where that is known."""
    row, country = ev.row(indicator_id), ev.country(indicator_id)
    table = pd.DataFrame(
        {
            "Area": [ev.force.name, COUNTRY],
            sentence_case(per): [DASH, number(country["value"], ev.entry(indicator_id).decimals)],
            "Reason": [row["note"], ""],
        }
    )
    known = pd.notna(country["value"])
    return Figure(
        number=number_,
        title=title,
        subtitle=f"{sentence_case(per)}, {_when(ev, indicator_id)}",
        table=table if known else table.iloc[:1],
        source=source_of(ev.entry(indicator_id), ev.status_shown(indicator_id)),
        notes=other_notes(ev, indicator_id) if known else (),
        open_table=True,
    )


def _when(ev: Evidence, indicator_id: str) -> str:
    """Say the period of what is shown: without a value of the force, that of England and Wales."""
    row = ev.row(indicator_id)
    dated = row if pd.notna(row["value"]) else ev.country(indicator_id)
    period = in_words(dated["period_end"])
    return f"as at {period}" if is_a_day(dated) else f"12 months to {period}"


def is_a_day(row: pd.Series) -> bool:
    """Say whether an indicator row is about one day rather than 12 months."""
    return row["period_start"] == row["period_end"]
