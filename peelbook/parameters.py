"""The one definition of the parameters of a book.

Chapters, the command line, parameter files and the methodology page all take names, types,
defaults and descriptions from :class:`Parameters`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from peelbook.errors import InvalidParameter, cut, shown, suggestion
from peelbook.tables import load_table
from peelbook.tables.force_names import force_slug
from peelbook.tables.forces import PRACTICE
from peelbook.tables.inspections import Inspection, inspection_for, inspection_named
from peelbook.tables.periods import (
    FIRST_PERIOD_END,
    LAST_PERIOD_END,
    is_quarter_end,
    nearest_quarter_ends,
)
from peelbook.tables.supplied import bytes_of, fingerprint_of

FILES = ("findings", "returns")
"""Parameters that name a file of the user's."""
DATE_FORMAT = "YYYY-MM-DD, for example 2016-06-30"
DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
YEAR = re.compile(r"0|[12]\d{3}", re.ASCII)
MOST_BYTES_OF_A_NAME = 255
MOST_LETTERS_OF_A_PATH = 4000
"""What file systems allow; a longer name is refused rather than looked for."""
Comparator = Literal["england-and-wales", "region", "similar-forces"]


class Parameters(BaseModel):
    """A validated parameter set; immutable, so that it can key a cache and be printed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    force: str = Field(
        "leicestershire", description="force, by any name that peelbook forces lists"
    )
    period_end: date = Field(
        date(2016, 6, 30),
        description="last day of the 12 months shown, a quarter end as YYYY-MM-DD",
    )
    inspection: str = Field(
        "",
        description="inspection: 2016, 2017 or 2018-19, empty for the last one of the period",
    )
    comparator: Comparator = Field(
        "england-and-wales",
        description="compared with: england-and-wales, region or similar-forces",
    )
    british_transport_police: bool = Field(
        False, description="count British Transport Police in England and Wales"
    )
    fraud_in_base_year: bool = Field(
        False, description="leave fraud recorded by the police in the year compared with"
    )
    households_mid_year: int = Field(
        0, ge=0, le=2017, description="mid-year of households for burglary, 0 for the latest known"
    )

    findings: str = Field(
        "", description="CSV file of your own findings, in place of the register; empty for none"
    )
    returns: str = Field("", description="CSV file of data returns; empty for none")

    def for_all_forces(self) -> Parameters:
        """Return the set with the default force and no file of the user's.

        What all forces share is then computed once.
        """
        names = ("force", *FILES)
        return self.model_copy(update={n: Parameters.model_fields[n].default for n in names})

    @field_validator("force")
    @classmethod
    def _force_goes_by_a_known_name(cls, value: str) -> str:
        return force_slug(value)

    @field_validator("period_end", mode="before")
    @classmethod
    def _period_end_is_written_as_a_date(cls, value: object) -> object:
        # a bare number would be taken for seconds since 1970
        if isinstance(value, str) and not DATE.fullmatch(value):
            raise ValueError(f"wanted a quarter end as {DATE_FORMAT}")
        if not isinstance(value, str | date):
            raise ValueError(f"wanted a quarter end as {DATE_FORMAT}")
        return value

    @field_validator("households_mid_year", mode="before")
    @classmethod
    def _households_mid_year_is_written_as_a_year(cls, value: object) -> object:
        if isinstance(value, bool) or (isinstance(value, str) and not YEAR.fullmatch(value)):
            raise ValueError("wanted a year such as 2015, or 0")
        return value

    @field_validator(*FILES)
    @classmethod
    def _file_is_named_in_full(cls, value: str) -> str:
        if any(len(part.encode()) > MOST_BYTES_OF_A_NAME for part in Path(value).parts):
            raise InvalidParameter(f"File {cut(value)}: the name is too long.")
        if len(value) > MOST_LETTERS_OF_A_PATH:
            raise InvalidParameter(f"File {cut(value)}: the name is too long.")
        if not Path(value).name.isprintable() or "`" in value:
            raise InvalidParameter(
                "A file of findings or returns has a name with a character that cannot be shown; "
                "rename it."
            )
        # chapters are executed in another folder than the one that the user names the file from
        return str(Path(value).resolve()) if value else ""

    @model_validator(mode="after")
    def _practice_force_has_data_of_its_own(self) -> Parameters:
        if self.force != PRACTICE.slug:
            return self
        if not (self.findings or self.returns):
            raise InvalidParameter(
                f"Parameter force: {PRACTICE.slug} is invented and has no data; "
                "give it findings or returns."
            )
        if self.comparator != "england-and-wales":
            raise InvalidParameter(
                f"Parameter comparator: {PRACTICE.slug} lies in no region and is like no other; "
                "allowed: england-and-wales."
            )
        return self

    @field_validator("period_end")
    @classmethod
    def _period_end_is_a_supported_quarter_end(cls, value: date) -> date:
        if not is_quarter_end(value):
            near = " or ".join(str(day) for day in nearest_quarter_ends(value))
            raise InvalidParameter(
                f"Parameter period_end: {value} is not the last day of a quarter; "
                f"did you mean {near}?"
            )
        if not FIRST_PERIOD_END <= value <= LAST_PERIOD_END:
            raise InvalidParameter(
                f"Parameter period_end: {value} is outside the data; "
                f"allowed: quarter ends from {FIRST_PERIOD_END} to {LAST_PERIOD_END}."
            )
        return value

    @field_validator("inspection", mode="before")
    @classmethod
    def _inspection_may_be_read_as_a_number(cls, value: object) -> object:
        # the command line, as papermill, reads 2017 as a number
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value

    @field_validator("inspection")
    @classmethod
    def _inspection_is_known(cls, value: str) -> str:
        return inspection_named(value).id if value else ""

    @property
    def inspected(self) -> Inspection | None:
        """The inspection that the book is about, None before the first."""
        if self.inspection:
            return inspection_named(self.inspection)
        return inspection_for(self.period_end)

    @field_validator("households_mid_year")
    @classmethod
    def _households_mid_year_is_in_the_table(cls, value: int) -> int:
        years = sorted(load_table("households")["mid_year"].unique())
        if value and value not in years:
            raise InvalidParameter(
                f"Parameter households_mid_year: {value} is not in the households table; "
                f"allowed: {years[0]} to {years[-1]}, or 0 for the latest known."
            )
        return value


def force_slugs() -> list[str]:
    """Return the 43 force slugs in alphabetical order."""
    return sorted(load_table("forces")["force"])


def parse_parameters(values: Mapping[str, object]) -> Parameters:
    """Turn names and values, as given by a user, into a validated parameter set.

    Raises
    ------
    UnknownForce
        for a force that is not one of the 43, with the nearest names.
    InvalidParameter
        for an unknown name or a value of the wrong type or range; one line.

    The files that a set names are read by :func:`peelbook.evidence.checked_parameters`.
    """
    names = list(Parameters.model_fields)
    for name in values:
        if name not in names:
            raise InvalidParameter(f"Unknown parameter {shown(name)}: {suggestion(name, names)}")
    try:
        return Parameters(**values)
    except ValidationError as error:
        raise InvalidParameter(_first_line(error)) from None


def _first_line(error: ValidationError) -> str:
    problem = error.errors()[0]
    name, given = str(problem["loc"][0]), problem["input"]
    if name == "comparator":
        return f"Parameter comparator: {shown(given)}: {suggestion(given, get_args(Comparator))}"
    allowed = Parameters.model_fields[name].description
    text = str(problem["msg"]).removeprefix("Value error, ")
    reason = text[:1].lower() + text[1:]
    return f"Parameter {name}: {shown(given)}: {cut(reason, 200)}; wanted: {allowed}."


def notebook_values(parameters: Parameters) -> dict[str, object]:
    """Return the parameter set as papermill injects it: dates as ISO text, the rest as is."""
    return parameters.model_dump(mode="json")


def shown_values(parameters: Parameters) -> dict[str, object]:
    """Return the parameter set as a page shows it: files by name, without their folder."""
    values = notebook_values(parameters)
    return values | {name: Path(str(values[name])).name for name in FILES if values[name]}


def file_fingerprints(parameters: Parameters) -> dict[str, str]:
    """Return parameter -> the first digits of the sha256 of the file that it names, where it does."""
    values = notebook_values(parameters)
    paths = {name: Path(str(values[name])) for name in FILES if values[name]}
    return {name: fingerprint_of(bytes_of(path)) for name, path in paths.items()}


def chosen(names: Mapping[str, object]) -> dict[str, object]:
    """Return the parameters among the names of a notebook (``globals()``), with their values.

    What a notebook was executed with then reaches the evidence without a list of names in each.
    """
    return {name: names[name] for name in Parameters.model_fields if name in names}
