"""Tables of police workforce of the Home Office: officers by force on 31 March.

A workbook of 30 September compares with 31 March and prints both, so its columns are told apart by
the day that heads them, and only those of 31 March are taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from peelbook.errors import ReleaseFormatError
from peelbook.importers.areas import (
    BRITISH_TRANSPORT_POLICE,
    clean_name,
    curated_table,
    force_slugs,
    the_43_forces,
)
from peelbook.importers.checks import NUMBER
from peelbook.importers.ons_areas import OTHER_REGIONS
from peelbook.importers.spreadsheets import ROWS_SEARCHED, as_text, sheets_of
from peelbook.tables.periods import in_words

TITLE = re.compile(
    r"(?:table\s*\w+\s*[:.]?\s*)?police officers[\d,\s]*by police force area", re.IGNORECASE
)
FULL_TIME_EQUIVALENT = re.compile(r"full[- ]time equivalent|\(FTE\)", re.IGNORECASE)
DAY = re.compile(r"(\d{1,2})[\s-]+([a-z]{3,9})[\s-]+((?:20)?\d\d)(?:\D.*)?", re.IGNORECASE)
ISO_DAY = re.compile(r"(20\d\d-\d\d-\d\d).*")
TOTAL_OF_FORCES = re.compile(r"total (?:of )?(?:all )?(?:43 )?forces")
NO_FORCE = re.compile(r"total.*|england and wales|central service secondments.*|source.*|note.*")
ROUNDING = 0.5
"""Officers by which a printed total may differ from the sum of its forces."""
MARCH = "03-31"
ANY = re.compile(".+", re.DOTALL)


def is_workforce(title: str) -> bool:
    """Say whether a sheet with this title is of officers by force."""
    return bool(TITLE.match(title))


def title_of(rows: Sequence[Sequence[object]]) -> str:
    """Return the first text of a sheet without spare spaces, '' where it has none."""
    return " ".join(
        next((as_text(c) for row in rows for c in row if as_text(c).strip()), "").split()
    )


def is_full_time_equivalent(rows: Sequence[Sequence[object]]) -> bool:
    """Say whether the head of a sheet says that it counts full-time equivalents, not heads."""
    return any(
        FULL_TIME_EQUIVALENT.search(as_text(cell)) for row in rows[:ROWS_SEARCHED] for cell in row
    )


def days_of(rows: Sequence[Sequence[object]]) -> tuple[int, dict[int, str]]:
    """Return the number of the row of days, and the day (as 2019-03-31) of each column in it."""
    for number, row in enumerate(rows[:ROWS_SEARCHED], start=1):
        days = {at: day for at, cell in enumerate(row) if (day := _day(as_text(cell)))}
        if days and not is_workforce(title_of([row])):
            return number, days
    return 0, {}


def read_workforce(path: Path) -> pd.DataFrame:
    """Read officers of each force on 31 March from the table of full-time equivalents.

    Returns
    -------
    DataFrame indexed by row of the sheet, with `published_name`, `date` (text, 2019-03-31) and
    `officers` (text).

    Raises
    ------
    ReleaseFormatError
        If no sheet is of officers in full-time equivalents, none of its columns is of 31 March, or
        its total is not the sum of its forces.
    """
    for sheet, lines in sheets_of(path):
        rows = list(lines)
        if is_workforce(title_of(rows)) and is_full_time_equivalent(rows):
            return _officers(path, sheet, rows)
    reason = "no sheet of police officers by police force area in full-time equivalents"
    raise ReleaseFormatError(path.name, None, None, reason)


def _officers(path: Path, sheet: str, rows: list[list[object]]) -> pd.DataFrame:
    head, days = days_of(rows)
    march = {at: day for at, day in days.items() if day.endswith(MARCH)}
    if not march:
        said = ", ".join(in_words(day) for day in days.values()) or "a day that is not printed"
        reason = f"officers as at {said}; the table of officers holds those as at 31 March"
        raise ReleaseFormatError(path.name, sheet, head or None, reason)
    first = min(days)
    cells = [
        (number, next((as_text(c) for c in row[:first] if as_text(c).strip()), ""), row)
        for number, row in enumerate(rows[head:], start=head + 1)
    ]
    # a source or a note may stand under the figures, without a name before it
    named = [one for one in cells if _has_figures(one[2], march, NUMBER if not one[1] else ANY)]
    index = [number for number, _, _ in named]
    names = pd.Series([name for _, name, _ in named], index=index, dtype="str", name="force")
    kept = _forces_of(names)
    slugs = force_slugs(names[kept], path, sheet)
    parts = []
    for at, day in march.items():
        texts = pd.Series([_cell(row, at) for _, _, row in named], index=index, name="officers")
        own = slugs.ne(BRITISH_TRANSPORT_POLICE)
        _check_total(path, sheet, names, texts, slugs.index[own])
        columns = {"published_name": names[kept][own], "date": day, "officers": texts[kept][own]}
        parts.append(pd.DataFrame(columns))
    return pd.concat(parts)


def _cell(row: Sequence[object], at: int) -> str:
    return as_text(row[at]).strip() if at < len(row) else ""


def _has_figures(row: Sequence[object], columns: dict[int, str], figure: re.Pattern[str]) -> bool:
    return any(figure.fullmatch(_cell(row, at)) for at in columns)


def _forces_of(names: pd.Series) -> pd.Series:
    """Say which rows are of a force: of a region and a force of one name, the region comes first."""
    clean = clean_name(names)
    spellings = curated_table("force_names")
    known = dict(zip(clean_name(spellings["published_name"]), spellings["force"], strict=True))
    regions = {name.lower() for name in curated_table("forces")["region"]} | set(OTHER_REGIONS)
    wider = clean.str.removesuffix(" region").isin(regions)
    also_force = clean.map(known).isin(the_43_forces())
    region = wider & (~also_force | (clean.duplicated(keep="last") & clean.duplicated(keep=False)))
    return ~region & ~clean.str.fullmatch(NO_FORCE)


def _check_total(
    path: Path, sheet: str, names: pd.Series, texts: pd.Series, forces: pd.Index
) -> None:
    numbers = pd.to_numeric(texts, errors="coerce")
    for row in names.index[names.str.lower().str.match(TOTAL_OF_FORCES).to_numpy()]:
        added = numbers[forces].sum()
        if not abs(numbers[row] - added) <= ROUNDING:
            reason = f"'{names[row]}' is {texts[row]}, but its forces add up to {added:,.2f}"
            raise ReleaseFormatError(path.name, sheet, row, reason)


def _day(text: str) -> str:
    if found := ISO_DAY.fullmatch(text.strip()):
        return found.group(1)
    found = DAY.fullmatch(" ".join(text.split()))
    if not found:
        return ""
    day, month, year = found.groups()
    stamp = pd.to_datetime(f"{day} {month[:3]} 20{year[-2:]}", format="%d %b %Y", errors="coerce")
    return "" if pd.isna(stamp) else f"{stamp:%Y-%m-%d}"


def survey_of_sheet(sheet: str, rows: list[list[object]]) -> list[str]:
    """Return what a sheet of a workforce workbook holds, a line for it and one for its columns."""
    title = title_of(rows)
    if not (is_workforce(title) and is_full_time_equivalent(rows)):
        return [f"sheet '{sheet}': '{title[:79]}', not read"]
    head, days = days_of(rows)
    taken = [in_words(day) for day in days.values() if day.endswith(MARCH)]
    left = [in_words(day) for day in days.values() if not day.endswith(MARCH)]
    lines = [f"sheet '{sheet}': '{title}', days in row {head}"]
    lines.append(f"  taken: {', '.join(taken) or 'nothing, as no column is of 31 March'}")
    if left:
        lines.append(f"  left: {', '.join(left)}; the table of officers holds those of 31 March")
    return lines
