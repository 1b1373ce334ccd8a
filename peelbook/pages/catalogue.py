"""Tables of the indicator catalogue."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from peelbook.charts.tables import Html, source_list, text_table
from peelbook.indicators.catalogue import Indicator, load_catalogue
from peelbook.indicators.sources import numbered, sources_of
from peelbook.narrative.words import DASH, listing, sentence_case


def _table(chosen: Callable[[Indicator], bool], row: Callable[[Indicator], dict]) -> Html:
    rows = [row(entry) for entry in load_catalogue().values() if chosen(entry)]
    return text_table(pd.DataFrame(rows), "Indicators")


def computed() -> Html:
    """Return the indicators that are computed for all forces from open data."""
    entries = [
        entry for entry in load_catalogue().values() if entry.kind not in ("outcomes", "return")
    ]
    marks, sources = numbered(sources_of(entry) for entry in entries)
    mark_of = dict(zip((entry.id for entry in entries), marks, strict=True))
    table = _table(
        lambda entry: entry.id in mark_of,
        lambda entry: {
            "Indicator": sentence_case(entry.name_in_a_list),
            "Id": entry.id,
            "Counts": _counts(entry),
            "Unit": entry.unit,
            "Source": mark_of[entry.id],
            "Sub-question": entry.sub_question,
        },
    )
    return Html(table + source_list(sources))


def _counts(entry: Indicator) -> str:
    if entry.definition:
        return entry.definition
    if entry.offences:
        return f"Offences in {listing([name.replace('-', ' ') for name in entry.offences])}."
    if entry.without:
        return f"All offences but {listing([name.replace('-', ' ') for name in entry.without])}."
    return {
        "incidents": "Incidents recorded in a financial year.",
        "officers": "Officers, full-time equivalent, on 31 March.",
        "arrests": "Arrests for notifiable offences in a financial year.",
    }[entry.kind]


def outcomes() -> Html:
    """Return the outcome indicators and the outcome types that each counts."""
    return _table(
        lambda entry: entry.kind == "outcomes",
        lambda entry: {
            "Indicator": sentence_case(entry.name_in_a_list),
            "Id": entry.id,
            "Outcome types": "0 (none yet)"
            if entry.types == (0,)
            else ", ".join(map(str, entry.types)),
            "Figure": entry.figure or DASH,
        },
    )


def returned() -> Html:
    """Return the indicators that rest on data returns and surveys."""
    return _table(
        lambda entry: entry.kind == "return",
        lambda entry: {
            "Indicator": sentence_case(entry.name_in_a_list),
            "Id": entry.id,
            "Unit": entry.unit,
            "Source": sentence_case(entry.source),
            "Figure": entry.figure or DASH,
        },
    )
