"""Figures 4 to 10: outcomes, and what the data returns say."""

from __future__ import annotations

import pandas as pd

from peelbook.charts.by_force import COUNTRY, among_forces, band_in_words
from peelbook.charts.figure import Figure
from peelbook.evidence import Evidence
from peelbook.indicators.catalogue import load_catalogue
from peelbook.indicators.sources import source_of
from peelbook.narrative.comparisons import set_beside
from peelbook.narrative.notes import other_notes
from peelbook.narrative.prose import Prose
from peelbook.narrative.words import DASH, number, percent, sentence_case
from peelbook.tables.periods import in_words


def outcomes_of_crime(ev: Evidence) -> Figure:
    """Figure 4: outcomes assigned to offences recorded, by type and group."""
    ids = [name for name, entry in load_catalogue().items() if entry.kind == "outcomes"]
    charged = ev.row("outcome-charged-summonsed")
    title = f"Outcomes of offences recorded: no values for {ev.force.full_name}"
    if pd.notna(charged["value"]):
        title = (
            f"{percent(charged['value'])} of offences in {ev.force.area_in_sentence} led to a charge "
            f"or summons{set_beside(ev, 'outcome-charged-summonsed')}"
        )
    return outcome_table(ev, ids, "Figure 4", title, "Percent of offences recorded")


def victim_does_not_support(ev: Evidence) -> Figure | Prose:
    """Figure 5: offences closed because the victim does not support action, every force."""
    return among_forces(ev, "outcome-evidential-victim-does-not-support", "Figure 5")


def vulnerable_victims(ev: Evidence) -> Figure | Prose:
    """Figure 6: recorded crime with a vulnerable victim, every force that returned it."""
    return among_forces(ev, "vulnerable-victim-crime", "Figure 6")


def domestic_abuse_arrests(ev: Evidence) -> Figure | Prose:
    """Figure 7: domestic abuse arrest rate, every force that returned it."""
    return among_forces(ev, "domestic-abuse-arrest-rate", "Figure 7")


def domestic_abuse_outcomes(ev: Evidence) -> Figure:
    """Figure 8: outcome rates for domestic abuse crime."""
    prefix = "domestic-abuse-outcome-"
    ids = [name for name in load_catalogue() if name.startswith(prefix)]
    row = ev.row(ids[0])
    title = f"Outcomes of domestic abuse crime: no values for {ev.force.full_name}"
    if pd.notna(row["value"]):
        title = (
            f"{percent(row['value'])} of domestic abuse crimes in {ev.force.area_in_sentence} led to "
            f"a charge or summons{set_beside(ev, ids[0])}"
        )
    return outcome_table(ev, ids, "Figure 8", title, "Percent of domestic abuse crimes")


def organised_crime_groups(ev: Evidence) -> Figure | Prose:
    """Figure 9: organised crime groups per million population, every force that returned it."""
    return among_forces(ev, "organised-crime-groups", "Figure 9")


def outcome_table(ev: Evidence, ids: list[str], number_: str, title: str, per: str) -> Figure:
    """Return outcomes by type, the force beside England and Wales, as a table."""
    table = pd.DataFrame([_outcome_row(ev, name) for name in ids])
    for column, empty in (("Type", ""), ("Among the forces", DASH)):
        if (table[column] == empty).all():
            table = table.drop(columns=column)
    first = ev.row(ids[0])
    reason = (first["note"],) if pd.isna(first["value"]) and first["note"] else ()
    shown = any(ev.areas(name)["value"].notna().any() for name in ids)
    return Figure(
        number=number_,
        title=title,
        subtitle=f"{per}, 12 months to {in_words(first['period_end'])}",
        table=table,
        source=source_of(ev.entry(ids[0]), ev.status_shown(ids[0])),
        notes=(*reason, *(other_notes(ev, ids[0]) if shown else ())),
        open_table=True,
    )


def _outcome_row(ev: Evidence, name: str) -> dict[str, str]:
    entry, row, country = ev.entry(name), ev.row(name), ev.country(name)
    return {
        "Outcome": sentence_case(entry.name) + (" (total)" if entry.group else ""),
        "Type": entry.number,
        ev.force.name: number(row["value"], entry.decimals),
        COUNTRY: number(country["value"], entry.decimals),
        **_other_comparator(ev, row, entry.decimals),
        "Among the forces": band_in_words(row),
    }


def _other_comparator(ev: Evidence, row: pd.Series, decimals: int) -> dict[str, str]:
    """The column of the area compared with, where that is not England and Wales."""
    name = ev.compared_with(row)
    if name == COUNTRY or row["status"] != "computed":
        return {}
    return {sentence_case(name): number(row["comparator_value"], decimals)}
