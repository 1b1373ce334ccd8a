"""How the command line prints a table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from textwrap import fill
from typing import Annotated, Any

import pandas as pd
import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from peelbook.errors import InvalidParameter, shown

WIDEST = 36
"""Letters of the widest cell where few columns are printed."""


class Format(StrEnum):
    """How a table is printed."""

    table = "table"
    csv = "csv"
    json = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="How to print.")]


WideOption = Annotated[bool, typer.Option("--wide", help="All columns, in a wide window.")]
ColumnsOption = Annotated[
    str, typer.Option("--columns", metavar="A,B", help="These columns, in any format.")
]


@dataclass(frozen=True)
class Shown:
    """Which columns are printed: those named by `columns`; else all if `wide`; else `few`.

    `few` are the ones that a window of 80 characters has room for; CSV and JSON have all.
    """

    few: tuple[str, ...] = ()
    wide: bool = False
    columns: str = ""

    def of(self, table: pd.DataFrame, output_format: Format) -> pd.DataFrame:
        """Return the columns to print; raise InvalidParameter for one that is not there."""
        if self.columns:
            names = [name.strip() for name in self.columns.split(",")]
            for name in names:
                if name not in table.columns:
                    known = ", ".join(table.columns)
                    raise InvalidParameter(f"No column {shown(name)}; there are: {known}.")
            return table[names]
        if output_format is Format.table and self.few and not self.wide:
            return table[[name for name in self.few if name in table.columns]]
        return table


EVERYTHING = Shown(wide=True)


def print_table(
    table: pd.DataFrame, output_format: Format, title: str, show: Shown = EVERYTHING
) -> None:
    """Print a table for reading, or as CSV or JSON."""
    table = show.of(table, output_format)
    if output_format is Format.csv:
        print(table.to_csv(index=False, lineterminator="\n"), end="")
    elif output_format is Format.json:
        records = json.loads(table.to_json(orient="records", date_format="iso"))
        print_json(records)
    else:
        printed = Table(title=title, box=SIMPLE_HEAD, pad_edge=False)
        # a word that is cut in the middle cannot be read: lines end at blanks and hyphens
        few = bool(show.few) and not show.wide and not show.columns
        for name in table.columns:
            number = pd.api.types.is_numeric_dtype(table[name])
            printed.add_column(str(name), justify="right" if number else "left", no_wrap=few)
        for record in table.itertuples(index=False):
            cells = [_cell(value) for value in record]
            printed.add_row(*(fill(cell, WIDEST) if few else cell for cell in cells))
        Console().print(printed)
        if few:
            print("--wide prints all columns, --columns A,B those that you name.")


def print_json(records: list[dict[str, Any]]) -> None:
    """Print records as JSON."""
    print(json.dumps(records, indent=1, ensure_ascii=False))


def _cell(value: object) -> str:
    if pd.isna(value):
        return "–"
    return f"{value:,.2f}" if isinstance(value, float) else str(value)
