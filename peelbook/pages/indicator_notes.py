"""What stands below the years of one indicator: changes in counting, years without a column, residents."""

from __future__ import annotations

import pandas as pd

from peelbook.charts.time_notes import divided_by
from peelbook.indicators.catalogue import Indicator, indicator
from peelbook.indicators.counts import mid_year_of
from peelbook.indicators.series import estimate_is_near, years_counted
from peelbook.narrative.words import counted, listing
from peelbook.tables.exclusions import caveats_beginning, caveats_holding
from peelbook.tables.forces import all_forces
from peelbook.tables.periods import in_words

MOST_OF_FORCES = 12
"""Notes on single forces that a page names; more are a list to look things up in, as the table is."""


def notes_over_the_years(
    indicator_id: str, ends: pd.Index, households_mid_year: int
) -> tuple[str, ...]:
    """Return the notes on all periods of an indicator, from the first to the last of `ends`."""
    entry = indicator(indicator_id)
    return (
        *_about_the_counting(entry, ends),
        *_years_without_a_column(entry, ends, households_mid_year),
        *divided_by(entry, ends, households_mid_year, ""),
    )


def newest_break(indicator_id: str, ends: pd.Index) -> pd.DataFrame:
    """Return the caveat since which the years of all forces compare, one row, or none.

    Columns are those of :func:`peelbook.tables.exclusions.caveats_beginning`.
    """
    begun = caveats_beginning(indicator_id, ends[0], ends[-1], "all")
    return begun[begun["breaks_series"]].sort_values("period_from").iloc[-1:]


def _about_the_counting(entry: Indicator, ends: pd.Index) -> list[str]:
    """Say how the years of all forces were counted, and those of single forces where notes are few.

    What last broke a series stands above its lines.
    """
    of_all = caveats_holding(entry.id, ends, "all")
    above = of_all.index.isin(newest_break(entry.id, ends).index)
    of_all = of_all[~above].sort_values("period_from")
    said = [_said(entry, row) for row in of_all.itertuples()]
    of_forces = [
        f"{force.short_name}: {_said(entry, row)}"
        for slug, force in all_forces().items()
        for row in caveats_holding(entry.id, ends, slug).itertuples()
    ]
    if len(of_forces) <= MOST_OF_FORCES:
        return said + of_forces
    return [
        *said,
        f"{counted(len(of_forces), 'note')} on single forces and years stand in the table caveats of "
        "the data package and in the books of the forces.",
    ]


def _said(entry: Indicator, row: tuple) -> str:
    """Say a caveat with the periods that it holds for; officers are counted on a day."""
    of_a_year = "" if entry.kind == "officers" else "12 months to "
    if row.period_from == row.period_to:
        return f"{of_a_year}{in_words(row.period_to)}: {row.caveat}"
    from_ = f"From {'the ' if of_a_year else ''}{of_a_year}{in_words(row.period_from)}"
    if pd.isna(row.period_to):
        return f"{from_}: {row.caveat}"
    return f"{from_} up to those to {in_words(row.period_to)}: {row.caveat}"


def _years_without_a_column(
    entry: Indicator, ends: pd.Index, households_mid_year: int
) -> list[str]:
    """Say why a year after the first has no column."""
    held = list(years_counted(entry.id))
    without = [end for end in held if end not in ends and end > ends[0]]
    undivided = [end for end in without if not estimate_is_near(entry, end)]
    due = sorted({mid_year_of(entry, end, households_mid_year) for end in undivided})
    every = pd.date_range(ends[0], ends[-1], freq=pd.DateOffset(years=1))
    missing = [end for end in every if end not in held]
    whose = "households" if entry.denominator == "households" else "residents"
    said = []
    if undivided:
        years = listing([f"mid-{year}" for year in due])
        said.append(
            f"No column stands for the 12 months to {listing([in_words(end) for end in undivided])}: "
            f"the counts are held, but no estimate of {whose} within a year of {years}."
        )
    if missing:
        said.append(
            f"No column stands for the 12 months to {listing([in_words(end) for end in missing])}: "
            "no figure of that period is held."
        )
    return said
