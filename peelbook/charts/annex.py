"""Annex A as tables: parameters, sources, exclusions and caveats of one book."""

from __future__ import annotations

from html import escape
from string import ascii_lowercase

import pandas as pd

from peelbook.charts.by_force import FEWEST_FORCES
from peelbook.charts.cards import GROUPS, has_a_tile
from peelbook.charts.crime import CRIME_RATES, MORE_CRIME_TYPES
from peelbook.charts.over_time import has_a_line
from peelbook.charts.tables import Html, note_list, source_list, text_table
from peelbook.evidence import Evidence
from peelbook.indicators.catalogue import Indicator, indicator, load_catalogue
from peelbook.indicators.rules import rules_for
from peelbook.indicators.sources import numbered, sources_of
from peelbook.narrative.notes import caveats_said, year_left_out
from peelbook.narrative.words import DASH, sentence_case
from peelbook.parameters import Parameters, file_fingerprints, shown_values
from peelbook.tables.forces import all_forces
from peelbook.tables.periods import in_words

FORCE_IN_NUMBERS = "Force in numbers"
BOTH_FIGURES = "Figures 1 and 2"
"""A line over the years, and a row among the types of crime, which needs one period only."""
TYPES_OF_CRIME = "Figure 2"
STATUS = {
    "computed": "Computed from open data",
    "incomplete": "Shown, but the data are incomplete",
    "published": "As printed in the 2016 report",
    "returned": "From the data return supplied",
    "excluded": "Excluded",
    "not-available": "No figure",
}
NO_FIGURE = "Why there is no figure:"
EFFECTS = {
    "incomplete": "Not ranked, graded or counted in England and Wales",
    "excluded": "Excluded",
    "not-ranked": "Not ranked",
    "no-change": "Change not shown",
}


def parameter_table(ev: Evidence) -> Html:
    """Return the parameter set of the book, one row a parameter; a file with part of its hash."""
    values = shown_values(ev.parameters)
    for name, fingerprint in file_fingerprints(ev.parameters).items():
        values[name] = f"{values[name]} (sha256 {fingerprint})"
    rows = [
        {
            "Parameter": name,
            "Value": str(values[name]).lower() if isinstance(values[name], bool) else values[name],
            "Meaning": sentence_case(field.description or ""),
        }
        for name, field in Parameters.model_fields.items()
    ]
    return text_table(pd.DataFrame(rows), "The parameter set of this book")


def sources_table(ev: Evidence) -> Html:
    """Return source, period and denominator of every indicator, in the order of the catalogue.

    An indicator of which the book shows no figure has no source either; a letter leads from its
    status to the reason, each of which stands once below.
    """
    entries = load_catalogue()
    reasons = {name: _why_none(ev.row(name)) for name in entries}
    letters = dict(
        zip(dict.fromkeys(filter(None, reasons.values())), ascii_lowercase, strict=False)
    )
    marks, sources = numbered(
        sources_of(*ev.shown(name)) if ev.is_shown(name) else [] for name in entries
    )
    rows = []
    for mark, (name, entry) in zip(marks, entries.items(), strict=True):
        row = ev.row(name)
        rows.append(
            {
                "Indicator": sentence_case(entry.name_in_a_list),
                "Figure": _where(ev, name, entry),
                "Source": mark or DASH,
                "Period": _period(row) if pd.notna(row["value"]) else DASH,
                "Denominator": _denominator(ev, name),
                "Status": _status(row, letters.get(reasons[name], "")),
            }
        )
    table = text_table(pd.DataFrame(rows), "Source, period and denominator of every indicator")
    listed = note_list(NO_FIGURE, [f"{letter}: {why}" for why, letter in letters.items()])
    return Html(table + listed + _left_out(ev) + source_list(sources))


def _why_none(row: pd.Series) -> str:
    """Return why an indicator has no value; of one that is excluded the table of these says it."""
    return row["note"] if row["status"] == "not-available" else ""


