"""Core question 2 in sentences: outcomes of crime and the experience of victims."""

from __future__ import annotations

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.indicators.completeness import areas_that_do_not_compare
from peelbook.indicators.counts import numerators
from peelbook.indicators.outcomes import has_every_type, later_release, released_up_to
from peelbook.indicators.values import ENGLAND_AND_WALES as COUNTRY
from peelbook.narrative.comparisons import beside, position, set_beside
from peelbook.narrative.notes import year_left_out
from peelbook.narrative.once import not_told
from peelbook.narrative.prose import Prose, paragraphs, plain, sentences
from peelbook.narrative.words import changed, number, percent, sentence_case
from peelbook.narrative.words import in_words as in_words_of
from peelbook.statistics.ranks import SMALLEST_BASE
from peelbook.tables.periods import in_words, years_before
from peelbook.tables.published import quoted

YEARS = 2
"""Between the two years whose numbers of offences are compared."""


def brought_to_justice(ev: Evidence) -> Prose:
    """Say what share of recorded offences led to a charge or summons, and what is still open.

    A newer year that is held and not used is named last.
    """
    return paragraphs(_charged_and_open(ev), year_left_out(ev, "outcome-charged-summonsed"))


def _charged_and_open(ev: Evidence) -> str:
    charged, waiting = ev.row("outcome-charged-summonsed"), ev.row("outcome-not-yet-assigned")
    if pd.isna(charged["value"]):
        return ""  # the figure gives the reason
    period = in_words(charged["period_end"])
    first = (
        f"Of the offences recorded in {ev.force.area_in_sentence} in the 12 months to {period}, "
        f"{percent(charged['value'])} had led to a charge or summons by {_released(charged)}, "
        f"{beside(ev, 'outcome-charged-summonsed')}."
    )
    if waiting["status"] == "incomplete":
        # what was not supplied is not what is still under investigation; the place says how much
        return sentences(first, position(ev, "outcome-charged-summonsed"))
    first = sentences(first, position(ev, "outcome-charged-summonsed"))
    if pd.isna(waiting["value"]):
        # the release holds more outcomes than offences, so how many are open cannot be told
        return paragraphs(_as_printed(ev), first, _in_numbers(ev))
    same_reason = bool(charged["note"]) and charged["note"] == waiting["note"]
    return paragraphs(
        _as_printed(ev),
        first,
        sentences(
            _still_open(ev),
            position(ev, "outcome-not-yet-assigned", explained=same_reason),
            _cannot_be_told(ev),
            _left_over(waiting),
            "Outcomes mature: as investigations end, these shares change.",
        ),
        _in_numbers(ev),
    )


def _released(row: pd.Series) -> str:
    """Name the release that a share of outcomes is taken from, by what it covers."""
    if row["status"] not in ("computed", "incomplete"):
        return "the time of these figures"
    last = released_up_to(row["period_end"])
    if last == row["period_end"]:
        return "the release of outcomes for that year"
    return f"the release of outcomes up to {last:%B %Y}"


def _in_numbers(ev: Evidence) -> str:
    """Say how the numbers of offences charged and recorded changed over two years of one release.

    The later release is taken where that of the year does not hold both. Empty where neither holds
    both years of the force, complete.
    """
    name = "outcome-charged-summonsed"
    end, entry = ev.row(name)["period_end"], ev.entry(name)
    before = years_before(end, YEARS)
    left_out = {*areas_that_do_not_compare(entry, before), *areas_that_do_not_compare(entry, end)}
    if ev.row(name)["status"] != "computed" or ev.force.slug in left_out:
        return ""
    for release in dict.fromkeys([released_up_to(end), later_release()]):
        counts = numerators(entry, release=release).set_index(["force", "period_end"])
        held = counts.reindex([(ev.force.slug, before), (ev.force.slug, end)])
        charged, recorded = held["numerator"], held["recorded"]
        if held[["numerator", "recorded"]].notna().all(axis=None) and charged.min() > 0:
            break
    else:
        return ""
    if charged.iloc[0] < SMALLEST_BASE:
        return ""
    change, change_of_all = (
        changed(100 * (each.iloc[1] / each.iloc[0] - 1), 0) for each in (charged, recorded)
    )
    told = (
        f"over the {in_words_of(YEARS)} years from the 12 months to {in_words(before)}, the number of "
        f"offences that led to a charge or summons {change}, from {number(charged.iloc[0], 0)} to "
        f"{number(charged.iloc[1], 0)}; the number of offences recorded {change_of_all}."
    )
    if release != released_up_to(end):
        told = f"in the release of outcomes up to {release:%B %Y}, {told}"
    return sentence_case(told)


def _left_over(waiting: pd.Series) -> str:
    """Say that the share without an outcome is a remainder, where no source counts it."""
    if waiting["status"] != "computed" or has_every_type(waiting["period_end"]):
        return ""
    return (
        "This share is what is left when the offences with an outcome are taken off those recorded, "
        "and it depends on how long after the year the outcomes were released."
    )


