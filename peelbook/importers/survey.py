"""Read a file once and tell all that its importer would have to interpret, before it is added."""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from peelbook.errors import cut
from peelbook.importers.areas import (
    BRITISH_TRANSPORT_POLICE,
    NATIONAL_FRAUD_BODIES,
    clean_name,
    curated_table,
    the_43_forces,
)
from peelbook.importers.boundaries import read_boundaries
from peelbook.importers.checks import NUMBER
from peelbook.importers.ons_areas import OTHER_REGIONS
from peelbook.importers.ons_sheets import SUBJECTS, is_no_value
from peelbook.importers.recognise import (
    FORCE_AREA_TABLES,
    HEADLINE_CRIME,
    OFFICERS,
    Recognised,
    recognise,
)
from peelbook.importers.releases import RELEASES
from peelbook.importers.spreadsheets import (
    PARQUET,
    ROWS_SEARCHED,
    TEXT,
    WORKBOOKS,
    as_text,
    compression,
    parquet_frame,
    plain,
    sheets_of,
)
from peelbook.importers.workforce import survey_of_sheet

FORCE_HEADINGS = ("forcename", "pfa", "slug", "force", "policeforceareaname", "areaname")
PERIOD_HEADINGS = (
    "financialyear",
    "financialquarter",
    "12monthsending",
    "yearending",
    "year",
    "fy",
    "quarter",
)
WHOLE_COUNTRY = r"(england and wales.*|england|wales|source.*|note.*)$"
"""How rows begin that are of no force: totals, and what stands under a table."""
MOST_NAMED = 12
SHARE_OF_NUMBERS = 0.5
"""A column of which at least this share is numbers is one of figures."""


def survey(path: Path) -> list[str]:
    """Return what a file is and holds, a line each, without changing anything.

    The release it is; of each sheet the headings and rows; of each column of figures what is no
    number; periods; names of forces that are not known, and forces that are missing.

    Raises
    ------
    NotRecognised, ReleaseFormatError
        If the file is no release, or cannot be read.
    """
    found = recognise(Path(path))
    lines = [f"{found.path.name}: {found.form}", *(_named(found))]
    if found.form == "GeoJSON":
        return [*lines, f"{len(read_boundaries(found.path))} areas"]
    of_workforce = found.releases == (OFFICERS,) and found.form in WORKBOOKS
    for sheet, rows in _tables(found):
        if of_workforce:
            lines += survey_of_sheet(sheet, list(rows))
            continue
        lines += _of_sheet(found, sheet, rows)
    return lines


def _named(found: Recognised) -> list[str]:
    return [f"release: {RELEASES[name].title} ({name})" for name in found.releases]


def _tables(found: Recognised) -> Iterator[tuple[str, Iterator[list[object]]]]:
    if found.form == PARQUET:
        frame = parquet_frame(found.path)
        yield "", iter([list(frame.columns), *frame.itertuples(index=False, name=None)])
    elif found.form == TEXT:
        yield "", _lines(found.path)
    else:
        yield from sheets_of(found.path)


def _lines(path: Path) -> Iterator[list[object]]:
    opened = gzip.open if compression(path) == "gzip" else open
    with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
        yield from csv.reader(file)


def _of_sheet(found: Recognised, sheet: str, rows: Iterator[list[object]]) -> list[str]:
    title, headings, at = "", [], 0
    for at, row in enumerate(rows, start=1):
        cells = [as_text(cell) for cell in row]
        title = title or " ".join(next((cell for cell in cells if cell.strip()), "").split())
        if _are_headings(cells, found):
            headings = cells
            break
        if at >= ROWS_SEARCHED:
            break
    name = f"sheet '{sheet}'" if sheet else "table"
    if not headings:
        return [f"{name}: '{cut(title)}', {_subject(title) or 'not read'}"]
    columns = _Columns(headings)
    for row in rows:
        columns.take([as_text(cell) for cell in row])
    shown = ", ".join(heading for heading in map(_one_line, headings) if heading)
    return [
        f"{name}: headings in row {at}, {columns.rows:,} rows under them",
        f"  headings: {cut(shown, 400)}",
        *(f"  {line}" for line in columns.told()),
    ]


