"""Figures 1 to 3: recorded crime and anti-social behaviour."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from peelbook.charts.by_force import (
    FEWEST_FORCES,
    band_in_words,
    change_in_words,
    rank_in_words,
    ranked_figure,
)
from peelbook.charts.figure import Figure
from peelbook.charts.over_time import over_time
from peelbook.evidence import Evidence
from peelbook.indicators.values import ENGLAND_AND_WALES
from peelbook.narrative.comparisons import (
    area_of_changes,
    at_either_end,
    change_elsewhere,
    compares,
    no_year_before,
)
from peelbook.narrative.notes import notes, printed_otherwise
from peelbook.narrative.prose import Prose, plain
from peelbook.narrative.words import changed, number, sentence_case
from peelbook.statistics.ranks import SMALLEST_BASE
from peelbook.tables.periods import in_words

CRIME_RATES = [
    "recorded-crime",
    "victim-based-crime",
    "sexual-offences",
    "violence-with-injury",
    "assault-with-injury",
    "domestic-burglary",
]
TOTALS = 2
"""How many of the rates, from the first one, are of all crime or most of it."""
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
    "knife-crime",
]
CHANGES = (
    "A change is in the number of offences; a dash stands where there are no figures to compare, or "
    f"fewer than {SMALLEST_BASE} offences a year earlier."
)


def recorded_crime_over_time(ev: Evidence) -> Figure | Prose:
    """Figure 1: recorded and victim-based crime over five years, force and England and Wales."""
    ids = ("recorded-crime", "victim-based-crime")
    made = over_time(ev, *ids, number_="Figure 1")
    if isinstance(made, Prose):
        return made
    return replace(made, notes=(*made.notes, *printed_otherwise(ev, list(ids), "change")))


def indicator_rows(ev: Evidence, ids: list[str], heading: str) -> pd.DataFrame:
    """Return one row an indicator as text: value beside the comparator, rank, band, both changes.

    An indicator whose newest period is not that of the first one has its date beside its name.
    """
    first = ev.row(ids[0])["period_end"]
    rows = []
    for name in ids:
        row, entry = ev.row(name), ev.entry(name)
        rows.append(
            {
                heading: sentence_case(entry.name)
                + _unit_mark(entry.unit)
                + _date_mark(row, first),
                ev.force.name: number(row["value"], entry.decimals),
                sentence_case(ev.comparator_name): number(row["comparator_value"], entry.decimals),
                "Rank": rank_in_words(row),
                "Among the forces": band_in_words(row),
                "Change in number in 12 months": change_in_words(row["change"], entry),
                f"Change in {area_of_changes(ev)}": change_in_words(
                    change_elsewhere(ev, name), entry
                ),
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


def _date_mark(row: pd.Series, first: pd.Timestamp) -> str:
    if row["period_end"] == first or pd.isna(row["value"]):
        return ""
    return f" (to {in_words(row['period_end'])})"


def crime_rates(ev: Evidence) -> Figure:
    """Figure 2: table of rates for a selection of crime types."""
    row = ev.row("recorded-crime")
    return Figure(
        number="Figure 2",
        title=_title_of_rates(ev),
        subtitle=(
            f"Offences per 1,000 population (burglary: per 1,000 households), "
            f"12 months to {in_words(row['period_end'])}; rank 1st is the highest"
        ),
        table=indicator_rows(ev, CRIME_RATES, "Offences"),
        source=ev.source(*CRIME_RATES),
        notes=(
            CHANGES,
            *_missing(ev, CRIME_RATES),
            *notes(ev, *CRIME_RATES, place_of_reasons="annex A"),
            *printed_otherwise(ev, CRIME_RATES),
        ),
        open_table=True,
        indicators=tuple(CRIME_RATES),
    )


def _title_of_rates(ev: Evidence) -> str:
    """Say for which rows of the table the force is among the highest or lowest, the totals too."""
    area = ev.force.area_in_sentence
    if pd.isna(ev.row("recorded-crime")["value"]):
        return f"No recorded crime is known for {area}"
    if not compares(ev, "recorded-crime"):
        return f"Rates in {area} do not compare with those of other forces"
    ends = at_either_end(ev, CRIME_RATES, ev.row("recorded-crime")["period_end"])
    in_line = "each type of crime in this table the rate"
    if not ends:
        return f"For {in_line} in {area} was in line with other forces"
    if not at_either_end(ev, CRIME_RATES[TOTALS:]):
        return f"The rate in {area} was {ends}; for {in_line} was in line with other forces"
    return f"The rate in {area} was {ends}"


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
        source=ev.source(*ids),
        notes=(CHANGES, *_missing(ev, ids), *notes(ev, *ids, place_of_reasons="annex A")),
        open_table=True,
        indicators=tuple(ids),
    )


def asb_change(ev: Evidence) -> Figure | Prose:
    """Figure 3: change in anti-social behaviour incidents, every force."""
    name = "asb-incidents"
    row, country, areas = ev.row(name), ev.country(name), ev.areas(name)
    changes = areas["change"].drop(ENGLAND_AND_WALES).dropna()
    where = ev.force.area_in_sentence
    if len(changes) < FEWEST_FORCES:
        ended = areas["value"].isna().all()
        reason = row["note"] if ended else no_year_before(ev, name) or row["note"]
        return Prose(
            plain(
                f"How the number of anti-social behaviour incidents in {where} changed: no figure. "
                f"{reason}"
            )
        )
    verb = changed(row["change"]) if pd.notna(row["change"]) else "cannot be compared over time"
    if pd.notna(row["change"]) and pd.notna(country["change"]):
        verb += f"; in England and Wales it {changed(country['change'])}"
    return ranked_figure(
        ev,
        name,
        changes,
        number_="Figure 3",
        title=f"The number of anti-social behaviour incidents in {where} {verb}",
        subtitle=(
            "Percentage change in the number of incidents, 12 months to "
            f"{in_words(row['period_end'])} compared with the 12 months before"
        ),
        key="",
        unit="Change, percent",
        decimals=1,
        column="change",
    )