def _cannot_be_told(ev: Evidence) -> str:
    """Say of how many forces the share without an outcome is not known, so that the ranks add up."""
    charged, waiting = ev.areas("outcome-charged-summonsed"), ev.areas("outcome-not-yet-assigned")
    lost = int((charged["rank"].notna() & waiting["rank"].isna()).sum())
    if not lost or pd.isna(ev.row("outcome-not-yet-assigned")["rank"]):
        return ""
    whose = "one force has" if lost == 1 else f"{in_words_of(lost)} forces have"
    return f"{sentence_case(whose)} more outcomes than offences in the release and no such share."


def _still_open(ev: Evidence) -> str:
    """Say what share of offences had no outcome yet, as a sentence."""
    waiting = ev.row("outcome-not-yet-assigned")
    if round(waiting["value"], 1) > 0:
        return (
            f"A further {percent(waiting['value'])} had no outcome by then, "
            f"{beside(ev, 'outcome-not-yet-assigned')}."
        )
    few = "Hardly any offence was" if waiting["value"] > 0 else "No offence was"
    other = waiting["comparator_value"]
    rest = "" if pd.isna(other) else f"; in {ev.compared_with(waiting)} {percent(other)} were"
    return f"{few} still without an outcome by then{rest}."


def _as_printed(ev: Evidence) -> str:
    """Set the shares that the report printed before those of a later release, where both are known."""
    charged, waiting = "outcome-charged-summonsed", "outcome-not-yet-assigned"
    if ev.row(charged)["status"] != "computed":
        return ""
    own, country = (quoted(ev.published_figures, charged, a) for a in (ev.force.slug, COUNTRY))
    left, left_country = (
        quoted(ev.published_figures, waiting, a) for a in (ev.force.slug, COUNTRY)
    )
    if None in (own, country, left, left_country):
        return ""
    return (
        f"When the report was written, {percent(own)} of the year's offences had led to a charge or "
        f"summons, against {percent(country)} in England and Wales; {percent(left)} had no outcome "
        f"yet, against {percent(left_country)}. Part of the gap was due to investigations that had not "
        "ended: a later release, which follows the same offences for longer, gives the figures below."
    )


def closed_without_victim(ev: Evidence) -> Prose:
    """Say what share ended because the victim did not support action."""
    name = "outcome-evidential-victim-does-not-support"
    row = ev.row(name)
    if pd.isna(row["value"]):
        return Prose("")  # the figure gives the reason
    return paragraphs(
        sentences(
            f"Of the offences recorded in the 12 months to {in_words(row['period_end'])}, "
            f"{percent(row['value'])} were closed with evidential difficulties because the victim did "
            f"not support action, {beside(ev, name)}.",
            position(ev, name),
            _a_year_before(ev, name),
        ),
        "This share is read as a sign of how well a force supports victims through an "
        "investigation. It also depends on the mix of crime: where more of it is domestic abuse, "
        "more victims withdraw.",
    )


def _a_year_before(ev: Evidence, indicator_id: str) -> str:
    """Say what a share was in the year before, by the release of the time; empty if not known."""
    row, country = ev.row(indicator_id), ev.country(indicator_id)
    if pd.isna(row["change"]):
        return ""
    beside_it = ""
    if pd.notna(country["change"]):
        beside_it = f", and {percent(country['value'] - country['change'])} in England and Wales"
    return f"A year before it was {percent(row['value'] - row['change'])}{beside_it}."


def victim_satisfaction(ev: Evidence) -> Prose:
    """Say how satisfied victims were, beside the mean of all forces and five years earlier."""
    row = ev.row("victim-satisfaction")
    if pd.isna(row["value"]):
        return Prose(
            f"Victim satisfaction in {ev.force.area_in_sentence}: no figure. {plain(row['note'])}"
        )
    before = quoted(
        ev.published_figures, "victim-satisfaction", ev.force.slug, period_end="2011-06-30"
    )
    history = ""
    if before is not None:
        history = (
            f" In the 12 months to 30 June 2011 it was {percent(before)}, so satisfaction "
            f"{'fell' if row['value'] < before else 'did not fall'} over the five years."
        )
    compared = set_beside(ev, "victim-satisfaction")
    mean = ", which is the mean of the rates of all forces" if compared else ""
    return Prose(
        f"In the 12 months to {in_words(row['period_end'])}, {percent(row['value'])} of victims of "
        f"crime were satisfied with their whole experience of the police{compared}{mean}.{history}"
    )


def telephone_resolution(ev: Evidence) -> Prose:
    """Say what share of incidents was resolved by telephone."""
    name = "telephone-resolution"
    own = ev.row(name)["value"]
    if pd.isna(own):
        return Prose("")
    text = f"{percent(own, 0)} of incidents were resolved by telephone{set_beside(ev, name)}."
    return Prose(not_told(ev, "q2.2", text))
