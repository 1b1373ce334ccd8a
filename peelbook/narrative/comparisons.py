"""Sentences that set a force's value beside others: used by every chapter."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.indicators.catalogue import indicator
from peelbook.indicators.counts import numerators
from peelbook.indicators.rules import rules_for
from peelbook.indicators.series import change_over_years
from peelbook.indicators.values import ENGLAND_AND_WALES
from peelbook.narrative.prose import plain
from peelbook.narrative.words import above_or_below, changed, listing, number, ordinal, placed
from peelbook.statistics.ranks import HIGHEST, LOWEST
from peelbook.tables.periods import in_words, years_before


def position(ev: Evidence, indicator_id: str, *, explained: bool = False) -> str:
    """Say where the force stands: rank and quarter band, or why it has neither.

    `explained` says that the sentence before has just given the reason why it is not ranked.
    Returns one or two sentences, empty if nothing is ranked at all.
    """
    row = ev.row(indicator_id)
    if pd.isna(row["rank"]):
        ranked = ev.areas(indicator_id)["rank"].notna().any()
        reason = plain(row["note"].rstrip("."))
        if not (ranked and reason):
            return ""
        return "It is not ranked either." if explained else f"It is not ranked. {reason}."
    place, of = place_in_ranking(ev, indicator_id), int(row["of"])
    # so that nobody wonders why it is 40 forces here and 37 there
    some_left_out = (ev.areas(indicator_id)["status"] == "incomplete").any()
    whole = " with complete figures" if some_left_out else ""
    if row["band"] not in (HIGHEST, LOWEST):
        rank = ordinal(int(row["rank"]))
        return f"This is in the middle half of the forces ({rank} highest of {of}{whole})."
    if place in ("highest", "lowest"):
        return f"This is the {place} figure of {of} forces{whole}."
    end = "highest" if row["band"] == HIGHEST else "lowest"
    return f"This is one of the {end} figures: the {place} of {of} forces{whole}."


def at_either_end(
    ev: Evidence, indicator_ids: Iterable[str], period_end: pd.Timestamp | None = None
) -> str:
    """Name the indicators on which the force is among the highest and the lowest, as one text.

    One of the highest for robbery, and one of the lowest for shoplifting; empty where none is. Where
    `period_end` is given, what is of another period has its date beside it.
    """
    ids = list(indicator_ids)

    def named(name: str) -> str:
        end = ev.row(name)["period_end"]
        dated = "" if period_end in (None, end) else f" (12 months to {in_words(end)})"
        return f"{ev.entry(name).name}{dated}"

    places = {
        end: [named(name) for name in ids if ev.row(name)["band"] == end]
        for end in (HIGHEST, LOWEST)
    }
    return ", and ".join(f"{end} for {listing(names)}" for end, names in places.items() if names)


def changes_beside(ev: Evidence, changes: pd.Series, decimals: int = 1) -> str:
    """Say how the comparator's number changed, as it follows another change; empty without one.

    `changes` holds percentages by area. Similar forces have none.
    """
    area = other_area(ev)
    if pd.isna(changes.get(area)):
        return ""
    return f"; in {ev.comparator_name} it {changed(changes[area], decimals)}"


def other_area(ev: Evidence) -> str:
    """Return the area that the book compares with, as tables of values by area name it."""
    named = {"region": ev.force.region, "england-and-wales": ENGLAND_AND_WALES}
    return named.get(ev.parameters.comparator, "")


def area_of_changes(ev: Evidence) -> str:
    """Name the area whose change stands beside the force's; similar forces have none of their own."""
    return ev.comparator_name if other_area(ev) else "England and Wales"


def change_elsewhere(ev: Evidence, indicator_id: str) -> float:
    """Return the change in 12 months of :func:`area_of_changes`, missing where none is shown."""
    country, area = ev.country(indicator_id)["change"], other_area(ev)
    # a change that is left out for the country is left out for its regions for the same reason
    if pd.isna(country) or area in ("", ENGLAND_AND_WALES):
        return float(country)
    changes = change_over_years(indicator_id, ev.parameters, 1)
    return float(changes.get(area, float("nan")))


def compares(ev: Evidence, indicator_id: str) -> bool:
    """Say whether the force's value compares with others: not one that is kept out of the ranks."""
    row = ev.row(indicator_id)
    if row["status"] == "incomplete":
        return False
    rules = rules_for(indicator(indicator_id), row["period_end"])
    kept_out = (rules["effect"] == "not-ranked") & (rules["force"] == ev.force.slug)
    return not kept_out.any()


def place_in_ranking(ev: Evidence, indicator_id: str) -> str:
    """Write the rank of a ranked force: 4th highest; in the bottom quarter from below, 2nd lowest.

    Equal values share the better place at either end.
    """
    row = ev.row(indicator_id)
    end, place = "highest", int(row["rank"])
    if row["band"] == LOWEST:
        end, place = "lowest", int((ev.areas(indicator_id)["rank"] > row["rank"]).sum()) + 1
    return placed(place, end)


def beside(ev: Evidence, indicator_id: str) -> str:
    """Compare the force's value with the comparator's: below the 67.4 of England and Wales.

    A value that does not compare with others stands beside the other one without a judgment.
    """
    row, entry = ev.row(indicator_id), ev.entry(indicator_id)
    other = row["comparator_value"]
    if pd.isna(other):
        return ""
    shown = number(other, entry.decimals) + (" percent" if entry.unit.startswith("percent") else "")
    if not compares(ev, indicator_id):
        return f"beside {shown} in {ev.compared_with(row)}"
    place = above_or_below(row["value"], other, entry.decimals)
    return f"{place} the {shown} of {ev.compared_with(row)}"


def set_beside(ev: Evidence, indicator_id: str) -> str:
    """Return the comparison as it follows a figure, with its comma; empty if there is none."""
    comparison = beside(ev, indicator_id)
    return f", {comparison}" if comparison else ""


def no_year_before(ev: Evidence, indicator_id: str) -> str:
    """Say that the source has no period a year earlier; empty where it has one."""
    end = ev.row(indicator_id)["period_end"]
    known = numerators(ev.entry(indicator_id))["period_end"]
    if (known == years_before(end, 1)).any():
        return ""
    return (
        f"The source has no figure for the 12 months to {in_words(years_before(end, 1))}, so there "
        "is no change to give."
    )


def no_value(ev: Evidence, indicator_id: str) -> str:
    """Say that the force has no value, and why."""
    row, entry = ev.row(indicator_id), ev.entry(indicator_id)
    return (
        f"There is no figure for {entry.name} in {ev.force.area_in_sentence}. {plain(row['note'])}"
    )
