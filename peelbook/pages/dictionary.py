"""Tables of the data dictionary, from the data package."""

from __future__ import annotations

import pandas as pd

from peelbook.charts.tables import Html, text_table
from peelbook.indicators.sources import table_sources
from peelbook.narrative.prose import Prose, plain
from peelbook.narrative.words import DASH
from peelbook.tables import blemishes, describe_table, table_names


def tables() -> Html:
    """Return every table of data/ with its source and licence."""
    rows = []
    for name in table_names():
        entry = describe_table(name)
        rows.append(
            {
                "Table": name,
                "Holds": entry.get("description") or entry["title"],
                "Source": "; ".join(table_sources(name)),
                "Licence": ", ".join(licence["name"] for licence in entry["licenses"]),
                "Kilobytes": f"{entry['bytes'] / 1000:,.0f}",
            }
        )
    return text_table(pd.DataFrame(rows), "Tables of data/")


def columns() -> Html:
    """Return every column of every table with type, unit and meaning."""
    rows = [
        {
            "Table": name,
            "Column": field["name"],
            "Type": field["type"],
            "Unit": field.get("unit") or DASH,
            "Meaning": field["description"],
        }
        for name in table_names()
        for field in describe_table(name).get("schema", {}).get("fields", [])
    ]
    return text_table(pd.DataFrame(rows), "Columns of every table")


def known_blemishes() -> Prose:
    """Return the known blemishes of the releases and how each is read, as a list."""
    return Prose(
        "\n".join(
            f"- **{plain(entry['title'])}.** {plain(entry['description'])}" for entry in blemishes()
        )
    )
