"""How the command line prints a table."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated, Any

import pandas as pd
import typer
from rich.console import Console
from rich.table import Table

NOT_IN_A_TERMINAL = ["period_start", "numerator", "denominator", "note", "reason"]
"""Columns that a terminal has no room for; --format csv and json print them."""


class Format(StrEnum):
    """How a table is printed."""

    table = "table"
    csv = "csv"
    json = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="How to print.")]


def print_table(table: pd.DataFrame, output_format: Format, title: str) -> None:
    """Print a table for reading, or as CSV or JSON."""
    if output_format is Format.csv:
        print(table.to_csv(index=False, lineterminator="\n"), end="")
    elif output_format is Format.json:
        records = json.loads(table.to_json(orient="records", date_format="iso"))
        print_json(records)
    else:
        shown = Table(title=title)
        for name in table.columns.difference(NOT_IN_A_TERMINAL, sort=False):
            shown.add_column(str(name), overflow="fold")
        narrow = table[table.columns.difference(NOT_IN_A_TERMINAL, sort=False)]
        for record in narrow.itertuples(index=False):
            shown.add_row(*(_cell(value) for value in record))
        Console().print(shown)


def print_json(records: list[dict[str, Any]]) -> None:
    """Print records as JSON."""
    print(json.dumps(records, indent=1, ensure_ascii=False))


def _cell(value: object) -> str:
    if pd.isna(value):
        return "–"
    return f"{value:,.2f}" if isinstance(value, float) else str(value)
