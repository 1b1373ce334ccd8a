"""Notes at the foot of a figure: exclusions, caveats, and where the 2016 report prints otherwise."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.indicators.catalogue import indicator, load_rules
from peelbook.indicators.counts import mid_year_of
from peelbook.indicators.outcomes import unfinished_years
from peelbook.indicators.reproduction import reproduction_table
from peelbook.indicators.rules import rules_for
from peelbook.indicators.values import ENGLAND_AND_WALES
from peelbook.narrative.prose import sentences
from peelbook.narrative.words import listing, number, percent, sentence_case, signed
from peelbook.tables import load_table
from peelbook.tables.exclusions import caveats_for
from peelbook.tables.forces import all_forces
from peelbook.tables.periods import in_words, years_before

EFFECTS = {
    "excluded": "left out",
    "not-ranked": "not ranked",
    "incomplete": "incomplete, not ranked",
}
"""What an exclusion does, as a note says it; the reason of a missing change says it itself."""
OUTSIDE = "British Transport Police is outside the inspection."
"""The caveat that goes on with what the parameters of a book say."""
REPRODUCTION = "The page on the reproduction of the 2016 figures"
"""How a note names that page; a figure makes it a link."""


def notes(
    ev: Evidence, *indicator_ids: str, of_change: bool = False, place_of_reasons: str = ""
) -> tuple[str, ...]:
    """Return every exclusion and caveat that applies to the indicators, each as a sentence once.

    Forces excluded for the same reason share a sentence. A figure of changes (`of_change`) shows
    forces that are not ranked on the level, so it does not name them. Where `place_of_reasons` has
    the reasons why others are not ranked, a note names it in place of them.
    """
    found = [
        note for name in indicator_ids for note in _notes_of(ev, name, of_change, place_of_reasons)
    ]
    return tuple(dict.fromkeys(found))


def other_notes(ev: Evidence, indicator_id: str) -> tuple[str, ...]:
    """Return the notes of an indicator without the reason for the force's own missing value.

    For a figure that gives this reason already.
    """
    own = ev.row(indicator_id)["note"]
    said = (own, f"{ev.force.short_name} ({EFFECTS['excluded']}): {own}")
    return tuple(note for note in notes(ev, indicator_id) if note not in said)


def _notes_of(ev: Evidence, indicator_id: str, of_change: bool, place_of_reasons: str) -> list[str]:
    period_end = ev.row(indicator_id)["period_end"]
    rules = rules_for(indicator(indicator_id), period_end)
    if of_change:
        rules = rules[rules["effect"] != "not-ranked"]
    if place_of_reasons:
        # of the force of the book the reader wants the reason at once
        of_others = (rules["effect"] == "not-ranked") & (rules["force"] != ev.force.slug)
        rules = rules.assign(
            reason=rules["reason"].mask(of_others, f"{place_of_reasons} says why.")
        )
    names = {slug: force.short_name for slug, force in all_forces().items()} | {"all": "All forces"}
    excluded = [
        f"{listing(sorted(rows['force'].map(names)))}{_effect_in_words(effect)}: {reason}"
        for (effect, reason), rows in rules.groupby(["effect", "reason"], sort=False)
    ]
    return (
        excluded
        + caveats_said(ev, indicator_id, period_end)["caveat"].tolist()
        + of_another_year(ev, indicator_id)
        + _supplied(ev, indicator_id)
    )


def caveats_said(ev: Evidence, indicator_id: str, period_end: pd.Timestamp) -> pd.DataFrame:
    """Return `caveat` and `source` of the caveats for the force of a book, as they hold in it.

    Whether British Transport Police count is a parameter; the caveat says what was chosen.
    """
    rows = caveats_for(indicator_id, period_end, ev.force.slug)[["caveat", "source"]]
    counts = "is" if ev.parameters.british_transport_police else "is not"
    chosen = f"{OUTSIDE.removesuffix('.')} and {counts} counted in England and Wales here."
    return rows.assign(caveat=rows["caveat"].replace(OUTSIDE, chosen))


def of_another_year(ev: Evidence, indicator_id: str) -> list[str]:
    """Say whose residents or households divide a rate where those due are not held."""
    entry, row, year = ev.entry(indicator_id), ev.row(indicator_id), ev.mid_year(indicator_id)
    due = mid_year_of(entry, row["period_end"], ev.parameters.households_mid_year)
    if year is None or year == due or row["status"] != "computed":
        return []
    whose = "residents" if entry.denominator == "population" else "households"
    other = 2 * due - year
    as_near = other in set(load_table(entry.denominator)["mid_year"])
    rest = f"; those of {other} are as near, and of the two the earlier are used" if as_near else ""
    return [
        f"{sentence_case(entry.name)}: divided by the {whose} of {year}, the nearest to {due} held"
        f"{rest}."
    ]


def year_left_out(ev: Evidence, indicator_id: str) -> str:
    """Say that a newer year of outcomes is held than the one shown, and why it is not used.

    Empty where there is none, and where the book shows no year of the force.
    """
    row, entry = ev.row(indicator_id), ev.entry(indicator_id)
    if entry.kind != "outcomes" or pd.isna(row["value"]):
        return ""
    years = unfinished_years().dropna()
    newer = years[(years.index > row["period_end"]) & (years.index <= ev.period_end)]
    if newer.empty:
        return ""
    limit = load_rules()["completeness"]["year_assigned_percent"]
    return (
        f"Outcomes of the offences of the 12 months to {in_words(newer.index[-1])} are held but left "
        "out, as too many of these offences had no outcome yet: in the middle force "
        f"{percent(newer.iloc[-1])} had one, and a year is used from {limit:g} percent."
    )


def _effect_in_words(effect: str) -> str:
    return f" ({EFFECTS[effect]})" if effect in EFFECTS else ""


def _supplied(ev: Evidence, indicator_id: str) -> list[str]:
    """Name the file that the force's figure comes from, and say what England and Wales is."""
    own, country = ev.row(indicator_id), ev.country(indicator_id)
    notes = [own["note"]] if own["status"] == "returned" else []
    if country["status"] == "returned":
        notes.append(f"England and Wales: {country['note']}")
    return notes


