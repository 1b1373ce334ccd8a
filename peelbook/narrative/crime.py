"""Core question 1 in sentences: levels and trends of recorded crime and anti-social behaviour."""

from __future__ import annotations

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.indicators.counts import numerators
from peelbook.indicators.series import change_over_years, value_years_before
from peelbook.indicators.values import ENGLAND_AND_WALES
from peelbook.narrative.comparisons import (
    at_either_end,
    beside,
    changes_beside,
    no_value,
    no_year_before,
    other_area,
    position,
    set_beside,
)
from peelbook.narrative.crime_changes import changes_apart, place_of_change
from peelbook.narrative.notes import printed_in_text
from peelbook.narrative.prose import Prose, paragraphs, plain, sentences
from peelbook.narrative.recording import how_well_recorded
from peelbook.narrative.trends import trend_of
from peelbook.narrative.words import (
    changed,
    listing,
    more_or_fewer,
    moved,
    number,
    percent,
    sentence_case,
)
from peelbook.narrative.words import in_words as in_words_of
from peelbook.statistics.ranks import HIGHEST, LOWEST
from peelbook.statistics.rounding import rounded
from peelbook.tables.exclusions import caveats_for
from peelbook.tables.periods import in_words, years_before
from peelbook.tables.published import quoted

CRIME_TYPES = (
    "sexual-offences",
    "violence-with-injury",
    "violence-without-injury",
    "stalking-and-harassment",
    "robbery",
    "domestic-burglary",
    "vehicle-offences",
    "shoplifting",
    "drug-offences",
    "possession-of-weapons",
    "public-order-offences",
    "criminal-damage-and-arson",
)
"""Every type of crime of the full table that is not part of another."""


def levels(ev: Evidence) -> Prose:
    """Say how much crime was recorded per head, beside the comparator, and where that stands."""
    crime, victims = ev.row("recorded-crime"), ev.row("victim-based-crime")
    if pd.isna(crime["value"]):
        return Prose(no_value(ev, "recorded-crime"))
    first = (
        f"In the 12 months to {in_words(crime['period_end'])}, {number(crime['value'])} crimes "
        f"per 1,000 population were recorded in {ev.force.area_in_sentence}, "
        f"{beside(ev, 'recorded-crime')}. {position(ev, 'recorded-crime')}"
    )
    second = (
        f"Victim-based crime, which has a person or an organisation as its direct victim, stood at "
        f"{number(victims['value'])} per 1,000 population"
        f"{_other_period(ev, 'victim-based-crime')}, {beside(ev, 'victim-based-crime')}. "
        f"{position(ev, 'victim-based-crime', explained=True)}"
    )
    return paragraphs(first, second, _pooled_and_middle(ev))


def _other_period(ev: Evidence, name: str) -> str:
    """Date a figure of another period than that of all recorded crime, which is dated before it."""
    end = ev.row(name)["period_end"]
    if end == ev.row("recorded-crime")["period_end"]:
        return ""
    return f" in the 12 months to {in_words(end)}"


def _pooled_and_middle(ev: Evidence) -> str:
    """Say once why most forces lie below England and Wales, where they do and it is compared with."""
    row, areas = ev.row("recorded-crime"), ev.areas("recorded-crime")
    pooled = row["comparator_value"]
    ranked = areas.loc[areas["rank"].notna(), "value"]
    below = int((ranked < pooled).sum())
    compared = row["comparator_area"] == ENGLAND_AND_WALES and pd.notna(row["rank"])
    if not compared or below <= len(ranked) / 2:
        return ""
    return (
        "The value for England and Wales is that of all forces taken together, and the largest "
        f"weigh most in it: {below} of {len(ranked)} forces lie below it. Half of the forces lie "
        f"below {number(ranked.median())}."
    )


