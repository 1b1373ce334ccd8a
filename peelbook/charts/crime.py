"""Figures 1 to 3: recorded crime and anti-social behaviour."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from peelbook.charts.by_force import (
    COUNTRY,
    band_in_words,
    change_in_words,
    force_bars,
    rank_in_words,
)
from peelbook.charts.figure import Figure
from peelbook.charts.marks import lines_over_time
from peelbook.evidence import Evidence
from peelbook.indicators.series import series
from peelbook.indicators.sources import source_of, source_of_all
from peelbook.indicators.values import ENGLAND_AND_WALES
from peelbook.narrative.comparisons import beside, compares, no_year_before
from peelbook.narrative.notes import notes, printed_otherwise
from peelbook.narrative.words import (
    DASH,
    changed,
    counted,
    listing,
    moved,
    number,
    sentence_case,
)
from peelbook.statistics.ranks import SMALLEST_BASE
from peelbook.tables.periods import in_words, years_before

CRIME_RATES = [
    "recorded-crime",
    "victim-based-crime",
    "sexual-offences",
    "violence-with-injury",
    "assault-with-injury",
    "domestic-burglary",
]
MORE_CRIME_TYPES = [
    "violence-without-injury",
    "stalking-and-harassment",
    "robbery",
    "vehicle-offences",
    "shoplifting",
    "criminal-damage-and-arson",
    "drug-offences",
    "possession-of-weapons",
    "public-order-offences",
]
LONGEST_QUARTER = 100
"""Days; periods further apart than this do not follow each other quarter by quarter."""
CHANGES = (
    "A change is in the number of offences; a dash stands where there are no figures to compare, or "
    f"fewer than {SMALLEST_BASE} offences a year earlier."
)


def recorded_crime_over_time(ev: Evidence) -> Figure:
    """Figure 1: recorded and victim-based crime over five years, force and England and Wales."""
    names = {ev.force.slug: ev.force.short_name, ENGLAND_AND_WALES: COUNTRY}
    panel_ids = ("recorded-crime", "victim-based-crime")
    panels = {
        ev.entry(name).name: series(name, list(names), ev.parameters)
        .assign(area=lambda f: f["area"].map(names))
        # an area that nothing is recorded for has no line
        .groupby("area")
        .filter(lambda line: line["value"].notna().any())
        for name in panel_ids
    }
    top = max(data["value"].max() for data in panels.values()) * 1.2
    unit = ev.entry("recorded-crime").unit
    first = min(data["period_end"].min() for data in panels.values())
    last = max(data["period_end"].max() for data in panels.values())
    charts = {
        sentence_case(heading): lines_over_time(
            data,
            force_label=ev.force.short_name,
            other_label=COUNTRY,
            unit=unit,
            top=top,
            description=_line_description(heading, data, names, unit),
        )
        for heading, data in panels.items()
    }
    return Figure(
        number="Figure 1",
        title=_title_of_lines(ev, "recorded-crime", panels[ev.entry("recorded-crime").name]),
        subtitle=f"From the 12 months to {in_words(first)} to the 12 months to {in_words(last)}, {unit}",
        charts=charts,
        table=_series_table(panels, list(names.values())),
        source=source_of(ev.entry("recorded-crime")),
        notes=(
            "Each period is divided by the mid-year population estimate that belongs to it.",
            *_uneven_periods(panels[ev.entry("recorded-crime").name], last),
            # other forces that are not ranked are not in this figure
            *notes(ev, "recorded-crime", of_change=compares(ev, "recorded-crime")),
            *printed_otherwise(ev, list(panel_ids), "change"),
        ),
    )


def _title_of_lines(ev: Evidence, indicator_id: str, data: pd.DataFrame) -> str:
    """Say what the lines show: the rate at either end, of the force and of England and Wales."""
    name = sentence_case(ev.entry(indicator_id).name)
    ends = data.sort_values("period_end").groupby("area")["value"].agg(["first", "last"])
    if ev.force.short_name not in ends.index or COUNTRY not in ends.index:
        return f"{name} in {ev.force.area_in_sentence} and in England and Wales"
    days = (data["period_end"].max() - data["period_end"].min()).days
    own, country = ends.loc[ev.force.short_name], ends.loc[COUNTRY]
    return (
        f"{name} in {ev.force.area_in_sentence} {moved(own['first'], own['last'])} "
        f"{ev.entry(indicator_id).unit} over {_span_in_words(round(days / 30.4375))}; "
        f"in England and Wales it {moved(country['first'], country['last'])}"
    )


def _span_in_words(months: int) -> str:
    """Write a span of time: 5 years, 4 years and 3 months."""
    parts = ((months // 12, "year"), (months % 12, "month"))
    return listing([counted(count, noun) for count, noun in parts if count])


def _uneven_periods(data: pd.DataFrame, last: pd.Timestamp) -> tuple[str, ...]:
    """Say where the source begins to give every quarter, if that is within the lines."""
    ends = data["period_end"].drop_duplicates().sort_values().reset_index(drop=True)
    far = ends[ends.diff().dt.days > LONGEST_QUARTER]
    if far.empty:
        return ()
    first_of_quarters = ends[far.index[-1]]
    note = (
        f"Before the 12 months to {in_words(first_of_quarters)} the source gives only the years "
        "that end in March"
    )
    if ends.iloc[0] != years_before(last, 5):
        note += "; the lines begin with the first of them within five years"
    return (f"{note}.",)


def _line_description(heading: str, data: pd.DataFrame, names: dict[str, str], unit: str) -> str:
    parts = []
    for name in names.values():
        line = data[data["area"] == name].sort_values("period_end")
        if line.empty:
            continue
        first, last = line.iloc[0], line.iloc[-1]
        parts.append(
            f"{name}: {number(first['value'])} in the 12 months to {in_words(first['period_end'])}, "
            f"{number(last['value'])} in the 12 months to {in_words(last['period_end'])}"
        )
    return f"Line chart of {heading} {unit}. {'. '.join(parts)}."


def _series_table(panels: dict[str, pd.DataFrame], areas: list[str]) -> pd.DataFrame:
    wide = pd.concat(
        {
            heading: data.pivot(index="period_end", columns="area", values="value").reindex(
                columns=[area for area in areas if area in set(data["area"])]
            )
            for heading, data in panels.items()
        },
        axis="columns",
    )
    table = wide.map(number)
    table.columns = [f"{sentence_case(heading)}, {area}" for heading, area in wide.columns]
    table.insert(0, "12 months to", [in_words(day) for day in wide.index])
    return table.reset_index(drop=True)


def indicator_rows(ev: Evidence, ids: list[str], heading: str) -> pd.DataFrame:
    """Return one row an indicator as text: value beside the comparator, rank, band, change."""
    rows = []
    for name in ids:
        row, entry = ev.row(name), ev.entry(name)
        rows.append(
            {
                heading: sentence_case(entry.name) + _unit_mark(entry.unit),
                ev.force.name: number(row["value"], entry.decimals),
                sentence_case(ev.comparator_name): number(row["comparator_value"], entry.decimals),
                "Rank": rank_in_words(row),
                "Among the forces": band_in_words(row),
                "Change in number in 12 months": change_in_words(row["change"], entry),
            }
        )
    return pd.DataFrame(rows)


def _missing(ev: Evidence, ids: list[str]) -> tuple[str, ...]:
    """Give the reason for each dash of a table that has other values."""
    rows = [(ev.entry(name), ev.row(name)) for name in ids]
    if all(pd.isna(row["value"]) for _, row in rows):
        return ()
    return tuple(
        f"{sentence_case(entry.name)}: {row['note']}"
        for entry, row in rows
        if pd.isna(row["value"])
    )


def _unit_mark(unit: str) -> str:
    return " (per 1,000 households)" if unit == "per 1,000 households" else ""


def crime_rates(ev: Evidence) -> Figure:
    """Figure 2: table of rates for a selection of crime types."""
    row = ev.row("recorded-crime")
    title = f"No recorded crime is known for {ev.force.area_in_sentence}"
    if pd.notna(row["value"]):
        title = (
            f"Recorded crime in {ev.force.area_in_sentence}, {number(row['value'])} per 1,000 "
            f"population, was {beside(ev, 'recorded-crime')}"
        )
        if not compares(ev, "recorded-crime"):
            title = (
                f"Rates in {ev.force.area_in_sentence} do not compare with those of other forces"
            )
    return Figure(
        number="Figure 2",
        title=title,
        subtitle=(
            f"Offences per 1,000 population (burglary: per 1,000 households), "
            f"12 months to {in_words(row['period_end'])}; rank 1st is the highest"
        ),
        table=indicator_rows(ev, CRIME_RATES, "Offences"),
        source=_source_of_all(ev, CRIME_RATES),
        notes=(
            CHANGES,
            *_missing(ev, CRIME_RATES),
            *notes(ev, *CRIME_RATES),
            *printed_otherwise(ev, CRIME_RATES),
        ),
        open_table=True,
    )


def crime_types_table(ev: Evidence) -> Figure:
    """Table of every recorded crime indicator, beyond the selection of the report."""
    row = ev.row("recorded-crime")
    ids = [*CRIME_RATES, *MORE_CRIME_TYPES]
    return Figure(
        number="",
        title=f"Recorded crime in {ev.force.area_in_sentence} by type",
        subtitle=(
            f"Offences per 1,000 population (burglary: per 1,000 households), "
            f"12 months to {in_words(row['period_end'])}; rank 1st is the highest"
        ),
        table=indicator_rows(ev, ids, "Offences"),
        source=_source_of_all(ev, ids),
        notes=(CHANGES, *_missing(ev, ids), *notes(ev, *ids)),
        open_table=True,
    )


def _source_of_all(ev: Evidence, ids: list[str]) -> str:
    return source_of_all((ev.entry(name), ev.status_shown(name)) for name in ids)


def asb_change(ev: Evidence) -> Figure:
    """Figure 3: change in anti-social behaviour incidents, every force."""
    row, country = ev.row("asb-incidents"), ev.country("asb-incidents")
    verb = changed(row["change"], 0) if pd.notna(row["change"]) else "cannot be compared over time"
    if pd.notna(row["change"]) and pd.notna(country["change"]):
        verb += f"; in England and Wales it {changed(country['change'], 0)}"
    period = in_words(row["period_end"])
    made = force_bars(
        ev,
        "asb-incidents",
        column="change",
        figure_number="Figure 3",
        title=f"The number of anti-social behaviour incidents in {ev.force.area_in_sentence} {verb}",
        subtitle=(
            f"Percentage change in the number of incidents, 12 months to {period} "
            "compared with the 12 months before"
        ),
        unit="Change, percent",
        decimals=0,
    )
    if made.charts:
        return made
    reason = no_year_before(ev, "asb-incidents") or row["note"]
    table = pd.DataFrame({"Area": [ev.force.name], "Change, percent": [DASH], "Reason": [reason]})
    return replace(made, table=table)