def _are_headings(cells: list[str], found: Recognised) -> bool:
    names = {plain(cell) for cell in cells if cell.strip()}
    if FORCE_AREA_TABLES in found.releases and HEADLINE_CRIME not in found.releases:
        return bool(names & {"areaname", "policeforcearea", "areacode"}) and len(names) > 2
    return bool(names & {*FORCE_HEADINGS, *PERIOD_HEADINGS, "code", "areaname"}) and len(names) > 1


def _subject(title: str) -> str:
    """Return which table of the force area tables a title is of."""
    return next((table for table, words in SUBJECTS.items() if re.search(words, title.lower())), "")


def _one_line(text: str) -> str:
    return " ".join(text.split())


class _Columns:
    """Counts, column by column, what a table holds; it is told row by row."""

    def __init__(self, headings: list[str]) -> None:
        self.headings = headings
        self.names = [plain(heading) for heading in headings]
        self.rows = 0
        self.numbers = Counter[int]()
        self.others = [Counter[str]() for _ in headings]

    def take(self, cells: list[str]) -> None:
        """Count the cells of a row; one without any filled cell is none."""
        if not any(cells):
            return
        self.rows += 1
        for place, cell in enumerate(cells[: len(self.headings)]):
            if NUMBER.fullmatch(cell):
                self.numbers[place] += 1
                if self.names[place] not in PERIOD_HEADINGS:
                    continue
            self.others[place][cell] += 1

    def told(self) -> list[str]:
        """Return periods, forces, and what is no number in the columns of figures."""
        lines = []
        for place, name in enumerate(self.names):
            heading, others = _one_line(self.headings[place]), self.others[place]
            if name in FORCE_HEADINGS:
                lines += _forces(heading, others)
            elif name in PERIOD_HEADINGS:
                told = sorted(others)
                span = told if len(told) <= MOST_NAMED else [told[0], "...", told[-1]]
                lines.append(f"{heading}: {len(told)} different: {', '.join(span)}")
            elif others and self.numbers[place] >= self.rows * SHARE_OF_NUMBERS:
                lines.append(f"{heading}: no numbers: {_counted(others)}")
        return lines


def _forces(heading: str, given: Counter[str]) -> list[str]:
    spellings = curated_table("force_names")
    known = dict(zip(clean_name(spellings["published_name"]), spellings["force"], strict=True))
    known |= {force: force for force in [*the_43_forces(), BRITISH_TRANSPORT_POLICE]}
    names = pd.Series(list(given), dtype="str")
    clean = clean_name(names)
    forces = clean.map(known)
    bodies = clean.isin(NATIONAL_FRAUD_BODIES)
    regions = {name.lower() for name in curated_table("forces")["region"]} | set(OTHER_REGIONS)
    wider = clean.str.removesuffix(" region").isin(regions) | clean.str.match(WHOLE_COUNTRY)
    unmatched = {name: given[name] for name in names[forces.isna() & ~bodies & ~wider]}
    missing = sorted(set(the_43_forces()) - set(forces.dropna()))
    lines = [f"{heading}: {forces.nunique()} forces"]
    if bodies.any():
        lines.append(f"{heading}: national fraud bodies, left out: {', '.join(names[bodies])}")
    if unmatched:
        lines.append(f"{heading}: names not known: {_counted(Counter(unmatched))}")
    if missing:
        lines.append(f"{heading}: forces missing: {', '.join(missing)}")
    return lines


def _counted(others: Counter[str]) -> str:
    told = [
        f"'{cut(text, 60)}' {times:,} times{', a marker for no value' * is_no_value(text)}"
        for text, times in others.most_common(MOST_NAMED)
    ]
    more = len(others) - MOST_NAMED
    return "; ".join([*told, f"and {more} more"] if more > 0 else told)