def printed_otherwise(
    ev: Evidence, indicator_ids: Sequence[str], measure: str = "value"
) -> tuple[str, ...]:
    """Say where the 2016 report printed another number than the one computed here, and why.

    `measure` is ``value``, or ``change`` for changes over more than a year. Returns one note,
    or nothing in other periods, for other forces, and where all numbers agree.
    """
    if ev.published_figures.empty:
        return ()
    table = reproduction_table()
    is_change = table["period"].str.contains(" to ")
    other = table[
        table["indicator"].isin(indicator_ids)
        & (is_change == (measure == "change"))
        & table["ref"].str.startswith("figure")
        & table["area"].isin([ev.force.slug, ENGLAND_AND_WALES])
        & (table["verdict"].isin(["not-reproduced", "reproduced-under-variant"]))
    ]
    if other.empty:
        return ()
    shown = [_printed(ev, row, measure) for row in other.itertuples()]
    why = sentences(*dict.fromkeys(other["reason"]))
    return (
        f"The 2016 report printed: {'; '.join(shown)}. {why} {REPRODUCTION} sets them side by side.",
    )


def printed_in_text(ev: Evidence, indicator_id: str) -> str:
    """Say that the text of the 2016 report has another yearly change of England and Wales, and why.

    Empty in other books and where the numbers agree.
    """
    if ev.published_figures.empty:
        return ""
    table = reproduction_table()
    end = ev.row(indicator_id)["period_end"]
    period = f"{years_before(end, 1):%Y-%m-%d} to {end:%Y-%m-%d}"
    other = table[
        (table["indicator"] == indicator_id)
        & (table["area"] == ENGLAND_AND_WALES)
        & (table["period"] == period)
        & (table["verdict"] == "not-reproduced")
    ]
    if other.empty:
        return ""
    row = other.iloc[0]
    why = row["reason"].partition(";")[0].rstrip(".")
    return (
        f"For England and Wales the 2016 report printed {number(float(row['published']))} percent: "
        f"{why[:1].lower()}{why[1:]}, as the [page on the 2016 figures]"
        "(../methodology/reproduction.html) sets out."
    )


def _printed(ev: Evidence, row: tuple, measure: str) -> str:
    area = "England and Wales" if row.area == ENGLAND_AND_WALES else ev.force.short_name
    value = pd.to_numeric(row.published)
    text = signed(value) + " percent" if measure == "change" else number(value)
    return f"{ev.entry(row.indicator).name}, {area}, {text}"
