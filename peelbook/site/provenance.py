"""What the front page says of its making: the date that the build was given, the parameter set."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import yaml

from peelbook.errors import InvalidParameter
from peelbook.parameters import notebook_values, parse_parameters
from peelbook.tables.periods import in_words
from peelbook.tables.project import PROJECT

EPOCH = "SOURCE_DATE_EPOCH"
"""Seconds since 1970, by the convention of reproducible-builds.org."""

SETS = PROJECT / "parameters"


def last_rendered(environment: Mapping[str, str] = os.environ) -> str | None:
    """Return the date that the build was given, as 24 November 2026 (UTC); None if none was given.

    A build asks no clock, so that the same commit gives the same bytes on any day.

    Raises
    ------
    InvalidParameter
        if SOURCE_DATE_EPOCH is not a whole number of seconds, or lies beyond the year 9999.
    """
    given = environment.get(EPOCH)
    if given is None:
        return None
    try:
        if not (given.isascii() and given.isdigit()):
            raise ValueError(given)
        return in_words(datetime.fromtimestamp(int(given), UTC).date())
    except (ValueError, OverflowError, OSError):
        raise InvalidParameter(
            f"The environment variable {EPOCH} is {given!r}; wanted: a whole number of seconds "
            "since 1 January 1970, such as `git log -1 --format=%ct` prints, or no such variable."
        ) from None


def parameter_set_name(values: Mapping[str, object], folder: Path = SETS) -> str:
    """Return the name of the set in `folder` with these values, such as peel-2016; else ''.

    `values` are names and values as :func:`peelbook.parameters.notebook_values` writes them; the
    force does not count. What a set leaves out has its default, and an inspection left blank is the
    last that belongs to the period. The first by name if several fit.
    """
    wanted = _compared(values)
    return next((name for name, known in _known_sets(folder) if known == wanted), "")


@cache
def _known_sets(folder: Path) -> tuple[tuple[str, dict[str, object]], ...]:
    return tuple(
        (path.stem, _compared(notebook_values(parse_parameters(_read(path)))))
        for path in sorted(folder.glob("*.yml"))
    )


def _read(path: Path) -> dict[str, object]:
    return yaml.safe_load(path.read_text(encoding="utf-8")) or {}


def _compared(values: Mapping[str, object]) -> dict[str, object]:
    """Leave out the force, and name the inspection where the period does."""
    period = {name: values[name] for name in ("period_end", "inspection") if name in values}
    inspected = parse_parameters(period).inspected
    own = {name: value for name, value in values.items() if name != "force"}
    return own | {"inspection": inspected.id if inspected else ""}
