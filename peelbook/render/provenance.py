"""What the mark of a book says of its making: the command, the parameters and the inputs."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

from peelbook import __version__
from peelbook.judgments.framework import FRAMEWORKS
from peelbook.parameters import FILES, Parameters, notebook_values, shown_values
from peelbook.render.fingerprints import (
    code_fingerprint,
    hash_of,
    hash_of_files,
    input_fingerprint,
)
from peelbook.render.plan import Plan
from peelbook.tables import PACKAGE
from peelbook.tables.supplied import bytes_of

BOOK = "book"
BOOK_OF_SITE = "book of a site"
SITE = "site"
EDITION_OF_SITE = "edition of a site"


def about_book(parameters: Parameters, plan: Plan) -> dict[str, object]:
    """Return what the mark of a book says besides its files; no path, clock or machine is in it."""
    values = notebook_values(parameters)
    inputs = about_inputs()
    for name in FILES:
        if values[name]:
            inputs[name] = hash_of(bytes_of(Path(getattr(parameters, name))))
    return {
        "made_by": "peelbook",
        "version": __version__,
        "kind": BOOK_OF_SITE if plan.within_site else BOOK,
        "command": f"peelbook render {parameters.force}{_options(shown_values(parameters))}",
        "parameters": shown_values(parameters),
        "inputs_sha256": inputs,
    }


def about_site(
    parameters: Parameters, forces: list[str], base_url: str, editions: Sequence[str] = ()
) -> dict[str, object]:
    """Return what the mark of a site, or of an edition of it, says besides its files.

    `editions` are the names of the parameter sets that the site was made with, if they have any.
    """
    values = shown_values(parameters)
    options = "".join(f" --edition {shlex.quote(name)}" for name in editions) or _options(values)
    return {
        "made_by": "peelbook",
        "version": __version__,
        "kind": SITE,
        "command": f"peelbook site{options}",
        "editions": list(editions),
        "forces": forces,
        "base_url": base_url,
        "parameters": {name: value for name, value in values.items() if name != "force"},
        "inputs_sha256": about_inputs(),
    }


def about_inputs() -> dict[str, str]:
    """Return the sha256 of the code, of the data package and of the definitions."""
    return {
        "code": code_fingerprint(),
        "data": input_fingerprint(PACKAGE),
        "definitions": hash_of_files(FRAMEWORKS),
    }


def _options(values: Mapping[str, object]) -> str:
    """Return the values that are not the default ones, as options of the command line."""
    defaults = notebook_values(Parameters())
    given = {n: v for n, v in values.items() if n != "force" and v != defaults[n]}
    return "".join(f" -p {name} {shlex.quote(str(value))}" for name, value in given.items())
