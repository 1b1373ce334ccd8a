"""Data returns that a user supplies: the template to fill in, and the check of what came back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from math import isfinite
from pathlib import Path

import pandas as pd

from peelbook.errors import suggestion
from peelbook.indicators.catalogue import Indicator, load_catalogue
from peelbook.tables.forces import PRACTICE, all_forces
from peelbook.tables.inputs import remembered
from peelbook.tables.supplied import (
    Problem,
    Row,
    Supplied,
    SuppliedFileError,
    bytes_of,
    read_supplied,
)

CHECK = "peelbook returns check"
COUNTRY = "england-and-wales"
BY_TYPE = "organised-crime-groups-by-type"
SHARED = {"organised-crime-groups": ("warwickshire", "west-mercia")}
"""Forces that return one figure together (2016 report, annex A, organised crime groups)."""
COLUMN_MEANINGS = {
    "indicator": "one of the indicators listed further down",
    "area": f"a force as peelbook forces lists it, or {COUNTRY}",
    "period_start": "first day of the period, as 2015-07-01 or 01/07/2015",
    "period_end": "last day of the period; the same as the first for a count on one day",
    "category": f"predominant crime type, for {BY_TYPE}; blank for every other indicator",
    "numerator": "what is counted",
    "denominator": "what it is divided by; with the numerator it gives the value",
    "value": "the value in the unit of the indicator; may be blank where there are both counts",
    "note": "anything a reader should know; why, where the force has no figure",
}
MULTIPLE_OF_UNIT = {
    "percent": 100,
    "per 100 domestic abuse crimes": 100,
    "per 1,000 population": 1000,
    "per 10,000 adult females": 10_000,
    "per million population": 1_000_000,
}
NUMBER = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?|\d{1,12}(\.\d{1,9})?")


def return_indicators() -> dict[str, Indicator]:
    """Return the entries of the catalogue that rest on data returns, in its order."""
    return {name: entry for name, entry in load_catalogue().items() if entry.kind == "return"}


def returns_template(force: str, force_name: str) -> str:
    """Return an empty file of data returns: how to fill it in, then a line for each indicator."""
    width = max(len(name) for name in return_indicators())
    lines = [
        f"Data returns of {force_name}",
        "",
        "One line is one figure of one force. Lines that begin with # are comments.",
        "Give numerator and denominator, or a value, or a note that says why there is no figure.",
        "Other forces may follow, each with lines of its own: with several, the book ranks them.",
        f"England and Wales is then computed from them; a line for {COUNTRY} overrules that.",
        "Warwickshire and West Mercia share one count of organised crime groups: give a line for",
        "each, and both the counts and the populations of the two are added up.",
        f"When it is filled in: {CHECK} FILE, then peelbook render {force} -p returns FILE",
        "",
        *(f"{name}: {meaning}" for name, meaning in COLUMN_MEANINGS.items()),
        "",
        "Indicators and their units; delete the lines that you have no figure for:",
        *(f"  {name:<{width}}  {e.name}, {e.unit}" for name, e in return_indicators().items()),
    ]
    comments = "".join(f"# {line}".rstrip() + "\n" for line in lines)
    blank = "," * (len(COLUMN_MEANINGS) - 3)
    rows = "".join(f"# {name},{force},{blank}\n" for name in return_indicators())
    example = (
        f"# For example, 12.3 percent: telephone-resolution,{force},2015-07-01,2016-06-30,,"
        "123,1000,,\n# The lines to fill in; take the # away:\n"
    )
    return f"{comments}{example}{','.join(COLUMN_MEANINGS)}\n{rows}"


def check_returns(path: Path) -> tuple[Supplied, list[Problem]]:
    """Read a file of returns and return it with everything that is wrong with it, by line.

    Raises InvalidParameter when the file is not there.
    """
    supplied = read_supplied(path, COLUMN_MEANINGS)
    problems = list(supplied.problems)
    for row in supplied.rows:
        problems += [Problem(row.line, reason) for reason in _faults(row.cells)]
        if supplied.delimiter == ";":
            problems += [Problem(row.line, reason) for reason in _comma_faults(row.cells)]
    problems += _used_twice(supplied.rows)
    if not problems:
        problems += _unpaired(supplied.rows)
    if not supplied.rows and not problems:
        problems.append(Problem(1, "no figure; fill in a line below the column names"))
    return supplied, sorted(problems, key=lambda problem: problem.line)


def read_returns(path: Path) -> pd.DataFrame:
    """Return supplied figures, checked.

    Returns
    -------
    DataFrame with the columns of :data:`COLUMN_MEANINGS`, dates as dates, numbers as numbers or
    missing, texts never missing; `value` is filled in from the counts, in the indicator's unit.
    The frame is cached while the file stays as it is: callers must not change it in place.

    Raises
    ------
    InvalidParameter
        when the file is not there.
    SuppliedFileError
        when something is wrong with it; the message names the first line.
    """
    return _read(path, bytes_of(path))


@remembered(maxsize=8)
def _read(path: Path, _content: bytes) -> pd.DataFrame:
    supplied, problems = check_returns(path)
    if problems:
        raise SuppliedFileError(path, problems, CHECK)
    table = pd.DataFrame(
        [_values(row.cells) for row in supplied.rows], columns=list(COLUMN_MEANINGS)
    )
    numbers = dict.fromkeys(("numerator", "denominator", "value"), "float64")
    dates = dict.fromkeys(("period_start", "period_end"), "datetime64[ns]")
    return table.astype(numbers | dates)


def _values(cells: Mapping[str, str]) -> dict[str, object]:
    counted, divided = _number(cells["numerator"]), _number(cells["denominator"])
    value = _number(cells["value"])
    if counted is not None and divided is not None:
        value = counted / divided * multiple_of(cells["indicator"])
    numbers = {"numerator": counted, "denominator": divided, "value": value}
    dates = {name: _day(cells[name]) for name in ("period_start", "period_end")}
    return {**cells, **numbers, **dates}


def multiple_of(indicator_id: str) -> int:
    """Return for how much of its denominator an indicator is given: 100 for percent, and so on."""
    return MULTIPLE_OF_UNIT[return_indicators()[indicator_id].unit]


def _number(text: str) -> float | None:
    """Read a number that is not negative, with or without thousands separators."""
    if not NUMBER.fullmatch(text) or not text.isascii():
        return None
    number = float(text.replace(",", ""))
    return number if isfinite(number) else None


def _day(text: str) -> date | None:
    """Read a date as ISO writes it, or as a British spreadsheet does."""
    parts = text.split("/")
    iso = f"{parts[2]}-{parts[1]:0>2}-{parts[0]:0>2}" if len(parts) == 3 else text
    try:
        return date.fromisoformat(iso) if len(iso) == 10 else None
    except ValueError:
        return None


def _faults(cells: Mapping[str, str]) -> Iterator[str]:
    areas = [*all_forces(), PRACTICE.slug, COUNTRY]
    for column, allowed in (("indicator", return_indicators()), ("area", areas)):
        given = cells[column]
        if given not in allowed:
            shown = f"'{given[:60]}'" if given else "is blank"
            yield f"{column} {shown}: {suggestion(given, allowed)}"
    yield from _period_faults(cells)
    by_type = cells["indicator"] == BY_TYPE
    if by_type and not cells["category"]:
        yield f"category is blank, and {BY_TYPE} needs one, for example Drug activity"
    if cells["category"] and not by_type:
        yield f"category is only for {BY_TYPE}; leave it blank"
    wrong = [
        f"{column} '{cells[column][:40]}': wanted: a number that is not negative, such as 1234.5"
        for column in ("numerator", "denominator", "value")
        if cells[column] and _number(cells[column]) is None
    ]
    yield from wrong
    if not wrong:
        yield from _value_faults(cells)


def _comma_faults(cells: Mapping[str, str]) -> Iterator[str]:
    """Name numbers with a comma in a file with semicolons, where it may be a decimal comma."""
    for column in ("numerator", "denominator", "value"):
        if "," in cells[column] and _number(cells[column]) is not None:
            given = cells[column]
            point, without = given.replace(",", "."), given.replace(",", "")
            yield f"{column} '{given}' between semicolons: did you mean {point} or {without}?"


def _period_faults(cells: Mapping[str, str]) -> Iterator[str]:
    days = {name: _day(cells[name]) for name in ("period_start", "period_end")}
    for name, day in days.items():
        if day is None:
            shown = f"'{cells[name][:40]}'" if cells[name] else "is blank"
            yield f"{name} {shown}: wanted: a date such as 2016-06-30"
        elif not 2000 <= day.year <= 2100:
            yield f"{name} '{cells[name]}': wanted: a date from 2000 to 2100"
    start, end = days.values()
    if start and end and start > end:
        yield f"period_start {start} is after period_end {end}"


def _value_faults(cells: Mapping[str, str]) -> Iterator[str]:
    counted, divided, value = (_number(cells[n]) for n in ("numerator", "denominator", "value"))
    if divided == 0:
        yield "denominator '0': wanted: a number above zero"
        return
    if (counted is None) != (divided is None):
        missing = "denominator" if divided is None else "numerator"
        yield f"{missing} is blank; give both counts, or the value alone"
        return
    if counted is None and value is None and not cells["note"]:
        yield "no figure; give counts or a value, or say in the note why there is none"
    entry = return_indicators().get(cells["indicator"])
    if entry is None:
        return
    computed = None if counted is None else counted / divided * multiple_of(entry.id)
    if computed is not None and value is not None and not _agree(computed, cells["value"]):
        yield f"value '{cells['value']}' is not what the counts give; did you mean {computed:.6g}?"
    shown = value if computed is None else computed
    if entry.unit == "percent" and computed is None and value is not None and 0 < value < 1:
        yield (
            f"value '{cells['value'][:40]}' of a percentage is below 1; did you mean "
            f"{value * 100:.6g}? If it is so small, give the counts"
        )
    if entry.unit == "percent" and shown is not None and shown > 100:
        yield f"{shown:.6g} percent is more than 100; are the counts the right way round?"


def _agree(computed: float, given: str) -> bool:
    """Say whether a value is the computed one, to the decimals that it is given with."""
    decimals = len(given.partition(".")[2])
    return abs(computed - (_number(given) or 0.0)) <= 0.5 * 10**-decimals + 1e-9


def _used_twice(rows: Iterable[Row]) -> Iterator[Problem]:
    lines: dict[tuple[object, ...], int] = {}
    for row in rows:
        cells = row.cells
        key = (
            cells["indicator"],
            cells["area"],
            _day(cells["period_end"]),
            cells["category"].lower(),
        )
        first = lines.setdefault(key, row.line)
        if first != row.line:
            yield Problem(row.line, f"the same figure stands in line {first}; keep one of the two")


def _unpaired(rows: Iterable[Row]) -> Iterator[Problem]:
    """Name a line of a force that shares its figure with another that has no such line."""
    keyed = {(r.cells["indicator"], r.cells["area"], _day(r.cells["period_end"])): r for r in rows}
    for (indicator, area, end), row in keyed.items():
        pair = SHARED.get(indicator, ())
        for other in (name for name in pair if area in pair and name != area):
            twin = keyed.get((indicator, other, end))
            if twin is None:
                yield Problem(row.line, f"{area} shares its figure with {other}; add a line for it")
            elif bool(twin.cells["numerator"]) != bool(row.cells["numerator"]):
                yield Problem(row.line, f"give counts for both {area} and {other}, or for neither")
            elif not row.cells["numerator"] and twin.cells["value"] != row.cells["value"]:
                reason = f"{area} and {other} share one figure, but their values differ"
                yield Problem(row.line, reason)
