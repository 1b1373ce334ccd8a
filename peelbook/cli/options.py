"""Options that several commands have, and how parameters are read from them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from peelbook.errors import InvalidParameter
from peelbook.tables.parameter_files import read_parameter_file

# as in peelbook.parameters.Parameters, which takes long to import and a help text need not wait for
PARAMETERS = (
    "force",
    "period_end",
    "inspection",
    "comparator",
    "british_transport_police",
    "fraud_in_base_year",
    "households_mid_year",
    "findings",
    "returns",
)
PARAMETER_LIST = ", ".join(PARAMETERS)
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "-p",
        "--parameters",
        metavar="NAME VALUE",
        help=f"A parameter, repeatable: {PARAMETER_LIST}.",
    ),
]
FileOption = Annotated[
    Path | None,
    typer.Option("-f", "--parameters_file", help="YAML file of parameters, before any -p."),
]
AllOption = Annotated[bool, typer.Option("--all", help="All 43 forces and England and Wales.")]


def collect_parameters(file: Path | None, pairs: list[str] | None) -> dict[str, object]:
    """Merge a parameter file and NAME=VALUE pairs, with papermill's reading of values; pairs win.

    Raises InvalidParameter as :func:`peelbook.parameter_files.read_parameter_file` does.
    """
    values: dict[str, object] = {}
    if file:
        values |= read_parameter_file(file)
    if not pairs:
        return values
    # papermill takes a third of a second to import
    from papermill.cli import _resolve_type

    named = (pair.partition("=")[::2] for pair in pairs)
    return values | {name: _resolve_type(value) for name, value in named}


def require_one_force_a_register(values: dict[str, object], forces: int) -> None:
    """Raise InvalidParameter where a register, which is of one force, is given for several."""
    if values.get("findings") and forces > 1:
        raise InvalidParameter("Parameter findings: a register is about one force; name only one.")


def join_pairs(words: list[str]) -> list[str]:
    """Rewrite papermill's `-p NAME VALUE` as one option value NAME=VALUE, for Typer takes only one.

    Raises InvalidParameter when a -p is not followed by a name and a value.
    """
    joined, rest = [], iter(words)
    for word in rest:
        joined.append(word)
        if word in ("-p", "--parameters"):
            name, value = next(rest, None), next(rest, None)
            if name is None or value is None or "=" in name:
                raise InvalidParameter(f"Option {word} takes a name and a value: {word} force kent")
            joined.append(f"{name}={value}")
    return joined