def _status(row: pd.Series, letter: str) -> str:
    return f"{STATUS[row['status']]} ({letter})" if letter else STATUS[row["status"]]


def _left_out(ev: Evidence) -> str:
    """Say once which newer year of outcomes is held and not used."""
    said = filter(None, dict.fromkeys(year_left_out(ev, name) for name in load_catalogue()))
    return "".join(f"<p>{escape(sentence)}</p>" for sentence in said)


def _where(ev: Evidence, name: str, entry: Indicator) -> str:
    """Name the figures of this book that draw an indicator, and the page of headline figures."""
    drawn = ev.areas(name)["rank"].notna().sum() >= FEWEST_FORCES
    if pd.isna(ev.row(name)["value"]) and not drawn:
        return DASH
    headline = any(name in names for names in GROUPS.values()) and has_a_tile(ev, name)
    figure = entry.figure
    if figure == BOTH_FIGURES and not has_a_line(ev, name):
        figure = TYPES_OF_CRIME
    places = [figure] if figure and figure != FORCE_IN_NUMBERS else []
    if headline or name in (*CRIME_RATES, *MORE_CRIME_TYPES):
        places.append(FORCE_IN_NUMBERS)
    return "; ".join(places) or DASH


def _period(row: pd.Series) -> str:
    if row["period_start"] == row["period_end"]:
        return in_words(row["period_end"])
    return f"{in_words(row['period_start'])} to {in_words(row['period_end'])}"


def _denominator(ev: Evidence, name: str) -> str:
    entry, row = ev.entry(name), ev.row(name)
    if row["status"] != "computed" or entry.denominator == "none":
        return DASH
    if entry.denominator == "offences":
        return "offences recorded in the period"
    return f"{entry.denominator}, mid-{ev.mid_year(name)}"


def exclusions_table(ev: Evidence) -> Html:
    """Return every exclusion that applies in the book's period, for any force."""
    rows = _gathered(
        ev, lambda name, end: rules_for(indicator(name), end)[["force", "effect", "reason"]]
    )
    if rows.empty:
        return Html("<p>No exclusion applies in this period.</p>")
    grouped = rows.groupby(["force", "effect", "reason"], sort=False)["indicator"]
    table = grouped.agg(lambda names: _listed(list(names))).reset_index()
    return text_table(
        pd.DataFrame(
            {
                "Force": table["force"].map(_force),
                "Effect": table["effect"].map(EFFECTS),
                "Reason": table["reason"],
                "Indicators": table["indicator"],
            }
        ).sort_values(["Force", "Effect"], kind="stable"),
        "Exclusions that apply in this period",
    )


def caveats_table(ev: Evidence) -> Html:
    """Return every caveat that applies to the force in the book's period."""
    rows = _gathered(ev, lambda name, end: caveats_said(ev, name, end))
    if rows.empty:
        return Html("<p>No caveat applies in this period.</p>")
    grouped = rows.groupby(["caveat", "source"], sort=False)["indicator"]
    table = grouped.agg(lambda names: _listed(list(names))).reset_index()
    return text_table(
        table.rename(columns={"caveat": "Caveat", "source": "Source", "indicator": "Indicators"}),
        f"Caveats that apply to {ev.force.full_name}",
    )


def _gathered(ev: Evidence, rows_of: object) -> pd.DataFrame:
    frames = [
        rows_of(name, ev.row(name)["period_end"]).assign(indicator=entry.name)
        for name, entry in load_catalogue().items()
        # where no area has a value there is nothing to leave out or to warn of
        if ev.areas(name)["value"].notna().any()
    ]
    return pd.concat(frames, ignore_index=True)


def _listed(names: list[str], most: int = 4) -> str:
    unique = list(dict.fromkeys(names))
    if len(unique) <= most:
        return sentence_case("; ".join(unique))
    return sentence_case(f"{'; '.join(unique[:most])}; and {len(unique) - most} more")


def _force(slug: str) -> str:
    return "All forces" if slug == "all" else all_forces()[slug].short_name