def trend(ev: Evidence) -> Prose:
    """Say how recorded and victim-based crime changed over five years, or as many as there are.

    The change is that of the number of crimes; what became of the rate is said beside it, since
    the number of residents changes too. Where only one year can be compared, the reason.
    """
    years = years_available(ev, "recorded-crime")
    end = ev.row("recorded-crime")["period_end"]
    if pd.isna(ev.row("recorded-crime")["value"]):
        return Prose("")
    if years < 2:
        return Prose(_no_long_trend(end))
    since = in_words(years_before(end, years))
    crime = change_over_years("recorded-crime", ev.parameters, years)
    victims = change_over_years("victim-based-crime", ev.parameters, years)
    own, area = ev.force.slug, ev.force.area_in_sentence
    if pd.isna(crime.get(own)):
        return Prose("")
    of_victims = ""
    if pd.notna(victims.get(own)):  # by force, victim-based crime is known for fewer years
        of_victims = (
            f" The number of victim-based crimes {changed(victims[own])} in {area}"
            f"{changes_beside(ev, victims)}."
        )
    return paragraphs(
        f"Compared with the 12 months to {since}, the number of recorded crimes "
        f"{changed(crime[own])} in {area}{changes_beside(ev, crime)}.{of_victims}"
        f"{_about_the_base(ev, years_before(end, years))}",
        _trend_of_rate(ev, years),
        _shorter_than_five_years(end, years),
    )


def _about_the_base(ev: Evidence, base: pd.Timestamp) -> str:
    """Return what a reader should know of the year that a change starts from, and not of this one."""
    now = ev.row("recorded-crime")["period_end"]
    of_both = set(caveats_for("recorded-crime", now, ev.force.slug)["caveat"])
    known = caveats_for("recorded-crime", base, ev.force.slug)
    own = known.loc[known["explains_change"], "caveat"].drop_duplicates()
    return "".join(f" {caveat}" for caveat in own if caveat not in of_both)


def _trend_of_rate(ev: Evidence, years: int) -> str:
    before = value_years_before("recorded-crime", ev.parameters, years)
    row, other = ev.row("recorded-crime"), other_area(ev)
    base = trend_of(ev, "recorded-crime", ev.force.slug, years).base
    beside_it = ""
    if pd.notna(before.get(other)) and pd.notna(row["comparator_value"]):
        beside_it = f"; in {ev.comparator_name} it {moved(before[other], row['comparator_value'])}"
    return (
        "The number of residents changed as well. Per 1,000 population, recorded crime "
        f"{moved(before[ev.force.slug], row['value'], base=base)} in {ev.force.area_in_sentence}{beside_it}."
    )


def _no_long_trend(end: pd.Timestamp) -> str:
    first = years_before(end, 1)
    return (
        f"A change over five years cannot be given: the first 12 months to {first.day} {first:%B} "
        f"that the source has are those of {first.year}."
    )


def _shorter_than_five_years(end: pd.Timestamp, years: int) -> str:
    if years == 5:
        return ""
    return (
        f"The source has no earlier 12 months to {end.day} {end:%B}, so the change is over "
        f"{years} years and not over five."
    )


def years_available(ev: Evidence, indicator_id: str, most: int = 5) -> int:
    """Return over how many years, at most `most`, the indicator can be compared; 0 for none."""
    last = ev.row(indicator_id)["period_end"]
    known = set(numerators(ev.entry(indicator_id))["period_end"])
    spans = [years for years in range(1, most + 1) if years_before(last, years) in known]
    return max(spans, default=0)


def year_on_year(ev: Evidence) -> Prose:
    """Say how the number of crimes changed in 12 months, and how fully crime was recorded."""
    areas = ev.areas("recorded-crime")
    change = areas["change"]
    own = change[ev.force.slug]
    if pd.isna(own):
        return Prose("")
    forces = change.drop(ENGLAND_AND_WALES).dropna()
    rising = int((forces > 0).sum())
    many = f"all {rising}" if rising == len(forces) else f"{rising or 'none'} of the {len(forces)}"
    end = areas["period_end"].iloc[0]
    beside_it = changes_beside(ev, change_over_years("recorded-crime", ev.parameters, 1))
    printed = printed_in_text(ev, "recorded-crime")
    return paragraphs(
        sentences(
            f"Between the 12 months to {in_words(years_before(end, 1))} and the 12 months to "
            f"{in_words(end)}, the number of recorded crimes in {ev.force.area_in_sentence} "
            f"{changed(own)}{beside_it}.",
            place_of_change(own, forces),
            printed if other_area(ev) == ENGLAND_AND_WALES else "",
            f"More crime than a year earlier was recorded in {many} forces.",
        ),
        how_well_recorded(ev),
    )


