"""Building blocks of the table definitions: a table and the kinds of column."""

from __future__ import annotations

from dataclasses import dataclass

import pandera.pandas as pa

PANDERA_TYPES = {
    "string": "str",
    "integer": "int64",
    "number": "float64",
    "date": "datetime64[ns]",
    "boolean": "bool",
}
GRADES = ("outstanding", "good", "requires improvement", "inadequate")
QUESTIONS = ("overall", "q1", "q2", "q3", "q4", "asb")


@dataclass(frozen=True)
class Table:
    """One table of `data/`: what it is, where it comes from, and its columns."""

    name: str
    title: str
    description: str
    columns: dict[str, pa.Column]
    key: tuple[str, ...]
    releases: tuple[str, ...]
    file_format: str = "csv"
    curated: bool = False
    facts_only: bool = False
    """Whether the rows are single facts of sources with rights of their own."""

    @property
    def path(self) -> str:
        """The file, relative to the data folder."""
        return f"{self.name}.{self.file_format}"

    @property
    def schema(self) -> pa.DataFrameSchema:
        """The pandera schema: these columns in this order and a unique key."""
        return pa.DataFrameSchema(
            self.columns, strict=True, ordered=True, unique=list(self.key), name=self.name
        )


def column(
    kind: str, description: str, *checks: pa.Check, unit: str = "", optional: bool = False
) -> pa.Column:
    """Return a column of one of the kinds in `PANDERA_TYPES`, described.

    An optional integer is held as a float, as pandas has no missing integer of its own.
    """
    held_as = "float64" if kind == "integer" and optional else PANDERA_TYPES[kind]
    return pa.Column(
        held_as,
        list(checks),
        nullable=optional,
        description=description,
        metadata={"kind": kind, "unit": unit},
    )


def text(description: str, *, optional: bool = False) -> pa.Column:
    """Return a column of free text."""
    return column("string", description, optional=optional)


def code(description: str, *, optional: bool = False) -> pa.Column:
    """Return a column of kebab-case identifiers."""
    return column("string", description, pa.Check.str_matches(r"^[a-z0-9-]+$"), optional=optional)


def day(description: str, *, optional: bool = False) -> pa.Column:
    """Return a column of dates."""
    return column("date", description, optional=optional)


def count(description: str, unit: str, *checks: pa.Check) -> pa.Column:
    """Return a column of whole numbers that are always present."""
    return column("integer", description, *checks, unit=unit)


def chosen(description: str, *values: str, optional: bool = False) -> pa.Column:
    """Return a column of text with a closed list of values."""
    return column("string", description, pa.Check.isin(values), optional=optional)


def number(description: str, unit: str, *checks: pa.Check) -> pa.Column:
    """Return a column of decimal numbers that are always present."""
    return column("number", description, *checks, unit=unit)


AT_LEAST_0 = pa.Check.ge(0)
ABOVE_0 = pa.Check.gt(0)
PERCENT = pa.Check.in_range(0, 100)
OUTCOME_TYPES = pa.Check.in_range(0, 22)
MID_YEAR = pa.Check.in_range(1990, 2100)
FORCE = code("Police force, as its data.police.uk identifier; British Transport Police where held.")
FORCE_43 = code("Police force, as its data.police.uk identifier.")
AREA = code("Police force identifier, or england-and-wales.")
QUARTER_END = day("Last day of the quarter of the financial year.")
PERIOD_END = day("Last day of the 12 months that are counted.")
OFFENCE_GROUP = code("Offence group, as published, in kebab case.")
VINTAGE = text("Release that the figure was taken from.")
NOTE = text("Anything a reader should know about the row.", optional=True)
INDICATOR_RULE = column(
    "string",
    "Indicator identifier, or the start of several followed by *.",
    pa.Check.str_matches(r"^[a-z0-9-]*\*?$"),
)
FROM = day("First period end that the row applies to; blank means from the start.", optional=True)
TO = day("Last period end that the row applies to; blank means to the end.", optional=True)
