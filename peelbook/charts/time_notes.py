"""What the notes below lines over time say: where no point stands and why, and what divides them."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from peelbook.charts.by_force import COUNTRY
from peelbook.evidence import Evidence
from peelbook.indicators.catalogue import Indicator
from peelbook.indicators.completeness import areas_that_do_not_compare
from peelbook.indicators.counts import denominator_year, mid_year_of
from peelbook.indicators.rules import rules_for
from peelbook.indicators.series import estimate_is_near
from peelbook.indicators.values import ENGLAND_AND_WALES
from peelbook.narrative.words import listing
from peelbook.tables.periods import in_words

PEOPLE = {"population": "residents", "households": "households"}


def gaps_between(ends: pd.Series) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    """Return the spans between periods that do not follow each other as most of them do."""
    steps = ends.diff().dt.days
    far = steps > 1.5 * steps.median()
    return [(ends[place - 1], ends[place]) for place in ends.index[far]]


def about_the_chart(
    ev: Evidence, panels: dict[str, pd.DataFrame], windows: dict[str, list[pd.Timestamp]]
) -> tuple[str, ...]:
    """Say what is shaded, where no point stands and why, and which residents divide the points.

    Parameters
    ----------
    ev
        the evidence of the book.
    panels
        indicator -> what is drawn of it: columns `period_end`, `force` and `low`, the first one first.
    windows
        indicator -> the ends of all periods of the chart that are held, with a point or without.
    """
    first = next(iter(panels))
    parts = []
    if panels[first]["low"].notna().any():
        parts.append("Shaded: the middle half of forces.")
    parts += _nothing_held(panels[first]["period_end"], windows[first])
    parts += _no_estimate(ev, panels, windows)
    parts += _incomplete_periods(ev, first, windows[first])
    parts += _not_held_of_the_force(ev, first, panels[first], windows[first])
    ends = {end for data in panels.values() for end in data["period_end"]}
    parts += divided_by(ev.entry(first), ends, ev.parameters.households_mid_year)
    return tuple(parts)


def _nothing_held(drawn: pd.Series, held: list[pd.Timestamp]) -> list[str]:
    """Name the gaps within which no period ends that is held."""
    spans = [
        f"between {in_words(first)} and {in_words(last)}"
        for first, last in gaps_between(drawn)
        if not any(first < end < last for end in held)
    ]
    if not spans:
        return []
    return [f"No point stands {listing(spans)}: no figure of a period that ends between is held."]


def _no_estimate(
    ev: Evidence, panels: dict[str, pd.DataFrame], windows: dict[str, list[pd.Timestamp]]
) -> list[str]:
    """Name the periods that are counted, but without an estimate of residents near enough."""
    missing = {
        end: mid_year_of(ev.entry(name), end, ev.parameters.households_mid_year)
        for name in panels
        for end in windows[name]
        if not estimate_is_near(ev.entry(name), end)
    }
    if not missing:
        return []
    years = listing([f"mid-{year}" for year in sorted(set(missing.values()))])
    return [
        f"No point stands for the 12 months to {_listed(missing)}: the counts are held, but no "
        f"estimate of residents within a year of {years}."
    ]


def divided_by(
    entry: Indicator,
    ends: Iterable[pd.Timestamp],
    chosen: int,
    rule: str = ", by the rule in annex A",
) -> list[str]:
    """Say which residents or households divide the periods, and where they are not those due.

    `chosen` is the parameter `households_mid_year`; `rule` says where the rule stands. Empty for what
    neither divides.
    """
    if entry.denominator not in PEOPLE:
        return []
    whose = PEOPLE[entry.denominator]
    others = _of_another_year(entry, ends, chosen)
    if not others:
        return [f"Each period is divided by the {whose} of its own time{rule}."]
    named = [f"mid-{year} for the 12 months to {_listed(ends)}" for year, ends in others.items()]
    return [
        f"Each period is divided by the {whose} of its own time{rule}, or by the "
        f"nearest that are held: those of {'; and of '.join(named)}."
    ]


def _of_another_year(
    entry: Indicator, ends: Iterable[pd.Timestamp], chosen: int
) -> dict[int, list[pd.Timestamp]]:
    """Return mid-year -> ends of the periods that it divides although another one is due."""
    found: dict[int, list[pd.Timestamp]] = {}
    for end in sorted(ends):
        year = denominator_year(entry, end, chosen)
        if year is not None and year != mid_year_of(entry, end, chosen):
            found.setdefault(year, []).append(end)
    return found


def incomplete_ends(
    ev: Evidence, indicator_id: str, ends: list[pd.Timestamp] | pd.Series, area: str
) -> list[pd.Timestamp]:
    """Return the periods of which an area has no point because its figures are not complete."""
    entry = ev.entry(indicator_id)
    return [end for end in ends if area in areas_that_do_not_compare(entry, end)]


def _incomplete_periods(ev: Evidence, indicator_id: str, ends: list[pd.Timestamp]) -> list[str]:
    """Name the periods without a point because the figures are not complete, and whose."""
    reasons = {
        ev.force.slug: (ev.force.short_name, "its figures are not complete enough to compare"),
        ENGLAND_AND_WALES: (
            COUNTRY,
            "the figures of forces that recorded much of its crime are not complete",
        ),
    }
    return [
        f"{name} has no point for the 12 months to {_listed(missing)}: {why}."
        for area, (name, why) in reasons.items()
        if (missing := incomplete_ends(ev, indicator_id, ends, area))
    ]


def _not_held_of_the_force(
    ev: Evidence, indicator_id: str, data: pd.DataFrame, held: list[pd.Timestamp]
) -> list[str]:
    """Name the periods of which others have a figure and the force, at other times, has one too."""
    entry = ev.entry(indicator_id)
    own = data.set_index("period_end")["force"].reindex(held)
    missing = [
        end
        for end in own.index[own.isna()]
        if estimate_is_near(entry, end)
        and not (rules_for(entry, end)["force"] == ev.force.slug).any()
    ]
    if not missing or own.isna().all():
        return []
    return [
        f"{ev.force.short_name} has no point for the 12 months to {_listed(missing)}: none of its "
        "figures of then is held."
    ]


def _listed(ends: object) -> str:
    return listing([in_words(end) for end in sorted(ends)])