def crime_types(ev: Evidence) -> Prose:
    """Name the types at either end of the forces and those that moved apart; count knives apart."""
    return paragraphs(_types_at_the_ends(ev), changes_apart(ev, CRIME_TYPES), _with_a_knife(ev))


def _with_a_knife(ev: Evidence) -> str:
    if pd.isna((row := ev.row("knife-crime"))["value"]):
        return ""
    return sentences(
        f"Serious offences with a knife, a part of all crime counted here, came to "
        f"{number(row['value'], 2)} per 1,000 population in the 12 months to "
        f"{in_words(row['period_end'])}{set_beside(ev, row['indicator'])}.",
        position(ev, row["indicator"], explained=True),
    )


def _types_at_the_ends(ev: Evidence) -> str:
    rows = {name: ev.row(name) for name in CRIME_TYPES}
    end = rows[CRIME_TYPES[0]]["period_end"]
    ids = [name for name, row in rows.items() if row["period_end"] == end and pd.notna(row["rank"])]
    if not ids:
        return ""
    ends = at_either_end(ev, ids)
    period = _other_period(ev, ids[0])
    if not ends:
        return (
            f"On every one of the {in_words_of(len(ids))} types of crime compared{period}, from "
            f"{ev.entry(ids[0]).name} to {ev.entry(ids[-1]).name}, the rate was broadly in line with "
            "other forces."
        )
    others = [ev.entry(name).name for name in ids if rows[name]["band"] not in (HIGHEST, LOWEST)]
    rest = f"; for {listing(others)} it was broadly in line with other forces" if others else ""
    return (
        f"Of all {in_words_of(len(ids))} types of crime compared{period} (those of Force in numbers), "
        f"the rate was {ends}{rest}."
    )


def anti_social_behaviour(ev: Evidence) -> Prose:
    """Say how many anti-social behaviour incidents were recorded, and the change in a year."""
    row = ev.row("asb-incidents")
    if pd.isna(row["value"]):
        return Prose("")  # the figure gives the reason
    level = (
        f"In the 12 months to {in_words(row['period_end'])}, {ev.force.full_name} recorded "
        f"{number(row['value'], 0)} incidents of anti-social behaviour per 1,000 population, "
        f"{beside(ev, 'asb-incidents')}. {position(ev, 'asb-incidents')}"
    )
    change = (
        _asb_change(ev, row)
        or no_year_before(ev, "asb-incidents")
        or sentences("No change is given.", plain(row["note"]))
    )
    return paragraphs(sentence_case(level), change, _asb_quoted(ev))


def _asb_change(ev: Evidence, row: pd.Series) -> str:
    if pd.isna(row["change"]):
        return ""
    same = rounded(row["change"], 1) == 0
    beside_it = changes_beside(ev, change_over_years("asb-incidents", ev.parameters, 1))
    return (
        f"The force recorded {more_or_fewer(row['change'], 1)} incidents "
        f"{'as' if same else 'than'} in the 12 months before{beside_it.replace('it ', 'the number ')}."
    )


def _asb_quoted(ev: Evidence) -> str:
    latest = quoted(ev.published_figures, "asb-incidents", ev.force.slug, "change", "2016-06-30")
    before = quoted(ev.published_figures, "asb-incidents", ev.force.slug, "change", "2015-06-30")
    if latest is None or before is None:
        return ""
    return (
        f"The 2016 report also gives {percent(abs(latest), 0)} fewer incidents in the 12 months to "
        f"{in_words(ev.period_end)}, after {percent(abs(before), 0)} fewer in the 12 months before. "
        "Incidents are published by financial year only, so these two figures are quoted, "
        "not recomputed."
    )


def public_satisfaction(ev: Evidence) -> Prose:
    """Quote the public attitudes survey where the report printed it."""
    row = ev.row("public-satisfaction")
    if row["status"] == "returned":
        return Prose(
            f"In a survey that ended on {in_words(row['period_end'])}, {percent(row['value'], 0)} "
            f"were satisfied with local policing{set_beside(ev, 'public-satisfaction')}."
        )
    value = quoted(ev.published_figures, "public-satisfaction", ev.force.slug)
    if value is None:
        return Prose("")
    return Prose(
        f"In a survey of residents in the summer of {ev.period_end.year}, {percent(value, 0)} were "
        "satisfied with local policing. The sample was small and not random, so this is an "
        "indication only."
    )
