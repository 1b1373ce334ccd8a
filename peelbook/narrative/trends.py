"""A figure from one year to another: which years compare, and what a reader should know of them.

One rule for tiles, titles and text. A trend starts after the last break in how a figure is counted;
where a caveat has words for it (`beside_a_trend`), what stood before the break is said beside the
trend. Of an unusual year that a trend starts from, that it is one, and what the figure was before.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.indicators.series import all_areas_over_time
from peelbook.narrative.words import number, sentence_case
from peelbook.tables.exclusions import caveats_beginning, caveats_for, last_break
from peelbook.tables.periods import in_words, years_before

YEARS = 5
EARLIER = 3
"""Years before an unusual one in which a usual one is looked for."""
FEWEST_POINTS = 3
"""Periods that it takes to draw a trend."""


@dataclass(frozen=True)
class Trend:
    """The figures of an area that compare with its last one, and what stands beside them.

    `values` is indexed by the end of the period. `base` follows the first value in a sentence and
    `before` the span of the trend; both are empty where nothing is to be said.
    """

    values: pd.Series
    base: str = ""
    before: str = ""


def trend_of(ev: Evidence, indicator_id: str, area: str, years: int = YEARS) -> Trend:
    """Return the trend of an area over at most `years` up to the newest period of the book."""
    known = _known(ev, indicator_id, area, years)
    if known.empty:
        return Trend(known)
    since = last_break(indicator_id, known.index[0], known.index[-1], area)
    values = known if since is None else known[known.index >= since]
    return Trend(
        values,
        _of_the_base(ev, indicator_id, area, values.index[0], years),
        _before_the_break(ev, indicator_id, area, known),
    )


def _known(ev: Evidence, indicator_id: str, area: str, years: int) -> pd.Series:
    everyone = all_areas_over_time(indicator_id, ev.parameters, years)
    own = everyone[everyone["area"] == area].set_index("period_end")["value"]
    return own.astype(float).dropna().sort_index()


def _unusual(indicator_id: str, area: str, end: pd.Timestamp) -> list[str]:
    """Return what makes a year an unusual one to start from, in words for a sentence."""
    rows = caveats_for(indicator_id, end, area)
    return rows.loc[~rows["breaks_series"], "beside_a_trend"].dropna().tolist()


def _of_the_base(
    ev: Evidence, indicator_id: str, area: str, start: pd.Timestamp, years: int
) -> str:
    """Say that a year is unusual, with the figure of the last usual one before it if it compares."""
    said = _unusual(indicator_id, area, start)
    if not said:
        return ""
    longer = _known(ev, indicator_id, area, years + EARLIER)
    usual = [
        end
        for end in (years_before(start, back) for back in range(1, EARLIER + 1))
        if end in longer.index
        and not _unusual(indicator_id, area, end)
        and last_break(indicator_id, end, start, area) is None
    ]
    earlier = f" ({_dated(ev, indicator_id, longer, usual[0])})" if usual else ""
    return f" {said[0]}{earlier}"


def _before_the_break(ev: Evidence, indicator_id: str, area: str, known: pd.Series) -> str:
    """Say what the figure was before it was counted as it is now; empty without words for it."""
    begun = caveats_beginning(indicator_id, known.index[0], known.index[-1], area)
    told = begun[begun["breaks_series"] & begun["beside_a_trend"].notna()]
    if told.empty:
        return ""
    row = told.sort_values("period_from").iloc[-1]
    last = known.index[known.index < row["period_from"]][-1]
    return f"{_dated(ev, indicator_id, known, last)}, {row['beside_a_trend']}"


def _dated(ev: Evidence, indicator_id: str, values: pd.Series, end: pd.Timestamp) -> str:
    return f"{number(values[end], ev.entry(indicator_id).decimals)} in the year to {end:%B %Y}"


def notes_of_trends(ev: Evidence, *indicator_ids: str) -> tuple[str, ...]:
    """Return what explains a step of the trends that are drawn, begins or cuts them, each once.

    Those are caveats that hold in any period that the line passes, not in the last one alone.
    """
    return tuple(note for name in indicator_ids for note in _of_the_line(ev, name))


def _of_the_line(ev: Evidence, indicator_id: str) -> list[str]:
    known = _known(ev, indicator_id, ev.force.slug, YEARS)
    if known.empty:
        return []
    points = trend_of(ev, indicator_id, ev.force.slug).values.index
    if len(points) < FEWEST_POINTS:
        points = points[-1:]
    begun = caveats_beginning(indicator_id, known.index[0], known.index[-1], ev.force.slug)
    breaks = begun[begun["breaks_series"] & (begun["period_from"] >= points[0])]
    found = {row.caveat: [row.period_from] for row in breaks.itertuples()}
    for end in points:
        for caveat in _explains_a_step(indicator_id, ev.force.slug, end, first=end == points[0]):
            found.setdefault(caveat, []).append(end)
    name = sentence_case(ev.entry(indicator_id).name)
    now = set(caveats_for(indicator_id, points[-1], ev.force.slug)["caveat"])
    return [
        f"{name}{'' if caveat in now else _where(ends)}: {caveat}" for caveat, ends in found.items()
    ]


def _explains_a_step(indicator_id: str, area: str, end: pd.Timestamp, *, first: bool) -> list[str]:
    """Return what explains the step to a period, or of the first one what makes it unusual."""
    rows = caveats_for(indicator_id, end, area)
    rows = rows[rows["explains_change"] & ~rows["breaks_series"]]
    return (rows[rows["beside_a_trend"].notna()] if first else rows)["caveat"].tolist()


def _where(ends: list[pd.Timestamp]) -> str:
    if len(ends) == 1:
        return f", the line at {in_words(ends[0])}"
    # a step has two ends, so a stretch of the line would not tell whether the step to it is meant
    first, last = in_words(ends[0]), in_words(ends[-1])
    return (
        f", the points of {first} and {last}"
        if len(ends) == 2
        else (f", the points from {first} to {last}")
    )
