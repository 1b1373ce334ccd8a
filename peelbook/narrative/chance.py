"""What chance can and cannot explain: a force's figure beside the range that is usual among forces.

A difference is called more than chance, or more than usual between forces, only where the test of
:mod:`peelbook.indicators.usual` says so; a rank never does.
"""

from __future__ import annotations

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.indicators.change import yearly_change
from peelbook.indicators.usual import beyond_chance, interval_of, usual_range_of
from peelbook.narrative.prose import Prose, paragraphs, sentences
from peelbook.narrative.words import number, signed

COUNTRY = "England and Wales"
NO_COUNTS = (
    "Whether chance explains the difference cannot be said: the report printed this share "
    "without the counts behind it."
)
WHY_AREAS_VARY = (
    "Areas differ in who lives in, works in and visits them, and in how fully crime is recorded, "
    "and a rate for each resident does not allow for that."
)
WHY_SHARES_VARY = (
    "Forces differ in the crime that they deal with and in how they use outcomes, and a share of "
    "all offences does not allow for that."
)


def against_chance(ev: Evidence, *indicator_ids: str) -> Prose:
    """Say for each indicator whether the force differs by more than chance, and than is usual.

    One paragraph an indicator: the 95 percent interval of the force's figure, whether it differs
    from the comparator of the book by more than chance, whether that is unusual among forces, and
    why forces differ (once). Empty without a figure.
    """
    texts: list[str] = []
    for name in indicator_ids:
        texts.append(_paragraph(ev, name, first=not any(texts)))
    return paragraphs(*texts)


def change_against_chance(ev: Evidence, indicator_id: str) -> Prose:
    """Say whether the change in 12 months is more than chance explains; empty if there is none."""
    changes = yearly_change(indicator_id, ev.parameters)
    if ev.force.slug not in changes.index:
        return Prose("")
    change = changes.loc[ev.force.slug]
    if pd.isna(change["value"]):
        return Prose("")
    beyond = change["lower"] > 0 or change["upper"] < 0
    # a limit that prints as 0.0 would belie the sentence
    touches = any(round(change[end], 1) == 0 for end in ("lower", "upper"))
    lower, upper = (signed(change[end], 2 if touches else 1) for end in ("lower", "upper"))
    what = ev.entry(indicator_id).name
    more = "more than" if beyond else "no more than"
    return Prose(
        f"The change in {what} in {ev.force.area_in_sentence}, {signed(change['value'])} percent "
        f"with a 95 percent interval from {lower} to {upper}, "
        f"is {more} chance explains if each crime is taken by itself. Crimes come in series, so the "
        "true interval is wider, and a change in how they are recorded shows here too."
    )


def _paragraph(ev: Evidence, indicator_id: str, *, first: bool) -> str:
    row, entry = ev.row(indicator_id), ev.entry(indicator_id)
    if row["status"] == "published":
        return NO_COUNTS
    interval = interval_of(row, entry)
    if interval is None:
        return ""
    figure = _figure_in_words(ev, indicator_id, interval)
    other, whose = _compared(ev, indicator_id)
    beyond = beyond_chance(indicator_id, ev.force.slug, other, ev.parameters)
    if beyond is None:
        return sentences(
            f"{figure}, is not set against other forces.", row["note"] if first else ""
        )
    more = "more than" if beyond else "no more than"
    return sentences(
        f"{figure}, differs from the {number(other, entry.decimals)} of {whose} by {more} chance "
        "explains.",
        _verdict(ev, indicator_id, beyond=beyond),
        (WHY_SHARES_VARY if entry.is_share else WHY_AREAS_VARY) if first else "",
    )


def _compared(ev: Evidence, indicator_id: str) -> tuple[float, str]:
    """Return the value that the book compares with and whose it is; else England and Wales."""
    row = ev.row(indicator_id)
    if pd.isna(row["comparator_value"]):
        return ev.country(indicator_id)["value"], COUNTRY
    return row["comparator_value"], ev.compared_with(row)


def _figure_in_words(ev: Evidence, indicator_id: str, interval: tuple[float, float]) -> str:
    row, entry = ev.row(indicator_id), ev.entry(indicator_id)
    lower, upper = (number(limit, entry.decimals) for limit in interval)
    what = f"share of the outcome “{entry.name}”" if entry.is_share else f"rate of {entry.name}"
    return (
        f"The {what} in {ev.force.area_in_sentence}, {number(row['value'], entry.decimals)} "
        f"{entry.unit} with a 95 percent interval from {lower} to {upper}"
    )


def _verdict(ev: Evidence, indicator_id: str, *, beyond: bool) -> str:
    """Say whether a difference is unusual among forces, as it follows what chance explains of it."""
    row, entry = ev.row(indicator_id), ev.entry(indicator_id)
    found = usual_range_of(indicator_id, ev.parameters)
    lower, upper = (number(limit, entry.decimals) for limit in (found.lower, found.upper))
    usually = f"they usually lie between {lower} and {upper}"
    if not row["unusual"]:
        head = "The difference is real, but not" if beyond else "Nor is the figure"
        return f"{head} unusual among forces: {usually}."
    side = "above" if row["value"] > found.centre else "below"
    head = "It is unusual among forces too" if beyond else "Among forces it is unusual all the same"
    return f"{head}: {usually}, and {ev.force.area_in_sentence} is {side} that range."
